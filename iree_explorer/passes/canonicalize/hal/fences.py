"""Rules of fences, and of barriers between them on a device's queue. # IREE: HALOpFolders.cpp."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.dialects.builtin import IntegerAttr, i32
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.hal.fence_ops import FenceAwaitOp, FenceCreateOp, FenceJoinOp, FenceSignalOp
from iree_explorer.dialects.hal.queue_ops import DeviceQueueBarrierOp, DeviceQueueOp
from iree_explorer.dialects.util.value_ops import NullOp
from iree_explorer.ir.storage import users_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.stream.common import ELIDE_UNUSED_OP, try_move_before

# --- hal.fence.* ---


def _fold_join(op: FenceJoinOp) -> Folded | None:
    """A join of one fence is that one."""
    return (op.fences[0],) if len(op.fences) == 1 else None


@pattern("ElideEmptyFenceJoin")
def _elide_empty_fence_join(op: FenceJoinOp, rewriter: Rewriter) -> bool:
    """No fences are signalled from the start."""
    if op.operands:
        return False
    rewriter.replace_op_with(op, NullOp.create(result_types=[op.result.type]))
    return True


@pattern("DeduplicateFenceJoinFences")
def _deduplicate_fence_join_fences(op: FenceJoinOp, rewriter: Rewriter) -> bool:
    """Joins each fence once, and none that is null."""
    fences = _fences(op)
    if len(fences) == len(op.fences):
        return False
    new = FenceJoinOp.create(operands=fences, result_types=[op.result.type], properties={"flags": op.flags})
    rewriter.replace_op_with(op, new)
    return True


def _fences(op: FenceJoinOp | FenceAwaitOp) -> list[SSAValue]:
    """The fences of `op`, each once, without null. # IREE: deduplicateFenceOperands."""
    return [fence for fence in dict.fromkeys(op.fences) if not isinstance(definition(fence), NullOp)]


@pattern("ElideSignaledFence")
def _elide_signaled_fence(op: FenceSignalOp, rewriter: Rewriter) -> bool:
    """A fence that is signalled before it is used is null."""
    fence = op.fence
    source = definition(fence)
    if not isinstance(source, FenceCreateOp) or source.parent is not op.parent:
        return False
    if any(user.parent is op.parent and rewriter.order.is_before(user, op) for user in users_of(fence)):
        return False
    null = rewriter.insert(NullOp.create(result_types=[fence.type]))
    rewriter.replace_all_uses_with(fence, null.results[0])
    rewriter.erase_op(op)
    return True


@pattern("ElideEmptyFenceAwait")
def _elide_empty_fence_await(op: FenceAwaitOp, rewriter: Rewriter) -> bool:
    """There is no need to wait for no fences."""
    if op.fences:
        return False
    rewriter.replace_op_with(op, ConstantOp(IntegerAttr(0, i32)))
    return True


@pattern("DeduplicateFenceAwaitFences")
def _deduplicate_fence_await_fences(op: FenceAwaitOp, rewriter: Rewriter) -> bool:
    """Waits for each fence once, and for none that is null."""
    fences = _fences(op)
    if len(fences) == len(op.fences):
        return False
    new = FenceAwaitOp.create(
        operands=[op.timeout_millis, *fences], result_types=[op.status.type], properties={"flags": op.flags}
    )
    rewriter.replace_op_with(op, new)
    return True


# --- hal.device.queue.barrier ---


@pattern("ImmediatelyResolveDeviceQueueBarrier")
def _resolve_barrier(op: DeviceQueueBarrierOp, rewriter: Rewriter) -> bool:
    """A barrier that waits for nothing only signals."""
    if not isinstance(definition(op.wait_fence), NullOp):
        return False
    rewriter.replace_op_with(op, FenceSignalOp.create(operands=[op.signal_fence]))
    return True


@pattern("HoistDeviceQueueBarrierChain")
def _hoist_barrier_chain(op: DeviceQueueBarrierOp, rewriter: Rewriter) -> bool:
    """What signals the fence that a barrier waits for signals the barrier's own."""
    wait, signal = definition(op.wait_fence), definition(op.signal_fence)
    if not isinstance(wait, FenceCreateOp) or wait.parent is not op.parent:
        return False
    if signal is not None and not _try_hoist(signal, wait, rewriter):
        return False
    rewriter.suspects += users_of(op.wait_fence)  # IREE bug: some may wait for the fence that they signal now.
    rewriter.replace_all_uses_with(op.wait_fence, op.signal_fence)
    rewriter.erase_op(wait)
    rewriter.erase_op(op)
    return True


def _try_hoist(op: Operation, target: Operation, rewriter: Rewriter) -> bool:
    """Moves `op` right before `target`, where both are in one block and its operands are there; whether it did.

    # IREE: HALOpFolders.cpp, tryHoistOpBeforeUser
    """
    if op is target or op.parent is not target.parent:
        return False
    makers = (definition(operand) for operand in op.operands)
    if not _are_before((maker for maker in makers if maker is not None), target, rewriter):
        return False
    if rewriter.order.is_before(op, target):  # IREE bug: it moves down, too, past ops that may use it.
        rewriter.suspects += (user for result in op.results for user in users_of(result))
    rewriter.move_before(op, target)
    return True


def _are_before(ops: Iterable[Operation], target: Operation, rewriter: Rewriter) -> bool:
    return all(op.parent is not target.parent or rewriter.order.is_before(op, target) for op in ops)


@pattern("ElideDeviceQueueBarrierOp")
def _elide_barrier(op: DeviceQueueBarrierOp, rewriter: Rewriter) -> bool:
    """The op that a barrier alone waits for signals the barrier's fence itself."""
    others = [user for user in users_of(op.wait_fence) if user is not op]
    if not others or not all(_signals(user, op.wait_fence) for user in others):
        return False
    signaling = others[-1]
    if signaling.parent is not op.parent or not rewriter.order.is_before(signaling, op):
        return False
    if not try_move_before(op.signal_fence, signaling, rewriter):
        return False
    rewriter.suspects.append(signaling)  # IREE bug: it may wait for the fence that it signals now.
    rewriter.set_operand(signaling, _SIGNAL_FENCE, op.signal_fence)
    rewriter.erase_op(op)
    return True


_SIGNAL_FENCE = 3
"""The number of the operand of ops on queues that they signal."""


def _signals(op: Operation, fence: SSAValue) -> bool:
    return isinstance(op, DeviceQueueOp) and op.operands[_SIGNAL_FENCE] is fence


RULES = (
    OpRules("hal.fence.create", (ELIDE_UNUSED_OP,)),
    OpRules("hal.fence.join", (_elide_empty_fence_join, _deduplicate_fence_join_fences), _fold_join),
    OpRules("hal.fence.signal", (_elide_signaled_fence,)),
    OpRules("hal.fence.await", (_elide_empty_fence_await, _deduplicate_fence_await_fences)),
    OpRules("hal.device.queue.barrier", (_resolve_barrier, _hoist_barrier_chain, _elide_barrier)),
)
