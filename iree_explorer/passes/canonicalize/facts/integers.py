"""Integers of fixed width, as constants hold them: signed in an attribute, of 64 bits where the type is `index`."""

from __future__ import annotations

from xdsl.dialects.builtin import IndexType, IntegerAttr, IntegerType, i1
from xdsl.ir import Attribute, SSAValue

from iree_explorer.passes.canonicalize.facts.constants import constant_value

INDEX_WIDTH = 64


def width_of(scalar: Attribute) -> int | None:
    """The bits of an integer type; None: it is none."""
    if isinstance(scalar, IndexType):
        return INDEX_WIDTH
    return scalar.width.data if isinstance(scalar, IntegerType) else None


def signed(value: int, width: int) -> int:
    """The lowest `width` bits of `value` as a signed number; of no bits 0."""
    sign = 1 << width >> 1
    return (value & sign - 1) - (value & sign)


def unsigned(value: int, width: int) -> int:
    """The lowest `width` bits of `value` as an unsigned number."""
    return value & ((1 << width) - 1)


def integer_attr(value: int, scalar: Attribute) -> IntegerAttr:
    """The constant of type `scalar` with the lowest bits of `value`."""
    assert isinstance(scalar, IndexType | IntegerType)
    width = width_of(scalar)
    assert width is not None
    return IntegerAttr(signed(value, width), scalar)


def bool_attr(value: bool) -> IntegerAttr:
    """The constant `true` or `false`."""
    return IntegerAttr(-1 if value else 0, i1)


def constant_integer(value: SSAValue) -> int | None:
    """What `value` holds where it is a constant integer, as a signed number. # MLIR: m_ConstantInt, scalars only."""
    attribute = constant_value(value)
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
