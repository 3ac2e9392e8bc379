"""Where a value may be used, the number that it is, and the byte size of a resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.analysis.dominance import block_dominates
from iree_explorer.ir.interfaces import (
    ClosureOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TiedOpInterface,
    TiedResourcePassthrough,
    implements,
    is_size_aware,
    tied_base_value,
)
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.storage import ancestor_in, uses_of


class InsertionPoint(NamedTuple):
    """A place in `block`, before the op `before`; None: at the block's end. `orders` knows which op comes first."""

    block: Block
    before: Operation | None
    orders: BlockOrders


def find_size_value(resource: SSAValue, point: InsertionPoint) -> SSAValue | None:
    """The size in bytes of `resource` as an existing value that may be used at `point`; None: nobody tells.

    Asked in this order: the op that makes the resource, or that it is tied to; then its users, newest use first (in
    parsed text: the last one), and the users of what is tied to it.

    # IREE: UtilTypes.cpp, SizeAwareTypeInterface::findSizeValue
    """
    if not is_size_aware(resource.type):
        return None
    made = size_from_producer(resource)
    return made if made is not None else size_from_users(resource, point)


def size_from_producer(resource: SSAValue) -> SSAValue | None:
    """The size as the op knows it that makes `resource`, or that it is tied to; it may be used wherever that is."""
    value: SSAValue | None = resource
    while type(value) is OpResult:
        op = value.op
        if implements(op, SizeAwareOpInterface):
            return op.size_of_result(value.index)
        value = op.tied_operand_of(value) if implements(op, TiedOpInterface) else None
    return None


def size_from_users(resource: SSAValue, point: InsertionPoint, within: Block | None = None) -> SSAValue | None:
    """The size as the users of `resource`, or of what is tied to it, know it; see `find_size_value`.

    Where `within` is given, only users inside that block are asked.
    """
    pending = [resource]
    seen = {id(resource)}
    while pending:
        for use in uses_of(pending.pop()):
            user = use.operation
            if within is None or ancestor_in(within, user) is not None:
                if implements(user, SizeAwareOpInterface):
                    size = user.size_of_operand(use.index)
                    if size is not None and is_usable_at(size, point):
                        return size
                if implements(user, TiedOpInterface):
                    fresh = [r for r in user.results_tied_to(use.index) if id(r) not in seen]
                    seen.update(map(id, fresh))
                    pending.extend(fresh)
    return None


def is_usable_at(value: SSAValue, point: InsertionPoint) -> bool:
    """Whether an op placed at `point` may use `value`.

    # IREE: UtilTypes.cpp, isValueUsableForOp
    """
    defining = value.op.parent if type(value) is OpResult else value.owner
    if not isinstance(defining, Block):
        return False
    block, before = _point_in(defining, point)
    if defining is block:
        return type(value) is not OpResult or before is None or point.orders.is_before(value.op, before)
    region = defining.parent
    if region is not None and region.first_block is defining:
        parent = defining.parent_op()
        if parent is not None and implements(parent, FunctionOpInterface):
            return True
    return block_dominates(defining, block)


def _point_in(defining: Block, point: InsertionPoint) -> tuple[Block, Operation | None]:
    """The place of `defining` from which `point` is reached, where there is one; else `point` itself.

    # IREE: UtilTypes.cpp, findCommonBlockInsertionPoint
    """
    at = point.before if point.before is not None else point.block.parent_op()
    ancestor = None if at is None else ancestor_in(defining, at)
    return (point.block, point.before) if ancestor is None else (defining, ancestor)


def is_changed_in_place(value: SSAValue) -> bool:
    """Whether any op at all reuses the storage of `value`. IREE: UtilTypes.cpp, TiedOpInterface::hasAnyTiedUses."""
    return any(isinstance(u.operation, TiedOpInterface) and u.operation.is_operand_tied(u.index) for u in value.uses)


def storages_changed_by(op: Operation) -> set[SSAValue]:
    """The storages that the op, or one inside it, writes in place, each by the first value outside of the op that has it."""
    found: set[SSAValue] = set()
    for inner in op.walk() if op.regions else (op,):
        if isinstance(inner, TiedOpInterface) and not _only_passes_on(inner):
            for number in inner.used_ties():
                found.update(_storages_outside(inner.operands[number], op))
    return found


def _only_passes_on(op: Operation) -> bool:
    return isinstance(op, TiedResourcePassthrough) or (isinstance(op, StreamableOpInterface) and op.is_metadata())


def _storages_outside(value: SSAValue, op: Operation) -> Iterator[SSAValue]:
    """The storages outside of `op` that a value inside it may lie in."""
    base = tied_base_value(value)
    around = base.owner.parent_op() if isinstance(base.owner, Block) else None
    if around is None or not op.is_ancestor(around):
        yield base
    elif isinstance(around, ClosureOpInterface):
        assert isinstance(base, BlockArgument)
        yield from _storages_outside(around.closure_operands[base.index], op)
    else:  # of a loop: what it starts with
        for operand in around.operands:
            if is_size_aware(operand.type):
                yield from _storages_outside(operand, op)


def first_name(value: SSAValue) -> SSAValue:
    """The first value, also outside of the regions that capture it, that lies in the storage of a value."""
    base = tied_base_value(value)
    while isinstance(base, BlockArgument) and isinstance(around := base.owner.parent_op(), ClosureOpInterface):
        base = tied_base_value(around.closure_operands[base.index])
    return base


def is_written_somewhere(value: SSAValue) -> bool:
    """Whether any op writes in place to the storage of a value, also where regions capture it or waits name it anew."""
    pending, seen = [value], {value}
    while pending:
        for use in pending.pop().uses:
            op, names = use.operation, list[SSAValue]()
            if isinstance(op, TiedOpInterface) and op.is_operand_tied(use.index):
                if not isinstance(op, ClosureOpInterface) and not _only_passes_on(op):
                    return True
                names += op.results_tied_to(use.index)
            if isinstance(op, ClosureOpInterface) and use.index < len(op.closure_operands):
                names.append(op.regions[0].block.args[use.index])
            elif op.name == "stream.yield" and (around := op.parent_op()) is not None:
                names += around.results[use.index : use.index + 1]
            pending += [name for name in names if name not in seen]
            seen.update(names)
    return False


def value_size(value: SSAValue) -> int | None:
    """Bytes of a resource, where the op that makes it says so with a constant."""
    if not isinstance(value, OpResult) or not isinstance(value.op, SizeAwareOpInterface):
        return None
    size = value.op.size_of_result(value.index)
    return None if size is None else constant_of(size)


def constant_of(value: SSAValue) -> int | None:
    """The integer that an `arith.constant` gives; None: the value is made by another op."""
    if isinstance(value, OpResult) and value.op.name == "arith.constant":
        found = value.op.properties.get("value")
        if isinstance(found, IntegerAttr):
            return found.value.data
    return None
