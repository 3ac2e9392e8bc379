"""The math dialect on numpy values; f16 and narrower are computed in f32 and rounded after each op."""

import math
from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
from xdsl.ir import Operation

from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Binary, Function, Step, Unary
from iree_explorer.execution.kernels.arith import computed_wide, operand_element, result_element, settle, unsigned

MATH: Table[Scope] = Table()

# The rational approximation of erf that Eigen and XLA use in f32: x·P(x²)/Q(x²), 2 ulp on the clamped range.
_ERF_P = (0.00022905065861350646, 0.0034082910107109506, 0.050955695062380861, 0.18520832239976145, 1.128379143519084)
_ERF_Q = (
    -1.1791602954361697e-7,
    0.000023547966471313185,
    0.0010179625278914885,
    0.014070470171167667,
    0.11098505178285362,
    0.49746925110067538,
    1.0,
)
_ERF_LIMIT = 3.7439211627767994


def _horner(coefficients: tuple[float, ...], x: Any) -> Any:
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total = total * x + x.dtype.type(coefficient)
    return total


def erf(x: Any) -> Any:
    """The error function; f64 by the C library element by element, for numpy has none."""
    if x.dtype == np.float64:
        return np.asarray(np.frompyfunc(math.erf, 1, 1)(x), np.float64)[()]
    clamped = np.clip(x, -_ERF_LIMIT, _ERF_LIMIT)
    square = clamped * clamped
    return clamped * _horner(_ERF_P, square) / _horner(_ERF_Q, square)


def erfc(x: Any) -> Any:
    """1 - erf(x), by the C library: the difference would lose all digits where erf is near 1."""
    return np.asarray(np.frompyfunc(math.erfc, 1, 1)(x.astype(np.float64))).astype(x.dtype)[()]


def round_half_away(x: Any) -> Any:
    """Rounds to the nearest integer, halves away from zero."""
    whole = np.trunc(x)
    return np.where(np.abs(x - whole) >= 0.5, whole + np.copysign(1, x), whole).astype(x.dtype)[()]


def reciprocal_sqrt(x: Any) -> Any:
    """1 / sqrt(x) in x's type."""
    return np.reciprocal(np.sqrt(x))


def is_normal(x: Any) -> Any:
    """Whether a number is finite and has all bits of its type's mantissa."""
    return np.isfinite(x) & (np.abs(x) >= ml_dtypes.finfo(x.dtype).smallest_normal)


def _clamp(x: Any, low: Any, high: Any) -> Any:
    return np.minimum(np.maximum(x, low), high)


def _multiply_add(a: Any, b: Any, c: Any) -> Any:
    return a * b + c


_FLOAT: dict[str, Function] = {
    "absf": np.abs,
    "acos": np.arccos,
    "acosh": np.arccosh,
    "asin": np.arcsin,
    "asinh": np.arcsinh,
    "atan": np.arctan,
    "atan2": np.arctan2,
    "atanh": np.arctanh,
    "cbrt": np.cbrt,
    "ceil": np.ceil,
    "clampf": _clamp,
    "copysign": np.copysign,
    "cos": np.cos,
    "cosh": np.cosh,
    "erf": erf,
    "erfc": erfc,
    "exp": np.exp,
    "exp2": np.exp2,
    "expm1": np.expm1,
    "floor": np.floor,
    "fma": _multiply_add,
    "log": np.log,
    "log10": np.log10,
    "log1p": np.log1p,
    "log2": np.log2,
    "powf": np.power,
    "round": round_half_away,
    "roundeven": np.rint,
    "rsqrt": reciprocal_sqrt,
    "sin": np.sin,
    "sinh": np.sinh,
    "sqrt": np.sqrt,
    "tan": np.tan,
    "tanh": np.tanh,
    "trunc": np.trunc,
}


def _float_op(function: Function) -> Callable[[Operation], Function]:
    return lambda op: computed_wide(function, operand_element(op))


for _name, _function in _FLOAT.items():
    MATH.computes(f"math.{_name}")(_float_op(_function))

_TESTS: dict[str, Unary] = {
    "isnan": np.isnan,
    "isinf": np.isinf,
    "isfinite": np.isfinite,
    "isnormal": is_normal,
}
for _name, _function in _TESTS.items():
    MATH.computes(f"math.{_name}")(lambda _, function=_function: function)


@MATH.lowers("math.sincos")
def _sincos(op: Operation, scope: Scope) -> Step:
    element = operand_element(op)
    sin, cos = computed_wide(np.sin, element), computed_wide(np.cos, element)
    return scope.apply_many(lambda x: (sin(x), cos(x)), op.operands, op.results)


@MATH.computes("math.fpowi")
def _fpowi(op: Operation) -> Binary:
    dtype = result_element(op).dtype
    return lambda x, n: np.power(x.astype(np.float64), n).astype(dtype)


@MATH.computes("math.ipowi")
def _ipowi(op: Operation) -> Binary:
    element = operand_element(op)
    return lambda x, n: settle(int_power(np.asarray(x), np.asarray(n))[()], element)


def int_power(base: Any, exponent: Any) -> Any:
    """Integer powers by repeated squaring; a negative exponent gives 0 but for bases 1 and -1."""
    negative = exponent < 0
    left = np.where(negative, 0, exponent)
    total = np.ones(np.broadcast_shapes(base.shape, exponent.shape), base.dtype)
    factor = base
    while np.any(left):
        total = np.where(left & 1, total * factor, total)
        factor = factor * factor
        left = left >> 1
    sign = np.where(exponent & 1, -1, 1)
    inverse = np.where(base == 1, 1, np.where(base == -1, sign, 0)).astype(base.dtype)
    return np.where(negative, inverse, total)


@MATH.computes("math.absi")
def _absi(op: Operation) -> Unary:
    element = operand_element(op)
    return lambda x: settle(np.abs(x), element)


def _bit_op(count: Callable[[Any, int], Any]) -> Callable[[Operation], Unary]:
    def make(op: Operation) -> Unary:
        element = operand_element(op)
        return lambda x: settle(count(unsigned(x, element), element.bits), element)

    return make


def leading_zeros(x: Any, bits: int) -> Any:
    """Zero bits above the highest set one of an unsigned number."""
    step = 1
    while step < bits:
        x = x | (x >> x.dtype.type(step))
        step *= 2
    return bits - np.bitwise_count(x).astype(np.int64)


def trailing_zeros(x: Any, bits: int) -> Any:
    """Zero bits below the lowest set one of an unsigned number, `bits` for 0."""
    below = ~x & (x - x.dtype.type(1))
    return np.minimum(np.bitwise_count(below).astype(np.int64), bits)


MATH.computes("math.ctlz")(_bit_op(leading_zeros))
MATH.computes("math.cttz")(_bit_op(trailing_zeros))
MATH.computes("math.ctpop")(_bit_op(lambda x, _: np.bitwise_count(x).astype(np.int64)))
