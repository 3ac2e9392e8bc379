"""MLIR tokens by one regular expression, three times as fast as xDSL's lexer, which takes over where it does not match."""

from __future__ import annotations

import re
from typing import NoReturn, cast

from typing_extensions import override
from xdsl.utils.exceptions import ParseError
from xdsl.utils.lexer import Input, Location, Span
from xdsl.utils.mlir_lexer import KIND_BY_PUNCTUATION_SPELLING, MLIRLexer, MLIRToken, MLIRTokenKind

_SUFFIX = r"(?:[0-9]+|[a-zA-Z$._-][\w$.-]*+)"

_STRING = r'"(?:[^"\\\n\v\f]++|\\(?:["nt\\]|[0-9A-Fa-f]{2}))*+"'

_BLANK = re.compile(r"(?:[ \t\r\n\0]++|//[^\n]*+)*+")
"""NUL is a blank. # MLIR: Lexer::lexToken"""

_TOKEN = re.compile(
    rf"""{_BLANK.pattern}(?:
    (%{_SUFFIX})
  | ([a-zA-Z_][\w$.]*+)
  | (->|[:,()}}\[\]<>=+\-*/?|]|\{{(?!-\#))
  | (!{_SUFFIX})
  | (@(?:[a-zA-Z_][\w$.]*+|{_STRING}))
  | (\#(?!-\}}){_SUFFIX})
  | (\^{_SUFFIX})
  | ([0-9]++(?![\w.]))
  | ({_STRING})
  | ([0-9]++\.[0-9]*+(?:[eE][+-]?[0-9]++)?)
    )""",
    re.ASCII | re.VERBOSE,
)

_PUNCTUATION = 3

_KINDS: tuple[MLIRTokenKind, ...] = (
    MLIRTokenKind.EOF,  # no group has number 0
    MLIRTokenKind.PERCENT_IDENT,
    MLIRTokenKind.BARE_IDENT,
    MLIRTokenKind.EOF,  # punctuation: the kind depends on the text
    MLIRTokenKind.EXCLAMATION_IDENT,
    MLIRTokenKind.AT_IDENT,
    MLIRTokenKind.HASH_IDENT,
    MLIRTokenKind.CARET_IDENT,
    MLIRTokenKind.INTEGER_LIT,
    MLIRTokenKind.STRING_LIT,
    MLIRTokenKind.FLOAT_LIT,
)


# No `*+`: Python before 3.11.5 ends it behind the backslash of an escape that fails.
_BEGUN_STRING = re.compile(r'@?"(?:[^"\\\n\v\f]++|\\(?:["nt\\]|[0-9A-Fa-f]{2}))*')

_LEFT_TO_XDSL = frozenset(["", *"0123456789.{"])
"""How the tokens begin that only xDSL's lexer knows: the end, odd numbers, `...`, `{-#`; and `#-}`."""

_INVALID = {
    "%": "invalid SSA name",
    "#": "invalid attribute name",
    "^": "invalid block name",
    "!": "invalid type identifier",
    "@": "@ identifier expected to start with letter or '_'",
}


_MOST_DIGITS = 4000
_BEYOND = 10**_MOST_DIGITS


def is_hexadecimal(text: str) -> bool:
    """Whether an integer literal is one."""
    return text[:2] in ("0x", "0X")


def integer_of(text: str) -> int:
    """The value of an integer literal; of one with more digits than Python converts and prints, one beyond any type's range."""
    if len(text) > _MOST_DIGITS:
        return _BEYOND
    return int(text, 16) if is_hexadecimal(text) else int(text)


class TextToken:
    """A token that is its own span: it has the members of xDSL's `Token` and `Span` that parsers use.

    Attributes:
        kind: what it is.
        text: its characters.
        start: the offset of the first of them.
        input: the text it is from.
    """

    __slots__ = ("input", "kind", "start", "text")

    line_offset = 0

    def __init__(self, kind: MLIRTokenKind, text: str, start: int, source: Input[str]) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.input = source

    @property
    def span(self) -> Span[str]:
        """The token itself."""
        return cast("Span[str]", self)

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)

    @property
    def content(self) -> str:
        """Its characters."""
        return self.text

    @property
    def bytes(self) -> bytes:
        """Its characters in UTF-8."""
        return self.text.encode(errors="surrogateescape")

    @property
    def len(self) -> int:
        """The number of its characters."""
        return len(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def _as_span(self) -> Span[str]:
        return Span(self.start, self.end, self.input)

    def get_location(self) -> Location:
        """As `Span.get_location`."""
        return self._as_span().get_location()

    def print_with_context(self, msg: str | None = None) -> str:
        """As `Span.print_with_context`."""
        return self._as_span().print_with_context(msg)


class Lexer(MLIRLexer):
    """xDSL's lexer with a short cut for all tokens but a few rare ones.

    xDSL's regular expression of strings must not be used: it takes exponential time where the closing quote is missing.
    """

    def __init__(self, source: Input[str]) -> None:
        super().__init__(source)
        self.content = source.content
        self._match = _TOKEN.match

    @override
    def lex(self) -> MLIRToken:
        match = self._match(self.content, self.pos)
        if match is None:
            return self._lex_slowly()
        group = match.lastindex or 0
        text = match[group]
        self.pos = match.end()
        kind = KIND_BY_PUNCTUATION_SPELLING[text] if group == _PUNCTUATION else _KINDS[group]
        return cast("MLIRToken", TextToken(kind, text, match.start(group), self.input))

    def _lex_slowly(self) -> MLIRToken:
        start = self.end_of_blank(self.pos)
        first = self.content[start : start + 1]
        if first not in _LEFT_TO_XDSL and not self.content.startswith("#-}", start):
            self._fail(start, first)
        if first == "." and not self.content.startswith("...", start):
            raise ParseError(Span(start + 1, start + 2, self.input), "expected three consecutive dots for an ellipsis")
        self.pos = start
        token = super().lex()
        start, end = token.span.start, token.span.end
        return cast("MLIRToken", TextToken(token.kind, self.content[start:end], start, self.input))

    def _fail(self, start: int, first: str) -> NoReturn:
        """Says what is wrong with the token at `start`. MLIR: Lexer.cpp."""
        message = _INVALID.get(first, "unexpected character")
        place = start + (first == "@")
        if first in ('"', "@") and (begun := _BEGUN_STRING.match(self.content, start)) is not None:
            place = begun.end()
            is_escape = self.content.startswith("\\", place)
            message = "unknown escape in string literal" if is_escape else "expected '\"' in string literal"
        raise ParseError(Span(place, place + 1, self.input), message)

    def end_of_blank(self, offset: int) -> int:
        """The first offset from `offset` on that is neither white space nor in a comment."""
        match = _BLANK.match(self.content, offset)
        return offset if match is None else match.end()
