"""Mathematical functions of constants: folders. # MLIR: MathOps.cpp.

Tensors and vectors are folded element by element. The compiler asks the C library of the machine that it runs on, and so
does this: libraries differ in the last bit of many functions, most of all with 32 bits.
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

from iree_explorer.ir.type_constraints import element_type
from iree_explorer.passes.canonicalize.facts.constants import paired
from iree_explorer.passes.canonicalize.facts.float_constants import constant_float, constant_floats, floats_attr
from iree_explorer.passes.canonicalize.facts.floats import to_bits
from iree_explorer.passes.canonicalize.facts.integers import (
    bool_attr,
    constant_integers,
    integers_attr,
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
    """A function of the C library for numbers of the scalar type `type_`; None: it has none."""
    ending, kind = _IN_C.get(type_, ("", None))
    function: Any = None if kind is None else getattr(_library(), name + ending, None)
    if function is not None:
        function.argtypes, function.restype = [kind] * arguments, kind
    return function


def _folded(op: Operation, *computes: Callable[..., float | None] | None) -> Folded | None:
    """The results of `op` on constant floats, each as one of `computes` says, element by element; None: one is not known."""
    constants = [constant_floats(operand) for operand in op.operands]
    known = [numbers for numbers in constants if numbers is not None]
    if len(known) < len(constants):
        return None
    folded: list[Attribute] = []
    for compute, result in zip(computes, op.results, strict=True):
        computed = [] if compute is None else [compute(*numbers) for numbers in paired(*known)]
        numbers = [number for number in computed if number is not None]
        if compute is None or len(numbers) < len(computed):
            return None
        folded.append(floats_attr(numbers, result.type))
    return folded


def _scalar_type(op: Operation) -> Attribute:
    return element_type(op.results[0].type)


def _is_negative(number: float) -> bool:
    """Whether the sign bit is set. # LLVM: APFloat::isNegative."""
    return math.copysign(1, number) < 0


def _never(number: float) -> bool:  # noqa: ARG001  (as every test)
    return False


def _function(name: str, in_c: str = "", *, arguments: int = 1, unless: Callable[[float], bool] = _never) -> OpRules:
    """A function of the C library, named `in_c` there where it is not `name`; not folded where `unless` holds."""

    def fold(op: Operation) -> Folded | None:
        """The function of constants is known."""
        compute = _in_c(in_c or name, arguments, _scalar_type(op))
        if compute is None:
            return None
        return _folded(op, lambda *numbers: None if unless(numbers[0]) else compute(*numbers))

    return OpRules(f"math.{name}", fold=fold)


def _fold_atan2(op: Operation) -> Folded | None:
    """The angle of constants is known; that of two zeros is no number."""
    compute = _in_c("atan2", 2, _scalar_type(op))

    def angle(y: float, x: float) -> float | None:
        return compute(y, x) if compute is not None and (y or x) else math.nan

    return _folded(op, compute and angle)


def _fold_rsqrt(op: Operation) -> Folded | None:
    """One by the square root of a constant."""
    root = _in_c("sqrt", 1, _scalar_type(op))

    def inverse(x: float) -> float | None:
        return None if root is None or _is_negative(x) else 1 / root(x) if x else math.inf

    return _folded(op, root and inverse)


def _fold_sincos(op: Operation) -> Folded | None:
    """The sine and the cosine of a constant are known."""
    return _folded(op, *(_in_c(name, 1, _scalar_type(op)) for name in ("sin", "cos")))


def _fold_fpowi(op: Operation) -> Folded | None:
    """The power of constants is known."""
    bases, exponents = constant_floats(op.operands[0]), constant_integers(op.operands[1])
    compute = _in_c("pow", 2, _scalar_type(op))
    if compute is None or bases is None or exponents is None:
        return None
    return (floats_attr([compute(*pair) for pair in paired(bases, exponents)], op.results[0].type),)


def _exactly(name: str, compute: _Compute, *, all_types: bool = True) -> OpRules:
    """What needs no C library; `all_types`: not only those that it takes."""

    def fold(op: Operation) -> Folded | None:
        """The function of constants is known."""
        return _folded(op, compute if all_types or _scalar_type(op) in _IN_C else None)

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


def _classifies(name: str, answer: Callable[[float, Attribute], bool]) -> OpRules:
    """`answer` of a constant and its scalar type."""

    def fold(op: Operation) -> Folded | None:
        """What kind of number a constant is, or one that is everywhere."""
        number, scalar = constant_float(op.operands[0]), element_type(op.operands[0].type)
        return None if number is None else (bool_attr(answer(number, scalar), op.results[0].type),)

    return OpRules(f"math.{name}", fold=fold)


def _is_normal(number: float, scalar: Any) -> bool:
    """Finite, not zero, and with an exponent that is not the smallest."""
    fraction = {"bf16": 7, "f16": 10, "f32": 23, "f64": 52}.get(scalar.name)
    if fraction is None or not math.isfinite(number):
        return False
    return bool(to_bits(FloatAttr(number, scalar)) & ((1 << (scalar.bitwidth - 1)) - (1 << fraction)))


def _of_bits(name: str, compute: Callable[..., int | None], arguments: int = 1) -> OpRules:
    """`compute` of constant integers and their width; None: there is no result."""

    def fold(op: Operation) -> Folded | None:
        """The function of constants is known."""
        constants = [constant_integers(operand) for operand in op.operands]
        known, width = [numbers for numbers in constants if numbers is not None], width_of(op.results[0].type)
        if len(known) < arguments or width is None:
            return None
        computed = [compute(*numbers, width) for numbers in paired(*known)]
        results = [number for number in computed if number is not None]
        return (integers_attr(results, op.results[0].type),) if len(results) == len(computed) else None

    return OpRules(f"math.{name}", fold=fold)


def _absolute(number: int, _: int) -> int:
    return abs(number)


def _ones(number: int, width: int) -> int:
    return unsigned(number, width).bit_count()


def _leading_zeros(number: int, width: int) -> int:
    return width - unsigned(number, width).bit_length()


def _trailing_zeros(number: int, width: int) -> int:
    return (number & -number).bit_length() - 1 if number else width


def _power(base: int, exponent: int, width: int) -> int | None:
    """In as many bits as there are; of a negative exponent the whole part of the fraction."""
    if exponent >= 0:
        return pow(base, exponent, 1 << width)
    known = {0: None, 1: 1, -1: -1 if exponent % 2 else 1}
    return known.get(base, 0)


RULES = (
    OpRules("math.atan2", fold=_fold_atan2),
    OpRules("math.fpowi", fold=_fold_fpowi),
    OpRules("math.rsqrt", fold=_fold_rsqrt),
    OpRules("math.sincos", fold=_fold_sincos),
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
    _classifies("isfinite", lambda number, _: math.isfinite(number)),
    _classifies("isinf", lambda number, _: math.isinf(number)),
    _classifies("isnan", lambda number, _: math.isnan(number)),
    _classifies("isnormal", _is_normal),
    _of_bits("absi", _absolute),
    _of_bits("ctlz", _leading_zeros),
    _of_bits("ctpop", _ones),
    _of_bits("cttz", _trailing_zeros),
    _of_bits("ipowi", _power, arguments=2),
)
