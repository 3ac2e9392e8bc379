"""What a set of partitions must keep to: each rule broken once, and what a partition of some ops takes in and gives out."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from xdsl.ir import Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.partitioning.partition import (
    Partition,
    PartitionSet,
    broken_exchange,
    broken_rule,
    broken_structure,
    close_partition,
    numbered,
)
from tests.unit.partitioning.programs import R, body_of, dispatch, entry, function

DIAMOND = dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%c", "%a") + dispatch("%d", "%b", "%c")


def dispatches(body: str = DIAMOND, result: str = "%d") -> dict[str, Operation]:
    """The dispatches of a program by their entry points, in the order of the text."""
    ops = body_of(function(body, result)).ops
    return {entry(op): op for op in ops if isinstance(op, StreamableOpInterface)}


def closed(ordinal: int, ops: dict[str, Operation], names: str) -> Partition:
    """The partition of the ops of these one-letter names, given in the order of the text."""
    return close_partition(ordinal, [ops[name] for name in reversed(names)])


def facts_of(ops: dict[str, Operation]) -> BlockFacts:
    block = ops["a"].parent
    assert block is not None
    return BlockFacts(block)


def rule(*partitions: Partition) -> str:
    """The rule that the set breaks; empty: none."""
    found = broken_rule(PartitionSet(partitions))
    return "" if found is None else found.rule


def test_a_partition_takes_in_what_it_uses_and_gives_out_what_is_used_elsewhere() -> None:
    ops = dispatches()
    first, second = closed(0, ops, "ab"), closed(1, ops, "cd")
    assert list(first.ins) == list(dict.fromkeys(ops["a"].operands))  # The rest is made inside.
    assert list(first.outs) == [ops["a"].results[0], ops["b"].results[0]]
    assert second.ins[0] is ops["a"].results[0]
    assert list(second.outs) == [ops["d"].results[0]]
    assert rule(first, second) == ""
    assert broken_structure(PartitionSet((first, second)), facts_of(ops), waves=False) is None


def test_a_copied_op_gives_out_only_what_the_host_uses_and_only_once() -> None:
    ops = dispatches(dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%c", "%a"), "%a")
    copied = [ops["a"]]
    escaped: set[Operation] = set()
    one, two = (
        close_partition(number, [ops[name], ops["a"]], cloned=copied, escaped=escaped)
        for number, name in enumerate("bc")
    )
    assert ops["a"].results[0] in one.outs
    assert ops["a"].results[0] not in two.outs
    assert escaped == {ops["a"]}


def test_an_operand_has_to_come_in() -> None:
    whole = closed(0, dispatches(), "abcd")
    assert rule(whole) == ""
    assert rule(replace(whole, ins=whole.ins[1:])) == "undeclared input"


def test_what_goes_out_has_to_be_made_inside() -> None:
    ops = dispatches()
    first = closed(0, ops, "ab")
    assert rule(replace(first, outs=(*first.outs, ops["d"].results[0]))) == "undeclared output"


def test_ops_have_to_run_where_the_partition_does() -> None:
    ops = dispatches(dispatch("%a", "%arg", on="a") + dispatch("%b", "%a", on="b"), "%b")
    places = {name: op.properties["affinity"] for name, op in ops.items()}
    alone = [replace(closed(number, ops, name), affinity=places[name]) for number, name in enumerate("ab")]
    assert rule(*alone) == ""
    found = broken_rule(PartitionSet((replace(closed(0, ops, "ab"), affinity=places["a"]),)))
    assert found is not None
    assert (found.rule, found.op, found.at_op) == ("affinity", ops["b"], True)


def test_what_makes_an_input_may_not_use_an_output() -> None:
    ops = dispatches(dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%c", "%b"), "%c")
    found = broken_rule(PartitionSet((closed(0, ops, "ac"), closed(1, ops, "b"))))
    assert found is not None
    assert (found.rule, found.op) == ("cycle", ops["b"])
    assert "of 'stream.async.dispatch' op" in found.message


def test_what_makes_an_input_may_not_use_an_output_in_its_regions_either() -> None:
    between = (
        f"  %i = scf.if %flag -> ({R}) {{\n"
        + dispatch("%n", "%a")
        + f"    scf.yield %n : {R}\n  }} else {{\n    scf.yield %arg : {R}\n  }}\n"
    )
    ops = dispatches(dispatch("%a", "%arg") + between + dispatch("%b", "%i"), "%b")
    found = broken_rule(PartitionSet((closed(0, ops, "ab"),)))
    assert found is not None
    assert (found.rule, found.op) == ("cycle", ops["b"].operands[0].owner)


def test_what_has_a_timepoint_of_its_own_joins_no_partition() -> None:
    alloca = (
        "  %r, %t = stream.resource.alloca uninitialized : !stream.resource<transient>{%c128} => !stream.timepoint\n"
    )
    (op,) = (op for op in body_of(function(alloca, "%arg")).ops if op.name == "stream.resource.alloca")
    found = broken_rule(PartitionSet((close_partition(0, [op]),)))
    assert found is not None
    assert (found.rule, found.op, found.at_op) == ("result timepoint", op, True)


def test_partitions_are_numbered_as_they_run() -> None:
    ops = dispatches()
    first, second = closed(1, ops, "ab"), closed(0, ops, "cd")
    one, two = numbered(PartitionSet((first, second)))
    assert (one.ordinal, one.ops, two.ordinal, two.ops) == (0, first.ops, 1, second.ops)
    assert (first.ordinal, second.ordinal) == (1, 0)


def test_makers_run_before_users() -> None:
    ops = dispatches()
    first, second = closed(0, ops, "ab"), closed(1, ops, "cd")
    found = broken_rule(PartitionSet((second, first)))
    assert found is not None
    assert (found.rule, found.partition) == ("order", 1)


@pytest.mark.parametrize(
    ("members", "waves", "broken"),
    [
        (("a", "bc", "d"), True, ""),
        (("abcd",), False, ""),
        (("abcd",), True, "hazard"),
        (("abcdd",), False, "duplicated op"),
        (("a", "bc", "dd"), True, "duplicated op"),
        (("a", "cb", "bd"), True, "duplicated op"),
        (("ab", "abc", "d"), False, "two producers"),
        (("a", "bc"), False, "left out"),
        ((), False, "left out"),
        (("a", "bc"), True, ""),
    ],
)
def test_what_an_algorithm_keeps_by_its_nature(members: Sequence[str], waves: bool, broken: str) -> None:
    ops = dispatches()
    partitions = PartitionSet([closed(number, ops, names) for number, names in enumerate(members)])
    found = broken_structure(partitions, facts_of(ops), waves=waves)
    assert (found.rule if found else "") == broken
    assert found is None or found.at_op


def test_regions_of_the_host_make_cheap_ops_anew() -> None:
    """A splat in a partition need not go out for a use in `scf.if`, but it must for one beside it."""
    splat = f"  %s = stream.async.splat %x : i32 -> {R}{{%c128}}\n" + dispatch("%a", "%s")
    inside = (
        f"  %i = scf.if %flag -> ({R}) {{\n"
        + dispatch("%n", "%s")
        + f"    scf.yield %n : {R}\n  }} else {{\n    scf.yield %arg : {R}\n  }}\n"
    )
    for body, result, broken in ((splat + inside, "%i", None), (splat, "%s", "lost output")):
        ops = dispatches(body, result)
        whole = close_partition(0, [ops["a"], ops["stream.async.splat"]])
        found = broken_exchange(PartitionSet((replace(whole, outs=()),)), facts_of(ops), waves=False)
        assert (found and found.rule) == broken


def test_a_reader_runs_before_what_changes_the_bytes_that_it_reads() -> None:
    writer = dispatch("%w", "%a", tied="%a")
    ops = dispatches(dispatch("%a", "%arg") + dispatch("%r", "%a") + writer, "%r")
    for parts, broken in ((("a", "r", "w"), None), (("a", "w", "r"), "hazard"), (("a", "rw"), None)):
        partitions = PartitionSet([closed(number, ops, names) for number, names in enumerate(parts)])
        found = broken_exchange(partitions, facts_of(ops), waves=False)
        assert (found and found.rule) == broken
        if found is not None:
            assert (found.op, found.after, found.partition) == (ops["w"], ops["r"], 1)
            assert found.message == "op must run after a 'stream.async.dispatch' op of a later partition"


def test_members_stand_in_the_block() -> None:
    ops, others = dispatches(), dispatches()
    found = broken_structure(PartitionSet((closed(0, others, "a"),)), facts_of(ops), waves=False)
    assert found is not None
    assert (found.rule, found.op) == ("foreign op", others["a"])
    assert found.message == "'stream.async.dispatch' op is none of this block: it cannot be in a partition"


def test_members_are_streamable() -> None:
    ops = dispatches()
    facts = facts_of(ops)
    found = broken_structure(PartitionSet((close_partition(0, facts.ops[::-1]),)), facts, waves=False)
    assert found is not None
    assert (found.rule, found.op) == ("foreign op", facts.ops[-1])
    assert found.message == "'util.return' op is not streamable: it cannot be in a partition"


def test_a_value_goes_out_of_one_partition() -> None:
    ops = dispatches()
    both = PartitionSet((closed(0, ops, "ab"), closed(1, ops, "bc"), closed(2, ops, "d")))
    found = broken_structure(both, facts_of(ops), waves=False)
    assert found is not None
    assert (found.rule, found.op, found.at_op, found.partition) == ("two producers", ops["b"], True, 1)
    assert found.message == "value of 'stream.async.dispatch' op goes out of partitions 0 and 1"


def test_an_argument_that_goes_out_of_two_partitions_is_no_op_of_the_block() -> None:
    ops = dispatches()
    argument = ops["a"].operands[0]
    both = PartitionSet([replace(closed(n, ops, names), outs=(argument,)) for n, names in enumerate(("ab", "cd"))])
    found = broken_structure(both, facts_of(ops), waves=False)
    assert found is not None
    assert (found.rule, found.op) == ("two producers", None)


@pytest.mark.parametrize("waves", [True, False])
@pytest.mark.parametrize(("number", "lost"), [(0, "a"), (1, "c"), (2, "d")])
def test_what_is_used_outside_goes_out(number: int, lost: str, waves: bool) -> None:
    ops = dispatches()
    partitions = [closed(place, ops, names) for place, names in enumerate(("a", "bc", "d"))]
    partitions[number] = replace(partitions[number], outs=())
    found = broken_exchange(PartitionSet(partitions), facts_of(ops), waves=waves)
    assert found is not None
    assert (found.rule, found.partition, found.op) == ("lost output", number, ops[lost])


def test_a_copy_in_each_partition_with_a_user_need_not_go_out() -> None:
    ops = dispatches()
    copied = [ops["a"]]
    both = [
        close_partition(number, [*(ops[name] for name in reversed(names)), ops["a"]], cloned=copied)
        for number, names in enumerate(("b", "cd"))
    ]
    assert broken_exchange(PartitionSet(both), facts_of(ops), waves=False) is None
    without = [both[0], closed(1, ops, "cd")]
    found = broken_exchange(PartitionSet(without), facts_of(ops), waves=False)
    assert found is not None
    assert (found.rule, found.op) == ("lost output", ops["a"])


TIED = dispatch("%a", "%arg") + dispatch("%r", "%a") + dispatch("%w", "%a", tied="%a")
"""`w` changes the bytes that `r` reads."""


@pytest.mark.parametrize(
    ("members", "broken"),
    [
        (("a", "r", "w"), None),
        (("a", "r", "w", "r"), ("w", "r")),  # Of the reader the last copy counts,
        (("a", "w", "r", "w"), ("w", "r")),  # of the writer the first.
        (("a", "r", "rw"), None),
    ],
)
def test_each_copy_of_a_writer_is_behind_each_copy_of_a_reader(
    members: Sequence[str], broken: tuple[str, str] | None
) -> None:
    ops = dispatches(TIED, "%r")
    partitions = PartitionSet([closed(number, ops, names) for number, names in enumerate(members)])
    found = broken_exchange(partitions, facts_of(ops), waves=False)
    if broken is None:
        assert found is None
    else:
        assert found is not None
        assert (found.rule, found.op, found.after) == ("hazard", *(ops[name] for name in broken))


def test_a_view_waits_for_no_other_region() -> None:
    """Of bytes that are written it matters when they are read; a view of them reads none."""
    writer = dispatch("%w", "%a", tied="%a", part="%c0 to %c64 for %c64")
    view = f"  %v = stream.async.slice %a[%c0 to %c64] : {R}{{%c128}} -> {R}{{%c64}}\n"
    for is_view, body in (
        (True, view.replace("async.slice", "resource.subview").replace(" to %c64]", "]")),
        (False, view),
    ):
        ops = dispatches(dispatch("%a", "%arg") + writer + body, "%v")
        names = [*ops]
        partitions = PartitionSet(
            [close_partition(n, [ops[name]]) for n, name in enumerate((names[0], names[2], names[1]))]
        )
        found = broken_exchange(partitions, facts_of(ops), waves=False)
        assert (found is None) == is_view


def test_makers_run_before_users_that_are_not_next_to_them_either() -> None:
    ops = dispatches(dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%e", "%arg"), "%b")
    assert rule(*(closed(number, ops, name) for number, name in enumerate("bea"))) == "order"


def test_a_copy_where_the_maker_is_not_needs_the_value() -> None:
    """`b` is in two partitions, and only one of them has `a`."""
    ops = dispatches(dispatch("%a", "%arg") + dispatch("%b", "%a"), "%b")
    whole = closed(0, ops, "ab")
    assert not whole.outs[:-1], "as far as this partition knows nobody else uses `a`"
    found = broken_exchange(PartitionSet((whole, closed(1, ops, "b"))), facts_of(ops), waves=False)
    assert found is not None
    assert (found.rule, found.op, found.partition) == ("lost output", ops["a"], 0)


def test_cheap_ops_that_nothing_in_a_partition_uses_may_be_in_none() -> None:
    splat = f"  %s = stream.async.splat %x : i32 -> {R}{{%c128}}\n"
    inside = (
        f"  %i = scf.if %flag -> ({R}) {{\n"
        + dispatch("%n", "%s")
        + f"    scf.yield %n : {R}\n  }} else {{\n    scf.yield %arg : {R}\n  }}\n"
    )
    ops = dispatches(dispatch("%a", "%arg") + splat + inside, "%a")
    assert broken_structure(PartitionSet((closed(0, ops, "a"),)), facts_of(ops), waves=False) is None


def test_a_cheap_op_in_no_partition_is_no_reason_to_give_out_what_it_uses() -> None:
    unused = f"  %s = stream.async.clone %a : {R}{{%c128}} -> {R}{{%c128}}\n"
    ops = dispatches(dispatch("%a", "%arg") + unused + dispatch("%b", "%a"), "%b")
    whole = replace(closed(0, ops, "ab"), outs=(ops["b"].results[0],))
    assert broken_exchange(PartitionSet((whole,)), facts_of(ops), waves=False) is None
