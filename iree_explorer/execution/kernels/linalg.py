"""The linalg dialect: structured ops by their bodies, the rest by hand."""

from typing import Any

import numpy as np
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.linalg.structured import LinalgOp
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Binary, Step, Variadic
from iree_explorer.execution.fields import integer, integers, required, segments
from iree_explorer.execution.kernels.arith import constant_value
from iree_explorer.execution.kernels.literals import shape_of
from iree_explorer.execution.kernels.packing import pack, unpack
from iree_explorer.execution.kernels.plans import Shape
from iree_explorer.execution.kernels.scope import KernelScope
from iree_explorer.execution.kernels.space import Access
from iree_explorer.execution.kernels.structured import structured
from iree_explorer.execution.values.elements import DYNAMIC, Array

LINALG: Table[KernelScope] = Table()


@LINALG.recognises
def _structured_op(op: Operation) -> Any:
    """Every structured op says its maps and holds its body, also where its text hides it."""
    return _structured if isinstance(op, LinalgOp) else None


def _structured(op: Operation, scope: KernelScope) -> Step | None:
    if not isinstance(op, LinalgOp):
        raise ExecutionError("not a structured op")
    inputs, outputs = op.input_operands(), op.output_operands()
    accesses = tuple(Access(map_) for map_ in op.maps())
    shape = Shape(accesses[: len(inputs)], accesses[len(inputs) :])
    return structured(scope, op, shape, op.body_region(), (*inputs, *outputs))


@LINALG.lowers("linalg.index")
def _index(op: Operation, scope: Scope) -> None:
    """Read from the slot that the structured op around it fills."""


def _as_array(value: Any, like: Array) -> Array:
    return np.broadcast_to(np.asarray(value), like.shape)


@LINALG.lowers("linalg.fill")
def _fill(op: Operation, scope: KernelScope) -> Step | None:
    if len(op.operands) != 2:
        raise ExecutionError("a fill takes a value and a tensor")
    value, shape = constant_operand(op.operands[0]), shape_of(op.results[0].type)
    if value is None or DYNAMIC in shape:
        return scope.apply(_as_array, op.operands, op.results[0])
    scope.constant(op.results[0], np.broadcast_to(np.asarray(value), shape))
    return None


def constant_operand(value: SSAValue) -> Any:
    """The number that an operand is, where that is known now; else None."""
    owner = value.owner
    if not isinstance(owner, Operation) or owner.name != "arith.constant":
        return None
    return constant_value(required(owner, "value"), value.type)


@LINALG.computes("linalg.copy")
def _copy(_: Operation) -> Binary:
    return lambda source, target: np.broadcast_to(source, target.shape)


@LINALG.computes("linalg.transpose")
def _transpose(op: Operation) -> Binary:
    permutation = integers(op, "permutation")
    return lambda source, _: source.transpose(permutation)


@LINALG.computes("linalg.broadcast")
def _broadcast(op: Operation) -> Binary:
    added = tuple(integers(op, "dimensions"))
    return lambda source, target: np.broadcast_to(np.expand_dims(source, added), target.shape)


@LINALG.computes("linalg.softmax")
def _softmax(op: Operation) -> Binary:
    axis = integer(op, "dimension")
    return lambda source, _: softmax(source, axis)


def softmax(source: Array, axis: int) -> Array:
    """exp(x - max) / sum, along an axis; f16 and narrower through f32."""
    wide = source if source.dtype.itemsize >= 4 else source.astype(np.float32)
    powers = np.exp(wide - wide.max(axis=axis, keepdims=True))
    return (powers / powers.sum(axis=axis, keepdims=True)).astype(source.dtype)


@LINALG.lowers("linalg.pack")
def _pack(op: Operation, scope: Scope) -> Step:
    source, target, padding, _ = segments(op)
    where, order = integers(op, "inner_dims_pos"), integers(op, "outer_dims_perm")

    def compute(array: Array, into: Array, *rest: Any) -> Array:
        value = rest[0] if padding else None
        return pack(array, into.shape, where, order, value)

    return scope.apply(compute, (*source, *target, *padding), op.results[0])


@LINALG.computes("linalg.unpack")
def _unpack(op: Operation) -> Variadic:
    where, order = integers(op, "inner_dims_pos"), integers(op, "outer_dims_perm")
    return lambda *values: unpack(values[0], values[1].shape, where, order)
