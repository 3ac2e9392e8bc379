"""Affine maps simplified result by result: each is made flat and built again from its terms.

# MLIR: AffineExpr.cpp, simplifyAffineExpr, simplifySemiAffine; AffineMap.cpp, simplifyAffineMap
"""

from __future__ import annotations

from functools import lru_cache, reduce

from xdsl.ir.affine import (
    AffineBinaryOpExpr,
    AffineBinaryOpKind,
    AffineConstantExpr,
    AffineExpr,
    AffineMap,
    AffineSymExpr,
)

from iree_explorer.ir.affine_expressions import ADD, MOD, MUL, add, combine, negate
from iree_explorer.passes.canonicalize.affine.flat import Flattener, NotFlatError

_ZERO, _ONE = AffineConstantExpr(0), AffineConstantExpr(1)


def is_pure(expr: AffineExpr) -> bool:
    """Whether the expression multiplies and divides by constants alone. # MLIR: AffineExpr::isPureAffine."""
    if not isinstance(expr, AffineBinaryOpExpr):
        return True
    if not (is_pure(expr.lhs) and is_pure(expr.rhs)):
        return False
    is_by_constant = isinstance(expr.rhs, AffineConstantExpr)
    return expr.kind is ADD or is_by_constant or (expr.kind is MUL and isinstance(expr.lhs, AffineConstantExpr))


def simplified(map_: AffineMap) -> AffineMap:
    """The map with each result as the sum of its terms, in order."""
    results = tuple(_simplified(expr, map_.num_dims, map_.num_symbols) for expr in map_.results)
    return AffineMap(map_.num_dims, map_.num_symbols, results)


def simplified_where_pure(map_: AffineMap) -> AffineMap:
    """As `simplified`, but what multiplies or divides by a symbol stays as it is: there the rules are not right."""
    results = tuple(
        _simplified(expr, map_.num_dims, map_.num_symbols) if is_pure(expr) else expr for expr in map_.results
    )
    return AffineMap(map_.num_dims, map_.num_symbols, results)


@lru_cache(maxsize=4096)
def _simplified(expr: AffineExpr, num_dims: int, num_symbols: int) -> AffineExpr:
    if not is_pure(expr):
        expr = _without_symbolic_divisions(expr, num_dims, num_symbols)
    flattener = Flattener(num_dims, num_symbols)
    try:
        row = flattener.flatten(expr)
    except NotFlatError:
        return expr
    plain = flattener.expression(row)
    return plain if is_pure(expr) or plain == expr else flattener.semi_affine_expression(row)


def _without_symbolic_divisions(expr: AffineExpr, num_dims: int, num_symbols: int) -> AffineExpr:
    """With divisions by a symbol that their dividend is a multiple of done. # MLIR: simplifySemiAffine."""
    if not isinstance(expr, AffineBinaryOpExpr):
        return expr
    lhs = _without_symbolic_divisions(expr.lhs, num_dims, num_symbols)
    rhs = _without_symbolic_divisions(expr.rhs, num_dims, num_symbols)
    if expr.kind not in (ADD, MUL):
        if _is_less_its_rest(lhs, rhs, num_dims, num_symbols):
            return _ZERO
        # Differs: where the simplified dividend can't be divided, MLIR dies.
        if isinstance(rhs, AffineSymExpr) and _is_multiple(expr.lhs, rhs, expr.kind):
            quotient = _ZERO if expr.kind is MOD else _quotient(lhs, rhs, expr.kind)
            if quotient is not None:
                return quotient
    return combine(expr.kind, lhs, rhs)


def _is_multiple(expr: AffineExpr, symbol: AffineSymExpr, kind: AffineBinaryOpKind, *, is_factor: bool = False) -> bool:
    """Whether it shows that nothing is left of `expr` divided by `symbol`.

    Of a factor that is itself a quotient it does not: what that lost may be more than nothing once multiplied.

    # MLIR: canSimplifyDivisionBySymbol
    """
    if not isinstance(expr, AffineBinaryOpExpr):
        return expr in (symbol, _ZERO)
    lhs, rhs = expr.lhs, expr.rhs
    if expr.kind is ADD:
        return _is_multiple(lhs, symbol, kind) and _is_multiple(rhs, symbol, kind)
    if expr.kind is MOD:
        return _is_multiple(lhs, symbol, MOD) and _is_multiple(rhs, symbol, MOD)
    if expr.kind is MUL:
        return any(_is_multiple(part, symbol, kind, is_factor=True) for part in (lhs, rhs))
    return expr.kind is kind and not is_factor and _is_multiple(lhs, symbol, kind)


def _quotient(expr: AffineExpr, symbol: AffineSymExpr, kind: AffineBinaryOpKind) -> AffineExpr | None:
    """`expr` divided by `symbol`; None: it can't be. # MLIR: symbolicDivide."""
    if isinstance(expr, AffineSymExpr):
        # MLIR bug: so is any other symbol. A dividend is looked at as it was, then divided as it was simplified.
        return _ONE
    if not isinstance(expr, AffineBinaryOpExpr):
        return _ZERO if expr == _ZERO else None
    if expr.kind is MUL and not _is_multiple(expr.lhs, symbol, kind):
        return _combined(MUL, expr.lhs, _quotient(expr.rhs, symbol, kind))
    inner = kind if expr.kind in (ADD, MUL) else expr.kind
    rhs = _quotient(expr.rhs, symbol, inner) if expr.kind in (ADD, MOD) else expr.rhs
    return _combined(expr.kind, _quotient(expr.lhs, symbol, inner), rhs)


def _combined(kind: AffineBinaryOpKind, lhs: AffineExpr | None, rhs: AffineExpr | None) -> AffineExpr | None:
    return None if lhs is None or rhs is None else combine(kind, lhs, rhs)


def _is_less_its_rest(expr: AffineExpr, divisor: AffineExpr, num_dims: int, num_symbols: int) -> bool:
    """Whether `expr` is some x minus x mod `divisor`.

    # MLIR: isModOfModSubtraction
    # IREE bug: asked for quotients, too, which then are 0.
    """
    terms = _terms(expr)
    for number, term in enumerate(terms):
        rest = _negated(term)
        if isinstance(rest, AffineBinaryOpExpr) and rest.kind is MOD and rest.rhs == divisor:
            others = reduce(add, terms[:number] + terms[number + 1 :], _ZERO)
            if _simplified(add(others, negate(rest.lhs)), num_dims, num_symbols) == _ZERO:
                return True
    return False


def _terms(expr: AffineExpr) -> list[AffineExpr]:
    if isinstance(expr, AffineBinaryOpExpr) and expr.kind is ADD:
        return _terms(expr.lhs) + _terms(expr.rhs)
    return [expr]


def _negated(expr: AffineExpr) -> AffineExpr | None:
    """What `expr` is -1 times of; None: it does not say so."""
    if isinstance(expr, AffineBinaryOpExpr) and expr.kind is MUL and expr.rhs == AffineConstantExpr(-1):
        return expr.lhs
    return None
