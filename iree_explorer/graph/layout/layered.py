"""Layered drawing (Sugiyama's): items in rows by what they need, few crossings, lines as straight as they can be.

Near-linear in items and edges; the same input gives the same picture. Long edges take a place of their own in each row that
they cross, so that they run between the items, not over them. Where there are so many that they would be most of the
picture, as in the backward pass of a model, which needs what the forward pass made, the longest go straight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, sqrt

from iree_explorer.graph.layout.places import Point

Pair = tuple[int, int]
"""Places of two items: the second needs the first."""

ROW_GAP = 44
"""Pixels between two rows, in which the lines turn."""
ITEM_GAP = 20
BEND_GAP = 10
"""On either side of a line that crosses a row."""

WIDEST = 12
"""Items that a row may always hold; of many more in one layer, several rows are made."""
ASPECT = 3.0
"""Of such a block of rows: items across over rows."""

MOST_BENDS = 30_000
"""Places that long edges take at most, those of the shortest first."""

ORDER_SWEEPS = 6
PLACE_SWEEPS = 8
FEW_SWEEPS = 2
"""Of either, where lines are not routed: the graph is so large that nobody follows one."""
BEND_WEIGHT = 0.5
"""How much a long line wants to be straight, where an item wants as much as 1 to be in line with its neighbours."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Centres (`x`) and upper edges (`y`) of the items, and per edge the points between its two ends.

    Everything is between 0 and `width`, 0 and `height`.
    """

    x: list[int]
    y: list[int]
    bends: list[tuple[Point, ...]]
    width: int
    height: int


def layers(count: int, edges: Sequence[Pair]) -> list[int]:
    """The layer of each item: that after the longest chain that leads to it; an item that needs nothing is right above
    the first that needs it. Edges that lead back (a program that was refused has such) count for nothing.
    """
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        if source < target:
            before[target].append(source)
            after[source].append(target)
    layer = [0] * count
    for item in range(count):
        layer[item] = max((layer[source] + 1 for source in before[item]), default=0)
    for item in range(count):
        if after[item] and not before[item]:
            layer[item] = min(layer[target] for target in after[item]) - 1
    return _wrapped(layer)


def _wrapped(layer: Sequence[int]) -> list[int]:
    """The same order, with layers of many items as several rows."""
    members: dict[int, list[int]] = {}
    for item, number in enumerate(layer):
        members.setdefault(number, []).append(item)
    rows = [0] * len(layer)
    next_row = 0
    for number in sorted(members):
        items = members[number]
        across = max(WIDEST, ceil(sqrt(len(items) * ASPECT)))
        for place, item in enumerate(items):
            rows[item] = next_row + place // across
        next_row += (len(items) - 1) // across + 1
    return rows


def place(
    sizes: Sequence[tuple[int, int]],
    rows: Sequence[int],
    edges: Sequence[Pair],
    *,
    routed: bool,
    ports: Mapping[Pair, tuple[float, float]] | None = None,
) -> Placed:
    """Places items of the given widths and heights, each in its row.

    Args:
        sizes: width and height of each item.
        rows: the row of each; an edge's target should be in a later one than its source.
        edges: who needs whom.
        routed: whether long edges get places of their own in the rows between, as many as `MOST_BENDS` allows.
        ports: how far right of the centres of its two ends an edge leaves and enters them; by default, not at all.
    """
    return _Layers(list(sizes), list(rows), edges, routed, ports or {}).placed()


@dataclass(slots=True)
class _Layers:
    """Items and, after them, the bends of long edges: things of no height that stand in rows as items do.

    `lean` says how far right of its neighbour an item wants to be, so that the line between them is straight.
    """

    sizes: list[tuple[int, int]]
    row: list[int]
    edges: Sequence[Pair]
    routed: bool
    ports: Mapping[Pair, tuple[float, float]]
    above: list[list[int]] = field(default_factory=list[list[int]])
    below: list[list[int]] = field(default_factory=list[list[int]])
    longest: int = 1
    """Rows that a routed edge leads down at most."""
    chains: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    rows: list[list[int]] = field(default_factory=list[list[int]])
    lean: dict[Pair, float] = field(default_factory=dict[Pair, float])
    x: list[float] = field(default_factory=list[float])

    def placed(self) -> Placed:
        count = len(self.sizes)
        self.above = [[] for _ in range(count)]
        self.below = [[] for _ in range(count)]
        self.longest = self._longest_routed() if self.routed else 1
        for source, target in self.edges:
            leave, enter = self.ports.get((source, target), (0.0, 0.0))
            last = self._last_bend(source, target, leave)
            self._link(last, target, leave if last == source else 0.0, enter)
        self.rows = [[] for _ in range(max(self.row, default=-1) + 1)]
        for item, row in enumerate(self.row):
            self.rows[row].append(item)
        self._order()
        self._spread()
        return self._finish(count)

    def _length(self, edge: Pair) -> int:
        """How many rows an edge leads down; one that leads up has none."""
        return max(self.row[edge[1]] - self.row[edge[0]], 0)

    def _longest_routed(self) -> int:
        """The length up to which all edges can be routed."""
        reach: dict[int, int] = {}
        bends, longest = 0, 1
        for edge in sorted(self.edges, key=self._length):
            source, length = edge[0], self._length(edge)
            bends += max(length - reach.get(source, 1), 0)
            if bends > MOST_BENDS:
                return min(longest, length - 1)
            reach[source] = longest = max(length, 1)
        return longest

    def _link(self, source: int, target: int, leave: float, enter: float) -> None:
        """Notes that a line runs from one to the other, and where on each, right of its centre."""
        if self.row[source] < self.row[target]:
            self.below[source].append(target)
            self.above[target].append(source)
            if leave != enter:
                self.lean[source, target], self.lean[target, source] = enter - leave, leave - enter

    def _last_bend(self, source: int, target: int, leave: float) -> int:
        """What leads to `target`: the source, or the bend in the row above it. Edges of one source share their bends."""
        crossed = self._length((source, target)) - 1
        if not 0 < crossed < self.longest:
            return source
        chain = self.chains.setdefault(source, [])
        while len(chain) < crossed:
            chain.append(self._add_bend(chain[-1], 0.0) if chain else self._add_bend(source, leave))
        return chain[crossed - 1]

    def _add_bend(self, previous: int, leave: float) -> int:
        bend = len(self.sizes)
        self.sizes.append((0, 0))
        self.row.append(self.row[previous] + 1)
        self.above.append([])
        self.below.append([])
        self._link(previous, bend, leave, 0.0)
        return bend

    # Who stands beside whom

    def _order(self) -> None:
        """Orders each row by where the neighbours of its items are, from above, from below, and so on."""
        position = [0.0] * len(self.sizes)
        for row in self.rows:
            _number(row, position)
        for sweep in range(ORDER_SWEEPS if self.routed else FEW_SWEEPS):
            down = sweep % 2 == 0
            near = self.above if down else self.below
            for row in self.rows if down else reversed(self.rows):
                if len(row) > 1:
                    row.sort(key=self._wish(row, near, position).__getitem__)
                    _number(row, position)

    def _wish(
        self, row: Sequence[int], near: Sequence[Sequence[int]], position: Sequence[float]
    ) -> dict[int, tuple[float, float]]:
        """Item → where it would like to stand: at the middle of its neighbours; of two such, the one that leans less."""
        return {
            item: (_mean(near[item], position, position[item]), self._lean(item, near[item]) if self.lean else 0.0)
            for item in row
        }

    def _lean(self, item: int, near: Sequence[int]) -> float:
        """How far right of the middle of its neighbours an item would like to be."""
        if not near:
            return 0.0
        return sum([self.lean.get((item, other), 0.0) for other in near]) / len(near)

    # Where exactly

    def _spread(self) -> None:
        """Moves the items of each row to the middle of their neighbours, as near as those beside them allow."""
        self.x = [0.0] * len(self.sizes)
        gaps = [self._offsets(row) if row else [] for row in self.rows]
        for row, offsets in zip(self.rows, gaps, strict=True):
            for item, offset in zip(row, offsets, strict=True):
                self.x[item] = offset - offsets[-1] / 2
        above, below = self._foremost(self.above), self._foremost(self.below)
        for sweep in range(PLACE_SWEEPS if self.routed else FEW_SWEEPS):
            down = sweep % 2 == 0
            for index in range(len(self.rows)) if down else range(len(self.rows) - 1, -1, -1):
                self._settle(self.rows[index], gaps[index], above if down else below)

    def _foremost(self, near: Sequence[list[int]]) -> list[list[int]]:
        """The neighbours that an item stays in line with: other items, if it has any, rather than long lines."""
        return [[other for other in others if self.sizes[other][0]] or others for others in near]

    def _offsets(self, row: Sequence[int]) -> list[float]:
        """How far the centre of each item is from that of the first, at least."""
        offsets = [0.0]
        for left, right in pairwise(row):
            widths = self.sizes[left][0] + self.sizes[right][0]
            gap = ITEM_GAP if self.sizes[left][0] and self.sizes[right][0] else BEND_GAP
            offsets.append(offsets[-1] + widths / 2 + gap)
        return offsets

    def _settle(self, row: Sequence[int], offsets: Sequence[float], near: Sequence[Sequence[int]]) -> None:
        wanted = [_mean(near[item], self.x, self.x[item]) - offset for item, offset in zip(row, offsets, strict=True)]
        if self.lean:
            wanted = [place + self._lean(item, near[item]) for item, place in zip(row, wanted, strict=True)]
        weights = [1.0 if self.sizes[item][0] else BEND_WEIGHT for item in row]
        for item, offset, place in zip(row, offsets, _ascending(wanted, weights), strict=True):
            self.x[item] = place + offset

    def _finish(self, count: int) -> Placed:
        left = min((x - self.sizes[item][0] / 2 for item, x in enumerate(self.x)), default=0.0)
        right = max((x + self.sizes[item][0] / 2 for item, x in enumerate(self.x)), default=0.0)
        x = [round(centre - left) for centre in self.x]
        tops: list[int] = []
        heights = [max((self.sizes[item][1] for item in row), default=0) for row in self.rows]
        bottom = 0
        for height in heights:
            tops.append(bottom)
            bottom += height + ROW_GAP
        y = [tops[row] for row in self.row]
        bends = [()] * len(self.edges)
        if self.chains:
            bends = [self._bends(source, target, x, tops, heights) for source, target in self.edges]
        return Placed(x[:count], y[:count], bends, round(right - left), max(bottom - ROW_GAP, 0))

    def _bends(
        self, source: int, target: int, x: Sequence[int], tops: Sequence[int], heights: Sequence[int]
    ) -> tuple[Point, ...]:
        """Two points a row that the edge crosses: where it enters it, and where it leaves it."""
        length = self._length((source, target))
        chain = self.chains.get(source, ())[: length - 1] if 1 < length <= self.longest else ()
        points: list[Point] = []
        for bend in chain:
            top, height = tops[self.row[bend]], heights[self.row[bend]]
            points += [(x[bend], top), (x[bend], top + height)] if height else [(x[bend], top)]
        return tuple(points)


def _number(row: Sequence[int], position: list[float]) -> None:
    """Positions of the items of a row, around 0."""
    half = (len(row) - 1) / 2
    for place, item in enumerate(row):
        position[item] = place - half


def _mean(items: Sequence[int], position: Sequence[float], otherwise: float) -> float:
    if len(items) == 1:
        return position[items[0]]
    return sum([position[item] for item in items]) / len(items) if items else otherwise


def _ascending(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The ascending numbers that are nearest to those wanted, by least squares (pool adjacent violators)."""
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        mean, total, count = value, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, others, size = blocks.pop()
            mean = (mean * total + other * others) / (total + others)
            total, count = total + others, count + size
        blocks.append((mean, total, count))
    return [mean for mean, _, count in blocks for _ in range(count)]
