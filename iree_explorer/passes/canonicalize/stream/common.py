"""What the rules of several stream ops share.

# IREE: StreamOpFolders.cpp, "Utilities shared across patterns"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xdsl.dialects.builtin import (
    ComplexType,
    FixedBitwidthType,
    FloatAttr,
    IntegerAttr,
    IntegerType,
)
from xdsl.ir import Attribute, Block, Operation, OpResult, SSAValue
from xdsl.traits import IsTerminator

from iree_explorer.analysis.dominance import nearest_common_dominator
from iree_explorer.analysis.values import is_changed_in_place, is_usable_at
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.stream.async_ops import AsyncTransferOp
from iree_explorer.dialects.stream.region_ops import YieldOp
from iree_explorer.dialects.stream.test_ops import TestTimelineOp
from iree_explorer.dialects.stream.timepoint_ops import TimepointAwaitOp, TimepointImmediateOp, join_timepoints
from iree_explorer.dialects.stream.types import TimepointType
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.ir.storage import ancestor_in, operand_at, operands_of, retype
from iree_explorer.passes.canonicalize.building import before
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.floats import BITS_UNKNOWN, to_bits
from iree_explorer.passes.canonicalize.facts.integers import unsigned, width_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import has_uses

_SINKABLE = frozenset({"stream.async.splat", "stream.async.alloca", "stream.timepoint.await"})


def byte_width(element: Attribute) -> int:
    """The bytes in which one `element` is stored. # IREE: UtilTypes.cpp, getRoundedElementByteWidth."""
    if isinstance(element, ComplexType):
        return 2 * byte_width(element.element_type)
    assert isinstance(element, FixedBitwidthType)
    return 1 << ((element.bitwidth + 7) // 8 - 1).bit_length()


def only_yield(block: Block) -> YieldOp | None:
    """The `stream.yield` that is all of `block`; None: there is more in it. # IREE: getYieldIfOnlyOp."""
    only = block.first_op
    return only if type(only) is YieldOp and only is block.last_op else None


# --- Transfers ---


def transfer(
    resource: SSAValue, size: SSAValue, result_size: SSAValue, type_: Attribute, **affinities: Attribute | None
) -> AsyncTransferOp:
    """A fresh transfer of a resource; `source`, `target` and `execution` are its affinities, where it has them."""
    return AsyncTransferOp.create(
        operands=[resource, size, result_size],
        result_types=[type_],
        properties={f"{name}_affinity": affinity for name, affinity in affinities.items() if affinity is not None},
    )


def transfer_as(other: AsyncTransferOp, resource: SSAValue, size: SSAValue) -> AsyncTransferOp:
    """A fresh transfer of a resource from where `other` takes its own to where it brings that."""
    source, target = other.source_affinity, other.target_affinity
    return transfer(resource, size, size, other.result.type, source=source, target=target)


# --- Sinking ops to their users ---


def can_stably_sink(op: Operation, target: Operation) -> bool:
    """Whether moving `op` right before `target` can't start a fight with others that sink there too.

    # IREE: StreamOpFolders.cpp, canStablySinkTo
    """
    if target is op.next_op:
        return False
    if op.parent is not target.parent:
        return True
    producers: set[Operation | None] | None = None
    if not target.has_trait(IsTerminator) and not target.regions:
        producers = {definition(operand) for operand in target.operands}
    between: Operation | None = op
    while between is not None and between is not target:
        if between.name not in _SINKABLE or (producers is not None and between not in producers):
            return True
        between = between.next_op
    return False


def first_to_need(users: Sequence[Operation], rewriter: Rewriter) -> Operation | None:
    """The first op that is, or holds, one of `users`, in the nearest block that dominates all; else that block's last op.

    None: no block dominates all of them.
    """
    block = nearest_common_dominator(user.parent for user in users if user.parent is not None)
    target = None if block is None else block.last_op
    for user in users:
        ancestor = None if block is None else ancestor_in(block, user)
        if ancestor is not None and target is not None and rewriter.order.is_before(ancestor, target):
            target = ancestor
    return target


def sink(rewriter: Rewriter, op: Operation, target: Operation) -> bool:
    """Moves `op` right before `target`, where that is stable; whether it did. # IREE: sinkOp."""
    if not can_stably_sink(op, target):
        return False
    rewriter.move_before(op, target)
    return True


# --- Moving what makes a value ---


def try_move_before(value: SSAValue, op: Operation, rewriter: Rewriter) -> bool:
    """Makes `value` usable at `op` by moving what makes it; False: it can't be. # IREE: tryMoveProducerBefore.

    Where it can't be, what was moved until that shows stays where it is now.
    """
    moving: dict[Operation, Iterator[SSAValue]] = {}  # each makes an operand of the one before it
    current: SSAValue | None = value
    while current is not None:
        producer = definition(current)
        if producer is op or producer in moving:
            return False
        if producer is not None and producer.parent is not op.parent:
            if not is_usable_at(current, before(op)):
                return False
        elif producer is not None and not rewriter.order.is_before(producer, op):
            moving[producer] = iter(producer.operands)
        current = _next_operand(moving, op, rewriter)
    return True


def _next_operand(moving: dict[Operation, Iterator[SSAValue]], op: Operation, rewriter: Rewriter) -> SSAValue | None:
    """What is to be made usable next. Ops of which all operands are, are moved before `op`; None: all ops are."""
    while moving:
        producer, operands = next(reversed(moving.items()))
        following = next(operands, None)
        if following is not None:
            return following
        del moving[producer]
        rewriter.move_before(producer, op)
    return None


# --- Rules that several ops register ---


def _elide_unused_op(op: Operation, rewriter: Rewriter) -> bool:
    """Erases an op that nothing uses. Needed where the op is not pure, for only CSE may not touch it."""
    if has_uses(op):
        return False
    rewriter.erase_op(op)
    return True


ELIDE_UNUSED_OP = pattern("ElideUnusedOp", benefit=1000, for_unused=True, is_plain=True)(_elide_unused_op)


@pattern("NarrowFillPattern")
def narrow_fill_pattern(op: Any, rewriter: Rewriter) -> bool:
    """Fills with a smaller integer whose bits repeat to the pattern: fewer devices can fill with wide ones."""
    old = constant_value(op.value)
    new = None if old is None else _narrowed(old)
    if new is None:
        return False
    constant = rewriter.insert(ConstantOp(new))
    rewriter.assign(op, value=constant.result)
    return True


def _narrowed(value: Attribute) -> IntegerAttr | None:
    """The pattern as the smallest integer of 8, 16 or 32 bits that repeats to it; None: it is as small as can be.

    # IREE: StreamOpFolders.cpp, tryNarrowPatternBits, computeRequiredPatternBits
    """
    bits = _bits(value)
    if bits is None:
        return None
    number, width = bits
    narrow = _narrow_width(number, width)
    if width <= 8 or narrow == width:
        return None
    return IntegerAttr(number & ((1 << narrow) - 1), IntegerType(narrow), truncate_bits=True)


def _bits(value: Attribute) -> tuple[int, int] | None:
    """The value's bits as an unsigned number, and how many; None: it is no number, or one whose bits are not known."""
    if isinstance(value, FloatAttr) and not isinstance(value.type, BITS_UNKNOWN):
        return to_bits(value), value.type.bitwidth
    if isinstance(value, IntegerAttr):
        width = width_of(value.type)
        assert width is not None
        return unsigned(value.value.data, width), width
    return None


def _narrow_width(number: int, width: int) -> int:
    if number in (0, (1 << width) - 1):
        return 8
    if width & (width - 1):
        return width
    for narrow in (8, 16, 32):
        if narrow < width and number == sum((number & ((1 << narrow) - 1)) << at for at in range(0, width, narrow)):
            return narrow
    return width


def _propagate_mended(op: Any, rewriter: Rewriter) -> bool:
    """As the pattern, but with the result that is cloned, and not where what the source reads may be changed by then."""
    source = op.source.owner
    if isinstance(source, Operation) and any(map(is_changed_in_place, source.operands)):
        return False
    return _propagate(op, rewriter, op.source.index if isinstance(op.source, OpResult) else 0)


@pattern("PropagateCloneableOps", mended=_propagate_mended)
def propagate_cloneable_ops(op: Any, rewriter: Rewriter) -> bool:
    """Makes what the clone copies again for each user, where that is cheaper than to keep and copy it."""
    # IREE bug: takes the place of the clone's own result for that of the source among its op's results. A clone of the
    # second result of a dispatch that clones becomes another dispatch's first result.
    return _propagate(op, rewriter, op.result.index)


def _propagate(op: Any, rewriter: Rewriter, number: int) -> bool:
    source = definition(op.source)
    if op.result.first_use is None or not isinstance(source, StreamableOpInterface):
        return False
    if not source.prefer_clone_to_consumers():
        return False
    for use in tuple(op.result.uses):
        rewriter.set_insertion_point(use.operation)
        copy = rewriter.insert(source.clone())
        retype(copy.results[number], op.result.type)
        # The use is set directly: nobody is told of the user's change.
        use.operation.operands[use.index] = copy.results[number]
    rewriter.erase_op(op)
    return True


@pattern("ElideImmediateTimepointWait", is_near=True)
def elide_immediate_timepoint_wait(op: Any, rewriter: Rewriter) -> bool:
    """Drops the wait for a timepoint that is reached from the start."""
    if type(definition(op.await_timepoint)) is not TimepointImmediateOp:
        return False
    rewriter.assign(op, await_timepoint=None)
    return True


def _chain_mended(op: Any, rewriter: Rewriter) -> bool:
    """As the pattern, but it goes on to wait for what it waited for."""
    return _chain(op, rewriter, list(op.await_timepoints))


@pattern("ChainDependentAwaits", mended=_chain_mended, is_near=True)
def chain_dependent_awaits(op: Any, rewriter: Rewriter) -> bool:
    """Has a region wait for a timepoint itself, where the host waited for it and then handed over the resource."""
    # IREE bug: a timepoint that the op waits for already is dropped, not joined.
    return _chain(op, rewriter, [])


def _chain(op: Any, rewriter: Rewriter, timepoints: list[SSAValue]) -> bool:
    resources: dict[int, SSAValue] = {}
    for number, resource in enumerate(op.resource_operands):
        if type(resource) is OpResult and type(awaiting := resource.op) is TimepointAwaitOp and awaiting.sync is None:
            timepoints.append(awaiting.await_timepoint)
            resources[number] = operand_at(operands_of(awaiting), resource.index)  # Resources come first.
    if not resources:
        return False
    set_await_timepoints(op, timepoints, rewriter)
    rewriter.set_operands(op, resources)
    return True


def set_await_timepoints(op: Any, timepoints: list[SSAValue], rewriter: Rewriter) -> None:
    """Makes `op` wait for exactly `timepoints`, by a join where it can't wait for that many.

    # IREE: StreamInterfaces.td, TimelineOpInterface::setAwaitTimepoints; StreamOps.td, TestTimelineOp
    """
    if not isinstance(op, TestTimelineOp):
        rewriter.assign(op, await_timepoint=join_timepoints(timepoints, rewriter.insert))
        return
    limit = -1 if op.await_limit is None else op.await_limit.value.data
    if 0 <= limit < len(timepoints):
        joined = join_timepoints(timepoints, rewriter.insert)
        timepoints = [] if joined is None else [joined]
    rewriter.assign(op, await_operands=timepoints)


def immediate_timepoint(rewriter: Rewriter) -> SSAValue:
    """A timepoint that is reached from the start."""
    return rewriter.insert(TimepointImmediateOp.create(result_types=[TimepointType()])).results[0]
