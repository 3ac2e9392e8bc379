"""Rules of loads from and stores to bindings, and of bit casts. # IREE: TensorExtOpFolders.cpp."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX, TensorType
from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.values import InsertionPoint
from iree_explorer.dialects.iree_tensor_ext import (
    BitCastOp,
    DispatchTensorLoadOp,
    DispatchTensorStoreOp,
)
from iree_explorer.dialects.tensor import CastOp, EmptyOp
from iree_explorer.ir.type_constraints import is_rank_reduced
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.shapes import changes_nothing, known_dims, says_as_much
from iree_explorer.passes.canonicalize.facts.slices import (
    Slice,
    are_same,
    known,
    mixed_sizes,
    static_numbers,
    values_of,
)
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.tensor.building import as_type, cast, tensor_shape


@pattern("ReuseDispatchTensorLoadShapeDims")
def _reuse_load_dims(op: DispatchTensorLoadOp, rewriter: Rewriter) -> bool:
    """Takes the binding's dimensions from where they are said first."""
    dims = _dims_elsewhere(op, op.source, op.source_dims, rewriter)
    if dims is not None:
        rewriter.assign(op, source_dims=dims)
    return dims is not None


@pattern("ReuseDispatchTensorStoreShapeDims")
def _reuse_store_dims(op: DispatchTensorStoreOp, rewriter: Rewriter) -> bool:
    """Takes the binding's dimensions from where they are said first."""
    dims = _dims_elsewhere(op, op.target, op.target_dims, rewriter)
    if dims is not None:
        rewriter.assign(op, target_dims=dims)
    return dims is not None


def _dims_elsewhere(
    op: Operation, binding: SSAValue, dims: Sequence[SSAValue], rewriter: Rewriter
) -> Sequence[SSAValue] | None:
    """The dimensions of a binding that others know; None: they are `dims`. # IREE: updateTensorOpDims."""
    assert op.parent is not None
    known = next(known_dims(binding, InsertionPoint(op.parent, op, rewriter.order)), None)
    return None if known is None or list(known) == list(dims) else list(known)


@pattern("DispatchTensorLoadOpWithOffsetSizesAndStridesConstantArgumentFolder")
def _fold_load_constants(op: DispatchTensorLoadOp, rewriter: Rewriter) -> bool:
    """Loads from where it is known."""
    part, type_ = Slice.of(op), op.result.type
    assert isinstance(type_, TensorType)
    if not part.fold():
        return False
    loaded = TensorType(type_.element_type, part.shape_like(type_.get_shape()))
    new = DispatchTensorLoadOp.build(
        operands=[op.source, list(op.source_dims), *part.groups()], properties=part.properties(), result_types=[loaded]
    )
    rewriter.replace_op(op, (as_type(rewriter.insert(new).result, type_, rewriter),))
    return True


@pattern("DispatchTensorStoreOpWithOffsetSizesAndStridesConstantArgumentFolder")
def _fold_store_constants(op: DispatchTensorStoreOp, rewriter: Rewriter) -> bool:
    """Stores to where it is known."""
    part, type_ = Slice.of(op), op.value.type
    assert isinstance(type_, TensorType)
    if not part.fold():
        return False
    stored = TensorType(type_.element_type, part.shape_like(type_.get_shape()))
    rewriter.replace_op_with(op, _store(op, as_type(op.value, stored, rewriter), part))
    return True


def _store(op: DispatchTensorStoreOp, value: SSAValue, part: Slice) -> Operation:
    return DispatchTensorStoreOp.build(
        operands=[value, op.target, list(op.target_dims), *part.groups()], properties=part.properties()
    )


@pattern("FoldCastOpIntoDispatchStoreOp")
def _fold_cast_into_store(op: DispatchTensorStoreOp, rewriter: Rewriter) -> bool:
    """Stores what was cast to a type that says less."""
    cast = definition(op.value)
    if not isinstance(cast, CastOp) or not isinstance(cast.source.type, TensorType):
        return False
    shape = cast.source.type.get_shape()
    if not says_as_much(cast.source.type, cast.dest.type) or not is_rank_reduced(op.static_sizes.get_values(), shape):
        return False
    rewriter.replace_op_with(op, _store(op, cast.source, Slice.of(op)))
    return True


# --- Bit casts ---


def _fold_bitcast(op: BitCastOp) -> Folded | None:
    """The same shape of the same elements is the same tensor."""
    is_none = changes_nothing(op.source, op.source_dims, op.result, op.result_dims)
    return (op.source,) if is_none else None


@pattern("ReplaceBitCastIfTensorOperandEmpty")
def _bitcast_of_empty(op: BitCastOp, rewriter: Rewriter) -> bool:
    """Contents that are not defined are not as another type either."""
    if not isinstance(definition(op.source), EmptyOp):
        return False
    rewriter.replace_op_with(op, EmptyOp(list(op.result_dims), op.result.type))
    return True


@pattern("BitCastOfTensorCastStaticInfo")
def _bitcast_before_cast(op: BitCastOp, rewriter: Rewriter) -> bool:
    """Casts the bits of a tensor before its own cast, whose type says more."""
    source = definition(op.source)
    if not isinstance(source, CastOp) or not says_as_much(source.source.type, source.dest.type):
        return False
    shape, type_ = tensor_shape(source.source), op.result.type
    sizes, wanted = mixed_sizes(op.source, op.source_dims), mixed_sizes(op.result, op.result_dims)
    if len(sizes) != len(wanted) or not are_same(sizes[:-1], wanted[:-1]):
        return False
    assert isinstance(type_, TensorType)
    # The last dimension depends on the type of elements.
    said = [*shape[:-1], DYNAMIC_INDEX]
    wanted = [known(b, b) if a == DYNAMIC_INDEX else a for a, b in zip(said, wanted, strict=True)]
    source_dims = values_of([b for a, b in zip(shape, sizes, strict=True) if a == DYNAMIC_INDEX])
    new_type = TensorType(type_.element_type, static_numbers(wanted), type_.encoding)
    new = BitCastOp.build(operands=[source.source, source_dims, values_of(wanted)], result_types=[new_type])
    rewriter.replace_op_with(op, cast(rewriter.insert(new).result, type_))
    return True


@pattern("ChainedBitCast")
def _chained_bitcast(op: BitCastOp, rewriter: Rewriter) -> bool:
    """Of two bit casts one is left."""
    source = definition(op.source)
    if not isinstance(source, BitCastOp):
        return False
    new = BitCastOp.build(
        operands=[source.source, list(source.source_dims), list(op.result_dims)], result_types=[op.result.type]
    )
    rewriter.replace_op_with(op, new)
    return True


RULES = (
    OpRules("iree_tensor_ext.bitcast", (_bitcast_of_empty, _bitcast_before_cast, _chained_bitcast), _fold_bitcast),
    OpRules("iree_tensor_ext.dispatch.tensor.load", (_reuse_load_dims, _fold_load_constants)),
    OpRules("iree_tensor_ext.dispatch.tensor.store", (_fold_store_constants, _fold_cast_into_store, _reuse_store_dims)),
)
