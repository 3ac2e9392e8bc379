"""What is known while a kernel is compiled: besides slots, where results go and which buffers a body's values may share."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from typing_extensions import override
from xdsl.ir import Operation, SSAValue

from iree_explorer.execution.code.scope import Scope
from iree_explorer.execution.code.steps import Binary, Frame, Function, Step, Unary, Variadic
from iree_explorer.execution.kernels.elementwise import takes_out

SPACE = 2
"""The slot of a kernel's workspace, None where what it computes must outlive the call."""
GRID = 3
"""The slot of the running workgroup's place in the grid and of the grid's sizes; None where there is but one."""


@dataclass
class KernelScope(Scope):
    """The scope of a kernel; slots `SPACE` and `GRID` are taken.

    Attributes:
        buffers: of values of the body that is being compiled, the slots of arrays that they may be computed into.
        claimed: those of them that a step does compute into.
        placed: of values that may be computed right where they are stored, the slots that say whether they were.
        callers: functions around this one, called by the kernel or one of these.
    """

    size: int = 4
    buffers: dict[SSAValue, int] = field(default_factory=dict[SSAValue, int])
    claimed: set[int] = field(default_factory=set[int])
    placed: dict[SSAValue, int] = field(default_factory=dict[SSAValue, int])
    callers: frozenset[Operation] = frozenset()

    def function_of(self, op: Operation) -> Function | None:
        """The function of operand values that an op calls, None where the table knows it by more than that."""
        maker = self.table.makers.get(op.name)
        return maker(op) if maker is not None and len(op.results) == 1 else None

    @override
    def apply(self, function: Unary | Binary | Variadic, operands: Iterable[SSAValue], result: SSAValue) -> Step:
        buffer = self.buffers.get(result)
        if buffer is None or not takes_out(function):
            return super().apply(function, operands, result)
        self.claimed.add(buffer)
        return _bind_into(function, self.slots_of(operands), self.slot(result), buffer)


def _bind_into(function: Function, sources: tuple[int, ...], target: int, buffer: int) -> Step:
    """The step `frame[target] = function(*frame[sources], out=frame[buffer])`."""
    match sources:
        case (a,):

            def step(frame: Frame) -> None:
                frame[target] = function(frame[a], out=frame[buffer])
        case (a, b):

            def step(frame: Frame) -> None:
                frame[target] = function(frame[a], frame[b], out=frame[buffer])
        case _:

            def step(frame: Frame) -> None:
                frame[target] = function(*[frame[slot] for slot in sources], out=frame[buffer])

    return step
