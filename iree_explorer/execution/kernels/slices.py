"""Offsets, sizes and strides of slicing ops, given partly as attributes and partly as operands."""

from collections.abc import Callable, Sequence
from typing import Any

from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope
from iree_explorer.execution.code.steps import Frame
from iree_explorer.execution.fields import integers
from iree_explorer.execution.kernels.literals import shape_of
from iree_explorer.execution.values.elements import DYNAMIC, Array

Ints = Callable[[Frame], list[int]]


def mixed(scope: Scope, static: Sequence[int], dynamic: Sequence[SSAValue]) -> Ints:
    """The function from a frame to the integers: static ones, and operands where those say so."""
    if not dynamic:
        fixed = list(static)
        return lambda _: fixed
    slots = iter(scope.slots_of(dynamic))
    places = [(None, value) if value != DYNAMIC else (next(slots), 0) for value in static]
    return lambda frame: [value if slot is None else int(frame[slot]) for slot, value in places]


def kept_axes(sizes: Sequence[int], type_: Attribute) -> tuple[int, ...] | None:
    """The axes of a slice that its rank-reduced type keeps; None where it keeps all.

    Args:
        sizes: static sizes, `DYNAMIC` where dynamic.
        type_: of the slice. Dropped axes have the static size 1; of several, the earlier stay.
    """
    target = shape_of(type_)
    if len(target) == len(sizes):
        return None
    kept: list[int] = []
    for axis, size in enumerate(sizes):
        if len(kept) < len(target) and target[len(kept)] == size:
            kept.append(axis)
        elif size != 1:
            raise ExecutionError(f"slice of sizes {list(sizes)} does not reduce to {type_}")
    return tuple(kept)


class Slicer:
    """The slice that an op names: `offsets`, `sizes`, `strides`, the unit axes that its type drops."""

    def __init__(self, op: Operation, scope: Scope, dynamic: Sequence[Sequence[SSAValue]], type_: Attribute) -> None:
        names = ("static_offsets", "static_sizes", "static_strides")
        static = [integers(op, name) for name in names]
        self._parts = [mixed(scope, values, operands) for values, operands in zip(static, dynamic, strict=True)]
        kept = kept_axes(static[1], type_)
        self._dropped = None if kept is None else frozenset(range(len(static[1]))) - frozenset(kept)
        self._is_static = not any(dynamic)
        self._is_dense = set(static[2]) <= {1}
        self._known: tuple[tuple[int, ...], tuple[Any, ...]] | None = None

    def index(self, frame: Frame, shape: tuple[int, ...]) -> tuple[Any, ...]:
        """The index into an array of `shape`: slices, and an integer for each dropped axis; empty for the whole array.

        Raises:
            ExecutionError: the slice leaves the array.
        """
        known = self._known
        if known is not None and known[0] == shape:
            return known[1]
        offsets, sizes, strides = (part(frame) for part in self._parts)
        is_whole = self._dropped is None and self._is_dense and tuple(sizes) == shape and not any(offsets)
        found = () if is_whole else self._index(offsets, sizes, strides, shape)
        if self._is_static:
            self._known = (shape, found)
        return found

    def _index(
        self, offsets: Sequence[int], sizes: Sequence[int], strides: Sequence[int], shape: tuple[int, ...]
    ) -> tuple[Any, ...]:
        if len(offsets) != len(shape):
            raise ExecutionError(f"a slice of rank {len(offsets)} of an array of rank {len(shape)}")
        parts: list[Any] = []
        for axis, (offset, size, stride, limit) in enumerate(zip(offsets, sizes, strides, shape, strict=True)):
            last = offset + (size - 1) * stride
            if size and not (0 <= offset < limit and 0 <= last < limit):
                raise ExecutionError(f"slice [{offset} for {size} by {stride}] leaves dimension {axis} of size {limit}")
            if self._dropped is not None and axis in self._dropped:
                parts.append(offset)
            else:
                parts.append(slice(offset, last + 1 if size else offset, stride))
        return tuple(parts)


def take(array: Array, index: tuple[Any, ...]) -> Any:
    """The slice as an array, of rank 0 where all axes are dropped."""
    return array[(*index, ...)]
