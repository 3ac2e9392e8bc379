"""The sets behave as Python's sets of the same members."""

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.partitioning.algorithms.ordinal_set import (
    OrdinalSet,
    above,
    added,
    contains,
    tidied,
    top_of,
    union,
    without,
)

LIMIT = 40
ordinals = st.integers(0, LIMIT)
ordinal_sets: st.SearchStrategy[OrdinalSet] = st.tuples(st.integers(0, 20), st.integers(0, (1 << 20) - 1))


def members(a: OrdinalSet) -> set[int]:
    return {p for p in range(LIMIT + 1) if contains(a, p)}


@given(ordinal_sets, ordinal_sets)
def test_union(a: OrdinalSet, b: OrdinalSet) -> None:
    assert members(union(a, b)) == members(a) | members(b)


@given(ordinal_sets, ordinals)
def test_added_and_without(a: OrdinalSet, p: int) -> None:
    assert members(added(a, p)) == members(a) | {p}
    assert members(without(a, p)) == members(a) - {p}


@given(ordinal_sets)
def test_tidied_has_the_same_members_and_no_full_bits_at_the_bottom(a: OrdinalSet) -> None:
    tidy = tidied(a)
    assert members(tidy) == members(a)
    assert not tidy[1] & 1


@given(ordinal_sets)
def test_top_is_the_highest_member(a: OrdinalSet) -> None:
    assert top_of(a) == max(members(a), default=-1)


@given(ordinal_sets, st.integers(0, 20))
def test_above_is_plain_bits(a: OrdinalSet, base: int) -> None:
    bits = above(a, base)
    assert {base + i for i in range(LIMIT + 1) if bits >> i & 1} == {p for p in members(a) if p >= base}
    assert {base + i for i in range(bits.bit_length()) if bits >> i & 1} == {p for p in members(a) if p >= base}
