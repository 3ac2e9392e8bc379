"""Rules of `util.*` ops on values: casts, comparisons, ranges, alignment, assumptions. # IREE: UtilOpFolders.cpp."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, cast

from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.builtin import ArrayAttr, FixedBitwidthType, IndexType, IntAttr, IntegerAttr, NoneAttr
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.arith import AddIOp, DivUIOp, MaxUIOp, MinUIOp, MulIOp, SubIOp
from iree_explorer.dialects.util import (
    AlignOp,
    AssumeIntOp,
    CastOp,
    NullOp,
    OptimizationBarrierOp,
    RangeExtentsOp,
    RangeMaxOp,
    RangeMinOp,
    SizeOfOp,
    SwitchOp,
    UnfoldableConstantOp,
)
from iree_explorer.dialects.util.attributes import IntAssumptionAttr
from iree_explorer.passes.canonicalize.building import definition
from iree_explorer.passes.canonicalize.facts.constants import constant_value, is_constant
from iree_explorer.passes.canonicalize.facts.integers import bool_attr, constant_integer, integer_attr
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, Pattern, pattern, summary_of
from iree_explorer.passes.canonicalize.stream.common import byte_width

_LARGEST = (1 << 63) - 1
_SMALLEST = -(1 << 63)

# --- util.cast, cmp ---


def _fold_cast(op: CastOp) -> Folded | None:
    """A cast there and back is none, nor is one to the same type.

    # MLIR: CastInterfaces.cpp, foldCastInterfaceOp
    """
    source = definition(op.operand)
    if isinstance(source, CastOp) and source.operand.type == op.result.type:
        return (source.operand,)
    return (op.operand,) if op.operand.type == op.result.type else None


@pattern("FoldCastIntoNullOp")
def _fold_cast_into_null_op(op: CastOp, rewriter: Rewriter) -> bool:
    """A cast of a null is a null of the other type."""
    if not isinstance(definition(op.operand), NullOp):
        return False
    rewriter.replace_op_with(op, NullOp.create(result_types=[op.result.type]))
    return True


def _fold_comparison(answer: bool) -> Callable[[Operation], Folded | None]:
    """Equal values, or constants, answer the comparison; that values differ is not known."""

    def fold(op: Operation) -> Folded | None:
        a, b = op.operands
        constant = constant_value(a)
        if a is b or (constant is not None and constant == constant_value(b)):
            return (bool_attr(answer),)
        return None

    return fold


# --- util.range ---

_Choose: TypeAlias = Callable[[int, int], int]


def _fold_range(choose: _Choose) -> Callable[[Operation], Folded | None]:
    """The smallest (largest) of one value is the value; of constants, a constant."""

    def fold(op: Operation) -> Folded | None:
        if len(op.operands) == 1:
            return (op.operands[0],)
        numbers = [constant_integer(value) for value in op.operands]
        known = [number for number in numbers if number is not None]
        if not known or len(known) < len(numbers):
            return None
        number = known[0]
        for each in known:
            number = choose(number, each)
        return (integer_attr(number, op.results[0].type),)

    return fold


def _expand_simple_range(make: type[Any]) -> Pattern:
    """Of two values it is an ordinary minimum (maximum)."""

    def rewrite(op: Operation, rewriter: Rewriter) -> bool:
        if len(op.operands) == 1:
            rewriter.replace_op(op, (op.operands[0],))
        elif len(op.operands) == 2:
            rewriter.replace_op_with(op, make(*op.operands))
        else:
            return False
        return True

    return Pattern("ExpandSimpleRangeOp", rewrite, summary=summary_of(_expand_simple_range))


def _simplify_uniform_range(choose: _Choose, neutral: int) -> Pattern:
    """Joins the constants, as the last operand, and drops values that are there twice."""

    def rewrite(op: Operation, rewriter: Rewriter) -> bool:
        values: dict[SSAValue, None] = {}
        number = neutral
        for operand in op.operands:
            constant = constant_integer(operand)
            if constant is None:
                values[operand] = None
            else:
                number = choose(number, constant)
        if len(values) + (number != neutral) == len(op.operands):
            return False
        type_ = op.results[0].type
        if number != neutral:
            values[rewriter.insert(ConstantOp(integer_attr(number, type_))).result] = None
        rewriter.replace_op_with(op, type(op).create(operands=list(values), result_types=[type_]))
        return True

    return Pattern("SimplifyUniformRangeOp", rewrite, summary=summary_of(_simplify_uniform_range))


@pattern("FoldConstantRanges")
def _fold_constant_ranges(op: RangeExtentsOp, rewriter: Rewriter) -> bool:
    """Joins the constant ranges and combines the result with that of the others."""
    pairs = list(zip(op.offsets, op.lengths, strict=True))
    known = [
        (a, b) for x, y in pairs if (a := constant_integer(x)) is not None and (b := constant_integer(y)) is not None
    ]
    if not known:
        return False
    others = [(x, y) for x, y in pairs if constant_integer(x) is None or constant_integer(y) is None]
    low = min(offset for offset, _ in known)
    high = max(offset + length - 1 for offset, length in known)
    extents = rewriter.insert(_extents(op, others)) if others else None
    # IREE bug: the constant is the length of the range, where the op means its last index.
    constants = [rewriter.insert(ConstantOp(integer_attr(n, op.min.type))).result for n in (low, high - low + 1)]
    if extents is None:
        rewriter.replace_op(op, constants)
        return True
    smallest = rewriter.insert(MinUIOp(extents.results[0], constants[0]))
    largest = rewriter.insert(MaxUIOp(extents.results[1], constants[1]))
    rewriter.replace_op(op, (smallest.results[0], largest.results[0]))
    return True


def _extents(op: RangeExtentsOp, ranges: Sequence[tuple[SSAValue, SSAValue]]) -> RangeExtentsOp:
    return RangeExtentsOp.build(
        operands=[[x for x, _ in ranges], [y for _, y in ranges]], result_types=[op.min.type, op.max.type]
    )


@pattern("ExpandSimpleRangeExtentsOp")
def _expand_simple_range_extents_op(op: RangeExtentsOp, rewriter: Rewriter) -> bool:
    """Computes the extents of one or two ranges by ordinary arithmetic."""
    offsets, lengths = list(op.offsets), list(op.lengths)
    if len(offsets) == 1:
        total = rewriter.insert(AddIOp(offsets[0], lengths[0]))
        one = rewriter.insert(ConstantOp(integer_attr(1, op.min.type)))
        last = rewriter.insert(SubIOp(total.results[0], one.result))
        rewriter.replace_op(op, (offsets[0], last.results[0]))
        return True
    if len(offsets) != 2:
        return False
    smallest = rewriter.insert(MinUIOp(*offsets))
    one = rewriter.insert(ConstantOp(integer_attr(1, op.min.type)))
    ends: list[SSAValue] = []
    for offset, length in zip(offsets, lengths, strict=True):
        total = rewriter.insert(AddIOp(offset, length))
        ends.append(rewriter.insert(SubIOp(total.results[0], one.result)).results[0])
    largest = rewriter.insert(MaxUIOp(*ends))
    rewriter.replace_op(op, (smallest.results[0], largest.results[0]))
    return True


@pattern("DeduplicateRangeExtentsOp")
def _deduplicate_range_extents_op(op: RangeExtentsOp, rewriter: Rewriter) -> bool:
    """Drops ranges that are there twice."""
    ranges = list(dict.fromkeys(zip(op.offsets, op.lengths, strict=True)))
    if len(ranges) == len(op.offsets):
        return False
    rewriter.replace_op_with(op, _extents(op, ranges))
    return True


# --- util.align, sizeof, switch ---


def _fold_align(op: AlignOp) -> Folded | None:
    """An aligned value stays as it is; a constant is aligned right away."""
    if _is_aligned(op.value, op.alignment):
        return (op.value,)
    value, alignment = constant_integer(op.value), constant_integer(op.alignment)
    if value is None or not alignment:
        return None
    return (integer_attr(-(-value // alignment) * alignment, op.result.type),)


def _is_aligned(value: SSAValue, alignment: SSAValue) -> bool:
    """Whether `value` is surely a multiple of `alignment`. # IREE: UtilOpFolders.cpp, isAlignedTo."""
    number, wanted = constant_integer(value), constant_integer(alignment)
    if number is not None and wanted and number % wanted == 0:
        return True
    source = definition(value)
    if isinstance(source, AlignOp):
        if source.alignment is alignment:
            return True
        given = constant_integer(source.alignment)
        if wanted and given is not None and given >= wanted and math.gcd(given, wanted) == wanted:
            return True
        return _is_aligned(source.value, alignment)
    if isinstance(source, AddIOp | SubIOp):
        return _is_aligned(source.lhs, alignment) and _is_aligned(source.rhs, alignment)
    if isinstance(source, MulIOp):
        return _is_aligned(source.lhs, alignment) or _is_aligned(source.rhs, alignment)
    return False


def _fold_sizeof(op: SizeOfOp) -> Folded | None:
    """The bytes of a number's type."""
    if not isinstance(op.sized_type, FixedBitwidthType):
        return None
    return (IntegerAttr(byte_width(op.sized_type), IndexType()),)


def _fold_switch(op: SwitchOp) -> Folded | None:
    """The value of a constant index, or the value that all cases have."""
    index = constant_integer(op.index)
    if index is not None:
        return (op.values[index],) if 0 <= index < len(op.values) else (op.default_value,)
    return (op.default_value,) if all(value is op.default_value for value in op.values) else None


# --- hints ---


@pattern("ExpandUnfoldableConstantOp")
def _expand_unfoldable_constant_op(op: UnfoldableConstantOp, rewriter: Rewriter) -> bool:
    """A constant behind a barrier."""
    constant = rewriter.insert(ConstantOp(cast("Any", op.value), op.result.type))
    barrier = OptimizationBarrierOp.create(operands=[constant.result], result_types=[op.result.type])
    rewriter.replace_op_with(op, barrier)
    return True


# --- util.assume.int ---

_Row: TypeAlias = "Sequence[IntAssumptionAttr]"


def _bounds(assumption: IntAssumptionAttr) -> tuple[int | None, int | None, int | None]:
    """The smallest and largest number and the divisor that are assumed; None: nothing is."""
    low, high, step = (
        part.data if isinstance(part, IntAttr) else None for part in (assumption.umin, assumption.umax, assumption.udiv)
    )
    return low, high, step


def _rows(op: AssumeIntOp) -> list[_Row]:
    return [tuple(row) for row in op.assumptions]


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
    row = _rows(assumed)[assumed.results.index(cast("Any", quotient.lhs))]
    steps = [step for each in row if (step := _bounds(each)[2]) is not None]
    if len(steps) < len(row) or not factor or math.gcd(*steps) % factor != 0:
        return False
    rewriter.replace_op(op, (quotient.lhs,))
    return True


RULES = (
    OpRules("util.cast", (_fold_cast_into_null_op,), _fold_cast),
    OpRules("util.cmp.eq", fold=_fold_comparison(True)),
    OpRules("util.cmp.ne", fold=_fold_comparison(False)),
    OpRules(RangeMinOp.name, (_expand_simple_range(MinUIOp), _simplify_uniform_range(min, _LARGEST)), _fold_range(min)),
    OpRules(
        RangeMaxOp.name, (_expand_simple_range(MaxUIOp), _simplify_uniform_range(max, _SMALLEST)), _fold_range(max)
    ),
    OpRules(
        "util.range.extents", (_fold_constant_ranges, _expand_simple_range_extents_op, _deduplicate_range_extents_op)
    ),
    OpRules("util.align", fold=_fold_align),
    OpRules("util.sizeof", fold=_fold_sizeof),
    OpRules("util.switch", fold=_fold_switch),
    OpRules("util.unfoldable_constant", (_expand_unfoldable_constant_op,)),
    OpRules("util.assume.int", (_deduplicate_operands, _fold_div_mul_of_assume, _canonicalize_assume_int_op)),
)
