"""Memory for what a kernel computes on the way: taken from one block that the next kernel uses again.

Fresh memory is slow: the operating system clears each page when it is touched first. What one call of a kernel makes never
outlives the call, so all of it lies in one block, and calls after one another share the block while it is in the caches.
"""

from collections import deque
from math import prod
from typing import Any

import numpy as np

from iree_explorer.execution.values.elements import Array, Bytes

MOST = 1 << 26
"""Bytes that a block has at most; what does not fit is allocated anew."""

_ALIGNMENT = 64


class Workspace:
    """Arrays for one call of a kernel.

    Attributes:
        is_aliased: the call writes bytes that it also reads through another binding: nothing may be written early.
    """

    __slots__ = ("_block", "_used", "_wanted", "is_aliased")

    def __init__(self) -> None:
        self.is_aliased = False
        self._block = aligned(0)
        self._used = 0
        self._wanted = 0

    def empty(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
        """An array with no contents yet, in row-major order."""
        size = prod(shape) * dtype.itemsize
        start = self._used
        end = start + -(-size // _ALIGNMENT) * _ALIGNMENT
        self._wanted += end - start
        if end > self._block.size:
            return np.empty(shape, dtype)
        self._used = end
        return np.ndarray(shape, dtype, self._block, start)  # pyright: ignore[reportArgumentType] (takes any buffer)

    def clear(self) -> None:
        """Ends the call: all arrays are free for the next one; the block grows to what this one wanted."""
        if self._wanted > self._block.size < MOST:
            self._block = aligned(min(self._wanted, MOST))
        self._used = self._wanted = 0
        self.is_aliased = False


def aligned(size: int) -> Bytes:
    """New bytes that begin a cache line, so that no vector of the processor lies in two."""
    data = np.empty(size + _ALIGNMENT, np.uint8)
    start = -data.ctypes.data % _ALIGNMENT
    return data[start : start + size]


_FREE: deque[Workspace] = deque(maxlen=16)


def take() -> Workspace:
    """A workspace that nobody uses; give it back when the call has ended."""
    try:
        return _FREE.pop()
    except IndexError:
        return Workspace()


def give_back(workspace: Workspace) -> None:
    """Lets the next call have it."""
    workspace.clear()
    _FREE.append(workspace)


def empty(workspace: Workspace | None, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    """An array with no contents; on its own where there is no workspace, so that it may outlive the call."""
    return np.empty(shape, dtype) if workspace is None else workspace.empty(shape, dtype)
