"""Ops that order the elements of vectors anew, or make vectors of them. MLIR: VectorOps.td, VectorOps.cpp."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    DenseArrayBase,
    IndexType,
    IntegerAttr,
    IntegerType,
    MemRefType,
    TensorType,
    VectorType,
    i64,
)
from xdsl.ir import Attribute
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import MemoryReadEffect, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.element_types import ElementTypes, element_types
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.type_constraints import (
    ANY_VECTOR,
    TypeIs,
    bit_width,
    element_type,
    has_signless_bits_or_is_index,
    is_signless_integer,
    shape_of,
)

INDEX = IndexType()


def _has_fixed_length(type_: Attribute) -> bool:
    return isinstance(type_, VectorType) and not any(flag.value.data for flag in type_.scalable_dims.data)


def _is_of_integers(type_: Attribute) -> bool:
    return isinstance(type_, VectorType) and has_signless_bits_or_is_index(element_type(type_))


def _can_count(type_: Attribute) -> bool:
    element = element_type(type_)
    is_wide = is_signless_integer(element) and bit_width(element) >= 8
    return isinstance(type_, VectorType) and len(type_.get_shape()) == 1 and (element == INDEX or is_wide)


def _is_mask(type_: Attribute) -> bool:
    return isinstance(type_, VectorType) and element_type(type_) == IntegerType(1)


FIXED_LENGTH = TypeIs("fixed-length vector of any non-token type values", _has_fixed_length, (VectorType,))
SHAPED = TypeIs(
    "Tensor or MemRef of any non-token type values", lambda type_: isinstance(type_, TensorType | MemRefType)
)
PLACES = TypeIs("vector of integer or index values", _is_of_integers, (VectorType,))
COUNTERS = TypeIs("vector of index or signless integer of at least 8 bits values of ranks 1", _can_count, (VectorType,))
MASK = TypeIs("vector of 1-bit signless integer values", _is_mask, (VectorType,))


def _shape(type_: Attribute) -> tuple[int, ...]:
    return shape_of(type_) or ()


def _verify_same_elements(which: str, one: Attribute, other: Attribute) -> None:
    if element_type(one) != element_type(other):
        raise VerifyException(f"failed to verify that {which} have same element type")


@irdl_op_definition
class TransposeOp(IRDLOperation):
    """The elements with their dimensions in another order: dimension `i` of the result is `permutation[i]` of the source."""

    name = "vector.transpose"

    vector = operand_def(ANY_VECTOR)
    permutation = prop_def(DenseArrayBase.constr(i64))
    result = result_def(ANY_VECTOR)

    traits = traits_def(Pure())
    assembly_format = "$vector `,` $permutation attr-dict `:` type($vector) `to` type($result)"

    @override
    def verify_(self) -> None:
        # MLIR: VectorOps.cpp, TransposeOp::verify
        _verify_same_elements("operand and result", self.vector.type, self.result.type)
        source, result = _shape(self.vector.type), _shape(self.result.type)
        order = tuple(self.permutation.get_values())
        if len(result) != len(source):
            raise VerifyException(f"vector result rank mismatch: {len(result)}")
        if len(order) != len(source):
            raise VerifyException(f"transposition length mismatch: {len(order)}")
        seen: set[int] = set()
        for place, dimension in enumerate(order):
            if not 0 <= dimension < len(source):
                raise VerifyException(f"transposition index out of range: {dimension}")
            if dimension in seen:
                raise VerifyException(f"duplicate position index: {dimension}")
            seen.add(dimension)
            if result[place] != source[dimension]:
                raise VerifyException(f"dimension size mismatch at: {dimension}")


@irdl_op_definition
class ShapeCastOp(IRDLOperation):
    """The elements, in their order, in another shape."""

    name = "vector.shape_cast"

    source = operand_def(ANY_VECTOR)
    result = result_def(ANY_VECTOR)

    traits = traits_def(Pure())
    assembly_format = "$source attr-dict `:` type($source) `to` type($result)"

    @override
    def verify_(self) -> None:
        # MLIR: VectorOps.cpp, ShapeCastOp::verify
        source, result = self.source.type, self.result.type
        assert isinstance(source, VectorType)
        assert isinstance(result, VectorType)
        if source.element_type != result.element_type:
            raise VerifyException(
                f"source element type ('{source.element_type}') does not match result element type ('{result.element_type}')"
            )
        self._verify_counts("elements", prod(source.get_shape()), prod(result.get_shape()))
        self._verify_counts("scalable dims", _scalable_dims(source), _scalable_dims(result))

    @staticmethod
    def _verify_counts(what: str, source: int, result: int) -> None:
        if source != result:
            raise VerifyException(f"has different number of {what} at source ({source}) and result ({result})")


def _scalable_dims(type_: VectorType[Attribute]) -> int:
    return sum(flag.value.data != 0 for flag in type_.scalable_dims)


# --- elements ---


def _verify_elements(name: str, vector: Attribute, elements: Sequence[Attribute]) -> None:
    if list(elements) != element_types(vector):
        raise VerifyException(f"failed to verify that shaped type '{name}' matches 'elements' element count and types")


@irdl_op_definition
class FromElementsOp(IRDLOperation):
    """A vector of scalars, in row-major order."""

    name = "vector.from_elements"

    elements = var_operand_def()
    dest = result_def(FIXED_LENGTH)

    traits = traits_def(Pure())
    custom_directives = (ElementTypes,)
    assembly_format = "$elements attr-dict `:` custom<ElementTypes>(type($dest), type($elements))"

    @override
    def verify_(self) -> None:
        _verify_elements("dest", self.dest.type, self.elements.types)


@irdl_op_definition
class ToElementsOp(IRDLOperation):
    """The elements of a vector, in row-major order."""

    name = "vector.to_elements"

    source = operand_def(FIXED_LENGTH)
    elements = var_result_def()

    traits = traits_def(Pure())
    custom_directives = (ElementTypes,)
    assembly_format = "$source attr-dict `:` custom<ElementTypes>(type($source), type($elements))"

    @override
    def verify_(self) -> None:
        _verify_elements("source", self.source.type, self.elements.types)


@irdl_op_definition
class InterleaveOp(IRDLOperation):
    """The elements of two vectors in turn, along the last dimension."""

    name = "vector.interleave"

    T: ClassVar = VarConstraint("T", ANY_VECTOR)

    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(ANY_VECTOR)

    traits = traits_def(Pure())
    assembly_format = "$lhs `,` $rhs attr-dict `:` type($lhs) `->` type($result)"

    @override
    def verify_(self) -> None:
        if _shape(self.result.type) != _with_last(self.lhs.type, lambda size: size * 2):
            raise VerifyException("failed to verify that type of 'result' is double the width of the inputs")


def _with_last(type_: Attribute, change: Callable[[int], int]) -> tuple[int, ...]:
    """The shape of a vector with another last dimension; one dimension where it has none."""
    *others, last = _shape(type_) or (1,)
    return (*others, change(last))


@irdl_op_definition
class DeinterleaveOp(IRDLOperation, OpAsmOpInterface):
    """The elements at even and at odd places of a vector's last dimension."""

    name = "vector.deinterleave"
    RESULT_NAMES: ClassVar = ("res1", "res2")

    T: ClassVar = VarConstraint("T", ANY_VECTOR)

    source = operand_def(ANY_VECTOR)
    res1 = result_def(T)
    res2 = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "$source attr-dict `:` type($source) `->` type($res1)"

    @override
    def verify_(self) -> None:
        if _shape(self.source.type) != _with_last(self.res1.type, lambda size: size * 2):
            words = "the trailing dimension of the results is half the width of source trailing dimension"
            raise VerifyException(f"failed to verify that {words}")


# --- constants and masks ---


@irdl_op_definition
class StepOp(IRDLOperation):
    """0, 1, 2 and so on."""

    name = "vector.step"

    result = result_def(COUNTERS)

    traits = traits_def(Pure())
    assembly_format = "attr-dict `:` type($result)"


@irdl_op_definition
class VectorScaleOp(IRDLOperation, OpAsmOpInterface):
    """How many times as long as they say scalable vectors are."""

    name = "vector.vscale"
    RESULT_NAMES: ClassVar = ("vscale",)

    res = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "attr-dict"


@irdl_op_definition
class ConstantMaskOp(IRDLOperation):
    """A mask that is set up to some place in each dimension."""

    name = "vector.constant_mask"

    mask_dim_sizes = prop_def(DenseArrayBase.constr(i64))
    result = result_def(MASK)

    traits = traits_def(Pure())
    assembly_format = "$mask_dim_sizes attr-dict `:` type($result)"

    @override
    def verify_(self) -> None:
        # MLIR: VectorOps.cpp, ConstantMaskOp::verify
        shape, sizes = _shape(self.result.type), tuple(self.mask_dim_sizes.get_values())
        if not shape:
            if len(sizes) != 1:
                raise PlainDefect("array attr must have length 1 for 0-D vectors")
            if sizes[0] not in (0, 1):
                raise PlainDefect("mask dim size must be either 0 or 1 for 0-D vectors")
            return
        if len(sizes) != len(shape):
            raise VerifyException("must specify array attr of size equal vector result rank")
        if not all(0 <= size <= limit for size, limit in zip(sizes, shape, strict=True)):
            raise VerifyException("array attr of size out of bounds of vector result dimension size")
        if 0 in sizes and any(sizes):
            raise VerifyException(
                "expected all mask dim sizes to be zeros, as a result of conjunction with zero mask dim"
            )


@irdl_op_definition
class GatherOp(IRDLOperation):
    """Elements from places of a buffer that a vector names, where a mask is set; others from a vector."""

    name = "vector.gather"

    T: ClassVar = VarConstraint("T", ANY_VECTOR)

    base = operand_def(SHAPED)
    offsets = var_operand_def(INDEX)
    indices = operand_def(PLACES)
    mask = operand_def(MASK)
    pass_thru = operand_def(T)
    alignment = opt_prop_def(IntegerAttr.constr(type=i64))
    result = result_def(T)

    traits = traits_def(MemoryReadEffect())
    assembly_format = (
        "$base `[` $offsets `]` `[` $indices `]` `,` $mask `,` $pass_thru (`alignment` `=` $alignment^)? attr-dict `:` type($base) `,` type($indices) `,` "
        "type($mask) `,` type($pass_thru) `into` type($result)"
    )
