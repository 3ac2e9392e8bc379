"""Ops with bodies of their own kind: reductions rescaled by a running maximum, and computations of whole tiles."""

import numpy as np
from xdsl.ir import Operation, SSAValue

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Table
from iree_explorer.execution.code.steps import Frame, Step, fill
from iree_explorer.execution.fields import integers, maps, segments
from iree_explorer.execution.kernels.plans import Shape
from iree_explorer.execution.kernels.scope import KernelScope
from iree_explorer.execution.kernels.space import Access, Space
from iree_explorer.execution.kernels.structured import structured
from iree_explorer.execution.values.elements import Array

BODIES: Table[KernelScope] = Table()


@BODIES.lowers("iree_linalg_ext.exp_reduction")
def _exp_reduction(op: Operation, scope: KernelScope) -> Step:
    """The body's fold over 2^(x - m), m the maximum of the first input x; what was there before is rescaled to m.

    The compiler's code moves m along as it goes. With the last m from the start the sums are the same ones.
    IREE: LinalgExtOps.td, ExpReductionOp.
    """
    inputs, outputs = segments(op)
    accesses = tuple(Access(map_) for map_ in maps(op))
    shape = Shape(accesses[: len(inputs)], accesses[len(inputs) :])
    rescaled = integers(op, "exp_reduced_operands")
    if sorted(rescaled) != list(range(1, len(outputs))):
        raise ExecutionError("an output that is not rescaled by the maximum is not supported")
    if not shape.outputs[0].dims <= shape.inputs[0].dims:
        raise ExecutionError("a maximum over dimensions that its input does not have")
    sources = scope.slots_of((*inputs, *outputs))
    fold, slots = _with_other_values(op, scope, shape, [inputs[0], *outputs])
    space = Space(accesses, len(outputs))

    def step(frame: Frame) -> None:
        arrays = [np.asarray(frame[slot]) for slot in sources]
        sizes = space.sizes(arrays)
        olds = arrays[len(inputs) :]
        x, top = shape.inputs[0].view(arrays[0], sizes), shape.outputs[0].view(olds[0], sizes)
        others = tuple(dim for dim in range(len(sizes)) if dim not in shape.outputs[0].dims)
        new = np.maximum(x.max(axis=others, keepdims=True), top)
        news = [_arranged(np.exp2(x - new), shape.inputs[0]), _arranged(new, shape.outputs[0])]
        shrink = np.exp2(top - new)
        for access, old in zip(shape.outputs[1:], olds[1:], strict=True):
            news.append(_arranged((access.view(old, sizes) * shrink).astype(old.dtype), access))
        fill(frame, slots, news)
        fold(frame)

    return step


def _with_other_values(
    op: Operation, scope: KernelScope, shape: Shape, values: list[SSAValue]
) -> tuple[Step, tuple[int, ...]]:
    """The structured op on other contents of some operands, and the slots where it looks for these."""
    own = {value: scope.slot(value) for value in values}
    for value in values:
        scope.slots[value] = scope.new_slot()
    slots = scope.slots_of(values)
    operands = [value for part in segments(op) for value in part]
    fold = structured(scope, op, shape, op.regions[0], operands)
    scope.slots.update(own)
    assert fold is not None
    return fold, slots


def _arranged(value: Array, access: Access) -> Array:
    """An array over all loop dims, size 1 along those that the access does not use, as its operand lies."""
    return access.arrange(value.reshape([value.shape[dim] for dim in sorted(access.dims)]))


@BODIES.lowers("iree_linalg_ext.custom_op")
def _custom_op(op: Operation, scope: KernelScope) -> Step:
    """One tile that is everything: the body works on tiles of any size, and this one starts at 0."""
    for inner in op.walk():
        if inner.name == "iree_linalg_ext.index":
            scope.constant(inner.results[0], np.int64(0))
    body = scope.body(op.regions[0])
    sources, targets = scope.slots_of(op.operands), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        fill(frame, targets, body(frame, [frame[slot] for slot in sources]))

    return step
