"""What compiled IR is: steps over frames. A frame has a slot for every SSA value; a step reads and writes slots.

A step holds no state of a run: two threads may run the same code at once, each on a frame of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from xdsl.ir import Operation, SSAValue

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.faults import FAULTS, Locate, OpError, fault_of
from iree_explorer.execution.interrupts import CancelledRunError

Frame: TypeAlias = list[Any]
Step: TypeAlias = Callable[[Frame], None]
Exit: TypeAlias = Callable[[Frame], int]
"""Leaves a block: fills the next block's arguments and returns its number, or `RETURN` with the results in slot 0."""

Function: TypeAlias = Callable[..., Any]
Unary: TypeAlias = Callable[[Any], Any]
Binary: TypeAlias = Callable[[Any, Any], Any]


class Variadic(Protocol):
    """A function of any number of values."""

    def __call__(self, *values: Any) -> Any:
        """Computes one value."""
        ...


RETURN = -1
RUN = 1
"""The slot of the `Run` that the code runs in; None for a kernel that is called alone."""


@dataclass(slots=True)
class Steps:
    """Steps in order, with the op of each for errors."""

    steps: tuple[Step, ...]
    ops: tuple[Operation, ...]
    locate: Locate

    def run(self, frame: Frame) -> None:
        """Runs all steps.

        Every turn of every loop comes through here: so a run that was stopped ends in the middle of any.

        Raises:
            ExecutionError: of the step itself, or made of a Python error in it, naming the op.
            CancelledRunError: the run was stopped.
        """
        run = frame[RUN]
        if run is not None and run.is_stopped:
            raise CancelledRunError
        index = 0
        try:
            for index, step in enumerate(self.steps):  # noqa: B007 (read by the handler)
                step(frame)
        except FAULTS as fault:
            raise fault_of(self.ops[index], fault, self.locate) from fault
        except OpError:
            raise
        except ExecutionError as error:
            raise OpError(self.ops[index], str(error), self.locate) from error


@dataclass(slots=True)
class Body:
    """A region of one block, run in the frame of the code around it.

    Attributes:
        arguments: slots of the block's arguments.
        steps: its ops but the terminator.
        yields: slots of the terminator's operands.
    """

    arguments: tuple[int, ...]
    steps: Steps
    yields: tuple[int, ...]

    def __call__(self, frame: Frame, values: Iterable[Any]) -> list[Any]:
        """Runs with `values` as arguments; what it yields."""
        fill(frame, self.arguments, values)
        self.steps.run(frame)
        return [frame[slot] for slot in self.yields]


@dataclass(slots=True)
class Layout:
    """How the frames of one function or region are laid out.

    Attributes:
        slots: by value; two at the front are no value's: 0 for the results of a return, `RUN`.
        constants: slots, and what is in them from the start.
        size: slots, those of no value included.
    """

    slots: Mapping[SSAValue, int]
    constants: tuple[tuple[int, Any], ...]
    size: int

    def frame(self) -> Frame:
        """A new frame with the constants in place."""
        frame: Frame = [None] * self.size
        for slot, value in self.constants:
            frame[slot] = value
        return frame


@dataclass(slots=True)
class Code:
    """A compiled control-flow graph.

    Attributes:
        arguments: slots of the entry block's arguments.
        blocks: steps, each with their exit; the entry first.
        layout: of its frames.
    """

    arguments: tuple[int, ...]
    blocks: tuple[tuple[Steps, Exit], ...]
    layout: Layout

    def frame(self) -> Frame:
        """A new frame with the constants in place."""
        return self.layout.frame()

    def __call__(self, values: Sequence[Any], frame: Frame | None = None) -> list[Any]:
        """Runs from the entry block on `values`; what the function returns."""
        frame = self.frame() if frame is None else frame
        fill(frame, self.arguments, values)
        number = 0
        while number != RETURN:
            steps, leave = self.blocks[number]
            steps.run(frame)
            number = leave(frame)
        return frame[0]


def bind(function: Callable[..., Any], sources: Sequence[int], target: int) -> Step:
    """The step `frame[target] = function(*frame[sources])`, fast for up to three operands."""
    match tuple(sources):
        case ():

            def step(frame: Frame) -> None:
                frame[target] = function()
        case (a,):

            def step(frame: Frame) -> None:
                frame[target] = function(frame[a])
        case (a, b):

            def step(frame: Frame) -> None:
                frame[target] = function(frame[a], frame[b])
        case (a, b, c):

            def step(frame: Frame) -> None:
                frame[target] = function(frame[a], frame[b], frame[c])
        case slots:

            def step(frame: Frame) -> None:
                frame[target] = function(*[frame[slot] for slot in slots])

    return step


def fill(frame: Frame, targets: Sequence[int], values: Iterable[Any]) -> None:
    """Puts values in their slots."""
    for slot, value in zip(targets, values, strict=True):
        frame[slot] = value


def unchanged(*values: Any) -> tuple[Any, ...]:
    """The values as they are."""
    return values
