"""Ops that read or write where index arrays or index maps say: scatter, gather, map_load, map_store."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from xdsl.ir import BlockArgument, Operation, Region

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table, single_block
from iree_explorer.execution.code.steps import Body, Frame, Step
from iree_explorer.execution.fields import flag, integers
from iree_explorer.execution.kernels.literals import shape_of
from iree_explorer.execution.kernels.space import gather
from iree_explorer.execution.values.elements import Array

INDEXED: Table[Scope] = Table()


def places(
    shape: tuple[int, ...], rank: int, indices: Array, dimension_map: Sequence[int]
) -> tuple[list[Array], tuple[int, ...]]:
    """Where each element of an update (or a result) lies in the array that is indexed.

    Args:
        shape: of the update: batch dimensions, then the slice.
        rank: of the indexed array.
        indices: batch dimensions, then one index per mapped dimension (that axis may be absent for one).
        dimension_map: which dimension each index is of.

    Returns:
        An index array per dimension of the indexed array, and the batch shape.
    """
    batch_rank = len(shape) - (rank - len(dimension_map))
    batch = shape[:batch_rank]
    slice_rank = len(shape) - batch_rank
    found: list[Any] = [0] * rank
    for axis in range(slice_rank):
        ramp = np.arange(shape[batch_rank + axis])
        found[rank - slice_rank + axis] = ramp.reshape([-1 if d == batch_rank + axis else 1 for d in range(len(shape))])
    if indices.ndim == batch_rank:
        indices = indices[..., None]
    for number, dim in enumerate(dimension_map):
        offset = indices[..., number].astype(np.int64).reshape(batch + (1,) * slice_rank)
        found[dim] = found[dim] + offset
    return [np.asarray(index) for index in found], batch


@INDEXED.lowers("iree_linalg_ext.gather")
def _gather(op: Operation, scope: Scope) -> Step:
    source, indices, mask, output = _operands(op)
    dimension_map = integers(op, "dimension_map")
    sources = scope.slots_of((source, indices, output))
    condition = scope.slot(mask) if mask is not None else None
    target = scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        array, where, into = (np.asarray(frame[slot]) for slot in sources)
        index, batch = places(into.shape, array.ndim, where, dimension_map)
        if condition is None:
            frame[target] = np.broadcast_to(gather(array, index), into.shape)
            return
        holds = np.asarray(frame[condition]).astype(np.bool_).reshape(batch + (1,) * (into.ndim - len(batch)))
        index = [np.where(holds, part, 0) for part in index]
        frame[target] = np.where(holds, gather(array, index), into)

    return step


def _operands(op: Operation) -> tuple[Any, Any, Any, Any]:
    """First input, indices, mask or None, the output."""
    first, indices, *mask, output = op.operands
    return first, indices, mask[0] if mask else None, output


@INDEXED.lowers("iree_linalg_ext.scatter")
def _scatter(op: Operation, scope: Scope) -> Step:
    updates, indices, mask, original = _operands(op)
    dimension_map = integers(op, "dimension_map")
    unique = flag(op, "unique_indices")
    replaces = _replaces(op.regions[0])
    body = scope.body(op.regions[0])
    sources = scope.slots_of((updates, indices, original))
    condition = scope.slot(mask) if mask is not None else None
    target = scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        update, where, array = (np.asarray(frame[slot]) for slot in sources)
        index, batch = places(update.shape, array.ndim, where, dimension_map)
        holds = None if condition is None else np.asarray(frame[condition]).astype(np.bool_).reshape(-1)
        result = array.copy()
        parts = [np.broadcast_to(part, update.shape).reshape(-1, *update.shape[len(batch) :]) for part in index]
        flat = update.reshape(-1, *update.shape[len(batch) :])
        if holds is not None:
            parts, flat = [part[holds] for part in parts], flat[holds]
        gather(result, parts)
        if unique or replaces:
            result[tuple(parts)] = flat if replaces else body(frame, (flat, result[tuple(parts)]))[0]
        else:
            _one_by_one(body, frame, result, parts, flat)
        frame[target] = result

    return step


def _one_by_one(body: Body, frame: Frame, result: Array, parts: Sequence[Array], flat: Array) -> None:
    """Applies updates in order, a slice at a time: indices may repeat."""
    for number in range(len(flat)):
        at = tuple(part[number] for part in parts)
        (result[at],) = body(frame, (flat[number], result[at]))


def _replaces(region: Region) -> bool:
    """Whether the body just yields the update."""
    block = single_block(region)
    last = block.last_op
    value = last.operands[0] if last is not None and last.operands else None
    return isinstance(value, BlockArgument) and value.block is block and value.index == 0


@INDEXED.lowers("iree_linalg_ext.map_load")
def _map_load(op: Operation, scope: Scope) -> Step:
    source, output = op.operands
    body = scope.body(op.regions[0])
    origin, into, target = scope.slot(source), scope.slot(output), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        array, shape = np.asarray(frame[origin]), np.asarray(frame[into]).shape
        *index, padding = body(frame, _grid(shape))
        inside: Any = np.True_
        for part, size in zip(index, array.shape, strict=True):
            inside = inside & (part >= 0) & (part < size)
        picked = gather(array, [np.where(inside, part, 0) for part in index]) if array.size else padding
        frame[target] = np.broadcast_to(np.where(inside, picked, padding), shape).astype(array.dtype, copy=False)

    return step


def _grid(shape: tuple[int, ...]) -> Sequence[Any]:
    return np.ogrid[tuple(slice(0, size) for size in shape)] if shape else ()


@INDEXED.lowers("iree_linalg_ext.map_store")
def _map_store(op: Operation, scope: Scope) -> Step:
    source, output = op.operands
    body = scope.body(op.regions[0])
    origin, into, target = scope.slot(source), scope.slot(output), scope.slot(op.results[0])
    if len(shape_of(output.type)) != len(shape_of(op.results[0].type)):
        raise ExecutionError("the output of a map_store must have the result's rank")

    def step(frame: Frame) -> None:
        array, result = np.asarray(frame[origin]), np.array(frame[into])
        *index, mask = body(frame, _grid(array.shape))
        holds = np.broadcast_to(mask, array.shape)
        parts = [np.broadcast_to(part, array.shape)[holds] for part in index]
        gather(result, parts)
        result[tuple(parts)] = array[holds]
        frame[target] = result

    return step
