"""Sums of sizes and offsets, for the rules of other dialects."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce

from xdsl.ir import SSAValue
from xdsl.ir.affine import AffineConstantExpr, AffineDimExpr, AffineExpr, AffineSymExpr

from iree_explorer.dialects.affine import ApplyOp
from iree_explorer.ir.affine_expressions import ADD, combine
from iree_explorer.passes.canonicalize.affine.maps import Applied, composed
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter


def sum_of(values: Sequence[SSAValue | int], rewriter: Rewriter) -> SSAValue | int:
    """The sum, if need be by an `affine.apply`, which is inserted. # MLIR: AffineOps.cpp, makeComposedFoldedAffineApply."""
    dims: list[SSAValue] = []
    terms: list[AffineExpr] = []
    for value in values:
        terms.append(AffineConstantExpr(value) if isinstance(value, int) else AffineDimExpr(len(dims)))
        dims += [] if isinstance(value, int) else [value]
    total = composed(Applied((reduce(partial(combine, ADD), terms),), tuple(dims), ()))
    (expr,) = total.results
    if isinstance(expr, AffineConstantExpr):
        return expr.value
    if isinstance(expr, AffineDimExpr):
        return total.dims[expr.position]
    if isinstance(expr, AffineSymExpr):
        return total.symbols[expr.position]
    return rewriter.insert(total.as_op(ApplyOp)).results[0]
