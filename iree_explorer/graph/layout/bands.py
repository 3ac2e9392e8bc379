"""A region's nodes from first to last: its waves, and between them the nodes that need no wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iree_explorer.graph.model import Region


@dataclass(frozen=True, slots=True)
class Band:
    """Nodes that stand beside each other: those of `wave` (a place in `Region.waves`), or of none."""

    nodes: tuple[int, ...]
    wave: int | None = None


def bands(region: Region, before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> list[Band]:
    """The bands of `region`, top to bottom; `before` and `after` are what each node of the graph needs and feeds.

    A node of no wave (a constant, an allocation, a view) stands right above the first wave that needs it. In a region
    without waves a band holds the nodes that the longest chains of equal length lead to.
    """
    if not region.waves:
        return [Band(nodes) for nodes in _levels(region.nodes, before)]
    free = _free_nodes(region, before, after)
    found: list[Band] = []
    for place in range(len(region.waves) + 1):
        found += (Band(nodes) for nodes in _levels(free.get(place, ()), before))
        if place < len(region.waves):
            found.append(Band(region.waves[place].nodes, place))
    return found


def _free_nodes(
    region: Region, before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]
) -> dict[int, list[int]]:
    """Place of a wave → the nodes of no wave that stand above it, in text order."""
    place = {node: index for index, wave in enumerate(region.waves) for node in wave.nodes}
    free = [node for node in region.nodes if node not in place]
    for node in reversed(free):
        needed = [place[target] for target in after[node] if target in place]
        if needed:
            place[node] = min(needed)
    found: dict[int, list[int]] = {}
    for node in free:
        if node not in place:
            ready = [place[source] + 1 for source in before[node] if source in place]
            place[node] = min(max(ready, default=len(region.waves)), len(region.waves))
        found.setdefault(place[node], []).append(node)
    return found


def _levels(nodes: Sequence[int], before: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The nodes by the longest chain among them that leads to each."""
    level: dict[int, int] = {}
    levels: list[list[int]] = []
    for node in nodes:
        level[node] = max((level[source] + 1 for source in before[node] if source in level), default=0)
        if level[node] == len(levels):
            levels.append([])
        levels[level[node]].append(node)
    return [tuple(nodes) for nodes in levels]
