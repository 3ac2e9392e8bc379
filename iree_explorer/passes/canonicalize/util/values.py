"""Rules of `util.*` ops on values: casts, comparisons, ranges, alignment. # IREE: UtilOpFolders.cpp."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias, cast

from xdsl.dialects.builtin import FixedBitwidthType, IndexType, IntegerAttr
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.affine import ApplyOp
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.arith.integers import AddIOp, MaxUIOp, MinUIOp, MulIOp, SubIOp
from iree_explorer.dialects.util.hint_ops import OptimizationBarrierOp, UnfoldableConstantOp
from iree_explorer.dialects.util.value_ops import (
    AlignOp,
    CastOp,
    NullOp,
    RangeExtentsOp,
    RangeMaxOp,
    RangeMinOp,
    SizeOfOp,
    SwitchOp,
)
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.divisors import known_divisor
from iree_explorer.passes.canonicalize.facts.integers import (
    INDEX_WIDTH,
    bool_attr,
    constant_integer,
    integer_attr,
    unsigned,
)
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
        one = rewriter.insert(ConstantOp(integer_attr(1, op.min.type)))
        total = rewriter.insert(AddIOp(offsets[0], lengths[0]))
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
    if value is None or alignment is None:
        return None
    # IREE bug: right for powers of two alone.
    return (integer_attr((value + alignment - 1) & ~(alignment - 1), op.result.type),)


def _is_aligned(value: SSAValue, alignment: SSAValue) -> bool:
    """Whether `value` is surely a multiple of `alignment`. # IREE: UtilOpFolders.cpp, isAlignedTo.

    Each value on the way is asked once, however often it is used: a product of squares of squares has many ways to it.
    """
    known: dict[SSAValue, bool] = {}
    pending = [(value, False)]
    while pending:
        current, is_ready = pending.pop()
        combine, parts = _alignment_of(current, alignment)
        if is_ready:
            known[current] = combine(known[part] for part in parts)
        elif current not in known:
            known[current] = False  # until it is known: a value that is made of itself is not aligned
            pending.append((current, True))
            pending += [(part, False) for part in parts]
    return known[value]


def _alignment_of(value: SSAValue, alignment: SSAValue) -> tuple[Callable[[Iterable[bool]], bool], Sequence[SSAValue]]:
    """The values of which `all`, or `any`, must be multiples of `alignment`, so that `value` is one."""
    number, wanted = constant_integer(value), constant_integer(alignment)
    if number is not None and wanted and unsigned(number, INDEX_WIDTH) % unsigned(wanted, INDEX_WIDTH) == 0:
        return all, ()
    source = definition(value)
    if isinstance(source, AlignOp):
        given = constant_integer(source.alignment)
        is_multiple = wanted and given is not None and given >= wanted and math.gcd(given, wanted) == wanted
        return (all, ()) if is_multiple or source.alignment is alignment else (all, (source.value,))
    if isinstance(source, ApplyOp) and wanted is not None:
        return (all if wanted and known_divisor(source.map.data) % unsigned(wanted, INDEX_WIDTH) == 0 else any), ()
    if isinstance(source, AddIOp | SubIOp):
        return all, source.operands
    return (any, source.operands) if isinstance(source, MulIOp) else (any, ())


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
)
