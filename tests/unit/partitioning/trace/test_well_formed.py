"""Which steps an algorithm may tell: what is wrong with others, in a sentence."""

from typing import Any

import pytest

from iree_explorer.partitioning.trace.reasons import Access, Candidate, Ordinals, Overlap, User, ValueRef, Why
from iree_explorer.partitioning.trace.steps import (
    Cloned,
    Ended,
    Flushed,
    LeftForRematerialization,
    Opened,
    Placed,
    Step,
    Visited,
    Weighed,
)
from iree_explorer.partitioning.trace.well_formed import why_malformed
from tests.unit.partitioning.programs import body_of, dispatch, function

ONE = Ordinals.one(0)
OVERLAP = Overlap(ValueRef(1, 0), Access(2, "read", 0, ValueRef(3, 0)), Access(4, "write", 8, 16))
DISPATCH = next(iter(body_of(function(dispatch("%a", "%arg"), "%a")).ops))


@pytest.mark.parametrize(
    "step",
    [
        Visited(1, "sync", 2),
        Flushed(1, ONE, "below"),
        Weighed(
            1, (User(2, "tied", ONE, ONE, OVERLAP),), (Candidate(ONE, "refused", Why("hazard", overlaps=(OVERLAP,))),)
        ),
        Weighed(1, (), (Candidate(ONE, "chosen"),)),
        Opened(1, 0),
        Placed(1, 0, "as told"),
        Cloned(1, (0, 1)),
        LeftForRematerialization(1),
    ],
)
def test_what_an_algorithm_may_tell(step: Step) -> None:
    assert why_malformed(step) is None


def _any(value: object) -> Any:
    return value


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("joined", "'joined' is no step of a trace"),
        (Ended(1), "Ended is not for an algorithm to tell: Cloned, "),
        (Opened(_any(DISPATCH), 0), "Opened.op is int, not <"),
        (Opened(1, _any(True)), "Opened.partition is int, not True"),
        (Placed(1, 0, _any("a whim")), "Placed.because is one of ('only consumer', "),
        (Cloned(1, _any([0])), "Cloned.partitions is tuple[int, ...], not [0]"),
        (Cloned(1, _any(("0",))), "Cloned.partitions is tuple[int, ...], not ('0',)"),
        (Flushed(1, _any((0,))), "Flushed.partitions is Ordinals, not (0,)"),
        (Flushed(1, Ordinals(0, _any("1"))), "Flushed.partitions is Ordinals, not Ordinals("),
        (
            Weighed(1, (), (Candidate(ONE, "refused", _any("no")),)),
            "Weighed.candidates is tuple[Candidate, ...], not (Cand",
        ),
        (Weighed(1, (User(2, _any("near"), ONE, ONE),), ()), "Weighed.users is tuple[User, ...], not (User("),
    ],
)
def test_what_is_wrong_with_others(step: object, message: str) -> None:
    found = why_malformed(step)
    assert found is not None
    assert found.startswith(message)


def test_an_op_is_told_by_its_number() -> None:
    assert str(why_malformed(Opened(_any(DISPATCH), 0))).endswith(", whose number is witness.ids.of(op)")
