"""Rules of `tensor.extract_slice` and `tensor.insert_slice`. # MLIR: TensorOps.cpp."""

from __future__ import annotations

from typing import TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseIntOrFPElementsAttr
from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.dialects.tensor import CastOp
from iree_explorer.dialects.tensor.slices import ExtractSliceOp, InsertSliceOp, ParallelInsertSliceOp
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.elements import dense_of, element_of
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.facts.slices import Slice, known
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands
from iree_explorer.passes.canonicalize.tensor.building import as_type, is_static, tensor_like, tensor_shape
from iree_explorer.syntax.dense import is_splat


def _has_constant_operand(op: Operation) -> bool:
    return any(constant_integer(operand) is not None for operand in op.operands)


def _before_cast(value: SSAValue) -> SSAValue | None:
    """The tensor that a cast makes `value` of, where that says as much; None: there is no such cast."""
    source = definition(value)
    if isinstance(source, CastOp) and says_as_much(source.source.type, value.type):
        return source.source
    return None


# --- tensor.extract_slice ---


def _fold_extract_slice(op: ExtractSliceOp) -> Folded | None:
    """A part of a constant of one value is one; all of a tensor is it; the part that was put in is what was put in."""
    constant, part = constant_value(op.source), Slice.of(op)
    if isinstance(constant, DenseIntOrFPElementsAttr) and is_splat(constant) and is_static(op.result):
        made = dense_of(tensor_like(op.result.type, list(tensor_shape(op.result))), [element_of(constant, 0)])
        return None if made is None else (made,)
    if op.source.type == op.result.type and part.is_all_of(tensor_shape(op.source)):
        return (op.source,)
    source = definition(op.source)
    if isinstance(source, InsertSliceOp) and source.source.type == op.result.type and part.is_same_as(Slice.of(source)):
        return (source.source,)
    return None


@pattern("OpWithOffsetSizesAndStridesConstantArgumentFolder")
def _extract_constant_slice(op: ExtractSliceOp, rewriter: Rewriter) -> bool:
    """Takes a part whose place is known."""
    part = Slice.of(op)
    if not part.fold(zero_strides=True) or not part.is_within(tensor_shape(op.source)):
        return False
    new = rewriter.insert(
        extract_slice(op.source, part, tensor_like(op.source.type, part.shape_like(tensor_shape(op.result))))
    )
    rewriter.replace_op(op, (as_type(new.result, op.result.type, rewriter),))
    return True


def extract_slice(source: SSAValue, part: Slice, type_: Attribute) -> ExtractSliceOp:
    """A fresh op that takes a part of a tensor."""
    return ExtractSliceOp.build(operands=[source, *part.groups()], properties=part.properties(), result_types=[type_])


@pattern("ExtractSliceOpCastFolder")
def _extract_from_cast(op: ExtractSliceOp, rewriter: Rewriter) -> bool:
    """Takes a part of the tensor before its cast."""
    source = None if _has_constant_operand(op) else _before_cast(op.source)
    if source is None or not (part := Slice.of(op)).is_within(tensor_shape(source)):
        return False
    rewriter.replace_op_with(op, extract_slice(source, part, op.result.type))
    return True


@pattern("TensorCastExtractSlice", root="tensor.cast")
def _cast_of_slice(op: CastOp, rewriter: Rewriter) -> bool:
    """Takes a part of the size that it is cast to."""
    source, shape = definition(op.source), shape_of(op.dest.type)
    if not isinstance(source, ExtractSliceOp) or shape is None or not says_as_much(op.dest.type, op.source.type):
        return False
    if shape == tensor_shape(op.source):
        return False
    part, kept = Slice.of(source), iter(shape)
    for number, is_gone in enumerate(part.dropped(tensor_shape(op.source))):
        if not is_gone and (size := next(kept)) != DYNAMIC_INDEX:
            part.sizes[number] = size
    if not part.is_within(tensor_shape(source.source)):
        return False
    rewriter.replace_op_with(op, extract_slice(source.source, part, op.dest.type))
    return True


# --- tensor.insert_slice ---


def _fold_insert_slice(op: InsertSliceOp) -> Folded | None:
    """What takes the whole place is all that is left; what is there already stays; of two in one place the last is left."""
    part = Slice.of(op)
    if op.source.type == op.result.type and is_static(op.source) and part.is_all_of(tensor_shape(op.source)):
        return (op.source,)
    before = definition(op.dest)
    if isinstance(before, InsertSliceOp) and before.source.type == op.source.type and part.is_same_as(Slice.of(before)):
        set_operands(op, {1: before.dest})
        return ()
    source = definition(op.source)
    is_there = isinstance(source, ExtractSliceOp) and source.source is op.dest and part.is_same_as(Slice.of(source))
    return (op.dest,) if is_there or 0 in tensor_shape(op.source) else None


def insert_slice(source: SSAValue, dest: SSAValue, part: Slice) -> InsertSliceOp:
    """A fresh op that puts a tensor into a part of another."""
    return InsertSliceOp.build(
        operands=[source, dest, *part.groups()], properties=part.properties(), result_types=[dest.type]
    )


_Insert: TypeAlias = InsertSliceOp | ParallelInsertSliceOp


def _insert_like(op: _Insert, source: SSAValue, dest: SSAValue, part: Slice) -> _Insert:
    """A fresh op of the kind of `op`."""
    if isinstance(op, InsertSliceOp):
        return insert_slice(source, dest, part)
    return ParallelInsertSliceOp.build(operands=[source, dest, *part.groups()], properties=part.properties())


def _source_as(op: _Insert, type_: Attribute, rewriter: Rewriter) -> SSAValue:
    """The source, cast where it is of another type; a new op goes before the ops that say what iterations contribute."""
    around = op.parent_op()
    if isinstance(op, ParallelInsertSliceOp) and around is not None:
        rewriter.set_insertion_point(around)
    value = as_type(op.source, type_, rewriter)
    rewriter.set_insertion_point(op)
    return value


@pattern("InsertSliceOpConstantArgumentFolder")
def _insert_constant_slice(op: _Insert, rewriter: Rewriter) -> bool:
    """Puts into a part whose place is known."""
    part, source = Slice.of(op), op.source
    if not part.fold() or not part.is_within(tensor_shape(op.dest)):
        return False
    type_ = tensor_like(op.dest.type, part.shape_like(tensor_shape(source)))
    rewriter.replace_op_with(op, _insert_like(op, _source_as(op, type_, rewriter), op.dest, part))
    return True


@pattern("InsertSliceOpCastFolder")
def _insert_before_cast(op: _Insert, rewriter: Rewriter) -> bool:
    """Puts tensors together before their casts."""
    if _has_constant_operand(op):
        return False
    source, dest = _before_cast(op.source), _before_cast(op.dest)
    if source is None and dest is None:
        return False
    source, dest, part = source or op.source, dest or op.dest, Slice.of(op)
    kept = iter(tensor_shape(source))
    for number, is_gone in enumerate(part.dropped(tensor_shape(source))):
        if not is_gone and (size := next(kept)) != DYNAMIC_INDEX:
            part.sizes[number] = size
    if not part.is_within(tensor_shape(dest)):
        return False
    new = rewriter.insert(_insert_like(op, source, dest, part))
    rewriter.replace_op(op, [as_type(value, op.dest.type, rewriter) for value in new.results])
    return True


@pattern("InsertSliceOpSourceCastInserter")
def _cast_inserted(op: _Insert, rewriter: Rewriter) -> bool:
    """Casts what is put in to the size of its place, where that says more."""
    part, shape = Slice.of(op), tensor_shape(op.source)
    if len(shape) != len(tensor_shape(op.dest)):
        return False
    sizes = [known(size, DYNAMIC_INDEX) for size in part.sizes]
    type_ = tensor_like(
        op.source.type,
        [to if isinstance(to, int) and to >= 0 else size for size, to in zip(shape, sizes, strict=True)],
    )
    if type_ == op.source.type or not says_as_much(type_, op.source.type):
        return False
    rewriter.replace_op_with(op, _insert_like(op, _source_as(op, type_, rewriter), op.dest, part))
    return True


_INSERT = (_insert_constant_slice, _insert_before_cast, _cast_inserted)

RULES = (
    OpRules("tensor.cast", (_cast_of_slice,)),
    OpRules("tensor.extract_slice", (_extract_constant_slice, _extract_from_cast), _fold_extract_slice),
    OpRules("tensor.insert_slice", _INSERT, _fold_insert_slice),
    OpRules("tensor.parallel_insert_slice", _INSERT),
)
