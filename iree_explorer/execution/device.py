"""Ops on resources (`stream.async.*`): prepared in order, on the thread that owns the frame, then run on any thread.

Preparing an op allocates what it writes and says which bytes it touches; running it only moves bytes and calls kernels.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.elements import Bytes, element_of, pack
from iree_explorer.execution.fields import integers, required, segments, symbol_path
from iree_explorer.execution.literal_bytes import literal_bytes
from iree_explorer.execution.program import RUN, Frame
from iree_explorer.execution.resources import Resource, Storage

if TYPE_CHECKING:
    from iree_explorer.execution.host import HostScope


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
        return sum(part.end - part.start for part in (*self.reads, *self.writes))


Prepare: TypeAlias = Callable[[Frame], Work]
Make: TypeAlias = Callable[[Operation, "HostScope"], Prepare]
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


def device_op(op: Operation, scope: "HostScope") -> DeviceOp:
    """Compiles an op of the table `DEVICE`."""
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


def new(frame: Frame, slot: int, size: Any) -> Storage:
    """A new resource of `size` bytes in a slot; its storage."""
    storage = Storage.of_size(int(size), frame[RUN].meter)
    frame[slot] = Resource(storage.data.size, storage)
    return storage


class Target:
    """An operand that a result is tied to: gives the storage that the op may write."""

    def __init__(self, op: Operation, operand: SSAValue, scope: "HostScope", uses: int = 1) -> None:
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
        return Storage(resource.storage.data.copy(), frame[RUN].meter)


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


def fill_pattern(data: Bytes, value: Any) -> None:
    """Repeats a scalar's bytes over `data`.

    Raises:
        ExecutionError: `data` is no whole number of patterns.
    """
    pattern = np.asarray(value)
    if data.size % pattern.dtype.itemsize:
        raise ExecutionError(f"{data.size} bytes are no multiple of a pattern of {pattern.dtype.itemsize}")
    data.view(pattern.dtype)[...] = pattern


@device("alloca")
def _alloca(op: Operation, scope: "HostScope") -> Prepare:
    size, result = scope.slot(op.operands[-1]), scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        new(frame, result, frame[size])
        return Work(lambda: None)

    return prepare


@device("constant")
def _constant(op: Operation, scope: "HostScope") -> Prepare:
    size, result = scope.slot(op.operands[-1]), scope.slot(op.results[0])
    literal = literal_bytes(required(op, "value"))

    def prepare(frame: Frame) -> Work:
        data = literal(frame[RUN].parameters, int(frame[size]))
        storage = Storage(data)
        frame[result] = Resource(data.size, storage, owned=False)
        return Work(lambda: None, writes=(Range(storage, 0, data.size),))

    return prepare


@device("splat")
def _splat(op: Operation, scope: "HostScope") -> Prepare:
    value, size = scope.slots_of(op.operands[-2:])
    result = scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        storage = new(frame, result, frame[size])
        pattern = frame[value]
        return Work(lambda: fill_pattern(storage.data, pattern), writes=(Range(storage, 0, storage.data.size),))

    return prepare


def copy_work(target: Bytes, written: Range, data: Bytes, read: Range) -> Work:
    """Copies bytes.

    Raises:
        ExecutionError: the ranges differ in size.
    """
    if target.size != data.size:
        raise ExecutionError(f"{data.size} bytes are copied to a range of {target.size}")

    def run() -> None:
        target[...] = data

    return Work(run, (read,), (written,))


@device("clone", "transfer")
def _clone(op: Operation, scope: "HostScope") -> Prepare:
    origin, _, size = scope.slots_of(op.operands)
    result = scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        storage = source(frame[origin])
        data, read = span(storage, 0, frame[size])
        target = new(frame, result, frame[size])
        return copy_work(target.data, Range(target, 0, target.data.size), data, read)

    return prepare


@device("slice")
def _slice(op: Operation, scope: "HostScope") -> Prepare:
    origin, _, start, end, size = scope.slots_of(op.operands)
    result = scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        data, read = span(source(frame[origin]), frame[start], frame[end])
        target = new(frame, result, frame[size])
        return copy_work(target.data, Range(target, 0, target.data.size), data, read)

    return prepare


@device("fill")
def _fill(op: Operation, scope: "HostScope") -> Prepare:
    _, _, start, end, _, value = scope.slots_of(op.operands)
    target, result = Target(op, op.operands[0], scope), scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        storage = target.storage(frame)
        data, written = span(storage, frame[start], frame[end])
        frame[result] = Resource(storage.data.size, storage)
        pattern = frame[value]
        return Work(lambda: fill_pattern(data, pattern), writes=(written,))

    return prepare


@device("update")
def _update(op: Operation, scope: "HostScope") -> Prepare:
    _, _, start, end, update, _ = scope.slots_of(op.operands)
    target, result = Target(op, op.operands[0], scope), scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        origin = source(frame[update])
        storage = target.storage(frame)
        data, written = span(storage, frame[start], frame[end])
        frame[result] = Resource(storage.data.size, storage)
        return copy_work(data, written, origin.data, Range(origin, 0, origin.data.size))

    return prepare


@device("copy")
def _copy(op: Operation, scope: "HostScope") -> Prepare:
    _, _, start, end, origin, _, first, last, _ = scope.slots_of(op.operands)
    target, result = Target(op, op.operands[0], scope), scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        data, read = span(source(frame[origin]), frame[first], frame[last])
        storage = target.storage(frame)
        into, written = span(storage, frame[start], frame[end])
        frame[result] = Resource(storage.data.size, storage)
        return copy_work(into, written, data.copy() if read.storage is storage else data, read)

    return prepare


@device("cast", "barrier")
def _forward(op: Operation, scope: "HostScope") -> Prepare:
    origin, result = scope.slot(op.operands[0]), scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        frame[result] = frame[origin]
        return Work(lambda: None)

    return prepare


@device("load")
def _load(op: Operation, scope: "HostScope") -> Prepare:
    origin, _, offset = scope.slots_of(op.operands)
    result, element = scope.slot(op.results[0]), element_of(op.results[0].type)
    size = element.byte_length(1)

    def prepare(frame: Frame) -> Work:
        start = int(frame[offset])
        data, read = span(source(frame[origin]), start, start + size)

        def run() -> None:
            frame[result] = data.view(element.dtype)[0] if element.bits != 1 else np.bool_(data[0] & 1)

        return Work(run, (read,))

    return prepare


@device("store")
def _store(op: Operation, scope: "HostScope") -> Prepare:
    _, _, offset, value = scope.slots_of(op.operands)
    target, result = Target(op, op.operands[0], scope), scope.slot(op.results[0])
    element = element_of(op.operands[3].type)

    def prepare(frame: Frame) -> Work:
        data = pack(np.asarray(frame[value], element.dtype), element)
        storage = target.storage(frame)
        into, written = span(storage, frame[offset], int(frame[offset]) + data.size)
        frame[result] = Resource(storage.data.size, storage)
        return copy_work(into, written, data, written)

    return prepare


class _Argument:
    """An operand of a dispatch: a scalar, or a range of a resource."""

    def __init__(self, slot: int, bounds: Sequence[int] | None, *, is_tied: bool) -> None:
        self.slot = slot
        self.bounds = bounds
        self.is_tied = is_tied


@device("dispatch")
def _dispatch(op: Operation, scope: "HostScope") -> Prepare:
    arguments, targets, results, sizes, ties = _dispatch_parts(op, scope)
    path = entry_point(op)
    kernel = scope.program.kernel(path)

    def prepare(frame: Frame) -> Work:
        reads: list[Range] = []
        writes: list[Range] = []
        values: list[Any] = []
        shared = {target.slot: target.storage(frame) for target in targets}
        storages = [_bind(frame, argument, shared, values, reads, writes) for argument in arguments]
        for place, (slot, size, tied) in enumerate(zip(results, sizes, ties, strict=True)):
            storage = new(frame, slot, frame[size]) if tied < 0 else storages[tied]
            if storage is None:
                raise ExecutionError(f"result {place} is tied to operand {tied}, which is no resource")
            if tied < 0:
                values.append(storage.data)
                writes.append(Range(storage, 0, storage.data.size))
            else:
                frame[slot] = Resource(storage.data.size, storage)
        return Work(lambda: kernel(values), tuple(reads), tuple(writes))

    return prepare


def _bind(
    frame: Frame,
    argument: _Argument,
    shared: dict[int, Storage],
    values: list[Any],
    reads: list[Range],
    writes: list[Range],
) -> Storage | None:
    """Appends what the kernel is given for an operand; the storage it lies in: of a tied operand the one `shared`."""
    value = frame[argument.slot]
    if argument.bounds is None:
        values.append(value)
        return None
    storage = shared[argument.slot] if argument.is_tied else source(value)
    data, touched = span(storage, *(frame[slot] for slot in argument.bounds))
    (writes if argument.is_tied else reads).append(touched)
    values.append(data)
    return storage


def _dispatch_parts(
    op: Operation, scope: "HostScope"
) -> tuple[list[_Argument], list[Target], tuple[int, ...], tuple[int, ...], list[int]]:
    """The operands with their ranges; targets, one a tied value; slots of results and of their sizes; the operand that each
    result is tied to, -1 for none.
    """
    _, operands, _, offsets, ends, _, result_sizes = segments(op)
    ties = integers(op, "tied_operands") or [-1] * len(op.results)
    # A value that is passed twice ties as a whole: the text `-> %5{%size}` cannot say to which of its operands.
    tied = dict.fromkeys(operands[place] for place in ties if place >= 0)
    bounds = iter(zip(scope.slots_of(offsets), scope.slots_of(ends), strict=True))
    arguments = [
        _Argument(
            scope.slot(operand),
            next(bounds) if isinstance(operand.type, ResourceType) else None,
            is_tied=operand in tied,
        )
        for operand in operands
    ]
    # Results tied to one value share its storage: each sees what the op wrote for the others.
    targets = [Target(op, value, scope, operands.count(value)) for value in tied]
    return arguments, targets, scope.slots_of(op.results), scope.slots_of(result_sizes), ties
