"""Ops of the `tensor` dialect on shapes. MLIR: TensorOps.td, TensorOps.cpp, ReshapeOpsUtils.h."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import prod
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, IntegerAttr, TensorType, UnrankedTensorType, i64
from xdsl.ir import Attribute
from xdsl.irdl import IRDLOperation, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.traits import NoMemoryEffect, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.interfaces.slices import INDEX_ARRAY
from iree_explorer.ir.reassociation import REASSOCIATION, verified_groups, verify_output_shape
from iree_explorer.ir.type_constraints import (
    ANY_RANKED_TENSOR,
    ANY_TENSOR,
    TypeIs,
    are_compatible_shapes,
    element_type,
    is_signless_integer_or_index,
    may_be_same_shape,
    shape_of,
)

INDEX = IndexType()


def _shape(type_: Attribute) -> tuple[int, ...]:
    return shape_of(type_) or ()


def _has_dimensions(type_: Attribute) -> bool:
    return isinstance(type_, UnrankedTensorType) or (isinstance(type_, TensorType) and bool(type_.get_shape()))


def _is_shape(type_: Attribute) -> bool:
    is_list = isinstance(type_, TensorType) and len(type_.get_shape()) == 1
    return is_list and is_signless_integer_or_index(element_type(type_))


NOT_OF_RANK_0 = TypeIs("non-0-ranked or unranked tensor", _has_dimensions, (TensorType, UnrankedTensorType))
SHAPE = TypeIs("1D tensor of signless integer or index values", _is_shape, (TensorType,))


@irdl_op_definition
class CastOp(IRDLOperation, OpAsmOpInterface):
    """The same tensor with more or less of its shape known."""

    name = "tensor.cast"
    RESULT_NAMES: ClassVar = ("cast",)

    source = operand_def(ANY_TENSOR)
    dest = result_def(ANY_TENSOR)
    assembly_format = "$source attr-dict `:` type($source) `to` type($dest)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        source, dest = self.source.type, self.dest.type
        if not may_be_same_shape(source, dest) or element_type(source) != element_type(dest):
            raise VerifyException(f"operand type '{source}' and result type '{dest}' are cast incompatible")


@irdl_op_definition
class DimOp(IRDLOperation, OpAsmOpInterface):
    """The size of a dimension of a tensor."""

    name = "tensor.dim"
    RESULT_NAMES: ClassVar = ("dim",)

    source = operand_def(NOT_OF_RANK_0)
    index = operand_def(INDEX)
    result = result_def(INDEX)
    assembly_format = "attr-dict $source `,` $index `:` type($source)"
    traits = traits_def(NoMemoryEffect())


@irdl_op_definition
class ConcatOp(IRDLOperation, OpAsmOpInterface):
    """Tensors one behind the other along a dimension."""

    name = "tensor.concat"
    RESULT_NAMES: ClassVar = ("concat",)

    dim = prop_def(IntegerAttr.constr(i64))
    inputs = var_operand_def(ANY_RANKED_TENSOR)
    result = result_def(ANY_RANKED_TENSOR)
    assembly_format = "`dim` `(` $dim `)` $inputs attr-dict `:` functional-type(operands, results)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        if not self.inputs:
            raise VerifyException("requires at least one input")
        shapes, shape, dim = (
            [_shape(value.type) for value in self.inputs],
            _shape(self.result.type),
            self.dim.value.data,
        )
        element = element_type(self.result.type)
        if any(len(each) != len(shape) for each in shapes):
            raise VerifyException("rank of concatenated inputs must match result rank")
        if any(element_type(value.type) != element for value in self.inputs):
            raise VerifyException("inputs and result element type must match")
        if not 0 <= dim < len(shape):  # Differs: the compiler crashes at a negative one.
            raise VerifyException("concatenation dim must be less than the tensor rank")
        joined = [_joined(sizes, number, dim) for number, sizes in enumerate(zip(*shapes, strict=True))]
        if not are_compatible_shapes(joined, shape):
            inferred = f"does not match inferred shape '{TensorType(element, joined)}' static sizes"
            raise VerifyException(f"result type '{self.result.type}'{inferred}")


def _joined(sizes: Sequence[int], number: int, dim: int) -> int:
    """The size of dimension `number` of tensors that are joined along `dim`, as far as it is known."""
    if number == dim:
        return DYNAMIC_INDEX if DYNAMIC_INDEX in sizes else sum(sizes)
    known = {size for size in sizes if size != DYNAMIC_INDEX}
    if len(known) > 1:
        raise VerifyException(f"static concatenation size mismatch along non-concatenated dimension {number}")
    return known.pop() if known else DYNAMIC_INDEX


@irdl_op_definition
class ReshapeOp(IRDLOperation, OpAsmOpInterface):
    """A tensor in another shape, which is a value."""

    name = "tensor.reshape"
    RESULT_NAMES: ClassVar = ("reshape",)

    source = operand_def(ANY_TENSOR)
    shape = operand_def(SHAPE)
    result = result_def(ANY_TENSOR)
    assembly_format = "attr-dict $source `(` $shape `)` `:` functional-type(operands, results)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        if element_type(self.source.type) != element_type(self.result.type):
            raise VerifyException("element types of source and destination tensor types should be the same")
        (length,), source, shape = _shape(self.shape.type), shape_of(self.source.type), shape_of(self.result.type)
        if shape is None:
            return
        are_static = source is not None and DYNAMIC_INDEX not in (*source, *shape)
        if source is not None and are_static and prod(source) != prod(shape):
            raise VerifyException("source and destination tensor should have the same number of elements")
        if length == DYNAMIC_INDEX:
            words = "cannot use shape operand with dynamic length to reshape to statically-ranked tensor type"
            raise VerifyException(words)
        if length != len(shape):
            raise VerifyException("length of shape operand differs from the result's tensor rank")


@irdl_op_definition
class CollapseShapeOp(IRDLOperation, OpAsmOpInterface):
    """A tensor some of whose dimensions are joined."""

    name = "tensor.collapse_shape"
    RESULT_NAMES: ClassVar = ("collapsed",)

    src = operand_def(ANY_RANKED_TENSOR)
    reassociation = prop_def(REASSOCIATION)
    result = result_def(ANY_RANKED_TENSOR)
    assembly_format = "$src $reassociation attr-dict `:` type($src) `into` type($result)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        _verify_reshape(self.src.type, self.result.type, verified_groups(self.reassociation))


@irdl_op_definition
class ExpandShapeOp(IRDLOperation, OpAsmOpInterface):
    """A tensor some of whose dimensions are split."""

    name = "tensor.expand_shape"
    RESULT_NAMES: ClassVar = ("expanded",)

    src = operand_def(ANY_RANKED_TENSOR)
    output_shape = var_operand_def(INDEX)
    reassociation = prop_def(REASSOCIATION)
    static_output_shape = prop_def(INDEX_ARRAY)
    result = result_def(ANY_RANKED_TENSOR)
    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$src $reassociation `output_shape` custom<DynamicIndexList>($output_shape, $static_output_shape) attr-dict "
        "`:` type($src) `into` type($result)"
    )
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        groups = verified_groups(self.reassociation)
        verify_output_shape(self.result.type, self.static_output_shape.get_values(), len(self.output_shape), "dims")
        _verify_reshape(self.result.type, self.src.type, groups)


def _verify_reshape(expanded: Attribute, collapsed: Attribute, groups: list[list[int]]) -> None:
    """Checks that joining the groups of dimensions makes the one type of the other. MLIR: verifyTensorReshapeOp."""
    large, small = _shape(expanded), _shape(collapsed)
    if len(large) < len(small):
        words = f"expected the expanded type, '{expanded}' to have a higher (or same) rank than the collapsed type"
        raise VerifyException(f"{words}, '{collapsed}'.")
    if len(small) != len(groups):
        words = f"to equal the number of reassociation maps ({len(groups)})."
        raise VerifyException(f"expected collapsed rank ({len(small)}) {words}")
    if groups:
        _verify_groups(groups, len(large))
        _verify_sizes(large, small, groups)
    elif DYNAMIC_INDEX not in large and prod(large) != 1:
        raise VerifyException(f"number of elements must be preserved: {prod(large)} != 1")
    element = element_type(expanded)
    if element_type(collapsed) != element:
        raise VerifyException(f"expected collapsed type to be '{TensorType(element, small)}', but got '{collapsed}'")


def _verify_groups(groups: list[list[int]], rank: int) -> None:
    """Checks that the groups count all dimensions. MLIR: verifyReshapeLikeTypes, isReassociationValid."""
    count = 1 + max(map(max, groups))
    if count != rank:
        words = f"to have size equal to the expanded rank ({rank}), but it is  {count}."
        raise VerifyException(f"expected reassociation map #0 {words}")
    following = 0
    for number, group in enumerate(groups):
        if group[0] != following or any(b != a + 1 for a, b in pairwise(group)):
            raise VerifyException(f"expected reassociation map #{number} to be valid and contiguous.")
        following = group[-1] + 1


def _verify_sizes(large: Sequence[int], small: Sequence[int], groups: list[list[int]]) -> None:
    """Checks that each joined dimension is as large as its parts. MLIR: verifyReshapeLikeShapes."""
    for number, (size, group) in enumerate(zip(small, groups, strict=True)):
        parts = [large[dim] for dim in group]
        if DYNAMIC_INDEX not in parts and size != prod(parts):
            raise VerifyException(f"expected dimension {number} of collapsed type to be static value of {prod(parts)}")
        if DYNAMIC_INDEX in parts and size != DYNAMIC_INDEX:
            since = "since one or more of the corresponding dimensions in the expanded type is dynamic"
            raise VerifyException(f"expected dimension {number} of collapsed type to be dynamic {since}")
