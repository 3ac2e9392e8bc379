"""Integer and float arithmetic against Python's own."""

import math
from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.values.elements import element_named, wrap_int
from tests.unit.execution.kernel_calls import binary, call

WIDTHS = [1, 2, 4, 5, 8, 16, 24, 32, 64]


def _signed(value: int, bits: int) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def _towards_zero(a: int, b: int) -> int:
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


SIGNED: dict[str, Callable[[int, int], int]] = {
    "addi": lambda a, b: a + b,
    "subi": lambda a, b: a - b,
    "muli": lambda a, b: a * b,
    "divsi": _towards_zero,
    "remsi": lambda a, b: a - b * _towards_zero(a, b),
    "floordivsi": lambda a, b: a // b,
    "ceildivsi": lambda a, b: -(-a // b),
    "maxsi": max,
    "minsi": min,
    "andi": lambda a, b: a & b,
    "ori": lambda a, b: a | b,
    "xori": lambda a, b: a ^ b,
}
UNSIGNED: dict[str, Callable[[int, int], int]] = {
    "divui": lambda a, b: a // b,
    "remui": lambda a, b: a % b,
    "ceildivui": lambda a, b: -(-a // b),
    "maxui": max,
    "minui": min,
}


@given(st.sampled_from(sorted(SIGNED) + sorted(UNSIGNED)), st.sampled_from(WIDTHS), st.data())
def test_integer_ops_wrap_to_their_width(name: str, bits: int, data: st.DataObject) -> None:
    element = element_named(f"i{bits}")
    numbers = st.integers(0, (1 << bits) - 1)
    pairs = data.draw(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5))
    if "div" in name or "rem" in name:
        lowest = 1 << (bits - 1)
        pairs = [(a, b or 1) for a, b in pairs]
        pairs = [(a if (a, b) != (lowest, (1 << bits) - 1) else 0, b) for a, b in pairs]
    a, b = (np.array([wrap_int(pair[i], element) for pair in pairs], element.dtype) for i in (0, 1))
    if name in SIGNED:
        want = [wrap_int(SIGNED[name](_signed(x, bits), _signed(y, bits)), element) for x, y in pairs]
    else:
        want = [wrap_int(UNSIGNED[name](x, y), element) for x, y in pairs]
    got = binary(f"arith.{name}", a, b, f"tensor<{len(pairs)}xi{bits}>")
    assert got.dtype == element.dtype
    np.testing.assert_array_equal(got, want)


@given(st.sampled_from(["shli", "shrsi", "shrui"]), st.sampled_from([2, 4, 8, 16, 32, 64]), st.data())
def test_shifts(name: str, bits: int, data: st.DataObject) -> None:
    element = element_named(f"i{bits}")
    value, amount = (
        data.draw(st.integers(0, (1 << bits) - 1)),
        data.draw(st.integers(0, min(bits - 1, (1 << (bits - 1)) - 1))),
    )
    want = {"shli": value << amount, "shrsi": _signed(value, bits) >> amount, "shrui": value >> amount}[name]
    got = binary(f"arith.{name}", wrap_int(value, element), wrap_int(amount, element), f"i{bits}")
    assert got == wrap_int(want, element)


@pytest.mark.parametrize("name", ["divsi", "divui", "remsi", "remui", "floordivsi", "ceildivsi", "ceildivui"])
def test_division_by_zero_names_the_op(name: str) -> None:
    with pytest.raises(ExecutionError, match=rf"arith\.{name}: integer division by zero"):
        binary(f"arith.{name}", np.array([1, 2], np.int32), np.array([1, 0], np.int32), "tensor<2xi32>")


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


@given(st.sampled_from(WIDTHS), st.sampled_from(["slt", "sge", "ult", "ugt", "eq", "ne", "sle", "ule"]), st.data())
def test_integer_comparisons(bits: int, predicate: str, data: st.DataObject) -> None:
    numbers = st.integers(0, (1 << bits) - 1)
    a, b = data.draw(numbers), data.draw(numbers)
    x, y = (_signed(a, bits), _signed(b, bits)) if predicate[0] == "s" else (a, b)
    element = element_named(f"i{bits}")
    got = binary(f"arith.cmpi {predicate},", wrap_int(a, element), wrap_int(b, element), f"i{bits}", "i1")
    assert bool(got) == COMPARISONS[predicate[-2:]](x, y)


FLOATS = [0.0, -0.0, 1.0, -2.5, math.inf, -math.inf, math.nan]


@pytest.mark.parametrize("kind", ["o", "u"])
@pytest.mark.parametrize("relation", sorted(COMPARISONS))
@pytest.mark.parametrize(("name", "dtype"), [("f32", np.float32), ("f16", np.float16), ("bf16", ml_dtypes.bfloat16)])
def test_float_comparisons(kind: str, relation: str, name: str, dtype: Any) -> None:
    a, b = (part.reshape(-1) for part in np.meshgrid(FLOATS, FLOATS))
    got = binary(
        f"arith.cmpf {kind}{relation},", a.astype(dtype), b.astype(dtype), f"tensor<49x{name}>", "tensor<49xi1>"
    )
    either = np.isnan(a) | np.isnan(b)
    want = [COMPARISONS[relation](x, y) for x, y in zip(a, b, strict=True)]
    np.testing.assert_array_equal(got, np.where(either, kind == "u", want))


def test_nan_in_extremes() -> None:
    a, b = np.array([math.nan, 1.0], np.float32), np.array([2.0, math.nan], np.float32)
    assert np.isnan(binary("arith.maximumf", a, b, "tensor<2xf32>")).all()
    np.testing.assert_array_equal(binary("arith.maxnumf", a, b, "tensor<2xf32>"), [2.0, 1.0])
    np.testing.assert_array_equal(binary("arith.minnumf", a, b, "tensor<2xf32>"), [2.0, 1.0])


def test_small_floats_round_after_each_op() -> None:
    a, b = np.array([1.0, 448.0], ml_dtypes.float8_e4m3fn), np.array([0.0625, 1.0], ml_dtypes.float8_e4m3fn)
    got = binary("arith.addf", a, b, "tensor<2xf8E4M3FN>")
    np.testing.assert_array_equal(got.astype(np.float32), [1.0, 448.0])


def test_select_takes_arrays_or_one_condition() -> None:
    text = """func.func @f(%c: tensor<2xi1>, %a: tensor<2xi32>, %b: tensor<2xi32>) -> tensor<2xi32> {
  %0 = arith.select %c, %a, %b : tensor<2xi1>, tensor<2xi32>
  return %0 : tensor<2xi32>
}"""
    a, b = np.array([1, 2], np.int32), np.array([3, 4], np.int32)
    np.testing.assert_array_equal(call(text, np.array([True, False]), a, b)[0], [1, 4])


def test_rounding_the_least_number_up() -> None:
    got = binary("arith.ceildivsi", np.array([-128, -128], np.int8), np.array([2, 3], np.int8), "tensor<2xi8>")
    np.testing.assert_array_equal(got, [-64, -42])


EXTENDED: dict[str, str] = {"addui_extended": "{0}, i1", "mulsi_extended": "{0}, {0}", "mului_extended": "{0}, {0}"}


@given(st.sampled_from(sorted(EXTENDED)), st.sampled_from([*WIDTHS, 40, 63]), st.data())
def test_all_bits_of_sums_and_products(name: str, bits: int, data: st.DataObject) -> None:
    numbers = st.integers(0, (1 << bits) - 1)
    a, b = data.draw(numbers), data.draw(numbers)
    element, type_ = element_named(f"i{bits}"), f"i{bits}"
    results = EXTENDED[name].format(type_)
    shown = results if name == "addui_extended" else type_
    text = f"func.func @f(%a: {type_}, %b: {type_}) -> ({results}) {{\n  %0, %1 = arith.{name} %a, %b : {shown}\n  return %0, %1 : {results}\n}}"
    low, high = call(text, wrap_int(a, element), wrap_int(b, element))
    x, y = (_signed(a, bits), _signed(b, bits)) if name == "mulsi_extended" else (a, b)
    whole = x + y if name == "addui_extended" else x * y
    assert low == wrap_int(whole, element)
    assert high == (whole >> bits != 0 if name == "addui_extended" else wrap_int(whole >> bits, element))


def test_flushed_denormals_keep_their_sign() -> None:
    text = """func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = arith.flush_denormals %a : tensor<4xf32>
  return %0 : tensor<4xf32>
}"""
    (got,) = call(text, np.array([1e-39, -1e-39, 2e-38, -np.inf], np.float32))
    np.testing.assert_array_equal(got, np.array([0.0, -0.0, 2e-38, -np.inf], np.float32))
    np.testing.assert_array_equal(np.signbit(got), [False, True, False, True])
