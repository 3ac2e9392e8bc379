"""An affine map together with its operands, the dimensions first: made smaller without another result.

# MLIR: AffineOps.cpp, composeAffineMapAndOperands, canonicalizeMapAndOperands
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from xdsl.dialects.builtin import AffineMapAttr
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
from iree_explorer.dialects.affine.symbols import is_symbol
from iree_explorer.ir.affine_expressions import combine
from iree_explorer.passes.canonicalize.affine.simplify import simplified
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.syntax.depth import SHALLOW, make_room

_MOST_PARTS = 512
"""How many parts the expressions of a map may have for it to be put into others: a chain of maps may double them each time."""

_MOST_APPLIED = 1_000
"""How many maps are put into one another at once: each makes its expressions deeper."""


@dataclass(frozen=True)
class Applied:
    """Expressions of values.

    Attributes:
        results: over the dimensions and symbols by their numbers.
        dims: the values of the dimensions.
        symbols: the values of the symbols.
    """

    results: tuple[AffineExpr, ...]
    dims: tuple[SSAValue, ...]
    symbols: tuple[SSAValue, ...]

    @staticmethod
    def of(op: MapOp) -> Applied:
        """What an op computes."""
        map_, operands = op.map.data, tuple(op.map_operands)
        return Applied(map_.results, operands[: map_.num_dims], operands[map_.num_dims :])

    @property
    def map(self) -> AffineMap:
        """The map alone."""
        return AffineMap(len(self.dims), len(self.symbols), self.results)

    @property
    def operands(self) -> tuple[SSAValue, ...]:
        """The values of the dimensions, then those of the symbols."""
        return (*self.dims, *self.symbols)

    def as_op(self, op_type: type[Any]) -> MapOp:
        """A fresh op of one kind that computes this."""
        return op_type(AffineMapAttr(self.map), self.operands)

    def replaced(self, dims: Sequence[AffineExpr], symbols: Sequence[AffineExpr]) -> tuple[AffineExpr, ...]:
        """The results with other expressions for the dimensions and symbols, each simplified as it is built."""
        if list(dims) == _dims_from(0, self.dims) and list(symbols) == _symbols_from(0, self.symbols):
            return self.results
        return tuple(replaced(expr, dims, symbols) for expr in self.results)


def replaced(expr: AffineExpr, dims: Sequence[AffineExpr], symbols: Sequence[AffineExpr]) -> AffineExpr:
    """The expression with others for dimensions and symbols. # MLIR: AffineExpr::replaceDimsAndSymbols."""
    if isinstance(expr, AffineBinaryOpExpr):
        lhs, rhs = replaced(expr.lhs, dims, symbols), replaced(expr.rhs, dims, symbols)
        # What does not change is not built, and thus not simplified, again.
        return expr if lhs is expr.lhs and rhs is expr.rhs else combine(expr.kind, lhs, rhs)
    if isinstance(expr, AffineDimExpr):
        other = dims[expr.position]
    elif isinstance(expr, AffineSymExpr):
        other = symbols[expr.position]
    else:
        return expr
    return expr if other == expr else other


def composed(applied: Applied, simplify: Callable[[AffineMap], AffineMap] = simplified) -> Applied:
    """With the maps of all `affine.apply` ops among the operands put in the place of their results, and simplified.

    Differs: those of more than `_MOST_PARTS` parts stay, and so do all after `_MOST_APPLIED`; MLIR takes them all, however
    long it takes.
    """
    dims: list[SSAValue | None] = list(applied.dims)
    symbols: list[SSAValue | None] = list(applied.symbols)
    results = applied.results
    count = 0
    while count < _MOST_APPLIED and (place := _first_apply(dims, symbols)) is not None:
        count += 1
        values, number = place
        source = values[number]
        assert source is not None
        inner = definition(source)
        assert isinstance(inner, ApplyOp)
        values[number] = None
        part = canonical(Applied.of(inner))
        expr = replaced(part.results[0], _dims_from(len(dims), part.dims), _symbols_from(len(symbols), part.symbols))
        dim_exprs, symbol_exprs = list(_dims_from(0, dims)), list(_symbols_from(0, symbols))
        (dim_exprs if values is dims else symbol_exprs)[number] = expr
        results = tuple(replaced(result, dim_exprs, symbol_exprs) for result in results)
        dims += part.dims
        symbols += part.symbols
    if count > SHALLOW:
        make_room(count)  # A sum of sums, as deep as there were ops.
    left = canonical(_without_gaps(results, dims, symbols))
    return Applied(simplify(left.map).results, left.dims, left.symbols)


def _first_apply(
    dims: list[SSAValue | None], symbols: list[SSAValue | None]
) -> tuple[list[SSAValue | None], int] | None:
    for values in (dims, symbols):
        for number, value in enumerate(values):
            if value is not None and isinstance(op := definition(value), ApplyOp) and _is_small(op.map.data.results[0]):
                return values, number
    return None


def _is_small(expr: AffineExpr) -> bool:
    left, count = [expr], 0
    while left and count < _MOST_PARTS:
        part, count = left.pop(), count + 1
        if isinstance(part, AffineBinaryOpExpr):
            left += (part.lhs, part.rhs)
    return not left


def _dims_from(first: int, values: Sequence[object]) -> list[AffineExpr]:
    return [AffineDimExpr(first + number) for number in range(len(values))]


def _symbols_from(first: int, values: Sequence[object]) -> list[AffineExpr]:
    return [AffineSymExpr(first + number) for number in range(len(values))]


def _without_gaps(
    results: tuple[AffineExpr, ...], dims: Sequence[SSAValue | None], symbols: Sequence[SSAValue | None]
) -> Applied:
    dim_exprs = _numbered(AffineDimExpr, dims)
    symbol_exprs = _numbered(AffineSymExpr, symbols)
    return Applied(
        tuple(replaced(result, dim_exprs, symbol_exprs) for result in results),
        tuple(value for value in dims if value is not None),
        tuple(value for value in symbols if value is not None),
    )


def _numbered(kind: type[AffineDimExpr] | type[AffineSymExpr], values: Sequence[SSAValue | None]) -> list[AffineExpr]:
    """An expression for each value, by its number among those that are there."""
    exprs: list[AffineExpr] = []
    count = 0
    for value in values:
        exprs.append(AffineConstantExpr(0) if value is None else kind(count))
        count += value is not None
    return exprs


def canonical(applied: Applied) -> Applied:
    """With dimensions that are symbols as such, each operand once and only where it is used, constants as numbers."""
    if not applied.operands:
        return applied
    promoted = _promoted(applied)
    used = _variables_of(promoted.results)
    dims: dict[SSAValue, AffineExpr] = {}
    symbols: dict[SSAValue, AffineExpr] = {}
    dim_exprs: list[AffineExpr] = []
    for number, value in enumerate(promoted.dims):
        is_used = AffineDimExpr(number) in used
        dim_exprs.append(dims.setdefault(value, AffineDimExpr(len(dims))) if is_used else AffineConstantExpr(0))
    symbol_exprs: list[AffineExpr] = []
    for number, value in enumerate(promoted.symbols):
        constant = constant_integer(value)
        if constant is not None or AffineSymExpr(number) not in used:
            symbol_exprs.append(AffineConstantExpr(constant or 0))
        else:
            symbol_exprs.append(symbols.setdefault(value, AffineSymExpr(len(symbols))))
    return Applied(promoted.replaced(dim_exprs, symbol_exprs), tuple(dims), tuple(symbols))


def _variables_of(results: Sequence[AffineExpr]) -> set[AffineExpr]:
    left = list(results)
    variables: set[AffineExpr] = set()
    while left:
        expr = left.pop()
        if isinstance(expr, AffineBinaryOpExpr):
            left += (expr.lhs, expr.rhs)
        else:
            variables.add(expr)
    return variables


def _promoted(applied: Applied) -> Applied:
    """With dimensions that are valid symbols behind the symbols. # MLIR: canonicalizePromotedSymbols."""
    dims: list[SSAValue] = []
    symbols = list(applied.symbols)
    dim_exprs: list[AffineExpr] = []
    for value in applied.dims:
        if is_symbol(value):
            dim_exprs.append(AffineSymExpr(len(symbols)))
            symbols.append(value)
        else:
            dim_exprs.append(AffineDimExpr(len(dims)))
            dims.append(value)
    results = applied.replaced(dim_exprs, _symbols_from(0, applied.symbols))
    return Applied(results, tuple(dims), tuple(symbols))
