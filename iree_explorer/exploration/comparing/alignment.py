"""Which op of one program is which op of another, that was edited: by what they say, in about linear time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from iree_explorer.exploration.edits import Text, longest_ascent

_NAME = re.compile(r"%[\w$.-]+(?:#\d+)?")
_OP = re.compile(r"(?:%[^=]* = )?\"?([\w.$]+)")
_SYMBOL = re.compile(r"@(?:[\w$.-]+|\"[^\"]*\")")

Key = Callable[["_Line"], object]


@dataclass(frozen=True, slots=True)
class _Line:
    """The first line of an op: its text without names of values, and what those names' makers say."""

    op: int
    plain: str
    makers: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The op's name."""
        match = _OP.match(self.plain.lstrip())
        return match[1] if match else self.plain

    @property
    def target(self) -> tuple[str, ...]:
        """The op's name and the symbols that it speaks of."""
        return (self.kind, *_SYMBOL.findall(self.plain))


_KEYS: tuple[Key, ...] = (
    lambda line: (line.plain, line.makers),
    lambda line: line.plain,
    lambda line: line.target,
    lambda line: line.kind,
)
"""What two ops must agree in, the strictest first: text and operands' makers, text, symbols, name."""


def align(old: Text, new: Text) -> dict[int, int]:
    """Op id of `old` → op id of `new`, for the ops that are the same.

    Functions, and whatever else stands directly in the module, go together by symbol; inside, ops keep their order.
    Between ops that agree in all they say, the rest goes together by ever fewer traits.

    Args:
        old: the lines of a module before the passes, with the ids of their ops.
        new: those of another.
    """
    found: dict[int, int] = {}
    for before, after in _sections(old, new):
        found.update(_match(_lines(before), _lines(after), 0))
    return found


def _sections(old: Text, new: Text) -> Iterator[tuple[Text, Text]]:
    """Lines of the two modules that belong together."""
    before, after = _by_symbol(old), _by_symbol(new)
    for symbol, lines in before.items():
        if symbol in after:
            yield lines, after[symbol]
    lost = [line for symbol, lines in before.items() if symbol not in after for line in lines]
    fresh = [line for symbol, lines in after.items() if symbol not in before for line in lines]
    yield lost, fresh


def _by_symbol(text: Text) -> dict[str, Text]:
    """The lines directly in the module with all inside them, by op name and symbol; the module's own under an empty one."""
    found: dict[str, Text] = defaultdict(list)
    key = ""
    for line, op in text:
        if line.startswith("  ") and line[2:3] not in (" ", "}", ""):
            symbol = _SYMBOL.search(line)
            key = f"{line[2:].split(' ', 1)[0]} {symbol[0] if symbol else ''}"
        elif not line.startswith("  "):
            key = ""
        found[key].append((line, op))
    return found


def _lines(text: Text) -> list[_Line]:
    """The first line of each op."""
    makers: dict[str, str] = {}
    found: list[_Line] = []
    seen: set[int] = set()
    for line, op in text:
        if op < 0 or op in seen:
            continue
        seen.add(op)
        results, equals, rest = line.partition(" = ")
        used = _NAME.findall(rest if equals else line)
        plain = _NAME.sub("%", line)
        values = [str(name).partition("#")[0] for name in used]
        found.append(_Line(op, plain, tuple(makers.get(value, value) for value in values)))
        if equals:
            makers.update({name.partition("#")[0]: plain for name in _NAME.findall(results)})
    return found


def _match(old: Sequence[_Line], new: Sequence[_Line], level: int) -> Iterator[tuple[int, int]]:
    """Pairs of ops, in order."""
    key = _KEYS[level]
    first = [key(line) for line in old]
    second = [key(line) for line in new]
    anchors = [*_anchors(first, second), (len(old), len(new))]
    at_old = at_new = 0
    for anchor_old, anchor_new in anchors:
        gap_old, gap_new = old[at_old:anchor_old], new[at_new:anchor_new]
        if gap_old and gap_new and level + 1 < len(_KEYS):
            yield from _match(gap_old, gap_new, level + 1)
        if anchor_old < len(old):
            yield old[anchor_old].op, new[anchor_new].op
        at_old, at_new = anchor_old + 1, anchor_new + 1


def _anchors(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int]]:
    """Places of equal keys in ascending order.

    Those at both ends; in between the n-th of each key in one with the n-th in the other, as many as keep their order.
    """
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    places: dict[object, list[int]] = defaultdict(list)
    for place in range(len(new) - tail - 1, start - 1, -1):
        places[new[place]].append(place)
    pairs = [(place, places[old[place]].pop()) for place in range(start, len(old) - tail) if places.get(old[place])]
    ends = [(len(old) - n, len(new) - n) for n in range(tail, 0, -1)]
    return [*((n, n) for n in range(start)), *longest_ascent(pairs), *ends]
