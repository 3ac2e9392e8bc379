"""How edges run between the nodes of the lane layout: in the gaps between rows, in gutters and in channels.

An edge between neighbouring rows is an elbow in the gap between them. A longer one inside a region takes a track of the
channel at the region's right; one between columns takes a track of the gutter beside the column that it leads to.
All edges of one value share ports and tracks. Lines of different values cross, but never run on top of each other,
unless a gutter has more than `MAX_TRACKS` of them at one height.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Literal

from iree_explorer.graph.layout.places import Point
from iree_explorer.graph.layout.rows import (
    NODE_HEIGHT,
    NODE_WIDTH,
    ROW_GAP,
    SOURCE_GAP,
    UNIT_GAP,
    WAVE_GAP,
    WAVE_PADDING,
    Rows,
)
from iree_explorer.graph.model import NOWHERE, Edge, Graph

TRACK = 8
"""Pixels between two tracks."""
MAX_TRACKS = 14
GUTTER = 32
"""A gutter with no track."""
CHANNEL_PADDING = 10

_NUDGES = (0, 3, -3, 6, -6)
"""Pixels by which lines of different values in one gap stand apart."""

Way = Literal["beside", "next"]
"""A straight line to a node beside, or an elbow in the gap above the next row."""

Net = tuple[int, str]
"""Source node and value name: edges of one net share their lines."""


@dataclass(slots=True)
class Tracks:
    """Vertical lines side by side; nets whose heights overlap get different ones."""

    spans: dict[Net, tuple[int, int]] = field(default_factory=dict[Net, tuple[int, int]])
    track: dict[Net, int] = field(default_factory=dict[Net, int])
    count: int = 0

    def need(self, net: Net, top: int, bottom: int) -> None:
        """`net` runs from `top` to `bottom` here."""
        known = self.spans.get(net, (top, bottom))
        self.spans[net] = min(top, bottom, *known), max(top, bottom, *known)

    def assign(self) -> None:
        """Gives each net the first track that is free at its height."""
        busy: list[tuple[int, int]] = []
        free: list[int] = []
        for net, (top, bottom) in sorted(self.spans.items(), key=lambda item: (item[1], item[0])):
            while busy and busy[0][0] < top:
                heappush(free, heappop(busy)[1])
            if not free:
                free.append(self.count)
                self.count += 1
            track = heappop(free)
            heappush(busy, (bottom, track))
            self.track[net] = track % MAX_TRACKS
        self.count = min(self.count, MAX_TRACKS)


@dataclass(slots=True)
class Routes:
    """Which way each edge takes; `draw` turns that into points once all `x` are known.

    Attributes:
        gutter_x: left edge of the gutter left of each column, and right of the last; set by the layout.
        channel_x: left edge of each region's channel; set by the layout.
    """

    graph: Graph
    y: Sequence[int]
    column: Sequence[int]
    rows: Mapping[int, Rows]
    gutters: list[Tracks]
    channels: dict[int, Tracks]
    gutter_x: dict[int, int] = field(default_factory=dict[int, int])
    channel_x: dict[int, int] = field(default_factory=dict[int, int])
    _above: list[int] = field(default_factory=list[int])
    _below: list[int] = field(default_factory=list[int])
    """Per node: from its edge to the middle of the gap before the row above, and below."""
    _tracks_of: list[Tracks | Way] = field(default_factory=list["Tracks | Way"])
    """Per edge: where it has its long vertical line, or what it does instead."""

    def __post_init__(self) -> None:
        nodes = range(len(self.graph.nodes))
        self._above = [self._gap(node, -1) for node in nodes]
        self._below = [self._gap(node, 1) for node in nodes]

    @staticmethod
    def plan(graph: Graph, y: Sequence[int], column: Sequence[int], rows: Mapping[int, Rows], columns: int) -> Routes:
        """Assigns every edge that needs one a track."""
        gutters = [Tracks() for _ in range(columns + 1)]
        routes = Routes(graph, y, column, rows, gutters, {ordinal: Tracks() for ordinal in rows})
        for edge in graph.edges:
            tracks = routes._tracks(edge)
            routes._tracks_of.append(tracks)
            if isinstance(tracks, Tracks):
                tracks.need((edge.source, edge.label), routes._exit(edge.source), routes._entry(edge.target))
        for tracks in (*routes.gutters, *routes.channels.values()):
            tracks.assign()
        return routes

    def gutter_width(self, index: int) -> int:
        """Pixels between column `index` and what is left of it."""
        return GUTTER + self.gutters[index].count * TRACK

    def channel_width(self, region: int) -> int:
        """Pixels that the region's own long edges need; 0 where there are none."""
        count = self.channels[region].count
        return CHANNEL_PADDING + count * TRACK if count else 0

    def draw(self, corners: Sequence[Point]) -> tuple[tuple[Point, ...], ...]:
        """The points of each edge, from source to target; `corners` are the nodes' upper left ones."""
        edges = self.graph.edges
        leave = self._leaving_ports(corners)
        enter = self._entering_ports(corners)
        nudge = _nudges(edges)
        return tuple(
            self._points(index, leave[edge.source, edge.label], enter[index], corners, nudge[edge.source, edge.label])
            for index, edge in enumerate(edges)
        )

    # Which way

    def _tracks(self, edge: Edge) -> Tracks | Way:
        """Where the edge has its long vertical line, or what it does instead."""
        if self._is_beside(edge):
            return "beside"
        if self._is_next(edge):
            return "next"
        region = self.graph.nodes[edge.target].region
        if region != NOWHERE and region == self.graph.nodes[edge.source].region:
            return self.channels[region]
        return self.gutters[self._gutter(edge)]

    def _gutter(self, edge: Edge) -> int:
        """The gutter beside the target's column, on the side of the source."""
        target = self.column[edge.target]
        return target + 1 if self.column[edge.source] > target else target

    def _is_next(self, edge: Edge) -> bool:
        """Whether nothing stands between the two but the gap below the source."""
        source, target = self.graph.nodes[edge.source].region, self.graph.nodes[edge.target].region
        if source == target != NOWHERE:
            row_of = self.rows[source].row_of
            return row_of[edge.target] == row_of[edge.source] + 1
        if self.column[edge.source] != self.column[edge.target]:
            return False
        if source != NOWHERE and self.rows[source].row_of[edge.source] != len(self.rows[source].rows) - 1:
            return False
        if target != NOWHERE and self.rows[target].row_of[edge.target] != 0:
            return False
        return self._unit_top(edge.target) - self._unit_bottom(edge.source) == UNIT_GAP

    def _unit_top(self, node: int) -> int:
        """The upper edge of the node's region, on the host of the node."""
        region = self.graph.nodes[node].region
        if region == NOWHERE:
            return self.y[node]
        return self.y[node] - self.rows[region].rows[self.rows[region].row_of[node]].y

    def _unit_bottom(self, node: int) -> int:
        region = self.graph.nodes[node].region
        return self._unit_top(node) + (NODE_HEIGHT if region == NOWHERE else self.rows[region].height)

    def _is_beside(self, edge: Edge) -> bool:
        """Whether a straight line from the source's right side meets the target."""
        target = self.graph.nodes[edge.target]
        if target.region == NOWHERE or self.column[edge.source] + 1 != self.column[edge.target]:
            return False
        if self.graph.nodes[edge.source].region != NOWHERE or self.y[edge.source] != self.y[edge.target]:
            return False
        rows = self.rows[target.region]
        return rows.rows[rows.row_of[target.id]].nodes[0] == target.id

    def _exit(self, node: int) -> int:
        """The height of the gap below `node`."""
        return self.y[node] + NODE_HEIGHT + self._below[node]

    def _entry(self, node: int) -> int:
        """The height of the gap above `node`."""
        return self.y[node] - self._above[node]

    def _gap(self, node: int, step: int) -> int:
        """From the node's edge to the middle of the gap before the row above (-1) or below (1)."""
        region = self.graph.nodes[node].region
        if region == NOWHERE:
            return SOURCE_GAP // 2
        rows = self.rows[region]
        other = rows.row_of[node] + step
        if not 0 <= other < len(rows.rows):
            return WAVE_PADDING + WAVE_GAP // 4
        row = rows.rows[rows.row_of[node]]
        return min(abs(rows.rows[other].y - row.y) - NODE_HEIGHT, ROW_GAP) // 2

    # Points

    def _points(self, index: int, leave: int, enter: int, corners: Sequence[Point], nudge: int) -> tuple[Point, ...]:
        edge, way = self.graph.edges[index], self._tracks_of[index]
        (sx, sy), (tx, ty) = corners[edge.source], corners[edge.target]
        if way == "beside":
            middle = sy + NODE_HEIGHT // 2
            return (sx + NODE_WIDTH, middle), (tx, middle)
        low = sy + NODE_HEIGHT + self._below[edge.source] + nudge
        high = ty - self._above[edge.target] + nudge
        if way == "next":
            return _clean(((leave, sy + NODE_HEIGHT), (leave, low), (enter, low), (enter, ty)))
        x = self._line_x(edge)
        path = ((leave, sy + NODE_HEIGHT), (leave, low), (x, low), (x, high), (enter, high), (enter, ty))
        has_six_corners = leave != x != enter and sy + NODE_HEIGHT < low != high < ty
        return path if has_six_corners else _clean(path)

    def _line_x(self, edge: Edge) -> int:
        """Where the edge's long vertical line is."""
        net = edge.source, edge.label
        region = self.graph.nodes[edge.target].region
        if region != NOWHERE and region == self.graph.nodes[edge.source].region:
            return self.channel_x[region] + CHANNEL_PADDING + self.channels[region].track[net] * TRACK
        gutter = self._gutter(edge)
        return self.gutter_x[gutter] + GUTTER // 2 + self.gutters[gutter].track[net] * TRACK

    def _leaving_ports(self, corners: Sequence[Point]) -> dict[Net, int]:
        """Where each net leaves its node's lower edge: sorted by where it goes."""
        reach: dict[int, dict[str, int]] = {}
        for edge in self.graph.edges:
            labels = reach.setdefault(edge.source, {})
            labels[edge.label] = min(labels.get(edge.label, corners[edge.target][0]), corners[edge.target][0])
        ports: dict[Net, int] = {}
        for node, labels in reach.items():
            order = sorted(labels, key=lambda label, labels=labels: (labels[label], label))
            for label, x in zip(order, _spread(corners[node][0], len(order)), strict=True):
                ports[node, label] = x
        return ports

    def _entering_ports(self, corners: Sequence[Point]) -> list[int]:
        """Where each edge meets its target's upper edge: sorted by where it comes from."""
        into: dict[int, list[int]] = {}
        for index, edge in enumerate(self.graph.edges):
            into.setdefault(edge.target, []).append(index)
        ports = [0] * len(self.graph.edges)
        for node, indices in into.items():
            indices.sort(key=lambda index: (corners[self.graph.edges[index].source][0], index))
            for index, x in zip(indices, _spread(corners[node][0], len(indices)), strict=True):
                ports[index] = x
        return ports


def _spread(left: int, count: int) -> list[int]:
    """`count` places along a node's edge."""
    return [left + NODE_WIDTH * (index + 1) // (count + 1) for index in range(count)]


def _nudges(edges: Iterable[Edge]) -> dict[Net, int]:
    """A small distance per net, so that different values are told apart where they share a gap."""
    nudges: dict[Net, int] = {}
    for edge in edges:
        nudges.setdefault((edge.source, edge.label), _NUDGES[len(nudges) % len(_NUDGES)])
    return nudges


def _clean(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The same line without points that change nothing."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]
