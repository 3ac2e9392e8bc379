"""Sums and products with a second result: folders and patterns. # MLIR: ArithOps.cpp, ArithCanonicalization.td."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdsl.dialects.builtin import IntegerAttr, IntegerType, i1, i64
from xdsl.ir import Operation

from iree_explorer.dialects.arith.casts import ExtSIOp
from iree_explorer.dialects.arith.comparisons import CmpIOp
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.arith.integers import AddIOp, MulIOp
from iree_explorer.ir.type_constraints import element_type, with_element_type
from iree_explorer.passes.canonicalize.arith.integers import fold_constants
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.integers import (
    bool_attr,
    constant_integer,
    integer_attr,
    is_one,
    is_zero,
    unsigned,
    width_of,
)
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, Pattern, pattern, summary_of

_SLT = 2
"""The predicate of `arith.cmpi` that asks whether a signed number is less."""


def _fold_add(op: Any) -> Folded | None:
    if is_zero(op.rhs):
        return None if width_of(op.lhs.type) is None else (op.lhs, bool_attr(False, op.overflow.type))
    return fold_constants(op, lambda a, b, _: a + b, lambda a, b, w: -(unsigned(a, w) + unsigned(b, w) >= 1 << w))


def _fold_mul(op: Any, number: Callable[[int, int], int]) -> Folded | None:
    """Folds a product of numbers that `number` makes of their lowest bits, so many, as a signed number."""
    zero = constant_value(op.rhs)
    if zero is not None and is_zero(op.rhs):
        return (zero, zero)
    return fold_constants(op, lambda a, b, _: a * b, lambda a, b, w: number(a, w) * number(b, w) >> w)


def _fold_mul_signed(op: Any) -> Folded | None:
    return _fold_mul(op, lambda value, _: value)


def _fold_mul_unsigned(op: Any) -> Folded | None:
    if is_one(op.rhs):
        return (op.lhs, integer_attr(0, op.lhs.type))
    return _fold_mul(op, unsigned)


def _plain(name: str, kind: type[Operation]) -> Pattern:
    """Drops the second result, which nothing uses."""

    def rewrite(op: Operation, rewriter: Rewriter) -> bool:
        if op.results[1].first_use is not None:
            return False
        new = rewriter.insert(kind.create(operands=op.operands, result_types=[op.results[0].type]))
        rewriter.replace_all_uses_with(op.results[0], new.results[0])
        rewriter.erase_op(op)
        return True

    return Pattern(name, rewrite, summary=summary_of(_plain))


@pattern("MulSIExtendedRHSOne")
def _multiply_by_one(op: Any, rewriter: Rewriter) -> bool:
    """A number times 1 is the number, and all sign bits above it."""
    is_static = width_of(op.lhs.type) is not None
    if constant_integer(op.rhs) != 1 or not is_static or not isinstance(element_type(op.lhs.type), IntegerType):
        return False
    zero = rewriter.insert(ConstantOp(integer_attr(0, op.lhs.type)))
    is_negative = rewriter.insert(
        CmpIOp.create(
            operands=[op.lhs, zero.result],
            result_types=[with_element_type(op.lhs.type, i1)],
            properties={"predicate": IntegerAttr(_SLT, i64)},
        )
    )
    high = rewriter.insert(ExtSIOp.create(operands=is_negative.results, result_types=[op.lhs.type]))
    rewriter.replace_op(op, (op.lhs, high.results[0]))
    return True


RULES = (
    OpRules("arith.addui_extended", (_plain("AddUIExtendedToAddI", AddIOp),), _fold_add),
    OpRules("arith.mulsi_extended", (_plain("MulSIExtendedToMulI", MulIOp), _multiply_by_one), _fold_mul_signed),
    OpRules("arith.mului_extended", (_plain("MulUIExtendedToMulI", MulIOp),), _fold_mul_unsigned),
)
