"""`iree-stream-schedule-concurrency`: puts the ops of each execution region that can run at once into waves.

Before: the ops of a `stream.async.execute` run one after the other. After: those of a wave are in a
`stream.async.concurrent`; an op that is alone in its wave stays as it is. Regions nested in `scf` ops are left alone, as
the compiler does.

# IREE: ScheduleConcurrency.cpp
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from typing_extensions import override
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.irdl import IRDLOperation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.dialects.stream.region_ops import AsyncConcurrentOp, AsyncExecuteOp
from iree_explorer.ir.operands import segments_property
from iree_explorer.ir.storage import blocks_of, make_op, ops_of, type_of
from iree_explorer.partitioning.config import asks_itself
from iree_explorer.partitioning.partition import Partition
from iree_explorer.passes.operation_pass import PassRun
from iree_explorer.passes.outline import Outliner, Place, last_of, makers
from iree_explorer.passes.partition_block import PartitionRun, SchedulingPass


@dataclass(frozen=True)
class ScheduleConcurrencyPass(SchedulingPass):
    """Divides each execution region directly in a function into waves."""

    name = "iree-stream-schedule-concurrency"
    class_name = "ScheduleConcurrencyPass"
    scope = "concurrency"

    @override
    def schedule(self, function: Operation, body: Region, run: PassRun) -> None:
        orders = BlockOrders()
        regions = [op for block in blocks_of(body) for op in ops_of(block) if type(op) is AsyncExecuteOp]
        if regions:
            asked = self.partition_run(function, function, run)
            for op in regions:
                first = op.body.first_block
                if first is not None:
                    own = self.partition_run(op, function, run) if asks_itself(op) else replace(asked, op=op)
                    _schedule(first, own, orders)
        run.moment("scheduled", function)


def _schedule(block: Block, run: PartitionRun, orders: BlockOrders) -> None:
    facts = BlockFacts(block)
    partitions = run.partition(facts)
    waves = [partition for partition in partitions if len(partition.ops) > 1]
    if not partitions or (not waves and facts.is_in_order):
        return
    work = Outliner(facts, orders, _make_concurrent)
    run.pass_run.origins.append(work.origins)
    for wave in waves:
        work.add_region(wave, last_of(makers(wave.ins), facts.index))
    # IREE bug: waves are put in order by the values that they use, and may pass what reads the storage that they change.
    conflicts = None if run.is_reference else _conflicts(facts, work)
    work.fill(_as_it_is)
    for outline in work.outlines:
        for old, new in zip(outline.partition.outs, outline.op.results, strict=True):
            work.redirection.redirect(old, new, outline.body)
        work.end_region(outline)
    run.pass_run.made.extend(work.unsized)
    work.redirection.finish()
    if run.witness is not None:
        work.record(run.witness, "concurrency")
    orders.forget_block(block)
    if not work.sort(conflicts):
        # The compiler does not look at this, but its verifier then finds a value used before it is made.
        run.pass_run.made.extend(block.ops)


def _conflicts(facts: BlockFacts, work: Outliner) -> list[tuple[Operation, Operation]]:
    """Waves, and ops that are in none, of which the second must run after the first as both touch the same bytes."""
    homes = {op: outline.op for outline in work.outlines for op in outline.partition.ops}
    places = [homes.get(op, op) for op in facts.ops]
    edges = (edge for edges in facts.precedence.ins for edge in edges)
    return [(places[e.before], places[e.after]) for e in edges if places[e.before] is not places[e.after]]


def _as_it_is(op: Operation, wave: Partition) -> None:
    """Nothing changes for an op in a wave."""


def _make_concurrent(
    wave: Partition,
    place: Place,  # noqa: ARG001  (as every `MakeOp`)
    captures: list[SSAValue],
    sizes: list[SSAValue],
    result_sizes: list[SSAValue],
    region: Region,
) -> IRDLOperation:
    return make_op(
        AsyncConcurrentOp,
        operands=[*captures, *sizes, *result_sizes],
        result_types=[*map(type_of, wave.outs)],
        properties=segments_property(len(captures), len(sizes), len(result_sizes)),
        regions=[region],
    )
