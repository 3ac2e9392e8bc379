"""An input of several programs, divided by lines `// -----`.

# LLVM: ToolUtilities.cpp, splitAndProcessBuffer
"""

from collections.abc import Iterator
from typing import Final

from iree_explorer.errors import Location

_STEM: Final = "// ---"
_REST: Final = "--"
"""What follows the stem in a marker; elsewhere it was a near miss."""


def split(text: str, name: str) -> tuple[list[str], list[Location]]:
    """The parts of a text, and the places of near misses of a marker: they divide nothing.

    A marker counts wherever it stands; what follows on its line begins the next part. Each part stands behind as much space
    as puts it where it was in the whole text, so that errors tell its line and column there. An empty text has no part.
    """
    spans: list[tuple[int, int]] = []
    misses: list[int] = []
    start = end = 0
    for at, piece in _pieces(text):
        if start == end:  # at the very start of a text a marker leaves its last dashes to the part behind it
            start = at
        elif _is_marked(piece):
            spans.append((start, end))
            start = at + len(_REST)
        else:
            misses.append(at)
        end = at + len(piece)
    if start < end:
        spans.append((start, end))
    blanks = _Blanks(text)
    parts = [blanks.up_to(start) + text[start:end] for start, end in spans]
    return parts, [_location(text, at, name) for at in misses]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """What stands between stems, each with its place."""
    at = 0
    for piece in text.split(_STEM):
        yield at, piece
        at += len(piece) + len(_STEM)


def _is_marked(piece: str) -> bool:
    """Whether a piece begins with the rest of a marker, and goes on with anything but a `0`."""
    return piece.startswith(_REST) and piece[len(_REST) :][:1] not in ("", "0")


class _Blanks:
    """Space for what stands before rising places of a text: its line breaks, then as many spaces as its last line is long."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines = 0

    def up_to(self, place: int) -> str:
        self._lines += self._text.count("\n", self._at, place)
        self._at = place
        return "\n" * self._lines + " " * (place - self._text.rfind("\n", 0, place) - 1)


def _location(text: str, at: int, name: str) -> Location:
    return Location(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
