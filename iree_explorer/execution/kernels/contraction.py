"""Sums of products over shared loop dimensions, as matrix products."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from iree_explorer.execution.elements import Array, Element
from iree_explorer.execution.kernels.arith import settle
from iree_explorer.execution.kernels.space import Sizes, points

_FEW_POINTS = 64
"""Below as many reduced points, a product with no row or no column dimension is summed point by point."""


@dataclass(frozen=True, slots=True)
class Contraction:
    """`out += left * right`, the operands being arrays over the loop dimensions (size 1 where they do not depend).

    Attributes:
        batch, rows, columns, shared: dims of both operands and the result; of the left one; of the right one; of the
            operands alone.
        left_only, right_only: reduced dims of one operand.
        missing: reduced dims of neither: the sum repeats.
        result: dims of the result, ascending.
        exact_bits: the products' sum stays below 2^exact_bits per reduced point, for integers.
    """

    batch: tuple[int, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    shared: tuple[int, ...]
    left_only: tuple[int, ...]
    right_only: tuple[int, ...]
    missing: tuple[int, ...]
    result: tuple[int, ...]
    element: Element
    exact_bits: int

    @classmethod
    def of(
        cls,
        left: frozenset[int],
        right: frozenset[int],
        result: frozenset[int],
        rank: int,
        element: Element,
        exact_bits: int,
    ) -> "Contraction":
        """The roles of the dims, by which operand and whether the result has them."""

        def dims(*, in_left: bool, in_right: bool, in_result: bool) -> tuple[int, ...]:
            return tuple(
                d for d in range(rank) if (d in left, d in right, d in result) == (in_left, in_right, in_result)
            )

        return cls(
            batch=dims(in_left=True, in_right=True, in_result=True),
            rows=dims(in_left=True, in_right=False, in_result=True),
            columns=dims(in_left=False, in_right=True, in_result=True),
            shared=dims(in_left=True, in_right=True, in_result=False),
            left_only=dims(in_left=True, in_right=False, in_result=False),
            right_only=dims(in_left=False, in_right=True, in_result=False),
            missing=dims(in_left=False, in_right=False, in_result=False),
            result=tuple(sorted(result)),
            element=element,
            exact_bits=exact_bits,
        )

    def __call__(self, initial: Array, left: Array, right: Array, sizes: Sizes) -> Array:
        """`initial` (the result's dims, ascending) plus the sum of products."""
        dtype = self._dtype(sizes)
        left, right = self._presum(left, dtype, self.left_only), self._presum(right, dtype, self.right_only)
        few = math.prod(sizes[d] for d in self.shared) <= _FEW_POINTS
        if few and not (self.rows and self.columns):
            total = self._point_by_point(left, right, sizes)
        else:
            total = self._matmul(left, right, sizes)
        for dim in self.missing:
            total = total * dtype.type(sizes[dim])
        return self._add(initial, total)

    def _dtype(self, sizes: Sizes) -> np.dtype:
        element = self.element
        if element.is_float and element.bits < 32:
            return np.dtype(np.float32)
        if element.is_integer:
            count = math.prod(sizes[d] for d in (*self.shared, *self.left_only, *self.right_only, *self.missing))
            exact = self.exact_bits + max(count, 1).bit_length() <= 53
            return np.dtype(np.float64 if exact else np.int64)
        return element.dtype

    def _presum(self, array: Array, dtype: np.dtype, dims: tuple[int, ...]) -> Array:
        array = array if array.dtype == dtype else array.astype(dtype)
        return array.sum(axis=dims, keepdims=True, dtype=dtype) if dims else array

    def _matmul(self, left: Array, right: Array, sizes: Sizes) -> Array:
        def extent(dims: Sequence[int]) -> tuple[int, ...]:
            return tuple(sizes[d] for d in dims)

        batch, rows, columns, shared = (extent(d) for d in (self.batch, self.rows, self.columns, self.shared))
        m, n, k = math.prod(rows), math.prod(columns), math.prod(shared)
        a = _reorder(left, (*self.batch, *self.rows, *self.shared)).reshape((*batch, m, k))
        b = _reorder(right, (*self.batch, *self.shared, *self.columns)).reshape((*batch, k, n))
        product = np.matmul(a, b).reshape((*batch, *rows, *columns))
        order = (*self.batch, *self.rows, *self.columns)
        return product.transpose([order.index(d) for d in self.result])

    def _point_by_point(self, left: Array, right: Array, sizes: Sizes) -> Array:
        total: Array = np.zeros([sizes[d] for d in self.result], left.dtype)
        dropped = (*self.shared, *self.left_only, *self.right_only, *self.missing)
        for point in points(sizes, self.shared):
            total += _at(left, self.shared, point, dropped) * _at(right, self.shared, point, dropped)
        return total

    def _add(self, initial: Array, total: Array) -> Array:
        element = self.element
        if element.is_integer:
            return settle(initial.astype(np.int64) + total.astype(np.int64), element)
        if element.is_float and element.bits < 32:
            return (initial.astype(np.float32) + total).astype(element.dtype)
        return initial + total


def _reorder(array: Array, dims: tuple[int, ...]) -> Array:
    """The array with `dims` as its axes; it has size 1 along all others."""
    others = tuple(d for d in range(array.ndim) if d not in dims)
    return array.transpose((*dims, *others)).reshape([array.shape[d] for d in dims])


def _at(array: Array, dims: tuple[int, ...], point: tuple[int, ...], dropped: tuple[int, ...]) -> Array:
    """The array at a point of `dims`, without the `dropped` dims."""
    index: list[slice | int] = [slice(None)] * array.ndim
    for dim in dropped:
        index[dim] = 0
    for dim, place in zip(dims, point, strict=True):
        index[dim] = place
    return array[tuple(index)]
