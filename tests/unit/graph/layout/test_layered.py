"""Layered drawing: rows by need, few crossings, straight lines."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.graph.layout import layered
from iree_explorer.graph.layout.layered import ITEM_GAP, ROW_GAP, WIDEST, Pair, Placed, layers, place

SIZE = (100, 40)


@st.composite
def dags(draw: st.DrawFn) -> tuple[int, list[Pair]]:
    """How many items, and who needs whom: edges lead to later ones."""
    count = draw(st.integers(1, 14))
    pairs = [(a, b) for b in range(count) for a in range(b)]
    return count, sorted(draw(st.sets(st.sampled_from(pairs), max_size=20))) if pairs else []


def drawn(count: int, edges: list[Pair], *, routed: bool = True) -> Placed:
    return place([SIZE] * count, layers(count, edges), edges, routed=routed)


@given(dags())
def test_an_item_is_below_all_that_it_needs(graph: tuple[int, list[Pair]]) -> None:
    count, edges = graph
    rows = layers(count, edges)
    assert all(rows[source] < rows[target] for source, target in edges)
    assert all(0 <= row < count for row in rows)


def test_an_item_that_needs_nothing_is_right_above_its_first_user() -> None:
    assert layers(4, [(0, 2), (2, 3), (1, 3)]) == [0, 1, 1, 2]


def test_edges_that_lead_back_count_for_nothing() -> None:
    assert layers(3, [(0, 1), (1, 2), (2, 0)]) == layers(3, [(0, 1), (1, 2)])


@pytest.mark.parametrize("count", [WIDEST, WIDEST + 1, 400])
def test_a_layer_too_wide_is_several_rows(count: int) -> None:
    rows = layers(count + 1, [(item, count) for item in range(count)])
    widest = max(rows.count(row) for row in set(rows))
    assert (len(set(rows[:count])) == 1) == (count <= WIDEST)
    assert widest <= max(WIDEST, 40)
    assert rows[count] > max(rows[:count])


@given(dags(), st.booleans())
def test_items_of_a_row_stand_apart_and_everything_is_in_the_frame(graph: tuple[int, list[Pair]], routed: bool) -> None:
    count, edges = graph
    placed = drawn(count, edges, routed=routed)
    for y in set(placed.y):
        row = sorted(x for x, own in zip(placed.x, placed.y, strict=True) if own == y)
        assert all(right - left >= SIZE[0] + ITEM_GAP - 1 for left, right in pairwise(row))
    assert all(SIZE[0] // 2 <= x <= placed.width - SIZE[0] // 2 + 1 for x in placed.x)
    assert all(0 <= y <= placed.height - SIZE[1] for y in placed.y)
    assert all(0 <= x <= placed.width and 0 <= y <= placed.height for line in placed.bends for x, y in line)


def test_a_chain_is_one_straight_line() -> None:
    placed = drawn(4, [(0, 1), (1, 2), (2, 3)])
    assert len(set(placed.x)) == 1
    assert placed.y == [row * (SIZE[1] + ROW_GAP) for row in range(4)]
    assert placed.bends == [()] * 3


def test_a_long_edge_goes_past_what_stands_between() -> None:
    placed = drawn(3, [(0, 1), (1, 2), (0, 2)])
    entered, left = placed.bends[2]
    assert entered[0] == left[0]
    assert abs(entered[0] - placed.x[1]) > SIZE[0] / 2
    assert (entered[1], left[1]) == (placed.y[1], placed.y[1] + SIZE[1])


def test_long_edges_are_straight_where_lines_are_not_routed() -> None:
    assert drawn(3, [(0, 1), (1, 2), (0, 2)], routed=False).bends == [()] * 3


@given(dags(), st.integers(0, 30))
def test_the_longest_edges_are_straight_where_routes_would_be_too_many(
    graph: tuple[int, list[Pair]], most: int
) -> None:
    count, edges = graph
    with patch.object(layered, "MOST_BENDS", most):
        placed = drawn(count, edges)
    rows = layers(count, edges)
    crossed = {(source, target): rows[target] - rows[source] - 1 for source, target in edges}
    routed = [edge for edge, bends in zip(edges, placed.bends, strict=True) if bends]
    straight = [edge for edge in edges if edge not in routed and crossed[edge]]
    assert (
        sum(max([crossed[edge] for edge in routed if edge[0] == source], default=0) for source in range(count)) <= most
    )
    assert max([crossed[edge] for edge in routed], default=0) < min([crossed[edge] for edge in straight], default=count)
    assert not straight or drawn(count, edges).bends != placed.bends


def test_two_pairs_do_not_cross() -> None:
    placed = drawn(4, [(0, 3), (1, 2)])
    assert (placed.x[0] < placed.x[1]) == (placed.x[3] < placed.x[2])


def test_an_edge_that_enters_beside_the_middle_is_straight() -> None:
    ports = {(0, 1): (30.0, -10.0)}
    placed = place([SIZE] * 2, [0, 1], [(0, 1)], routed=True, ports=ports)
    assert placed.x[0] + 30 == placed.x[1] - 10


def test_the_same_graph_is_drawn_the_same() -> None:
    edges = [(0, 2), (0, 3), (1, 2), (1, 4), (2, 5), (3, 5)]
    assert drawn(6, edges) == drawn(6, edges)
