"""Comparisons and selection: folders and patterns. # MLIR: ArithOps.cpp, ArithCanonicalization.td."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, FloatAttr, IntegerAttr, IntegerType, i1, i64
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.arith.casts import ExtSIOp, ExtUIOp
from iree_explorer.dialects.arith.comparisons import CmpFOp, CmpIOp, SelectOp
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.arith.integers import MaxSIOp, MaxUIOp, MinSIOp, MinUIOp, XOrIOp
from iree_explorer.ir.type_constraints import element_type
from iree_explorer.passes.canonicalize.arith.integers import fold_constants
from iree_explorer.passes.canonicalize.building import select
from iree_explorer.passes.canonicalize.facts.constants import constant_value, is_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import (
    bool_attr,
    is_all_ones,
    is_one,
    is_zero,
    unsigned,
    width_of,
)
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, Pattern, looking_back, pattern, summary_of
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands

_EQ, _NE = 0, 1
_SLT, _SLE, _SGT, _SGE, _ULT, _ULE, _UGT, _UGE = range(2, 10)

_COMPARE: dict[int, Callable[[int, int, int], bool]] = {
    _EQ: lambda a, b, _: a == b,
    _NE: lambda a, b, _: a != b,
    _SLT: lambda a, b, _: a < b,
    _SLE: lambda a, b, _: a <= b,
    _SGT: lambda a, b, _: a > b,
    _SGE: lambda a, b, _: a >= b,
    _ULT: lambda a, b, w: unsigned(a, w) < unsigned(b, w),
    _ULE: lambda a, b, w: unsigned(a, w) <= unsigned(b, w),
    _UGT: lambda a, b, w: unsigned(a, w) > unsigned(b, w),
    _UGE: lambda a, b, w: unsigned(a, w) >= unsigned(b, w),
}
"""Predicate of `arith.cmpi` → its answer on two signed numbers of a width."""

_TRUE_OF_EQUALS = frozenset({_EQ, _SLE, _SGE, _ULE, _UGE})
_SWAPPED = {
    _EQ: _EQ,
    _NE: _NE,
    _SLT: _SGT,
    _SGT: _SLT,
    _SLE: _SGE,
    _SGE: _SLE,
    _ULT: _UGT,
    _UGT: _ULT,
    _ULE: _UGE,
    _UGE: _ULE,
}
INVERTED = {
    _EQ: _NE,
    _NE: _EQ,
    _SLT: _SGE,
    _SGE: _SLT,
    _SLE: _SGT,
    _SGT: _SLE,
    _ULT: _UGE,
    _UGE: _ULT,
    _ULE: _UGT,
    _UGT: _ULE,
}

# --- arith.cmpi ---


def predicate_of(op: Operation) -> int:
    """The number of the predicate of a comparison."""
    attribute = op.properties["predicate"]
    assert isinstance(attribute, IntegerAttr)
    return attribute.value.data


def _fold_cmpi(op: Any) -> Folded | None:
    predicate = predicate_of(op)
    if op.lhs is op.rhs:
        is_static = width_of(op.result.type) is not None
        return (bool_attr(predicate in _TRUE_OF_EQUALS, op.result.type),) if is_static else None
    known = _compared_with_constant(op, predicate)
    if known is not None:
        return (known,)
    if is_constant(op.lhs) and not is_constant(op.rhs):
        op.properties["predicate"] = IntegerAttr(_SWAPPED[predicate], i64)
        # In MLIR's order: first the left operand is set, then the right one.
        set_operands(op, {0: op.rhs, 1: op.lhs})
        return ()
    return fold_constants(op, lambda a, b, width: -_COMPARE[predicate](a, b, width))


def _compared_with_constant(op: Any, predicate: int) -> SSAValue | None:
    """The value that says itself what the comparison with 0 or 1 would."""
    if predicate == _NE and is_zero(op.rhs):
        source = definition(op.lhs)
        if isinstance(source, ExtSIOp | ExtUIOp) and _is_bool(source.operands[0]):
            return source.operands[0]
        return op.lhs if _is_bool(op.lhs) else None
    if predicate == _EQ and _is_bool(op.lhs) and is_one(op.rhs):
        return op.lhs
    return None


def _is_bool(value: SSAValue) -> bool:
    return element_type(value.type) == i1


def _compare_unextended(name: str, extension: type[Operation]) -> Pattern:
    """Compares two extended values for equality as they were before."""

    def rewrite(op: Any, rewriter: Rewriter) -> bool:
        a, b = definition(op.lhs), definition(op.rhs)
        if not isinstance(a, extension) or not isinstance(b, extension) or predicate_of(op) not in (_EQ, _NE):
            return False
        if a.operands[0].type != b.operands[0].type:
            return False
        rewriter.replace_op_with(op, _cmpi(predicate_of(op), a.operands[0], b.operands[0], op))
        return True

    return Pattern(name, rewrite, benefit=3, summary=summary_of(_compare_unextended))


def _cmpi(predicate: int, a: SSAValue, b: SSAValue, like: Operation) -> CmpIOp:
    return CmpIOp.create(
        operands=[a, b],
        result_types=[like.results[0].type],
        properties={"predicate": IntegerAttr(predicate, i64)},
    )


@pattern("XOrINotCmpI", benefit=2)
def _xor_not_cmpi(op: Any, rewriter: Rewriter) -> bool:
    """The opposite of a comparison is the opposite comparison."""
    comparison = definition(op.lhs)
    if not isinstance(comparison, CmpIOp) or op.result.type != i1 or not is_one(op.rhs):
        return False
    rewriter.replace_op_with(op, _cmpi(INVERTED[predicate_of(comparison)], comparison.lhs, comparison.rhs, op))
    return True


# --- arith.cmpf ---

_ORDERED: dict[int, Callable[[float, float], bool]] = {
    0: lambda a, b: False,  # noqa: ARG005  (as every predicate)
    1: lambda a, b: a == b,
    2: lambda a, b: a > b,
    3: lambda a, b: a >= b,
    4: lambda a, b: a < b,
    5: lambda a, b: a <= b,
    6: lambda a, b: a != b,
    7: lambda a, b: True,  # noqa: ARG005  (as every predicate)
}
"""Predicate of `arith.cmpf` below 8 → its answer on numbers; 8 more and the answer on a NaN is yes, otherwise no."""


def _fold_cmpf(op: CmpFOp) -> Folded | None:
    a, b = constant_value(op.operands[0]), constant_value(op.operands[1])
    numbers = [each.value.data for each in (a, b) if isinstance(each, FloatAttr)]
    has_nan = any(number != number for number in numbers)
    if op.results[0].type != i1 or not (has_nan or len(numbers) == 2):
        return None
    predicate = predicate_of(op)
    if has_nan:
        return (bool_attr(predicate >= 8),)
    # 8 to 14 are `ueq` to `uno`'s order: the same as 1 to 7, moved by one; `uno` and `true` are 14 and 15.
    if predicate >= 14:
        return (bool_attr(predicate == 15),)
    return (bool_attr(_ORDERED[predicate if predicate < 8 else predicate - 7](*numbers)),)


# --- arith.select ---


def _fold_select(op: Any) -> Folded | None:
    true_value, false_value = op.true_value, op.false_value
    if true_value is false_value or is_one(op.condition):
        return (true_value,)
    if is_zero(op.condition) or _is_poison(true_value):
        return (false_value,)
    if _is_poison(false_value):
        return (true_value,)
    if op.result.type == i1 and is_one(true_value) and is_zero(false_value):
        return (op.condition,)
    comparison = definition(op.condition)
    if not isinstance(comparison, CmpIOp) or set(comparison.operands) != {true_value, false_value}:
        return _choose_elements(op)
    return {_NE: (true_value,), _EQ: (false_value,)}.get(predicate_of(comparison)) or _choose_elements(op)


def _choose_elements(op: Any) -> Folded | None:
    """Chooses of each element of two constants."""
    condition, *values = (constant_value(operand) for operand in op.operands)
    if not isinstance(condition, DenseIntOrFPElementsAttr):
        return None
    from iree_explorer.passes.canonicalize.facts.elements import element_bytes
    from iree_explorer.syntax.dense import make_dense

    choices = [element_bytes(value) for value in values if isinstance(value, DenseIntOrFPElementsAttr)]
    if len(choices) < 2:
        return None
    chosen = [a if any(wanted) else b for wanted, a, b in zip(element_bytes(condition), *choices, strict=True)]
    return (make_dense(op.result.type, b"".join(chosen)),)


def _is_poison(value: SSAValue) -> bool:
    source = definition(value)
    return source is not None and source.name == "ub.poison"


@pattern("RedundantSelectFalse", benefit=2)
def _redundant_select_false(op: Any, rewriter: Rewriter) -> bool:
    """The second choice by the same condition is known."""
    inner = definition(op.false_value)
    if not isinstance(inner, SelectOp) or inner.condition is not op.condition:
        return False
    rewriter.replace_op_with(op, select(op.condition, op.true_value, inner.false_value))
    return True


@pattern("RedundantSelectTrue", benefit=2)
def _redundant_select_true(op: Any, rewriter: Rewriter) -> bool:
    """The second choice by the same condition is known."""
    inner = definition(op.true_value)
    if not isinstance(inner, SelectOp) or inner.condition is not op.condition:
        return False
    rewriter.replace_op_with(op, select(op.condition, inner.true_value, op.false_value))
    return True


@pattern("SelectNotCond", benefit=2)
def _select_not_cond(op: Any, rewriter: Rewriter) -> bool:
    """Swaps the values where the condition is the opposite of another."""
    opposite = definition(op.condition)
    if not isinstance(opposite, XOrIOp) or not is_all_ones(opposite.rhs):
        return False
    rewriter.replace_op_with(op, select(opposite.lhs, op.false_value, op.true_value))
    return True


_EXTREMES = {
    _SLT: (MinSIOp, MaxSIOp),
    _SLE: (MinSIOp, MaxSIOp),
    _SGT: (MaxSIOp, MinSIOp),
    _SGE: (MaxSIOp, MinSIOp),
    _ULT: (MinUIOp, MaxUIOp),
    _ULE: (MinUIOp, MaxUIOp),
    _UGT: (MaxUIOp, MinUIOp),
    _UGE: (MaxUIOp, MinUIOp),
}
"""Comparison of a and b → what chooses a where it holds, else b → what chooses b where it holds, else a."""


@pattern("SelectToMinMax", benefit=2)
def _select_to_min_max(op: Any, rewriter: Rewriter) -> bool:
    """The choice of the smaller or larger of two is their minimum or maximum.

    # LLVM: pull request 201737
    """
    comparison = definition(op.condition)
    if not isinstance(comparison, CmpIOp) or predicate_of(comparison) not in _EXTREMES:
        return False
    a, b = comparison.operands
    if (op.true_value, op.false_value) not in ((a, b), (b, a)):
        return False
    new_type = _EXTREMES[predicate_of(comparison)][op.true_value is not a]
    rewriter.replace_op_with(op, new_type(a, b))
    return True


@pattern("SelectI1ToNot")
def _select_i1_to_not(op: Any, rewriter: Rewriter) -> bool:
    """False or true is the opposite of the condition."""
    if op.result.type != i1 or not is_zero(op.true_value) or not is_one(op.false_value):
        return False
    true = rewriter.insert(ConstantOp(bool_attr(True)))
    rewriter.replace_op_with(op, XOrIOp(op.condition, true.result))
    return True


@pattern("SelectToExtUI")
def _select_to_extui(op: Any, rewriter: Rewriter) -> bool:
    """1 or 0 is the condition as a number."""
    if not isinstance(op.result.type, IntegerType) or op.result.type == i1:
        return False
    if is_one(op.true_value) and is_zero(op.false_value):
        rewriter.replace_op_with(op, ExtUIOp(op.condition, op.result.type))
        return True
    if is_zero(op.true_value) and is_one(op.false_value):
        true = rewriter.insert(ConstantOp(bool_attr(True)))
        opposite = rewriter.insert(XOrIOp(op.condition, true.result))
        rewriter.replace_op_with(op, ExtUIOp(opposite.results[0], op.result.type))
        return True
    return False


RULES = (
    *looking_back(
        OpRules(
            "arith.cmpi",
            (_compare_unextended("CmpIExtSI", ExtSIOp), _compare_unextended("CmpIExtUI", ExtUIOp)),
            _fold_cmpi,
        ),
        OpRules("arith.cmpf", fold=_fold_cmpf),
        OpRules("arith.xori", (_xor_not_cmpi,)),
    ),
    OpRules(
        "arith.select",
        (
            _redundant_select_false,
            _redundant_select_true,
            _select_not_cond,
            _select_to_min_max,
            _select_i1_to_not,
            _select_to_extui,
        ),
        _fold_select,
    ),
)
