"""Products of many-dimensional arrays by BLAS: operands are seen as matrices where their strides allow, else copied, a block at a time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from iree_explorer.execution.kernels import workspace
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.execution.kernels.workspace import Workspace
from iree_explorer.execution.values.elements import Array

PACKED = 1 << 22
"""Bytes of an operand that are copied at a time: the copy is still in the caches when BLAS reads it."""

GRAIN = 1 << 23
"""Multiplications that each part of a product has at least: for fewer a second thread is not worth it."""


@dataclass(slots=True)
class Product:
    """`out = left @ right` over axes in groups: left `(batch, rows, shared)`, right `(batch, shared, columns)`, out `(batch, rows, columns)`.

    Attributes:
        batch, rows, columns, shared: how many axes each group has.
        dtype: in which the products are summed, and of `out`.
        space: memory for copies.
    """

    batch: int
    rows: int
    columns: int
    shared: int
    dtype: np.dtype[Any]
    space: Workspace | None
    _packed: Array | None = field(default=None, init=False)

    def __call__(self, out: Array, left: Array, right: Array) -> None:
        """Computes `out`."""
        work = out.size * math.prod(left.shape[self.batch + self.rows :])
        parts = min(PROCESSORS.parts(), work // GRAIN)
        axis = self._axis(out.shape, parts) if parts > 1 else None
        if axis is None:
            self._part(out, left, right)
            return
        cuts = [slice(i * out.shape[axis] // parts, (i + 1) * out.shape[axis] // parts) for i in range(parts)]
        PROCESSORS.share([partial(self._cut, out, left, right, axis, cut) for cut in cuts])

    def _axis(self, shape: Sequence[int], parts: int) -> int | None:
        """The axis of `out` that is cut: of the batch, else of the longer side."""
        middle = self.batch + self.rows
        groups = [range(self.batch, middle), range(middle, len(shape))]
        groups.sort(key=lambda axes: -math.prod(shape[axis] for axis in axes))
        return next((axis for axes in (range(self.batch), *groups) for axis in axes if shape[axis] >= parts), None)

    def _cut(self, out: Array, left: Array, right: Array, axis: int, cut: slice) -> None:
        """The product for a part of an axis of `out`, with memory of its own."""
        middle = self.batch + self.rows
        if axis < middle:
            left = left[(*(slice(None),) * axis, cut)]
        if axis < self.batch or axis >= middle:
            place = axis if axis < self.batch else axis - self.rows + self.shared
            right = right[(*(slice(None),) * place, cut)]
        space = workspace.take()
        part = Product(self.batch, self.rows, self.columns, self.shared, self.dtype, space)
        part._part(out[(*(slice(None),) * axis, cut)], left, right)
        workspace.give_back(space)

    def _part(self, out: Array, left: Array, right: Array) -> None:
        matrix = self._matrix(right, self.shared)
        if matrix is None and right.size * self.dtype.itemsize > PACKED and right.size > left.size:
            self._transposed(out, left, right)
            return
        if matrix is None:
            matrix = self._pack(right, self.shared)
        self._rows(out, left, matrix, self.rows)

    def _transposed(self, out: Array, left: Array, right: Array) -> None:
        """The same with the operands' parts exchanged: the left one is copied in parts, the right one whole."""
        other = Product(self.batch, self.columns, self.rows, self.shared, self.dtype, self.space)
        outs, lefts, rights = (_exchanged(array, self.batch, count) for array, count in
                               ((out, self.rows), (left, self.rows), (right, self.shared)))  # fmt: skip
        matrix = other._matrix(lefts, self.shared)
        other._rows(outs, rights, other._pack(lefts, self.shared) if matrix is None else matrix, self.columns)

    def _rows(self, out: Array, left: Array, right: Array, rows: int) -> None:
        """As much at once as memory for copies allows; else the first axis of the rows in parts."""
        matrix = self._matrix(left, rows)
        first = left.shape[self.batch] if rows else 1
        part = max(1, PACKED // max(1, self.dtype.itemsize * left.size // max(1, first)))
        lead = (slice(None),) * self.batch
        if matrix is None and rows and first > part:
            for start in range(0, first, part):
                index = (*lead, slice(start, start + part))
                self._rows(out[index], left[index], right, rows)
        elif matrix is None and rows > 1 and first == 1 and left.size * self.dtype.itemsize > PACKED:
            self._rows(out[(*lead, 0)], left[(*lead, 0)], right, rows - 1)
        else:
            self._matmul(out, self._pack(left, rows, reuse=True) if matrix is None else matrix, right, rows)

    def _matmul(self, out: Array, left: Array, right: Array, rows: int) -> None:
        target = self._view(out, rows)
        if target is not None:
            np.matmul(left, right, out=target)
            return
        shape = (*left.shape[:-1], right.shape[-1])
        total = workspace.empty(self.space, shape, self.dtype)
        np.matmul(left, right, out=total)
        out[...] = total.reshape(out.shape)

    def _view(self, array: Array, rows: int) -> Array | None:
        """An array as a stack of matrices, none of it copied; None where its strides do not allow that."""
        shape, strides, middle = array.shape, array.strides, self.batch + rows
        if not (_merges(shape, strides, self.batch, middle) and _merges(shape, strides, middle, array.ndim)):
            return None
        sides = math.prod(shape[self.batch : middle]), math.prod(shape[middle:])
        return array.reshape((*shape[: self.batch], *sides))

    def _matrix(self, array: Array, rows: int) -> Array | None:
        """As `_view`, None also where BLAS could not read it as it is."""
        if array.dtype != self.dtype:
            return None
        found = self._view(array, rows)
        return found if found is not None and _is_readable(found) else None

    def _pack(self, array: Array, rows: int, *, reuse: bool = False) -> Array:
        """A copy as a stack of matrices, along the same axes as the array itself where that matters."""
        shape, middle = array.shape, self.batch + rows
        sides = math.prod(shape[self.batch : middle]), math.prod(shape[middle:])
        is_transposed = _least_stride(array, self.batch, middle) < _least_stride(array, middle, array.ndim)
        order = [*range(self.batch), *range(self.batch, middle), *range(middle, array.ndim)]
        if is_transposed:
            order = [*range(self.batch), *range(middle, array.ndim), *range(self.batch, middle)]
        copy = self._memory(tuple(shape[axis] for axis in order), reuse=reuse)
        np.copyto(copy, array.transpose(order), casting="unsafe")
        lead = shape[: self.batch]
        return (
            copy.reshape((*lead, sides[1], sides[0])).swapaxes(-1, -2)
            if is_transposed
            else copy.reshape((*lead, *sides))
        )

    def _memory(self, shape: tuple[int, ...], *, reuse: bool) -> Array:
        size = math.prod(shape)
        if not reuse:
            return workspace.empty(self.space, shape, self.dtype)
        if self._packed is None or self._packed.size < size:
            self._packed = workspace.empty(self.space, (size,), self.dtype)
        return self._packed[:size].reshape(shape)


def _exchanged(array: Array, batch: int, count: int) -> Array:
    """`(batch, first, second)` as `(batch, second, first)`, where `first` is `count` axes."""
    middle = batch + count
    return array.transpose((*range(batch), *range(middle, array.ndim), *range(batch, middle)))


def _merges(shape: Sequence[int], strides: Sequence[int], start: int, end: int) -> bool:
    """Whether the axes from `start` to `end` are one axis in memory."""
    last: int | None = None
    for axis in range(end - 1, start - 1, -1):
        if shape[axis] == 1:
            continue
        if last is not None and strides[axis] != last:
            return False
        last = strides[axis] * shape[axis]
    return True


def _is_readable(matrix: Array) -> bool:
    """Whether BLAS takes a matrix as it lies: one side dense, the other with a stride that does not overlap."""
    (rows, columns), (down, across), item = matrix.shape[-2:], matrix.strides[-2:], matrix.itemsize
    is_row_major = (across == item or columns == 1) and (down >= columns * item or rows == 1)
    is_column_major = (down == item or rows == 1) and (across >= rows * item or columns == 1)
    return is_row_major or is_column_major


def _least_stride(array: Array, start: int, end: int) -> float:
    strides = [abs(array.strides[axis]) for axis in range(start, end) if array.shape[axis] > 1 and array.strides[axis]]
    return min(strides, default=math.inf)
