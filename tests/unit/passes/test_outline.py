"""Putting partitions into regions: where things go, what they stand for, and when a block is still in order."""

from collections import Counter
from collections.abc import Sequence

import pytest
from xdsl.ir import Operation

from bench.programs import SHAPES, dispatches
from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.blocks import BlockOrders, topological_order
from iree_explorer.errors import ExplorerError
from iree_explorer.partitioning.partition import Partition, close_partition
from iree_explorer.passes.outline import Outliner, Place
from iree_explorer.passes.schedule import schedule
from iree_explorer.passes.schedule_execution import _make_execute  # pyright: ignore[reportPrivateUsage]
from iree_explorer.syntax import parse
from tests.conformance.generator import program

R = "!stream.resource<*>"
PROGRAM = f"""
    util.func public @f(%a: {R}, %b: {R}, %c: {R}, %x: i32, %flag: i1) -> {R} {{
      %c0 = arith.constant 0 : index
      %c64 = arith.constant 64 : index
      %s = stream.async.splat %x : i32 -> {R}{{%c64}}
      %t = stream.async.clone %s : {R}{{%c64}} -> {R}{{%c64}}
      %u = stream.async.clone %s : {R}{{%c64}} -> {R}{{%c64}}
      %i = scf.if %flag -> ({R}) {{
        %n = stream.async.clone %s : {R}{{%c64}} -> {R}{{%c64}}
        scf.yield %n : {R}
      }} else {{
        scf.yield %s : {R}
      }}
      util.return %i : {R}
    }}
"""


def test_a_block_said_to_be_in_order_is(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Counter[bool] = Counter()
    look = Outliner.__dict__["_is_still_in_order"]

    def checked(outliner: Outliner, ops: Sequence[Operation]) -> bool:
        found = look(outliner, ops)
        answers[found] += 1
        if found:
            *body, _ = ops
            assert topological_order(body) == (body, True)
        return found

    monkeypatch.setattr(Outliner, "_is_still_in_order", checked)
    for text in [dispatches(300, SHAPES["narrow, 4 devices"]), *(program(seed) for seed in range(60))]:
        try:
            schedule(parse(text), trace=False)
        except ExplorerError:
            continue
    assert answers[True] > 20
    assert answers[False] > 5


def test_of_entry_blocks_only_it_is_known() -> None:
    module = parse("util.func @f() { cf.br ^bb1\n ^bb1: util.return }").op
    (function,) = module.body.ops
    entry, other = function.regions[0].blocks
    assert BlockFacts(entry).is_in_order
    assert not BlockFacts(other).is_in_order
    assert not BlockFacts(module.body.block).is_in_order


def outliner(text: str = PROGRAM, block: int = 0) -> Outliner:
    """Of a block of the first function, with nothing outlined."""
    function = next(op for op in parse(text).op.walk() if op.name == "util.func")
    facts = BlockFacts(function.regions[0].blocks[block])
    return Outliner(facts, BlockOrders(), _make_execute)


def names_of(work: Outliner) -> list[str]:
    return [op.name for op in work.facts.block.ops]


def test_what_is_inserted_stands_in_the_order_of_its_insertion() -> None:
    work = outliner()
    block, first = work.facts.block, work.facts.ops[0]
    for after, place in ((None, 0), (first, 3)):
        where = Place(block, after)
        assert where.before is work.facts.ops[place and 1]
        made = [first.clone(), first.clone()]
        for op in made:
            where.insert(op)
            assert where.before is op.next_op
        assert [*block.ops][place : place + 2] == made


def test_sizes_that_nobody_knows_are_asked_for_results_first_each_behind_the_one_before() -> None:
    work = outliner()
    a, b, c, *_ = work.facts.block.args
    work.add_region(Partition(0, (), (a, b), (c,)), work.facts.ops[1])
    *asked, region = [*work.facts.block.ops][2:6]
    assert [op.name for op in asked] == ["stream.resource.size"] * 3
    assert [op.operands[0] for op in asked] == [c, a, b]
    assert region.name == "stream.async.execute"
    assert [value for value in region.operands if value.owner in asked] == [
        op.results[0] for op in (*asked[1:], asked[0])
    ]


@pytest.mark.parametrize("way", ["move", "copy"])
def test_what_is_nested_in_a_member_uses_what_the_region_captures(way: str) -> None:
    work = outliner()
    _, _, splat, _, _, branch, _ = work.facts.ops
    made = splat.results[0]
    work.add_region(Partition(0, (branch,), (made,), ()), branch)
    (outline,) = work.outlines
    outline.move(branch) if way == "move" else outline.copy(branch)
    (captured,) = outline.body.args
    (member,) = outline.members
    assert (member is branch) == (way == "move")
    assert outline.origins == [branch]
    used = [value for op in member.walk() for value in op.operands if value.type == made.type]
    assert made not in used
    assert used.count(captured) == 2


def test_what_was_made_is_traced_to_what_it_was_made_from() -> None:
    work = outliner()
    _, _, splat, one, two, *_ = work.facts.ops
    for number, op in enumerate((one, two)):
        partition = close_partition(number, (op, splat), cloned=(splat,))
        work.add_region(partition, op)
    work.fill(lambda op, partition: None)
    first, second = work.outlines
    work.awaits.append((one, first.op))
    copies = [outline.members[0] for outline in work.outlines]
    assert splat not in copies
    assert [*work.origins()] == [
        (first.op, one),
        (copies[0], splat),
        (second.op, two),
        (copies[1], splat),
        (one, first.op),
    ]
    assert [outline.members for outline in work.outlines] == [[copies[0], one], [copies[1], two]]


def test_a_block_that_was_out_of_order_is_sorted_though_nothing_came_in() -> None:
    text = f"""
        util.func public @f(%x: i32) {{
          util.return
        ^bb1:
          %t = stream.async.clone %s : {R}{{%c64}} -> {R}{{%c64}}
          %s = stream.async.splat %x : i32 -> {R}{{%c64}}
          %c64 = arith.constant 64 : index
          util.return
        }}
    """
    work = outliner(text, block=1)
    assert work.sort()
    assert names_of(work) == ["arith.constant", "stream.async.splat", "stream.async.clone", "util.return"]
