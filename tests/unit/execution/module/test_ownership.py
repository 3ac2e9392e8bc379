"""Which tied operands may be updated in place."""

from __future__ import annotations

import sys

import pytest
from xdsl.ir import Operation

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.execution.module.ownership import Ownership
from iree_explorer.syntax import parse

R = "!stream.resource<*>"


def ops_of(*lines: str, arguments: str = "") -> dict[str, Operation]:
    """The ops of a function of these lines, each by its short name and its place among those of that name."""
    head = [
        "%c0 = arith.constant 0 : index",
        "%c8 = arith.constant 8 : index",
        "%c64 = arith.constant 64 : index",
        "%v = arith.constant 7 : i32",
    ]
    body = "\n".join(["  " + line for line in (*head, *lines)])
    module = parse(f"util.func public @main({arguments}) {{\n{body}\n  util.return\n}}")
    found: dict[str, Operation] = {}
    for op in module.op.walk():
        short = op.name.rpartition(".")[2]
        number = sum(name.partition(" ")[0] == short for name in found)
        found[f"{short} {number}"] = op
    return found


def may(ops: dict[str, Operation], name: str, operand: int = 0, uses: int = 1) -> bool:
    op = ops[name]
    return Ownership().may_update_in_place(op.operands[operand], op, uses)


SPLAT = f"%a = stream.async.splat %v : i32 -> {R}{{%c64}}"
FILL = f"%b = stream.async.fill %v, %a[%c0 to %c8 for %c8] : i32 -> %a as {R}{{%c64}}"
CLONE = f"%k = stream.async.clone %a : {R}{{%c64}} -> {R}{{%c64}}"


def test_the_only_user_writes_into_what_it_is_given() -> None:
    assert may(ops_of(SPLAT, FILL), "fill 0")


def test_who_reads_before_does_no_harm_and_who_reads_after_does() -> None:
    assert may(ops_of(SPLAT, CLONE, FILL), "fill 0")
    assert not may(ops_of(SPLAT, FILL, CLONE), "fill 0")


def test_what_a_caller_gave_is_the_callers() -> None:
    assert not may(ops_of(FILL, arguments=f"%a: {R}"), "fill 0")


def test_what_somebody_else_may_keep_is_not_written() -> None:
    kept = f"%x = util.optimization_barrier %a : {R}"
    assert not may(ops_of(SPLAT, kept, FILL), "fill 0")
    passed = f"%y = util.optimization_barrier %a : {R}"
    after = FILL.replace("%a", "%y")
    assert not may(ops_of(SPLAT, passed, after), "fill 0")


def test_a_wait_hands_on_what_it_waits_for() -> None:
    region = (
        f"%a, %t = stream.async.execute with() -> {R}{{%c64}} {{",
        f"  %s = stream.async.splat %v : i32 -> {R}{{%c64}}",
        f"  stream.yield %s : {R}{{%c64}}",
        "} => !stream.timepoint",
    )
    awaited = f"%w = stream.timepoint.await %t => %a : {R}{{%c64}}"
    assert may(ops_of(*region, awaited, FILL.replace("%a", "%w")), "fill 0")
    assert not may(ops_of(*region, awaited, FILL.replace("%a", "%w"), CLONE), "fill 0")


def test_an_argument_of_a_region_is_decided_about_at_run_time() -> None:
    region = (
        SPLAT,
        f"%r, %t = stream.async.execute with(%a as %in: {R}{{%c64}}) -> {R}{{%c64}} {{",
        "  " + FILL.replace("%a", "%in"),
        f"  stream.yield %b : {R}{{%c64}}",
        "} => !stream.timepoint",
    )
    assert may(ops_of(*region), "fill 0")


def test_all_uses_by_the_op_must_be_ties() -> None:
    twice = (
        f"%b = stream.async.dispatch @ex::@f(%a[%c0 to %c64 for %c64], %a[%c0 to %c64 for %c64]) : "
        f"({R}{{%c64}}, {R}{{%c64}}) -> %a{{%c64}}"
    )
    ops = ops_of(SPLAT, twice)
    place = list(ops["dispatch 0"].operands).index(ops["splat 0"].results[0])
    assert not may(ops, "dispatch 0", place)
    assert may(ops, "dispatch 0", place, uses=2)


def test_a_write_in_another_block_is_no_last_use() -> None:
    lines = (SPLAT, "cf.br ^next", "^next:", FILL)
    assert not may(ops_of(*lines), "fill 0")


@pytest.mark.parametrize(("lines", "last"), [((SPLAT, CLONE, FILL), "fill 0"), ((SPLAT, FILL, CLONE), "clone 0")])
def test_a_resource_dies_with_its_last_user(lines: tuple[str, ...], last: str) -> None:
    ops = ops_of(*lines)
    block = ops["splat 0"].parent
    assert block is not None
    dying = Ownership().dying(block, ResourceType)
    assert ops["splat 0"].results[0] in dying[ops[last]]
    assert sum(len(values) for values in dying.values()) == 1


@pytest.mark.parametrize("moved", ["clone 0", "clone 1"])
def test_it_is_the_place_in_the_block_that_makes_a_user_the_last(moved: str) -> None:
    ops = ops_of(SPLAT, CLONE, CLONE.replace("%k", "%l"))
    block = ops["splat 0"].parent
    assert block is not None
    assert block.last_op is not None
    ops[moved].detach()
    block.insert_op_before(ops[moved], block.last_op)
    assert ops["splat 0"].results[0] in Ownership().dying(block, ResourceType)[ops[moved]]


def test_a_value_may_be_forwarded_more_often_than_the_stack_is_deep() -> None:
    count = 2 * sys.getrecursionlimit()
    barriers = [f"%r{n + 1} = stream.async.barrier %{f'r{n}' if n else 'a'} : {R}{{%c64}}" for n in range(count)]
    fill = f"%b = stream.async.fill %v, %r{count}[%c0 to %c8 for %c8] : i32 -> %r{count} as {R}{{%c64}}"
    assert may(ops_of(SPLAT, *barriers, fill), "fill 0")
