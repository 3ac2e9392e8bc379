"""What host code and kernels share: storages of bytes, resources that name them, buffer views that give them shape."""

from dataclasses import dataclass
from threading import RLock
from typing import Any

import numpy as np
from typing_extensions import override

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.values.elements import Array, Bytes, Element, pack, spell, unpack


class Meter:
    """Counts the bytes that storages hold; safe to share between threads."""

    def __init__(self) -> None:
        self.live = 0
        self.peak = 0
        self._lock = RLock()  # a storage that is let go while a thread counts is counted by the same thread

    def add(self, count: int) -> None:
        """Bytes allocated, or with a negative count freed."""
        with self._lock:
            self.live += count
            self.peak = max(self.peak, self.live)


class Storage:
    """Bytes that resources lie in, zero at first, counted while they live.

    Attributes:
        data: the bytes, shape `(size,)`.
        root: the same for a storage and the copies made of it so that a tied op may write.
    """

    __slots__ = ("_meter", "data", "root")

    def __init__(self, data: Bytes, meter: Meter | None = None, root: object | None = None) -> None:
        self.data = data
        self.root = root if root is not None else object()
        self._meter = meter
        if meter is not None:
            meter.add(data.size)

    @classmethod
    def of_size(cls, size: int, meter: Meter, *, is_cleared: bool = True) -> "Storage":
        """New bytes, all zero; where not `is_cleared`, of any value: for what is overwritten whole."""
        if size < 0:
            raise ExecutionError(f"a resource of {size} bytes")
        return cls(np.zeros(size, np.uint8) if is_cleared else np.empty(size, np.uint8), meter)

    def copy(self, meter: Meter) -> "Storage":
        """A copy to write to in its place."""
        return Storage(self.data.copy(), meter, self.root)

    def __del__(self) -> None:
        meter = getattr(self, "_meter", None)  # it has none where an interrupt came while it was made
        if meter is not None:
            meter.add(-self.data.size)


@dataclass(slots=True, eq=False)
class Resource:
    """The value of a `!stream.resource`: contents that one SSA value names.

    Attributes:
        size: in bytes.
        storage: None until the region that produces it is done.
        owned: no other value names the storage, so its last user may change it in place.
        readers: execution regions issued and not done that capture it.
    """

    size: int
    storage: Storage | None = None
    owned: bool = True
    readers: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Buffer:
    """The value of a `!hal.buffer`: bytes."""

    storage: Storage


@dataclass(frozen=True, slots=True, eq=False)
class BufferView:
    """The value of a `!hal.buffer_view`, or of a tensor on the host: bytes with a shape and an element type.

    Attributes:
        storage: row-major elements, as `elements.pack` lays them out.
        shape: in elements.
        element: their type.
    """

    storage: Storage
    shape: tuple[int, ...]
    element: Element

    @classmethod
    def of_array(cls, array: Array, element: Element) -> "BufferView":
        """A view of the array, or of a copy where its elements do not lie in row-major order; nobody writes to it."""
        return cls(Storage(pack(array, element)), array.shape, element)

    def array(self) -> Array:
        """The contents as an array: a view where elements take whole bytes.

        Raises:
            ExecutionError: the bytes do not hold the shape.
        """
        return unpack(self.storage.data, self.shape, self.element)

    @override
    def __str__(self) -> str:
        return spell(self.shape, self.element)


@dataclass(slots=True)
class Global:
    """A `util.global`: its value, None before it is stored."""

    name: str
    value: Any = None
