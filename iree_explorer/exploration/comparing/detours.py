"""Lines of a comparison that no layout was made for: straight, or around the nodes that would stand in the way."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

Node = Mapping[str, Any]

STUB: Final = 8
"""From a node's edge to where a line around others turns."""
CLEAR: Final = 8
"""Between such a line and the nodes that it passes."""
MANY: Final = 500
"""A line past so many nodes goes straight: nobody sees all of it at once, and each of a large graph would look at all nodes."""


class Obstacles:
    """The nodes of a graph, to find those that a line may meet."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = sorted(nodes, key=itemgetter("y"))
        self._tops = [node["y"] for node in self._nodes]
        self._tallest = max((node["h"] for node in nodes), default=0)

    def line_between(self, source: Node, target: Node) -> list[float]:
        """From the middle of the source's lower edge to the middle of the target's upper one: `x, y` of each point."""
        x, y = _middle(source), source["y"] + source["h"]
        right, low = _middle(target), target["y"]
        straight = [x, y, right, low]
        first, last = bisect_left(self._tops, y - self._tallest), bisect_left(self._tops, low)
        if low - y <= 2 * STUB or last - first > MANY:
            return straight
        near = self._nodes[first:last]
        return _around(near, straight) if any(_is_met(node, straight) for node in near) else straight


def _around(nodes: Sequence[Node], straight: Sequence[float]) -> list[float]:
    """The line that leads past the nodes in the place of a straight one."""
    x, y, right, low = straight
    top, bottom = y + STUB, low - STUB
    across = _free(x, right, [node for node in nodes if node["y"] < bottom and node["y"] + node["h"] > top])
    points = [(x, y), (x, top), (across, top), (across, bottom), (right, bottom), (right, low)]
    return [place for point, _ in groupby(points) for place in point]


def _middle(node: Node) -> float:
    return node["x"] + node["w"] / 2


def _is_met(node: Node, line: Sequence[float]) -> bool:
    """Whether a line downwards leads through the node."""
    x, y, right, low = line
    top, bottom = max(y, node["y"]), min(low, node["y"] + node["h"])
    if top >= bottom:
        return False
    at = [x + (right - x) * (height - y) / (low - y) for height in (top, bottom)]
    return max(at) > node["x"] and min(at) < node["x"] + node["w"]


def _free(start: float, end: float, nodes: Sequence[Node]) -> float:
    """The place across at which none of the nodes stands that takes the shortest way from one place to another."""
    taken = _merged(sorted((node["x"] - CLEAR, node["x"] + node["w"] + CLEAR) for node in nodes))
    free = [place for place in (start, end) if not any(left < place < right for left, right in taken)]
    free += [place for stretch in taken for place in stretch]  # No stretch reaches into another.
    return min(free, key=lambda place: abs(place - start) + abs(place - end))


def _merged(stretches: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches that overlap as one; they ascend."""
    found: list[tuple[float, float]] = []
    for left, right in stretches:
        if found and left < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found
