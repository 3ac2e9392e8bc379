"""Mathematical functions against Python's."""

import math
from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.execution.kernel_calls import binary, classify, unary

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "absf": abs,
    "atan": math.atan,
    "cbrt": lambda x: math.copysign(abs(x) ** (1 / 3), x),
    "ceil": math.ceil,
    "cos": math.cos,
    "erf": math.erf,
    "erfc": math.erfc,
    "exp": math.exp,
    "exp2": lambda x: 2.0**x,
    "expm1": math.expm1,
    "floor": math.floor,
    "roundeven": round,
    "sin": math.sin,
    "tanh": math.tanh,
    "trunc": math.trunc,
}


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(st.floats(-9, 9, width=32), min_size=1, max_size=8))
def test_floats(name: str, numbers: list[float]) -> None:
    got = unary(f"math.{name}", np.array(numbers, np.float32), f"tensor<{len(numbers)}xf32>")
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, [FUNCTIONS[name](x) for x in numbers], rtol=3e-6, atol=1e-7)


def test_erf_in_double_precision() -> None:
    numbers = np.linspace(-5, 5, 101)
    got = unary("math.erf", numbers, "tensor<101xf64>")
    np.testing.assert_array_equal(got, [math.erf(x) for x in numbers])


def test_rounding_halves_away_from_zero() -> None:
    numbers = np.array([0.5, -0.5, 1.5, 2.5, 0.49999997, -2.4], np.float32)
    np.testing.assert_array_equal(unary("math.round", numbers, "tensor<6xf32>"), [1, -1, 2, 3, 0, -2])


@pytest.mark.parametrize("bits", [8, 16, 32, 64])
@given(number=st.integers(0, 2**64 - 1))
def test_bit_counts(bits: int, number: int) -> None:
    number &= (1 << bits) - 1
    value = np.array(number, f"u{bits // 8}").view(f"i{bits // 8}")[()]
    assert unary("math.ctpop", value, f"i{bits}") == number.bit_count()
    assert unary("math.ctlz", value, f"i{bits}") == bits - number.bit_length()
    trailing = (number & -number).bit_length() - 1 if number else bits
    assert unary("math.cttz", value, f"i{bits}") == trailing


@given(st.integers(-5, 5), st.integers(-4, 9))
def test_integer_powers(base: int, exponent: int) -> None:
    if base == 0 and exponent < 0:
        return
    want = base**exponent if exponent >= 0 else math.trunc(float(base) ** exponent)
    assert binary("math.ipowi", np.int32(base), np.int32(exponent), "i32") == want


def test_half_precision_rounds_once() -> None:
    value = np.float16(0.1)
    assert unary("math.exp", value, "f16") == np.float16(math.exp(float(value)))


@pytest.mark.parametrize(
    ("name", "kind", "normal"),
    [("f32", np.float32, 2.0**-126), ("f16", np.float16, 2.0**-14), ("bf16", ml_dtypes.bfloat16, 2.0**-126)],
)
def test_numbers_are_normal_from_the_least_with_a_full_mantissa(name: str, kind: Any, normal: float) -> None:
    numbers = np.array([normal, -normal, normal / 2, 0, 1, np.inf, np.nan], kind)
    got = classify("math.isnormal", numbers, f"tensor<7x{name}>", "tensor<7xi1>")
    assert got.tolist() == [True, True, False, False, True, False, False]
