"""The text of affine maps and sets. MLIR: AsmPrinter.cpp, printAffineExprInternal."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.ir.affine import (
    AffineBinaryOpExpr,
    AffineBinaryOpKind,
    AffineConstantExpr,
    AffineConstraintExpr,
    AffineConstraintKind,
    AffineDimExpr,
    AffineExpr,
    AffineMap,
    AffineSet,
    AffineSymExpr,
)

_ADD = AffineBinaryOpKind.Add
_MUL = AffineBinaryOpKind.Mul

NameOf = Callable[[AffineDimExpr | AffineSymExpr], str]
"""What a dimension or symbol is called."""


def _letter_and_number(expr: AffineDimExpr | AffineSymExpr) -> str:
    return f"{'d' if isinstance(expr, AffineDimExpr) else 's'}{expr.position}"


def map_text(affine_map: AffineMap) -> str:
    """`(d0, d1)[s0] -> (d0 + s0, d1)`."""
    results = ", ".join(map(expression_text, affine_map.results))
    return f"{_space(affine_map.num_dims, affine_map.num_symbols)} -> ({results})"


def set_text(affine_set: AffineSet) -> str:
    """`(d0)[s0] : (d0 - 1 >= 0, s0 == 0)`."""
    constraints = ", ".join(map(_constraint_text, affine_set.constraints))
    return f"{_space(affine_set.num_dims, affine_set.num_symbols)} : ({constraints})"


def expression_text(expr: AffineExpr, name_of: NameOf = _letter_and_number) -> str:
    """An expression with the least parentheses."""
    return _text(expr, name_of, False)


def _space(dims: int, symbols: int) -> str:
    text = f"({', '.join(f'd{i}' for i in range(dims))})"
    return f"{text}[{', '.join(f's{i}' for i in range(symbols))}]" if symbols else text


def _constraint_text(constraint: AffineConstraintExpr) -> str:
    # Both xDSL and our parser keep constraints as comparisons with 0.
    expr = constraint.lhs
    if constraint.kind is AffineConstraintKind.le:
        expr = expr * -1
    return f"{expression_text(expr)} {'==' if constraint.kind is AffineConstraintKind.eq else '>='} 0"


def _text(expr: AffineExpr, name_of: NameOf, tight: bool) -> str:
    """`tight`: the text stands beside an operator that binds more strongly than a sum."""
    match expr:
        case AffineDimExpr() | AffineSymExpr():
            return name_of(expr)
        case AffineConstantExpr():
            return str(expr.value)
        case AffineBinaryOpExpr():
            text = _sum(expr, name_of) if expr.kind is _ADD else _product(expr, name_of)
            return f"({text})" if tight else text
        case _:
            raise TypeError(f"unknown affine expression {expr}")


def _product(expr: AffineBinaryOpExpr, name_of: NameOf) -> str:
    if expr.kind is _MUL and expr.rhs == AffineConstantExpr(-1):
        return f"-{_text(expr.lhs, name_of, True)}"
    return f"{_text(expr.lhs, name_of, True)} {expr.kind.get_token()} {_text(expr.rhs, name_of, True)}"


def _sum(expr: AffineBinaryOpExpr, name_of: NameOf) -> str:
    left, rhs = _text(expr.lhs, name_of, False), expr.rhs
    if isinstance(rhs, AffineConstantExpr) and rhs.value < 0:
        return f"{left} - {-rhs.value}"
    if isinstance(rhs, AffineBinaryOpExpr) and rhs.kind is _MUL and isinstance(rhs.rhs, AffineConstantExpr):
        factor = rhs.rhs.value
        if factor == -1:
            is_sum = isinstance(rhs.lhs, AffineBinaryOpExpr) and rhs.lhs.kind is _ADD
            return f"{left} - {_text(rhs.lhs, name_of, is_sum)}"
        if factor < -1:
            return f"{left} - {_text(rhs.lhs, name_of, True)} * {-factor}"
    return f"{left} + {_text(rhs, name_of, False)}"
