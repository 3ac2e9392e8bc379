"""Affine expressions as rows of coefficients, and expressions made of such rows: the form in which like terms meet.

# MLIR: AffineExpr.cpp, SimpleAffineExprFlattener, getAffineExprFromFlatForm, simplifyAffineExpr
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from xdsl.ir.affine import (
    AffineBinaryOpExpr,
    AffineConstantExpr,
    AffineDimExpr,
    AffineExpr,
    AffineMap,
    AffineSymExpr,
)

from iree_explorer.ir.affine_expressions import ADD, CEILDIV, FLOORDIV, MOD, MUL, add, combine, mul, wrapped


class NotFlatError(Exception):
    """The expression divides by a number that is not positive."""


def is_pure(expr: AffineExpr) -> bool:
    """Whether the expression multiplies and divides by constants alone. # MLIR: AffineExpr::isPureAffine."""
    if not isinstance(expr, AffineBinaryOpExpr):
        return True
    if not (is_pure(expr.lhs) and is_pure(expr.rhs)):
        return False
    is_by_constant = isinstance(expr.rhs, AffineConstantExpr)
    return expr.kind is ADD or is_by_constant or (expr.kind is MUL and isinstance(expr.lhs, AffineConstantExpr))


def simplified(map_: AffineMap) -> AffineMap:
    """The map with each pure result as the sum of its terms, in order. # MLIR: simplifyAffineMap.

    Differs: a result that multiplies or divides by a symbol stays as it is.
    """
    results = tuple(_simplified(expr, map_) for expr in map_.results)
    return AffineMap(map_.num_dims, map_.num_symbols, results)


def _simplified(expr: AffineExpr, map_: AffineMap) -> AffineExpr:
    if not is_pure(expr):
        return expr
    flattener = Flattener(map_.num_dims, map_.num_symbols)
    try:
        return flattener.expression(flattener.flatten(expr))
    except NotFlatError:
        return expr


class Flattener:
    """Makes rows of expressions over the same dimensions and symbols.

    A row has a coefficient for each dimension, each symbol and each quotient met so far, in this order; the constant is
    apart, at the front.

    Attributes:
        quotients: what can't be said by coefficients, divisions by constants; each with its place in a row.
    """

    def __init__(self, num_dims: int, num_symbols: int) -> None:
        self.quotients: dict[AffineExpr, int] = {}
        self._num_dims = num_dims
        self._variables = num_dims + num_symbols

    def flatten(self, expr: AffineExpr) -> list[int]:
        """The row of a pure expression.

        Raises:
            NotFlatError: it divides by a number that is not positive.
        """
        if isinstance(expr, AffineConstantExpr):
            return [expr.value]
        if isinstance(expr, AffineDimExpr):
            return _unit(expr.position)
        if isinstance(expr, AffineSymExpr):
            return _unit(self._num_dims + expr.position)
        assert isinstance(expr, AffineBinaryOpExpr)
        lhs, rhs = self.flatten(expr.lhs), self.flatten(expr.rhs)
        if expr.kind is ADD:
            return _sum(lhs, rhs)
        if expr.kind is MUL:
            row, factor = (lhs, rhs[0]) if isinstance(expr.rhs, AffineConstantExpr) else (rhs, lhs[0])
            return [wrapped(coefficient * factor) for coefficient in row]
        if rhs[0] <= 0:
            raise NotFlatError
        return self._remainder(lhs, rhs[0]) if expr.kind is MOD else self._quotient(expr, lhs, rhs[0])

    def expression(self, row: Sequence[int]) -> AffineExpr:
        """The sum of the terms of a row: dimensions, symbols, quotients, constant."""
        total: AffineExpr = AffineConstantExpr(0)
        quotients = list(self.quotients)
        for place, coefficient in enumerate(row[1:]):
            if coefficient:
                is_quotient = place >= self._variables
                term = quotients[place - self._variables] if is_quotient else self._variable(place)
                total = add(total, mul(term, AffineConstantExpr(coefficient)))
        return add(total, AffineConstantExpr(row[0])) if row[0] else total

    def _variable(self, place: int) -> AffineExpr:
        number = place - self._num_dims
        return AffineDimExpr(place) if number < 0 else AffineSymExpr(number)

    def _remainder(self, row: list[int], divisor: int) -> list[int]:
        """`x mod c` is x - c * q, where q is `x floordiv c`."""
        if all(coefficient % divisor == 0 for coefficient in row):
            return [0]
        shared = gcd(divisor, *row)
        dividend = self.expression([coefficient // shared for coefficient in row])
        quotient = self._place_of(combine(FLOORDIV, dividend, AffineConstantExpr(divisor // shared)))
        return _sum(row, [-divisor * coefficient for coefficient in _unit(quotient)])

    def _quotient(self, expr: AffineBinaryOpExpr, row: list[int], divisor: int) -> list[int]:
        shared = gcd(divisor, *row)
        row = [coefficient // shared for coefficient in row]
        if divisor == shared:
            return row
        assert expr.kind in (FLOORDIV, CEILDIV)
        quotient = combine(expr.kind, self.expression(row), AffineConstantExpr(divisor // shared))
        return _unit(self._place_of(quotient))

    def _place_of(self, quotient: AffineExpr) -> int:
        return self.quotients.setdefault(quotient, self._variables + len(self.quotients))


def _unit(place: int) -> list[int]:
    return [0] * (place + 1) + [1]


def _sum(one: Sequence[int], other: Sequence[int]) -> list[int]:
    short, long = sorted((one, other), key=len)
    return [wrapped(a + b) for a, b in zip(short, long, strict=False)] + list(long[len(short) :])
