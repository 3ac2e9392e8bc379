"""Groups of ops become partitions that keep all rules, whatever their ops are given in."""

from collections.abc import Sequence

import pytest

from iree_explorer.errors import InputError
from iree_explorer.partitioning.groups import partitions_of
from iree_explorer.partitioning.partition import broken_exchange, broken_rule, broken_structure
from tests.unit.partitioning.programs import dispatch
from tests.unit.partitioning.test_partition import DIAMOND, closed, dispatches, facts_of


@pytest.mark.parametrize("groups", [("ab", "cd"), ("ba", "dc"), ("abab", "", "ccd", "")])
def test_a_group_is_the_partition_of_its_ops_in_whatever_order(groups: Sequence[str]) -> None:
    ops = dispatches()
    found = partitions_of(facts_of(ops), ((ops[name] for name in names) for names in groups))
    assert [*found] == [closed(0, ops, "ab"), closed(1, ops, "cd")]


def test_no_group_is_no_partition() -> None:
    assert len(partitions_of(facts_of(dispatches()), ())) == 0


def test_a_partition_runs_where_its_first_op_asks_to_run_that_asks() -> None:
    ops = dispatches(dispatch("%a", "%arg") + dispatch("%b", "%a", on="b") + dispatch("%c", "%b", on="a"), "%c")
    (found,) = partitions_of(facts_of(ops), [ops.values()])
    assert found.affinity is ops["b"].properties["affinity"]
    violation = broken_rule(partitions_of(facts_of(ops), [ops.values()]))
    assert violation is not None
    assert (violation.rule, violation.op) == ("affinity", ops["c"])


def test_an_op_in_several_groups_is_copied_and_goes_out_once() -> None:
    body = dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%c", "%a")
    for result, outs in (("%a", [1, 0]), ("%c", [0, 1])):
        ops = dispatches(body, result)
        facts = facts_of(ops)
        found = partitions_of(facts, [[ops["a"], ops["b"]], [ops["a"], ops["c"]]])
        assert [len([value for value in each.outs if value.owner is not ops["b"]]) for each in found] == outs
        assert broken_rule(found) is None
        assert broken_structure(found, facts, waves=False) is None
        assert broken_exchange(found, facts, waves=False) is None


def test_ops_of_another_block_are_named() -> None:
    with pytest.raises(InputError, match=r"^a group holds ops of the block, as in facts\.ops, not <AsyncDispatchOp"):
        partitions_of(facts_of(dispatches(DIAMOND)), [[dispatches()["a"]]])
