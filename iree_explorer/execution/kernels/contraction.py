"""Sums of products over shared loop dimensions, as matrix products."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from iree_explorer.execution.kernels import workspace
from iree_explorer.execution.kernels.arith import settle
from iree_explorer.execution.kernels.products import Product
from iree_explorer.execution.kernels.space import Sizes, points
from iree_explorer.execution.kernels.workspace import Workspace
from iree_explorer.execution.values.elements import Array, Element

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

    def __call__(
        self, out: Array, initial: Array | None, left: Array, right: Array, sizes: Sizes, space: Workspace | None = None
    ) -> None:
        """Fills `out` (the result's dims, ascending) with `initial`, of the same shape, plus the sum of products.

        Args:
            out: where the result goes; may not overlap the operands.
            initial: None for zero.
            left: an operand.
            right: the other.
            sizes: of all loops.
            space: memory for what is computed on the way.
        """
        dtype = self._dtype(sizes)
        is_direct = out.dtype == dtype and not self.element.is_integer
        total = out if is_direct else workspace.empty(space, out.shape, dtype)
        left, right = self._presum(left, dtype, self.left_only), self._presum(right, dtype, self.right_only)
        few = math.prod(sizes[d] for d in self.shared) <= _FEW_POINTS
        if few and not (self.rows and self.columns):
            self._point_by_point(total, left, right, sizes, space)
        else:
            self._multiply(total, left, right, sizes, space)
        for dim in self.missing:
            total *= dtype.type(sizes[dim])
        if not is_direct:
            out[...] = self._settled(initial, total)
        elif initial is not None:
            np.add(initial, total, out=out)

    def _dtype(self, sizes: Sizes) -> "np.dtype[Any]":
        element = self.element
        if element.is_float and element.bits < 32:
            return np.dtype(np.float32)
        if element.is_integer:
            count = math.prod(sizes[d] for d in (*self.shared, *self.left_only, *self.right_only, *self.missing))
            exact = self.exact_bits + max(count, 1).bit_length() <= 53
            return np.dtype(np.float64 if exact else np.int64)
        return element.dtype

    @staticmethod
    def _presum(array: Array, dtype: "np.dtype[Any]", dims: tuple[int, ...]) -> Array:
        return array.sum(axis=dims, keepdims=True, dtype=dtype) if dims else array

    def _multiply(self, total: Array, left: Array, right: Array, sizes: Sizes, space: Workspace | None) -> None:
        batch, rows, columns, shared = self.batch, self.rows, self.columns, self.shared
        a = _reorder(left, (*batch, *rows, *shared), sizes)
        b = _reorder(right, (*batch, *shared, *columns), sizes)
        out = total.transpose([self.result.index(d) for d in (*batch, *rows, *columns)])
        Product(len(batch), len(rows), len(columns), len(shared), total.dtype, space)(out, a, b)

    def _point_by_point(self, total: Array, left: Array, right: Array, sizes: Sizes, space: Workspace | None) -> None:
        dropped = (*self.shared, *self.left_only, *self.right_only, *self.missing)
        term = workspace.empty(space, total.shape, total.dtype)
        total[...] = 0
        for point in points(sizes, self.shared):
            a, b = (_at(array, self.shared, point, dropped) for array in (left, right))
            np.multiply(a, b, out=term, dtype=total.dtype, casting="unsafe")
            np.add(total, term, out=total)

    def _settled(self, initial: Array | None, total: Array) -> Array:
        element = self.element
        if element.is_integer:
            whole = total.astype(np.int64)
            return settle(whole if initial is None else initial.astype(np.int64) + whole, element)
        return total if initial is None else initial.astype(total.dtype) + total


def _reorder(array: Array, dims: tuple[int, ...], sizes: Sizes) -> Array:
    """The array with `dims` as its axes; it has size 1 along all others."""
    others = tuple(d for d in range(array.ndim) if d not in dims)
    found = array.transpose((*dims, *others)).reshape([array.shape[d] for d in dims])
    shape = tuple(sizes[d] for d in dims)
    return found if found.shape == shape else np.broadcast_to(found, shape)


def _at(array: Array, dims: tuple[int, ...], point: tuple[int, ...], dropped: tuple[int, ...]) -> Array:
    """The array at a point of `dims`, without the `dropped` dims."""
    index: list[slice | int] = [slice(None)] * array.ndim
    for dim in dropped:
        index[dim] = 0
    for dim, place in zip(dims, point, strict=True):
        index[dim] = place if array.shape[dim] > 1 else 0
    return array[tuple(index)]
