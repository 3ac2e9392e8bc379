"""Which dimensions of one shape join to those of another, where that is certain."""

import pytest
from xdsl.dialects.builtin import DYNAMIC_INDEX

from iree_explorer.passes.canonicalize.facts.reassociation import Groups, between, covering, joined

N = DYNAMIC_INDEX


@pytest.mark.parametrize(
    ("large", "small", "groups"),
    [
        ([3, 3, 1, 96], [9, 96], [[0, 1], [2, 3]]),  # A 1 between goes to the right, as the last size takes all.
        ([N, 2, 3, 5], [N, 15], [[0, 1], [2, 3]]),
        ([2, 2, N], [2, N], None),  # Read from the right it does not join.
        ([N, N, N], [N, 2], None),
        ([2, 3], [4], None),
        ([4, 3], [6, 2], None),
    ],
)
def test_groups_are_those_of_both_directions(large: list[int], small: list[int], groups: Groups | None) -> None:
    assert between(large, small, [[*range(len(large))]], [[*range(len(small))]]) == groups


def test_groups_of_two_steps() -> None:
    assert joined([[0, 1], [2], [3, 4]], [[0, 1], [2]]) == [[0, 1, 2], [3, 4]]
    assert joined([[0], [1, 2]], []) == []
    assert joined([[0, 1], [2]], [[0], [1]]) is None
    assert covering([[0, 1], [2, 3]], [[0], [1], [2, 3]]) == [[0, 1], [2]]
    assert covering([[0], [1, 2]], [[0, 1], [2]]) is None
