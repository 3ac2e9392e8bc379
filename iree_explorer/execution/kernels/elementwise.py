"""Bodies of structured ops over whole arrays: where their values are computed to, and how many elements at a time.

An op of a body is one call of numpy on arrays. What it computes goes into an array that is used again, by later ops of the body
and for the next elements, and is small enough to stay in the processor's caches.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
from xdsl.ir import Operation, SSAValue

from iree_explorer.execution.values.elements import Array, element_of

BLOCK = 1 << 15
"""Elements that a body is evaluated for at a time, about."""

Index: TypeAlias = tuple[slice, ...]
"""A part of an iteration space: of each of the first few loops from where to where it goes."""

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
_INTO: set[Callable[..., Any]] = set()


def into(function: FunctionT) -> FunctionT:
    """Marks a function of arrays that takes `out`, as a ufunc does; it may not be one of the operands."""
    _INTO.add(function)
    return function


def takes_out(function: Callable[..., Any]) -> bool:
    """Whether a function can compute into an array that it is given."""
    return (isinstance(function, np.ufunc) and function.nout == 1) or function in _INTO


def blocks(sizes: Sequence[int], free: int) -> Iterator[Index]:
    """Indices that cut an iteration space along its first `free` loops into parts of about `BLOCK` points, in order.

    Each index is for the first few loops, empty where the space is one part.
    """
    inner = math.prod(sizes)
    if inner <= BLOCK or not free:
        yield ()
        return
    cut = 0
    for cut in range(free):
        inner //= sizes[cut]
        if inner <= BLOCK:
            break
    step = max(1, BLOCK // inner)
    for point in itertools.product(*[range(size) for size in sizes[:cut]]):
        for start in range(0, sizes[cut], step):
            yield (*(slice(i, i + 1) for i in point), slice(start, min(start + step, sizes[cut])))


def part(array: Array, index: Index) -> Array:
    """The array at an index of the loops' first dims; along those where its size is 1 it is the same everywhere."""
    if not index:
        return array
    return array[tuple(cut if size > 1 else slice(None) for cut, size in zip(index, array.shape, strict=False))]


@dataclass(frozen=True, slots=True)
class Buffer:
    """An array that values of a body are computed into.

    Attributes:
        slot: where steps find it.
        dims: loops along which it is larger than 1.
        dtype: of its elements.
    """

    slot: int
    dims: frozenset[int]
    dtype: "np.dtype[Any]"

    def shape(self, sizes: Sequence[int]) -> tuple[int, ...]:
        """Its shape for loops of these sizes."""
        return tuple(size if dim in self.dims else 1 for dim, size in enumerate(sizes))


class Buffers:
    """Gives the values of a body buffers: two share one where the first is used no more when the second is made.

    Args:
        ops: of the body, in order.
        dims_of: loops along which a value varies.
        function_of: the function of arrays that an op calls, None where it is more than that.
        new_slot: makes slots.
        kept: values that are read after the last op.
    """

    def __init__(
        self,
        ops: Sequence[Operation],
        dims_of: Callable[[SSAValue], frozenset[int]],
        function_of: Callable[[Operation], Callable[..., Any] | None],
        new_slot: Callable[[], int],
        kept: Sequence[SSAValue],
    ) -> None:
        self.assigned: dict[SSAValue, int] = {}
        self.buffers: list[Buffer] = []
        self._new_slot = new_slot
        self._free: defaultdict[tuple[frozenset[int], Any], list[int]] = defaultdict(list)
        self._keys: dict[int, tuple[frozenset[int], Any]] = {}
        functions = [function_of(op) for op in ops]
        outs = [function is not None and takes_out(function) for function in functions]
        last = _last_uses(ops, outs, kept)
        for place, (op, function, is_out) in enumerate(zip(ops, functions, outs, strict=True)):
            done = [value for value in dict.fromkeys(op.operands) if last.get(value) == place]
            if is_out and isinstance(function, np.ufunc):  # element by element: may overwrite its operands
                self._release(done)
                self._assign(op, dims_of)
            else:
                if is_out:
                    self._assign(op, dims_of)
                self._release(done)

    def _assign(self, op: Operation, dims_of: Callable[[SSAValue], frozenset[int]]) -> None:
        dims = dims_of(op.results[0])
        if not dims:
            return
        dtype = element_of(op.results[0].type).dtype
        key = (dims, dtype)
        free = self._free[key]
        if free:
            slot = free.pop()
        else:
            slot = self._new_slot()
            self.buffers.append(Buffer(slot, dims, dtype))
            self._keys[slot] = key
        self.assigned[op.results[0]] = slot

    def _release(self, values: Sequence[SSAValue]) -> None:
        for value in values:
            slot = self.assigned.get(value)
            if slot is not None:
                self._free[self._keys[slot]].append(slot)


def _last_uses(ops: Sequence[Operation], outs: Sequence[bool], kept: Sequence[SSAValue]) -> dict[SSAValue, int]:
    """The place of the op after which a value's array is needed no more; for what is kept, after all."""
    last: dict[SSAValue, int] = dict.fromkeys(kept, len(ops))
    for place in range(len(ops) - 1, -1, -1):
        op = ops[place]
        # What is not computed into a buffer may be a view of the operands.
        until = place if outs[place] else max([place, *(last.get(result, place) for result in op.results)])
        used = [operand for inner in op.walk() for operand in inner.operands]
        for value in used:
            last[value] = max(last.get(value, until), until)
    return last
