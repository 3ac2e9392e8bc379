"""Which tensor the bytes of a resource are: what dispatches bind it as, what it is imported from, exported as, or copied of.

A resource of stream IR has a size and no type; the kernels that read and write it know better.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from xdsl.dialects.builtin import TensorType
from xdsl.ir import Attribute, Block, BlockArgument, Operation, SSAValue

from iree_explorer.dialects.iree_tensor_ext import DispatchTensorType, TensorAccess
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.device.work import entry_point
from iree_explorer.execution.fields import field, integers, segments
from iree_explorer.execution.kernels.arith import constant_value
from iree_explorer.execution.kernels.literals import shape_of
from iree_explorer.execution.module.symbols import Symbols
from iree_explorer.execution.values.elements import DYNAMIC, Array, Bytes, Element, element_of, spell, unpack
from iree_explorer.execution.values.signature import reached

Number = Callable[[SSAValue], int | None]
"""What an integer of the host or of a region is, where it is known."""

_SAME_NUMBER = frozenset(
    {
        "arith.index_cast",
        "arith.index_castui",
        "iree_tensor_ext.dispatch.workload.ordinal",
        "util.assume.int",
        "util.optimization_barrier",
    }
)
_ENCODED = {
    "stream.tensor.import": "result_encoding",
    "stream.tensor.export": "source_encoding",
    "stream.async.constant": "value",
    "stream.tensor.constant": "value",
}
_SAME_BYTES = frozenset({"stream.async.clone", "stream.async.transfer", "stream.async.cast", "stream.async.barrier"})
_REGIONS = frozenset({"stream.async.execute", "stream.async.concurrent"})
_FORWARDS = frozenset({"stream.timepoint.await", "stream.timepoint.barrier", "util.optimization_barrier"})


@dataclass(frozen=True, slots=True)
class TensorView:
    """How to see bytes.

    Attributes:
        element: type of the elements.
        shape: `DYNAMIC` where a size is known at run time only; None: elements in a row, as many as there are.
        sizes: of the dynamic dimensions, in order; None for one that no value around the kernel tells.
    """

    element: Element
    shape: tuple[int, ...] | None
    sizes: tuple[SSAValue | None, ...] = ()

    def shape_for(self, length: int, number: Number) -> tuple[int, ...] | None:
        """The shape in `length` bytes; None where that is not to be told, or the bytes are too few."""
        if self.shape is None:
            return (length * 8 // self.element.storage_bits,)
        sizes = iter([None if value is None else number(value) for value in self.sizes])
        shape = [next(sizes, None) if size == DYNAMIC else size for size in self.shape]
        known = [size for size in shape if size is not None]
        if len(known) == len(shape) - 1:  # the one that is left follows from the number of bytes
            bits = self.element.storage_bits * math.prod(known)
            missing = length * 8 // bits if bits else 0
            shape = [missing if size is None else size for size in shape]
        found = tuple(size for size in shape if size is not None)
        fits = len(found) == len(shape) and self.element.byte_length(math.prod(found)) <= length
        return found if fits and min(found, default=0) >= 0 else None


def seen(data: Bytes, view: TensorView | None, number: Number) -> tuple[Array, str]:
    """Bytes as an array, and the name of its type; as bytes where there is no view that fits."""
    shape = None if view is None else view.shape_for(data.size, number)
    if view is None or shape is None:
        return data, f"{data.size}xi8"
    try:
        return unpack(data, shape, view.element), spell(shape, view.element)
    except (ExecutionError, ValueError):
        return data, f"{data.size}xi8"


@dataclass(frozen=True, slots=True)
class Binding:
    """A tensor that a kernel sees in an argument.

    Attributes:
        offset: its first byte, None where that is known at run time only.
        type: of the tensor.
        access: what the kernel may do.
        sizes: the kernel's values for the dynamic dimensions.
    """

    offset: int | None
    type: Attribute
    access: TensorAccess
    sizes: tuple[SSAValue, ...]


class TensorViews:
    """The views of all resources of a program, found when asked for."""

    def __init__(self, symbols: Symbols) -> None:
        self._symbols = symbols
        self._bindings: dict[tuple[str, ...], list[list[Binding]]] = {}
        self._found: dict[SSAValue, TensorView | None] = {}

    def of(self, value: SSAValue) -> TensorView | None:
        """The view of a resource: of the nearest op that makes, uses or passes it on and tells; None where none does."""
        if value not in self._found:
            told = (view for other in reached([value], _same) for view in self._told(other))
            best: TensorView | None = None
            for view in told:
                if view.shape is not None:
                    best = view
                    break
                best = best or view
            self._found[value] = best
        return self._found[value]

    def bindings(self, dispatch: Operation) -> list[list[Binding]]:
        """The tensors in each argument of the kernel that a dispatch calls; empty where there is no such kernel."""
        path = entry_point(dispatch)
        if path not in self._bindings:
            self._bindings[path] = self._kernel_bindings(path)
        return self._bindings[path]

    def _kernel_bindings(self, path: tuple[str, ...]) -> list[list[Binding]]:
        try:
            entry = self._symbols.kernel_function(path).regions[0].blocks.first
        except ExecutionError:
            return []
        return [] if entry is None else [_argument_bindings(argument) for argument in entry.args]

    def _told(self, value: SSAValue) -> Iterator[TensorView]:
        """What the op that makes a value, then those that use it, say of it."""
        owner = value.owner
        if isinstance(owner, Operation):
            yield from self._told_by(owner, value, is_result=True)
        for use in value.uses:
            yield from self._told_by(use.operation, value, is_result=False)

    def _told_by(self, op: Operation, value: SSAValue, *, is_result: bool) -> Iterator[TensorView]:
        if op.name == "stream.async.dispatch":
            yield from self._dispatched(op, value)
        elif op.name == "stream.async.splat" and is_result:
            yield TensorView(element_of(op.operands[-2].type), None)
        elif (name := _ENCODED.get(op.name)) is not None:
            encoding = field(op, name)
            type_ = getattr(encoding, "type", encoding)
            if isinstance(type_, TensorType) and (is_result or op.operands[0] is value):
                dims = op.operands[1:-1] if op.name in ("stream.tensor.import", "stream.tensor.export") else ()
                yield TensorView(element_of(type_), tuple(shape_of(type_)), tuple(dims))

    def _dispatched(self, op: Operation, value: SSAValue) -> Iterator[TensorView]:
        bindings = self.bindings(op)
        operands = segments(op)[1]
        for place, is_whole in _arguments(op, value):
            for binding in bindings[place : place + 1]:
                first = next((b for b in binding if b.offset == 0), None)
                if first is None:
                    continue
                shape = tuple(shape_of(first.type)) if is_whole else None
                sizes = tuple(_outside(size, operands) for size in first.sizes)
                yield TensorView(element_of(first.type), shape, sizes if is_whole else ())


def _argument_bindings(argument: BlockArgument) -> list[Binding]:
    found: list[Binding] = []
    for use in argument.uses:
        op = use.operation
        type_ = op.results[0].type if op.name == "stream.binding.subspan" else None
        if isinstance(type_, DispatchTensorType):
            offset = constant_number(op.operands[1])
            found.append(Binding(offset, type_.bound_type, type_.tensor_access, tuple(op.operands[2:])))
    return found


def _outside(size: SSAValue, operands: Sequence[SSAValue]) -> SSAValue | None:
    """The operand of a dispatch that a number in its kernel is."""
    while isinstance(size.owner, Operation) and size.owner.name in _SAME_NUMBER:
        size = size.owner.operands[size.owner.results.index(size) if len(size.owner.results) > 1 else 0]
    if isinstance(size, BlockArgument) and size.index < len(operands):
        return operands[size.index]
    return None


def constant_number(value: SSAValue) -> int | None:
    """The integer that an `arith.constant` gives."""
    owner = value.owner
    if not isinstance(owner, Operation) or owner.name != "arith.constant":
        return None
    number = constant_value(owner.properties["value"], value.type)
    return int(number) if np.ndim(number) == 0 else None


def result_arguments(op: Operation) -> list[int]:
    """Per result of a dispatch, the place of the kernel's argument that it is: its tied operand, or one behind them all."""
    operands = segments(op)[1]
    ties = integers(op, "tied_operands") or [-1] * len(op.results)
    untied = iter(range(len(operands), len(operands) + len(op.results)))
    return [tie if tie >= 0 else next(untied) for tie in ties]


def _arguments(op: Operation, value: SSAValue) -> Iterator[tuple[int, bool]]:
    """Places of the kernel's arguments that `value` is, and whether they are all of it and not only a range."""
    _, operands, sizes, offsets, ends, _, _ = segments(op)
    whole: dict[int, bool] = {}
    parts = iter(zip(sizes, offsets, ends, strict=True))
    for place, operand in enumerate(operands):
        if isinstance(operand.type, ResourceType):
            size, offset, end = next(parts)
            whole[place] = end is size and constant_number(offset) == 0
    for result, place in zip(op.results, result_arguments(op), strict=True):
        if result is value:
            yield place, whole.get(place, True)
    for place, operand in enumerate(operands):
        if operand is value and place in whole:
            yield place, whole[place]


# Other names of the same bytes


def _same(value: SSAValue) -> Iterator[SSAValue]:
    """Values that hold a tensor of the same shape in the same or in copied bytes."""
    if not isinstance(value.type, ResourceType):
        return
    owner = value.owner
    if isinstance(owner, Block):
        parent = owner.parent_op()
        if parent is not None and parent.name in _REGIONS and isinstance(value, BlockArgument):
            yield from segments(parent)[0][value.index : value.index + 1]
    else:
        yield from _sources(owner, owner.results.index(value))
    for use in value.uses:
        yield from _targets(use.operation, use.index)


def _sources(op: Operation, number: int) -> Iterator[SSAValue]:
    if op.name in _SAME_BYTES or (op.name in _FORWARDS and number < len(op.operands)):
        yield op.operands[number if op.name in _FORWARDS else 0]
    elif op.name in _REGIONS:
        last = op.regions[0].blocks[0].last_op
        if last is not None and number < len(last.operands):
            yield last.operands[number]
    elif (operand := tied_operand(op, number)) is not None:
        yield operand


def _targets(op: Operation, index: int) -> Iterator[SSAValue]:
    if op.name in _SAME_BYTES and index == 0:
        yield op.results[0]
    elif op.name in _FORWARDS and index < len(op.results):
        yield op.results[index]
    elif op.name in _REGIONS:
        captured = len(segments(op)[0])
        if index < captured:
            yield op.regions[0].blocks[0].args[index]
    elif op.name == "stream.yield":
        parent = op.parent_op()
        if parent is not None and index < len(parent.results):
            yield parent.results[index]
    else:
        operand = op.operands[index]
        yield from (result for n, result in enumerate(op.results) if tied_operand(op, n) is operand)


def tied_operand(op: Operation, number: int) -> SSAValue | None:
    """The operand whose bytes a result is written to, None where it has bytes of its own."""
    if op.name in ("stream.async.fill", "stream.async.update", "stream.async.copy", "stream.async.store"):
        return op.operands[0]
    if op.name != "stream.async.dispatch":
        return None
    ties = integers(op, "tied_operands")
    tie = ties[number] if number < len(ties) else -1
    return segments(op)[1][tie] if tie >= 0 else None
