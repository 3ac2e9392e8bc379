"""Affine expressions as rows of coefficients, and expressions made of such rows: the form in which like terms meet.

# MLIR: AffineExpr.cpp, SimpleAffineExprFlattener, getAffineExprFromFlatForm, simplifyAffineExpr
"""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import TypeAlias

from xdsl.ir.affine import (
    AffineBinaryOpExpr,
    AffineConstantExpr,
    AffineDimExpr,
    AffineExpr,
    AffineMap,
    AffineSymExpr,
)

from iree_explorer.ir.affine_expressions import ADD, CEILDIV, FLOORDIV, MOD, MUL, add, combine, mul, wrapped

Row: TypeAlias = dict[int, int]

CONSTANT = -1
"""The place of a row's constant."""


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
    results = tuple(_simplified(expr, map_.num_dims, map_.num_symbols) for expr in map_.results)
    return AffineMap(map_.num_dims, map_.num_symbols, results)


@lru_cache(maxsize=4096)
def _simplified(expr: AffineExpr, num_dims: int, num_symbols: int) -> AffineExpr:
    if not is_pure(expr):
        return expr
    flattener = Flattener(num_dims, num_symbols)
    try:
        return flattener.expression(flattener.flatten(expr))
    except NotFlatError:
        return expr


class Flattener:
    """Makes rows of expressions over the same dimensions and symbols.

    A row has the coefficient of each term by its place: dimensions, symbols and quotients met so far, in this order. The
    constant is at place -1. What is not there is 0.

    Attributes:
        quotients: what can't be said by coefficients, divisions by constants; each with its place in a row.
    """

    def __init__(self, num_dims: int, num_symbols: int) -> None:
        self.quotients: dict[AffineExpr, int] = {}
        self._num_dims = num_dims
        self._variables = num_dims + num_symbols

    def flatten(self, expr: AffineExpr) -> Row:
        """The row of a pure expression.

        Raises:
            NotFlatError: it divides by a number that is not positive.
        """
        if isinstance(expr, AffineConstantExpr):
            return {CONSTANT: expr.value}
        if isinstance(expr, AffineDimExpr):
            return {expr.position: 1}
        if isinstance(expr, AffineSymExpr):
            return {self._num_dims + expr.position: 1}
        assert isinstance(expr, AffineBinaryOpExpr)
        lhs, rhs = self.flatten(expr.lhs), self.flatten(expr.rhs)
        if expr.kind is ADD:
            return _sum(lhs, rhs)
        if expr.kind is MUL:
            row, factor = (lhs, rhs) if isinstance(expr.rhs, AffineConstantExpr) else (rhs, lhs)
            return {place: wrapped(coefficient * factor[CONSTANT]) for place, coefficient in row.items()}
        divisor = rhs[CONSTANT]
        if divisor <= 0:
            raise NotFlatError
        return self._remainder(lhs, divisor) if expr.kind is MOD else self._quotient(expr, lhs, divisor)

    def expression(self, row: Row) -> AffineExpr:
        """The sum of the terms of a row: dimensions, symbols, quotients, constant."""
        total: AffineExpr = AffineConstantExpr(0)
        quotients = list(self.quotients)
        for place, coefficient in sorted(row.items()):
            if coefficient and place != CONSTANT:
                is_quotient = place >= self._variables
                term = quotients[place - self._variables] if is_quotient else self._variable(place)
                total = add(total, mul(term, AffineConstantExpr(coefficient)))
        constant = row.get(CONSTANT)
        return add(total, AffineConstantExpr(constant)) if constant else total

    def _variable(self, place: int) -> AffineExpr:
        number = place - self._num_dims
        return AffineDimExpr(place) if number < 0 else AffineSymExpr(number)

    def _remainder(self, row: Row, divisor: int) -> Row:
        """`x mod c` is x - c * q, where q is `x floordiv c`."""
        if all(coefficient % divisor == 0 for coefficient in row.values()):
            return {}
        shared = gcd(divisor, *row.values())
        dividend = self.expression(_divided(row, shared))
        quotient = self._place_of(combine(FLOORDIV, dividend, AffineConstantExpr(divisor // shared)))
        return _sum(row, {quotient: -divisor})

    def _quotient(self, expr: AffineBinaryOpExpr, row: Row, divisor: int) -> Row:
        shared = gcd(divisor, *row.values())
        row = _divided(row, shared)
        if divisor == shared:
            return row
        assert expr.kind in (FLOORDIV, CEILDIV)
        quotient = combine(expr.kind, self.expression(row), AffineConstantExpr(divisor // shared))
        return {self._place_of(quotient): 1}

    def _place_of(self, quotient: AffineExpr) -> int:
        return self.quotients.setdefault(quotient, self._variables + len(self.quotients))


def _divided(row: Row, divisor: int) -> Row:
    return {place: coefficient // divisor for place, coefficient in row.items()}


def _sum(one: Row, other: Row) -> Row:
    """The sum, put where the longer of the rows was: a sum of thousands has as many sums in it."""
    short, long = sorted((one, other), key=len)
    for place, coefficient in short.items():
        long[place] = wrapped(long.get(place, 0) + coefficient)
    return long
