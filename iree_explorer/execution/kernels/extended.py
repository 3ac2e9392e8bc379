"""Arithmetic with all bits of the result: sums with their carry, products with their high half."""

from collections.abc import Callable
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Step
from iree_explorer.execution.kernels.arith import operand_element, settle, signed, unsigned
from iree_explorer.execution.values.elements import Element

EXTENDED: Table[Scope] = Table()

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@EXTENDED.lowers("arith.addui_extended")
def _add(op: Operation, scope: Scope) -> Step:
    element = operand_element(op)

    def compute(a: Any, b: Any) -> tuple[Any, Any]:
        total = settle(np.add(signed(a, element), signed(b, element)), element)
        return total, np.less(unsigned(total, element), unsigned(a, element))

    return scope.apply_many(compute, op.operands, op.results)


@EXTENDED.lowers("arith.mulsi_extended", "arith.mului_extended")
def _multiply(op: Operation, scope: Scope) -> Step:
    element = operand_element(op)
    is_signed = op.name == "arith.mulsi_extended"
    read = signed if is_signed else unsigned
    halves = _halves_of_64(is_signed=is_signed) if element.bits > 32 else _halves

    def compute(a: Any, b: Any) -> tuple[Any, Any]:
        x, y = (np.asarray(read(value, element)).astype(np.int64) for value in (a, b))
        low, high = halves(x, y, element)
        return settle(low, element), settle(high, element)

    return scope.apply_many(compute, op.operands, op.results)


def _halves(a: Any, b: Any, element: Element) -> tuple[Any, Any]:
    """Of numbers of 32 bits at most: their product fits 64, the sign of which is that of the high half."""
    wide = a * b
    return wide, wide >> element.bits


def _halves_of_64(*, is_signed: bool) -> Callable[[Any, Any, Element], tuple[Any, Any]]:
    """Of numbers of more than 32 bits, in 64; the high half is what 64 bits leave over, aligned to the type's width."""

    def halves(a: Any, b: Any, element: Element) -> tuple[Any, Any]:
        low = a * b
        high = multiply_high(a.view(np.uint64), b.view(np.uint64)).view(np.int64)
        if is_signed:
            high = high - np.where(a < 0, b, 0) - np.where(b < 0, a, 0)
        spare = 64 - element.bits
        if spare:
            high = (high << spare) | (low.view(np.uint64) >> np.uint64(element.bits)).view(np.int64)
        return low, high

    return halves


def multiply_high(a: Any, b: Any) -> Any:
    """The upper 64 of the 128 bits of a product of unsigned numbers."""
    a_low, a_high, b_low, b_high = a & _LOW, a >> _HALF, b & _LOW, b >> _HALF
    middle = a_high * b_low + (a_low * b_low >> _HALF)
    carried = a_low * b_high + (middle & _LOW)
    return a_high * b_high + (middle >> _HALF) + (carried >> _HALF)
