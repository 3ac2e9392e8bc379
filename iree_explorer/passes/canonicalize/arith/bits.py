"""Bitwise operations and shifts: folders and patterns. # MLIR: ArithOps.cpp, ArithCanonicalization.td."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.arith.casts import ExtSIOp, ExtUIOp
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.arith.integers import AndIOp, OrIOp, XOrIOp
from iree_explorer.passes.canonicalize.arith.integers import Compute, constant_pairs, fold_constants, zero_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import (
    constant_scalar,
    integer_attr,
    is_all_ones,
    is_zero,
    unsigned,
    width_of,
)
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, Pattern, looking_back, summary_of

# --- And, or, exclusive or ---


def _is_not(value: SSAValue, of: SSAValue) -> Any:
    """The op that flips all bits of `of` to make `value`; None: it isn't made so."""
    source: Any = definition(value)
    if isinstance(source, XOrIOp) and source.lhs is of and is_all_ones(source.rhs):
        return source
    return None


def _absorbs(op_type: type[Operation], value: SSAValue, other: SSAValue) -> bool:
    """Whether `other` went into `value` by the same op already."""
    source = definition(value)
    return isinstance(source, op_type) and other in source.operands


def _fold_and(op: Any) -> Folded | None:
    if is_zero(op.rhs):
        return (op.rhs,)
    if is_all_ones(op.rhs):
        return (op.lhs,)
    if _is_not(op.rhs, op.lhs) or _is_not(op.lhs, op.rhs):
        return zero_of(op)
    if _absorbs(AndIOp, op.lhs, op.rhs):
        return (op.lhs,)
    if _absorbs(AndIOp, op.rhs, op.lhs):
        return (op.rhs,)
    return fold_constants(op, lambda a, b, _: a & b) or _fold_equal(op)


def _fold_or(op: Any) -> Folded | None:
    if is_zero(op.rhs):
        return (op.lhs,)
    if is_all_ones(op.rhs):
        return (integer_attr(-1, op.rhs.type),)
    flipped = _is_not(op.rhs, op.lhs) or _is_not(op.lhs, op.rhs)
    if flipped is not None:
        return (flipped.rhs,)
    if _absorbs(OrIOp, op.lhs, op.rhs):
        return (op.lhs,)
    if _absorbs(OrIOp, op.rhs, op.lhs):
        return (op.rhs,)
    return fold_constants(op, lambda a, b, _: a | b) or _fold_equal(op)


def _fold_equal(op: Any) -> Folded | None:
    """# MLIR: Operation.cpp, foldIdempotent."""
    return (op.lhs,) if op.lhs is op.rhs else None


def _fold_xor(op: Any) -> Folded | None:
    if is_zero(op.rhs):
        return (op.lhs,)
    if op.lhs is op.rhs:
        return zero_of(op)
    for inner, other in ((op.lhs, op.rhs), (op.rhs, op.lhs)):
        source = definition(inner)
        if isinstance(source, XOrIOp):
            if source.rhs is other:
                return (source.lhs,)
            if source.lhs is other:
                return (source.rhs,)
    return fold_constants(op, lambda a, b, _: a ^ b)


# --- Shifts ---


def _fold_shift(
    compute: Compute, *, to_right: bool, unshiftable: Callable[[SSAValue], bool] = is_zero
) -> Callable[[Any], Folded | None]:
    """Folds a shift; a value of `unshiftable` bits is itself however far it is shifted."""

    def saturated(a: int, b: int, width: int) -> int | None:
        return compute(a, min(unsigned(b, width), width), width)

    def fold(op: Any) -> Folded | None:
        if is_zero(op.rhs):
            return (op.lhs,)
        if to_right and op.lhs is op.rhs and (zero := zero_of(op)) is not None:
            return zero
        if unshiftable(op.lhs):
            return (op.lhs,)
        # MLIR asks only of the last element whether it is shifted by less than its width.
        pairs, width = constant_pairs(op), width_of(op.lhs.type)
        is_bounded = pairs and width is not None and unsigned(pairs[-1][1], width) < width
        return fold_constants(op, saturated) if is_bounded else None

    return fold


def _is_all_equal(value: SSAValue) -> bool:
    return is_zero(value) or is_all_ones(value)


def _of_constants(name: str, compute: Callable[[int, int], int]) -> Pattern:
    """The same bitwise op on a value and two constants, one after the other, becomes one op."""

    def rewrite(op: Any, rewriter: Rewriter) -> bool:
        inner: Any = definition(op.lhs)
        outer_constant = constant_scalar(op.rhs)
        if not isinstance(inner, type(op)) or outer_constant is None:
            return False
        inner_constant = constant_scalar(inner.operands[1])
        if inner_constant is None:
            return False
        constant = rewriter.insert(ConstantOp(integer_attr(compute(inner_constant, outer_constant), op.result.type)))
        rewriter.replace_op_with(op, type(op)(inner.operands[0], constant.result))
        return True

    return Pattern(name, rewrite, benefit=2, summary=summary_of(_of_constants))


def _of_extensions(name: str, extension: type[Operation]) -> Pattern:
    """A bitwise op on two extended values becomes the extension of the op on the narrow ones."""

    def rewrite(op: Any, rewriter: Rewriter) -> bool:
        a, b = definition(op.lhs), definition(op.rhs)
        if not isinstance(a, extension) or not isinstance(b, extension):
            return False
        narrow_a, narrow_b = a.operands[0], b.operands[0]
        if narrow_a.type != narrow_b.type:
            return False
        narrow = rewriter.insert(type(op)(narrow_a, narrow_b))
        new = extension.create(operands=narrow.results, result_types=[op.result.type])
        rewriter.replace_op_with(op, new)
        return True

    return Pattern(name, rewrite, benefit=3, summary=summary_of(_of_extensions))


def _patterns(name: str, compute: Callable[[int, int], int]) -> tuple[Pattern, ...]:
    return (
        _of_constants(f"{name}Constant", compute),
        _of_extensions(f"{name}OfExtUI", ExtUIOp),
        _of_extensions(f"{name}OfExtSI", ExtSIOp),
    )


RULES = looking_back(
    OpRules("arith.andi", _patterns("And", lambda a, b: a & b), _fold_and),
    OpRules("arith.ori", _patterns("Or", lambda a, b: a | b), _fold_or),
    OpRules("arith.xori", _patterns("XOrI", lambda a, b: a ^ b), _fold_xor),
    OpRules("arith.shli", fold=_fold_shift(lambda a, b, _: a << b, to_right=False)),
    OpRules("arith.shrui", fold=_fold_shift(lambda a, b, width: unsigned(a, width) >> b, to_right=True)),
    OpRules("arith.shrsi", fold=_fold_shift(lambda a, b, _: a >> b, to_right=True, unshiftable=_is_all_equal)),
)
