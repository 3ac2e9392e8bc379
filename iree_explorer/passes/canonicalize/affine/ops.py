"""Rules of `affine.apply`, `min` and `max`. # MLIR: AffineOps.cpp."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects.builtin import AffineMapAttr, IndexType, IntegerAttr
from xdsl.dialects.ub import PoisonAttr
from xdsl.ir import SSAValue
from xdsl.ir.affine import (
    AffineBinaryOpExpr,
    AffineConstantExpr,
    AffineDimExpr,
    AffineExpr,
    AffineMap,
    AffineSymExpr,
)

from iree_explorer.dialects.affine import ApplyOp, MapOp
from iree_explorer.ir.affine_expressions import ADD, CEILDIV, FLOORDIV, MOD, MUL, wrapped
from iree_explorer.passes.canonicalize.affine.bounds import bounded
from iree_explorer.passes.canonicalize.affine.flat import CONSTANT, Flattener, NotFlatError
from iree_explorer.passes.canonicalize.affine.maps import Applied, canonical, composed
from iree_explorer.passes.canonicalize.affine.simplify import is_pure, simplified_where_pure
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern

# --- Constants ---


class _PoisonError(Exception):
    """The expression divides by nothing."""


def _fold_apply(op: ApplyOp) -> Folded | None:
    """A variable alone is its operand; of constants the result is known."""
    (expr,), operand = op.map.data.results, _operand_of(op)
    value = operand(expr)
    if value is not None:
        return (value,)
    try:
        number = _number(expr, operand)
    except _PoisonError:
        return (PoisonAttr(),)
    return None if number is None else (IntegerAttr(number, IndexType()),)


def _operand_of(op: MapOp) -> Callable[[AffineExpr], SSAValue | None]:
    """Finds the operand that an expression is, where it is nothing but one."""
    operands, num_dims = op.map_operands, op.map.data.num_dims

    def find(expr: AffineExpr) -> SSAValue | None:
        if isinstance(expr, AffineDimExpr):
            return operands[expr.position]
        return operands[num_dims + expr.position] if isinstance(expr, AffineSymExpr) else None

    return find


def _number(expr: AffineExpr, operand: Callable[[AffineExpr], SSAValue | None]) -> int | None:
    """What the expression is where all in it are constants; None: it is not known.

    Raises:
        _PoisonError: it divides by nothing, and what stands before that is known.
    """
    if isinstance(expr, AffineConstantExpr):
        return expr.value
    value = operand(expr)
    if value is not None:
        return constant_integer(value)
    assert isinstance(expr, AffineBinaryOpExpr)
    lhs = _number(expr.lhs, operand)
    rhs = None if lhs is None else _number(expr.rhs, operand)
    if lhs is None or rhs is None:
        return None
    if (expr.kind is MOD and rhs < 1) or (expr.kind in (FLOORDIV, CEILDIV) and rhs == 0):
        raise _PoisonError
    return wrapped(_COMPUTE[expr.kind](lhs, rhs))


def _number_if_defined(expr: AffineExpr, operand: Callable[[AffineExpr], SSAValue | None]) -> int | None:
    try:
        return _number(expr, operand)
    except _PoisonError:
        return None


_COMPUTE: dict[object, Callable[[int, int], int]] = {
    ADD: lambda a, b: a + b,
    MUL: lambda a, b: a * b,
    MOD: lambda a, b: a % b,
    FLOORDIV: lambda a, b: a // b,
    CEILDIV: lambda a, b: -(-a // b),
}


def _fold_extreme(choose: Callable[[list[int]], int]) -> Callable[[MapOp], Folded | None]:
    def fold(op: MapOp) -> Folded | None:
        """Of constants it is known; of one variable it is the operand; expressions that are known become numbers."""
        map_, operand = op.map.data, _operand_of(op)
        numbers = [_number_if_defined(expr, operand) for expr in map_.results]
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers):
            return (IntegerAttr(choose(known), IndexType()),)
        if len(map_.results) == 1 and (value := operand(map_.results[0])) is not None:
            return (value,)
        results = tuple(
            expr if number is None else AffineConstantExpr(number)
            for expr, number in zip(map_.results, numbers, strict=True)
        )
        if results == map_.results:
            return None
        op.properties["map"] = AffineMapAttr(AffineMap(map_.num_dims, map_.num_symbols, results))
        return ()

    return fold


# --- Maps ---


def _simplify_mended(op: MapOp, rewriter: Rewriter) -> bool:
    """As the pattern, but what multiplies or divides by a symbol stays as it is."""
    old = Applied.of(op)
    return _write(op, old, canonical(composed(old, simplified_where_pure)), rewriter)


@pattern("SimplifyAffineOp", mended=_simplify_mended)
def _simplify(op: MapOp, rewriter: Rewriter) -> bool:
    """Puts maps of operands into the map, and writes it in the shortest way."""
    # IREE bug: some products with a symbol, and quotients by one, become others.
    old = Applied.of(op)
    return _write(op, old, canonical(composed(old)), rewriter)


def _write(op: MapOp, old: Applied, new: Applied, rewriter: Rewriter) -> bool:
    new = Applied(tuple(bounded(expr) for expr in new.results), new.dims, new.symbols)
    if new == old:
        return False
    rewriter.replace_op_with(op, new.as_op(type(op)))
    return True


@pattern("DeduplicateAffineMinMaxExpressions")
def _deduplicate(op: MapOp, rewriter: Rewriter) -> bool:
    """Compares each expression once."""
    applied = Applied.of(op)
    return _replace_results(op, applied, tuple(dict.fromkeys(applied.results)), rewriter)


def _replace_results(op: MapOp, applied: Applied, results: tuple[AffineExpr, ...], rewriter: Rewriter) -> bool:
    if results == applied.results:
        return False
    rewriter.replace_op_with(op, Applied(results, applied.dims, applied.symbols).as_op(type(op)))
    return True


@pattern("MergeAffineMinMaxOp")
def _merge(op: MapOp, rewriter: Rewriter) -> bool:
    """The least of what is the least of others is the least of all of them."""
    applied, operand = Applied.of(op), _operand_of(op)
    results: list[AffineExpr] = []
    producers: list[Applied] = []
    for expr in applied.results:
        value = operand(expr)
        producer = None if value is None else definition(value)
        if isinstance(producer, MapOp) and type(producer) is type(op):
            producers.append(Applied.of(producer))
        else:
            results.append(expr)
    if not producers:
        return False
    dims, symbols = list(applied.dims), list(applied.symbols)
    for producer in producers:
        dim_exprs = [AffineDimExpr(len(dims) + number) for number in range(len(producer.dims))]
        symbol_exprs = [AffineSymExpr(len(symbols) + number) for number in range(len(producer.symbols))]
        results += producer.replaced(dim_exprs, symbol_exprs)
        dims += producer.dims
        symbols += producer.symbols
    rewriter.replace_op_with(op, Applied(tuple(results), tuple(dims), tuple(symbols)).as_op(type(op)))
    return True


@pattern("SimplifySingleResultAffineMinMaxOp")
def _simplify_single_result(op: MapOp, rewriter: Rewriter) -> bool:
    """Of one expression nothing is less."""
    if len(op.map.data.results) != 1:
        return False
    rewriter.replace_op_with(op, Applied.of(op).as_op(ApplyOp))
    return True


@pattern("CanonicalizeAffineMinMaxOpExprAndTermOrder")
def _order_results(op: MapOp, rewriter: Rewriter) -> bool:
    """Orders expressions by their coefficients, where none divides."""
    applied = Applied.of(op)
    rows = _rows(applied)
    if rows is None:
        return False
    numbers = sorted(range(len(rows)), key=rows.__getitem__)
    return _replace_results(op, applied, tuple(applied.results[number] for number in numbers), rewriter)


def _rows(applied: Applied) -> list[tuple[int, ...]] | None:
    """The coefficients of each result, the constant last; None: they don't say all."""
    rows: list[tuple[int, ...]] = []
    for expr in applied.results:
        flattener = Flattener(len(applied.dims), len(applied.symbols))
        try:
            row = flattener.flatten(expr) if is_pure(expr) else None
        except NotFlatError:
            row = None
        if row is None or flattener.quotients:
            return None
        rows.append(tuple(row.get(place, 0) for place in (*range(len(applied.operands)), CONSTANT)))
    return rows


_EXTREME = (_deduplicate, _merge, _simplify, _simplify_single_result, _order_results)

RULES = (
    OpRules("affine.apply", (_simplify,), _fold_apply),
    OpRules("affine.max", _EXTREME, _fold_extreme(max)),
    OpRules("affine.min", _EXTREME, _fold_extreme(min)),
)
