"""Where a value may be used, and the byte size of a resource."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from iree_explorer.analysis.blocks import block_dominates
from iree_explorer.dialects.interfaces import SizeAwareOpInterface, SizeAwareType, TiedOpInterface

__all__ = ["InsertionPoint", "find_size_value", "is_usable_at"]

_FUNCTION_OPS = frozenset({"func.func", "util.func", "util.initializer", "stream.async.func", "stream.cmd.func"})
"""Ops whose entry block is known to dominate all that is inside them. MLIR: FunctionOpInterface."""


class InsertionPoint:
    """A place in a block, before `before`; None: at the block's end.

    `order`, where given, tells the places of the ops of the block that were there when it was made; ops that came
    later are looked for one by one.
    """

    __slots__ = ("before", "block", "order")

    def __init__(self, block: Block, before: Operation | None, order: Mapping[Operation, int] | None = None) -> None:
        self.block = block
        self.before = before
        self.order = order


def find_size_value(resource: SSAValue, point: InsertionPoint) -> SSAValue | None:
    """The size in bytes of `resource` as an existing value that may be used at `point`; None: nobody tells.

    Asked in this order: the op that makes the resource, or that it is tied to; then its users, newest use first (in
    parsed text: the last one), and the users of what is tied to it.

    # IREE: UtilTypes.cpp, SizeAwareTypeInterface::findSizeValue
    """
    if not isinstance(resource.type, SizeAwareType):
        return None
    made = _size_from_producer(resource)
    return made if made is not None else _size_from_users(resource, point)


def _size_from_producer(resource: SSAValue) -> SSAValue | None:
    value: SSAValue | None = resource
    while isinstance(value, OpResult):
        op = value.op
        if isinstance(op, SizeAwareOpInterface):
            return op.size_of_result(value.index)
        value = op.tied_operand_of(value) if isinstance(op, TiedOpInterface) else None
    return None


def _size_from_users(resource: SSAValue, point: InsertionPoint) -> SSAValue | None:
    pending = [resource]
    seen = {resource}
    while pending:
        for use in pending.pop().uses:
            user = use.operation
            if isinstance(user, SizeAwareOpInterface):
                size = user.size_of_operand(use.index)
                if size is not None and is_usable_at(size, point):
                    return size
            if isinstance(user, TiedOpInterface):
                fresh = [r for r in user.results_tied_to(use.index) if r not in seen]
                seen.update(fresh)
                pending.extend(fresh)
    return None


def is_usable_at(value: SSAValue, point: InsertionPoint) -> bool:
    """Whether an op placed at `point` may use `value`.

    # IREE: UtilTypes.cpp, isValueUsableForOp
    """
    defining = value.owner.parent if isinstance(value, OpResult) else value.owner
    if not isinstance(defining, Block):
        return False
    block, before = _point_in(defining, point)
    if defining is block:
        return isinstance(value, BlockArgument) or before is None or _is_before(value.owner, before, point)
    region = defining.parent
    if region is not None and region.first_block is defining:
        parent = defining.parent_op()
        if parent is not None and parent.name in _FUNCTION_OPS:
            return True
    return block_dominates(defining, block)


def _point_in(defining: Block, point: InsertionPoint) -> tuple[Block, Operation | None]:
    """The place of `defining` from which `point` is reached, where there is one; else `point` itself.

    # IREE: UtilTypes.cpp, findCommonBlockInsertionPoint
    """
    ancestor: Operation | None = point.before if point.before is not None else point.block.parent_op()
    while ancestor is not None and ancestor.parent is not defining:
        ancestor = ancestor.parent_op()
    return (point.block, point.before) if ancestor is None else (defining, ancestor)


def _is_before(op: object, other: Operation, point: InsertionPoint) -> bool:
    assert isinstance(op, Operation)
    if point.order is not None:
        a, b = point.order.get(op), point.order.get(other)
        if a is not None and b is not None:
            return a < b
    return _comes_before(op, other)


def _comes_before(op: Operation, other: Operation) -> bool:
    """Looks from both ops in both directions at once, so near ops are found fast, wherever they are."""
    back, forth = other.prev_op, other.next_op
    while back is not None or forth is not None:
        if back is op:
            return True
        if forth is op:
            return False
        back = back.prev_op if back is not None else None
        forth = forth.next_op if forth is not None else None
    return False
