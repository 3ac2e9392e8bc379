"""What was told by the order of creation is told anew by the order of running, whatever speaks of partitions."""

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.partitioning.trace.numbering import Numbering
from iree_explorer.partitioning.trace.reasons import NO_ORDINALS, Candidate, Ordinals, User, Why
from iree_explorer.partitioning.trace.steps import Cloned, Flushed, Opened, Placed, Visited, Weighed

_COUNTS = st.integers(0, 70)
_ORDERS = st.one_of(
    _COUNTS.map(lambda count: [*range(count)]),
    _COUNTS.map(lambda count: [*reversed(range(count))]),
    _COUNTS.flatmap(lambda count: st.permutations(range(count))),
)


@given(_ORDERS, st.sets(st.integers(0, 80)))
def test_sets_of_partitions_hold_the_same_ones(order: list[int], members: set[int]) -> None:
    numbering = Numbering(order)
    found = numbering.all(Ordinals.of_members(sorted(members)))
    wanted = {order.index(member) if member in order else member for member in members}
    assert set(found) == wanted == set(map(numbering.one, members))
    assert found == Ordinals.of_members(sorted(wanted))


def test_each_kind_of_step_that_names_partitions_is_told_anew() -> None:
    why = Why("order", (5,), Ordinals(0, 1))
    steps = [
        Visited(9, "host"),
        Weighed(
            7,
            (User(3, "direct", Ordinals(0, 1), Ordinals(1, 3)), User(4, "nested")),
            (Candidate(Ordinals(0, 2), "refused", why), Candidate(Ordinals(2, 3), "chosen")),
        ),
        Opened(7, 2),
        Placed(7, 2, "none left"),
        Cloned(6, (0, 1)),
        Flushed(5, Ordinals(0, 2)),
    ]
    told = Numbering([2, 1, 0]).steps(steps)
    moved = Why("order", (5,), Ordinals(2, 3))
    assert told == [
        Visited(9, "host"),
        Weighed(
            7,
            (User(3, "direct", Ordinals(2, 3), Ordinals(0, 2)), User(4, "nested")),
            (Candidate(Ordinals(1, 3), "refused", moved), Candidate(Ordinals(0, 1), "chosen")),
        ),
        Opened(7, 0),
        Placed(7, 0, "none left"),
        Cloned(6, (2, 1)),
        Flushed(5, Ordinals(1, 3)),
    ]


@given(_ORDERS)
def test_nothing_stays_nothing(order: list[int]) -> None:
    assert Numbering(order).all(NO_ORDINALS) == NO_ORDINALS
