"""The tensor dialect: values are never changed, so slices and reshapes are views; insertions copy."""

from typing import Any

import numpy as np
from xdsl.dialects.builtin import ArrayAttr
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Binary, Frame, Step, Unary, Variadic
from iree_explorer.execution.fields import integer, integers, integers_of, required, segments
from iree_explorer.execution.kernels.literals import shape_of
from iree_explorer.execution.kernels.masks import is_array, is_guarded
from iree_explorer.execution.kernels.slices import Slicer, mixed, take
from iree_explorer.execution.kernels.space import gather
from iree_explorer.execution.values.elements import DYNAMIC, Array, element_of, pack, unpack

TENSOR: Table[Scope] = Table()


@TENSOR.lowers("tensor.empty")
def _empty(op: Operation, scope: Scope) -> Step | None:
    type_ = op.results[0].type
    zero = np.zeros((), element_of(type_).dtype)
    shape = shape_of(type_)
    if DYNAMIC not in shape:
        scope.constant(op.results[0], np.broadcast_to(zero, shape))
        return None
    sizes, target = mixed(scope, shape, op.operands), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        frame[target] = np.broadcast_to(zero, sizes(frame))

    return step


@TENSOR.computes("tensor.splat")
def _splat(op: Operation) -> Variadic:
    shape = shape_of(op.results[0].type)
    return lambda *values: np.broadcast_to(np.asarray(values[0]), filled(shape, values[1:]))


def filled(shape: tuple[int, ...], sizes: tuple[Any, ...]) -> list[int]:
    """A shape with its dynamic dimensions from `sizes`, in order."""
    rest = iter(sizes)
    return [int(next(rest)) if size == DYNAMIC else size for size in shape]


@TENSOR.computes("tensor.extract")
def _extract(op: Operation) -> Variadic:
    if not is_guarded(op):
        return lambda *values: gather(np.asarray(values[0]), values[1:])

    def extract(*values: Any) -> Any:
        array, *indices = values
        sizes = np.shape(array)
        inside = [
            np.clip(index, 0, max(size - 1, 0)) if is_array(index) else index
            for index, size in zip(indices, sizes, strict=True)
        ]
        return gather(np.asarray(array), inside)

    return extract


@TENSOR.computes("tensor.insert")
def _insert(_: Operation) -> Any:
    def insert(value: Any, array: Array, *indices: Any) -> Array:
        gather(array, indices)
        changed = array.copy()
        changed[tuple(indices)] = value
        return changed

    return insert


@TENSOR.computes("tensor.dim")
def _dim(_: Operation) -> Binary:
    return lambda array, axis: np.int64(array.shape[int(axis)])


@TENSOR.computes("tensor.rank")
def _rank(_: Operation) -> Unary:
    return lambda array: np.int64(array.ndim)


@TENSOR.computes("tensor.cast")
def _cast(op: Operation) -> Unary:
    shape = shape_of(op.results[0].type)

    def check(array: Array) -> Array:
        if any(want not in (DYNAMIC, have) for want, have in zip(shape, array.shape, strict=True)):
            raise ExecutionError(f"shape {list(array.shape)} is not {op.results[0].type}")
        return array

    return check


@TENSOR.computes("tensor.bitcast", "iree_tensor_ext.bitcast")
def _bitcast(op: Operation) -> Variadic:
    source, target = element_of(op.operands[0].type), element_of(op.results[0].type)
    shape = shape_of(op.results[0].type)
    counts = len([size for size in shape_of(op.operands[0].type) if size == DYNAMIC])
    return lambda *values: unpack(pack(values[0], source), tuple(filled(shape, values[1 + counts :])), target)


@TENSOR.computes("tensor.collapse_shape")
def _collapse(op: Operation) -> Unary:
    groups = reassociation(op)

    def collapse(array: Array) -> Array:
        sizes = [int(np.prod([array.shape[axis] for axis in group])) for group in groups]
        return array.reshape(sizes)

    return collapse


def reassociation(op: Operation) -> list[list[int]]:
    """Which axes form each axis of the collapsed side."""
    found = required(op, "reassociation")
    assert isinstance(found, ArrayAttr)
    return [integers_of(group) for group in found]


@TENSOR.lowers("tensor.expand_shape")
def _expand(op: Operation, scope: Scope) -> Step:
    source, *sizes = op.operands
    shape = mixed(scope, integers(op, "static_output_shape"), sizes)
    origin, target = scope.slot(source), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        frame[target] = frame[origin].reshape(shape(frame))

    return step


@TENSOR.computes("tensor.reshape")
def _reshape(_: Operation) -> Binary:
    return lambda array, shape: array.reshape([int(size) for size in shape])


@TENSOR.lowers("tensor.extract_slice")
def _extract_slice(op: Operation, scope: Scope) -> Step:
    source, *dynamic = segments(op)
    slicer = Slicer(op, scope, dynamic, op.results[0].type)
    origin, target = scope.slot(source[0]), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        array = frame[origin]
        frame[target] = take(array, slicer.index(frame, array.shape))

    return step


@TENSOR.lowers("tensor.insert_slice")
def _insert_slice(op: Operation, scope: Scope) -> Step:
    source, into, *dynamic = segments(op)
    slicer = Slicer(op, scope, dynamic, source[0].type)
    origin, base, target = scope.slot(source[0]), scope.slot(into[0]), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        array = frame[base].copy()
        array[slicer.index(frame, array.shape)] = frame[origin]
        frame[target] = array

    return step


@TENSOR.lowers("tensor.parallel_insert_slice")
def _parallel_insert_slice(op: Operation, scope: Scope) -> Step:
    source, into, *dynamic = segments(op)
    slicer = Slicer(op, scope, dynamic, source[0].type)
    origin, base = scope.slot(source[0]), scope.slot(into[0])

    def step(frame: Frame) -> None:
        array = frame[base]
        array[slicer.index(frame, array.shape)] = frame[origin]

    return step


@TENSOR.lowers("tensor.pad")
def _pad(op: Operation, scope: Scope) -> Step:
    source, low, high = segments(op)
    before = mixed(scope, integers(op, "static_low"), low)
    after = mixed(scope, integers(op, "static_high"), high)
    body = scope.body(op.regions[0])
    origin, target = scope.slot(source[0]), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        array = frame[origin]
        lows, highs = before(frame), after(frame)
        shape = [a + size + b for a, size, b in zip(lows, array.shape, highs, strict=True)]
        (value,) = body(frame, np.ogrid[tuple(slice(0, size) for size in shape)] if shape else ())
        padded = np.array(np.broadcast_to(np.asarray(value, array.dtype), shape))
        inner = tuple(slice(a, a + size) for a, size in zip(lows, array.shape, strict=True))
        padded[inner] = array
        frame[target] = padded

    return step


@TENSOR.lowers("tensor.generate")
def _generate(op: Operation, scope: Scope) -> Step:
    sizes = mixed(scope, shape_of(op.results[0].type), op.operands)
    body = scope.body(op.regions[0])
    dtype = element_of(op.results[0].type).dtype
    target = scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        shape = sizes(frame)
        (value,) = body(frame, np.ogrid[tuple(slice(0, size) for size in shape)] if shape else ())
        frame[target] = np.broadcast_to(np.asarray(value, dtype), shape)

    return step


@TENSOR.computes("tensor.from_elements")
def _from_elements(op: Operation) -> Variadic:
    shape, dtype = shape_of(op.results[0].type), element_of(op.results[0].type).dtype
    return lambda *values: np.array(values, dtype).reshape(shape)


@TENSOR.computes("tensor.concat")
def _concat(op: Operation) -> Variadic:
    axis = integer(op, "dim")
    return lambda *arrays: np.concatenate(arrays, axis=axis)


# Slices at coordinates


def _coordinates(indices: Array, dims: list[int], shape: tuple[int, ...]) -> tuple[Array, ...]:
    """The coordinates in the last dimension, by dimension that they belong to.

    Raises:
        ExecutionError: one leaves the tensor.
    """
    found = tuple(indices[..., place].astype(np.int64) for place in range(len(dims)))
    for dim, at in zip(dims, found, strict=True):
        if at.size and not 0 <= at.min() <= at.max() < shape[dim]:
            raise ExecutionError(f"coordinates [{at.min()} to {at.max()}] leave dimension {dim} of {shape[dim]}")
    return found


@TENSOR.computes("tensor.gather")
def _gather(op: Operation) -> Binary:
    dims, rank = integers(op, "gather_dims"), len(shape_of(op.results[0].type))

    def compute(array: Array, indices: Array) -> Array:
        places = _coordinates(indices, dims, array.shape)
        taken = np.moveaxis(array, dims, range(len(dims)))[places]
        batch = indices.ndim - 1
        keeps_ones = rank == batch + array.ndim
        return np.expand_dims(taken, tuple(batch + dim for dim in sorted(dims))) if keeps_ones else taken

    return compute


@TENSOR.computes("tensor.scatter")
def _scatter(op: Operation) -> Variadic:
    dims = integers(op, "scatter_dims")

    def compute(*operands: Any) -> Array:
        array, target, indices = operands
        places = _coordinates(indices, dims, target.shape)
        batch = indices.ndim - 1
        if array.ndim == batch + target.ndim:
            array = array.squeeze(tuple(batch + dim for dim in dims))
        changed = target.copy()
        np.moveaxis(changed, dims, range(len(dims)))[places] = array
        return changed

    return compute
