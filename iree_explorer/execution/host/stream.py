"""Host ops of the stream dialect: execution regions, timepoints, import and export."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from xdsl.dialects.builtin import TensorType
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.stream.types import TimepointType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import Timepoint, join
from iree_explorer.execution.asynchronous.region_code import RegionCode, compile_region
from iree_explorer.execution.asynchronous.regions import RegionRun
from iree_explorer.execution.code.steps import RUN, Frame, Step
from iree_explorer.execution.device.literal_bytes import literal_bytes
from iree_explorer.execution.device.work import source, span
from iree_explorer.execution.fields import required, segments
from iree_explorer.execution.host.hal import Fence
from iree_explorer.execution.host.table import HOST, no_op
from iree_explorer.execution.kernels.literals import shape_of
from iree_explorer.execution.kernels.slices import Ints, mixed
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.values.elements import element_of
from iree_explorer.execution.values.resources import Buffer, BufferView, Resource, Storage

no_op("stream.tensor.trace", "stream.resource.retain", "stream.executable", "stream.executable.end")


@HOST.lowers("stream.async.execute")
def _execute(op: Operation, scope: HostScope) -> Step:
    _, _, sizes, awaited = segments(op)
    return issue(compile_region(op, scope), scope, op, sizes, awaited[0] if awaited else None)


def issue(
    code: RegionCode, scope: HostScope, op: Operation, result_sizes: Sequence[SSAValue], awaited: SSAValue | None
) -> Step:
    """The step that issues a region: `op`'s results are its resources, then the timepoint of its end."""
    sizes = scope.slots_of(result_sizes)
    *results, done = scope.slots_of(op.results)
    after = scope.slot(awaited) if awaited is not None else None

    def step(frame: Frame) -> None:
        run = frame[RUN]
        inner = code.layout.frame()
        inner[RUN] = run
        for outer_slot, inner_slot in code.values:
            inner[inner_slot] = frame[outer_slot]
        captured = [frame[capture.outer] for capture in code.captures]
        with run.pool.changed:
            for resource in captured:
                resource.readers += 1
        made = [Resource(int(frame[size])) for size in sizes]
        region = RegionRun(run, code, inner, captured, made)
        for slot, resource in zip(results, made, strict=True):
            frame[slot] = resource
        frame[done] = region.timepoint
        region.start_after(frame[after] if after is not None else None)

    return step


# Timepoints


@HOST.lowers("stream.timepoint.immediate")
def _immediate(op: Operation, scope: HostScope) -> Step:
    result = scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        frame[result] = Timepoint.now(frame[RUN].pool)

    return step


@HOST.lowers("stream.timepoint.join")
def _join(op: Operation, scope: HostScope) -> Step:
    sources, result = scope.slots_of(op.operands), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        frame[result] = join(frame[RUN].pool, [frame[slot] for slot in sources])

    return step


@HOST.lowers("stream.timepoint.await")
def _await(op: Operation, scope: HostScope) -> Step:
    resources, _, (timepoint,) = segments(op)
    sources, targets, awaited = scope.slots_of(resources), scope.slots_of(op.results), scope.slot(timepoint)
    keeps = [scope.ownership.is_last_use(value, op) for value in resources]

    def step(frame: Frame) -> None:
        reached_now: Timepoint = frame[awaited]
        reached_now.wait(frame[RUN].pool)
        frame[RUN].note_reached(reached_now.regions)
        for slot, target, is_last in zip(sources, targets, keeps, strict=True):
            frame[target] = forward(frame[slot], is_last=is_last)

    return step


def forward(resource: Resource, *, is_last: bool) -> Resource:
    """A resource under a second name; while the first is in use too, nobody owns it."""
    if not is_last:
        resource.owned = False
    return resource


@HOST.lowers("stream.timepoint.barrier")
def _barrier(op: Operation, scope: HostScope) -> Step:
    origin, (result, done) = scope.slot(op.operands[0]), scope.slots_of(op.results)
    is_last = scope.ownership.is_last_use(op.operands[0], op)

    def step(frame: Frame) -> None:
        frame[result] = forward(frame[origin], is_last=is_last)
        frame[done] = Timepoint.now(frame[RUN].pool)

    return step


@HOST.lowers("stream.timepoint.import")
def _import_timepoint(op: Operation, scope: HostScope) -> Step:
    origin, result = scope.slot(op.operands[0]), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        fence: Fence | None = frame[origin]
        frame[result] = Timepoint.now(frame[RUN].pool) if fence is None else fence.when(frame[RUN].pool)

    return step


@HOST.lowers("stream.timepoint.export")
def _export_timepoint(op: Operation, scope: HostScope) -> Step:
    return scope.apply(Fence, op.operands, op.results[0])


@HOST.lowers("stream.timepoint.chain_external")
def _chain(op: Operation, scope: HostScope) -> Step:
    awaited, *externals = scope.slots_of(op.operands)

    def step(frame: Frame) -> None:
        for slot in externals:
            frame[slot].timepoint = frame[awaited]

    return step


# Import and export


def encoded(op: Operation, scope: HostScope, name: str, dims: tuple[SSAValue, ...]) -> tuple[Ints, Any]:
    """The shape, from a frame, and the element type of a tensor encoding attribute."""
    type_ = required(op, name)
    if not isinstance(type_, TensorType):
        raise ExecutionError(f"encoding {type_} is not supported")
    return mixed(scope, shape_of(type_), dims), element_of(type_)


@HOST.lowers("stream.tensor.import")
def _import(op: Operation, scope: HostScope) -> Step:
    origin, *_, size = scope.slots_of(op.operands)
    result = scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        source: Buffer | BufferView = frame[origin]
        wanted = int(frame[size])
        data = source.storage.data
        if data.size < wanted:
            raise ExecutionError(f"the input has {data.size} bytes, {wanted} are needed")
        frame[result] = Resource(wanted, Storage(data[:wanted]), owned=False)

    return step


@HOST.lowers("stream.tensor.export")
def _export(op: Operation, scope: HostScope) -> Step:
    origin, *dims, size = op.operands
    shape, element = encoded(op, scope, "source_encoding", tuple(dims))
    slot, length, result = scope.slot(origin), scope.slot(size), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        storage = source(frame[slot])
        data, _ = span(storage, 0, frame[length])
        view = Storage(data, root=storage.root)
        frame[RUN].note_copied(storage, view)
        frame[result] = BufferView(view, tuple(shape(frame)), element)

    return step


@HOST.lowers("stream.tensor.sizeof")
def _sizeof(op: Operation, scope: HostScope) -> Step:
    shape, element = encoded(op, scope, "encoding", tuple(op.operands))
    result = scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        frame[result] = np.int64(element.byte_length(int(np.prod(shape(frame), dtype=np.int64))))

    return step


# Resources


@HOST.lowers("stream.resource.size")
def _size(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda resource: np.int64(resource.size), op.operands, op.results[0])


@HOST.lowers("stream.resource.alloc", "stream.resource.alloca")
def _alloc(op: Operation, scope: HostScope) -> Step:
    parts = segments(op)
    size, results = scope.slot(op.operands[0]), scope.slots_of(op.results)
    awaited = scope.slot(parts[1][0]) if len(parts) > 1 and parts[1] else None

    def step(frame: Frame) -> None:
        storage = Storage.of_size(int(frame[size]), frame[RUN].meter)
        frame[results[0]] = Resource(storage.data.size, storage)
        if len(results) > 1:
            frame[results[1]] = frame[awaited] if awaited is not None else Timepoint.now(frame[RUN].pool)

    return step


@HOST.lowers("stream.resource.dealloca")
def _dealloca(op: Operation, scope: HostScope) -> Step:
    awaited = next((value for value in op.operands if isinstance(value.type, TimepointType)), None)
    slot, result = scope.slot(awaited) if awaited is not None else None, scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        frame[result] = frame[slot] if slot is not None else Timepoint.now(frame[RUN].pool)

    return step


@HOST.lowers("stream.resource.transients")
def _transients(op: Operation, scope: HostScope) -> Step:
    awaited = next((value for value in op.operands if isinstance(value.type, TimepointType)), None)
    slot = scope.slot(awaited) if awaited is not None else None
    origin, (result, done) = scope.slot(op.operands[0]), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        frame[result] = forward(frame[origin], is_last=False)
        frame[done] = frame[slot] if slot is not None else Timepoint.now(frame[RUN].pool)

    return step


@HOST.lowers("stream.resource.constants")
def _constants(op: Operation, scope: HostScope) -> Step:
    literals = [literal_bytes(value) for value in getattr(required(op, "values"), "data", ())]
    sizes = scope.slots_of(op.operands)
    *results, done = scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        parameters = frame[RUN].parameters
        for literal, size, slot in zip(literals, sizes, results, strict=True):
            data = literal(parameters, int(frame[size]))
            frame[slot] = Resource(data.size, Storage(data), owned=False)
        frame[done] = Timepoint.now(frame[RUN].pool)

    return step
