"""Rules of `stream.async.*` outside of regions. # IREE: StreamOpFolders.cpp."""

from __future__ import annotations

from xdsl.dialects.builtin import ComplexType, DenseIntOrFPElementsAttr
from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.values import first_name, is_usable_at, is_written_somewhere
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.arith.integers import AddIOp
from iree_explorer.dialects.stream.async_access_ops import AsyncCastOp
from iree_explorer.dialects.stream.async_ops import (
    AsyncCloneOp,
    AsyncConstantOp,
    AsyncSliceOp,
    AsyncSplatOp,
    AsyncTransferOp,
)
from iree_explorer.dialects.stream.async_update_ops import AsyncCopyOp, AsyncFillOp, AsyncUpdateOp
from iree_explorer.dialects.stream.types import Lifetime, ResourceType
from iree_explorer.ir.interfaces import AsyncAccessOpInterface, TiedOpInterface, tied_base_value
from iree_explorer.ir.storage import users_of
from iree_explorer.passes.canonicalize.building import affinity_of, before
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.memory import may_write
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands
from iree_explorer.passes.canonicalize.stream.common import (
    ELIDE_UNUSED_OP,
    first_to_need,
    narrow_fill_pattern,
    propagate_cloneable_ops,
    sink,
    transfer,
)
from iree_explorer.syntax.dense import is_splat

# --- stream.async.alloca, constant, splat ---


@pattern("SinkAllocaLikeOpToConsumers")
def _sink_alloca_like_op_to_consumers(op: Operation, rewriter: Rewriter) -> bool:
    """Allocates right before the first use, or where all ways to uses begin."""
    users = users_of(op.results[0])
    if not users:
        return False
    target = first_to_need(users, rewriter)
    return target is not None and sink(rewriter, op, target)


@pattern("ConvertSplatConstantsIntoSplats")
def _convert_splat_constants_into_splats(op: AsyncConstantOp, rewriter: Rewriter) -> bool:
    """Fills with one element where all elements are the same."""
    value = op.value
    if not isinstance(value, DenseIntOrFPElementsAttr) or not is_splat(value):
        return False
    if isinstance(value.get_element_type(), ComplexType):
        return False  # differs: there is no constant of a complex number alone, and the real tool crashes
    element = rewriter.insert(ConstantOp(value.get_attrs()[0]))
    awaited = [] if op.await_timepoint is None else [op.await_timepoint]
    splat = AsyncSplatOp.build(
        operands=[awaited, element.result, op.result_size],
        result_types=[op.result.type],
        properties=affinity_of(op),
    )
    rewriter.replace_op_with(op, splat)
    return True


# --- stream.async.slice ---


def _fold_slice(op: AsyncSliceOp) -> Folded | None:
    """A slice of all is all."""
    return (op.source,) if op.source_size is op.result_size else None


def _fold_slice_mended(op: AsyncSliceOp) -> Folded | None:
    """As `_fold_slice`, unless the source or the slice is changed in place somewhere."""
    return None if _shows_changes(op.source, op.result) else _fold_slice(op)


@pattern("PropagateSplatsThroughSlices")
def _propagate_splats_through_slices(op: AsyncSliceOp, rewriter: Rewriter) -> bool:
    """A slice of a splat is a smaller splat."""
    splat = definition(op.source)
    if not isinstance(splat, AsyncSplatOp):
        return False
    awaited = [] if splat.await_timepoint is None else [splat.await_timepoint]
    smaller = AsyncSplatOp.build(
        operands=[awaited, splat.value, op.result_size], result_types=[op.result.type], properties=affinity_of(op)
    )
    rewriter.replace_op_with(op, smaller)
    return True


# --- stream.async.fill ---


@pattern("FlattenFullFillToSplat")
def _flatten_full_fill_to_splat(op: AsyncFillOp, rewriter: Rewriter) -> bool:
    """A fill of all of a local resource needs none of its contents: it is a splat."""
    if op.target_length is not op.target_size or definition(op.target) is None:
        return False
    if tied_base_value(op.target) is not op.target:
        return False
    splat = AsyncSplatOp.build(
        operands=[[], op.value, op.target_size], result_types=[op.result.type], properties=affinity_of(op)
    )
    rewriter.replace_op_with(op, splat)
    return True


@pattern("ElideRedundantFill")
def _elide_redundant_fill(op: AsyncFillOp, rewriter: Rewriter) -> bool:
    """Drops the fill of a splat with the same value."""
    splat = definition(op.target)
    if not isinstance(splat, AsyncSplatOp) or splat.value is not op.value:
        return False
    rewriter.replace_op(op, splat.results)
    return True


def _coalesce_mended(op: AsyncFillOp, rewriter: Rewriter) -> bool:
    """As the pattern, but both fills together begin where the first of them in memory does."""
    return _coalesce(op, rewriter, is_mended=True)


@pattern("CoalesceAdjacentFills", mended=_coalesce_mended)
def _coalesce_adjacent_fills(op: AsyncFillOp, rewriter: Rewriter) -> bool:
    """Fills two adjacent ranges with one value at once."""
    return _coalesce(op, rewriter, is_mended=False)


def _coalesce(op: AsyncFillOp, rewriter: Rewriter, *, is_mended: bool) -> bool:
    source = definition(op.target)
    if not isinstance(source, AsyncFillOp) or not source.result.has_one_use() or source.value is not op.value:
        return False
    follows = source.target_end is op.target_offset
    if not follows and source.target_offset is not op.target_end:
        return False
    place = before(source)
    if not is_usable_at(op.target_offset, place) or not is_usable_at(op.target_length, place):
        return False
    rewriter.set_insertion_point(source)
    if follows:
        offset = source.target_offset
        end = rewriter.insert_or_fold(AddIOp(source.target_end, op.target_length))
        length = rewriter.insert_or_fold(AddIOp(source.target_length, op.target_length))
    else:
        # IREE bug: the offset of the second range is its own, not the sum of both.
        both = AddIOp(op.target_offset, source.target_offset)
        offset = op.target_offset if is_mended else rewriter.insert_or_fold(both)
        end = source.target_end
        length = rewriter.insert_or_fold(AddIOp(op.target_length, source.target_length))
    set_operands(source, {2: offset, 3: end, 4: length})
    rewriter.modified(op)
    rewriter.replace_op(op, source.results)
    return True


# --- stream.async.update, copy ---


def _fold_update(op: AsyncUpdateOp) -> Folded | None:
    """An update of all of a local resource is what it is updated with; one with itself is nothing."""
    if op.update_size is not op.target_size:
        return None
    if op.update.type == op.result.type and _has_value_semantics(op.target):
        return (op.update,)
    return (op.target,) if op.update is op.target else None


def _fold_update_mended(op: AsyncUpdateOp) -> Folded | None:
    """As `_fold_update`, unless what it is updated with, or the copy of that, is changed in place somewhere."""
    # IREE bug: the copy becomes another name of what it is of, which later changes show through.
    return None if op.update is not op.target and _shows_changes(op.update, op.result) else _fold_update(op)


def _shows_changes(source: SSAValue, copy: SSAValue) -> bool:
    return is_written_somewhere(first_name(source)) or is_written_somewhere(copy)


def _has_value_semantics(value: SSAValue) -> bool:
    """Whether `value` is made here, so that nobody else sees it change. # IREE: hasValueSemantics."""
    op = definition(value)
    if op is None or (isinstance(op, TiedOpInterface) and op.tied_operand_of(value) is not None):
        return False
    return op.name.startswith("stream.async.")


@pattern("ElideInPlaceUpdate")
def _elide_in_place_update(op: AsyncUpdateOp, rewriter: Rewriter) -> bool:
    """Drops an update of all of a resource with what is stored there already, if nobody writes it in between."""
    if op.update_size is not op.target_size or op.update.type != op.result.type:
        return False
    if tied_base_value(op.update) is not tied_base_value(op.target):
        return False
    if any(_may_write(user, op.update) for user in users_of(op.update)):
        return False
    rewriter.replace_op(op, (op.update,))
    return True


def _may_write(user: Operation, resource: SSAValue) -> bool:
    if isinstance(user, AsyncAccessOpInterface):
        return any(access.resource is resource and not access.is_read_only for access in user.access_ranges())
    return may_write(user)


@pattern("CombineSplatUpdateFromToFill")
def _combine_splat_update_from_to_fill(op: AsyncUpdateOp, rewriter: Rewriter) -> bool:
    """An update with a splat is a fill."""
    splat = definition(op.update)
    if not isinstance(splat, AsyncSplatOp):
        return False
    fill = AsyncFillOp.build(
        operands=[op.target, op.target_size, op.target_offset, op.target_end, op.update_size, splat.value],
        result_types=[op.result.type],
        properties=affinity_of(op),
    )
    rewriter.replace_op_with(op, fill)
    return True


def _combine_slice_mended(op: AsyncUpdateOp, rewriter: Rewriter) -> bool:
    """As the pattern, unless what the slice is of is changed in place somewhere."""
    # IREE bug: the copy reads where the update stands, by when the slice's source may have been changed.
    part = definition(op.update)
    is_changed = isinstance(part, AsyncSliceOp) and is_written_somewhere(first_name(part.source))
    return not is_changed and _combine_slice_update_from_to_copy.rewrite(op, rewriter)


@pattern("CombineSliceUpdateFromToCopy", mended=_combine_slice_mended)
def _combine_slice_update_from_to_copy(op: AsyncUpdateOp, rewriter: Rewriter) -> bool:
    """An update with a slice is a copy."""
    part = definition(op.update)
    if not isinstance(part, AsyncSliceOp) or part.parent is not op.parent:
        return False
    target = [op.target, op.target_size, op.target_offset, op.target_end]
    source = [part.source, part.source_size, part.source_offset, part.source_end]
    copy = AsyncCopyOp.build(
        operands=[*target, *source, part.result_size], result_types=[op.result.type], properties=affinity_of(op)
    )
    rewriter.replace_op_with(op, copy)
    return True


@pattern("AsyncCopyFullSourceToUpdate")
def _async_copy_full_source_to_update(op: AsyncCopyOp, rewriter: Rewriter) -> bool:
    """A copy of all of a resource is an update."""
    if op.source_end is not op.source_size or op.length is not op.source_size:
        return False
    update = AsyncUpdateOp.build(
        operands=[op.target, op.target_size, op.target_offset, op.target_end, op.source, op.source_size],
        result_types=[op.result.type],
        properties=affinity_of(op),
    )
    rewriter.replace_op_with(op, update)
    return True


# --- stream.async.transfer, cast ---


def _fold_transfer(op: AsyncTransferOp) -> Folded | None:
    """There and back again is where it was."""
    first = definition(op.source)
    if not isinstance(first, AsyncTransferOp) or op.execution_affinity or first.execution_affinity:
        return None
    back = first.source.type == op.result.type and first.source_affinity == op.target_affinity
    return (first.source,) if back else None


def _fold_transfer_mended(op: AsyncTransferOp) -> Folded | None:
    """As `_fold_transfer`, unless what was moved there, or what came back, is changed in place somewhere."""
    first = definition(op.source)
    is_changed = isinstance(first, AsyncTransferOp) and _shows_changes(first.source, op.result)
    return None if is_changed else _fold_transfer(op)


@pattern("SameAffinityTransferToClone")
def _same_affinity_transfer_to_clone(op: AsyncTransferOp, rewriter: Rewriter) -> bool:
    """A transfer that stays in place is a clone; staging resources can't be cloned."""
    if op.source_affinity != op.target_affinity or _is_staging(op.source) or _is_staging(op.result):
        return False
    clone = AsyncCloneOp.build(
        operands=[op.source, op.source_size, op.result_size],
        result_types=[op.result.type],
        properties={} if op.source_affinity is None else {"affinity": op.source_affinity},
    )
    rewriter.replace_op_with(op, clone)
    return True


def _is_staging(value: SSAValue) -> bool:
    return isinstance(value.type, ResourceType) and value.type.data is Lifetime.STAGING


def _first_transfer(op: AsyncTransferOp) -> AsyncTransferOp:
    """The start of the chain of transfers that ends with `op`."""
    while isinstance(previous := definition(op.source), AsyncTransferOp):
        op = previous
    return op


def _intermediate_transfer_mended(op: AsyncTransferOp, rewriter: Rewriter) -> bool:
    """As the pattern, unless what is transferred is changed in place somewhere."""
    # IREE bug: the transfer reads where the last one stood, by when the source of the first may have been changed.
    is_changed = is_written_somewhere(first_name(_first_transfer(op).source))
    return not is_changed and _intermediate_transfer_elision.rewrite(op, rewriter)


@pattern("IntermediateTransferElision", mended=_intermediate_transfer_mended)
def _intermediate_transfer_elision(op: AsyncTransferOp, rewriter: Rewriter) -> bool:
    """Transfers from the start of a chain of transfers to its end."""
    origin = _first_transfer(op)
    if origin is op:
        return False
    direct = transfer(
        origin.source,
        origin.source_size,
        op.result_size,
        op.result.type,
        source=origin.source_affinity,
        target=op.target_affinity,
        execution=op.execution_affinity,
    )
    rewriter.replace_op_with(op, direct)
    return True


def _fold_cast(op: AsyncCastOp) -> Folded | None:
    """A cast to the same type, or back, is none."""
    if op.source.type == op.result.type:
        return (op.source,)
    first = definition(op.source)
    if isinstance(first, AsyncCastOp) and first.source.type == op.result.type:
        return (first.source,)
    return None


@pattern("CollapseAsyncCastChain")
def _collapse_async_cast_chain(op: AsyncCastOp, rewriter: Rewriter) -> bool:
    """Casts to the last type of a chain at once."""
    first = definition(op.source)
    if not isinstance(first, AsyncCastOp) or first.source.type == op.result.type:
        return False
    direct = AsyncCastOp.build(
        operands=[first.source, first.source_size, first.source_size],
        result_types=[op.result.type],
        properties=affinity_of(op),
    )
    rewriter.replace_op_with(op, direct)
    return True


RULES = (
    OpRules("stream.async.alloca", (ELIDE_UNUSED_OP, _sink_alloca_like_op_to_consumers)),
    OpRules("stream.async.constant", (_convert_splat_constants_into_splats,)),
    OpRules("stream.async.splat", (narrow_fill_pattern, _sink_alloca_like_op_to_consumers, ELIDE_UNUSED_OP)),
    OpRules("stream.async.clone", (propagate_cloneable_ops, ELIDE_UNUSED_OP)),
    OpRules("stream.async.slice", (_propagate_splats_through_slices, ELIDE_UNUSED_OP), _fold_slice, _fold_slice_mended),
    OpRules(
        "stream.async.fill",
        (
            narrow_fill_pattern,
            _flatten_full_fill_to_splat,
            _elide_redundant_fill,
            _coalesce_adjacent_fills,
            ELIDE_UNUSED_OP,
        ),
    ),
    OpRules(
        "stream.async.update",
        (
            _elide_in_place_update,
            _combine_splat_update_from_to_fill,
            _combine_slice_update_from_to_copy,
            ELIDE_UNUSED_OP,
        ),
        _fold_update,
        _fold_update_mended,
    ),
    OpRules("stream.async.copy", (_async_copy_full_source_to_update, ELIDE_UNUSED_OP)),
    OpRules("stream.async.collective", (ELIDE_UNUSED_OP,)),
    OpRules(
        "stream.async.transfer",
        (_same_affinity_transfer_to_clone, _intermediate_transfer_elision, ELIDE_UNUSED_OP),
        _fold_transfer,
        _fold_transfer_mended,
    ),
    OpRules("stream.async.cast", (_collapse_async_cast_chain, ELIDE_UNUSED_OP), _fold_cast),
)
