"""Rules of `util.assume.int`: what is known of numbers. # IREE: UtilOpFolders.cpp."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from xdsl.dialects.builtin import ArrayAttr, IntAttr, NoneAttr
from xdsl.ir import SSAValue

from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.arith.integers import DivUIOp
from iree_explorer.dialects.util.attributes import IntAssumptionAttr
from iree_explorer.dialects.util.hint_ops import AssumeIntOp
from iree_explorer.passes.canonicalize.facts.constants import is_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer, integer_attr
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern

_Row: TypeAlias = "Sequence[IntAssumptionAttr]"


def _bounds(assumption: IntAssumptionAttr) -> tuple[int | None, int | None, int | None]:
    """The smallest and largest number and the divisor that are assumed; None: nothing is."""
    low, high, step = (
        part.data if isinstance(part, IntAttr) else None for part in (assumption.umin, assumption.umax, assumption.udiv)
    )
    return low, high, step


def _rows(op: AssumeIntOp) -> list[_Row]:
    return [tuple(row) for row in op.rows]


def _assume(operands: Sequence[SSAValue], rows: Sequence[_Row]) -> AssumeIntOp:
    return AssumeIntOp.create(
        operands=operands,
        result_types=[value.type for value in operands],
        properties={"assumptions": ArrayAttr([ArrayAttr(row) for row in rows])},
    )


@pattern("DeduplicateOperands")
def _deduplicate_operands(op: AssumeIntOp, rewriter: Rewriter) -> bool:
    """Assumes for each value once what is assumed of it several times."""
    merged: dict[SSAValue, _Row] = {}
    first: dict[SSAValue, int] = {}
    for number, (value, row) in enumerate(zip(op.operands, _rows(op), strict=True)):
        first.setdefault(value, number)
        merged[value] = _zipped(row, merged[value]) if value in merged else row
    if len(merged) == len(op.operands):
        return False
    for number, value in enumerate(op.operands):
        if first[value] != number:
            rewriter.replace_all_uses_with(op.results[number], op.results[first[value]])
    new = rewriter.insert(_assume(list(merged), list(merged.values())))
    rewriter.replace_all_uses(list(zip((op.results[n] for n in first.values()), new.results, strict=True)))
    rewriter.erase_op(op)
    return True


def _zipped(a: _Row, b: _Row) -> _Row:
    """What both rows say, one assumption for each place; a row of one holds for all. # IREE: getZippedAssumeRange."""
    if tuple(a) == tuple(b):
        return a
    size = max(len(a), len(b))
    return [_both(x, y) for x, y in zip(_stretched(a, size), _stretched(b, size), strict=True)]


def _stretched(row: _Row, size: int) -> _Row:
    return [row[0]] * size if len(row) == 1 else row


def _both(a: IntAssumptionAttr, b: IntAssumptionAttr) -> IntAssumptionAttr:
    """Both assumptions as one. # IREE: getUnionedRange."""
    (low_a, high_a, step_a), (low_b, high_b, step_b) = _bounds(a), _bounds(b)
    merged = _combined(max, low_a, low_b), _combined(min, high_a, high_b), _combined(math.lcm, step_a, step_b)
    return IntAssumptionAttr(*(NoneAttr() if bound is None else IntAttr(bound) for bound in merged))


def _combined(combine: Callable[[int, int], int], a: int | None, b: int | None) -> int | None:
    if a is None or b is None:
        return b if a is None else a
    return combine(a, b)


@pattern("canonicalizeAssumeIntOp")
def _canonicalize_assume_int_op(op: AssumeIntOp, rewriter: Rewriter) -> bool:
    """Drops assumptions about constants, makes constants of values that can only be one number, joins equal rows."""
    if not any(is_constant(v) or _is_simple(row) for v, row in zip(op.operands, _rows(op), strict=True)):
        return False
    for number, value in enumerate(op.operands):
        if is_constant(value):
            rewriter.replace_all_uses_with(op.results[number], value)
    kept: list[int] = []
    rows: list[_Row] = []
    for number, row in enumerate(_rows(op)):
        result = op.results[number]
        if result.first_use is None:
            continue
        row = row[:1] if len(set(row)) == 1 else row
        fixed = _only_number(row)
        if fixed is None:
            kept.append(number)
            rows.append(row)
            continue
        constant = rewriter.insert(ConstantOp(integer_attr(fixed, result.type)))
        rewriter.replace_all_uses_with(result, constant.result)
    if kept:
        new = rewriter.insert(_assume([op.operands[number] for number in kept], rows))
        rewriter.replace_all_uses(list(zip((op.results[number] for number in kept), new.results, strict=True)))
    rewriter.erase_op(op)
    return True


def _is_simple(row: _Row) -> bool:
    """Whether the row can be shorter, or is about one number."""
    return len(set(row)) == 1 if len(row) > 1 else _only_number(row) is not None


def _only_number(row: _Row) -> int | None:
    """The only number that one assumption allows; None: there are several assumptions or numbers."""
    if len(row) != 1:
        return None
    low, high, _ = _bounds(row[0])
    return low if low is not None and low == high else None


@pattern("FoldDivMulOfAssume", root="arith.muli")
def _fold_div_mul_of_assume(op: Any, rewriter: Rewriter) -> bool:
    """Dividing by a number and multiplying by it again changes nothing, if the value is assumed to be a multiple."""
    factor, quotient = constant_integer(op.rhs), definition(op.lhs)
    if factor is None or not isinstance(quotient, DivUIOp) or constant_integer(quotient.rhs) != factor:
        return False
    assumed = definition(quotient.lhs)
    if not isinstance(assumed, AssumeIntOp):
        return False
    row = _rows(assumed)[assumed.results.index(quotient.lhs)]
    steps = [step for each in row if (step := _bounds(each)[2]) is not None]
    if len(steps) < len(row) or not factor or math.gcd(*steps) % factor != 0:
        return False
    rewriter.replace_op(op, (quotient.lhs,))
    return True


RULES = (
    OpRules("util.assume.int", (_deduplicate_operands, _canonicalize_assume_int_op)),
    OpRules("util.assume.int", (_fold_div_mul_of_assume,), looks_back=True),
)
