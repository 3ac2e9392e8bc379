"""Rules of `stream.timepoint.*`. # IREE: StreamOpFolders.cpp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cmp_to_key

from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.dominance import value_dominates
from iree_explorer.dialects.stream.resource_ops import ResourceSubviewOp
from iree_explorer.dialects.stream.timepoint_ops import (
    TimepointAwaitOp,
    TimepointBarrierOp,
    TimepointChainExternalOp,
    TimepointExportOp,
    TimepointImmediateOp,
    TimepointImportOp,
    TimepointJoinOp,
)
from iree_explorer.ir.operands import segments_property
from iree_explorer.ir.storage import are_distinct, operands_of, users_of
from iree_explorer.passes.canonicalize.facts.constants import is_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.memory import allocates
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import has_uses, turn_uses
from iree_explorer.passes.canonicalize.stream.await_runs import run_above, uses_turned
from iree_explorer.passes.canonicalize.stream.common import can_stably_sink, first_to_need, immediate_timepoint
from iree_explorer.passes.canonicalize.stream.subviews import subview

# --- stream.timepoint.export, chain_external ---


def _fold_export(op: TimepointExportOp) -> Folded | None:
    """An export of what was imported is what was imported, where the types are the same."""
    source = definition(op.await_timepoint)
    if isinstance(source, TimepointImportOp) and source.operand_types == op.result_types:
        return tuple(source.operands)
    return None


@pattern("PassThroughChainExternal")
def _pass_through_chain_external(op: TimepointChainExternalOp, rewriter: Rewriter) -> bool:
    """Uses the imported fence in the place of a fresh one that would only be signalled with it."""
    source = definition(op.await_timepoint)
    if not isinstance(source, TimepointImportOp):
        return False
    pairs = list(zip(op.external_values, source.operands, strict=False))
    if any(old.type != new.type for old, new in pairs) or not all(_is_allocated_here(old) for old, _ in pairs):
        return False
    rewriter.replace_all_uses(pairs)
    rewriter.erase_op(op)
    return True


def _is_allocated_here(value: SSAValue) -> bool:
    op = definition(value)
    return op is not None and allocates(op)


# --- stream.timepoint.join ---


def _fold_join(op: TimepointJoinOp) -> Folded | None:
    """A join of reached timepoints is reached; a join of one is that one."""
    timepoints = operands_of(op)
    if all(map(is_constant, timepoints)):
        return (op.results[0].type,)
    return timepoints if len(timepoints) == 1 else None


@pattern("ElideImmediateTimepointJoinOperands", is_near=True)
def _elide_immediate_timepoint_join_operands(op: TimepointJoinOp, rewriter: Rewriter) -> bool:
    """Drops timepoints that are reached from the start."""
    timepoints = operands_of(op)
    if TimepointImmediateOp not in map(type, map(definition, timepoints)):
        return False
    kept = [value for value in timepoints if type(definition(value)) is not TimepointImmediateOp]
    if kept:
        rewriter.assign(op, await_timepoints=kept)
    else:
        rewriter.replace_op(op, (immediate_timepoint(rewriter),))
    return True


@pattern("FoldDuplicateTimepointJoinOperands", is_near=True)
def _fold_duplicate_timepoint_join_operands(op: TimepointJoinOp, rewriter: Rewriter) -> bool:
    """Waits for each timepoint once."""
    timepoints = operands_of(op)
    if are_distinct(timepoints):
        return False
    rewriter.assign(op, await_timepoints=[*dict.fromkeys(timepoints)])
    return True


@pattern("ExpandTimepointJoinOperands", is_near=True)
def _expand_timepoint_join_operands(op: TimepointJoinOp, rewriter: Rewriter) -> bool:
    """Takes in the timepoints of joins that are joined."""
    timepoints = operands_of(op)
    if TimepointJoinOp not in map(type, map(definition, timepoints)):
        return False
    expanded = None if rewriter.counts_rewrites else _all_behind(op)
    rewriter.assign(op, await_timepoints=_right_behind(timepoints) if expanded is None else expanded)
    return True


def _right_behind(timepoints: Iterable[SSAValue]) -> list[SSAValue]:
    """The timepoints, each once, with those that a join is of in its place."""
    found: dict[SSAValue, None] = {}
    for timepoint in timepoints:
        source = definition(timepoint)
        found.update(dict.fromkeys(operands_of(source) if type(source) is TimepointJoinOp else (timepoint,)))
    return list(found)


def _all_behind(op: TimepointJoinOp) -> list[SSAValue] | None:
    """What is left once joins of joins are taken in, too: nothing but visits to `op` would come in between.

    Of a chain of n joins each visit takes in one more, and the last has n operands by then.

    Returns:
        None: another rule would apply before that, as some timepoint is reached already, or a join is of one timepoint only.
    """
    found: dict[SSAValue, None] = {}
    joins: set[Operation] = set()
    left = [*reversed(operands_of(op))]
    while left:
        timepoint = left.pop()
        source = definition(timepoint)
        if source is op or type(source) is TimepointImmediateOp:
            return None
        if type(source) is not TimepointJoinOp:
            found[timepoint] = None
        elif source not in joins:
            joins.add(source)
            behind = operands_of(source)
            if len(set(behind)) < 2:
                return None
            left += reversed(behind)
    return list(found)


# --- stream.timepoint.barrier ---


@pattern("ElideImmediateBarrier")
def _elide_immediate_barrier(op: TimepointBarrierOp, rewriter: Rewriter) -> bool:
    """Drops the barrier on a resource that is there from the start."""
    source = definition(op.resource)
    if source is None or source.name not in ("stream.resource.alloc", "stream.tensor.import"):
        return False
    rewriter.replace_op(op, (op.resource, immediate_timepoint(rewriter)))
    return True


@pattern("ChainTimepoints")
def _chain_timepoints(op: TimepointBarrierOp, rewriter: Rewriter) -> bool:
    """Passes on the timepoint that the host waited for right before the barrier."""
    # IREE looks for a wait further up, too, but then does nothing with what it finds there.
    awaiting = definition(op.resource)
    if not isinstance(awaiting, TimepointAwaitOp) or awaiting.sync is not None:
        return False
    source = awaiting.tied_operand_of(op.resource)
    assert source is not None
    rewriter.replace_op(op, (source, awaiting.await_timepoint))
    return True


# --- stream.timepoint.await ---


def _fold_await(op: TimepointAwaitOp) -> Folded | None:
    """Waiting for a reached timepoint gives the resources as they are."""
    return tuple(op.resource_operands) if is_constant(op.await_timepoint) else None


@pattern("ElideImmediateHostAwaits")
def _elide_immediate_host_awaits(op: TimepointAwaitOp, rewriter: Rewriter) -> bool:
    """Drops the wait for a timepoint that is reached from the start."""
    if not isinstance(definition(op.await_timepoint), TimepointImmediateOp):
        return False
    rewriter.replace_op(op, tuple(op.resource_operands))
    return True


@pattern("SinkAwaitToFirstConsumer", is_plain=True)
def _sink_await_to_first_consumer(op: TimepointAwaitOp, rewriter: Rewriter) -> bool:
    """Waits right before the first use of any of the resources, or where all ways to uses begin."""
    if op.sync is not None:
        return False
    users = _users_beside(op)
    if not users:
        return False
    target = first_to_need(users, rewriter)
    if target is None or not can_stably_sink(op, target):
        return False
    rewriter.move_before(op, target)
    rewriter.modified(op)
    return True


def _users_beside(op: Operation) -> list[Operation]:
    """The users of the results, each once; of one that is nested deeper, the op around it that is beside `op`."""
    parent = op.parent_op()
    users: dict[Operation, None] = {}
    for result in op.results:
        for user in users_of(result):
            beside: Operation | None = user
            while beside is not None and beside.parent_op() is not parent:
                beside = beside.parent_op()
            if beside is not None:
                users[beside] = None
    return list(users)


@pattern("SinkSubviewsAcrossAwaits")
def _sink_subviews_across_awaits(op: TimepointAwaitOp, rewriter: Rewriter) -> bool:
    """Waits for whole resources and takes subviews of them afterwards, so that users can fold the ranges."""
    rewriter.set_insertion_point_after(op)
    changed = False
    for number, (resource, result) in enumerate(zip(op.resource_operands, op.results, strict=True)):
        view = definition(resource)
        if not isinstance(view, ResourceSubviewOp):
            continue
        changed = True
        copy = subview(result, view.source_size, view.source_offset, view.result_size)
        rewriter.insert(copy)
        rewriter.replace_all_uses_with(result, copy.results[0], spared=copy)
        sizes = len(op.resource_operands) + number
        rewriter.set_operands(op, {sizes: view.source_size, number: view.source})
    return changed


@pattern("GroupAwaitsByTimepoint")
def _group_awaits_by_timepoint(op: TimepointAwaitOp, rewriter: Rewriter) -> bool:
    """Waits once for all resources of a timepoint that are waited for after this op in its block.

    IREE visits ops from the last to the first, so this merges later waits into an earlier one.
    """
    covered = [other for other in users_of(op.await_timepoint) if _can_merge_await(other, op, rewriter)]
    if not covered:
        return False
    awaits = [each for each in (*covered, op) if isinstance(each, TimepointAwaitOp)]
    awaits.sort(key=cmp_to_key(lambda a, b: -1 if rewriter.order.is_before(a, b) else 1))
    if run := run_above(awaits, rewriter):
        rewriter.set_insertion_point(run[-1])
        for each in uses_turned(run, awaits):
            for result in each.results:
                turn_uses(result)
        awaits = [*reversed(run), *awaits]
    _merge_awaits(awaits, op.await_timepoint, rewriter)
    return True


def _merge_awaits(awaits: Sequence[TimepointAwaitOp], timepoint: SSAValue, rewriter: Rewriter) -> None:
    merged = _await(
        [resource for each in awaits for resource in each.resource_operands],
        [size for each in awaits for size in each.resource_operand_sizes],
        timepoint,
    )
    rewriter.insert(merged)
    number = 0
    for each in awaits:
        count = len(each.results)
        rewriter.replace_op(each, merged.results[number : number + count])
        number += count


def _can_merge_await(other: Operation, op: TimepointAwaitOp, rewriter: Rewriter) -> bool:
    return (
        isinstance(other, TimepointAwaitOp)
        and other is not op
        and other.parent is op.parent
        and other.sync is None
        and not rewriter.order.is_before(other, op)
        and all(value_dominates(operand, op, rewriter.order) for operand in other.operands)
    )


@pattern("FoldDuplicateAwaitResources")
def _fold_duplicate_await_resources(op: TimepointAwaitOp, rewriter: Rewriter) -> bool:
    """Waits for each resource once."""
    sizes: dict[SSAValue, SSAValue] = {}
    for resource, size in zip(op.resource_operands, op.resource_operand_sizes, strict=True):
        sizes.setdefault(resource, size)
    if len(sizes) == len(op.resource_operands):
        return False
    new = _await(list(sizes), list(sizes.values()), op.await_timepoint)
    if op.sync is not None:
        new.properties["sync"] = UnitAttr()
    results = dict(zip(sizes, rewriter.insert(new).results, strict=True))
    rewriter.replace_op(op, [results[resource] for resource in op.resource_operands])
    return True


@pattern("ElideUnusedTimepointAwait")
def _elide_unused_timepoint_await(op: TimepointAwaitOp, rewriter: Rewriter) -> bool:
    """Drops a wait for resources that nothing uses."""
    if has_uses(op) or op.sync is not None:
        return False
    rewriter.erase_op(op)
    return True


def _await(resources: list[SSAValue], sizes: list[SSAValue], timepoint: SSAValue) -> TimepointAwaitOp:
    return TimepointAwaitOp.create(
        operands=[*resources, *sizes, timepoint],
        result_types=[resource.type for resource in resources],
        properties=segments_property(len(resources), len(sizes), 1),
    )


RULES = (
    OpRules("stream.timepoint.export", fold=_fold_export),
    OpRules("stream.timepoint.chain_external", (_pass_through_chain_external,)),
    OpRules(
        "stream.timepoint.join",
        (
            _elide_immediate_timepoint_join_operands,
            _fold_duplicate_timepoint_join_operands,
            _expand_timepoint_join_operands,
        ),
        _fold_join,
    ),
    OpRules("stream.timepoint.barrier", (_elide_immediate_barrier, _chain_timepoints)),
    OpRules(
        "stream.timepoint.await",
        (
            _elide_immediate_host_awaits,
            _sink_await_to_first_consumer,
            _sink_subviews_across_awaits,
            _group_awaits_by_timepoint,
            _fold_duplicate_await_resources,
            _elide_unused_timepoint_await,
        ),
        _fold_await,
    ),
)
