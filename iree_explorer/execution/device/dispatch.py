"""Dispatches: kernels called on ranges of resources."""

from collections.abc import Callable, Sequence
from typing import Any

from xdsl.ir import Operation

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.steps import RUN, Frame
from iree_explorer.execution.device.work import Prepare, Range, Target, Work, device, entry_point, new, source, span
from iree_explorer.execution.fields import integers, segments
from iree_explorer.execution.kernels.grid import Sizes
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.values.resources import Resource, Storage


class _Argument:
    """An operand of a dispatch: a scalar, or a range of a resource."""

    def __init__(self, slot: int, bounds: Sequence[int] | None, *, is_tied: bool) -> None:
        self.slot = slot
        self.bounds = bounds
        self.is_tied = is_tied


@device("dispatch")
def _dispatch(op: Operation, scope: HostScope) -> Prepare:
    arguments, targets, results, sizes, ties = _dispatch_parts(op, scope)
    path = entry_point(op)
    kernel = scope.symbols.kernel(path)
    grid = _grid(op, scope, path) if kernel.is_tiled else _one_workgroup

    def prepare(frame: Frame) -> Work:
        reads: list[Range] = []
        writes: list[Range] = []
        values: list[Any] = []
        shared = {target.slot: target.storage(frame) for target in targets}
        storages = [_bind(frame, argument, shared, values, reads, writes) for argument in arguments]
        for place, (slot, size, tied) in enumerate(zip(results, sizes, ties, strict=True)):
            storage = _result(frame, slot, frame[size], kernel.fills.get(len(values))) if tied < 0 else storages[tied]
            if storage is None:
                raise ExecutionError(f"result {place} is tied to operand {tied}, which is no resource")
            if tied < 0:
                values.append(storage.data)
                writes.append(Range(storage, 0, storage.data.size))
            else:
                frame[slot] = Resource(storage.data.size, storage)
        run, counts = frame[RUN], grid(frame)
        is_aliased = bool(shared) and _is_aliased(reads, writes)
        return Work(lambda: kernel(values, run, is_aliased=is_aliased, grid=counts), tuple(reads), tuple(writes))

    return prepare


def _one_workgroup(_: Frame) -> Sizes:
    return 1, 1, 1


def _grid(op: Operation, scope: HostScope, path: tuple[str, ...]) -> Callable[[Frame], Sizes]:
    """The sizes of the grid, of the dispatch's workload."""
    sizes, workload = scope.symbols.grid(path), scope.slots_of(segments(op)[0])
    return lambda frame: sizes([frame[slot] for slot in workload])


def _result(frame: Frame, slot: int, size: Any, filled: int | None) -> Storage:
    """A new resource; cleared where the kernel does not surely write all of it."""
    return new(frame, slot, size, is_cleared=filled != size)


def _is_aliased(reads: Sequence[Range], writes: Sequence[Range]) -> bool:
    """Whether bytes that are written are also read, or written, through another operand."""
    ranges = [*writes, *reads]
    return any(
        first.storage is second.storage and first.start < second.end and second.start < first.end
        for place, first in enumerate(writes)
        for second in ranges[place + 1 :]
    )


def _bind(
    frame: Frame,
    argument: _Argument,
    shared: dict[int, Storage],
    values: list[Any],
    reads: list[Range],
    writes: list[Range],
) -> Storage | None:
    """Appends what the kernel is given for an operand; the storage it lies in: of a tied operand the one `shared`."""
    value = frame[argument.slot]
    if argument.bounds is None:
        values.append(value)
        return None
    storage = shared[argument.slot] if argument.is_tied else source(value)
    data, touched = span(storage, *(frame[slot] for slot in argument.bounds))
    (writes if argument.is_tied else reads).append(touched)
    values.append(data)
    return storage


def _dispatch_parts(
    op: Operation, scope: HostScope
) -> tuple[list[_Argument], list[Target], tuple[int, ...], tuple[int, ...], list[int]]:
    """The operands with their ranges; targets, one a tied value; slots of results and of their sizes; the operand that each
    result is tied to, -1 for none.
    """
    _, operands, _, offsets, ends, _, result_sizes = segments(op)
    ties = integers(op, "tied_operands") or [-1] * len(op.results)
    # A value that is passed twice ties as a whole: the text `-> %5{%size}` cannot say to which of its operands.
    tied = dict.fromkeys(operands[place] for place in ties if place >= 0)
    bounds = iter(zip(scope.slots_of(offsets), scope.slots_of(ends), strict=True))
    arguments = [
        _Argument(
            scope.slot(operand),
            next(bounds) if isinstance(operand.type, ResourceType) else None,
            is_tied=operand in tied,
        )
        for operand in operands
    ]
    # Results tied to one value share its storage: each sees what the op wrote for the others.
    targets = [Target(op, value, scope, operands.count(value)) for value in tied]
    return arguments, targets, scope.slots_of(op.results), scope.slots_of(result_sizes), ties
