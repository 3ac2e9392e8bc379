"""Rules of `flow.tensor.*` ops on shapes and of those that make tensors. # IREE: FlowOpFolders.cpp."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseIntOrFPElementsAttr, TensorType
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.flow.dispatch_ops import DispatchTieShapeOp
from iree_explorer.dialects.flow.tensor_ops import (
    TensorBitCastOp,
    TensorCastOp,
    TensorCloneOp,
    TensorConstantOp,
    TensorDynamicConstantOp,
    TensorEmptyOp,
    TensorLoadOp,
    TensorReshapeOp,
    TensorSliceOp,
    TensorSplatOp,
    TensorTieShapeOp,
    TensorUpdateOp,
)
from iree_explorer.dialects.tensor import CastOp
from iree_explorer.dialects.util.hint_ops import OptimizationBarrierOp
from iree_explorer.ir.type_constraints import element_type, shape_of
from iree_explorer.passes.canonicalize.building import index_constant
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.shapes import changes_nothing
from iree_explorer.passes.canonicalize.flow.elements import fold_load, fold_slice, fold_store, fold_update
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, Pattern, pattern, summary_of
from iree_explorer.passes.canonicalize.stream.common import ELIDE_UNUSED_OP
from iree_explorer.passes.canonicalize.stream.subviews import add
from iree_explorer.passes.canonicalize.tensor.building import cast

# --- Tensors without elements ---


def _empty_where(name: str, holds: Callable[[Any], bool], dims_of: Callable[[Any], Sequence[SSAValue]]) -> Pattern:
    """What has no contents, or none that are defined, is `flow.tensor.empty`."""

    def rewrite(op: Operation, rewriter: Rewriter) -> bool:
        if not holds(op):
            return False
        new = TensorEmptyOp.create(operands=dims_of(op), result_types=[op.results[0].type])
        rewriter.replace_op_with(op, new)
        return True

    return Pattern(name, rewrite, summary=summary_of(_empty_where))


def _has_no_elements(value: SSAValue) -> bool:
    return 0 in (shape_of(value.type) or ())


def _operand_has_no_elements(dims_of: Callable[[Any], Sequence[SSAValue]]) -> Pattern:
    return _empty_where("ReplaceOpIfTensorOperandZeroElements", lambda op: _has_no_elements(op.operands[0]), dims_of)


def _result_has_no_elements(dims_of: Callable[[Any], Sequence[SSAValue]]) -> Pattern:
    return _empty_where("ReplaceOpIfTensorResultZeroElements", lambda op: _has_no_elements(op.results[0]), dims_of)


def _operand_is_empty(dims_of: Callable[[Any], Sequence[SSAValue]]) -> Pattern:
    return _empty_where(
        "ReplaceOpIfTensorOperandEmpty", lambda op: isinstance(definition(op.operands[0]), TensorEmptyOp), dims_of
    )


def _result_dims(op: TensorCastOp | TensorSplatOp | TensorSliceOp) -> Sequence[SSAValue]:
    return list(op.result_dims)


def _dynamic_dims(op: TensorTieShapeOp) -> Sequence[SSAValue]:
    return list(op.dynamic_dims)


def _operand_dims(op: TensorCloneOp) -> Sequence[SSAValue]:
    return list(op.operand_dims)


def _target_dims(op: TensorUpdateOp) -> Sequence[SSAValue]:
    return list(op.target_dims)


_RESHAPED = (
    _operand_has_no_elements(_result_dims),
    _result_has_no_elements(_result_dims),
    _operand_is_empty(_result_dims),
)

# --- flow.tensor.reshape, bitcast, tie_shape ---


def _fold_cast(op: TensorCastOp) -> Folded | None:
    """The same shape of the same elements is the same tensor."""
    is_none = changes_nothing(op.source, op.source_dims, op.result, op.result_dims)
    return (op.source,) if is_none else None


@pattern("FlattenTensorCastLikeChain")
def _flatten_tensor_cast_like_chain(op: TensorCastOp, rewriter: Rewriter) -> bool:
    """Of casts in a row one is left: a reshape where the elements are of one type."""
    source = definition(op.source)
    if not isinstance(source, TensorCastOp):
        return False
    is_reshape = element_type(source.source.type) == element_type(op.result.type)
    new = (TensorReshapeOp if is_reshape else TensorBitCastOp).build(
        operands=[source.source, list(source.source_dims), list(op.result_dims)], result_types=[op.result.type]
    )
    rewriter.replace_op_with(op, new)
    return True


@pattern("FoldSplatReshapeIntoSplat", root="flow.tensor.reshape")
def _fold_splat_reshape_into_splat(op: TensorReshapeOp, rewriter: Rewriter) -> bool:
    """A splat in another shape is a splat."""
    source = definition(op.source)
    if not isinstance(source, TensorSplatOp):
        return False
    new = TensorSplatOp.create(operands=[source.value, *op.result_dims], result_types=[op.result.type])
    rewriter.replace_op_with(op, new)
    return True


def _fold_tie_shape(op: DispatchTieShapeOp | TensorTieShapeOp) -> Folded | None:
    """A static shape needs no tie. # IREE: DispatchTieShapeOp::fold, TensorTieShapeOp::fold."""
    return None if op.dynamic_dims else (op.operand,)


# --- flow.tensor.dynamic_constant, clone ---


@pattern("ExpandDynamicShapeConstant")
def _expand_dynamic_shape_constant(op: TensorDynamicConstantOp, rewriter: Rewriter) -> bool:
    """A constant of its own shape, reshaped to one that nobody can see through."""
    value, target = op.value, op.result.type
    if not isinstance(value, DenseIntOrFPElementsAttr) or not isinstance(target, TensorType):
        return False
    constant = TensorConstantOp.create(result_types=[value.type], properties={"value": value})
    rewriter.insert(constant)
    dims = [
        rewriter.insert(_barrier(rewriter, size)).results[0]
        for size, dim in zip(value.get_shape(), target.get_shape(), strict=True)
        if dim == DYNAMIC_INDEX
    ]
    new = TensorReshapeOp.build(operands=[constant.results[0], [], dims], result_types=[target])
    rewriter.replace_op_with(op, new)
    return True


def _barrier(rewriter: Rewriter, size: int) -> OptimizationBarrierOp:
    number = rewriter.insert(index_constant(size)).result
    return OptimizationBarrierOp.create(operands=[number], result_types=[number.type])


def _fold_clone(op: TensorCloneOp) -> Folded | None:
    """A copy of a constant is the constant."""
    constant = constant_value(op.operand)
    return None if constant is None else (constant,)


# --- flow.tensor.load, slice, update ---


@pattern("FoldSplatLoadIntoPrimitive")
def _fold_splat_load_into_primitive(op: TensorLoadOp, rewriter: Rewriter) -> bool:
    """Any element of a splat is the one that it was made of."""
    source = definition(op.source)
    if not isinstance(source, TensorSplatOp):
        return False
    rewriter.replace_op(op, (source.value,))
    return True


@pattern("FoldTensorSliceOfSlice")
def _fold_tensor_slice_of_slice(op: TensorSliceOp, rewriter: Rewriter) -> bool:
    """A part of a part is a part of the whole."""
    source = definition(op.source)
    if not isinstance(source, TensorSliceOp) or not op.source.has_one_use():
        return False
    starts = [add(rewriter, outer, inner) for outer, inner in zip(source.start_indices, op.start_indices, strict=True)]
    new = TensorSliceOp.build(
        operands=[source.source, list(source.source_dims), starts, list(op.lengths), list(op.result_dims)],
        result_types=[op.result.type],
    )
    rewriter.replace_op_with(op, new)
    return True


@pattern("FoldTensorUpdateOpWithCasts")
def _update_before_casts(op: TensorUpdateOp, rewriter: Rewriter) -> bool:
    """Overwrites a part of the tensor before its cast, by what is there before its own."""
    target, update = (_before_cast(value) for value in (op.target, op.update))
    if target is op.target and update is op.update:
        return False
    target_dims = _dims_of_type(op.target, target, op.target_dims, rewriter)
    update_dims = _dims_of_type(op.update, update, op.update_dims, rewriter)
    new = TensorUpdateOp.build(
        operands=[target, target_dims, list(op.start_indices), update, update_dims], result_types=[target.type]
    )
    rewriter.replace_op_with(op, cast(rewriter.insert(new).result, op.result.type))
    return True


def _before_cast(value: SSAValue) -> SSAValue:
    source = definition(value)
    return source.source if isinstance(source, CastOp) else value


def _dims_of_type(old: SSAValue, new: SSAValue, dims: Sequence[SSAValue], rewriter: Rewriter) -> list[SSAValue]:
    """The dynamic dimensions of a tensor as another type says it, where `dims` are those of its old type.

    # IREE: FlowOpFolders.cpp, refreshDimsOnTypeChange
    """
    given, shapes = iter(dims), zip(shape_of(old.type) or (), shape_of(new.type) or (), strict=False)
    found: list[SSAValue] = []
    for before, after in shapes:
        value = next(given) if before == DYNAMIC_INDEX else None
        if after == DYNAMIC_INDEX:
            found.append(rewriter.insert(index_constant(before)).result if value is None else value)
    return found


@pattern("ReplaceOpIfTensorUpdateOperandZeroElements")
def _elide_update_of_nothing(op: TensorUpdateOp, rewriter: Rewriter) -> bool:
    """An update by nothing changes nothing."""
    if not _has_no_elements(op.update):
        return False
    rewriter.replace_op(op, (op.target,))
    return True


RULES = (
    OpRules("flow.channel.split", (ELIDE_UNUSED_OP,)),
    OpRules("flow.dispatch.tie_shape", fold=_fold_tie_shape),
    OpRules("flow.tensor.alloca", (ELIDE_UNUSED_OP,)),
    OpRules("flow.tensor.bitcast", (*_RESHAPED, _flatten_tensor_cast_like_chain), _fold_cast),
    OpRules(
        "flow.tensor.clone", (_operand_has_no_elements(_operand_dims), _operand_is_empty(_operand_dims)), _fold_clone
    ),
    OpRules("flow.tensor.dynamic_constant", (_expand_dynamic_shape_constant,)),
    OpRules("flow.tensor.load", (_fold_splat_load_into_primitive,), fold_load),
    OpRules("flow.tensor.reshape", (*_RESHAPED, _flatten_tensor_cast_like_chain), _fold_cast),
    OpRules("flow.tensor.slice", (_fold_tensor_slice_of_slice, *_RESHAPED), fold_slice),
    OpRules("flow.tensor.splat", (_result_has_no_elements(_result_dims), _fold_splat_reshape_into_splat)),
    OpRules("flow.tensor.store", fold=fold_store),
    OpRules("flow.tensor.tie_shape", (_operand_has_no_elements(_dynamic_dims),), _fold_tie_shape),
    OpRules(
        "flow.tensor.update",
        (_update_before_casts, _operand_has_no_elements(_target_dims), _elide_update_of_nothing),
        fold_update,
    ),
)
