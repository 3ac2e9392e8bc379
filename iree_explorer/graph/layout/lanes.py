"""The lane layout: time runs downwards, each affinity has its lane, a region is a box in it, each wave a row.

Same graph, same layout; near-linear in nodes and edges. The host's steps stand in the lanes too: one that needs what a
region makes is below it, one that waits for nothing and feeds a region's first row is above it. Columns from left to
right: the host's other steps, the other sources (host ops that wait for nothing, each beside its first use or a little
above it), then the regions, affinities in order of first use, and last the host ops that neither wait nor feed. Regions of one affinity that could run at once stand side by side,
`MAX_SIDE_BY_SIDE` at most. Parts of a refused program that wait for each other in a circle stand beside each other, level by
level, so that time runs downwards there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from iree_explorer.graph.layout.order import Circle, Part, in_time
from iree_explorer.graph.layout.places import Box, Lane, Layout
from iree_explorer.graph.layout.routes import Routes
from iree_explorer.graph.layout.rows import (
    COLUMN_GAP,
    NODE_HEIGHT,
    NODE_WIDTH,
    REGION_PADDING,
    ROW_GAP,
    SOURCE_GAP,
    UNIT_GAP,
    WAVE_LABEL,
    WAVE_PADDING,
    Rows,
    level_y,
)
from iree_explorer.graph.layout.sources import PITCH, Stacks
from iree_explorer.graph.model import NOWHERE, Graph, Region

MARGIN = 24
LANE_HEADER = 36
MAX_SIDE_BY_SIDE = 4
MAX_LONE_COLUMNS = 4

HOST_LANE = "host"
SOURCES_LANE = "inputs"


def lay_out_lanes(graph: Graph) -> Layout:
    """The lane layout of `graph`."""
    return _Planner(graph).layout()


@dataclass(slots=True)
class _Column:
    """One column of boxes.

    `bottom` is the lowest pixel that is taken in it so far, `busy` that of its regions; `beside` is the row of host
    steps below its last region, if there is one.
    """

    lane: str
    width: int = 0
    bottom: int = 0
    busy: int = 0
    x: int = 0
    beside: HostRow | None = None


@dataclass(slots=True)
class HostRow:
    """Steps of the host side by side above or below a region; `anchor` is its ordinal, `room` how many fit."""

    y: int
    anchor: int
    room: int
    nodes: list[int] = field(default_factory=list[int])


@dataclass(slots=True)
class _Planner:
    """Works the layout out: first all `y`, which need no `x`; then tracks for the edges; then all `x`."""

    graph: Graph
    y: list[int] = field(default_factory=list[int])
    column: list[int] = field(default_factory=list[int])
    rows: dict[int, Rows] = field(default_factory=dict[int, Rows])
    top: dict[int, int] = field(default_factory=dict[int, int])
    home: dict[int, int] = field(default_factory=dict[int, int])
    host_rows: list[HostRow] = field(default_factory=list[HostRow])
    anchor: dict[int, int] = field(default_factory=dict[int, int])
    lone: frozenset[int] = frozenset()
    predecessors: Sequence[Sequence[int]] = ()
    successors: Sequence[Sequence[int]] = ()

    def layout(self) -> Layout:
        count = len(self.graph.nodes)
        self.y, self.column = [0] * count, [0] * count
        self.predecessors, self.successors = self.graph.neighbours()
        self.lone = frozenset(node.id for node in self.graph.host_nodes() if self._is_lone(node.id))
        parts = in_time(self.graph, self.predecessors)
        self.rows = {r.ordinal: Rows.of(r, self.predecessors, self.successors) for r in self.graph.regions}
        for circle in parts:
            if isinstance(circle, Circle):
                for region in circle.regions:
                    rows = Rows.by_levels(region, circle.levels, self.predecessors, self.successors)
                    self.rows[region.ordinal] = rows
        columns = self._place_in_time(parts)
        columns = self._place_lone(self._place_sources(columns))
        routes = Routes.plan(self.graph, self.y, self.column, self.rows, len(columns))
        return self._place_across(columns, routes)

    # y: time

    def _place_in_time(self, parts: Sequence[Part]) -> list[_Column]:
        """Sets `y` and `column` of all but the sources; the host's column is the first."""
        columns = [_Column(HOST_LANE)]
        lanes: dict[str, list[int]] = {}
        leading = self._leading(parts)
        for part in parts:
            if isinstance(part, Region):
                lead = leading.get(part.ordinal, [])
                ready = self._ready(part.nodes)
                self._place_region(part, ready, columns, lanes.setdefault(part.affinity, []), lead)
            elif isinstance(part, Circle):
                self._place_circle(part, columns, lanes)
            elif not self._is_source(part.id) and part.id not in self.lone:
                self._place_step(part.id, columns)
        return self._in_lane_order(columns, lanes)

    def _place_circle(self, circle: Circle, columns: list[_Column], lanes: dict[str, list[int]]) -> None:
        """Regions that wait for each other: they begin at one height, and so do the levels of the host's steps."""
        nodes = tuple(circle.levels)
        top = max(self._ready(nodes), *(column.bottom for column in columns))
        for region in circle.regions:
            self._place_region(region, top, columns, lanes.setdefault(region.affinity, []), ())
        for node in circle.steps:
            self.y[node] = top + level_y(circle.levels[node])
            columns[0].bottom = max(columns[0].bottom, self.y[node] + NODE_HEIGHT + UNIT_GAP)
            columns[0].width = NODE_WIDTH

    def _leading(self, parts: Sequence[Part]) -> dict[int, list[int]]:
        """Ordinal of a region → the sources that stand above it: it is the first to use them, in its first row."""
        order = {part.ordinal: place for place, part in enumerate(parts) if isinstance(part, Region)}
        leading: dict[int, list[int]] = {}
        for node in self.graph.host_nodes():
            if not self._is_source(node.id):
                continue
            users = [self.graph.nodes[user] for user in self.successors[node.id]]
            if any(user.region not in order for user in users):
                continue
            first = min((user.region for user in users), key=lambda region: order[region])
            if any(user.region == first and self.rows[first].row_of[user.id] == 0 for user in users):
                leading.setdefault(first, []).append(node.id)
        return {region: nodes for region, nodes in leading.items() if len(nodes) <= self._room(region)}

    def _room(self, region: int) -> int:
        """How many host steps stand side by side above or below the region."""
        return max(2, (self.rows[region].width + COLUMN_GAP) // (NODE_WIDTH + COLUMN_GAP))

    def _place_step(self, node: int, columns: list[_Column]) -> None:
        """A step of the host: below what it waits for longest, beside other such steps; else in the host's column."""
        ready = self._ready((node,))
        before = [source for source in self.predecessors[node] if self._anchor(source) is not None]
        if not before:
            self.y[node] = max(ready, columns[0].bottom)
            columns[0].bottom = self.y[node] + NODE_HEIGHT + UNIT_GAP
            columns[0].width = NODE_WIDTH
            return
        last = max(before, key=self._bottom)
        anchor = self._anchor(last)
        assert anchor is not None
        self.column[node] = self.home[anchor]
        column = columns[self.column[node]]
        row = column.beside
        if row is None or row.anchor != anchor or ready > row.y or len(row.nodes) >= row.room:
            row = column.beside = HostRow(max(ready, column.bottom), anchor, self._room(anchor))
            self.host_rows.append(row)
        self._join(row, node)
        column.bottom = max(column.bottom, row.y + NODE_HEIGHT + UNIT_GAP)

    def _anchor(self, node: int) -> int | None:
        """The region in whose lane the node stands, if it is placed."""
        region = self.graph.nodes[node].region
        return self.anchor.get(node) if region == NOWHERE else region if region in self.top else None

    def _join(self, row: HostRow, node: int) -> None:
        row.nodes.append(node)
        self.y[node], self.anchor[node] = row.y, row.anchor

    def _is_source(self, node: int) -> bool:
        """A host op that waits for nothing and feeds something: it is shown where it is first needed."""
        return self._is_host_op(node) and not self.predecessors[node] and bool(self.successors[node])

    def _is_lone(self, node: int) -> bool:
        return self._is_host_op(node) and not self.predecessors[node] and not self.successors[node]

    def _is_host_op(self, node: int) -> bool:
        return self.graph.nodes[node].region == NOWHERE and self.graph.nodes[node].ops == 1

    def _ready(self, nodes: tuple[int, ...]) -> int:
        """The first pixel below all that `nodes` wait for outside of themselves."""
        inside = set(nodes)
        ready = 0
        for node in nodes:
            for source in self.predecessors[node]:
                if source not in inside and not self._is_source(source):
                    ready = max(ready, self._bottom(source) + UNIT_GAP)
        return ready

    def _bottom(self, node: int) -> int:
        region = self.graph.nodes[node].region
        if region == NOWHERE:
            return self.y[node] + NODE_HEIGHT
        return self.top[region] + self.rows[region].height if region in self.top else -UNIT_GAP

    def _place_region(
        self, region: Region, ready: int, columns: list[_Column], lane: list[int], lead: Sequence[int]
    ) -> None:
        """The region at `ready` or below it, in a column of its lane that is free there, below the sources that lead it."""
        rows = self.rows[region.ordinal]
        chosen = self._side_by_side(columns, lane, ready, region.affinity)
        column = columns[chosen]
        top = max(ready, column.bottom)
        if lead:
            above = HostRow(max(column.bottom, ready - NODE_HEIGHT - UNIT_GAP), region.ordinal, len(lead))
            self.host_rows.append(above)
            for node in lead:
                self._join(above, node)
                self.column[node] = chosen
            top = max(top, above.y + NODE_HEIGHT + UNIT_GAP)
        self.top[region.ordinal], self.home[region.ordinal] = top, chosen
        column.bottom = column.busy = top + rows.height + UNIT_GAP
        column.beside = None
        for row in rows.rows:
            for node in row.nodes:
                self.y[node], self.column[node] = top + row.y, chosen

    @staticmethod
    def _side_by_side(columns: list[_Column], lane: list[int], ready: int, affinity: str) -> int:
        """The column for a region that could start at `ready`: the fullest that is free, else a new one."""
        free = [index for index in lane if columns[index].busy <= ready]
        if free:
            return max(free, key=lambda index: (columns[index].busy, -index))
        if len(lane) == MAX_SIDE_BY_SIDE:
            return min(lane, key=lambda index: (columns[index].busy, index))
        columns.append(_Column(affinity))
        lane.append(len(columns) - 1)
        return lane[-1]

    def _in_lane_order(self, columns: list[_Column], lanes: dict[str, list[int]]) -> list[_Column]:
        """The columns of each affinity together, affinities in order of first use."""
        order = [0, *(index for lane in lanes.values() for index in lane)]
        self._renumber({old: new for new, old in enumerate(order)})
        return [columns[index] for index in order]

    def _renumber(self, renamed: dict[int, int]) -> None:
        self.column = [renamed[index] for index in self.column]
        self.home = {region: renamed[index] for region, index in self.home.items()}

    def _place_sources(self, columns: list[_Column]) -> list[_Column]:
        """Puts each source beside its first use (above it, where that is on the host), packed upwards from the last, into columns right of the host's."""
        wanted = [
            (min(self._beside(target) for target in self.successors[node.id]), node.id)
            for node in self.graph.host_nodes()
            if self._is_source(node.id) and node.id not in self.anchor
        ]
        if not wanted:
            return columns
        stacks = Stacks.of(wanted)
        count = len(stacks.ceilings)
        self._renumber({old: old + count if old else 0 for old in range(len(columns))})
        for node, (place, y) in stacks.places.items():
            self.column[node], self.y[node] = count - place, y
        self._shift_down(-min(stacks.ceilings))
        sources = [_Column(SOURCES_LANE, NODE_WIDTH) for _ in range(count)]
        return [columns[0], *sources, *columns[1:]]

    def _place_lone(self, columns: list[_Column]) -> list[_Column]:
        """Puts the lone host ops into the rightmost columns, in the program's order, each as high as the rest if that is enough."""
        if not self.lone:
            return columns
        rest = max((self._bottom(node.id) for node in self.graph.nodes if node.id not in self.lone), default=0)
        count = min(MAX_LONE_COLUMNS, ceil(len(self.lone) / max(1, (rest + SOURCE_GAP) // PITCH)))
        rows = ceil(len(self.lone) / count)
        for place, node in enumerate(sorted(self.lone)):
            self.column[node], self.y[node] = len(columns) + place // rows, place % rows * PITCH
        return [*columns, *(_Column(HOST_LANE, NODE_WIDTH) for _ in range(count))]

    def _beside(self, node: int) -> int:
        """Where a source of `node` stands best: at its side in a region, above a step of the host, which is left of it."""
        return self.y[node] - (NODE_HEIGHT + ROW_GAP if self.graph.nodes[node].region == NOWHERE else 0)

    def _shift_down(self, by: int) -> None:
        if by > 0:
            self.y = [y + by for y in self.y]
            for row in self.host_rows:
                row.y += by
            self.top = {region: y + by for region, y in self.top.items()}

    # x: columns

    def _place_across(self, columns: list[_Column], routes: Routes) -> Layout:
        for ordinal, column in self.home.items():
            width = self._region_width(ordinal, routes)
            columns[column].width = max(columns[column].width, width)
        for row in self.host_rows:
            column = columns[self.home[row.anchor]]
            column.width = max(column.width, 2 * REGION_PADDING + WAVE_LABEL + _width(len(row.nodes)))
        x = MARGIN
        for index, column in enumerate(columns):
            gutter = routes.gutter_width(index) if column.width else 0
            routes.gutter_x[index] = x
            column.x = x + gutter
            x = column.x + column.width
        routes.gutter_x[len(columns)] = x
        width = x + routes.gutter_width(len(columns)) + MARGIN
        down = MARGIN + LANE_HEADER
        nodes = self._node_boxes(columns, down)
        regions = tuple(self._region_box(r.ordinal, columns, routes, down) for r in self.graph.regions)
        for region, box in zip(self.graph.regions, regions, strict=True):
            right = box.x + box.w - (REGION_PADDING - WAVE_PADDING)
            routes.channel_x[region.ordinal] = right - routes.channel_width(region.ordinal)
        waves = tuple(self._wave_boxes(r, b, routes) for r, b in zip(self.graph.regions, regions, strict=True))
        bottom = max((box.y + box.h for box in (*nodes, *regions)), default=down)
        edges = routes.draw([(b.x, b.y) for b in nodes])
        return Layout(width, bottom + MARGIN, nodes, edges, regions, waves, _lanes(columns))

    def _region_width(self, ordinal: int, routes: Routes) -> int:
        return 2 * REGION_PADDING + WAVE_LABEL + self.rows[ordinal].width + routes.channel_width(ordinal)

    def _node_boxes(self, columns: list[_Column], down: int) -> tuple[Box, ...]:
        x = [columns[index].x for index in self.column]
        for region in self.graph.regions:
            left = columns[self.home[region.ordinal]].x + REGION_PADDING + WAVE_LABEL
            for node, offset in self.rows[region.ordinal].offsets().items():
                x[node] = left + offset
        for row in self.host_rows:
            self._spread(row, columns[self.home[row.anchor]].x + REGION_PADDING + WAVE_LABEL, x)
        return tuple(Box(left, y + down, NODE_WIDTH, NODE_HEIGHT) for left, y in zip(x, self.y, strict=True))

    def _spread(self, row: HostRow, left: int, x: list[int]) -> None:
        """Sets the `x` of a row of host steps, in the middle above or below the nodes of its region, which begin at `left`."""
        region = self.rows[row.anchor]
        near = [(*self.predecessors[node], *self.successors[node]) for node in row.nodes]
        inside = [[x[other] for other in others if other in region.row_of] for others in near]
        middle = [sum(places) / len(places) if places else left for places in inside]
        order = sorted(range(len(row.nodes)), key=lambda index: (middle[index], index))
        start = left + max(0, (region.width - _width(len(row.nodes))) // 2)
        for place, index in enumerate(order):
            x[row.nodes[index]] = start + place * (NODE_WIDTH + COLUMN_GAP)

    def _region_box(self, ordinal: int, columns: list[_Column], routes: Routes, down: int) -> Box:
        column = columns[self.home[ordinal]]
        return Box(column.x, self.top[ordinal] + down, self._region_width(ordinal, routes), self.rows[ordinal].height)

    def _wave_boxes(self, region: Region, box: Box, routes: Routes) -> tuple[Box, ...]:
        rows = self.rows[region.ordinal]
        left = box.x + REGION_PADDING - WAVE_PADDING
        width = box.w - 2 * (REGION_PADDING - WAVE_PADDING) - routes.channel_width(region.ordinal)
        return tuple(Box(left, box.y + top, width, height) for top, height in rows.waves)


def _width(count: int) -> int:
    """Pixels that `count` nodes side by side take."""
    return count * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP


def _lanes(columns: list[_Column]) -> tuple[Lane, ...]:
    """Neighbouring columns of one lane as one."""
    lanes: list[Lane] = []
    for column in columns:
        if not column.width:
            continue
        if lanes and lanes[-1].label == column.lane:
            first = lanes.pop()
            lanes.append(Lane(column.lane, first.x, column.x + column.width - first.x))
        else:
            lanes.append(Lane(column.lane, column.x, column.width))
    return tuple(lanes)
