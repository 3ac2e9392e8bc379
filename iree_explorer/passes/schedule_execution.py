"""`iree-stream-schedule-execution`: puts streamable ops into execution regions.

Before: streamable ops stand between host ops. After: each is in a `stream.async.execute`, whose results are awaited
where the host or another region needs them; the function is clean (canonicalized), and barriers are gone.

# IREE: ScheduleExecution.cpp
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override
from xdsl.ir import Block, Operation, OpResult, Region, SSAValue
from xdsl.irdl import IRDLOperation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.analysis.dominance import blocks_in_dominance_order
from iree_explorer.analysis.op_facts import users_of_results
from iree_explorer.analysis.values import InsertionPoint
from iree_explorer.dialects.stream.async_ops import AsyncTransferOp
from iree_explorer.dialects.stream.region_ops import AsyncExecuteOp
from iree_explorer.dialects.stream.timepoint_ops import TimepointAwaitOp, TimepointImportOp, join_timepoints
from iree_explorer.dialects.stream.types import TimepointType
from iree_explorer.errors import PassError
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    StreamableOpInterface,
    TimelineAwareOpInterface,
    TimelineOpInterface,
    implements,
    is_size_aware,
)
from iree_explorer.ir.interfaces.control_flow import RegionBranchOpInterface
from iree_explorer.ir.operands import segments_property
from iree_explorer.ir.storage import blocks_of, make_op, ops_of, type_of, users_of
from iree_explorer.partitioning.partition import Partition, Violation
from iree_explorer.passes.canonicalize import Pattern, canonicalize, pattern
from iree_explorer.passes.conflicts import Conflicts, Work, timed_work
from iree_explorer.passes.handovers import Handovers
from iree_explorer.passes.operation_pass import PassRun
from iree_explorer.passes.outline import Outline, Outliner, Place, last_of
from iree_explorer.passes.partition_block import PartitionRun, SchedulingPass

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness
    from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter

_TIMEPOINT = TimepointType()


@dataclass(frozen=True)
class ScheduleExecutionPass(SchedulingPass):
    """Divides each block of a function, and of the region ops in it, into execution regions."""

    name = "iree-stream-schedule-execution"
    class_name = "ScheduleExecutionPass"
    scope = "execution"

    @override
    def schedule(self, function: Operation, body: Region, run: PassRun) -> None:
        run.moment("before", function)
        partition_run = self.partition_run(function, function, run)
        scheduler = _Scheduler(function, partition_run)
        scheduler.process(body)
        run.moment("outlined", function)
        patterns = (_remove_barriers, *scheduler.handovers.patterns())
        _clean_up(function, patterns, run, is_mended=not partition_run.is_reference)
        run.moment("cleaned", function)


def _clean_up(op: Operation, patterns: Sequence[Pattern], run: PassRun, *, is_mended: bool) -> None:
    is_done = canonicalize(
        op,
        extra_patterns=patterns,
        witness=run.witness,
        made=run.made,
        origins=run.origins,
        is_mended=is_mended,
    )
    if not is_done:
        # The compiler fails with no message of its own here.
        raise PassError("the clean-up after scheduling does not come to an end", run.module.location_of(op))


@pattern("RemoveBarriers", root="stream.async.barrier")
def _remove_barriers(op: Operation, rewriter: Rewriter) -> bool:
    """A barrier was there for the partitioner only."""
    rewriter.replace_op(op, [op.operands[0]])
    return True


class _Scheduler:
    """Schedules the regions of one function.

    Attributes:
        handovers: what its regions hand to one another.
    """

    def __init__(self, function: Operation, run: PartitionRun) -> None:
        self.handovers = Handovers()
        self._function = function
        self._run = run
        self._orders = BlockOrders()
        self._conflicts = Conflicts()

    def process(self, region: Region) -> None:
        """All blocks of the region, then the regions nested in it.

        # IREE: ScheduleExecution.cpp, processRegion
        """
        for block in blocks_in_dominance_order(region):
            self._schedule(block)
        for block in blocks_in_dominance_order(region):
            for op in ops_of(block):
                for nested in _regions_to_schedule(op):
                    self.process(nested)

    def _schedule(self, block: Block) -> None:
        facts = BlockFacts(block)
        partitions = self._run.partition(facts)
        timed = [] if self._run.is_reference else [Work.of_op(op, facts.index) for op in facts.ops if timed_work(op)]
        if not partitions and not timed:
            return
        work = Outliner(facts, self._orders, _make_execute)
        self._run.pass_run.origins.append(work.origins)
        for partition in partitions:
            self._require_resources(partition)
            work.add_region(partition, last_of(partition.ops, facts.index))
        if not self._run.is_reference:
            self._order_conflicting(work, timed)
        work.fill(_adapt)
        may_hand_over = self._may_hand_over(block)
        if may_hand_over:
            self.handovers.begin(work.outlines)
        for outline in work.outlines:
            work.end_region(outline)
            if not (may_hand_over and self.handovers.add(outline, work.redirection)):
                self._await_results(work, outline)
        self._run.pass_run.made.extend(work.unsized)
        work.redirection.finish()
        witness = self._run.witness
        if witness is not None:
            work.record(witness, "execution")
        self._drop_dead(block)
        self._orders.forget_block(block)
        # IREE bug: what is stored to a global may pass calls and loads that stand below.
        if not work.sort(None if self._run.is_reference else ()):
            message = "failed to schedule execution partitions without cyclic dependencies"
            raise self._run.refusal(Violation("cycle", message, -1))

    def _may_hand_over(self, block: Block) -> bool:
        """Whether nobody sees what the clean-up starts with: no other block, whose refusal would number it, and no witness."""
        run = self._run
        return (
            run.is_reference
            and run.witness is None
            and blocks_of(self._function.regions[0]) == [block]
            and not any(_regions_to_schedule(op) for op in ops_of(block))
        )

    def _require_resources(self, partition: Partition) -> None:
        """Refuses results that no region can have, such as a `flow` op's tensors; the real tool crashes on them."""
        for value in partition.outs:
            if not is_size_aware(value.type) and isinstance(value, OpResult):
                name, ordinal = value.op.name, partition.ordinal
                message = f"'{name}' op result of type {value.type} cannot leave an execution region: it is no resource"
                raise self._run.refusal(Violation("result", message, ordinal, value.op, at_op=True))

    def _order_conflicting(self, work: Outliner, timed: Sequence[Work]) -> None:
        """Lets work wait for earlier work that uses storage which one of the two changes.

        # Differs: IREE has a region wait only for what makes what it takes in.
        """
        places, block = work.facts.index, work.facts.block
        regions = [Work.of_partition(outline.op, outline.partition, places) for outline in work.outlines]
        start = InsertionPoint(block, block.first_op, self._orders)
        for later, waits in self._conflicts.add_block(regions, timed, start):
            if waits:
                op = later.op
                assert isinstance(op, TimelineOpInterface)
                timepoints = [*op.await_timepoints, *(earlier.timepoint for earlier in waits)]
                op.set_await_timepoint(join_timepoints(timepoints, Place(block, op.prev_op).insert))

    def _await_results(self, work: Outliner, outline: Outline) -> None:
        """Waits for whatever goes out of a region right behind it."""
        op = outline.op
        assert isinstance(op, AsyncExecuteOp)
        place = Place(work.facts.block, op)
        sizes, done, properties = tuple(op.result_sizes), op.result_timepoint, segments_property(1, 1, 1)
        for old, new, size in zip(outline.partition.outs, op.results, sizes, strict=False):  # the timepoint comes last
            timepoint = _timepoint_of_consumer(old) or done
            wait = make_op(TimepointAwaitOp, [new, size, timepoint], [new.type], properties)
            place.insert(wait)
            work.awaits.append((wait, op))
            [waited_for] = wait.results
            work.redirection.redirect(old, waited_for, outline.body)

    def _drop_dead(self, block: Block) -> None:
        """Erases what is in regions now; what nested regions still use of it, they make anew.

        # IREE bug: a copied op that a partition without a copy of its own needs stays on the host.
        """
        staying = [op for op in ops_of(block) if isinstance(op, StreamableOpInterface)]
        for op in staying:
            if op.prefer_clone_to_consumers():
                self._rematerialize(op)
        for op in reversed(staying):
            if all(result.first_use is None for result in op.results):
                block.erase_op(op)

    def _rematerialize(self, op: Operation) -> None:
        """Each use in a nested region gets an op of its own at the start of its block."""
        witness = self._run.witness
        for result in op.results:
            for use in tuple(result.uses):
                nested = use.operation.parent
                if nested is op.parent or nested is None:
                    continue
                copy = op.clone()
                Place(nested, None).insert(copy)
                use.operation.operands[use.index] = copy.results[result.index]
                if witness is not None:
                    _record_copy(witness, op, copy, nested)


def _regions_to_schedule(op: Operation) -> list[Region]:
    """The regions of an op that are scheduled after the block around it."""
    if not op.regions or not implements(op, RegionBranchOpInterface):
        return []
    if isinstance(op, StreamableOpInterface | AsyncExecuteOp):
        return []
    return [region for region in op.regions if region.first_block is not None]


def _record_copy(witness: Witness, op: Operation, copy: Operation, block: Block) -> None:
    from iree_explorer.partitioning.trace.steps import Rematerialized

    around = block.parent_op()
    assert around is not None
    number = witness.ids.copied(copy, op)
    witness.record(Rematerialized(witness.ids.of(op), number, witness.ids.of(around)))


def _make_execute(
    partition: Partition,
    place: Place,
    captures: list[SSAValue],
    sizes: list[SSAValue],
    result_sizes: list[SSAValue],
    region: Region,
) -> IRDLOperation:
    """An execution region that waits for whatever its ops wait for."""
    timed = (op for op in partition.ops if implements(op, TimelineOpInterface))
    awaited = join_timepoints([timepoint for op in timed for timepoint in op.await_timepoints], place.insert)
    waits = [] if awaited is None else [awaited]
    properties = segments_property(len(captures), len(sizes), len(result_sizes), len(waits))
    if partition.affinity is not None:
        properties["affinity"] = partition.affinity
    return make_op(
        AsyncExecuteOp,
        operands=[*captures, *sizes, *result_sizes, *waits],
        result_types=[*map(type_of, partition.outs), _TIMEPOINT],
        properties=properties,
        regions=[region],
    )


def _adapt(op: Operation, partition: Partition) -> None:
    """Inside a region an op need not repeat where it runs, nor wait for what the region waits for.

    # IREE: ScheduleExecution.cpp, ExecutePartitionBuilder::visit
    """
    affinity = partition.affinity
    if affinity is None:
        pass
    elif type(op) is AsyncTransferOp:
        for name in ("execution_affinity", "source_affinity", "target_affinity"):
            if op.properties.get(name) == affinity:
                del op.properties[name]
    elif implements(op, AffinityOpInterface):
        own = op.affinity_attr
        if own is affinity or own == affinity:
            op.affinity_attr = None
    if implements(op, TimelineOpInterface) and op.await_timepoints:
        op.set_await_timepoint(None)


def _timepoint_of_consumer(value: SSAValue) -> SSAValue | None:
    """When a user of `value` that takes part in the timeline by fences is done: then nobody else must wait for it.

    # IREE: ScheduleExecution.cpp, tryGetConsumerTimepoint
    """
    users = users_of(value)
    users += [user for export in users if export.name == "stream.tensor.export" for user in users_of_results(export)]
    for user in users:
        if implements(user, TimelineAwareOpInterface) and user.participates_in_timeline():
            fence = user.signal_fence()
            if fence is not None and user.parent is not None:
                imported = TimepointImportOp.create(operands=[fence], result_types=[_TIMEPOINT])
                Place(user.parent, user).insert(imported)
                return imported.results[0]
    return None
