"""Pairs of affinities: who says nothing runs with anybody, and what was answered once is answered so again."""

import pytest
from xdsl.ir import Attribute

from iree_explorer.partitioning.algorithms.joined_affinities import JoinedAffinities
from iree_explorer.syntax import parse


def affinity(text: str) -> Attribute:
    return parse(f"module attributes {{util.a = #hal.device.{text}}} {{\n}}", "a").op.attributes["util.a"]


A, B = affinity("affinity<@a>"), affinity("affinity<@b>")


@pytest.mark.parametrize(
    ("wanted", "found", "joinable"), [(None, None, True), (A, None, True), (None, A, True), (A, A, True), (A, B, False)]
)
def test_an_op_may_join_where_it_can_run(wanted: Attribute | None, found: Attribute | None, joinable: bool) -> None:
    joins = JoinedAffinities()
    assert [joins.can_join(wanted, found), joins.can_join(wanted, found)] == [joinable, joinable]


def test_joining_keeps_what_is_said() -> None:
    joins = JoinedAffinities()
    assert joins.join(None, None) is None
    assert joins.join(None, B) is B
    assert joins.join(A, affinity("affinity<@a>")) is A
    assert joins.join(A, B) == joins.join(A, B)
