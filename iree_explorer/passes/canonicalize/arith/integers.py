"""Integer arithmetic: folders and patterns. # MLIR: ArithOps.cpp, ArithCanonicalization.td."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.arith.flags import IntegerOverflowAttr, IntegerOverflowFlag
from iree_explorer.dialects.arith.integers import AddIOp, MulIOp, SubIOp
from iree_explorer.passes.canonicalize.facts.constants import paired
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import (
    constant_integer,
    constant_integers,
    constant_scalar,
    integer_attr,
    integers_attr,
    is_all_ones,
    is_one,
    is_zero,
    signed,
    unsigned,
    width_of,
)
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, Pattern, looking_back, pattern, summary_of

Compute = Callable[[int, int, int], "int | None"]
"""From two signed numbers and their width to their result; None: there is none (division by zero, overflow)."""


def fold_constants(op: Any, *computes: Compute) -> Folded | None:
    """The results of `op` on two constants, each as one of `computes` says. # MLIR: FoldUtils.h, constFoldBinaryOp."""
    pairs, width = constant_pairs(op), width_of(op.lhs.type)
    if pairs is None or width is None:
        return None
    folded: list[Attribute] = []
    for compute, result in zip(computes, op.results, strict=True):
        numbers = [compute(a, b, width) for a, b in pairs]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers):
            return None
        folded.append(integers_attr(known, result.type))
    return folded


def constant_pairs(op: Any) -> list[tuple[int, int]] | None:
    """The constant integers that `op` is about, element by element, or one pair for all; None: they are not known."""
    a, b = constant_integers(op.lhs), constant_integers(op.rhs)
    if a is None or b is None:
        return None
    return [(x, y) for x, y in paired(a, b)]


def zero_of(op: Any) -> Folded | None:
    """0 of the result's type, where its shape is static."""
    return None if width_of(op.result.type) is None else (integer_attr(0, op.result.type),)


# --- Sums, differences, products ---


def _fold_add(op: Any) -> Folded | None:
    if is_zero(op.rhs):
        return (op.lhs,)
    for difference, other in ((op.lhs, op.rhs), (op.rhs, op.lhs)):
        source = definition(difference)
        if isinstance(source, SubIOp) and source.rhs is other:
            return (source.lhs,)
    return fold_constants(op, lambda a, b, _: a + b)


def _fold_sub(op: Any) -> Folded | None:
    if op.lhs is op.rhs and (zero := zero_of(op)) is not None:
        return zero
    if is_zero(op.rhs):
        return (op.lhs,)
    source = definition(op.lhs)
    if isinstance(source, AddIOp):
        if op.rhs is source.rhs:
            return (source.lhs,)
        if op.rhs is source.lhs:
            return (source.rhs,)
    subtracted = definition(op.rhs)
    if isinstance(subtracted, SubIOp) and op.lhs is subtracted.lhs:
        return (subtracted.rhs,)
    return fold_constants(op, lambda a, b, _: a - b)


def _fold_mul(op: Any) -> Folded | None:
    if is_zero(op.rhs):
        return (op.rhs,)
    if is_one(op.rhs):
        return (op.lhs,)
    return fold_constants(op, lambda a, b, _: a * b)


_NO_OVERFLOW: frozenset[IntegerOverflowFlag] = frozenset()


def _flags(op: Operation) -> frozenset[IntegerOverflowFlag]:
    attribute = op.properties.get("overflowFlags")
    return frozenset(attribute.data) if isinstance(attribute, IntegerOverflowAttr) else _NO_OVERFLOW


def _with_constants(
    name: str,
    source_type: type[Operation],
    where: tuple[int, int],
    result: Callable[[int, int], tuple[int, bool, bool]],
) -> Pattern:
    """A pattern on two ops with one constant each, which become one op with one constant.

    Args:
        name: of the pattern.
        source_type: the inner op.
        where: the number of the constant operand of the outer op and of the inner op.
        result: from the outer and the inner constant to: the new constant; whether it is the first operand;
            whether the new op is a sum rather than a difference (products stay products).
    """
    outer_at, inner_at = where

    def rewrite(op: Operation, rewriter: Rewriter) -> bool:
        inner = definition(op.operands[1 - outer_at])
        outer_constant = constant_scalar(op.operands[outer_at])
        if not isinstance(inner, source_type) or outer_constant is None:
            return False
        inner_constant = constant_scalar(inner.operands[inner_at])
        if inner_constant is None:
            return False
        number, is_first, is_sum = result(outer_constant, inner_constant)
        constant = rewriter.insert(ConstantOp(integer_attr(number, op.results[0].type))).result
        value = inner.operands[1 - inner_at]
        new_type = MulIOp if source_type is MulIOp else AddIOp if is_sum else SubIOp
        new = new_type(constant, value) if is_first else new_type(value, constant)
        # MLIR forgets the flags of `SubIRHSAddConstant`.
        kept = _NO_OVERFLOW if name == "SubIRHSAddConstant" else _flags(op) & _flags(inner)
        new.properties["overflowFlags"] = IntegerOverflowAttr(kept)
        rewriter.replace_op_with(op, new)
        return True

    return Pattern(name, rewrite, benefit=2, summary=summary_of(_with_constants))


_ADD_PATTERNS = (
    _with_constants("AddIAddConstant", AddIOp, (1, 1), lambda outer, inner: (inner + outer, False, True)),
    _with_constants("AddISubConstantRHS", SubIOp, (1, 1), lambda outer, inner: (outer - inner, False, True)),
    _with_constants("AddISubConstantLHS", SubIOp, (1, 0), lambda outer, inner: (inner + outer, True, False)),
)
_SUB_PATTERNS = (
    _with_constants("SubIRHSAddConstant", AddIOp, (1, 1), lambda outer, inner: (inner - outer, False, True)),
    _with_constants("SubILHSAddConstant", AddIOp, (0, 1), lambda outer, inner: (outer - inner, True, False)),
    _with_constants("SubIRHSSubConstantRHS", SubIOp, (1, 1), lambda outer, inner: (inner + outer, False, False)),
    _with_constants("SubIRHSSubConstantLHS", SubIOp, (1, 0), lambda outer, inner: (inner - outer, True, False)),
    _with_constants("SubILHSSubConstantRHS", SubIOp, (0, 1), lambda outer, inner: (inner + outer, True, False)),
    _with_constants("SubILHSSubConstantLHS", SubIOp, (0, 0), lambda outer, inner: (outer - inner, False, True)),
)
_MUL_PATTERNS = (
    _with_constants("MulIMulIConstant", MulIOp, (1, 1), lambda outer, inner: (inner * outer, False, False)),
)


def _subtract_negated(op: Any, negated: SSAValue, other: SSAValue, rewriter: Rewriter) -> bool:
    product = definition(negated)
    if not isinstance(product, MulIOp) or not is_all_ones(product.rhs):
        return False
    rewriter.replace_op_with(op, SubIOp(other, product.lhs))
    return True


@pattern("AddIMulNegativeOneRhs", benefit=2)
def _add_mul_negative_one_rhs(op: Any, rewriter: Rewriter) -> bool:
    """A sum with -1 times y is a difference."""
    return _subtract_negated(op, op.rhs, op.lhs, rewriter)


@pattern("AddIMulNegativeOneLhs", benefit=2)
def _add_mul_negative_one_lhs(op: Any, rewriter: Rewriter) -> bool:
    """A sum with -1 times y is a difference."""
    return _subtract_negated(op, op.lhs, op.rhs, rewriter)


@pattern("SubISubILHSRHSLHS", benefit=2)
def _sub_of_sub(op: Any, rewriter: Rewriter) -> bool:
    """(a - b) - a is 0 - b."""
    inner = definition(op.lhs)
    if not isinstance(inner, SubIOp) or inner.lhs is not op.rhs or width_of(op.result.type) is None:
        return False
    zero = rewriter.insert(ConstantOp(integer_attr(0, op.result.type)))
    new = SubIOp(zero.result, inner.rhs)
    new.properties["overflowFlags"] = IntegerOverflowAttr(_flags(op) & _flags(inner))
    rewriter.replace_op_with(op, new)
    return True


# --- Quotients ---


def _fold_division(compute: Compute, promise: IntegerOverflowFlag | None = None) -> Callable[[Any], Folded | None]:
    """Folds a division that rounds as `compute` does; with `promise`, also of a product that did not overflow."""

    def fold(op: Any) -> Folded | None:
        if is_zero(op.lhs) or is_one(op.rhs):
            return (op.lhs,)
        if op.lhs is op.rhs and width_of(op.lhs.type) is not None:
            return (integer_attr(1, op.lhs.type),)
        product = definition(op.lhs)
        if promise is not None and isinstance(product, MulIOp) and promise in _flags(product):
            if product.lhs is op.rhs:
                return (product.rhs,)
            if product.rhs is op.rhs:
                return (product.lhs,)
        return fold_constants(op, compute)

    return fold


def _fold_remainder(compute: Compute) -> Callable[[Any], Folded | None]:
    def fold(op: Any) -> Folded | None:
        is_multiple = is_zero(op.lhs) or is_one(op.rhs) or op.lhs is op.rhs
        return zero_of(op) if is_multiple else fold_constants(op, compute)

    return fold


def _divide_unsigned(a: int, b: int, width: int) -> int | None:
    return unsigned(a, width) // unsigned(b, width) if b else None


def _divide_unsigned_up(a: int, b: int, width: int) -> int | None:
    return -(-unsigned(a, width) // unsigned(b, width)) if b else None


def _fits(value: int, width: int) -> int | None:
    return value if signed(value, width) == value else None


def _divide(a: int, b: int, width: int) -> int | None:
    return _fits(abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1), width) if b else None


def _divide_up(a: int, b: int, width: int) -> int | None:
    return _fits(-(-a // b), width) if b else None


def _divide_down(a: int, b: int, width: int) -> int | None:
    return _fits(a // b, width) if b else None


def _remainder_unsigned(a: int, b: int, width: int) -> int | None:
    return unsigned(a, width) % unsigned(b, width) if b else None


def _remainder(a: int, b: int, width: int) -> int | None:  # noqa: ARG001  (as every computation)
    return abs(a) % abs(b) * (-1 if a < 0 else 1) if b else None


# --- Smallest and largest ---


def _fold_extreme(
    compute: Compute, absorbing: Callable[[int], int], neutral: Callable[[int], int]
) -> Callable[[Any], Folded | None]:
    """Folds a minimum or maximum; `absorbing` and `neutral` give the signed number of the bits for a width."""

    def fold(op: Any) -> Folded | None:
        if op.lhs is op.rhs:
            return (op.rhs,)
        constant, width = constant_integer(op.rhs), width_of(op.rhs.type)
        if constant is not None and width is not None:
            if constant == absorbing(width):
                return (op.rhs,)
            if constant == neutral(width):
                return (op.lhs,)
        return fold_constants(op, compute)

    return fold


def _largest(width: int) -> int:
    return (1 << (width - 1)) - 1


def _smallest(width: int) -> int:
    return -(1 << (width - 1))


def _all_ones(width: int) -> int:  # noqa: ARG001  (as every bound)
    return -1


def _no_ones(width: int) -> int:  # noqa: ARG001  (as every bound)
    return 0


RULES = looking_back(
    OpRules("arith.addi", (*_ADD_PATTERNS, _add_mul_negative_one_rhs, _add_mul_negative_one_lhs), _fold_add),
    OpRules("arith.subi", (*_SUB_PATTERNS, _sub_of_sub), _fold_sub),
    OpRules("arith.muli", _MUL_PATTERNS, _fold_mul),
    OpRules("arith.divui", fold=_fold_division(_divide_unsigned, IntegerOverflowFlag.NUW)),
    OpRules("arith.divsi", fold=_fold_division(_divide, IntegerOverflowFlag.NSW)),
    OpRules("arith.ceildivui", fold=_fold_division(_divide_unsigned_up)),
    OpRules("arith.ceildivsi", fold=_fold_division(_divide_up)),
    OpRules("arith.floordivsi", fold=_fold_division(_divide_down)),
    OpRules("arith.remui", fold=_fold_remainder(_remainder_unsigned)),
    OpRules("arith.remsi", fold=_fold_remainder(_remainder)),
    OpRules("arith.maxsi", fold=_fold_extreme(lambda a, b, _: max(a, b), _largest, _smallest)),
    OpRules("arith.minsi", fold=_fold_extreme(lambda a, b, _: min(a, b), _smallest, _largest)),
    OpRules(
        "arith.maxui", fold=_fold_extreme(lambda a, b, w: max(unsigned(a, w), unsigned(b, w)), _all_ones, _no_ones)
    ),
    OpRules(
        "arith.minui", fold=_fold_extreme(lambda a, b, w: min(unsigned(a, w), unsigned(b, w)), _no_ones, _all_ones)
    ),
)
