"""Host ops on what the host itself keeps: `util.buffer`, `util.list`, texts and status codes.

# IREE: UtilOps.td; the virtual machine's `buffer` and `list`
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from typing_extensions import override
from xdsl.ir import Attribute, Operation

from iree_explorer.dialects.util.types import ListType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.steps import Frame, Step
from iree_explorer.execution.device.literal_bytes import literal_bytes, literal_size
from iree_explorer.execution.fields import field, required, text
from iree_explorer.execution.host.table import HOST, no_op
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.parameters import Parameters
from iree_explorer.execution.values.elements import Bytes, Element, element_of, pack, scalar, unpack

no_op("util.buffer.dealloc")


@dataclass(frozen=True, slots=True, eq=False)
class HostBuffer:
    """The value of a `!util.buffer`.

    Attributes:
        data: its bytes, shape `(size,)`; subspans share them.
    """

    data: Bytes

    @classmethod
    def of_text(cls, value: str) -> "HostBuffer":
        """A constant one with a text in UTF-8."""
        return cls(_constant(np.frombuffer(value.encode("utf-8", "surrogateescape"), np.uint8)))

    def part(self, start: Any, length: Any) -> Bytes:
        """Some of its bytes, not copied.

        Raises:
            ExecutionError: it has not that many.
        """
        low, high = int(start), int(start) + int(length)
        if not 0 <= low <= high <= self.data.size:
            raise ExecutionError(f"byte range [{low} to {high}] leaves a buffer of {self.data.size} bytes")
        return self.data[low:high]

    def written(self, start: Any, length: Any) -> Bytes:
        """As `part`, to be written.

        Raises:
            ExecutionError: the buffer is constant.
        """
        part = self.part(start, length)
        if not part.flags.writeable:
            raise ExecutionError("a constant buffer cannot be written")
        return part

    @override
    def __str__(self) -> str:
        return self.data.tobytes().decode("utf-8", "surrogateescape")


def _constant(data: Bytes) -> Bytes:
    data = data.view()
    data.flags.writeable = False
    return data


# Buffers


@HOST.lowers("util.buffer.constant")
def _buffer_constant(op: Operation, scope: HostScope) -> None:
    value = required(op, "value")
    data = literal_bytes(value)(Parameters(), literal_size(value))
    scope.constant(op.results[0], HostBuffer(_constant(data)))


def _alloc(size: Any) -> HostBuffer:
    if size < 0:
        raise ExecutionError(f"a buffer of {size} bytes")
    return HostBuffer(np.zeros(int(size), np.uint8))


def _slice(source: HostBuffer, _: Any, start: Any, length: Any) -> HostBuffer:
    return HostBuffer(source.part(start, length).copy())


def _subspan(source: HostBuffer, _: Any, start: Any, length: Any) -> HostBuffer:
    return HostBuffer(source.part(start, length))


def _size(source: HostBuffer) -> Any:
    return np.int64(source.data.size)


def _compare(left: HostBuffer, _: Any, start: Any, right: HostBuffer, __: Any, other: Any, length: Any) -> Any:
    return np.bool_(np.array_equal(left.part(start, length), right.part(other, length)))


def _computes(name: str, function: Callable[..., Any]) -> None:
    @HOST.lowers(name)
    def lower(op: Operation, scope: HostScope) -> Step:
        return scope.apply(function, op.operands, op.results[0])


_computes("util.buffer.alloc", _alloc)
_computes("util.buffer.slice", _slice)
_computes("util.buffer.subspan", _subspan)
_computes("util.buffer.size", _size)
_computes("util.buffer.compare", _compare)


def _does(name: str, action: Callable[[Operation], Callable[..., None]]) -> None:
    """Registers an op without results."""

    @HOST.lowers(name)
    def lower(op: Operation, scope: HostScope) -> Step:
        act, sources = action(op), scope.slots_of(op.operands)

        def step(frame: Frame) -> None:
            act(*[frame[slot] for slot in sources])

        return step


def _copy(_: Operation) -> Callable[..., None]:
    def copy(source: HostBuffer, _: Any, start: Any, target: HostBuffer, __: Any, into: Any, length: Any) -> None:
        target.written(into, length)[...] = source.part(start, length)

    return copy


def _fill(op: Operation) -> Callable[..., None]:
    element = element_of(op.operands[0].type)

    def fill(pattern: Any, target: HostBuffer, _: Any, start: Any, length: Any) -> None:
        data = pack(np.asarray(pattern), element)
        if int(length) % data.size:
            raise ExecutionError(f"{int(length)} bytes are no multiple of a pattern of {data.size}")
        target.written(start, length).reshape(-1, data.size)[...] = data

    return fill


def _store(op: Operation) -> Callable[..., None]:
    element = element_of(op.operands[0].type)

    def store(value: Any, target: HostBuffer, _: Any, start: Any, length: Any) -> None:
        data = pack(np.asarray(value), element)
        target.written(start, length)[...] = _sized(data, int(length))

    return store


def _sized(data: Bytes, length: int) -> Bytes:
    """The bytes of a number, as many as an op says: of an `index` IREE takes four or eight."""
    return data[:length] if length <= data.size else np.pad(data, (0, length - data.size))


_does("util.buffer.copy", _copy)
_does("util.buffer.fill", _fill)
_does("util.buffer.store", _store)


@HOST.lowers("util.buffer.load")
def _load(op: Operation, scope: HostScope) -> Step:
    element = element_of(op.results[0].type)

    def load(*values: Any) -> Any:
        source, _, start, length = values
        data = _sized(source.part(start, length), element.byte_length(1))
        return scalar(unpack(data.copy(), (1,), element)[0], element)

    return scope.apply(load, op.operands, op.results[0])


# Texts


@HOST.lowers("util.string.itoa")
def _itoa(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda value: HostBuffer.of_text(str(int(value))), op.operands, op.results[0])


@HOST.lowers("util.string.format")
def _format(op: Operation, scope: HostScope) -> Step:
    pattern = text(op, "format")

    def fill_in(*values: Any) -> HostBuffer:
        shown = [str(value) if isinstance(value, HostBuffer) else str(int(value)) for value in values]
        return HostBuffer.of_text(pattern.format(*shown))

    return scope.apply(fill_in, op.operands, op.results[0])


# Lists


def _element(type_: Attribute) -> Element | None:
    """Of a list: None where it holds no numbers, or anything."""
    try:
        return element_of(type_.element_type) if isinstance(type_, ListType) else None
    except ExecutionError:
        return None


def _checked(items: list[Any], index: Any) -> int:
    if not 0 <= index < len(items):
        raise ExecutionError(f"index {index} leaves a list of {len(items)} elements")
    return int(index)


def _construct(*values: Any) -> list[Any]:
    return list(values)


def _count(items: list[Any]) -> Any:
    return np.int64(len(items))


def _get(items: list[Any], index: Any) -> Any:
    return items[_checked(items, index)]


_computes("util.list.create", lambda *_: [])
_computes("util.list.construct", _construct)
_computes("util.list.size", _count)
_computes("util.list.get", _get)


def _resize(op: Operation) -> Callable[..., None]:
    element = _element(op.operands[0].type)
    nothing = None if element is None else scalar(0, element)

    def resize(items: list[Any], size: Any) -> None:
        if size < 0:
            raise ExecutionError(f"a list of {size} elements")
        items[int(size) :] = [nothing] * (int(size) - len(items))

    return resize


def _set(_: Operation) -> Callable[..., None]:
    def put(items: list[Any], index: Any, value: Any) -> None:
        items[_checked(items, index)] = value

    return put


_does("util.list.resize", _resize)
_does("util.list.set", _set)


def _check_ok(op: Operation) -> Callable[..., None]:
    message = text(op, "message") if field(op, "message") is not None else "a status is an error"

    def check(status: Any) -> None:
        if status:
            raise ExecutionError(f"{message} (status {status})")

    return check


_does("util.status.check_ok", _check_ok)
