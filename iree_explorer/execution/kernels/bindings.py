"""What a kernel sees of the outside: bindings to ranges of resources, and loads from and stores to them."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from xdsl.ir import Block, Operation, SSAValue

from iree_explorer.dialects.iree_tensor_ext import DispatchTensorType, TensorAccess
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Frame, Step, unchanged
from iree_explorer.execution.fields import integer, integers, segments
from iree_explorer.execution.kernels.literals import shape_of
from iree_explorer.execution.kernels.scope import SPACE, KernelScope
from iree_explorer.execution.kernels.slices import Slicer, mixed, take
from iree_explorer.execution.values.elements import DYNAMIC, Array, Bytes, Element, element_of, pack, spell, unpack

BINDINGS: Table[KernelScope] = Table()


@dataclass(slots=True)
class BoundTensor:
    """A tensor in the bytes of a binding.

    Attributes:
        data: its bytes, exactly.
        shape: in elements.
        element: of the tensor.
        is_shared: it is read and written, so what is loaded must be copied.
        array: a typed view of the bytes, None where elements are smaller than a byte.
    """

    data: Bytes
    shape: tuple[int, ...]
    element: Element
    is_shared: bool
    array: Array | None

    @classmethod
    def of(
        cls, binding: Bytes, offset: int, shape: tuple[int, ...], element: Element, *, is_shared: bool
    ) -> "BoundTensor":
        """The tensor at a byte offset of a binding.

        Raises:
            ExecutionError: the binding ends before the tensor does.
        """
        needed = element.byte_length(math.prod(shape))
        data = binding[offset : offset + needed]
        if offset < 0 or data.size < needed:
            raise ExecutionError(
                f"{spell(shape, element)} at byte {offset} takes {needed} bytes, but the binding has {binding.size}"
            )
        array = data.view(element.dtype).reshape(shape) if element.storage_bits >= 8 else None
        return cls(data, shape, element, is_shared, array)

    def load(self, index: tuple[Any, ...], *, is_copied: bool = False) -> Array:
        """A slice: a view of what is only read, else, or where asked for, a copy."""
        if self.array is None:
            return take(unpack(self.data, self.shape, self.element), index)
        part = take(self.array, index)
        return part.copy() if self.is_shared or is_copied else part

    def store(self, index: tuple[Any, ...], value: Array) -> None:
        """Writes a slice."""
        if self.array is not None:
            target = self.array[(*index, ...)]
            if target.shape != np.shape(value):
                raise ExecutionError(
                    f"a value of shape {list(np.shape(value))} does not fit the slice {list(target.shape)}"
                )
            target[...] = value
            return
        whole = unpack(self.data, self.shape, self.element)
        whole[index] = value
        self.data[...] = pack(whole, self.element)


@BINDINGS.lowers("stream.binding.subspan")
def _subspan(op: Operation, scope: Scope) -> Step:
    type_ = op.results[0].type
    if not isinstance(type_, DispatchTensorType):
        raise ExecutionError(f"a binding as {type_} is not supported by the numpy backend")
    element, is_shared = element_of(type_.bound_type), type_.tensor_access is TensorAccess.READ_WRITE
    binding, offset, *sizes = op.operands
    shape = mixed(scope, shape_of(type_.bound_type), sizes)
    data, start, target = scope.slot(binding), scope.slot(offset), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        frame[target] = BoundTensor.of(
            frame[data], int(frame[start]), tuple(shape(frame)), element, is_shared=is_shared
        )

    return step


@BINDINGS.lowers("iree_tensor_ext.dispatch.tensor.load")
def _load(op: Operation, scope: Scope) -> Step:
    source, _, *dynamic = segments(op)
    slicer = Slicer(op, scope, dynamic, op.results[0].type)
    origin, target = scope.slot(source[0]), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        bound: BoundTensor = frame[origin]
        is_copied = frame[SPACE] is not None and frame[SPACE].is_aliased
        frame[target] = bound.load(slicer.index(frame, bound.shape), is_copied=is_copied)

    return step


@BINDINGS.lowers("iree_tensor_ext.dispatch.tensor.store")
def _store(op: Operation, scope: KernelScope) -> Step:
    value, target, _, *dynamic = segments(op)
    slicer = Slicer(op, scope, dynamic, value[0].type)
    origin, into = scope.slot(value[0]), scope.slot(target[0])
    placed = scope.placed.get(value[0])

    def step(frame: Frame) -> None:
        if placed is not None and frame[placed]:
            return
        bound: BoundTensor = frame[into]
        bound.store(slicer.index(frame, bound.shape), frame[origin])

    return step


def filled_bindings(function: Operation) -> dict[int, int]:
    """Arguments of a kernel that it surely writes whole, and how many bytes that is."""
    blocks = list(function.regions[0].blocks)
    if len(blocks) != 1:
        return {}
    found: dict[int, int] = {}
    for argument in blocks[0].args:
        for use in argument.uses:
            length = _filled_length(use.operation, blocks[0])
            if length is not None:
                found[argument.index] = max(length, found.get(argument.index, 0))
    return found


def _filled_length(subspan: Operation, block: Block) -> int | None:
    """Bytes from the first one that stores through a subspan surely write, None for none."""
    type_ = subspan.results[0].type if subspan.results else None
    if not isinstance(type_, DispatchTensorType) or not _is_zero(subspan.operands[1]):
        return None
    shape, element = shape_of(type_.bound_type), element_of(type_.bound_type)
    whole = {"static_offsets": [0] * len(shape), "static_sizes": list(shape), "static_strides": [1] * len(shape)}
    for use in subspan.results[0].uses:
        op = use.operation
        is_store = op.name == "iree_tensor_ext.dispatch.tensor.store" and op.parent is block
        if is_store and DYNAMIC not in shape and all(integers(op, name) == want for name, want in whole.items()):
            return element.byte_length(math.prod(shape))
    return None


def _is_zero(value: SSAValue) -> bool:
    owner = value.owner
    return isinstance(owner, Operation) and owner.name == "arith.constant" and integer(owner, "value") == 0


def _first(value: Any, *_: Any) -> Any:
    return value


@BINDINGS.computes(
    "iree_tensor_ext.dispatch.workload.ordinal",
    "iree_tensor_ext.compute_barrier.start",
    "iree_tensor_ext.compute_barrier.end",
    "iree_encoding.set_encoding",
    "iree_encoding.unset_encoding",
)
def _identity(_: Operation) -> Any:
    # Differs: an encoded tensor stays in plain row-major order. Only kernels see inside one, and all of them agree.
    return _first


@BINDINGS.lowers("util.assume.int", "util.optimization_barrier")
def _forward(op: Operation, scope: Scope) -> Step:
    return scope.apply_many(unchanged, op.operands, op.results)
