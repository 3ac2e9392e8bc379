"""Host ops of the hal dialect: buffers, buffer views, their element types."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from xdsl.ir import Attribute, Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import Pool, Timepoint, join
from iree_explorer.execution.code.steps import RUN, Frame, Step
from iree_explorer.execution.fields import integer, required, text
from iree_explorer.execution.host.table import HOST
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.values.elements import Element, element_named, element_of, spell
from iree_explorer.execution.values.resources import Buffer, BufferView

DENSE_ROW_MAJOR = 1
_ENCODINGS = {"opaque": 0, "dense_row_major": DENSE_ROW_MAJOR}

# IREE: runtime/src/iree/hal/buffer_view.h, iree_hal_numerical_type_e.
_INTEGER_CODES = {"i": 0x10, "si": 0x11, "ui": 0x12}
_FLOAT_CODES = {
    "bf16": 0x22,
    "f8E5M2": 0x24,
    "f8E4M3FN": 0x25,
    "f8E5M2FNUZ": 0x26,
    "f8E4M3FNUZ": 0x27,
    "f8E8M0FNU": 0x28,
    "f6E3M2FN": 0x29,
    "f6E2M3FN": 0x2A,
    "f4E2M1FN": 0x2B,
}


@dataclass(slots=True, eq=False)
class Fence:
    """The value of a `!hal.fence`.

    Attributes:
        timepoint: reached when it is signalled; None: nobody has said when.
        parts: of a joined one, the fences that must all be signalled.
    """

    timepoint: Timepoint | None = None
    parts: "tuple[Fence, ...]" = ()

    def when(self, pool: Pool) -> Timepoint:
        """When it is signalled; where nobody has said, it is taken as signalled."""
        return join(pool, [fence.timepoint for fence in self._with_parts() if fence.timepoint is not None])

    def wait(self, pool: Pool) -> frozenset[int]:
        """Blocks the host, of the run that `pool` is of, until it is signalled; the regions that ended by then.

        Raises:
            ExecutionError: nothing signals it, or what does failed.
        """
        regions: list[frozenset[int]] = []
        for fence in self._with_parts():
            if fence.timepoint is not None:
                fence.timepoint.wait(pool)
                regions.append(fence.timepoint.regions)
            elif not fence.parts:
                raise ExecutionError("a fence is awaited that nothing signals")
        return frozenset[int]().union(*regions)

    def _with_parts(self) -> "Iterator[Fence]":
        """This fence and all that are joined in it, however deep and often, each once."""
        seen: set[Fence] = {self}
        pending: list[Fence] = [self]
        while pending:
            fence = pending.pop()
            yield fence
            new = [part for part in dict.fromkeys(fence.parts) if part not in seen]
            seen.update(new)
            pending.extend(reversed(new))


def element_code(element: Element) -> int:
    """The number that IREE's runtime gives an element type: the kind of number, then its bits."""
    if element.kind == "complex":
        return 0x23 << 24 | element.bits
    if element.is_float:
        return _FLOAT_CODES.get(element.name, 0x21) << 24 | element.bits
    if element.bits == 1:
        return 0x13 << 24 | 8
    return _INTEGER_CODES[element.name.rstrip("0123456789")] << 24 | element.bits


def _code(type_: Attribute) -> Any:
    return np.int32(element_code(element_of(type_)))


@HOST.lowers("hal.element_type")
def _element_type(op: Operation, scope: HostScope) -> None:
    scope.constant(op.results[0], _code(required(op, "type")))


@HOST.lowers("hal.encoding_type")
def _encoding_type(op: Operation, scope: HostScope) -> None:
    found = op.properties.get("encoding") or op.attributes.get("encoding")
    name = getattr(found, "data", "dense_row_major")
    code = _ENCODINGS.get(str(name), DENSE_ROW_MAJOR)
    scope.constant(op.results[0], np.int32(code))


@HOST.lowers("hal.buffer_view.assert")
def _assert(op: Operation, scope: HostScope) -> Step:
    view, element, _, *shape = op.operands
    message = text(op, "message")
    slot, code, dims = scope.slot(view), scope.slot(element), scope.slots_of(shape)

    def step(frame: Frame) -> None:
        found: BufferView = frame[slot]
        wanted = tuple(int(frame[dim]) for dim in dims)
        if not _are_compatible(element_code(found.element), int(frame[code])):
            raise ExecutionError(
                f"{message} has element type {found.element.name}, expected {_name_of(int(frame[code]))}"
            )
        if found.shape != wanted:
            raise ExecutionError(f"{message} has shape {found}, expected {spell(wanted, found.element)}")

    return step


def _are_compatible(actual: int, expected: int) -> bool:
    """Whether a buffer view of one element type passes as one of another: integers of as many bits do.

    # IREE: runtime/src/iree/modules/hal/utils/buffer_diagnostics.c, iree_hal_element_types_are_compatible
    """
    are_integers = actual >> 28 == expected >> 28 == 1
    return actual == expected or (are_integers and actual & 0xFF == expected & 0xFF)


def element_of_code(code: int) -> Element | None:
    """The element type of a number of IREE's runtime, None for no type."""
    integers = (f"{prefix}{bits}" for prefix in _INTEGER_CODES for bits in (2, 4, 8, 16, 32, 64))
    names = ("i1", *integers, "f16", "f32", "f64", "complex<f32>", "complex<f64>")
    elements = (element_named(name) for name in (*names, *_FLOAT_CODES))
    return next((element for element in elements if element_code(element) == code), None)


def _name_of(code: int) -> str:
    element = element_of_code(code)
    return hex(code) if element is None else element.name


@HOST.lowers("hal.buffer_view.dim")
def _dim(op: Operation, scope: HostScope) -> Step:
    axis = integer(op, "index")

    def dim(view: BufferView) -> Any:
        if axis >= len(view.shape):
            raise ExecutionError(f"dimension {axis} of a value of shape {view}")
        return np.int64(view.shape[axis])

    return scope.apply(dim, op.operands, op.results[0])


@HOST.lowers("hal.buffer_view.rank")
def _rank(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda view: np.int64(len(view.shape)), op.operands, op.results[0])


@HOST.lowers("hal.buffer_view.element_type")
def _view_element(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda view: np.int32(element_code(view.element)), op.operands, op.results[0])


@HOST.lowers("hal.buffer_view.encoding_type")
def _view_encoding(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda _: np.int32(DENSE_ROW_MAJOR), op.operands, op.results[0])


@HOST.lowers("hal.buffer_view.buffer")
def _buffer(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda view: Buffer(view.storage), op.operands, op.results[0])


@HOST.lowers("hal.buffer.length")
def _length(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda buffer: np.int64(buffer.storage.data.size), op.operands, op.results[0])


@HOST.lowers("hal.buffer.assert")
def _buffer_assert(op: Operation, scope: HostScope) -> None:
    """Every buffer here is visible to every device."""


@HOST.lowers("hal.devices.get")
def _device(op: Operation, scope: HostScope) -> Step:
    """A device is its index: nothing here depends on which it is."""
    return scope.apply(lambda index: index, op.operands, op.results[0])


def _new_fence(*_: Any) -> Fence:
    return Fence()


@HOST.lowers("hal.fence.create")
def _fence(op: Operation, scope: HostScope) -> Step:
    return scope.apply(_new_fence, op.operands, op.results[0])


@HOST.lowers("hal.fence.join")
def _join(op: Operation, scope: HostScope) -> Step:
    def joined(*fences: Fence | None) -> Fence:
        # A fence that is null is signalled.
        return Fence(parts=tuple(fence for fence in fences if fence is not None))

    return scope.apply(joined, op.operands, op.results[0])


@HOST.lowers("hal.fence.signal")
def _signal(op: Operation, scope: HostScope) -> Step:
    origin = scope.slot(op.operands[0])

    def step(frame: Frame) -> None:
        frame[origin].timepoint = Timepoint.now(frame[RUN].pool)

    return step


@HOST.lowers("hal.fence.await")
def _await(op: Operation, scope: HostScope) -> Step:
    _, *fences = scope.slots_of(op.operands)
    result = scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        run = frame[RUN]
        for slot in fences:
            if frame[slot] is not None:
                run.note_reached(frame[slot].wait(run.pool))
        frame[result] = np.int32(0)

    return step
