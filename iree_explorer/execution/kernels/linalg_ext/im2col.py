"""The windows of a convolution, side by side as a matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, cast

import numpy as np
from xdsl.dialects.builtin import ArrayAttr
from xdsl.ir import Attribute, Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Frame, Step
from iree_explorer.execution.fields import integers, integers_of, required, segments
from iree_explorer.execution.kernels.slices import mixed
from iree_explorer.execution.values.elements import Array

IM2COL: Table[Scope] = Table()


@dataclass(frozen=True, slots=True)
class Windows:
    """Which element of the input each element of the result is.

    Result dimensions are, in canonical order, those of the batch, of places (`m`) and of the window and channels (`k`).
    IREE: Im2colUtils.cpp, computeIm2colSourceIndices.

    Attributes:
        strides, dilations: by place dimension.
        batch, places, channels: dimensions of the input.
        window_order: of the coordinates of `k`, where each goes among the input's dimensions but the batch.
        result_order: of the result's dimensions, which canonical one each is.
    """

    strides: tuple[int, ...]
    dilations: tuple[int, ...]
    batch: tuple[int, ...]
    places: tuple[int, ...]
    channels: tuple[int, ...]
    window_order: tuple[int, ...]
    result_order: tuple[int, ...]

    def coordinates(
        self, shape: tuple[int, ...], offsets: Sequence[int], parts: Sequence[Sequence[int]]
    ) -> list[Array]:
        """For each dimension of the input, the coordinate by place in the result; the arrays broadcast to its shape.

        Args:
            shape: of the result.
            offsets: by canonical dimension, of its first element.
            parts: by canonical dimension, the sizes of the coordinates that it is made of, outermost first.
        """
        found: list[Array] = []
        for number, (offset, sizes) in enumerate(zip(offsets, parts, strict=True)):
            axis = self.result_order.index(number)
            ramp = (np.arange(shape[axis]) + offset).reshape([-1 if d == axis else 1 for d in range(len(shape))])
            found += _split(ramp, sizes)
        batch, rest = found[: len(self.batch)], found[len(self.batch) :]
        at, inner = rest[: len(self.places)], rest[len(self.places) :]
        ordered = [inner[self.window_order.index(place)] for place in range(len(inner))]
        by_dim = dict(zip(sorted((*self.places, *self.channels)), ordered, strict=True))
        windows = [by_dim[dim] for dim in sorted(self.places)]
        result = dict(zip(self.batch, batch, strict=True))
        for dim, place, window, stride, dilation in zip(
            self.places, at, windows, self.strides, self.dilations, strict=True
        ):
            result[dim] = place * stride + window * dilation
        result.update(zip(self.channels, (by_dim[dim] for dim in sorted(self.channels)), strict=True))
        return [result[dim] for dim in sorted(result)]


def _split(index: Array, sizes: Sequence[int]) -> list[Array]:
    """An index as coordinates, outermost first; the outermost one takes what is left."""
    found: list[Array] = []
    for place in range(len(sizes)):
        inner = prod(sizes[place + 1 :])
        found.append(index // inner if inner != 1 else index)
        index = index % inner if inner != 1 else index
    return found


def _take(source: Array, at: list[Array], low: Sequence[int], valid: Array, padding: Any) -> Array:
    """The elements at coordinates of the padded input; `padding` outside of it and where not `valid`.

    Raises:
        ExecutionError: one lies outside, and there is no padding.
    """
    places: list[Array] = []
    for coordinate, before, size in zip(at, low, source.shape, strict=True):
        place = coordinate - before
        valid = valid & (place >= 0) & (place < size)
        places.append(np.clip(place, 0, max(size - 1, 0)))
    if padding is None and not valid.all():
        raise ExecutionError(f"a window leaves the input of shape {source.shape}, and there is no padding")
    taken = source[tuple(np.broadcast_arrays(*places))] if source.size else np.zeros(valid.shape, source.dtype)
    return taken if padding is None else np.where(valid, taken, padding).astype(source.dtype)


@IM2COL.lowers("iree_linalg_ext.im2col")
def _im2col(op: Operation, scope: Scope) -> Step:
    (source,), (output,), _, offsets, sizes, low, _, first, last, padding = segments(op)
    names = ("strides", "dilations", "batch_pos", "m_pos", "k_pos", "input_k_perm", "output_perm")
    windows = Windows(*(tuple(integers(op, name)) for name in names))
    static = [integers_of(part) for part in cast("ArrayAttr[Attribute]", required(op, "static_output_sizes"))]
    starts = mixed(scope, integers(op, "static_offsets"), offsets)
    flat = mixed(scope, [size for part in static for size in part], sizes)
    before = mixed(scope, integers(op, "static_input_pad_low"), low)
    skipped = mixed(scope, integers(op, "static_output_pad_low"), first)
    dropped = mixed(scope, integers(op, "static_output_pad_high"), last)
    origin, into, target = scope.slot(source), scope.slot(output), scope.slot(op.results[0])
    filler = scope.slot(padding[0]) if padding else None

    def step(frame: Frame) -> None:
        array, shape = np.asarray(frame[origin]), np.asarray(frame[into]).shape
        rest = iter(flat(frame))
        parts = [[next(rest) for _ in part] for part in static]
        at = windows.coordinates(shape, starts(frame), parts)
        valid = np.zeros(shape, np.bool_)
        ends = dropped(frame) or [0] * len(shape)
        valid[tuple(slice(a, size - b) for a, b, size in zip(skipped(frame) or ends, ends, shape, strict=True))] = True
        fill = frame[filler] if filler is not None else None
        frame[target] = _take(array, at, before(frame) or [0] * array.ndim, valid, fill)

    return step
