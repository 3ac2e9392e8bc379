"""The free layout: each op below what it needs and as near to it as can be; regions are boxes around theirs.

Regions are laid out first, each on its own, then regions and host steps as wholes. So a region that is folded or unfolded
moves nothing inside of the others.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from iree_explorer.graph.layout.layered import ROW_GAP, Pair, Placed, layers, place
from iree_explorer.graph.layout.places import Box, Layout, Point
from iree_explorer.graph.layout.rows import NODE_HEIGHT, NODE_WIDTH
from iree_explorer.graph.model import NOWHERE, Edge, Graph, Node, Region, Unit, nodes_of

MARGIN = 24
PADDING = 20
"""Between the sides of a region's box and what is in it."""
LEAST_WIDTH = NODE_WIDTH + 2 * PADDING

MOST_ROUTED = 2000
"""Of a graph with more nodes than this, long edges are drawn straight: nobody follows one there."""


def lay_out_dag(graph: Graph) -> Layout:
    """The free layout of `graph`."""
    return _Dag(graph, len(graph.nodes) <= MOST_ROUTED).layout()


@dataclass(slots=True)
class _Inside:
    """A region or a host step with what is in it; points and centres count from the upper left corner of its box.

    Attributes:
        node_x, node_y: node → centre, upper edge.
        entry, leave: node outside → where its edges come in at the top; node inside → where its edges go out at the bottom.
        bends: (source, target) → the points between; the one of them that is outside stands for its port.
    """

    width: int
    height: int
    node_x: dict[int, int]
    node_y: dict[int, int]
    entry: dict[int, int] = field(default_factory=dict[int, int])
    leave: dict[int, int] = field(default_factory=dict[int, int])
    bends: dict[Pair, tuple[Point, ...]] = field(default_factory=dict[Pair, tuple[Point, ...]])

    def mirrored(self) -> _Inside:
        """The same with left and right exchanged."""
        width = self.width
        centres, entry, leave = (
            {node: width - x for node, x in places.items()} for places in (self.node_x, self.entry, self.leave)
        )
        bends = {pair: tuple((width - x, y) for x, y in points) for pair, points in self.bends.items()}
        return _Inside(width, self.height, centres, self.node_y, entry, leave, bends)


@dataclass(slots=True)
class _Dag:
    graph: Graph
    routed: bool
    units: list[Unit] = field(default_factory=list[Unit])
    unit_of: list[int] = field(default_factory=list[int])
    inside: list[_Inside] = field(default_factory=list[_Inside])
    around: dict[int, list[Edge]] = field(default_factory=dict[int, list[Edge]])
    """Unit → its edges, those that lead into it and out of it included."""

    def layout(self) -> Layout:
        self.units = list(self.graph.units())
        self.unit_of = [0] * len(self.graph.nodes)
        for index, unit in enumerate(self.units):
            for node in nodes_of(unit):
                self.unit_of[node] = index
        for edge in self.graph.edges:
            for unit in {self.unit_of[edge.source], self.unit_of[edge.target]}:
                self.around.setdefault(unit, []).append(edge)
        self.inside = [self._look_inside(index) for index in range(len(self.units))]
        pairs = list(dict.fromkeys(self._unit_pairs()))
        outside = self._place_outside(pairs)
        if self.routed and self._untwist(outside):
            outside = self._place_outside(pairs)
        return self._assemble(outside, dict(zip(pairs, outside.bends, strict=True)))

    def _place_outside(self, pairs: Sequence[Pair]) -> Placed:
        sizes = [(inner.width, inner.height) for inner in self.inside]
        return place(sizes, layers(len(sizes), pairs), pairs, routed=self.routed, ports=self._ports())

    def _untwist(self, outside: Placed) -> bool:
        """Mirrors each region whose lines to others cross less often then: it was laid out on its own. Whether there is any."""
        found = False
        for index, inner in enumerate(self.inside):
            if not isinstance(self.units[index], Region):
                continue
            into, out = self._ends(index, outside)
            twisted = _crossings(into) + _crossings(out)
            if twisted and _crossings(_negated(into)) + _crossings(_negated(out)) < twisted:
                self.inside[index] = inner.mirrored()
                found = True
        return found

    def _ends(self, unit: int, outside: Placed) -> tuple[Lines, Lines]:
        """Of the lines that lead into a region and out of it: where at its border, and where at their other ends."""
        left = [x - inner.width / 2 for x, inner in zip(outside.x, self.inside, strict=True)]
        into: Lines = set()
        out: Lines = set()
        for edge in self.around.get(unit, ()):
            first, second = self.unit_of[edge.source], self.unit_of[edge.target]
            if first == second:
                continue
            source, target = self.inside[first], self.inside[second]
            start = left[first] + source.leave.get(edge.source, source.node_x[edge.source])
            end = left[second] + target.entry.get(edge.source, target.node_x[edge.target])
            if first == unit:
                out.add((start, end))
            else:
                into.add((end, start))
        return into, out

    def _unit_pairs(self) -> Sequence[Pair]:
        pairs = ((self.unit_of[edge.source], self.unit_of[edge.target]) for edge in self.graph.edges)
        return [(source, target) for source, target in pairs if source != target]

    def _ports(self) -> dict[Pair, tuple[float, float]]:
        """Where lines between two units leave the one and enter the other, right of their centres: the last of several."""
        ports: dict[Pair, tuple[float, float]] = {}
        if not self.routed:
            return ports
        for edge in self.graph.edges:
            pair = self.unit_of[edge.source], self.unit_of[edge.target]
            source, target = (self.inside[unit] for unit in pair)
            leave, enter = source.leave.get(edge.source), target.entry.get(edge.source)
            if leave is not None or enter is not None:
                ports[pair] = (
                    0.0 if leave is None else leave - source.width / 2,
                    0.0 if enter is None else enter - target.width / 2,
                )
        return ports

    # Inside of a region

    def _look_inside(self, index: int) -> _Inside:
        unit = self.units[index]
        if isinstance(unit, Node):
            return _Inside(NODE_WIDTH, NODE_HEIGHT, {unit.id: NODE_WIDTH // 2}, {unit.id: 0})
        items = _Items(list(unit.nodes), {node: place for place, node in enumerate(unit.nodes)})
        pairs: list[Pair] = []
        for edge in self.around.get(index, ()):
            pair = items.pair(edge, ports=self.routed)
            if pair is not None:
                pairs.append(pair)
        pairs = list(dict.fromkeys(pairs))
        return self._framed(items, pairs, self._placed_inside(items, pairs))

    def _placed_inside(self, items: _Items, pairs: Sequence[Pair]) -> Placed:
        """Ports have rows of their own: the first, and the last."""
        count = items.nodes
        inner = layers(count, [pair for pair in pairs if max(pair) < count])
        last = max(inner, default=-1) + 2
        rows = [row + 1 for row in inner] + [last if leaves else 0 for leaves in items.leaves]
        sizes = [(NODE_WIDTH, NODE_HEIGHT)] * count + [(0, 0)] * len(items.leaves)
        return place(sizes, rows, pairs, routed=self.routed)

    def _framed(self, items: _Items, pairs: Sequence[Pair], placed: Placed) -> _Inside:
        """The placed items with the room around them that a box needs; its upper row is the border of the box."""
        width = max(LEAST_WIDTH, placed.width + 2 * PADDING)
        left = (width - placed.width) // 2
        deepest = max((placed.y[item] for item in range(items.nodes)), default=0) + NODE_HEIGHT
        inner = _Inside(width, deepest + ROW_GAP, {}, {})
        for item, node in enumerate(items.ids):
            x = placed.x[item] + left
            if item < items.nodes:
                inner.node_x[node], inner.node_y[node] = x, placed.y[item]
            elif items.leaves[item - items.nodes]:
                inner.leave[node] = x
            else:
                inner.entry[node] = x
        for (source, target), bends in zip(pairs, placed.bends, strict=True):
            if not bends:
                continue
            points = tuple((x + left, y) for x, y in bends)
            inner.bends[items.ids[source], NOWHERE if target >= items.nodes else items.ids[target]] = points
        return inner

    # All together

    def _assemble(self, outside: Placed, bends: dict[Pair, tuple[Point, ...]]) -> Layout:
        corners = [
            (x - inner.width // 2 + MARGIN, y + MARGIN)
            for x, y, inner in zip(outside.x, outside.y, self.inside, strict=True)
        ]
        nodes = tuple(self._node_box(node.id, corners) for node in self.graph.nodes)
        place_of = {unit.ordinal: index for index, unit in enumerate(self.units) if isinstance(unit, Region)}
        regions = tuple(self._unit_box(place_of[region.ordinal], corners) for region in self.graph.regions)
        moved = {pair: tuple((x + MARGIN, y + MARGIN) for x, y in points) for pair, points in bends.items()}
        edges = tuple(self._points(edge, corners, moved) for edge in self.graph.edges)
        width, height = outside.width + 2 * MARGIN, outside.height + 2 * MARGIN
        return Layout(width, height, nodes, edges, regions, (), (), "dag")

    def _node_box(self, node: int, corners: Sequence[Point]) -> Box:
        unit = self.unit_of[node]
        x, y = corners[unit]
        inner = self.inside[unit]
        return Box(x + inner.node_x[node] - NODE_WIDTH // 2, y + inner.node_y[node], NODE_WIDTH, NODE_HEIGHT)

    def _unit_box(self, unit: int, corners: Sequence[Point]) -> Box:
        return Box(*corners[unit], self.inside[unit].width, self.inside[unit].height)

    def _points(
        self, edge: Edge, corners: Sequence[Point], between: dict[Pair, tuple[Point, ...]]
    ) -> tuple[Point, ...]:
        """Out of the source's region, past other units, and into the target's."""
        first, second = self.unit_of[edge.source], self.unit_of[edge.target]
        source, target = self.inside[first], self.inside[second]
        (sx, sy), (tx, ty) = corners[first], corners[second]
        start = (sx + source.node_x[edge.source], sy + source.node_y[edge.source] + NODE_HEIGHT)
        end = (tx + target.node_x[edge.target], ty + target.node_y[edge.target])
        if not self.routed:
            return start, end
        if first == second:
            return (start, *_moved(source.bends.get((edge.source, edge.target), ()), sx, sy), end)
        points = [start, *_moved(source.bends.get((edge.source, NOWHERE), ()), sx, sy)]
        if edge.source in source.leave:
            points.append((sx + source.leave[edge.source], sy + source.height))
        points += between.get((first, second), ())
        if edge.source in target.entry:
            points.append((tx + target.entry[edge.source], ty))
        return (*points, *_moved(target.bends.get((edge.source, edge.target), ()), tx, ty), end)


@dataclass(slots=True)
class _Items:
    """What stands in a region: its nodes, then ports; `ids` are node ids, a port has that of the node it leads from."""

    ids: list[int]
    place: dict[int, int]
    nodes: int = 0
    leaves: list[bool] = field(default_factory=list[bool])
    ports: dict[Pair, int] = field(default_factory=dict[Pair, int])

    def __post_init__(self) -> None:
        self.nodes = len(self.ids)

    def pair(self, edge: Edge, *, ports: bool) -> Pair | None:
        """The edge between items; None: one end is outside, and there are no ports."""
        source, target = self.place.get(edge.source), self.place.get(edge.target)
        if source is not None and target is not None:
            return source, target
        if not ports:
            return None
        return (self._port(edge.source, leaves=False), target) if target is not None else self._out(edge.source)

    def _out(self, source: int) -> Pair:
        return self.place[source], self._port(source, leaves=True)

    def _port(self, node: int, *, leaves: bool) -> int:
        known = self.ports.get((node, int(leaves)))
        if known is None:
            known = self.ports[node, int(leaves)] = len(self.ids)
            self.ids.append(node)
            self.leaves.append(leaves)
        return known


Lines = set[tuple[float, float]]
"""Of each line where it begins and where it ends, from left to right."""


def _crossings(lines: Lines) -> int:
    """How many pairs of lines end in another order than they begin in."""
    count = 0
    ends: list[float] = []
    for _, end in sorted(lines):
        count += len(ends) - bisect_right(ends, end)
        insort(ends, end)
    return count


def _negated(lines: Lines) -> Lines:
    return {(-start, end) for start, end in lines}


def _moved(points: Sequence[Point], x: int, y: int) -> list[Point]:
    return [(px + x, py + y) for px, py in points]
