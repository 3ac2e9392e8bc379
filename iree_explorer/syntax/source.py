"""A source text and the places in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from iree_explorer.errors import Location


@dataclass(frozen=True)
class Source:
    r"""A text and the name under which errors speak of it.

    Attributes:
        name: a file name, a URL, or `<stdin>`.
        text: the whole text, `\n` between lines.
        command: the command line that made the text of another; empty: it is as it was read.
        allow_unregistered: whether it may hold ops of unknown dialects.
    """

    name: str
    text: str
    command: str = ""
    allow_unregistered: bool = False

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        while (newline := find("\n", starts[-1])) >= 0:
            starts.append(newline + 1)
        return starts

    def location(self, offset: int) -> Location:
        """The place of the character at `offset`; the column counts bytes of UTF-8 from 1, as MLIR's does."""
        line = bisect_right(self._line_starts, offset) - 1
        before = self.text[self._line_starts[line] : offset]
        return Location(self.name, line + 1, len(before.encode(errors="surrogateescape")) + 1)
