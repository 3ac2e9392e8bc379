"""Who wrote each byte of a storage last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise


class Versions:
    """Ranges of bytes, in order and apart, each with the number of the op that wrote it last; the rest nobody wrote."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, int, int]] = []

    def copy(self) -> Versions:
        """The same, to go on from."""
        made = Versions()
        made._parts = self._parts.copy()
        return made

    def write(self, start: int, end: int, writer: int) -> None:
        """Bytes `[start, end)` are written."""
        kept: list[tuple[int, int, int]] = []
        for first, last, known in self._parts:
            kept += [
                part for part in ((first, min(last, start), known), (max(first, end), last, known)) if part[0] < part[1]
            ]
        self._parts = sorted([*kept, (start, end, writer)])

    def at(self, byte: int) -> int | None:
        """Who wrote a byte last; None: nobody."""
        return next((writer for first, last, writer in self._parts if first <= byte < last), None)

    def differences(self, other: Versions, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of `[start, end)` that somebody else wrote last than in `other`, in order."""
        edges = {
            edge for first, last, _ in (*self._parts, *other._parts) for edge in (first, last) if start < edge < end
        }
        for first, last in pairwise(sorted({start, end, *edges})):
            if self.at(first) != other.at(first):
                yield first, last
