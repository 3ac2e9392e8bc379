"""Float arithmetic: folders and patterns. # MLIR: ArithOps.cpp, ArithCanonicalization.td.

A sum, difference, product or quotient of
two floats of up to 32 bits is rounded right when it is computed with 64 bits first.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.arith.flags import FastMathFlag, FastMathFlagsAttr
from iree_explorer.dialects.arith.floats import NegFOp, SubFOp
from iree_explorer.passes.canonicalize.facts.constants import paired
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.float_constants import constant_float, constant_floats, floats_attr
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, looking_back, pattern


def _allows(op: Operation, *flags: FastMathFlag) -> bool:
    fastmath = op.properties.get("fastmath")
    return isinstance(fastmath, FastMathFlagsAttr) and set(flags) <= set(fastmath.data)


def _binary(
    compute: Callable[[float, float], float], is_neutral: Callable[[float], bool], *, or_any_zero: bool = False
) -> Callable[[Operation], Folded | None]:
    """Folds `compute` of two constants, and of any number and a right operand that changes nothing.

    `or_any_zero`: where the sign of zeros does not matter, a zero changes nothing.
    """

    def fold(op: Operation) -> Folded | None:
        b = constant_float(op.operands[1])
        if b is not None and (is_neutral(b) or (or_any_zero and b == 0 and _allows(op, FastMathFlag.NO_SIGNED_ZEROS))):
            return (op.operands[0],)
        a, b_all = constant_floats(op.operands[0]), constant_floats(op.operands[1])
        if a is None or b_all is None:
            return None
        numbers = [_computed(compute, *pair) for pair in paired(a, b_all)]
        return (floats_attr(numbers, op.results[0].type),)

    return fold


def _computed(compute: Callable[[float, float], float], a: float, b: float) -> float:
    result = compute(a, b)
    return math.nan if result != result and a == a and b == b else result  # Processors differ in its sign.


def _fold_product(op: Operation) -> Folded | None:
    """A product of constants, of a number and 1, or of a number and 0 where it is as good as any zero."""
    known = _fold_plain_product(op)
    if known is None and constant_float(op.operands[1]) == 0:
        is_any = _allows(op, FastMathFlag.NO_NANS, FastMathFlag.NO_SIGNED_ZEROS)
        return (op.operands[1],) if is_any else None
    return known


def _extreme(
    compute: Callable[[float, float], float], is_neutral: Callable[[float], bool]
) -> Callable[[Operation], Folded | None]:
    inner = _binary(compute, is_neutral)
    return lambda op: (op.operands[1],) if op.operands[0] is op.operands[1] else inner(op)


def _fold_neg(op: Operation) -> Folded | None:
    source = definition(op.operands[0])
    if isinstance(source, NegFOp):
        return (source.operands[0],)
    numbers = constant_floats(op.operands[0])
    return None if numbers is None else (floats_attr([-number for number in numbers], op.results[0].type),)


def _quotient(a: float, b: float) -> float:
    if b != 0:
        return a / b
    return math.nan if a == 0 or a != a else math.copysign(math.inf, a) * math.copysign(1, b)


def _product(a: float, b: float) -> float:
    return a * b


def _remainder(a: float, b: float) -> float:
    return math.nan if b == 0 or math.isinf(a) else math.fmod(a, b)


def _maximum(a: float, b: float) -> float:
    """A NaN where there is one; +0 is more than -0. # LLVM: APFloat.h, maximum."""
    if a != a or b != b:
        return a if a != a else b
    return max(a, b, key=lambda number: (number, math.copysign(1, number)))


def _maxnum(a: float, b: float) -> float:
    """The number where there is one. # LLVM: APFloat.h, maxnum."""
    return b if a != a else a if b != b else _maximum(a, b)


def _is_negative_zero(number: float) -> bool:
    return number == 0 and math.copysign(1, number) < 0


def _is_positive_zero(number: float) -> bool:
    return number == 0 and math.copysign(1, number) > 0


def _is_one(number: float) -> bool:
    return number == 1


def _never(number: float) -> bool:  # noqa: ARG001  (as every test)
    return False


def _unnegate(op: Any, rewriter: Rewriter) -> bool:
    a, b = definition(op.lhs), definition(op.rhs)
    if not isinstance(a, NegFOp) or not isinstance(b, NegFOp):
        return False
    new = type(op).create(
        operands=[a.operands[0], b.operands[0]], result_types=[op.result.type], properties=dict(op.properties)
    )
    rewriter.replace_op_with(op, new)
    return True


@pattern("MulFOfNegF", benefit=3)
def _mulf_of_negf(op: Any, rewriter: Rewriter) -> bool:
    """The product of two negated numbers is the product of the numbers."""
    return _unnegate(op, rewriter)


@pattern("DivFOfNegF", benefit=3)
def _divf_of_negf(op: Any, rewriter: Rewriter) -> bool:
    """The quotient of two negated numbers is the quotient of the numbers."""
    return _unnegate(op, rewriter)


def _subtract(op: Any, a: SSAValue, b: SSAValue, rewriter: Rewriter) -> bool:
    new = SubFOp.create(operands=[a, b], result_types=[op.result.type], properties=dict(op.properties))
    rewriter.replace_op_with(op, new)
    return True


@pattern("AddFOfNegFLhs", benefit=2)
def _addf_of_negf_lhs(op: Any, rewriter: Rewriter) -> bool:
    """A sum with a negated number is a difference."""
    negated = definition(op.lhs)
    return isinstance(negated, NegFOp) and _subtract(op, op.rhs, negated.operands[0], rewriter)


@pattern("AddFOfNegFRhs", benefit=2)
def _addf_of_negf_rhs(op: Any, rewriter: Rewriter) -> bool:
    """A sum with a negated number is a difference."""
    negated = definition(op.rhs)
    return isinstance(negated, NegFOp) and _subtract(op, op.lhs, negated.operands[0], rewriter)


@pattern("SubFOfNegativeZero", benefit=2)
def _subf_of_negative_zero(op: Any, rewriter: Rewriter) -> bool:
    """The difference from -0 is the opposite."""
    number = constant_float(op.lhs)
    if number is None or not _is_negative_zero(number):
        return False
    new = NegFOp.create(operands=[op.rhs], result_types=[op.result.type], properties=dict(op.properties))
    rewriter.replace_op_with(op, new)
    return True


_fold_plain_product = _binary(_product, _is_one)

RULES = looking_back(
    OpRules("arith.negf", fold=_fold_neg),
    OpRules(
        "arith.addf",
        (_addf_of_negf_lhs, _addf_of_negf_rhs),
        _binary(lambda a, b: a + b, _is_negative_zero, or_any_zero=True),
    ),
    OpRules("arith.subf", (_subf_of_negative_zero,), _binary(lambda a, b: a - b, _is_positive_zero, or_any_zero=True)),
    OpRules("arith.mulf", (_mulf_of_negf,), _fold_product),
    OpRules("arith.divf", (_divf_of_negf,), _binary(_quotient, _is_one)),
    OpRules("arith.remf", fold=_binary(_remainder, _never)),
    OpRules("arith.maximumf", fold=_extreme(_maximum, lambda number: number == -math.inf)),
    OpRules("arith.minimumf", fold=_extreme(lambda a, b: -_maximum(-a, -b), lambda number: number == math.inf)),
    OpRules("arith.maxnumf", fold=_extreme(_maxnum, math.isnan)),
    OpRules("arith.minnumf", fold=_extreme(lambda a, b: -_maxnum(-a, -b), math.isnan)),
)
