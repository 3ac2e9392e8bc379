"""Ops of the `tensor` dialect on parts of tensors, and what a part may be. MLIR: TensorOps.cpp, ViewLikeInterface.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, IndexType, TensorType, i64
from xdsl.ir import Attribute
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    VarConstraint,
    operand_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import Pure

from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR, element_type, is_rank_reduced, shape_of

INDEX_ARRAY = DenseArrayBase.constr(i64)
_PLACE = (
    "custom<DynamicIndexList>($offsets, $static_offsets) custom<DynamicIndexList>($sizes, $static_sizes) "
    "custom<DynamicIndexList>($strides, $static_strides) attr-dict"
)


@irdl_op_definition
class ExtractSliceOp(IRDLOperation):
    """A part of a tensor."""

    name = "tensor.extract_slice"
    source = operand_def(ANY_RANKED_TENSOR)
    offsets = var_operand_def(IndexType())
    sizes = var_operand_def(IndexType())
    strides = var_operand_def(IndexType())
    static_offsets = prop_def(INDEX_ARRAY)
    static_sizes = prop_def(INDEX_ARRAY)
    static_strides = prop_def(INDEX_ARRAY)
    result = result_def(ANY_RANKED_TENSOR)
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DynamicIndexList,)
    assembly_format = f"$source `` {_PLACE} `:` type($source) `to` type($result)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        _verify_part(self, self.source.type, self.result.type)


@irdl_op_definition
class InsertSliceOp(IRDLOperation):
    """A tensor with a part of it replaced."""

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    name = "tensor.insert_slice"
    source = operand_def(ANY_RANKED_TENSOR)
    dest = operand_def(T)
    offsets = var_operand_def(IndexType())
    sizes = var_operand_def(IndexType())
    strides = var_operand_def(IndexType())
    static_offsets = prop_def(INDEX_ARRAY)
    static_sizes = prop_def(INDEX_ARRAY)
    static_strides = prop_def(INDEX_ARRAY)
    result = result_def(T)
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DynamicIndexList,)
    assembly_format = f"$source `into` $dest `` {_PLACE} `:` type($source) `into` type($dest)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        _verify_part(self, self.dest.type, self.source.type)


def _verify_part(op: ExtractSliceOp | InsertSliceOp, whole: Attribute, part: Attribute) -> None:
    rank, sizes = len(shape_of(whole) or ()), op.static_sizes.get_values()
    for name, values in (("offset", op.static_offsets), ("size", op.static_sizes), ("stride", op.static_strides)):
        if len(values) != rank:
            raise PlainDefect(f"expected {rank} {name} values, got {len(values)}")
    shape, element = shape_of(part) or (), element_type(whole)
    if len(shape) > rank:
        raise PlainDefect("expected rank to be smaller or equal to the other rank. ")
    if not is_rank_reduced(sizes, shape):
        expected = TensorType(element, sizes)
        raise PlainDefect(f"expected type to be '{expected}' or a rank-reduced version. (size mismatch) ")
    if element != element_type(part):
        raise PlainDefect(f"expected element type to be '{element}'")
    _verify_bounds(op, shape_of(whole) or ())


def _verify_bounds(op: ExtractSliceOp | InsertSliceOp, shape: Sequence[int]) -> None:
    parts = zip(
        op.static_offsets.get_values(), op.static_sizes.get_values(), op.static_strides.get_values(), strict=True
    )
    for number, (length, (offset, size, stride)) in enumerate(zip(shape, parts, strict=True)):
        words = out_of_bounds(number, length, offset, size, stride)
        if words is not None:
            raise PlainDefect(words)


def out_of_bounds(number: int, length: int, offset: int, size: int, stride: int) -> str | None:
    """What is wrong with a part in dimension `number` of a tensor; `DYNAMIC_INDEX` stands for what is not known; None: nothing.

    MLIR: ViewLikeInterface.cpp, verifyInBoundsSlice.
    """
    if DYNAMIC_INDEX in (length, offset):
        return None
    if offset >= length:
        return f"offset {number} is out-of-bounds: {offset} >= {length}"
    if DYNAMIC_INDEX in (size, stride) or size == 0:
        return None
    last = offset + (size - 1) * stride
    return f"slice along dimension {number} runs out-of-bounds: {last} >= {length}" if last >= length else None
