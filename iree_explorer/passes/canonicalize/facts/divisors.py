"""What surely divides the value of an affine expression."""

from __future__ import annotations

from math import gcd

from xdsl.ir.affine import AffineBinaryOpExpr, AffineBinaryOpKind, AffineConstantExpr, AffineExpr, AffineMap

_NOTHING_ELSE = 2**64 - 1
"""What divides 0: all does."""


def known_divisor(map_: AffineMap) -> int:
    """The largest number that surely divides all results. # MLIR: AffineMap.cpp, getLargestKnownDivisorOfMapExprs."""
    return gcd(*(_divisor(result) for result in map_.results)) or _NOTHING_ELSE


def _divisor(expr: AffineExpr) -> int:
    """The largest number that surely divides an expression. # MLIR: AffineExpr.cpp, getLargestKnownDivisor."""
    if isinstance(expr, AffineConstantExpr):
        return abs(expr.value)
    if not isinstance(expr, AffineBinaryOpExpr):
        return 1
    left = _divisor(expr.lhs)
    if expr.kind in (AffineBinaryOpKind.FloorDiv, AffineBinaryOpKind.CeilDiv):
        by = expr.rhs.value if isinstance(expr.rhs, AffineConstantExpr) else 0
        return abs(left // by) if by and left % by == 0 else 1
    right = _divisor(expr.rhs)
    return left * right if expr.kind is AffineBinaryOpKind.Mul else gcd(left, right)
