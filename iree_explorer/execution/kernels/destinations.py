"""Results computed right where they are stored, with no array of their own.

`tensor.store` copies a value into a binding. Where nothing else looks at the bytes in between, the op that makes the value may
write there at once; and where an element-wise op in between is all that uses a value, both may.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from xdsl.ir import Block, Operation, SSAValue

from iree_explorer.execution.code.steps import Frame
from iree_explorer.execution.fields import segments
from iree_explorer.execution.kernels.bindings import BoundTensor
from iree_explorer.execution.kernels.scope import SPACE, KernelScope
from iree_explorer.execution.kernels.slices import Slicer
from iree_explorer.execution.kernels.workspace import Workspace
from iree_explorer.execution.values.elements import Array

STORE = "iree_tensor_ext.dispatch.tensor.store"
LOAD = "iree_tensor_ext.dispatch.tensor.load"

Forwards: TypeAlias = Callable[[Operation, SSAValue], SSAValue | None]
"""The result of an op that may be computed in place of one of its operands, None where there is none."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a value is stored.

    Attributes:
        bound: slot of the tensor.
        slicer: the part of it.
        placed: slot that tells the store whether the value is there already; None where a later op sees to that.
    """

    bound: int
    slicer: Slicer
    placed: int | None

    def array(self, frame: Frame) -> Array | None:
        """The array to compute into, None where this call must not write before it stores."""
        tensor: BoundTensor = frame[self.bound]
        space: Workspace | None = frame[SPACE]
        found: Array | None = None
        if tensor.array is not None and space is not None and not space.is_aliased:
            found = tensor.array[(*self.slicer.index(frame, tensor.shape), ...)]
        if self.placed is not None:
            frame[self.placed] = found is not None
        return found


def destination(scope: KernelScope, value: SSAValue, maker: Operation, forwards: Forwards) -> Destination | None:
    """Where `maker` may write its result `value`; None where it must make a new array."""
    uses = list(value.uses)
    if len(uses) != 1:
        return None
    user = uses[0].operation
    if user.parent is not maker.parent:
        return None
    if user.name == STORE:
        return _of_store(scope, user, value, maker)
    result = forwards(user, value)
    if result is None:
        return None
    found = destination(scope, result, maker, forwards)
    return None if found is None else Destination(found.bound, found.slicer, None)


def _of_store(scope: KernelScope, store: Operation, value: SSAValue, maker: Operation) -> Destination | None:
    stored, (target,), _, *dynamic = segments(store)
    block = maker.parent
    if stored[0] is not value or block is None or not _is_alone(target, store, maker, block):
        return None
    used = [target, *(operand for part in dynamic for operand in part)]
    if not all(_is_before(operand, maker, block) for operand in used):
        return None
    placed = scope.placed.setdefault(value, scope.new_slot())
    return Destination(scope.slot(target), Slicer(store, scope, dynamic, value.type), placed)


def _is_alone(target: SSAValue, store: Operation, maker: Operation, block: Block) -> bool:
    """Whether nothing but the store looks at the binding from `maker` on."""
    subspan = target.owner
    if not isinstance(subspan, Operation) or subspan.name != "stream.binding.subspan":
        return False
    if len(list(subspan.operands[0].uses)) != 1:
        return False
    for use in target.uses:
        op = use.operation
        is_earlier_load = (
            op.name == LOAD and op.parent is block and maker.is_before_in_block(op) is False and op is not maker
        )
        if op is not store and not is_earlier_load:
            return False
    return True


def _is_before(value: SSAValue, op: Operation, block: Block) -> bool:
    """Whether a value is there when `op` of a block runs."""
    owner = value.owner
    if not isinstance(owner, Operation) or owner.parent is not block:
        return True
    return owner.is_before_in_block(op)
