"""Integers of fixed width, as constants hold them: signed in an attribute, of 64 bits where the type is `index`.

A tensor or vector whose elements are all the same integer is asked as that integer is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseIntOrFPElementsAttr, IndexType, IntegerAttr, IntegerType, i1
from xdsl.ir import Attribute, SSAValue

from iree_explorer.ir.type_constraints import element_type, shape_of
from iree_explorer.passes.canonicalize.facts.constants import constant_value

INDEX_WIDTH = 64


def width_of(type_: Attribute) -> int | None:
    """The bits of an integer type, or of the elements of a shape that is static; None: it is none."""
    if isinstance(type_, IndexType):
        return INDEX_WIDTH
    if isinstance(type_, IntegerType):
        return type_.width.data
    shape = shape_of(type_)
    return None if shape is None or DYNAMIC_INDEX in shape else width_of(element_type(type_))


def signed(value: int, width: int) -> int:
    """The lowest `width` bits of `value` as a signed number; of no bits 0."""
    sign = 1 << width >> 1
    return (value & sign - 1) - (value & sign)


def unsigned(value: int, width: int) -> int:
    """The lowest `width` bits of `value` as an unsigned number."""
    return value & ((1 << width) - 1)


def integer_attr(value: int, type_: Attribute) -> IntegerAttr | DenseIntOrFPElementsAttr:
    """The constant of a type that has a width, with the lowest bits of `value`, everywhere."""
    return integers_attr([value], type_)


def integers_attr(values: Sequence[int], type_: Attribute) -> IntegerAttr | DenseIntOrFPElementsAttr:
    """The constant of a type that has a width, with the lowest bits of `values`: one each for its elements, or one for all."""
    scalar, width = element_type(type_), width_of(type_)
    assert isinstance(scalar, IndexType | IntegerType)
    assert width is not None
    elements = [IntegerAttr(signed(value, width), scalar) for value in values]
    if scalar is type_:
        return elements[0]
    from iree_explorer.passes.canonicalize.facts.elements import dense_of

    dense = dense_of(cast("Any", type_), elements)
    assert dense is not None
    return dense


def bool_attr(value: bool, type_: Attribute = i1) -> IntegerAttr | DenseIntOrFPElementsAttr:
    """The constant `true` or `false`, everywhere."""
    return integer_attr(-1 if value else 0, type_)


def constant_integer(value: SSAValue) -> int | None:
    """What `value` holds where it is a constant integer, as a signed number. # MLIR: m_ConstantInt."""
    attribute = constant_value(value)
    return _splat(attribute) if isinstance(attribute, DenseIntOrFPElementsAttr) else _number(attribute)


def constant_scalar(value: SSAValue) -> int | None:
    """As `constant_integer`, but not of tensors and vectors. # MLIR: ArithCanonicalization.td, APIntAttr."""
    return _number(constant_value(value))


def constant_integers(value: SSAValue) -> list[int] | None:
    """The constant integers that `value` holds, as signed numbers: one for all where they are the same."""
    attribute, number = constant_value(value), constant_integer(value)
    if number is not None:
        return [number]
    if not isinstance(attribute, DenseIntOrFPElementsAttr) or width_of(attribute.type) is None:
        return None
    numbers = (_number(element) for element in attribute.iter_attrs())
    return [number for number in numbers if number is not None]


def _splat(attribute: DenseIntOrFPElementsAttr) -> int | None:
    from iree_explorer.passes.canonicalize.facts.elements import element_of
    from iree_explorer.syntax.dense import is_splat

    is_one = width_of(attribute.type) is not None and is_splat(attribute)
    return _number(element_of(attribute, 0)) if is_one else None


def _number(attribute: Attribute | None) -> int | None:
    if not isinstance(attribute, IntegerAttr):
        return None
    width = width_of(attribute.type)
    return None if width is None else signed(attribute.value.data, width)


def is_zero(value: SSAValue) -> bool:
    """Whether `value` is a constant 0. # MLIR: m_Zero."""
    return constant_integer(value) == 0


def is_one(value: SSAValue) -> bool:
    """Whether `value` is a constant 1, or `true`. # MLIR: m_One."""
    number = constant_integer(value)
    return number is not None and unsigned(number, width_of(value.type) or INDEX_WIDTH) == 1


def is_all_ones(value: SSAValue) -> bool:
    """Whether all bits of `value` are a constant 1."""
    return constant_integer(value) == -1
