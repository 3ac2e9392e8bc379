"""Conversions of the arith dialect: extensions, truncations, between integers and floats, bit casts."""

from collections.abc import Callable
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Binary, Unary
from iree_explorer.execution.kernels.arith import operand_element, result_element, settle, signed, unsigned
from iree_explorer.execution.values.elements import Element, element_named, element_of, sign_extend, wrap_int

CASTS: Table[Scope] = Table()


def _convert(make: Callable[[Element, Element], Unary]) -> Callable[[Operation], Unary]:
    return lambda op: make(operand_element(op), result_element(op))


def _sign_extend(source: Element, target: Element) -> Unary:
    return lambda a: settle(signed(a, source).astype(target.dtype), target)


def _zero_extend(source: Element, target: Element) -> Unary:
    return lambda a: unsigned(a, source).astype(target.dtype)


def _truncate(_: Element, target: Element) -> Unary:
    return lambda a: settle(a, target)


def _index_cast(source: Element, target: Element) -> Unary:
    return _sign_extend(source, target) if target.bits >= source.bits else _truncate(source, target)


def _index_cast_unsigned(source: Element, target: Element) -> Unary:
    return _zero_extend(source, target) if target.bits >= source.bits else _truncate(source, target)


def to_float(value: Any, element: Element) -> Any:
    """Any real number rounded to a float type, ties to even."""
    if element is SCALE:
        return to_scale(value)
    if element.bits >= 16 and element.name != "bf16":
        return value.astype(element.dtype)
    return value.astype(np.float32).astype(element.dtype)


SCALE = element_named("f8E8M0FNU")


def to_scale(value: Any) -> Any:
    """The power of two at or below a number's absolute value: its exponent alone; what is not finite gives NaN.

    MLIR: ArithExpandOps (ExpandOps.cpp), F8E8M0TruncFOpConverter.
    """
    bits = np.asarray(value.astype(np.float32)).view(np.uint32)
    return ((bits >> 23) & 0xFF).astype(np.uint8).view(SCALE.dtype)[()]


def _float_cast(_: Element, target: Element) -> Unary:
    return lambda a: to_float(a, target)


def _signed_to_float(source: Element, target: Element) -> Unary:
    return lambda a: to_float(signed(a, source), target)


def _unsigned_to_float(source: Element, target: Element) -> Unary:
    return lambda a: to_float(unsigned(a, source), target)


def _wide(value: Any, source: Element) -> Any:
    return value.astype(np.float32) if source.bits < 32 else value


def _float_to_signed(source: Element, target: Element) -> Unary:
    through = np.int64 if target.bits > 32 else np.int32
    return lambda a: settle(_wide(a, source).astype(through), target)


def _float_to_unsigned(source: Element, target: Element) -> Unary:
    """Numbers that do not fit give what x86 gives, the highest bit alone; for narrow types IREE has no one answer."""
    wide = np.uint64 if target.bits == 64 else np.int64
    if target.bits < 32:
        return lambda a: settle(_wide(a, source).astype(wide), target)
    low, high = -(2.0 ** (target.bits - 1)), 2.0**target.bits
    outside = wrap_int(1 << (target.bits - 1), target)

    def convert(a: Any) -> Any:
        value = _wide(a, source)
        whole = value.astype(wide).view(np.int64).astype(target.dtype)
        return np.where((value >= low) & (value < high), whole, outside)[()]

    return convert


_CONVERSIONS: dict[str, Callable[[Element, Element], Unary]] = {
    "extsi": _sign_extend,
    "extui": _zero_extend,
    "trunci": _truncate,
    "index_cast": _index_cast,
    "index_castui": _index_cast_unsigned,
    "extf": _float_cast,
    "truncf": _float_cast,
    "convertf": _float_cast,
    "sitofp": _signed_to_float,
    "uitofp": _unsigned_to_float,
    "fptosi": _float_to_signed,
    "fptoui": _float_to_unsigned,
}
for _name, _make in _CONVERSIONS.items():
    CASTS.computes(f"arith.{_name}")(_convert(_make))


def bitcast(value: Any, source: Element, target: Element) -> Any:
    """The same bits as another type of the same width."""
    if source.dtype == target.dtype:
        return value
    raw = np.asarray(unsigned(value, source) if source.is_integer else value)
    if raw.dtype.itemsize != target.dtype.itemsize:
        raise ExecutionError(f"bitcast of {source.name} to {target.name} is not supported")
    raw = raw.view(target.dtype)
    return (sign_extend(raw, target) if target.is_narrow else raw)[()]


@CASTS.computes("arith.bitcast")
def _bitcast(op: Operation) -> Unary:
    source, target = operand_element(op), result_element(op)
    return lambda a: bitcast(a, source, target)


def _scaled(op: Operation, scale: np.ufunc) -> Binary:
    """A number times or by a power of two; a scale of a wider type counts for the power of two below it.

    MLIR: ArithExpandOps (ExpandOps.cpp), ScalingExtFOpConverter and ScalingTruncFOpConverter.
    """
    target, is_wide = result_element(op), element_of(op.operands[1].type).bits > SCALE.bits

    def compute(value: Any, factor: Any) -> Any:
        power = to_scale(factor) if is_wide else factor
        return to_float(scale(value.astype(np.float32), power.astype(np.float32)), target)

    return compute


@CASTS.computes("arith.scaling_extf")
def _scaling_extf(op: Operation) -> Binary:
    return _scaled(op, np.multiply)


@CASTS.computes("arith.scaling_truncf")
def _scaling_truncf(op: Operation) -> Binary:
    return _scaled(op, np.divide)
