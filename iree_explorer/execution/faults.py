"""What went wrong at an op: its place, its results and its name in the words of the text."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from xdsl.ir import Operation

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.errors import ExecutionError, Location
from iree_explorer.execution.fields import describe
from iree_explorer.syntax.printing.names import Names

Locate: TypeAlias = Callable[[Operation], Location | None]
"""Where an op stands in its source; None: not known."""

_SHOWN = 6
"""So many values an error names at most."""

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What numpy and Python raise where a program asks for what cannot be; told as an error of the op."""


def no_location(_: Operation) -> None:
    """The `Locate` of IR whose source is not known."""


class OpError(ExecutionError):
    """An error whose message says which op failed.

    Attributes:
        op: that.
        reason: what went wrong, without the op.
    """

    def __init__(self, op: Operation, reason: str, locate: Locate = no_location, label: str = "") -> None:
        """Of `op`, called `label` where not by its name; `locate` says where it stands."""
        super().__init__(told(op, reason, label), locate(op))
        self.op = op
        self.reason = reason


def fault_of(op: Operation, fault: Exception, locate: Locate = no_location) -> OpError:
    """A Python error of a step as an error that names the op and its place."""
    reason = "calls inside of calls go too deep" if isinstance(fault, RecursionError) else str(fault)
    return OpError(op, reason or type(fault).__name__, locate)


@contextmanager
def compiling(op: Operation, locate: Locate = no_location) -> Generator[None]:
    """Whatever is wrong meanwhile is an error that names `op`, if it names none itself.

    Raises:
        OpError: that.
    """
    try:
        yield
    except FAULTS as fault:
        raise fault_of(op, fault, locate) from fault
    except OpError:
        raise
    except ExecutionError as error:
        raise OpError(op, str(error), locate) from error


def inside(error: ExecutionError) -> str:
    """An error as part of another, of the op that it happened in: its place, where it has one, and its message."""
    return error.message if error.location is None else f"{error.location}: {error.message}"


def told(op: Operation, reason: str, label: str = "") -> str:
    """What went wrong with the op's results and name before it, and what it takes behind it.

    Values are named as the text names them. Of an op that takes resources these are told, of others all operands.
    """
    names = names_around(op)
    taken = [value for value in op.operands if isinstance(value.type, ResourceType)] or op.operands
    listed = list(dict.fromkeys(names.get(id(value), "?") for value in taken))
    shown = ", ".join([*listed[:_SHOWN], "…"] if len(listed) > _SHOWN else listed)
    return f"{named(op, names, label=label)}: {reason}{f' (of {shown})' if shown else ''}"


def named(op: Operation, names: Mapping[int, str], locate: Locate = no_location, label: str = "") -> str:
    """An op by its place, its results and its name, or by what is said instead of that: `p.mlir:3:5: %2 = slice`."""
    location = locate(op)
    results = ", ".join(names.get(id(result), "?") for result in op.results)
    return f"{f'{location}: ' if location else ''}{f'{results} = ' if results else ''}{label or describe(op)}"


def names_around(op: Operation) -> Mapping[int, str]:
    """The names of all values of the module that an op is in, by the `id` of the value."""
    while (parent := op.parent_op()) is not None:
        op = parent
    return Names.of(op).values
