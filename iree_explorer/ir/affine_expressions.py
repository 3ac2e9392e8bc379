"""Affine expressions, made as MLIR makes them: simplified at once."""

from __future__ import annotations

from math import gcd

from xdsl.ir.affine import (
    AffineBinaryOpExpr,
    AffineBinaryOpKind,
    AffineConstantExpr,
    AffineDimExpr,
    AffineExpr,
    AffineSymExpr,
)

ADD = AffineBinaryOpKind.Add
MUL = AffineBinaryOpKind.Mul
MOD = AffineBinaryOpKind.Mod
FLOORDIV = AffineBinaryOpKind.FloorDiv
CEILDIV = AffineBinaryOpKind.CeilDiv


def is_symbolic(expr: AffineExpr) -> bool:
    """Whether the expression has no dimension in it. MLIR: AffineExpr::isSymbolicOrConstant."""
    if isinstance(expr, AffineBinaryOpExpr):
        return is_symbolic(expr.lhs) and is_symbolic(expr.rhs)
    return not isinstance(expr, AffineDimExpr)


def wrapped(number: int) -> int:
    """The number as the 64 bits that the compiler keeps of it."""
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)


def combine(kind: AffineBinaryOpKind, lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr:
    """`lhs kind rhs`, simplified as MLIR does."""
    if kind is ADD:
        simplified = _simplify_add(lhs, rhs)
    elif kind is MUL:
        simplified = _simplify_mul(lhs, rhs)
    elif kind is MOD:
        simplified = _simplify_mod(lhs, rhs)
    else:
        simplified = _simplify_div(kind, lhs, rhs)
    return AffineBinaryOpExpr(kind, lhs, rhs) if simplified is None else simplified


def add(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr:
    """The sum."""
    return combine(ADD, lhs, rhs)


def mul(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr:
    """The product."""
    return combine(MUL, lhs, rhs)


def negate(expr: AffineExpr) -> AffineExpr:
    """The product with -1."""
    return mul(expr, AffineConstantExpr(-1))


def _binary(expr: AffineExpr, kind: AffineBinaryOpKind) -> AffineBinaryOpExpr | None:
    return expr if isinstance(expr, AffineBinaryOpExpr) and expr.kind is kind else None


def _constant(expr: AffineExpr | None) -> int | None:
    return expr.value if isinstance(expr, AffineConstantExpr) else None


def _comes_later(lhs: AffineExpr, rhs: AffineExpr) -> bool:
    """Whether both are dimensions, or both symbols, and `lhs` has the greater number: the lesser is put first."""
    if isinstance(lhs, AffineDimExpr):
        return isinstance(rhs, AffineDimExpr) and lhs.position > rhs.position
    return isinstance(lhs, AffineSymExpr) and isinstance(rhs, AffineSymExpr) and lhs.position > rhs.position


def _unless_too_large(number: int) -> AffineExpr | None:
    return AffineConstantExpr(number) if wrapped(number) == number else None


def _with_factor(expr: AffineExpr) -> tuple[AffineExpr, int]:
    product = _binary(expr, MUL)
    factor = _constant(product.rhs) if product else None
    return (expr, 1) if product is None or factor is None else (product.lhs, factor)


def _simplify_add(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    """MLIR: AffineExpr.cpp, simplifyAdd."""
    left, right = _constant(lhs), _constant(rhs)
    if left is not None and right is not None:
        return _unless_too_large(left + right)
    if left is not None or _comes_later(lhs, rhs) or (not is_symbolic(rhs) and is_symbolic(lhs)):
        return add(rhs, lhs)
    if right == 0:
        return lhs
    total = _binary(lhs, ADD)
    tail = _constant(total.rhs) if total else None
    if total and tail is not None and right is not None:
        return add(total.lhs, AffineConstantExpr(wrapped(tail + right)))
    first, first_factor = _with_factor(lhs)
    second, second_factor = _with_factor(rhs)
    if first == second:
        return mul(first, AffineConstantExpr(wrapped(first_factor + second_factor)))
    if total and tail is not None:
        return add(add(total.lhs, rhs), total.rhs)
    return _remainder(lhs, rhs)


def _remainder(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    """`x mod q` where the sum, or its end, is x - (x floordiv q) * q."""
    product = _binary(rhs, MUL)
    if product is None:
        return None
    inner = _binary(product.lhs, MUL)
    if _constant(product.rhs) == -1 and inner is not None:
        quotient = _binary(inner.lhs, FLOORDIV)
        if quotient is None:
            return None
        if quotient.rhs == inner.rhs and quotient.lhs == lhs:
            return combine(MOD, lhs, inner.rhs)
    quotient = _binary(product.lhs, FLOORDIV)
    divisor = _constant(quotient.rhs) if quotient else None
    if quotient is None:
        return None
    if divisor is not None and divisor > 0 and quotient.lhs == lhs and _constant(product.rhs) == -divisor:
        return combine(MOD, lhs, quotient.rhs)
    total = _binary(lhs, ADD)
    last = _simplify_add(total.rhs, rhs) if total else None
    return add(total.lhs, last) if total and last is not None else None


def _simplify_mul(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    """MLIR: AffineExpr.cpp, simplifyMul."""
    left, right = _constant(lhs), _constant(rhs)
    if left is not None and right is not None:
        return _unless_too_large(left * right)
    if not is_symbolic(rhs):
        return mul(rhs, lhs) if is_symbolic(lhs) else None
    if left is not None or _comes_later(lhs, rhs):
        return mul(rhs, lhs)
    if right == 1:
        return lhs
    if right == 0:
        return rhs
    product = _binary(lhs, MUL)
    factor = _constant(product.rhs) if product else None
    if product is None or factor is None:
        return None
    if right is not None:
        return mul(product.lhs, AffineConstantExpr(wrapped(factor * right)))
    return mul(mul(product.lhs, rhs), product.rhs)


def _simplify_div(kind: AffineBinaryOpKind, lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    """MLIR: AffineExpr.cpp, simplifyFloorDiv and simplifyCeilDiv."""
    left, right = _constant(lhs), _constant(rhs)
    if left is None and lhs == rhs:
        return AffineConstantExpr(1)
    if not right:
        return None
    if left is not None:
        return AffineConstantExpr(left // right if kind is FLOORDIV else -(-left // right))
    if right == 1:
        return lhs
    product = _binary(lhs, MUL)
    factor = _constant(product.rhs) if product else None
    if product is not None and factor is not None and factor % right == 0:
        return mul(product.lhs, AffineConstantExpr(factor // right))
    total = _binary(lhs, ADD) if kind is FLOORDIV else None
    if total and (known_divisor(total.lhs) % right == 0 or known_divisor(total.rhs) % right == 0):
        return add(combine(FLOORDIV, total.lhs, rhs), combine(FLOORDIV, total.rhs, rhs))
    return None


def _simplify_mod(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    """MLIR: AffineExpr.cpp, simplifyMod."""
    left, right = _constant(lhs), _constant(rhs)
    if left is None and lhs == rhs:
        return AffineConstantExpr(0)
    if right is None or right < 1:
        return None
    if left is not None:
        return AffineConstantExpr(left % right)
    if known_divisor(lhs) % right == 0:
        return AffineConstantExpr(0)
    if total := _binary(lhs, ADD):
        if known_divisor(total.lhs) % right == 0:
            return combine(MOD, total.rhs, rhs)
        if known_divisor(total.rhs) % right == 0:
            return combine(MOD, total.lhs, rhs)
    inner = _binary(lhs, MOD)
    modulus = _constant(inner.rhs) if inner else None
    if inner and modulus is not None and modulus >= 1 and modulus % right == 0:
        return combine(MOD, inner.lhs, rhs)
    return None


def known_divisor(expr: AffineExpr) -> int:
    """A number that divides the expression whatever its operands are. MLIR: AffineExpr::getLargestKnownDivisor."""
    if isinstance(expr, AffineConstantExpr):
        return abs(expr.value)
    if not isinstance(expr, AffineBinaryOpExpr):
        return 1
    if expr.kind is MUL:
        return known_divisor(expr.lhs) * known_divisor(expr.rhs)
    if expr.kind in (ADD, MOD):
        right = known_divisor(expr.rhs)
        return right if right == 1 else gcd(known_divisor(expr.lhs), right)
    divisor = _constant(expr.rhs)
    left = known_divisor(expr.lhs) if divisor else 1
    return abs(left // divisor) if divisor and left % divisor == 0 else 1
