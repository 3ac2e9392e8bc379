"""Ways to break a program. Each takes a text and a source of chance, and returns the broken text."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzz.nesting import deep

Mutation = Callable[[str, Random], str | bytes]

TOKEN = re.compile(r'[%#^!@]?[\w$.]+|"(?:[^"\\\n]|\\.)*"|->|::|[^\s\w]')
_INTEGER = re.compile(r"(?<![\w.%#@^])\d+(?![\w.])")
_VALUE = re.compile(r"%[\w$.]+")
_BLOCK = re.compile(r"\^bb\d+")
_SYMBOL = re.compile(r"@[\w$.]+")
_STRING = re.compile(r'"[^"\n]*"')
_TYPE = re.compile(r"!?[\w.]+<[^<>\n]*>|\b(?:index|[if]\d+|bf16|!hal\.device|!stream\.timepoint)\b")
_ALIAS_USE = re.compile(r"[#!]\w+")
_OP = re.compile(r"\b[a-z_]+\.[\w.]+")

TYPES = (
    "index", "i1", "i32", "i64", "f32", "si8", "i0", "i16777216", "i99999999999", "none", "tuple<>", "!stream.timepoint",
    "!stream.resource<*>", "!stream.resource<transient>", "!stream.resource<nothing>", "!hal.buffer_view", "!util.nothing",
    "!nowhere.type<a>", "tensor<4xf32>", "tensor<?x-1xf32>", "tensor<99999999999999999999xi8>", "vector<0xf32>", "memref<*xf32>",
    "() -> ()", "(index) -> (index, i1)", "complex<f32>", "complex<index>", "!stream.file", "!util.list<?>",
)  # fmt: skip
NUMBERS = (
    "-1", "0", "1", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616", "9" * 400,
    "9" * 5000, "0x" + "F" * 400, "1e400", "1.5", "true", "0x", "00", "-9223372036854775808", "1e", "0b1",
)  # fmt: skip
ESCAPES = ("\\", "\\q", "\\0", "\\x41", "\\00", "\\FF", "\\C3\\28", "\n", "\t", "\\n", "é", "\u2028", "\x0b")
WIDE: tuple[Callable[[int], str], ...] = (
    lambda n: "[" + ", ".join(["1"] * n) + "]",
    lambda n: "{" + ", ".join(f"k{i} = {i}" for i in range(n)) + "}",
    lambda n: '"' + "a" * (n * 10) + '"',
    lambda n: "dense<[" + ", ".join(["1"] * n) + f"]> : tensor<{n}xi32>",
    lambda n: 'dense<"0x' + "0" * (n * 8) + f'"> : tensor<{n}xi32>',
    lambda n: "array<i64: " + ", ".join(["7"] * n) + ">",
    lambda n: "affine_map<(" + ", ".join(f"d{i}" for i in range(n)) + ") -> (d0)>",
    lambda n: "affine_map<(d0) -> (" + " + ".join(["d0"] * min(n, 3000)) + ")>",
    lambda n: "tensor<" + "1x" * n + "f32>",
    lambda n: "@" + "a" * n,
    lambda n: "::".join(["@a"] * n),
    lambda n: f"dense<0> : tensor<{'9' * (n % 30 + 1)}xi8>",
    lambda n: f"{'9' * n} : i{n}",
    lambda n: f"0x{'A' * n} : i64",
    lambda n: f"distinct[{n}]<unit>",
    lambda n: '"typed" : !hal.device',
)


def _at(pattern: re.Pattern[str], text: str, rng: Random, new: Callable[[str], str]) -> str:
    """`text` with one match of `pattern` replaced; unchanged where there is none."""
    matches = list(pattern.finditer(text))
    if not matches:
        return text
    match = rng.choice(matches)
    return text[: match.start()] + new(match[0]) + text[match.end() :]


def truncate(text: str, rng: Random) -> str:
    return text[: rng.randrange(len(text))]


def cut(text: str, rng: Random) -> str:
    start = rng.randrange(len(text))
    return text[:start] + text[start + rng.randint(1, 60) :]


def delete_token(text: str, rng: Random) -> str:
    return _at(TOKEN, text, rng, lambda _: "")


def duplicate_token(text: str, rng: Random) -> str:
    return _at(TOKEN, text, rng, lambda token: f"{token} {token}")


def replace_token(text: str, rng: Random) -> str:
    other = rng.choice(TOKEN.findall(text) or ["x"])
    return _at(TOKEN, text, rng, lambda _: other)


def swap_tokens(text: str, rng: Random) -> str:
    tokens = list(TOKEN.finditer(text))
    if len(tokens) < 2:
        return text
    number = rng.randrange(len(tokens) - 1)
    first, second = tokens[number], tokens[min(len(tokens) - 1, number + rng.randint(1, 4))]
    between = text[first.end() : second.start()]
    return text[: first.start()] + second[0] + between + first[0] + text[second.end() :]


def _lines(text: str, rng: Random, change: Callable[[list[str], int], None]) -> str:
    lines = text.split("\n")
    change(lines, rng.randrange(len(lines)))
    return "\n".join(lines)


def delete_line(text: str, rng: Random) -> str:
    return _lines(text, rng, lambda lines, at: lines.__delitem__(at))


def duplicate_line(text: str, rng: Random) -> str:
    return _lines(text, rng, lambda lines, at: lines.insert(rng.randrange(len(lines)), lines[at]))


def move_line(text: str, rng: Random) -> str:
    return _lines(text, rng, lambda lines, at: lines.insert(rng.randrange(len(lines)), lines.pop(at)))


def duplicate_program(text: str, rng: Random) -> str:
    return f"{text}\n{text}"


def change_type(text: str, rng: Random) -> str:
    other = rng.choice((*TYPES, *_TYPE.findall(text)))
    return _at(_TYPE, text, rng, lambda _: other)


def change_value(text: str, rng: Random) -> str:
    other = rng.choice(_VALUE.findall(text) or ["%x"])
    return _at(_VALUE, text, rng, lambda _: other)


def swap_values(text: str, rng: Random) -> str:
    """Two values that stand near each other, and so may well have the same type, change places."""
    values = list(_VALUE.finditer(text))
    if len(values) < 2:
        return text
    number = rng.randrange(len(values) - 1)
    first, second = values[number], values[min(len(values) - 1, number + rng.randint(1, 6))]
    between = text[first.end() : second.start()]
    return text[: first.start()] + second[0] + between + first[0] + text[second.end() :]


def retype_all(text: str, rng: Random) -> str:
    """Every mention of a type becomes another one, so that most uses still agree."""
    types = sorted(set(_TYPE.findall(text)))
    return text.replace(rng.choice(types), rng.choice((*TYPES, *types))) if types else text


def undefined_value(text: str, rng: Random) -> str:
    return _at(_VALUE, text, rng, lambda _: rng.choice(("%undefined", "%99999999999999999999", "%-", "%")))


def result_number(text: str, rng: Random) -> str:
    number = rng.choice(
        ("#7", "#0", "#1", "#99999999999999999999", "#x", ":2", ":0", ":100000000000", ":-1", "#" + "9" * 5000)
    )
    return _at(_VALUE, text, rng, lambda value: value + number)


def change_block(text: str, rng: Random) -> str:
    return _at(_BLOCK, text, rng, lambda _: rng.choice(("^bb0", "^bb1", "^bb2", "^nowhere", "^", "^bb1^bb1")))


def change_symbol(text: str, rng: Random) -> str:
    other = rng.choice((*_SYMBOL.findall(text), "@nowhere", "@a::@b", '@"a b"', "@", '@""'))
    return _at(_SYMBOL, text, rng, lambda _: other)


def change_number(text: str, rng: Random) -> str:
    return _at(_INTEGER, text, rng, lambda _: rng.choice(NUMBERS))


def change_op(text: str, rng: Random) -> str:
    other = rng.choice((*_OP.findall(text), "nowhere.op", "stream.nothing", "util.unreachable", "scf.if", "func.func"))
    return _at(_OP, text, rng, lambda _: other)


def bad_escape(text: str, rng: Random) -> str:
    escape = rng.choice(ESCAPES)
    return _at(_STRING, text, rng, lambda string: string[:1] + escape + string[1:])


def invalid_utf8(text: str, rng: Random) -> bytes:
    raw = text.encode()
    at = rng.randrange(len(raw))
    return raw[:at] + rng.choice((b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f", b"\x80")) + raw[at:]


def odd_character(text: str, rng: Random) -> str:
    at = rng.randrange(len(text))
    return (
        text[:at]
        + rng.choice(("\0", "\x0c", "\x7f", "\ufeff", "é", "😀", "\r", "`", "\\", "/", "//", ";", "$", "٣"))
        + text[at:]
    )


def alias(text: str, rng: Random) -> str:
    line = rng.choice(
        (
            "#a = #a",
            "!t = !t",
            "#a = #b\n#b = #a",
            "#map = unit",
            "!t = tensor<4x!t>",
            "#a.b = 1",
            "#a = [#later]",
            "#a =",
        )
    )
    return line + "\n" + _at(_ALIAS_USE, text, rng, lambda _: line.partition(" ")[0])


def attach(text: str, rng: Random) -> str:
    """Puts a huge attribute where the text has a number, a string or a type."""
    make, count = rng.choice(WIDE), rng.choice((0, 1, 7, 300, 10_000))
    return _at(rng.choice((_INTEGER, _STRING, _TYPE)), text, rng, lambda _: make(count))


def attribute(text: str, rng: Random) -> str:
    """Adds an attribute of any kind to a function."""
    make, count = rng.choice(WIDE), rng.choice((0, 1, 7, 300, 10_000))
    return f"util.func private @fuzzed() attributes {{a = {make(count)}}}\n{text}"


def twice(text: str, rng: Random) -> str | bytes:
    """Two or three small changes, one after the other."""
    for _ in range(rng.randint(2, 3)):
        changed = rng.choice(SMALL)(text, rng)
        if isinstance(changed, bytes) or not changed:
            return changed
        text = changed
    return text


SMALL: tuple[Mutation, ...] = (
    truncate, cut, swap_values, retype_all, delete_token, duplicate_token, replace_token, swap_tokens, delete_line, duplicate_line, move_line,
    change_type, change_value, undefined_value, result_number, change_block, change_symbol, change_number, change_op,
    bad_escape, odd_character, alias,
)  # fmt: skip
"""Changes of one place."""

MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (*SMALL, duplicate_program, invalid_utf8, attach, attribute, twice, deep)
}
"""All of them by name, the kind that reports speak of."""
