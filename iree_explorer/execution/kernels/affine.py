"""The affine dialect's index arithmetic, on scalars and on arrays of indices."""

from functools import reduce
from typing import Any

import numpy as np
from xdsl.dialects.builtin import AffineMapAttr
from xdsl.ir import Operation
from xdsl.ir.affine import AffineMap

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.fields import integers, required, segments
from iree_explorer.execution.kernels.space import evaluate
from iree_explorer.execution.program import Scope, Step, Table, Variadic
from iree_explorer.execution.values.elements import DYNAMIC

AFFINE: Table[Scope] = Table()


def _map(op: Operation) -> AffineMap:
    found = required(op, "map")
    if not isinstance(found, AffineMapAttr):
        raise ExecutionError(f"expected an affine map, found {found}")
    return found.data


def _values(map_: AffineMap, operands: tuple[Any, ...]) -> list[Any]:
    dims, symbols = operands[: map_.num_dims], operands[map_.num_dims :]
    return [evaluate(expr, dims, symbols) for expr in map_.results]


@AFFINE.computes("affine.apply")
def _apply(op: Operation) -> Variadic:
    map_ = _map(op)
    return lambda *operands: _values(map_, operands)[0]


@AFFINE.computes("affine.min")
def _min(op: Operation) -> Variadic:
    map_ = _map(op)
    return lambda *operands: reduce(np.minimum, _values(map_, operands))


@AFFINE.computes("affine.max")
def _max(op: Operation) -> Variadic:
    map_ = _map(op)
    return lambda *operands: reduce(np.maximum, _values(map_, operands))


def _basis(op: Operation, operands: tuple[Any, ...]) -> list[Any]:
    rest = iter(operands)
    return [next(rest) if size == DYNAMIC else np.int64(size) for size in integers(op, "static_basis")]


@AFFINE.lowers("affine.delinearize_index")
def _delinearize(op: Operation, scope: Scope) -> Step:
    count = len(op.results)

    def compute(index: Any, *dynamic: Any) -> list[Any]:
        basis = _basis(op, dynamic)
        inner = basis if len(basis) < count else basis[1:]
        parts: list[Any] = []
        for size in reversed(inner):
            index, part = np.divmod(index, size)
            parts.append(part)
        return [index, *reversed(parts)]

    return scope.apply_many(compute, op.operands, op.results)


@AFFINE.lowers("affine.linearize_index")
def _linearize(op: Operation, scope: Scope) -> Step:
    indices, basis = segments(op)
    count = len(indices)

    def compute(*operands: Any) -> Any:
        places = operands[:count]
        sizes = _basis(op, operands[count:])
        inner = sizes if len(sizes) < count else sizes[1:]
        total = places[0]
        for place, size in zip(places[1:], inner, strict=True):
            total = total * size + place
        return total

    return scope.apply(compute, (*indices, *basis), op.results[0])
