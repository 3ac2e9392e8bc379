"""Divisions whose result is known from what their dividend can be. # MLIR: AffineOps.cpp, simplifyExprAndOperands.

Differs: nothing is known of the operands; MLIR knows where an `affine.for` begins and ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from xdsl.ir.affine import AffineBinaryOpExpr, AffineConstantExpr, AffineExpr

from iree_explorer.ir.affine_expressions import ADD, CEILDIV, FLOORDIV, MOD, combine, known_divisor


@dataclass(frozen=True)
class _Range:
    low: int
    high: int

    def divided(self, expr: AffineBinaryOpExpr, divisor: int) -> _Range:
        if expr.kind is FLOORDIV:
            return _Range(self.low // divisor, self.high // divisor)
        return _Range(-(-self.low // divisor), -(-self.high // divisor))


@lru_cache(maxsize=4096)
def bounded(expr: AffineExpr) -> AffineExpr:
    """The expression with its divisions by positive constants simplified, inner ones first."""
    return _bounded(expr)


def _bounded(expr: AffineExpr) -> AffineExpr:
    if not isinstance(expr, AffineBinaryOpExpr):
        return expr
    lhs, rhs = _bounded(expr.lhs), _bounded(expr.rhs)
    expr = expr if (lhs, rhs) == (expr.lhs, expr.rhs) else combine(expr.kind, lhs, rhs)
    if not isinstance(expr, AffineBinaryOpExpr) or expr.kind not in (FLOORDIV, CEILDIV, MOD):
        return expr
    divisor = _constant(expr.rhs)
    return expr if divisor is None or divisor <= 0 else _divided(expr, divisor)


def _constant(expr: AffineExpr) -> int | None:
    return expr.value if isinstance(expr, AffineConstantExpr) else None


def _divided(expr: AffineBinaryOpExpr, divisor: int) -> AffineExpr:
    known = _range_of(expr.lhs)
    if known is not None and expr.kind is MOD and known.low >= 0 and known.high < divisor:
        return expr.lhs
    if known is not None and expr.kind is not MOD:
        quotient = known.divided(expr, divisor)
        if quotient.low == quotient.high:
            return AffineConstantExpr(quotient.low)
    return _without_rest(expr, divisor)


def _without_rest(expr: AffineBinaryOpExpr, divisor: int) -> AffineExpr:
    """`x * 4 + 3` is `x * 4` divided by 8, and `3` modulo 2. # MLIR: isQTimesDPlusR."""
    total = expr.lhs
    if not isinstance(total, AffineBinaryOpExpr) or total.kind is not ADD:
        return expr
    rest, factor = _constant(total.rhs), known_divisor(total.lhs)
    if rest is None or not 0 <= rest < factor:
        return expr
    if expr.kind is FLOORDIV and divisor % factor == 0:
        return combine(FLOORDIV, total.lhs, expr.rhs)
    if expr.kind is MOD and factor % divisor == 0:
        return combine(MOD, total.rhs, expr.rhs)
    return expr


def _range_of(expr: AffineExpr) -> _Range | None:
    """What the expression can be; None: anything. # MLIR: getBoundForAffineExpr."""
    if isinstance(expr, AffineConstantExpr):
        return _Range(expr.value, expr.value)
    divisor = _constant(expr.rhs) if isinstance(expr, AffineBinaryOpExpr) else None
    if not isinstance(expr, AffineBinaryOpExpr) or divisor is None or divisor < 1:
        return None
    if expr.kind in (FLOORDIV, CEILDIV):
        inner = _range_of(expr.lhs)
        return None if inner is None else inner.divided(expr, divisor)
    if expr.kind is not MOD:
        return None
    inner = _range_of(expr.lhs)
    if inner is not None and inner.low // divisor == inner.high // divisor:
        return _Range(inner.low % divisor, inner.high % divisor)
    return _Range(0, divisor - 1)
