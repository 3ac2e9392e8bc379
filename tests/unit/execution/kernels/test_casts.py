"""Conversions between types."""

import math
import struct

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.execution.values.elements import element_named, wrap_int
from tests.unit.execution.kernel_calls import call, unary


@given(st.sampled_from([1, 2, 4, 8, 16, 32]), st.sampled_from([1, 2, 4, 8, 16, 32, 64]), st.integers(0, 2**32 - 1))
def test_integer_widths(small: int, large: int, number: int) -> None:
    if small >= large:
        return
    source, target = element_named(f"i{small}"), element_named(f"i{large}")
    value = wrap_int(number, source)
    bits = number & ((1 << small) - 1)
    extended = bits - (1 << small) if bits >> (small - 1) else bits
    assert unary("arith.extsi", value, f"i{small}", f"i{large}") == wrap_int(extended, target)
    assert unary("arith.extui", value, f"i{small}", f"i{large}") == wrap_int(bits, target)
    assert unary("arith.trunci", wrap_int(number, target), f"i{large}", f"i{small}") == wrap_int(
        number & ((1 << large) - 1), source
    )


@given(st.floats(-1000, 1000, width=32))
def test_floats_to_integers_truncate(number: float) -> None:
    assert unary("arith.fptosi", np.float32(number), "f32", "i32") == int(number)
    assert unary("arith.fptosi", np.float32(number), "f32", "i64") == int(number)
    if number > -1:
        assert unary("arith.fptoui", np.float32(number), "f32", "i16") == int(number)


@pytest.mark.parametrize("bits", [32, 64])
def test_floats_that_no_unsigned_number_is_give_the_highest_bit(bits: int) -> None:
    for number in (2.0**bits, math.inf, -math.inf, math.nan, -(2.0**bits)):
        assert unary("arith.fptoui", np.float32(number), "f32", f"i{bits}") == -(1 << (bits - 1))
    assert unary("arith.fptoui", np.float32(2.0 ** (bits - 1)), "f32", f"i{bits}") == -(1 << (bits - 1))
    assert unary("arith.fptoui", np.float32(2.0 ** (bits - 1) * 1.5), "f32", f"i{bits}") == -(1 << (bits - 2))


def test_integers_to_floats() -> None:
    assert unary("arith.uitofp", np.int8(-1), "i8", "f32") == 255.0
    assert unary("arith.sitofp", np.int8(-1), "i8", "f32") == -1.0
    assert unary("arith.uitofp", np.True_, "i1", "f32") == 1.0
    assert unary("arith.sitofp", np.True_, "i1", "f32") == -1.0
    assert unary("arith.uitofp", np.int8(-1), "i4", "f32") == 15.0


@given(st.integers(0, 2**32 - 1))
def test_rounding_to_bf16_is_to_nearest_even(bits: int) -> None:
    value = struct.unpack("<f", struct.pack("<I", bits))[0]
    if value != value:
        return
    got = unary("arith.truncf", np.float32(value), "f32", "bf16")
    low, high = bits >> 16, bits & 0xFFFF
    rounded = low + (1 if high > 0x8000 or (high == 0x8000 and low & 1) else 0)
    assert np.asarray(got).view(np.uint16) == rounded & 0xFFFF


def test_bitcasts_keep_the_bits() -> None:
    assert unary("arith.bitcast", np.float32(1.0), "f32", "i32") == 0x3F800000
    assert unary("arith.bitcast", np.int8(-8), "i4", "f4E2M1FN") == ml_dtypes.float4_e2m1fn(-0.0)
    assert unary("arith.bitcast", ml_dtypes.float4_e2m1fn(-6.0), "f4E2M1FN", "i4") == -1


def test_index_casts() -> None:
    assert unary("arith.index_cast", np.int32(-3), "i32", "index") == -3
    assert unary("arith.index_castui", np.int8(-3), "i8", "index") == 253
    assert unary("arith.index_cast", np.int64(2**32 + 5), "index", "i32") == 5


def test_scaled_conversions() -> None:
    text = """func.func @f(%a: f4E2M1FN, %s: f8E8M0FNU) -> f32 {
  %0 = arith.scaling_extf %a, %s : f4E2M1FN, f8E8M0FNU to f32
  return %0 : f32
}"""
    assert call(text, ml_dtypes.float4_e2m1fn(3.0), ml_dtypes.float8_e8m0fnu(4.0))[0] == 12.0


def test_scales_are_exponents() -> None:
    numbers = np.array([0.0, -1.0, 1.99, 3.0, 0.75, math.inf, math.nan], np.float32)
    got = unary("arith.truncf", numbers, "tensor<7xf32>", "tensor<7xf8E8M0FNU>")
    np.testing.assert_array_equal(got.view(np.uint8), [0, 127, 127, 128, 126, 255, 255])


def test_scales_of_wide_types_count_for_the_power_of_two_below() -> None:
    text = """func.func @f(%a: f32, %s: f32) -> bf16 {
  %0 = arith.scaling_truncf %a, %s : f32, f32 to bf16
  return %0 : bf16
}"""
    assert call(text, np.float32(12.0), np.float32(3.9))[0] == 6.0
