"""Floats as constants hold them: exact numbers of their type, and what rounds to them."""

from __future__ import annotations

import math
import struct

from xdsl.dialects.builtin import AnyFloat, Float80Type, Float128Type, FloatAttr
from xdsl.ir import Attribute

BITS_UNKNOWN = (Float80Type, Float128Type)
"""Types that have every number a constant holds here, but whose bits are not known."""


def to_bits(value: FloatAttr) -> int:
    """The bits of a constant as an unsigned number; not of types in `BITS_UNKNOWN`."""
    return int.from_bytes(value.type.pack((value.value.data,)), "little")


def from_bits(bits: int, scalar: Attribute) -> FloatAttr:
    """The constant of these bits; not of types in `BITS_UNKNOWN`."""
    assert isinstance(scalar, AnyFloat)
    data = bits.to_bytes(scalar.compile_time_size, "little")
    return FloatAttr(scalar.unpack(data, 1)[0], scalar)


def rounded(value: float, scalar: Attribute) -> float:
    """The number of type `scalar` that is nearest to `value`, to even where two are; infinite beyond the largest."""
    assert isinstance(scalar, AnyFloat)
    if isinstance(scalar, BITS_UNKNOWN):
        return value
    try:
        number = float(value)
        return scalar.unpack(scalar.pack((number,)), 1)[0]
    except (OverflowError, struct.error):
        return math.copysign(math.inf, value)


def is_exact(value: float, scalar: Attribute) -> bool:
    """Whether type `scalar` has `value` itself, or `value` is no number."""
    return value != value or rounded(value, scalar) == value
