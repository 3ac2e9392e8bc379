"""Mathematical functions of constants: folders. # MLIR: MathOps.cpp.

Constants are scalars here; those of whole tensors and vectors are not folded. The compiler asks the C library of the
machine that it runs on, and so does this: libraries differ in the last bit of many functions, most of all with 32 bits.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from xdsl.dialects.builtin import FloatAttr, f32, f64
from xdsl.ir import Attribute, Operation

from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.floats import rounded, to_bits
from iree_explorer.passes.canonicalize.facts.integers import (
    bool_attr,
    constant_integer,
    integer_attr,
    unsigned,
    width_of,
)
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules

_Compute = Callable[..., float]

_IN_C: dict[Attribute, tuple[str, type[ctypes.c_float | ctypes.c_double]]] = {
    f32: ("f", ctypes.c_float),
    f64: ("", ctypes.c_double),
}
"""The types that functions of the C library take → what their names end in, and what they are there."""


@cache
def _library() -> ctypes.CDLL | None:
    """The C library with its mathematical functions; None: there is none to call, so that nothing is folded."""
    name = {"linux": "libm.so.6", "win32": "ucrtbase"}.get(sys.platform)
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


@cache
def _in_c(name: str, arguments: int, type_: Attribute) -> _Compute | None:
    """A function of the C library for numbers of `type_`; None: it has none."""
    ending, kind = _IN_C.get(type_, ("", None))
    function: Any = None if kind is None else getattr(_library(), name + ending, None)
    if function is not None:
        function.argtypes, function.restype = [kind] * arguments, kind
    return function


def _constant_floats(op: Operation) -> list[float] | None:
    attributes = [constant_value(operand) for operand in op.operands]
    numbers = [attribute.value.data for attribute in attributes if isinstance(attribute, FloatAttr)]
    return numbers if len(numbers) == len(attributes) else None


def _folded(op: Operation, number: float) -> Folded:
    target: Any = op.results[0].type
    return (FloatAttr(rounded(number, target), target),)


def _is_negative(number: float) -> bool:
    """Whether the sign bit is set. # LLVM: APFloat::isNegative."""
    return math.copysign(1, number) < 0


def _never(number: float) -> bool:  # noqa: ARG001  (as every test)
    return False


def _function(name: str, in_c: str = "", *, arguments: int = 1, unless: Callable[[float], bool] = _never) -> OpRules:
    """A function of the C library, named `in_c` there where it is not `name`; not folded where `unless` holds."""

    def fold(op: Operation) -> Folded | None:
        """The function of constants is known."""
        compute, numbers = _in_c(in_c or name, arguments, op.results[0].type), _constant_floats(op)
        if compute is None or numbers is None or unless(numbers[0]):
            return None
        return _folded(op, compute(*numbers))

    return OpRules(f"math.{name}", fold=fold)


def _fold_atan2(op: Operation) -> Folded | None:
    """The angle of constants is known; that of two zeros is no number."""
    compute, numbers = _in_c("atan2", 2, op.results[0].type), _constant_floats(op)
    if compute is None or numbers is None:
        return None
    return _folded(op, compute(*numbers) if any(numbers) else math.nan)


def _fold_rsqrt(op: Operation) -> Folded | None:
    """One by the square root of a constant."""
    compute, numbers = _in_c("sqrt", 1, op.results[0].type), _constant_floats(op)
    if compute is None or numbers is None or _is_negative(numbers[0]):
        return None
    return _folded(op, 1 / compute(*numbers) if numbers[0] else math.inf)


def _fold_fpowi(op: Operation) -> Folded | None:
    """The power of constants is known."""
    base, exponent = constant_value(op.operands[0]), constant_integer(op.operands[1])
    compute = _in_c("pow", 2, op.results[0].type)
    if compute is None or not isinstance(base, FloatAttr) or exponent is None:
        return None
    return _folded(op, compute(base.value.data, exponent))


def _exactly(name: str, compute: _Compute, *, all_types: bool = True) -> OpRules:
    """What needs no C library; `all_types`: not only those that it takes."""

    def fold(op: Operation) -> Folded | None:
        """The function of constants is known."""
        numbers = _constant_floats(op)
        if numbers is None or not (all_types or op.results[0].type in _IN_C):
            return None
        return _folded(op, compute(*numbers))

    return OpRules(f"math.{name}", fold=fold)


def _whole(compute: _Compute) -> _Compute:
    """Rounds to a whole number, which keeps the sign."""

    def whole(number: float) -> float:
        return math.copysign(compute(number), number) if math.isfinite(number) else number

    return whole


def _without_fraction(number: float) -> float:
    return math.trunc(number)


def _half_away_from_zero(number: float) -> float:
    whole = math.trunc(number)
    return whole + math.copysign(abs(number - whole) >= 0.5, number)


def _classifies(name: str, answer: Callable[[FloatAttr], bool]) -> OpRules:
    def fold(op: Operation) -> Folded | None:
        """What kind of number a constant is."""
        attribute = constant_value(op.operands[0])
        return (bool_attr(answer(attribute)),) if isinstance(attribute, FloatAttr) else None

    return OpRules(f"math.{name}", fold=fold)


def _is_normal(attribute: FloatAttr) -> bool:
    """Finite, not zero, and with an exponent that is not the smallest."""
    number, fraction = attribute.value.data, {"bf16": 7, "f16": 10, "f32": 23, "f64": 52}.get(attribute.type.name)
    if fraction is None or not math.isfinite(number):
        return False
    return bool(to_bits(attribute) & ((1 << (attribute.type.bitwidth - 1)) - (1 << fraction)))


def _of_bits(name: str, compute: Callable[[int, int], int]) -> OpRules:
    """`compute` of a constant integer and its width."""

    def fold(op: Operation) -> Folded | None:
        """The function of a constant is known."""
        number, target = constant_integer(op.operands[0]), op.results[0].type
        width = width_of(target)
        if number is None or width is None:
            return None
        return (integer_attr(compute(number, width), target),)

    return OpRules(f"math.{name}", fold=fold)


def _trailing_zeros(number: int, width: int) -> int:
    return (number & -number).bit_length() - 1 if number else width


def _fold_ipowi(op: Operation) -> Folded | None:
    """The power of constants, in as many bits as they have; of a negative exponent the whole part of the fraction."""
    base, exponent = map(constant_integer, op.operands)
    target = op.results[0].type
    width = width_of(target)
    if base is None or exponent is None or width is None:
        return None
    if exponent < 0:
        if base == 0:
            return None
        known = {1: 1, -1: -1 if exponent % 2 else 1}
        return (integer_attr(known.get(base, 0), target),)
    return (integer_attr(pow(base, exponent, 1 << width), target),)


RULES = (
    OpRules("math.atan2", fold=_fold_atan2),
    OpRules("math.fpowi", fold=_fold_fpowi),
    OpRules("math.ipowi", fold=_fold_ipowi),
    OpRules("math.rsqrt", fold=_fold_rsqrt),
    _function("acos"),
    _function("acosh"),
    _function("asin"),
    _function("asinh"),
    _function("atan"),
    _function("atanh"),
    _function("cbrt"),
    _function("cos"),
    _function("cosh"),
    _function("erf"),
    _function("erfc"),
    _function("exp"),
    _function("exp2"),
    _function("expm1"),
    _function("log", unless=_is_negative),
    _function("log10", unless=_is_negative),
    _function("log1p", unless=lambda number: _is_negative(number + 1)),
    _function("log2", unless=_is_negative),
    _function("powf", "pow", arguments=2),
    _function("sin"),
    _function("sinh"),
    _function("sqrt", unless=_is_negative),
    _function("tan"),
    _function("tanh"),
    _exactly("absf", math.fabs),
    _exactly("ceil", _whole(math.ceil)),
    _exactly("copysign", math.copysign),
    _exactly("floor", _whole(math.floor)),
    _exactly("round", _whole(_half_away_from_zero), all_types=False),
    _exactly("roundeven", _whole(round)),
    _exactly("trunc", _whole(_without_fraction), all_types=False),
    _classifies("isfinite", lambda attribute: math.isfinite(attribute.value.data)),
    _classifies("isinf", lambda attribute: math.isinf(attribute.value.data)),
    _classifies("isnan", lambda attribute: math.isnan(attribute.value.data)),
    _classifies("isnormal", _is_normal),
    _of_bits("absi", lambda number, _: abs(number)),
    _of_bits("ctlz", lambda number, width: width - unsigned(number, width).bit_length()),
    _of_bits("ctpop", lambda number, width: unsigned(number, width).bit_count()),
    _of_bits("cttz", _trailing_zeros),
)
