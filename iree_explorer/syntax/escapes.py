r"""String literals: MLIR's strings are bytes, ours are `str` in which bytes that are no UTF-8 are lone surrogates."""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb'\\(?:([0-9a-fA-F]{2})|([nt"\\]))')

_LETTERS = {b"n": b"\n", b"t": b"\t", b'"': b'"', b"\\": b"\\"}

_PLAIN = re.compile(r"[ -!#-\[\]-~]*+")

_ODD_BYTE = re.compile(rb"[^ -!#-\[\]-~]")

_BARE_IDENTIFIER = re.compile(r"[a-zA-Z_][a-zA-Z0-9_$.]*+", re.ASCII)


def unescape(body: str) -> str:
    """What a string literal stands for.

    Args:
        body: the literal without its quotes; its escapes are valid, as the lexer has seen to.
    """
    if "\\" not in body:
        return body
    raw = _ESCAPE.sub(_unescape_one, _bytes_of(body))
    return raw.decode(errors="surrogateescape")


def _unescape_one(match: re.Match[bytes]) -> bytes:
    digits, letter = match[1], match[2]
    return _LETTERS[letter] if digits is None else bytes([int(digits, 16)])


def quoted(text: str) -> str:
    r"""The string literal of `text`: `\\` for a backslash, `\XX` for quotes and what is not printable ASCII.

    MLIR: llvm::printEscapedString.
    """
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    return f'"{escaped_bytes(_bytes_of(text))}"'


def _bytes_of(text: str) -> bytes:
    """The bytes of a string. A surrogate that stands for no byte, as only Python's strings can hold, becomes three."""
    try:
        return text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return text.encode(errors="surrogatepass")


def escaped_bytes(raw: bytes) -> str:
    """The inside of the string literal of `raw`."""
    return _ODD_BYTE.sub(_escape_one, raw).decode("ascii")


def _escape_one(match: re.Match[bytes]) -> bytes:
    byte = match[0]
    return b"\\\\" if byte == b"\\" else b"\\%02X" % byte[0]


def is_bare_identifier(text: str) -> bool:
    """Whether `text` needs no quotes as a name of an attribute or symbol. MLIR: isBareIdentifier."""
    return _BARE_IDENTIFIER.fullmatch(text) is not None


def keyword_or_string(text: str) -> str:
    """A name as it is printed: bare where it may be, else quoted. MLIR: printKeywordOrString."""
    return text if is_bare_identifier(text) else quoted(text)


def symbol(name: str) -> str:
    """A symbol's name as it is printed, without `@`. MLIR: printSymbolReference."""
    return keyword_or_string(name) if name else "<<INVALID EMPTY SYMBOL>>"
