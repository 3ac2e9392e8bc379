"""Affine expressions as rows of coefficients, and expressions made of such rows: the form in which like terms meet.

# MLIR: AffineExpr.cpp, SimpleAffineExprFlattener, getAffineExprFromFlatForm, getSemiAffineExprFromFlatForm
"""

from __future__ import annotations

from math import gcd
from typing import TypeAlias

from xdsl.ir.affine import (
    AffineBinaryOpExpr,
    AffineConstantExpr,
    AffineDimExpr,
    AffineExpr,
    AffineSymExpr,
)

from iree_explorer.ir.affine_expressions import ADD, CEILDIV, FLOORDIV, MOD, MUL, add, combine, mul, wrapped

_Variable: TypeAlias = AffineDimExpr | AffineSymExpr
Row: TypeAlias = dict[int, int]

CONSTANT = -1
"""The place of a row's constant."""


class NotFlatError(Exception):
    """The expression divides by a number that is not positive, or has a coefficient of more than 64 bits."""


class Flattener:
    """Makes rows of expressions over the same dimensions and symbols.

    A row has the coefficient of each term by its place: dimensions, symbols and quotients met so far, in this order. The
    constant is at place -1. What is not there is 0.

    Attributes:
        quotients: what can't be said by coefficients, divisions and products of variables; each with its place in a row.
    """

    def __init__(self, num_dims: int, num_symbols: int) -> None:
        self.quotients: dict[AffineExpr, int] = {}
        self._num_dims = num_dims
        self._variables = num_dims + num_symbols

    def flatten(self, expr: AffineExpr) -> Row:
        """The row of an expression.

        Raises:
            NotFlatError: it has no row.
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
        if not isinstance(expr.rhs, AffineConstantExpr):
            return {self._place_of(combine(expr.kind, self.expression(lhs), self.expression(rhs))): 1}
        if expr.kind is MUL:
            return {place: _fitting(coefficient * rhs[CONSTANT]) for place, coefficient in lhs.items()}
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

    def semi_affine_expression(self, row: Row) -> AffineExpr:
        """The sum of the terms of a row, sorted by the first variable in each: those that are more than two of them last."""
        terms = self._sorted_terms(row)
        total: AffineExpr = AffineConstantExpr(0)
        for term, coefficient in terms:
            total = add(total, mul(term, AffineConstantExpr(coefficient)))
        for term, place in self.quotients.items():
            if row.get(place) and not _is_of_variables(term):
                total = add(total, mul(term, AffineConstantExpr(row[place])))
        constant = row.get(CONSTANT)
        return add(total, AffineConstantExpr(constant)) if constant else total

    def _sorted_terms(self, row: Row) -> list[tuple[AffineExpr, int]]:
        """The terms of at most two variables, with their coefficients, by the number of the first variable.

        Of those with the same number, what is divided by a constant comes first, then dimensions, products with
        symbols, symbols.
        """
        late, early = max(self._num_dims, self._variables - self._num_dims), -1
        terms: dict[tuple[int, int], tuple[AffineExpr, int]] = {}
        keys: list[tuple[int, int]] = []
        dims = [(self._variable(place), place) for place in range(self._num_dims)]
        symbols = [(self._variable(place), place) for place in range(self._num_dims, self._variables)]
        for term, place in (*symbols, *self.quotients.items(), *dims):
            if not row.get(place) or not _is_of_variables(term):
                continue
            first, second = _first_two(term)
            if isinstance(first, AffineSymExpr):
                key = (first.position, late)
                late += 1
            elif second is None:
                key = (first.position, early)
                early -= 1
            else:
                key = (first.position, second.position)
            # MLIR bug: of several terms with a key, such as `d0 * s0` and `d0 mod s0`, the first one counts for all.
            terms.setdefault(key, (term, row[place]))
            keys.append(key)
        return [terms[key] for key in sorted(keys)]

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


def _fitting(number: int) -> int:
    if wrapped(number) != number:
        raise NotFlatError
    return number


def _sum(one: Row, other: Row) -> Row:
    """The sum, put where the longer of the rows was: a sum of thousands has as many sums in it."""
    short, long = sorted((one, other), key=len)
    for place, coefficient in short.items():
        long[place] = _fitting(long.get(place, 0) + coefficient)
    return long


_VARIABLES = (AffineDimExpr, AffineSymExpr)


def _is_of_variables(term: AffineExpr) -> bool:
    """Whether the term is a variable, or combines one with another or with a constant."""
    if not isinstance(term, AffineBinaryOpExpr):
        return isinstance(term, _VARIABLES)
    return isinstance(term.lhs, _VARIABLES) and isinstance(term.rhs, (*_VARIABLES, AffineConstantExpr))


def _first_two(term: AffineExpr) -> tuple[_Variable, _Variable | None]:
    """The variables of a term that is of variables; None: there is one."""
    if isinstance(term, AffineBinaryOpExpr):
        first, second = term.lhs, term.rhs
    else:
        first, second = term, None
    assert isinstance(first, _VARIABLES)
    return first, second if isinstance(second, _VARIABLES) else None
