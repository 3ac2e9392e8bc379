"""Regions of partitioners other than the reference wait for what uses the storage that they change, and the other way round."""

import re

import pytest
from xdsl.ir import Block

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.analysis.values import InsertionPoint
from iree_explorer.dialects.stream.region_ops import YieldOp
from iree_explorer.dialects.stream.types import Lifetime, ResourceType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution import run
from iree_explorer.ir.storage import make_op
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.partition import PartitionSet, close_partition
from iree_explorer.partitioning.partitioner import Config, register_partitioner
from iree_explorer.partitioning.trace.recording import Witness
from iree_explorer.passes.conflicts import Conflicts, Use, Work
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module, parse, print_module

R = "!stream.resource<external>"
READ_THEN_WRITTEN = f"""
util.global private @a : !hal.device
util.global private @b : !hal.device
util.func public @main(%v: i32, %w: i32) -> (!hal.buffer_view, !hal.buffer_view) {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %0 = stream.async.splat on(#hal.device.affinity<@a>) %v : i32 -> {R}{{%c64}}
  %1 = stream.async.splat on(#hal.device.affinity<@b>) %w : i32 -> {R}{{%c64}}
  %2 = stream.async.copy on(#hal.device.affinity<@b>) %0[%c0 to %c64], %1[%c0 to %c64], %c64 : {R}{{%c64}} -> %1 as {R}{{%c64}}
  %3 = stream.async.fill on(#hal.device.affinity<@a>) %w, %0[%c0 to %c64 for %c64] : i32 -> %0 as {R}{{%c64}}
  %4 = stream.tensor.export %2 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  %5 = stream.tensor.export %3 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  util.return %4, %5 : !hal.buffer_view, !hal.buffer_view
}}
"""
STORED_THEN_LOADED = f"""
util.global private mutable @state : {R}
util.func public @main(%v: i32, %w: i32) -> !hal.buffer_view {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %0 = stream.async.splat %v : i32 -> {R}{{%c64}}
  util.global.store %0, @state : {R}
  %1 = util.global.load @state : {R}
  %2 = stream.async.splat %w : i32 -> {R}{{%c64}}
  %3 = stream.async.copy %1[%c0 to %c64], %2[%c0 to %c64], %c64 : {R}{{%c64}} -> %2 as {R}{{%c64}}
  %4 = stream.tensor.export %3 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  util.return %4 : !hal.buffer_view
}}
"""
READ_THEN_CHANGED_INSIDE = f"""
util.func public @main(%v: i32, %w: i32) -> (!hal.buffer_view, !hal.buffer_view) {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %true = arith.constant true
  %0 = stream.async.splat %v : i32 -> {R}{{%c64}}
  %1 = stream.async.splat %w : i32 -> {R}{{%c64}}
  %2 = stream.async.copy %0[%c0 to %c64], %1[%c0 to %c64], %c64 : {R}{{%c64}} -> %1 as {R}{{%c64}}
  %b = util.optimization_barrier %true : i1
  %3 = scf.if %b -> {R} {{
    %i = stream.async.fill %w, %0[%c0 to %c64 for %c64] : i32 -> %0 as {R}{{%c64}}
    scf.yield %i : {R}
  }} else {{
    %i = stream.async.splat %v : i32 -> {R}{{%c64}}
    scf.yield %i : {R}
  }}
  %4 = stream.tensor.export %2 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  %5 = stream.tensor.export %3 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  util.return %4, %5 : !hal.buffer_view, !hal.buffer_view
}}
"""
"""The first result is made outside of the op that changes, inside, what it is made of; in the other block nothing waits for it."""
READ_THEN_CHANGED_LATER = (
    READ_THEN_CHANGED_INSIDE[: READ_THEN_CHANGED_INSIDE.index("  %b =")]
    + f"""  cf.br ^next
^next:
  %3 = stream.async.fill %w, %0[%c0 to %c64 for %c64] : i32 -> %0 as {R}{{%c64}}
"""
    + READ_THEN_CHANGED_INSIDE[READ_THEN_CHANGED_INSIDE.index("  %4 =") :]
)
BETWEEN_REGIONS = f"""
util.func public @main(%v: i32, %w: i32) -> (!hal.buffer_view, !hal.buffer_view, !hal.buffer_view) {{
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %x = stream.async.splat %v : i32 -> {R}{{%c64}}
  %0 = util.optimization_barrier %x : {R}
  %1 = stream.async.splat %w : i32 -> {R}{{%c64}}
  %2 = stream.async.copy %0[%c0 to %c64], %1[%c0 to %c64], %c64 : {R}{{%c64}} -> %1 as {R}{{%c64}}
  %r, %t = stream.async.execute with(%0 as %in: {R}{{%c64}}) -> {R}{{%c64}} {{
    %i = stream.async.fill %w, %in[%c0 to %c64 for %c64] : i32 -> %in as {R}{{%c64}}
    stream.yield %i : {R}{{%c64}}
  }} => !stream.timepoint
  %3 = stream.timepoint.await %t => %r : {R}{{%c64}}
  %4 = stream.async.clone %3 : {R}{{%c64}} -> {R}{{%c64}}
  %5 = stream.async.fill %v, %3[%c0 to %c64 for %c64] : i32 -> %3 as {R}{{%c64}}
  %6 = stream.tensor.export %2 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  %7 = stream.tensor.export %4 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  %8 = stream.tensor.export %5 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  util.return %6, %7, %8 : !hal.buffer_view, !hal.buffer_view, !hal.buffer_view
}}
"""
"""The region that was there before changes what one op above it reads; another below changes what it makes."""
OURS = [("serial", "serial"), ("fewest-handovers", "balanced")]


def scheduled(text: str, execution: str, concurrency: str) -> Module:
    return schedule(parse(text), execution=execution, concurrency=concurrency, trace=False).module


@pytest.mark.parametrize(("execution", "concurrency"), OURS)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_a_writer_waits_for_readers_in_other_regions(execution: str, concurrency: str, seed: int | None) -> None:
    module = scheduled(READ_THEN_WRITTEN, execution, concurrency)
    read, written = run(module, "main", 7, 9, seed=seed, check_hazards=True).outputs
    assert set(read.tolist()) == {7}
    assert set(written.tolist()) == {9}


@pytest.mark.parametrize(("execution", "concurrency"), OURS)
@pytest.mark.parametrize(
    ("text", "want"),
    [(READ_THEN_CHANGED_INSIDE, [7, 9]), (READ_THEN_CHANGED_LATER, [7, 9]), (BETWEEN_REGIONS, [7, 9, 7])],
    ids=["inside", "later", "between"],
)
def test_what_is_not_in_a_partition_waits_too(text: str, want: list[int], execution: str, concurrency: str) -> None:
    module = scheduled(text, execution, concurrency)
    for seed in (None, 1, 2):
        outputs = run(module, "main", 7, 9, seed=seed, check_hazards=True).outputs
        assert [set(value.tolist()) for value in outputs] == [{number} for number in want]


def test_readers_do_not_wait_for_each_other() -> None:
    read_twice = READ_THEN_WRITTEN.replace(
        "stream.async.fill on(#hal.device.affinity<@a>) %w, %0[%c0 to %c64 for %c64] : i32 -> %0 as",
        f"stream.async.clone on(#hal.device.affinity<@a>) %0 : {R}{{%c64}} ->",
    )
    for text, waits in ((READ_THEN_WRITTEN, {(2, 3)}), (read_twice, set[tuple[int, int]]())):
        serial = schedule(parse(text), execution="serial", concurrency="serial")
        assert {*run(serial, "main", 5, 7).timeline.edges} == {(0, 2), (1, 2), (0, 3), *waits}


OP = make_op(YieldOp, (), (), {})
BLOCK = Block([OP], arg_types=[ResourceType(Lifetime.EXTERNAL)])


def work(*, changes: bool, place: int) -> Work:
    """That uses the argument of the block."""
    return Work(OP, {BLOCK.args[0]: Use(changes, place)}, (), {})


@pytest.mark.parametrize(
    ("mine", "its", "is_above"),
    [
        (work(changes=True, place=1), work(changes=False, place=2), True),
        (work(changes=False, place=1), work(changes=True, place=2), True),
        (work(changes=False, place=1), work(changes=False, place=2), False),
        (work(changes=True, place=2), work(changes=True, place=1), False),
    ],
)
def test_work_is_above_what_it_is_in_conflict_with_and_comes_before(mine: Work, its: Work, *, is_above: bool) -> None:
    assert mine.is_above(its) == is_above


def test_other_work_comes_right_behind_the_regions_above_it() -> None:
    first, second = work(changes=True, place=1), work(changes=True, place=5)
    start, middle, behind_middle = work(changes=True, place=0), work(changes=False, place=3), Work(first.op, {}, (), {})
    point = InsertionPoint(BLOCK, None, BlockOrders())
    found = [each for each, _ in Conflicts().add_block([first, second], [start, middle, behind_middle], point)]
    assert found == [start, first, middle, behind_middle, second]


def test_without_the_wait_it_is_a_hazard() -> None:
    text = print_module(scheduled(READ_THEN_WRITTEN, "serial", "serial").op)
    writer = next(line for line in text.splitlines() if "-> %results{%c64}" in line)
    broken = text.replace(writer, re.sub(r"await\(%\w+\)", "await(%result_timepoint)", writer))
    assert broken != text
    with pytest.raises(ExecutionError, match="nothing orders it"):
        run(parse(broken), "main", 7, 9, check_hazards=True)


@pytest.mark.parametrize(("execution", "concurrency"), OURS)
def test_a_global_is_written_before_it_is_read(execution: str, concurrency: str) -> None:
    (value,) = run(scheduled(STORED_THEN_LOADED, execution, concurrency), "main", 7, 9).outputs
    assert set(value.tolist()) == {7}


READ_BEFORE_A_WAVE = f"""
util.func public @main(%v: i32, %w: i32) -> (!hal.buffer_view, !hal.buffer_view, !hal.buffer_view) {{
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %x = stream.async.splat %v : i32 -> {R}{{%c64}}
  %r = util.optimization_barrier %x : {R}
  %0 = stream.async.splat %w : i32 -> {R}{{%c64}}
  %1 = stream.async.copy %r[%c0 to %c32], %0[%c0 to %c32], %c32 : {R}{{%c64}} -> %0 as {R}{{%c64}}
  %2 = stream.async.fill %w, %r[%c0 to %c64 for %c64] : i32 -> %r as {R}{{%c64}}
  %3 = stream.async.splat %v : i32 -> {R}{{%c64}}
  %4 = stream.tensor.export %1 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  %5 = stream.tensor.export %2 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  %6 = stream.tensor.export %3 : tensor<16xi32> in {R}{{%c64}} -> !hal.buffer_view
  util.return %4, %5, %6 : !hal.buffer_view, !hal.buffer_view, !hal.buffer_view
}}
"""
"""What the copy reads the fill changes; the fill is in one wave with the last splat, which waits for nothing."""


@pytest.mark.parametrize("partitioners", [("fewest-handovers", "balanced"), ("fewest-handovers", "pairs")])
def test_a_wave_comes_after_what_reads_the_storage_that_it_changes(partitioners: tuple[str, str]) -> None:
    module = scheduled(READ_BEFORE_A_WAVE, *partitioners)
    read, written, _ = run(module, "main", 7, 9, check_hazards=True).outputs
    assert set(read[:8].tolist()) == {7}
    assert set(written.tolist()) == {9}


def test_under_the_reference_the_wave_comes_first() -> None:
    module = scheduled(READ_BEFORE_A_WAVE, "reference", "reference")
    with pytest.raises(ExecutionError, match=r"copy reads bytes \[0 to 32\], which .* = fill has overwritten in place"):
        run(module, "main", 7, 9, check_hazards=True)


class Pairs:
    """One wave of the fill and the last splat, and no other."""

    name = "pairs"
    scope: Scope = "concurrency"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        fill = next((op for op in facts.ops if op.name == "stream.async.fill"), None)
        if fill is None:
            return PartitionSet()
        splat = next(op for op in reversed(facts.ops) if op.name == "stream.async.splat")
        return PartitionSet((close_partition(0, sorted((fill, splat), key=facts.index.__getitem__, reverse=True)),))


register_partitioner(Pairs())
