"""Ops that make resources and move bytes between them."""

from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.steps import RUN, Frame
from iree_explorer.execution.device.literal_bytes import literal_bytes
from iree_explorer.execution.device.work import Prepare, Range, Target, Work, device, new, source, span
from iree_explorer.execution.fields import required
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.values.elements import Bytes, element_of, pack
from iree_explorer.execution.values.resources import Resource, Storage


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
def _alloca(op: Operation, scope: HostScope) -> Prepare:
    size, result = scope.slot(op.operands[-1]), scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        new(frame, result, frame[size])
        return Work(lambda: None)

    return prepare


@device("constant")
def _constant(op: Operation, scope: HostScope) -> Prepare:
    size, result = scope.slot(op.operands[-1]), scope.slot(op.results[0])
    literal = literal_bytes(required(op, "value"))

    def prepare(frame: Frame) -> Work:
        data = literal(frame[RUN].parameters, int(frame[size]))
        storage = Storage(data)
        frame[result] = Resource(data.size, storage, owned=False)
        return Work(lambda: None)

    return prepare


@device("splat")
def _splat(op: Operation, scope: HostScope) -> Prepare:
    value, size = scope.slots_of(op.operands[-2:])
    result = scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        storage = new(frame, result, frame[size], is_cleared=False)
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
def _clone(op: Operation, scope: HostScope) -> Prepare:
    origin, _, size = scope.slots_of(op.operands)
    result = scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        storage = source(frame[origin])
        data, read = span(storage, 0, frame[size])
        target = new(frame, result, frame[size], is_cleared=False)
        return copy_work(target.data, Range(target, 0, target.data.size), data, read)

    return prepare


@device("slice")
def _slice(op: Operation, scope: HostScope) -> Prepare:
    origin, _, start, end, size = scope.slots_of(op.operands)
    result = scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        data, read = span(source(frame[origin]), frame[start], frame[end])
        target = new(frame, result, frame[size], is_cleared=False)
        return copy_work(target.data, Range(target, 0, target.data.size), data, read)

    return prepare


@device("fill")
def _fill(op: Operation, scope: HostScope) -> Prepare:
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
def _update(op: Operation, scope: HostScope) -> Prepare:
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
def _copy(op: Operation, scope: HostScope) -> Prepare:
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
def _forward(op: Operation, scope: HostScope) -> Prepare:
    origin, result = scope.slot(op.operands[0]), scope.slot(op.results[0])

    def prepare(frame: Frame) -> Work:
        frame[result] = frame[origin]
        return Work(lambda: None)

    return prepare


@device("load")
def _load(op: Operation, scope: HostScope) -> Prepare:
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
def _store(op: Operation, scope: HostScope) -> Prepare:
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
