"""Divisions are simplified where that is right for all values, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir.affine import AffineExpr

from iree_explorer.ir.affine_expressions import FLOORDIV, MOD, combine
from iree_explorer.passes.canonicalize.affine.bounds import bounded

X, Y = AffineExpr.dimension(0), AffineExpr.symbol(0)


@pytest.mark.parametrize(
    ("expr", "simple"),
    [
        ((X % 4) % 8, X % 4),
        ((X % 8) % 4, (X % 8) % 4),
        ((X % 4) // 4, AffineExpr.constant(0)),
        ((X % 4) // 2, (X % 4) // 2),
        (((X % 4) // 2) % 2, (X % 4) // 2),
        ((X * 4 + 3) // 8, (X * 4) // 8),
        ((X * 4 + 5) // 8, (X * 4 + 5) // 8),
        ((X * 4 + 3) // 6, (X * 4 + 3) // 6),
        ((X * 8 + 3) % 4, AffineExpr.constant(3)),
        ((X * 8 + 3) % 16, (X * 8 + 3) % 16),
        ((X % 4).ceil_div(4), (X % 4).ceil_div(4)),
        (combine(FLOORDIV, X, Y), combine(FLOORDIV, X, Y)),
        (combine(MOD, X % 4, Y), combine(MOD, X % 4, Y)),
        (combine(MOD, X, Y) // 4, combine(MOD, X, Y) // 4),
        ((X % 4) // 4 + Y, Y),
    ],
)
def test_divisions(expr: AffineExpr, simple: AffineExpr) -> None:
    assert bounded(expr) == simple


def total(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr:
    return lhs + rhs


def multiple(expr: AffineExpr, factor: int) -> AffineExpr:
    return expr * factor


def divided(expr: AffineExpr, divisor: int, kind: int) -> AffineExpr:
    return (expr % divisor, expr // divisor, expr.ceil_div(divisor))[kind]


def larger(inner: st.SearchStrategy[AffineExpr]) -> st.SearchStrategy[AffineExpr]:
    return st.one_of(
        st.builds(total, inner, inner),
        st.builds(multiple, inner, st.integers(-4, 9)),
        st.builds(divided, inner, st.integers(1, 9), st.integers(0, 2)),
    )


LEAVES: st.SearchStrategy[AffineExpr] = st.one_of(st.sampled_from([X, Y]), st.integers(-9, 9).map(AffineExpr.constant))
EXPRESSIONS = st.recursive(LEAVES, larger, max_leaves=6)


@given(EXPRESSIONS, st.integers(-50, 50), st.integers(-50, 50))
def test_the_value_stays(expr: AffineExpr, dimension: int, symbol: int) -> None:
    assert bounded(expr).eval([dimension], [symbol]) == expr.eval([dimension], [symbol])
