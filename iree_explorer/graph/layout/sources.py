"""Sources of the lane layout: host ops that wait for nothing, each beside its first use or a little above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from iree_explorer.graph.layout.rows import NODE_HEIGHT, SOURCE_GAP

PITCH = NODE_HEIGHT + SOURCE_GAP
"""From a source to the one below it."""
MAX_COLUMNS = 3
MAX_DRIFT = 5 * PITCH
"""Pixels that a source may stand above its best place before another column of sources is begun: six in a stack."""


@dataclass(slots=True)
class Stacks:
    """Columns of sources, that next to what they feed first; each is packed upwards from its last.

    Attributes:
        ceilings: of each column the upper edge of its uppermost source.
        places: source → its column, and its upper edge.
    """

    ceilings: list[int] = field(default_factory=list[int])
    places: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    _heights: list[list[int]] = field(default_factory=list[list[int]])
    """Of each column the upper edges, negated: ascending."""

    @staticmethod
    def of(wanted: Iterable[tuple[int, int]]) -> Stacks:
        """The stacks of some sources, of which each is given with the upper edge that is best for it, before it."""
        stacks = Stacks()
        for y, source in sorted(wanted, reverse=True):
            stacks._add(source, y)
        return stacks

    def _add(self, source: int, best: int) -> None:
        column = self._column(best)
        y = self._above_a_gap(min(best, self.ceilings[column] - PITCH), self._heights[:column])
        self.ceilings[column] = y
        self._heights[column].append(-y)
        self.places[source] = column, y

    def _column(self, best: int) -> int:
        """The first column that reaches no higher than is near enough to the best place."""
        for column, ceiling in enumerate(self.ceilings):
            if ceiling - PITCH >= best - MAX_DRIFT:
                return column
        if len(self.ceilings) < MAX_COLUMNS:
            self.ceilings.append(best + PITCH)
            self._heights.append([])
            return len(self.ceilings) - 1
        return max(range(len(self.ceilings)), key=lambda column: self.ceilings[column])

    @staticmethod
    def _above_a_gap(y: int, right: Sequence[Sequence[int]]) -> int:
        """The nearest place upwards where the gap below the source, in which its lines leave, leads between those right of it."""
        for heights in (*right, *right):
            at = bisect_right(heights, -(y + PITCH))
            if at < len(heights) and heights[at] < -y:
                y = -heights[at] - PITCH
        return y
