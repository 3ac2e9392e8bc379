"""The largest elements, found as IREE's kernel finds them."""

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.execution.kernels.linalg_ext.topk import insert


def _bubble(kept: list[int], places: list[int]) -> None:
    """A bubble sort, largest first, that swaps all but strictly ordered neighbours."""
    for sweep in range(len(kept) - 1):
        for j in range(len(kept) - 1 - sweep):
            if not kept[j] > kept[j + 1]:
                kept[j], kept[j + 1] = kept[j + 1], kept[j]
                places[j], places[j + 1] = places[j + 1], places[j]


@given(st.lists(st.integers(0, 4), max_size=12), st.integers(1, 6))
def test_equal_elements_of_a_topk_fall_as_bubble_sorting_leaves_them(values: list[int], count: int) -> None:
    kept, places = [-9 - i for i in range(count)], [0] * count
    for number, value in enumerate(values):
        carry, index = value, number
        for k in range(count):
            if carry > kept[k]:
                kept[k], carry = carry, kept[k]
                places[k], index = index, places[k]
            elif carry == kept[k] and index < places[k]:
                places[k], index = index, places[k]
        _bubble(kept, places)
    got = insert(values, range(len(values)), [-9 - i for i in range(count)], [0] * count, descending=True)
    assert got == (kept, places)
