"""The inside of a region's box: its waves as rows of nodes, wide waves as several rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt

from iree_explorer.graph.layout.bands import Band, bands
from iree_explorer.graph.model import Region

NODE_WIDTH = 172
NODE_HEIGHT = 44
COLUMN_GAP = 20
WAVE_PADDING = 8
"""Between a wave's box and its nodes."""
WAVE_GAP = 20
"""Between the boxes of two waves: room for the edges."""
GRID_GAP = 20
"""Between the rows of one wave."""
SOURCE_GAP = 16
"""Below a source: room for its lines, a few of which may lie side by side."""
REGION_PADDING = 16
REGION_HEADER = 52
WAVE_LABEL = 56
"""The strip left of the nodes, where the wave's name stands."""

UNIT_GAP = 48
"""Between a region or host op and what comes after it in its column."""

MANY_COLUMNS = 6
"""A wave of more nodes than this may take several rows."""
SQUARE = 3.0
"""A node's pitch: its width over its height, so that a wide wave becomes a square."""
SWEEPS = 2

ROW_GAP = WAVE_GAP + 2 * WAVE_PADDING


@dataclass(slots=True)
class Row:
    """Nodes side by side, from left to right; `y` is their upper edge below the region's."""

    y: int
    nodes: list[int]


@dataclass(slots=True)
class Rows:
    """What a region holds.

    Attributes:
        rows: from top to bottom.
        row_of: node → place in `rows`.
        waves: per wave its box's upper edge, below the region's, and height.
        width, height: of all nodes together; of the region's whole box.
    """

    rows: list[Row] = field(default_factory=list[Row])
    row_of: dict[int, int] = field(default_factory=dict[int, int])
    waves: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    width: int = NODE_WIDTH
    height: int = REGION_HEADER + REGION_PADDING

    @staticmethod
    def of(region: Region, before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> Rows:
        """The rows of `region`; `before` and `after` are what each node of the graph needs and feeds."""
        rows = Rows()
        y = REGION_HEADER
        for band in bands(region, before, after):
            y = rows._add_band(band, y, is_wave=band.wave is not None or not region.waves)
        rows.height = max(y - WAVE_GAP, REGION_HEADER) + REGION_PADDING
        return rows._measured(before, after)

    @staticmethod
    def by_levels(
        region: Region, levels: Mapping[int, int], before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]
    ) -> Rows:
        """The rows of a region whose nodes stand at given levels, one row each, as high as `level_y` says."""
        at: dict[int, list[int]] = {}
        for node in region.nodes:
            at.setdefault(levels[node], []).append(node)
        rows = Rows([Row(level_y(level), at[level]) for level in sorted(at)])
        rows.height = level_y(max(at, default=0)) + NODE_HEIGHT + WAVE_PADDING + REGION_PADDING
        return rows._measured(before, after)

    def _measured(self, before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> Rows:
        longest = max((len(row.nodes) for row in self.rows), default=1)
        self.width = longest * NODE_WIDTH + (longest - 1) * COLUMN_GAP
        self.row_of = {node: index for index, row in enumerate(self.rows) for node in row.nodes}
        self._straighten(before, after)
        return self

    def _add_band(self, band: Band, top: int, *, is_wave: bool) -> int:
        """Adds rows below `top`, and the box of a wave around them; returns where the next band begins."""
        columns = _columns(len(band.nodes))
        y = top + WAVE_PADDING
        for start in range(0, len(band.nodes), columns):
            self.rows.append(Row(y, list(band.nodes[start : start + columns])))
            y += NODE_HEIGHT + GRID_GAP
        bottom = (y - GRID_GAP if band.nodes else y) + WAVE_PADDING
        if is_wave:
            self.waves.append((top, bottom - top))
        return bottom + WAVE_GAP

    def _straighten(self, before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> None:
        """Orders each row by where its nodes' neighbours are, so that fewer edges cross."""
        x: dict[int, int] = self.offsets()
        for sweep in range(SWEEPS):
            for row in self.rows if sweep % 2 == 0 else reversed(self.rows):
                if len(row.nodes) > 1:
                    self._order(row, before if sweep % 2 == 0 else after, x)

    def _order(self, row: Row, neighbours: Sequence[Sequence[int]], x: dict[int, int]) -> None:
        def wanted(node: int) -> float:
            near = [x[other] for other in neighbours[node] if other in x]
            return sum(near) / len(near) if near else x[node]

        row.nodes.sort(key=wanted)
        x.update(zip(row.nodes, self._places(len(row.nodes)), strict=True))

    def _places(self, count: int) -> list[int]:
        """Left edges of `count` nodes in the middle of the region."""
        pitch = NODE_WIDTH + COLUMN_GAP
        left = (self.width - count * pitch + COLUMN_GAP) // 2
        return [left + index * pitch for index in range(count)]

    def offsets(self) -> dict[int, int]:
        """Node → its left edge, right of where the region's nodes begin."""
        return {
            node: place
            for row in self.rows
            for node, place in zip(row.nodes, self._places(len(row.nodes)), strict=True)
        }


def level_y(level: int) -> int:
    """The upper edge of a level's row, below that of its region."""
    return REGION_HEADER + WAVE_PADDING + level * (NODE_HEIGHT + ROW_GAP)


def _columns(count: int) -> int:
    """How many nodes of a wave of `count` stand side by side."""
    return max(count, 1) if count <= MANY_COLUMNS else max(MANY_COLUMNS, ceil(sqrt(count / SQUARE)))
