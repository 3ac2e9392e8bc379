"""Rules of `stream.resource.*`, `stream.file.*`, `stream.channel.*`. # IREE: StreamOpFolders.cpp."""

from __future__ import annotations

from typing import Any

from xdsl.dialects.builtin import ArrayAttr, IndexType, IntegerAttr, UnrealizedConversionCastOp
from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.values import find_size_value
from iree_explorer.dialects.arith.comparisons import SelectOp
from iree_explorer.dialects.arith.integers import AddIOp
from iree_explorer.dialects.stream.device_ops import ChannelCreateOp
from iree_explorer.dialects.stream.packing_ops import ResourcePackOp
from iree_explorer.dialects.stream.resource_ops import (
    ResourceDeallocaOp,
    ResourceLoadOp,
    ResourceSizeOp,
    ResourceStoreOp,
    ResourceSubviewOp,
    ResourceTransientsOp,
)
from iree_explorer.dialects.stream.timepoint_ops import TimepointJoinOp
from iree_explorer.dialects.stream.types import ResourceType, TimepointType
from iree_explorer.ir.operands import segments_property
from iree_explorer.passes.canonicalize.building import affinity_of, before, select
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import is_zero
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.stream.common import (
    ELIDE_UNUSED_OP,
    elide_immediate_timepoint_wait,
    immediate_timepoint,
)
from iree_explorer.passes.canonicalize.stream.subviews import add, find_subview, fold_subview, subview

# --- stream.resource.alloca, dealloca ---


@pattern("ElideUnusedAllocaOp")
def _elide_unused_alloca_op(op: Any, rewriter: Rewriter) -> bool:
    """Drops an allocation that nothing uses; who waits for it, waits for what it waits for."""
    if op.result.first_use is not None:
        return False
    rewriter.replace_all_uses_with(op.result_timepoint, _awaited(op, rewriter))
    rewriter.erase_op(op)
    return True


@pattern("ElideAllocaDeallocaOp")
def _elide_alloca_dealloca_op(op: Any, rewriter: Rewriter) -> bool:
    """Drops an allocation that is only given back."""
    dealloca = op.result.get_user_of_unique_use()
    if not isinstance(dealloca, ResourceDeallocaOp):
        return False
    rewriter.replace_all_uses_with(op.result_timepoint, _awaited(op, rewriter))
    rewriter.replace_all_uses_with(dealloca.result_timepoint, _awaited(dealloca, rewriter))
    rewriter.erase_op(dealloca)
    rewriter.erase_op(op)
    return True


def _awaited(op: Any, rewriter: Rewriter) -> SSAValue:
    return op.await_timepoint if op.await_timepoint is not None else immediate_timepoint(rewriter)


@pattern("BatchAllocaOps")
def _batch_alloca_ops(op: Any, rewriter: Rewriter) -> bool:
    """Has allocations (or deallocations) that wait for each other in a chain wait for the first one's timepoint."""
    chain: list[Any] = [op]
    while type(user := chain[-1].result_timepoint.get_user_of_unique_use()) is type(op):
        chain.append(user)
    if len(chain) == 1:
        return False
    last = chain[-1]
    rewriter.set_insertion_point_after(last)
    timepoints = [each.result_timepoint for each in chain]
    joined = rewriter.insert(TimepointJoinOp.create(operands=timepoints, result_types=[TimepointType()]))
    awaited = op.await_timepoint
    for each in chain:
        rewriter.assign(each, await_timepoint=awaited)
    rewriter.replace_all_uses_with(last.result_timepoint, joined.results[0], spared=joined)
    return True


# --- stream.resource.size ---


def _fold_size(op: ResourceSizeOp) -> Folded | None:
    """The size that the resource is known to have."""
    size = find_size_value(op.operands[0], before(op))
    return None if size is None or size is op.results[0] else (size,)


@pattern("SelectResourceSizeOp")
def _select_resource_size_op(op: ResourceSizeOp, rewriter: Rewriter) -> bool:
    """The size of one of two resources is one of their sizes."""
    choice = definition(op.operands[0])
    if not isinstance(choice, SelectOp):
        return False
    sizes = [
        rewriter.insert_or_fold(
            ResourceSizeOp.create(operands=[value], result_types=[IndexType()], properties=affinity_of(op))
        )
        for value in (choice.true_value, choice.false_value)
    ]
    rewriter.replace_op_with(op, select(choice.condition, *sizes))
    return True


# --- stream.resource.load, store ---


@pattern("FoldSubviewIntoLoadOp")
def _fold_subview_into_load_op(op: ResourceLoadOp, rewriter: Rewriter) -> bool:
    """Loads from the whole resource."""
    return fold_subview(op, 0, rewriter)


@pattern("FoldSubviewIntoStoreOp")
def _fold_subview_into_store_op(op: ResourceStoreOp, rewriter: Rewriter) -> bool:
    """Stores into the whole resource."""
    return fold_subview(op, 0, rewriter)


# --- stream.resource.pack ---


def _fold_pack(op: ResourcePackOp) -> Folded | None:
    """Nothing to pack takes no room; one slice is at the start."""
    zero = IntegerAttr(0, IndexType())
    if len(op.packed_offsets) == 0:
        return (zero,)
    if len(op.packed_offsets) == 1:
        return (op.dynamic_slice_sizes[0], zero if op.offset is None else op.offset)
    return None


@pattern("PropagateResourcePackBaseOffset")
def _propagate_resource_pack_base_offset(op: ResourcePackOp, rewriter: Rewriter) -> bool:
    """Adds the base offset to the packed ones."""
    base = op.offset
    if base is None:
        return False
    rewriter.assign(op, offset=None)
    if is_zero(base):
        return True
    rewriter.set_insertion_point_after(op)
    for offset in op.packed_offsets:
        total = rewriter.insert(AddIOp(base, offset))
        rewriter.replace_all_uses_with(offset, total.results[0], spared=total)
    return True


@pattern("CanonicalizeResourcePackIntervals")
def _canonicalize_resource_pack_intervals(op: ResourcePackOp, rewriter: Rewriter) -> bool:
    """Sorts the slices by lifetime."""
    bounds = [each.value.data for each in op.lifetime_intervals]
    intervals = list(zip(bounds[::2], bounds[1::2], strict=True))
    order = sorted(range(len(intervals)), key=lambda n: intervals[n])
    if order == list(range(len(order))):
        return False
    sizes = [op.dynamic_slice_sizes[n] for n in order]
    offset = [] if op.offset is None else [op.offset]
    bound = [IntegerAttr(value, IndexType()) for n in order for value in intervals[n]]
    new = ResourcePackOp.create(
        operands=[*offset, *sizes],
        result_types=[result.type for result in op.results],
        properties={
            **affinity_of(op),
            "lifetime_intervals": ArrayAttr(bound),
            **segments_property(len(offset), len(sizes)),
        },
    )
    rewriter.insert(new)
    replaced = [op.results[0], *(op.packed_offsets[n] for n in order)]
    rewriter.replace_all_uses(list(zip(replaced, new.results, strict=True)))
    rewriter.erase_op(op)
    return True


# --- stream.resource.subview ---


def _fold_subview_of_all(op: ResourceSubviewOp) -> Folded | None:
    """A subview of all is all."""
    return (op.source,) if op.source_size is op.result_size else None


@pattern("FoldResourceSubviewOps")
def _fold_resource_subview_ops(op: ResourceSubviewOp, rewriter: Rewriter) -> bool:
    """Takes a subview of a subview from the whole resource."""
    parent = find_subview(op.source)
    if parent is None:
        return False
    offset = add(rewriter, parent.source_offset, op.source_offset)
    rewriter.replace_op_with(op, subview(parent.source, parent.source_size, offset, op.result_size))
    return True


@pattern("SinkSubviewAcrossSelectOps", root="arith.select")
def _sink_subview_across_select_ops(op: SelectOp, rewriter: Rewriter) -> bool:
    """Takes one subview at one of two offsets, in the place of one of two subviews."""
    a, b = definition(op.true_value), definition(op.false_value)
    if not isinstance(a, ResourceSubviewOp) or not isinstance(b, ResourceSubviewOp):
        return False
    if a.source is not b.source or a.result_size is not b.result_size:
        return False
    offset = rewriter.insert(select(op.condition, a.source_offset, b.source_offset)).result
    rewriter.replace_op_with(op, subview(a.source, a.source_size, offset, a.result_size))
    return True


# --- stream.resource.transients ---


@pattern("FoldConsecutiveResourceTransientsOps")
def _fold_consecutive_resource_transients_ops(op: ResourceTransientsOp, rewriter: Rewriter) -> bool:
    """The last storage that is named for transients is the one that counts."""
    source = definition(op.resource)
    if not isinstance(source, ResourceTransientsOp):
        return False
    rewriter.assign(op, resource=source.resource, resource_size=source.resource_size)
    return True


# --- stream.channel.* ---


def _fold_channel_rank(op: Operation) -> Folded | None:
    """The rank that the channel is made with."""
    create = definition(op.operands[0])
    return (create.rank,) if isinstance(create, ChannelCreateOp) and create.rank is not None else None


def _fold_channel_count(op: Operation) -> Folded | None:
    """The count that the channel is made with."""
    create = definition(op.operands[0])
    return (create.count,) if isinstance(create, ChannelCreateOp) and create.count is not None else None


# --- casts of resources ---


@pattern("StripResourceConversionCastPattern", root="builtin.unrealized_conversion_cast")
def _strip_resource_conversion_cast_pattern(op: UnrealizedConversionCastOp, rewriter: Rewriter) -> bool:
    """Undoes a cast of a resource and its size to a resource."""
    result = op.results[0]
    if not isinstance(result.type, ResourceType) or len(op.operands) != 2:
        return False
    resource, size = op.operands
    for use in tuple(result.uses):
        user = use.operation
        if isinstance(user, ResourceSizeOp):
            rewriter.replace_op(user, (size,))
        else:
            rewriter.set_operand(user, use.index, resource)
    rewriter.erase_op(op)
    return True


RULES = (
    OpRules("stream.*", (_strip_resource_conversion_cast_pattern,)),
    OpRules(
        "stream.resource.alloca",
        (_elide_unused_alloca_op, _elide_alloca_dealloca_op, _batch_alloca_ops, elide_immediate_timepoint_wait),
    ),
    OpRules("stream.resource.dealloca", (_batch_alloca_ops, elide_immediate_timepoint_wait)),
    OpRules("stream.resource.size", (_select_resource_size_op,), _fold_size),
    OpRules("stream.resource.try_map", (ELIDE_UNUSED_OP,)),
    OpRules("stream.resource.load", (_fold_subview_into_load_op, ELIDE_UNUSED_OP)),
    OpRules("stream.resource.store", (_fold_subview_into_store_op,)),
    OpRules(
        "stream.resource.pack",
        (_propagate_resource_pack_base_offset, _canonicalize_resource_pack_intervals),
        _fold_pack,
    ),
    OpRules(
        "stream.resource.subview", (_fold_resource_subview_ops, _sink_subview_across_select_ops), _fold_subview_of_all
    ),
    OpRules("stream.resource.transients", (_fold_consecutive_resource_transients_ops,)),
    OpRules("stream.file.read", (ELIDE_UNUSED_OP,)),
    OpRules("stream.file.write", (ELIDE_UNUSED_OP,)),
    OpRules("stream.channel.create", (ELIDE_UNUSED_OP,)),
    OpRules("stream.channel.split", (ELIDE_UNUSED_OP,)),
    OpRules("stream.channel.rank", fold=_fold_channel_rank),
    OpRules("stream.channel.count", fold=_fold_channel_count),
)
