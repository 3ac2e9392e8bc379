"""How deep programs may nest. Python's limit of recursion is raised for those that do, as far as its stack allows."""

from __future__ import annotations

import sys

MAX_REGION_NESTING = 256
"""How deep regions may nest; MLIR dies of stack overflow some thousands of levels deeper."""

MAX_NESTING = 256
"""How deep attributes or types may nest; likewise."""

SHALLOW = 24
"""So many levels need no more frames than Python allows anyway."""

_FRAMES = 24
"""Python frames that a level takes at most, in the parser, the verifier, the passes and the printer."""

_AROUND = 2_000
"""Frames of whoever calls: notebooks and test runners have about a hundred."""


def make_room(levels: int) -> None:
    """Sees to it that Python can recurse over what nests `levels` deep.

    The limit stays raised, as passes and printer recurse too, long after the program was read.
    """
    wanted = _AROUND + _FRAMES * levels
    if sys.getrecursionlimit() < wanted:
        sys.setrecursionlimit(wanted)
