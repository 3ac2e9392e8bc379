"""Functions around one op of arith or math on a tensor of numbers where ops go wrong: extremes, halves, infinities, NaN.

Left out is what IREE 3.13's CPU compiler has no code for (`math.ipowi`, `trunc`, `log10`, `erfc`, `clampf`, `sincos`, `isinf`,
`isnormal`), what LLVM leaves open (shifts by the width and more, the least number over -1, floats that no integer is), and
denormals, which IREE's workers take for 0. Functions are approximated: they are called where IREE's polynomials hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from iree_explorer.execution.values.elements import element_named, wrap_int
from tests.conformance.agreement import Call

Pairs = tuple[np.ndarray, np.ndarray]

_WHOLE: Final = ("addi", "subi", "muli", "andi", "ori", "xori", "maxsi", "maxui", "minsi", "minui")
_UNSIGNED_DIVISIONS: Final = ("divui", "remui", "ceildivui")
_SIGNED_DIVISIONS: Final = ("divsi", "remsi", "ceildivsi", "floordivsi")
_SHIFTS: Final = ("shli", "shrsi", "shrui")
_COMPARISONS: Final = ("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge")
_FLOAT_COMPARISONS: Final = (
    "false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une", "uno", "true",
)  # fmt: skip
_EXACT: Final = ("addf", "subf", "mulf", "divf", "maximumf", "minimumf", "maxnumf", "minnumf")
_ROUNDING: Final = ("absf", "ceil", "floor", "round", "roundeven", "sqrt")
_NEAR_0: Final = (
    "asin", "asinh", "atan", "atanh", "cbrt", "cos", "cosh", "erf", "exp", "exp2", "expm1", "sin", "sinh", "tan", "tanh",
)  # fmt: skip
_ABOVE_0: Final = ("log", "log1p", "log2", "rsqrt")
_REFUSED: Final = {
    "f16": ("arith.maxnumf", "arith.minnumf", "math.cos", "math.cosh"),
    "bf16": ("arith.sitofp", "arith.uitofp"),
}
"""By type, further ops that IREE 3.13 has no code for on a CPU without instructions for the type."""
TOLERANCES: Final = {"f32": 2e-6, "f16": 2e-3, "bf16": 1e-2}


def integers(type_: str) -> np.ndarray:
    """Numbers of an integer type around its ends, its middle and 0; a multiple of 8 of them."""
    element = element_named(type_)
    bits = element.bits
    some = [0, 1, 2, 3, 5, 7, 8, 31, 32, 63, 100, 127, 128, 255, -1, -2, -3, -8, -33, -100, 12345, 1 << (bits // 2)]
    least = 1 << (bits - 1)
    found = sorted({number & ((1 << bits) - 1) for number in (*some, least, least - 1, least + 1)})
    found += found[: -len(found) % 8]
    return np.array([wrap_int(number, element) for number in found], element.dtype)


def floats(type_: str) -> np.ndarray:
    """Numbers of a float type: whole ones, halves, large and small ones, infinities, NaN; 24 of them."""
    some = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.5, 0.1, -0.3, 7.0, 100.25, -1e3, 3e4, -1e9, 1e-3, 127.5]
    whole = np.array([*some, np.inf, -np.inf, np.nan, 255.5, 6.0], np.float64)
    with np.errstate(all="ignore"):
        return whole.astype(np.float32).astype(element_named(type_).dtype)


def pairs(numbers: np.ndarray) -> Pairs:
    """Each with each."""
    rows, columns = np.meshgrid(np.arange(len(numbers)), np.arange(len(numbers)), indexing="ij")
    return numbers[rows.ravel()], numbers[columns.ravel()]


def unary(op: str, numbers: np.ndarray, type_: str, result: str = "", tolerance: float = 0.0) -> Call:
    """A function of one operand; `result` names the type of a conversion, or of a test."""
    source = f"tensor<{len(numbers)}x{type_}>"
    target = f"tensor<{len(numbers)}x{result or type_}>"
    is_cast = op.startswith("arith.") and result
    signature = f"{source} to {target}" if is_cast else source
    text = f"func.func @f(%a: {source}) -> {target} {{\n  %0 = {op} %a : {signature}\n  return %0 : {target}\n}}"
    return Call(f"{op} {type_} {result}".strip(), text, (numbers,), tolerance)


def binary(op: str, both: Pairs, type_: str, result: str = "", tolerance: float = 0.0) -> Call:
    """A function of two operands of one type."""
    source = f"tensor<{len(both[0])}x{type_}>"
    target = f"tensor<{len(both[0])}x{result or type_}>"
    text = f"func.func @f(%a: {source}, %b: {source}) -> {target} {{\n  %0 = {op} %a, %b : {source}\n  return %0 : {target}\n}}"
    return Call(f"{op} {type_}", text, both, tolerance)


def _kept(both: Pairs, keep: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Pairs:
    """The pairs that a test keeps, a multiple of 8 of them: sub-byte tensors fill whole bytes."""
    kept = np.flatnonzero(keep(*both))
    kept = kept[: len(kept) // 8 * 8]
    return both[0][kept], both[1][kept]


def integer_calls(type_: str) -> Iterator[Call]:
    """All of integer arithmetic on a type."""
    numbers = integers(type_)
    both, bits = pairs(numbers), element_named(type_).bits
    least = numbers.min() if bits > 1 else np.True_
    yield from (binary(f"arith.{name}", both, type_) for name in _WHOLE)
    yield from (binary(f"arith.cmpi {name},", both, type_, "i1") for name in _COMPARISONS)
    some = _kept(both, lambda _, b: b != 0)
    yield from (binary(f"arith.{name}", some, type_) for name in _UNSIGNED_DIVISIONS)
    some = _kept(both, lambda a, b: (b != 0) & ((a != least) | (b.astype(np.int64) != (-1 if bits > 1 else 1))))
    yield from (binary(f"arith.{name}", some, type_) for name in _SIGNED_DIVISIONS if len(some[0]))
    some = _kept(both, lambda _, b: (b >= 0) & (b < bits))
    yield from (binary(f"arith.{name}", some, type_) for name in _SHIFTS)
    yield from (unary(f"math.{name}", numbers, type_) for name in ("absi", "ctlz", "cttz", "ctpop"))
    yield from (_extended(name, both, type_) for name in ("addui_extended", "mulsi_extended", "mului_extended"))


def _extended(name: str, both: Pairs, type_: str) -> Call:
    tensor = f"tensor<{len(both[0])}x{type_}>"
    high = f"tensor<{len(both[0])}xi1>" if name == "addui_extended" else tensor
    shown = f"{tensor}, {high}" if name == "addui_extended" else tensor
    text = (
        f"func.func @f(%a: {tensor}, %b: {tensor}) -> ({tensor}, {high}) {{\n"
        f"  %0, %1 = arith.{name} %a, %b : {shown}\n  return %0, %1 : {tensor}, {high}\n}}"
    )
    return Call(f"arith.{name} {type_}", text, both)


def float_calls(type_: str) -> Iterator[Call]:
    """All of float arithmetic on a type, and conversions between it and integers."""
    refused = _REFUSED.get(type_, ())
    return (call for call in _float_calls(type_) if call.name.split()[0] not in refused)


def _float_calls(type_: str) -> Iterator[Call]:
    numbers, tolerance = floats(type_), TOLERANCES[type_]
    finite = numbers[np.isfinite(numbers.astype(np.float64))]
    small = finite[np.abs(finite.astype(np.float64)) < 0.99]
    positive = finite[(finite.astype(np.float64) > 0) & (finite.astype(np.float64) < 3e4)]
    both = _kept(pairs(numbers), lambda a, b: _is_normal(a, b, type_))
    yield from (binary(f"arith.{name}", both, type_) for name in _EXACT)
    yield from (binary(f"arith.cmpf {name},", both, type_, "i1") for name in _FLOAT_COMPARISONS)
    yield from (unary(op, numbers, type_) for op in ("arith.negf", *(f"math.{name}" for name in _ROUNDING)))
    yield from (unary(f"math.{name}", numbers, type_, "i1") for name in ("isnan", "isfinite"))
    yield from (unary(f"math.{name}", small, type_, tolerance=tolerance) for name in _NEAR_0)
    yield from (unary(f"math.{name}", positive, type_, tolerance=tolerance) for name in _ABOVE_0)
    yield binary("math.copysign", both, type_)
    yield binary("math.powf", pairs(positive[positive.astype(np.float64) < 8]), type_, tolerance=8 * tolerance)
    for integer in ("i8", "i16", "i32", "i64"):
        bits = element_named(integer).bits
        yield from (unary(f"arith.{name}", integers(integer), integer, type_) for name in ("sitofp", "uitofp"))
        yield unary("arith.fptosi", _fitting(finite, -(1 << (bits - 1)), 1 << (bits - 1)), type_, integer)
        yield unary("arith.fptoui", _fitting(finite, 0, 1 << bits), type_, integer)
    for other in sorted(set(TOLERANCES) - {type_}):
        wider = element_named(other).bits > element_named(type_).bits
        if element_named(other).bits != element_named(type_).bits:
            yield unary("arith.extf" if wider else "arith.truncf", _normal_in(finite, other), type_, other)


def _is_normal(a: np.ndarray, b: np.ndarray, type_: str) -> np.ndarray:
    """Pairs whose product and quotient are 0, or not so small that a type has only denormals for them."""
    x, y = np.abs(a.astype(np.float64)), np.abs(b.astype(np.float64))
    least = {"f16": 2.0**-14}.get(type_, 2.0**-120)
    with np.errstate(all="ignore"):
        return ~((x * y > 0) & (x * y < least)) & ~((x / y > 0) & (x / y < least))


def _normal_in(numbers: np.ndarray, type_: str) -> np.ndarray:
    size = np.abs(numbers.astype(np.float64))
    return numbers[(size == 0) | (size > 2.0**-14)] if type_ == "f16" else numbers


def _fitting(numbers: np.ndarray, low: int, high: int) -> np.ndarray:
    whole = np.trunc(numbers.astype(np.float64))
    return numbers[(whole >= low) & (whole < high)]


def small_float_calls(type_: str) -> Iterator[Call]:
    """Arithmetic of an 8-bit float type, on its values but NaN: conversions alone are what IREE has no code for."""
    values = np.arange(256, dtype=np.uint8).view(element_named(type_).dtype)
    finite = values[~np.isnan(values.astype(np.float32))]
    rows, columns = np.meshgrid(finite[::5], finite[::3], indexing="ij")
    yield binary("arith.addf", (rows.ravel(), columns.ravel()), type_)
    yield unary("arith.negf", values, type_)
    yield unary("arith.bitcast", values, type_, "i8")
    yield unary("arith.sitofp", integers("i32"), "i32", type_)
    yield unary("arith.fptosi", finite[np.abs(finite.astype(np.float32)) < 120], type_, "i8")


def scale_calls() -> Iterator[Call]:
    """Powers of two of a byte: numbers that become one, and others that are scaled by one."""
    numbers, count = floats("f32"), len(floats("f32"))
    yield unary("arith.truncf", numbers, "f32", "f8E8M0FNU")
    yield unary("arith.truncf", floats("bf16"), "bf16", "f8E8M0FNU")
    finite = np.where(np.isnan(numbers), np.float32(3), numbers)
    scales = np.resize(np.array([1, 2, 3, 0.3, 0.75, 16], np.float32), count)
    source, target = f"tensor<{count}xf32>", f"tensor<{count}xf8E5M2>"
    text = (
        f"func.func @f(%a: {source}, %s: {source}) -> {target} {{\n"
        f"  %0 = arith.scaling_truncf %a, %s : {source}, {source} to {target}\n  return %0 : {target}\n}}"
    )
    yield Call("arith.scaling_truncf f32 f8E5M2", text, (finite, scales))
    small = np.clip(finite, -448, 448).astype(element_named("f8E5M2").dtype)
    text = text.replace(f"(%a: {source}", f"(%a: {target}").replace(f"-> {target}", f"-> {source}")
    text = text.replace(
        f"truncf %a, %s : {source}, {source} to {target}", f"extf %a, %s : {target}, {source} to {source}"
    )
    text = text.replace(f"return %0 : {target}", f"return %0 : {source}")
    yield Call("arith.scaling_extf f8E5M2 f32", text, (small, scales))
