"""Ways to break one thing of one op. Each takes a text, its ops and a source of chance, and returns the broken text."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzz.op_text import VALUE, OpText, is_terminator, ops_in, outermost

OpMutation = Callable[[str, list[OpText], Random], str]

TRIES = 20
_TYPE = re.compile(
    r"![\w.]+(?:<[^<>\n]*(?:<[^<>\n]*>[^<>\n]*)*>)?|(?:tensor|vector|memref)<[^<>\n]*>|\b(?:index|i\d+|b?f\d+)\b"
)
_ATTRIBUTE = re.compile(
    r"(?:(?<=[{,<] )|(?<=[{<]))(?P<name>[\w.$]+)(?: = (?P<value>(?:[^,{}()\[\]<>\n]|<[^<>\n]*>|\[[^\[\]\n]*\]|\{[^{}\n]*\}|\([^()\n]*\))+))?"
    r"(?=[,}\n])"
)  # fmt: skip
_ATTRIBUTE_TYPE = re.compile(r"(?<=\d : )(?:index|i\d+|f\d+)")
_INTEGER = re.compile(r"(?<![\w.%#@^-])-?\d+(?![\w.])")
_SYMBOL = re.compile(r"@[\w$.]+")
_SIZE = re.compile(r"(?<=\{)%[\w$.#]+(?=\})")
_BLOCK = re.compile(r"\^bb\d+")
_LABEL = re.compile(r"^ *\^bb\d+(?:\((?P<arguments>[^\n]*)\))?:", re.MULTILINE)
_WORD = re.compile(r"(?<=[ (,])[a-z_]{2,}(?=[ (,\n]|$)")
_RESULTS = re.compile(r" *(%[\w$.]+(?::\d+)?(?:, %[\w$.]+(?::\d+)?)*) = ")

TYPES = (
    "index",
    "i1",
    "i32",
    "f32",
    "tensor<4xf32>",
    "tensor<?xf32>",
    "!stream.resource<*>",
    "!stream.resource<external>",
    "!stream.timepoint",
)
ATTRIBUTES = (
    "0 : i32", "1 : i64", "-1 : index", "true", "unit", '"text"', "[]", "[1]", "{}", "@nowhere", "i32", "1.0 : f32",
    "array<i32>", "array<i64: 1, 2>", "dense<1> : tensor<2xi32>", "#hal.device.affinity<@nowhere>",
)  # fmt: skip
TERMINATORS = (
    "util.return", "return", "stream.yield", "scf.yield", "cf.br ^bb1", "util.unreachable", "stream.return", "linalg.yield",
    '"util.return"() : () -> ()', '"stream.yield"() : () -> ()', '"scf.yield"() : () -> ()', '"cf.br"()[^bb1] : () -> ()',
)  # fmt: skip


def _in_head(pattern: re.Pattern[str], text: str, op: OpText) -> list[re.Match[str]]:
    return list(pattern.finditer(text, op.operands, op.head))


def _replaced(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _swapped(text: str, matches: list[re.Match[str]], rng: Random) -> str:
    if len(matches) < 2:
        return text
    first, second = sorted(rng.sample(matches, 2), key=re.Match.start)
    between = text[first.end() : second.start()]
    return text[: first.start()] + second[0] + between + first[0] + text[second.end() :]


def _without(text: str, start: int, end: int) -> str:
    """`text` without a part, which stands in a list, and one comma beside it."""
    if text.startswith(", ", end):
        return text[:start] + text[end + 2 :]
    return text[: start - 2 if text.endswith(", ", 0, start) else start] + text[end:]


def _change_in_head(
    pattern: re.Pattern[str], text: str, ops: list[OpText], rng: Random, new: Callable[[str], str]
) -> str:
    matches = _in_head(pattern, text, rng.choice(ops))
    if not matches:
        return text
    match = rng.choice(matches)
    return _replaced(text, match, new(match[0]))


def replace_operand(text: str, ops: list[OpText], rng: Random) -> str:
    op = rng.choice(ops)
    around = outermost(ops, op)
    others = VALUE.findall(text, around.start, around.end)
    matches = _in_head(VALUE, text, op)
    return _replaced(text, rng.choice(matches), rng.choice(others)) if matches else text


def drop_operand(text: str, ops: list[OpText], rng: Random) -> str:
    matches = _in_head(VALUE, text, rng.choice(ops))
    return _without(text, *rng.choice(matches).span()) if matches else text


def swap_operands(text: str, ops: list[OpText], rng: Random) -> str:
    return _swapped(text, _in_head(VALUE, text, rng.choice(ops)), rng)


def swap_sizes(text: str, ops: list[OpText], rng: Random) -> str:
    return _swapped(text, _in_head(_SIZE, text, rng.choice(ops)), rng)


def drop_attribute(text: str, ops: list[OpText], rng: Random) -> str:
    matches = _in_head(_ATTRIBUTE, text, rng.choice(ops))
    return _without(text, *rng.choice(matches).span()) if matches else text


def change_attribute(text: str, ops: list[OpText], rng: Random) -> str:
    """The value of an attribute becomes that of another one, or one of `ATTRIBUTES`."""
    matches = [match for match in _in_head(_ATTRIBUTE, text, rng.choice(ops)) if match["value"]]
    if not matches:
        return text
    others = [match["value"] for match in _ATTRIBUTE.finditer(text) if match["value"]]
    start, end = rng.choice(matches).span("value")
    return text[:start] + rng.choice((*ATTRIBUTES, *others)) + text[end:]


def change_attribute_type(text: str, ops: list[OpText], rng: Random) -> str:
    other = rng.choice(("i1", "i8", "i32", "i64", "index", "f32"))
    return _change_in_head(_ATTRIBUTE_TYPE, text, ops, rng, lambda _: other)


def change_type(text: str, ops: list[OpText], rng: Random) -> str:
    other = rng.choice((*TYPES, *_TYPE.findall(text)))
    return _change_in_head(_TYPE, text, ops, rng, lambda _: other)


def change_last_type(text: str, ops: list[OpText], rng: Random) -> str:
    """The last type of an op's line, which mostly is that of a result."""
    matches = _in_head(_TYPE, text, rng.choice(ops))
    return _replaced(text, matches[-1], rng.choice((*TYPES, *_TYPE.findall(text)))) if matches else text


def change_number(text: str, ops: list[OpText], rng: Random) -> str:
    change = rng.choice((1, -1, 7, -100))
    return _change_in_head(_INTEGER, text, ops, rng, lambda number: str(int(number) + change))


def change_symbol(text: str, ops: list[OpText], rng: Random) -> str:
    other = rng.choice((*_SYMBOL.findall(text), "@nowhere"))
    return _change_in_head(_SYMBOL, text, ops, rng, lambda _: other)


def change_successor(text: str, ops: list[OpText], rng: Random) -> str:
    return _change_in_head(_BLOCK, text, ops, rng, lambda _: rng.choice(("^bb0", "^bb1", "^bb2", "^bb3")))


def drop_word(text: str, ops: list[OpText], rng: Random) -> str:
    return _change_in_head(_WORD, text, ops, rng, lambda _: "")


def rename_op(text: str, ops: list[OpText], rng: Random) -> str:
    op, other = rng.choice(ops), rng.choice(ops)
    return text[: op.operands] + other.name + text[op.operands + len(op.name) :]


def duplicate_op(text: str, ops: list[OpText], rng: Random) -> str:
    """The op once more behind itself, its results with other names."""
    op = rng.choice(ops)
    copy = text[op.start : op.end]
    results = _RESULTS.match(copy)
    if results is not None:
        copy = copy[: results.start(1)] + results[1].replace("%", "%twice_") + copy[results.end(1) :]
    return f"{text[: op.end]}\n{copy}{text[op.end :]}"


def drop_results(text: str, ops: list[OpText], rng: Random) -> str:
    op = rng.choice(ops)
    return text[: op.start] + text[op.operands :]


def delete_op(text: str, ops: list[OpText], rng: Random) -> str:
    op = rng.choice(ops)
    return text[: op.start] + text[op.end + 1 :]


def move_op(text: str, ops: list[OpText], rng: Random) -> str:
    """The op stands before another one of the same function."""
    op = rng.choice(ops)
    around = outermost(ops, op)
    places = [it.start for it in ops if around.start < it.start < around.end and not op.start <= it.start < op.end]
    if not places:
        return text
    at, lines = rng.choice(places), text[op.start : op.end] + "\n"
    if at < op.start:
        return text[:at] + lines + text[at : op.start] + text[op.end + 1 :]
    return text[: op.start] + text[op.end + 1 : at] + lines + text[at:]


def replace_terminator(text: str, ops: list[OpText], rng: Random) -> str:
    ends = [op for op in ops if not op.has_regions and is_terminator(text, op)]
    if not ends:
        return text
    op, others = rng.choice(ends), [text[it.operands : it.end] for it in ends]
    return text[: op.operands] + rng.choice((*TERMINATORS, *others)) + text[op.end :]


def empty_region(text: str, ops: list[OpText], rng: Random) -> str:
    """The op's lines but the first and the last go."""
    op = rng.choice([op for op in ops if op.has_regions] or ops)
    last = text.rindex("\n", 0, op.end)
    return text[: op.head] + text[last:] if op.has_regions else text


def add_block_argument(text: str, ops: list[OpText], rng: Random) -> str:
    """A block has one more argument; the entry block of a region may get a label for it."""
    labels = list(_LABEL.finditer(text))
    new = f"%added: {rng.choice(TYPES)}"
    if labels and rng.random() < 0.6:
        label = rng.choice(labels)
        arguments = f"{label['arguments']}, {new}" if label["arguments"] else new
        return _replaced(text, label, f"{label[0].partition('(')[0].rstrip(':')}({arguments}):")
    op = rng.choice([op for op in ops if op.has_regions] or ops)
    return f"{text[: op.head]}\n^bb0({new}):{text[op.head :]}"


def drop_block_argument(text: str, ops: list[OpText], rng: Random) -> str:
    del ops
    labels = [label for label in _LABEL.finditer(text) if label["arguments"]]
    if not labels:
        return text
    label = rng.choice(labels)
    kept = ", ".join(label["arguments"].split(", ")[:-1])
    return _replaced(text, label, f"{label[0].partition('(')[0]}{f'({kept})' if kept else ''}:")


OP_MUTATIONS: dict[str, OpMutation] = {
    mutation.__name__: mutation
    for mutation in (
        replace_operand, drop_operand, swap_operands, swap_sizes, drop_attribute, change_attribute, change_attribute_type,
        change_type, change_last_type, change_number, change_symbol, change_successor, drop_word, rename_op, duplicate_op,
        drop_results, delete_op, move_op, replace_terminator, empty_region, add_block_argument, drop_block_argument,
    )
}  # fmt: skip
"""All of them by name, the kind that reports speak of."""


def broken(text: str, kind: str, rng: Random) -> str:
    """`text` with one op of it broken by a mutation, by name; unchanged where none of some tries finds a place for it."""
    ops = ops_in(text)
    tries = (OP_MUTATIONS[kind](text, ops, rng) for _ in range(TRIES if ops else 0))
    return next((changed for changed in tries if changed != text), text)
