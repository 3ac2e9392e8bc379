"""Boxes around nodes that stand where another schedule put them: as few a group as can be without a stranger inside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

Node = Mapping[str, Any]
"""Of a graph of the document: has `x`, `y`, `w` and `h`."""

CANDIDATES: Final = 4
"""Boxes of a group, the last ones made, that a node further down may still join."""


@dataclass(slots=True)
class Hull:
    """A box around `nodes` (places in the list that was given), without a margin."""

    group: int
    nodes: list[int]
    left: float
    top: float
    right: float
    bottom: float

    def box(self, margin: float, header: float = 0) -> dict[str, float]:
        """The box with a margin, and room for a header at its top."""
        x, y = self.left - margin, self.top - margin - header
        return {"x": x, "y": y, "w": self.right + margin - x, "h": self.bottom + margin - y}


def hulls_of(nodes: Sequence[Node], groups: Sequence[int | None]) -> list[Hull]:
    """The boxes of all groups, from top to bottom; each holds whole nodes of its group, and no other's.

    Args:
        nodes: none overlaps another.
        groups: of each node; None: it is in none, and no box holds it.
    """
    return _Hulls(nodes, groups).found()


class _Hulls:
    """The boxes so far; nodes are found by the row that they stand in."""

    def __init__(self, nodes: Sequence[Node], groups: Sequence[int | None]) -> None:
        self.nodes, self.groups = nodes, groups
        self.order = sorted(range(len(nodes)), key=lambda index: (nodes[index]["y"], nodes[index]["x"]))
        self.rows = {
            y: [(nodes[index]["x"], index) for index in row]
            for y, row in groupby(self.order, key=lambda index: nodes[index]["y"])
        }
        self.tops = list(self.rows)
        self.tallest = max((node["h"] for node in nodes), default=0)
        self.widest = max((node["w"] for node in nodes), default=0)
        self.made: dict[int, list[Hull]] = {}

    def found(self) -> list[Hull]:
        """Puts all nodes into boxes, from top to bottom."""
        for index in self.order:
            group = self.groups[index]
            if group is not None:
                self._add(index, group)
        return sorted((hull for hulls in self.made.values() for hull in hulls), key=lambda hull: (hull.top, hull.left))

    def _add(self, index: int, group: int) -> None:
        node = self.nodes[index]
        own = Hull(group, [index], node["x"], node["y"], node["x"] + node["w"], node["y"] + node["h"])
        known = self.made.setdefault(group, [])
        for hull in reversed(known[-CANDIDATES:]):
            if self._join(hull, own):
                return
        known.append(own)

    def _join(self, hull: Hull, own: Hull) -> bool:
        """Grows the hull to hold another one too, if no stranger would come in."""
        left, right = min(hull.left, own.left), max(hull.right, own.right)
        top, bottom = min(hull.top, own.top), max(hull.bottom, own.bottom)
        # What the hull held before holds no stranger: where it grows downwards only, the rest is new.
        start = hull.bottom if (left, right) == (hull.left, hull.right) else top
        if self._has_stranger(hull.group, left, right, start, bottom):
            return False
        hull.nodes += own.nodes
        hull.left, hull.top, hull.right, hull.bottom = left, top, right, bottom
        return True

    def _has_stranger(self, group: int, left: float, right: float, top: float, bottom: float) -> bool:
        for y in self.tops[bisect_right(self.tops, top - self.tallest) : bisect_left(self.tops, bottom)]:
            row = self.rows[y]
            for _, index in row[bisect_left(row, (left - self.widest, -1)) : bisect_left(row, (right, -1))]:
                node = self.nodes[index]
                inside = node["x"] < right and node["x"] + node["w"] > left and y < bottom and y + node["h"] > top
                if inside and self.groups[index] != group:
                    return True
        return False
