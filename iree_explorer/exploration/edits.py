"""Exact line edits between two texts, found in about linear time."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Text = list[tuple[str, int]]
"""Lines, each with the op id that it belongs to, -1 for none."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines `[line, line + remove)`, counted from 0, become `lines`."""

    line: int
    remove: int
    lines: Sequence[tuple[str, int]]


def edits_between(old: Text, new: Text, offset: int = 0) -> list[Edit]:
    """Edits that, one after the other, make `new` out of `old`, which begins at line `offset` of a larger text.

    Lines that both texts hold once are kept where their order agrees, with the equal ones around them; what is between
    is replaced.
    """
    edits: list[Edit] = []
    shift = offset
    for old_start, old_end, new_start, new_end in gaps(old, new):
        edits.append(Edit(old_start + shift, old_end - old_start, tuple(new[new_start:new_end])))
        shift += (new_end - new_start) - (old_end - old_start)
    return edits


def apply(text: Text, edits: Sequence[Edit]) -> list[Edit]:
    """Edits `text` in place; returns the edits that undo it."""
    undo: list[Edit] = []
    for edit in edits:
        removed = text[edit.line : edit.line + edit.remove]
        text[edit.line : edit.line + edit.remove] = edit.lines
        undo.append(Edit(edit.line, len(edit.lines), tuple(removed)))
    return undo[::-1]


Gap = tuple[int, int, int, int]
"""Lines `[old start, old end)` and `[new start, new end)` that differ."""


def gaps(old: Text, new: Text) -> Iterator[Gap]:
    """Where the texts differ, in order."""
    for old_start, old_end, new_start, new_end in _trimmed(old, new, (0, len(old), 0, len(new))):
        anchors = _anchors(old[old_start:old_end], new[new_start:new_end])
        at_old, at_new = old_start, new_start
        for anchor_old, anchor_new in (*anchors, (old_end - old_start, new_end - new_start)):
            end_old, end_new = old_start + anchor_old, new_start + anchor_new
            yield from _trimmed(old, new, (at_old, end_old, at_new, end_new))
            at_old, at_new = end_old, end_new


def _trimmed(old: Text, new: Text, gap: Gap) -> Iterator[Gap]:
    """The gap without equal lines at its ends; nothing if nothing is left."""
    old_start, old_end, new_start, new_end = gap
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    if old_start < old_end or new_start < new_end:
        yield old_start, old_end, new_start, new_end


def _anchors(old: Text, new: Text) -> list[tuple[int, int]]:
    """Places of lines that each text holds once, as many as can stand in the same order in both."""
    once_old, once_new = _once(old), _once(new)
    pairs = [(place, once_new[line]) for line, place in once_old.items() if line in once_new]
    return longest_ascent(pairs)


def _once(text: Text) -> dict[tuple[str, int], int]:
    counts = Counter(text)
    return {line: place for place, line in enumerate(text) if counts[line] == 1}


def longest_ascent(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A longest run of pairs, ascending in both places; `pairs` ascend in the first."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(index)
        else:
            ends[length], last[length] = place, index
    found: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]
