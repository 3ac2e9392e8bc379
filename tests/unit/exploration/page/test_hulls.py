"""Boxes around groups of nodes: each node in one of its own group's, no stranger in any, one box where one does."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.exploration.page.hulls import hulls_of

PITCH_X, PITCH_Y, WIDTH, HEIGHT = 200, 80, 172, 44


def node(column: int, row: int, shift: int = 0) -> dict[str, Any]:
    return {"x": column * PITCH_X, "y": row * PITCH_Y + shift, "w": WIDTH, "h": HEIGHT}


def inside(hull: Any, one: dict[str, Any]) -> bool:
    across = one["x"] < hull.right and one["x"] + one["w"] > hull.left
    return across and one["y"] < hull.bottom and one["y"] + one["h"] > hull.top


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 8)), st.sampled_from([0, 1, 2, None]), max_size=30))
def test_each_box_holds_its_group_and_no_other(places: dict[tuple[int, int], int | None]) -> None:
    # Columns stand at heights of their own, as lanes do.
    nodes = [node(column, row, shift=13 * column) for column, row in places]
    groups = list(places.values())
    hulls = hulls_of(nodes, groups)
    assert sorted(index for hull in hulls for index in hull.nodes) == [i for i, g in enumerate(groups) if g is not None]
    for hull in hulls:
        held = {groups[index] for index, one in enumerate(nodes) if inside(hull, one)}
        assert held == {hull.group}


def test_a_group_with_nothing_between_has_one_box() -> None:
    nodes = [node(0, 0), node(0, 1), node(2, 1), node(0, 5)]
    (hull,) = hulls_of(nodes, [7, 7, None, 7])
    assert hull.box(10, 20) == {"x": -10, "y": -30, "w": WIDTH + 20, "h": 5 * PITCH_Y + HEIGHT + 40}


def test_a_stranger_takes_a_group_apart() -> None:
    nodes = [node(0, 0), node(0, 1), node(0, 2)]
    assert [(hull.group, hull.nodes) for hull in hulls_of(nodes, [0, 1, 0])] == [
        (0, [0]),
        (1, [1]),
        (0, [2]),
    ]
