"""Host ops of channels, over which participants exchange; this backend is the only participant of its own."""

from dataclasses import dataclass

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.steps import Frame, Step
from iree_explorer.execution.fields import segments
from iree_explorer.execution.host.table import HOST
from iree_explorer.execution.module.scope import HostScope


@dataclass(frozen=True, slots=True)
class Channel:
    """The value of a `!stream.channel`.

    Attributes:
        rank: the place of this participant.
        count: of participants.
    """

    rank: int = 0
    count: int = 1


@HOST.lowers("stream.channel.create")
def _create(op: Operation, scope: HostScope) -> Step:
    _, ranks, counts = segments(op)
    given = scope.slots_of((*ranks, *counts))
    target = scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        numbers = [int(frame[slot]) for slot in given]
        rank = numbers.pop(0) if ranks else 0
        count = numbers.pop(0) if counts else 1
        if (rank, count) != (0, 1):
            raise ExecutionError(f"participant {rank} of {count}: this backend is the only participant of its channels")
        frame[target] = Channel()

    return step


@HOST.lowers("stream.channel.split")
def _split(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda channel: channel, op.operands[:1], op.results[0])


@HOST.lowers("stream.channel.rank")
def _rank(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda channel: np.int64(channel.rank), op.operands, op.results[0])


@HOST.lowers("stream.channel.count")
def _count(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda channel: np.int64(channel.count), op.operands, op.results[0])
