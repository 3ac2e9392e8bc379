"""Iteration spaces: an operand of a structured op seen as an array over the op's loop dimensions, with no copy where possible."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from xdsl.ir.affine import (
    AffineBinaryOpExpr,
    AffineBinaryOpKind,
    AffineConstantExpr,
    AffineDimExpr,
    AffineExpr,
    AffineMap,
    AffineSymExpr,
)

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.values.elements import Array

Sizes = Sequence[int]


@dataclass(frozen=True, slots=True)
class Linear:
    """`sum(coefficient * dim) + constant`, dims ascending, no zero coefficient."""

    terms: tuple[tuple[int, int], ...]
    constant: int

    @property
    def bare_dim(self) -> int | None:
        """The dimension that the expression is, None where it is more or less than one."""
        return self.terms[0][0] if len(self.terms) == 1 and self.terms[0][1] == 1 and not self.constant else None


def linear(expr: AffineExpr) -> Linear | None:
    """An affine expression over dims in linear form; None where it divides, takes a remainder, or has symbols."""
    if isinstance(expr, AffineDimExpr):
        return Linear(((expr.position, 1),), 0)
    if isinstance(expr, AffineConstantExpr):
        return Linear((), expr.value)
    if not isinstance(expr, AffineBinaryOpExpr):
        return None
    left, right = linear(expr.lhs), linear(expr.rhs)
    if left is None or right is None:
        return None
    if expr.kind is AffineBinaryOpKind.Add:
        return _sum(left, right)
    if expr.kind is AffineBinaryOpKind.Mul and not (left.terms and right.terms):
        form, factor = (left, right.constant) if left.terms else (right, left.constant)
        terms = tuple((dim, coefficient * factor) for dim, coefficient in form.terms if factor)
        return Linear(terms, form.constant * factor)
    return None


def _sum(left: Linear, right: Linear) -> Linear:
    total = dict(left.terms)
    for dim, coefficient in right.terms:
        total[dim] = total.get(dim, 0) + coefficient
    return Linear(tuple(sorted((d, c) for d, c in total.items() if c)), left.constant + right.constant)


def evaluate(expr: AffineExpr, dims: Sequence[Any], symbols: Sequence[Any] = ()) -> Any:
    """An affine expression of integers or integer arrays.

    Raises:
        ExecutionError: it divides by zero.
    """
    if isinstance(expr, AffineDimExpr):
        return dims[expr.position]
    if isinstance(expr, AffineSymExpr):
        return symbols[expr.position]
    if isinstance(expr, AffineConstantExpr):
        return np.int64(expr.value)
    assert isinstance(expr, AffineBinaryOpExpr)
    left, right = evaluate(expr.lhs, dims, symbols), evaluate(expr.rhs, dims, symbols)
    if expr.kind is AffineBinaryOpKind.Add:
        return left + right
    if expr.kind is AffineBinaryOpKind.Mul:
        return left * right
    if not np.all(right):
        raise ExecutionError("division by zero in an affine expression")
    if expr.kind is AffineBinaryOpKind.Mod:
        return left % right
    return -(-left // right) if expr.kind is AffineBinaryOpKind.CeilDiv else left // right


class Access:
    """How a structured op reads or writes an operand: its indexing map, prepared.

    Attributes:
        rank: number of loop dimensions.
        forms: per operand axis its linear form, None where it has none.
        dims: loop dimensions that the map uses.
        is_identity: the operand has the loop dimensions as its axes, in order.
    """

    def __init__(self, map_: AffineMap) -> None:
        self.map = map_
        self.rank = map_.num_dims
        self.forms = tuple(linear(expr) for expr in map_.results)
        self.dims = frozenset(dim for expr in map_.results for dim in _dims_of(expr))
        bare = [form.bare_dim if form else None for form in self.forms]
        self.bare_dims: tuple[int | None, ...] = tuple(bare)
        named = [dim for dim in bare if dim is not None]
        constant = all(form is not None and (form.bare_dim is not None or not form.terms) for form in self.forms)
        self.is_projection = constant and len(set(named)) == len(named)
        self.is_linear = all(form is not None for form in self.forms)
        self._drops = tuple(form.constant if form and not form.terms else slice(None) for form in self.forms)
        self._spread = tuple(slice(None) if dim in named else None for dim in range(self.rank))
        self.is_identity = self.is_projection and tuple(named) == tuple(range(self.rank)) == tuple(bare)
        self._order = tuple(int(i) for i in np.argsort(named)) if self.is_projection else ()

    def view(self, array: Array, sizes: Sizes) -> Array:
        """`array` over the loop dimensions: rank `rank`, size 1 along those that the map does not use.

        Raises:
            ExecutionError: the map reads outside the array.
        """
        if self.is_identity and array.shape == sizes:
            return array
        if self.is_projection:
            return self._project(array, sizes)
        if self.is_linear and all(form and all(c > 0 for _, c in form.terms) for form in self.forms):
            return self._stride(array, sizes)
        grid = np.ogrid[tuple(slice(0, size) for size in sizes)]
        return gather(array, [evaluate(expr, grid) for expr in self.map.results])

    def _project(self, array: Array, sizes: Sizes) -> Array:
        if any(dim is not None and array.shape[axis] != sizes[dim] for axis, dim in enumerate(self.bare_dims)):
            array = array[tuple(slice(None) if dim is None else slice(sizes[dim]) for dim in self.bare_dims)]
        if self.is_identity:
            return array
        if len(self._order) != len(self.forms):
            array = array[self._drops]
        return array.transpose(self._order)[self._spread]

    def _stride(self, array: Array, sizes: Sizes) -> Array:
        strides = [0] * self.rank
        offset: list[Any] = []
        for axis, form in enumerate(self.forms):
            assert form is not None
            last = form.constant + sum(c * (sizes[d] - 1) for d, c in form.terms)
            if 0 in sizes:
                last = min(last, array.shape[axis] - 1)
            if form.constant < 0 or last >= array.shape[axis]:
                raise ExecutionError(f"dimension {axis} of size {array.shape[axis]} is read up to index {last}")
            offset.append(slice(form.constant, None))
            for dim, coefficient in form.terms:
                strides[dim] += coefficient * array.strides[axis]
        shape = [sizes[dim] if dim in self.dims else 1 for dim in range(self.rank)]
        return np.lib.stride_tricks.as_strided(array[tuple(offset)], shape, strides, writeable=False)

    def ascending(self, array: Array) -> Array:
        """An operand over this map's loop dimensions alone, ascending: a view (the map is a projection)."""
        if self.is_identity:
            return array
        if len(self._order) != len(self.bare_dims):
            array = array[tuple(0 if dim is None else slice(None) for dim in self.bare_dims)]
        return array.transpose(self._order)

    def arrange(self, value: Array) -> Array:
        """An array over this map's loop dimensions alone, ascending, as the operand has it (the map is a projection)."""
        order = [dim for dim in self.bare_dims if dim is not None]
        rank = np.argsort(np.argsort(order)) if order else []
        value = value.transpose([int(i) for i in rank])
        if len(order) == len(self.bare_dims):
            return value
        return value[tuple(None if dim is None else slice(None) for dim in self.bare_dims)]


def _dims_of(expr: AffineExpr) -> set[int]:
    if isinstance(expr, AffineDimExpr):
        return {expr.position}
    if isinstance(expr, AffineBinaryOpExpr):
        return _dims_of(expr.lhs) | _dims_of(expr.rhs)
    return set()


def gather(array: Array, indices: Sequence[Any]) -> Any:
    """`array[indices]`, indices broadcast against each other.

    Raises:
        ExecutionError: an index is out of range.
    """
    if not indices:
        return array[()]
    for axis, (index, size) in enumerate(zip(indices, array.shape, strict=True)):
        if np.size(index) and (np.min(index) < 0 or np.max(index) >= size):
            worst = np.min(index) if np.min(index) < 0 else np.max(index)
            raise ExecutionError(f"index {worst} is out of range for dimension {axis} of size {size}")
    return array[tuple(indices)]


class Space:
    """The loop dimensions of a structured op; where each gets its size from.

    Args:
        accesses: of all operands.
        outputs: how many of them, at the end, are outputs.
    """

    def __init__(self, accesses: Sequence[Access], outputs: int) -> None:
        self.rank = accesses[0].rank if accesses else 0
        places: dict[int, list[tuple[int, int]]] = {}
        for operand, access in enumerate(accesses):
            for axis, dim in enumerate(access.bare_dims):
                if dim is not None:
                    places.setdefault(dim, []).append((operand, axis))
        missing = [dim for dim in range(self.rank) if dim not in places]
        if missing:
            raise ExecutionError(f"no operand tells the size of loop d{missing[0]}")
        self._places = tuple(tuple(places[dim]) for dim in range(self.rank))
        kept = frozenset[int]().union(*(access.dims for access in accesses[len(accesses) - outputs :]))
        self._reduced = frozenset(range(self.rank)) - kept
        self._known: tuple[tuple[tuple[int, ...], ...], tuple[int, ...]] | None = None

    def sizes(self, operands: Sequence[Array]) -> tuple[int, ...]:
        """The loops' sizes for these operands, in the order of the accesses.

        Operands of dynamic shape may disagree about a loop that is summed over: it runs as far as all of them go. (IREE
        leaves that undefined; one of its own sample programs does it.)

        Raises:
            ExecutionError: operands disagree about a loop of the result.
        """
        shapes = tuple([operand.shape for operand in operands])
        known = self._known
        if known is not None and known[0] == shapes:
            return known[1]
        found = self._sizes(shapes)
        self._known = (shapes, found)
        return found

    def _sizes(self, shapes: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
        found: list[int] = []
        for dim, places in enumerate(self._places):
            sizes = [shapes[operand][axis] for operand, axis in places]
            size = min(sizes)
            if size != max(sizes) and dim not in self._reduced:
                raise ExecutionError(f"size mismatch: the operands' sizes along loop d{dim} are {sizes}")
            found.append(size)
        return tuple(found)


def points(sizes: Sizes, dims: Sequence[int]) -> "itertools.product[tuple[int, ...]]":
    """All index tuples of some dimensions, the last fastest."""
    return itertools.product(*[range(sizes[dim]) for dim in dims])
