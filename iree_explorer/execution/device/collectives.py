"""Exchanges between the participants of a channel, of which this backend is the only one."""

from typing import Any

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.stream.async_access_ops import AsyncCollectiveOp
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.steps import Frame
from iree_explorer.execution.device.transfers import copy_work
from iree_explorer.execution.device.work import Prepare, Target, Work, device, source, span
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.values.elements import element_named
from iree_explorer.execution.values.resources import Resource

_ALONE = frozenset({"all_gather", "all_reduce", "all_to_all", "broadcast", "reduce", "reduce_scatter"})
"""What a participant can do alone: it gets what it gave."""


@device("collective")
def _collective(op: Operation, scope: HostScope) -> Prepare:
    assert isinstance(op, AsyncCollectiveOp)
    kind, size = op.op.kind.data, element_named(op.op.element_type.data).byte_length(1)
    values: list[SSAValue] = [op.target_offset, op.target_end, op.source, op.source_offset, op.source_end]
    start, end, origin, first, last = scope.slots_of(values)
    count, participant = scope.slot(op.element_count), scope.slot(op.param) if op.param is not None else None
    target, result = Target(op, op.target, scope), scope.slot(op.result)

    def prepare(frame: Frame) -> Work:
        other: Any = 0 if participant is None else frame[participant]
        if kind not in _ALONE or int(other) != 0:
            raise ExecutionError(f"'{kind}' with participant {int(other)}: this backend is the only one, number 0")
        storage = target.storage(frame)
        length = int(frame[count]) * size
        data, read = span(source(frame[origin]), frame[first], int(frame[first]) + length)
        into, written = span(storage, frame[start], int(frame[start]) + length)
        if read.end > int(frame[last]) or written.end > int(frame[end]):
            raise ExecutionError(f"{length} bytes are exchanged, the ranges have fewer")
        frame[result] = Resource(storage.data.size, storage)
        return copy_work(into, written, data.copy() if read.storage is storage else data, read)

    return prepare


@device("call")
def _call(op: Operation, _: HostScope) -> Prepare:
    """A function that runs on the device, and is declared only: `stream.async.func` has no body."""

    def prepare(_: Frame) -> Work:
        raise ExecutionError(f"{op.properties['callee']} is defined outside of the module, for the device")

    return prepare
