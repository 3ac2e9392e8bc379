"""Slices of vectors. MLIR: VectorOps.td, VectorOps.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IntegerAttr, VectorType
from xdsl.ir import Attribute
from xdsl.irdl import IRDLOperation, VarConstraint, operand_def, prop_def, result_def, traits_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.attribute_constraints import I64_ARRAY
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_VECTOR, element_type, shape_of


def _numbers(attribute: Attribute) -> tuple[int, ...]:
    assert isinstance(attribute, ArrayAttr)
    return tuple(number.value.data for number in attribute if isinstance(number, IntegerAttr))


def _shape(type_: Attribute) -> tuple[int, ...]:
    return shape_of(type_) or ()


def _confine(name: str, numbers: Sequence[int], least: int, limits: Sequence[int]) -> None:
    """Checks that numbers, by dimension, are at least `least` and below their limits."""
    for dimension, (number, limit) in enumerate(zip(numbers, limits, strict=False)):
        if not least <= number < limit:
            raise VerifyException(f"expected {name} dimension {dimension} to be confined to [{least}, {limit})")


def _confine_strides(strides: Sequence[int]) -> None:
    if any(stride != 1 for stride in strides):
        raise VerifyException("expected strides to be confined to [1, 2)")


def _sums(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [a + b for a, b in zip(one, other, strict=False)]


@irdl_op_definition
class InsertStridedSliceOp(IRDLOperation):
    """A vector with a part replaced by a vector of the same rank or a smaller one."""

    name = "vector.insert_strided_slice"

    T: ClassVar = VarConstraint("T", ANY_VECTOR)

    value_to_store = operand_def(ANY_VECTOR)
    dest = operand_def(T)
    offsets = prop_def(I64_ARRAY)
    strides = prop_def(I64_ARRAY)
    res = result_def(T)

    traits = traits_def(Pure())
    assembly_format = (
        "$value_to_store `,` $dest `offsets` `=` $offsets `,` `strides` `=` $strides attr-dict "
        "`:` type($value_to_store) `into` type($dest)"
    )

    @override
    def verify_(self) -> None:
        # MLIR: VectorOps.cpp, InsertStridedSliceOp::verify
        if element_type(self.value_to_store.type) != element_type(self.res.type):
            raise VerifyException("failed to verify that operand #0 and result have same element type")
        source, dest = _shape(self.value_to_store.type), _shape(self.dest.type)
        offsets, strides = _numbers(self.offsets), _numbers(self.strides)
        if len(offsets) != len(dest):
            raise VerifyException("expected offsets of same size as destination vector rank")
        if len(strides) != len(source):
            raise VerifyException("expected strides of same size as source vector rank")
        if len(source) > len(dest):
            raise VerifyException("expected source rank to be no greater than destination rank")
        _confine("offsets", offsets, 0, dest)
        _confine_strides(strides)
        aligned = (*(0,) * (len(dest) - len(source)), *source)
        for dimension, (end, size) in enumerate(zip(_sums(offsets, aligned), dest, strict=True)):
            if not 0 <= end <= size:
                which = "sum(offsets, source vector shape)"
                raise VerifyException(f"expected {which} dimension {dimension} to be confined to [1, {size + 1})")


@irdl_op_definition
class ExtractStridedSliceOp(IRDLOperation):
    """A part of a vector."""

    name = "vector.extract_strided_slice"

    source = operand_def(ANY_VECTOR)
    offsets = prop_def(I64_ARRAY)
    sizes = prop_def(I64_ARRAY)
    strides = prop_def(I64_ARRAY)
    result = result_def(ANY_VECTOR)

    traits = traits_def(Pure())
    assembly_format = (
        "$source `offsets` `=` $offsets `,` `sizes` `=` $sizes `,` `strides` `=` $strides attr-dict "
        "`:` type($source) `to` type($result)"
    )

    @override
    def verify_(self) -> None:
        # MLIR: VectorOps.cpp, ExtractStridedSliceOp::verify
        type_, shape = self.source.type, _shape(self.source.type)
        assert isinstance(type_, VectorType)
        offsets, sizes, strides = _numbers(self.offsets), _numbers(self.sizes), _numbers(self.strides)
        if not len(offsets) == len(sizes) == len(strides):
            raise VerifyException("expected offsets, sizes and strides attributes of same size")
        if len(offsets) > len(shape):
            raise VerifyException("expected offsets attribute of rank no greater than vector rank")
        limits = [size + 1 for size in shape]
        _confine("offsets", offsets, 0, shape)
        _confine("sizes", sizes, 1, limits)
        _confine_strides(strides)
        _confine("sum(offsets, sizes)", _sums(offsets, sizes), 1, limits)
        expected = VectorType(type_.element_type, (*sizes, *shape[len(sizes) :]), type_.scalable_dims)
        if self.result.type != expected:
            raise VerifyException(f"expected result type to be '{expected}'")
