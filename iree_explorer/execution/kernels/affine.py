"""The affine dialect: index arithmetic, loops and conditions, on scalars and on arrays of indices."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from xdsl.dialects.builtin import AffineMapAttr, AffineSetAttr
from xdsl.ir import Operation, SSAValue
from xdsl.ir.affine import AffineConstraintExpr, AffineConstraintKind, AffineMap

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Frame, Step, Variadic, fill
from iree_explorer.execution.fields import integer, integers, required, segments
from iree_explorer.execution.kernels.masks import count_each, is_array
from iree_explorer.execution.kernels.scf import branch
from iree_explorer.execution.kernels.space import evaluate
from iree_explorer.execution.values.elements import DYNAMIC

AFFINE: Table[Scope] = Table()


def _map(op: Operation, name: str = "map") -> AffineMap:
    found = required(op, name)
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


# Control flow


@AFFINE.lowers("affine.for")
def _for(op: Operation, scope: Scope) -> Step:
    low, high, initial = segments(op)
    first = _bound(op, scope, "lowerBoundMap", low, np.maximum)
    last = _bound(op, scope, "upperBoundMap", high, np.minimum)
    stride, body = integer(op, "step"), scope.body(op.regions[0])
    sources, targets = scope.slots_of(initial), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        values = [frame[slot] for slot in sources]
        bounds = first(frame), last(frame)
        if any(is_array(bound) for bound in bounds):
            values = count_each(body, frame, (*bounds, np.int64(stride)), values, is_unsigned=False)
        else:
            for place in range(int(bounds[0]), int(bounds[1]), stride):
                values = body(frame, (np.int64(place), *values))
        fill(frame, targets, values)

    return step


def _bound(
    op: Operation, scope: Scope, name: str, operands: Sequence[SSAValue], choose: np.ufunc
) -> Callable[[Frame], Any]:
    """The greatest (or least) of a map's results."""
    map_, slots = _map(op, name), scope.slots_of(operands)
    return lambda frame: reduce(choose, _values(map_, tuple(frame[slot] for slot in slots)))


@AFFINE.lowers("affine.if")
def _if(op: Operation, scope: Scope) -> Step:
    found = required(op, "condition")
    assert isinstance(found, AffineSetAttr)
    set_, slots = found.data, scope.slots_of(op.operands)

    def holds(frame: Frame) -> Any:
        operands = [frame[slot] for slot in slots]
        dims, symbols = operands[: set_.num_dims], operands[set_.num_dims :]
        return reduce(np.logical_and, [_holds(constraint, dims, symbols) for constraint in set_.constraints], np.True_)

    return branch(op, scope, holds)


def _holds(constraint: AffineConstraintExpr, dims: Sequence[Any], symbols: Sequence[Any]) -> Any:
    left, right = (evaluate(side, dims, symbols) for side in (constraint.lhs, constraint.rhs))
    compare = {AffineConstraintKind.ge: np.greater_equal, AffineConstraintKind.le: np.less_equal}
    return compare.get(constraint.kind, np.equal)(left, right)
