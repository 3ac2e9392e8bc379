"""The inside of a region's box, row by row."""

from __future__ import annotations

from itertools import pairwise

import pytest

from iree_explorer.graph import Region, Wave
from iree_explorer.graph.layout.rows import (
    MANY_COLUMNS,
    NODE_HEIGHT,
    NODE_WIDTH,
    REGION_HEADER,
    REGION_PADDING,
    Rows,
    level_y,
)


def region(*widths: int) -> Region:
    """A region of waves of some widths, its nodes numbered through."""
    waves: list[Wave] = []
    for ordinal, width in enumerate(widths):
        start = sum(widths[:ordinal])
        waves.append(Wave(ordinal, f"wave {ordinal}", tuple(range(start, start + width))))
    return Region(0, "partition 0", "", (), tuple(waves), tuple(range(sum(widths))))


def linked(count: int, *edges: tuple[int, int]) -> tuple[list[list[int]], list[list[int]]]:
    """What each of `count` nodes needs, and what it feeds."""
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        before[target].append(source)
        after[source].append(target)
    return before, after


def test_a_wave_is_a_row_and_one_too_wide_is_several() -> None:
    rows = Rows.of(region(MANY_COLUMNS, MANY_COLUMNS + 1), *linked(2 * MANY_COLUMNS + 1))
    assert [len(row.nodes) for row in rows.rows] == [MANY_COLUMNS, MANY_COLUMNS, 1]
    assert len(rows.waves) == 2


@pytest.mark.parametrize("count", [100, 300, 5000])
def test_a_very_wide_wave_becomes_about_a_square(count: int) -> None:
    rows = Rows.of(region(count), *linked(count))
    ((top, height),) = rows.waves
    assert top == REGION_HEADER
    assert 0.5 < rows.width / height < 2
    assert rows.height >= top + height + REGION_PADDING


def test_rows_do_not_overlap_and_lie_in_their_waves() -> None:
    rows = Rows.of(region(3, 30, 1), *linked(34))
    for above, below in pairwise(rows.rows):
        assert above.y + NODE_HEIGHT < below.y
    for (top, height), (following, _) in pairwise(rows.waves):
        assert top + height < following
    assert set(rows.row_of) == set(range(34))
    for left, right in pairwise(sorted(rows.offsets()[node] for node in rows.rows[0].nodes)):
        assert right - left > NODE_WIDTH


def test_nodes_stand_where_what_they_need_stands() -> None:
    crossed = linked(6, (0, 5), (1, 4), (2, 3))
    rows = Rows.of(region(3, 3), *crossed)
    x = rows.offsets()
    assert [x[0] == x[5], x[1] == x[4], x[2] == x[3]] == [True] * 3


def test_a_node_of_no_wave_stands_above_the_first_that_needs_it() -> None:
    waves = (Wave(0, "wave 0", (0,)), Wave(1, "wave 1", (2,)))
    rows = Rows.of(Region(0, "partition 0", "", (), waves, (0, 1, 2)), *linked(3, (0, 2), (1, 2)))
    assert [row.nodes for row in rows.rows] == [[0], [1], [2]]
    assert len(rows.waves) == 2


def test_levels_are_as_high_in_every_region() -> None:
    rows = Rows.by_levels(region(3), {0: 0, 1: 4, 2: 4}, *linked(3))
    assert [(row.y, len(row.nodes)) for row in rows.rows] == [(level_y(0), 1), (level_y(4), 2)]
    assert rows.height > level_y(4) + NODE_HEIGHT
    assert not rows.waves


def test_an_empty_region_has_a_box() -> None:
    rows = Rows.of(region(), [], [])
    assert (rows.rows, rows.height) == ([], REGION_HEADER + REGION_PADDING)
