"""Where ops stand in a text, one op a line or more, as `iree-opt` prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

VALUE = re.compile(r"%[\w$.]+(?:#\d+)?")
_HEAD = re.compile(r'[ ]*(?:%[^=\n"]* = )?("[\w.]+"|[a-z]\w*(?:\.\w+)+|module|return)(?=[ ("{\n]|$)')
_OPAQUE = re.compile(r'"(?:[^"\\\n]|\\.)*"|//.*')
_OUTERMOST = re.compile(r'"?(?:builtin\.)?module\b')


@dataclass(frozen=True, slots=True)
class OpText:
    """An op in a text, by offsets.

    Attributes:
        start: of its first line, indentation included.
        operands: behind `=` where it has results, else behind the indentation.
        head: end of its first line, without the line's end.
        end: of its last line, without the line's end.
        name: as written, quotes included.
    """

    start: int
    operands: int
    head: int
    end: int
    name: str

    @property
    def has_regions(self) -> bool:
        """Whether it goes on behind its first line."""
        return self.end > self.head


def ops_in(text: str) -> list[OpText]:
    """The ops of a text in its order, an op before those inside of it."""
    found: list[OpText] = []
    starts: list[int] = []
    depths: list[int] = []
    at = depth = 0
    for line in text.split("\n"):
        starts.append(at)
        bare = _OPAQUE.sub("", line)
        depths.append(depth := depth + sum(map(bare.count, "({[")) - sum(map(bare.count, ")}]")))
        at += len(line) + 1
    for number, start in enumerate(starts):
        match = _HEAD.match(text, start)
        if match is None:
            continue
        before = depths[number - 1] if number else 0
        last = next((line for line in range(number, len(starts)) if depths[line] <= before), None)
        if last is not None:
            found.append(OpText(start, match.start(1), _end(starts, number, at), _end(starts, last, at), match[1]))
    return found


def _end(starts: list[int], line: int, size: int) -> int:
    return (starts[line + 1] if line + 1 < len(starts) else size) - 1


def outermost(ops: list[OpText], op: OpText) -> OpText:
    """The op around `op`, or itself, that is in nothing but modules: mostly a function."""
    around = (it for it in ops if it.start <= op.start and op.end <= it.end and not _OUTERMOST.match(it.name))
    return next(around, op)


def is_terminator(text: str, op: OpText) -> bool:
    """Whether a block ends behind `op`."""
    return text[op.end :].lstrip().startswith(("}", "^"))
