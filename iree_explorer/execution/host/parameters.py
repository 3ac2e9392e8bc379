"""Ops that move bytes between resources and parameters. Each is an execution region of its own: it starts when what it awaits
is reached, runs on the pool, and reaches its timepoint.
"""

from collections.abc import Sequence
from typing import TypeAlias

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.stream.types import ResourceType, TimepointType
from iree_explorer.execution.asynchronous.region_code import Capture, RegionCode, spell_affinity
from iree_explorer.execution.code.steps import RUN, Frame, Step
from iree_explorer.execution.device.work import DeviceOp, Make, Prepare, Range, Target, Work, label, source, span
from iree_explorer.execution.fields import segments
from iree_explorer.execution.host.stream import issue
from iree_explorer.execution.host.table import HOST
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.parameters.parameter import Parameter, spell
from iree_explorer.execution.values.elements import Bytes
from iree_explorer.execution.values.resources import Resource, Storage
from iree_explorer.ir.interfaces import SizeAwareOpInterface

Values: TypeAlias = Sequence[SSAValue]
_Move: TypeAlias = tuple[Bytes, Range, Bytes, Range]
"""Bytes that are written and where they lie, the bytes that are put there and where those lie."""


class _Places:
    """Where the parameters of an op lie: a scope, and a key and an offset each."""

    def __init__(self, scope: HostScope, name: Values, keys: Values, offsets: Values) -> None:
        self._name = scope.slot(name[0]) if name else None
        self._places = list(zip(scope.slots_of(keys), scope.slots_of(offsets), strict=True))

    def find(self, frame: Frame) -> list[tuple[str, Parameter, int]]:
        """By parameter: its name, itself, the first byte."""
        scope = "" if self._name is None else str(frame[self._name])
        parameters = frame[RUN].parameters
        return [
            (spell(scope, str(frame[key])), parameters.find(scope, str(frame[key])), int(frame[offset]))
            for key, offset in self._places
        ]


def _load(op: Operation, scope: HostScope) -> Prepare:
    _, name, key, offset, (size,) = segments(op)
    places, length, result = _Places(scope, name, key, offset), scope.slot(size), scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        ((called, parameter, start),) = places.find(frame)
        data = parameter.read(called, start, int(frame[length]))
        # What may change is copied: a load is what the parameter holds now.
        storage = Storage(data.copy() if parameter.is_writable else data)
        frame[result] = Resource(data.size, storage, owned=parameter.is_writable)
        return Work(lambda: None, (_touched(parameter, start, data),))

    return prepare


def _touched(parameter: Parameter, start: int, data: Bytes) -> Range:
    return Range(parameter.storage, start, start + data.size)


def _reads(op: Operation, scope: HostScope) -> Prepare:
    """Parts of parameters into parts of one resource, in place: read and gather."""
    if op.name.endswith(".gather"):
        name, keys, offsets, (resource,), _, starts, ends, _, _ = segments(op)
    else:
        (resource,), _, starts, ends, _, name, keys, offsets, _ = segments(op)
    places, target = _Places(scope, name, keys, offsets), Target(op, resource, scope)
    ranges = list(zip(scope.slots_of(starts), scope.slots_of(ends), strict=True))
    result = scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        storage = target.storage(frame)
        frame[result] = Resource(storage.data.size, storage)
        moves: list[_Move] = []
        for (called, parameter, at), (start, end) in zip(places.find(frame), ranges, strict=True):
            into, written = span(storage, frame[start], frame[end])
            data = parameter.read(called, at, into.size)
            moves.append((into, written, data, _touched(parameter, at, data)))
        return _moving(moves)

    return prepare


def _writes(op: Operation, scope: HostScope) -> Prepare:
    """Parts of one resource into parts of parameters: write and scatter."""
    (resource,), _, starts, ends, _, name, keys, offsets, _ = segments(op)
    places, origin, result = _Places(scope, name, keys, offsets), scope.slot(resource), scope.slot(op.results[0])
    ranges = list(zip(scope.slots_of(starts), scope.slots_of(ends), strict=True))

    def prepare(frame: Frame) -> Work:
        given: Resource = frame[origin]
        storage = source(given)
        frame[result] = Resource(storage.data.size, storage, owned=given.owned)
        moves: list[_Move] = []
        for (called, parameter, at), (start, end) in zip(places.find(frame), ranges, strict=True):
            data, read = span(storage, frame[start], frame[end])
            into = parameter.write(called, at, data.size)
            moves.append((into, _touched(parameter, at, into), data, read))
        return _moving(moves)

    return prepare


def _moving(moves: Sequence[_Move]) -> Work:
    def run() -> None:
        for into, _, data, _ in moves:
            into[...] = data

    return Work(run, tuple(read for *_, read in moves), tuple(written for _, written, *_ in moves))


def _register(name: str, make: Make) -> None:
    @HOST.lowers(f"stream.async.parameter.{name}")
    def lower(op: Operation, scope: HostScope) -> Step:
        inner = scope.nested()
        resources = [value for value in op.operands if isinstance(value.type, ResourceType)]
        captures = tuple(
            Capture(scope.slot(value), inner.slot(value), scope.may_update_in_place(value, op)) for value in resources
        )
        values = dict.fromkeys(
            value for value in op.operands if not isinstance(value.type, ResourceType | TimepointType)
        )
        items = (DeviceOp(op, label(op), make(op, inner)),)
        code = RegionCode(
            op,
            captures,
            tuple((scope.slot(value), inner.slot(value)) for value in values),
            items,
            ((),),
            inner.slots_of(op.results[:1]),
            inner.layout(),
            spell_affinity(op.properties.get("affinity")),
        )
        assert isinstance(op, SizeAwareOpInterface)
        size = op.size_of_result(0)
        assert size is not None
        awaited = next((value for value in op.operands if isinstance(value.type, TimepointType)), None)
        return issue(code, scope, op, (size,), awaited)


for _name, _make in {"load": _load, "read": _reads, "gather": _reads, "write": _writes, "scatter": _writes}.items():
    _register(_name, _make)
