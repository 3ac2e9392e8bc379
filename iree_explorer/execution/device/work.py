"""Ops on resources (`stream.async.*`): prepared in order, on the thread that owns the frame, then run on any thread.

Preparing an op allocates what it writes and says which bytes it touches; running it only moves bytes and calls kernels.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from xdsl.ir import Operation, SSAValue

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.steps import RUN, Frame
from iree_explorer.execution.faults import compiling
from iree_explorer.execution.fields import required, symbol_path
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.values.elements import Bytes
from iree_explorer.execution.values.resources import Resource, Storage


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes of a storage that an op touches, from `start` to `end`."""

    storage: Storage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Work:
    """A prepared op: `run` moves the bytes; `reads` and `writes` are what it touches."""

    run: Callable[[], None]
    reads: tuple[Range, ...] = ()
    writes: tuple[Range, ...] = ()

    @property
    def bytes(self) -> int:
        """Bytes read and written."""
        return sum([part.end - part.start for part in (*self.reads, *self.writes)])


Prepare: TypeAlias = Callable[[Frame], Work]
Make: TypeAlias = Callable[[Operation, HostScope], Prepare]
DEVICE: dict[str, Make] = {}


@dataclass(frozen=True, slots=True)
class DeviceOp:
    """An op on resources, compiled.

    Attributes:
        op: the operation.
        name: how a timeline shows it.
        prepare: allocates its results in a frame.
    """

    op: Operation
    name: str
    prepare: Prepare


def device_op(op: Operation, scope: HostScope) -> DeviceOp:
    """Compiles an op of the table `DEVICE`.

    Raises:
        ExecutionError: it is not as it must be.
    """
    with compiling(op, scope.locate):
        return DeviceOp(op, label(op), DEVICE[op.name](op, scope))


def label(op: Operation) -> str:
    """A short name: what the op does, and which kernel it calls."""
    short = op.name.removeprefix("stream.async.")
    if op.name == "stream.async.dispatch":
        return f"{short} @{entry_point(op)[-1]}"
    return short


def entry_point(op: Operation) -> tuple[str, ...]:
    """The path of the export that a dispatch calls; of several variants the first."""
    found = required(op, "entry_points")
    return symbol_path(getattr(found, "data", [found])[0])


def device(*names: str) -> Callable[[Make], Make]:
    """Registers the compiler of an op."""

    def register(make: Make) -> Make:
        DEVICE.update(dict.fromkeys((f"stream.async.{name}" for name in names), make))
        return make

    return register


def new(frame: Frame, slot: int, size: Any, *, is_cleared: bool = True) -> Storage:
    """A new resource of `size` bytes in a slot; its storage, which need not be cleared where the op writes all of it."""
    storage = Storage.of_size(int(size), frame[RUN].meter, is_cleared=is_cleared)
    frame[slot] = Resource(storage.data.size, storage)
    return storage


class Target:
    """An operand that a result is tied to: gives the storage that the op may write."""

    def __init__(self, op: Operation, operand: SSAValue, scope: HostScope, uses: int = 1) -> None:
        self.slot = scope.slot(operand)
        self._is_last = scope.may_update_in_place(operand, op, uses)
        self._is_forced = scope.is_from_same_wave(operand, op)

    def storage(self, frame: Frame) -> Storage:
        """The operand's own storage where nothing else needs its contents, else a copy."""
        resource: Resource = frame[self.slot]
        if resource.storage is None:
            raise ExecutionError("a resource is changed before the timepoint of its producer is reached")
        if self._is_forced or (self._is_last and resource.owned and not resource.readers):
            return resource.storage
        return frame[RUN].copy_of(resource.storage)


def span(storage: Storage, start: Any, end: Any) -> tuple[Bytes, Range]:
    """The bytes from `start` to `end`, and their range.

    Raises:
        ExecutionError: they leave the storage.
    """
    low, high = int(start), int(end)
    if not 0 <= low <= high <= storage.data.size:
        raise ExecutionError(f"byte range [{low} to {high}] leaves a resource of {storage.data.size} bytes")
    return storage.data[low:high], Range(storage, low, high)


def source(resource: Resource) -> Storage:
    """The storage of a resource that is read.

    Raises:
        ExecutionError: its producer is not done.
    """
    if resource.storage is None:
        raise ExecutionError("a resource is read before the timepoint of its producer is reached")
    return resource.storage
