"""Turns the partitions of a block into region ops: one builder for execution regions and for waves.

A region op captures the resources that its partition takes in and yields those that go out; everything else, such as
sizes and constants, is used from outside. Ops move into their region; only an op that is in several partitions, or
that something outside still needs, is copied. Either way the IR is what it would be if all ops were cloned and the old
ones erased, as the compiler does it, down to the order of use lists (which decides where a size is found later).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from xdsl.dialects.builtin import IndexType
from xdsl.ir import Block, Operation, OpResult, Region, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.traits import IsTerminator

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.blocks import BlockOrders, stable_order, topological_order
from iree_explorer.analysis.op_facts import affinity_text
from iree_explorer.analysis.values import InsertionPoint, size_from_producer, size_from_users
from iree_explorer.dialects.stream.region_ops import YieldOp
from iree_explorer.dialects.stream.resource_ops import ResourceSizeOp
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.interfaces import is_size_aware, timepoints_awaited_by
from iree_explorer.ir.storage import (
    append_ops,
    insert_op,
    make_block,
    make_op,
    operands_of,
    ops_of,
    order_block,
    renew_operands,
    type_of,
    users_of,
)
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.partition import Partition
from iree_explorer.passes.redirection import Redirection

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness
    from iree_explorer.passes.operation_pass import Origins


@dataclass(slots=True)
class Place:
    """Where new ops go: right after `after`, or at the start of `block`; each one after those inserted before it."""

    block: Block
    after: Operation | None

    @property
    def before(self) -> Operation | None:
        """The op that stands right after this place."""
        return self.block.first_op if self.after is None else self.after.next_op

    def insert(self, op: Operation) -> None:
        """Inserts an op and moves on behind it."""
        insert_op(self.block, op, self.after)
        self.after = op


@dataclass(slots=True)
class Outline:
    """One partition and the region op that is made of it.

    Attributes:
        partition: the partition.
        op: the region op, in its place.
        body: the block of its region.
        mapping: id of a value outside → what stands for it inside.
        members: ops inside, in order.
        origins: for each member the op of the partition that it was made from.
    """

    partition: Partition
    op: IRDLOperation
    body: Block
    mapping: dict[int, SSAValue]
    members: list[Operation] = field(default_factory=list[Operation])
    origins: list[Operation] = field(default_factory=list[Operation])

    def inside(self, value: SSAValue) -> SSAValue:
        """What `value`, made or captured by the partition, is called inside its region."""
        return self.mapping.get(id(value), value)

    def move(self, op: Operation) -> None:
        """Makes `op` itself a member; it is still in its old block."""
        for nested in op.walk() if op.regions else (op,):
            renew_operands(nested, self.mapping)
        self.members.append(op)
        self.origins.append(op)

    def copy(self, op: Operation) -> Operation:
        """Makes a copy of `op` a member, and returns it."""
        nested = op.walk() if op.regions else (op,)
        mapping = {value: self.inside(value) for each in nested for value in each.operands}
        copy = op.clone(mapping)
        self.mapping.update(zip(map(id, op.results), copy.results, strict=True))
        self.members.append(copy)
        self.origins.append(op)
        return copy


MakeOp = Callable[[Partition, Place, list[SSAValue], list[SSAValue], list[SSAValue], Region], IRDLOperation]
"""(partition, place, captured resources, their sizes, result sizes, region) → the region op, not yet inserted."""


class Outliner:
    """Outlines the partitions of one block; the passes differ in the order in which they call these steps.

    Attributes:
        facts: about the block.
        outlines: those begun so far.
        redirection: of uses outside of the regions.
        awaits: ops that were made behind region ops, each with its region op.
        unsized: region ops inside of which nobody knew the size of a result; they are hardly valid.
    """

    def __init__(self, facts: BlockFacts, orders: BlockOrders, make_op: MakeOp) -> None:
        self.facts = facts
        self.outlines: list[Outline] = []
        self.awaits: list[tuple[Operation, Operation]] = []
        self.unsized: list[Operation] = []
        self.redirection = Redirection()
        self._was_in_order = facts.is_in_order
        self._orders = orders
        self._make_op = make_op
        self._outlines_of: dict[int, list[Outline]] = {}  # by the id of the op
        self._made_sizes: dict[int, SSAValue] = {}  # by the id of the resource, where its maker tells

    def add_region(self, partition: Partition, after: Operation | None) -> None:
        """Puts an empty region op after `after`, or at the start of the block.

        # IREE: ScheduleExecution.cpp, ExecutePartitionBuilder; ScheduleConcurrency.cpp, WavePartitionBuilder
        """
        place = Place(self.facts.block, after)
        result_sizes = self._sizes(partition.outs, place)
        captures = [value for value in partition.ins if type(type_of(value)) is ResourceType]
        sizes = self._sizes(captures, place)
        body = make_block(map(type_of, captures))
        op = self._make_op(partition, place, captures, sizes, result_sizes, Region(body))
        place.insert(op)
        outline = Outline(partition, op, body, dict(zip(map(id, captures), body.args, strict=True)))
        self.outlines.append(outline)
        for member in partition.ops:
            self._outlines_of.setdefault(id(member), []).append(outline)

    def _sizes(self, values: Sequence[SSAValue], place: Place, within: Block | None = None) -> list[SSAValue]:
        known = self._made_sizes
        sizes: list[SSAValue] = []
        for value in values:
            size = known.get(id(value))
            if size is None:
                if not is_size_aware(type_of(value)):
                    continue
                size = self._size(value, place, within)
            sizes.append(size)
        return sizes

    def _size(self, value: SSAValue, place: Place, within: Block | None) -> SSAValue:
        """The size of a resource; where neither its maker nor a user (`within` a block) tells, it is asked for at run time.

        # IREE: UtilTypes.cpp, SizeAwareTypeInterface::queryValueSize
        """
        size = size_from_producer(value)
        if size is not None:
            self._made_sizes[id(value)] = size
            return size
        size = size_from_users(value, InsertionPoint(place.block, place.before, self._orders), within)
        if size is None:
            asked = ResourceSizeOp(operands=[value], result_types=[IndexType()])
            place.insert(asked)
            size = asked.results[0]
        return size

    def fill(self, adapt: Callable[[Operation, Partition], None]) -> None:
        """Brings each op into its regions, and lets `adapt` change it there; one that has to be copied stays behind."""
        moves = self._movable()
        for op in self.facts.ops:
            outlines = self._outlines_of.get(id(op))
            if outlines is None:
                continue
            if id(op) in moves:
                outlines[0].move(op)
                adapt(op, outlines[0].partition)
            else:
                for outline in outlines:
                    adapt(outline.copy(op), outline.partition)
        order_block(self.facts.block, [op for op in ops_of(self.facts.block) if id(op) not in moves])
        for outline in self.outlines:
            append_ops(outline.body, outline.members)

    def _movable(self) -> set[int]:
        """Ids of ops that need no copy: in one partition, and what they make is used there only, or leaves it by a result."""
        moves: dict[int, Outline] = {}
        outs = {id(outline): set(map(id, outline.partition.outs)) for outline in self.outlines}
        for op in reversed(self.facts.ops):
            outlines = self._outlines_of.get(id(op), ())
            if len(outlines) == 1:
                (outline,) = outlines
                out = outs[id(outline)]
                for result in op.results:
                    if id(result) not in out and not _stays_with(result, outline, moves):
                        break
                else:
                    moves[id(op)] = outline
        return set(moves)

    def end_region(self, outline: Outline) -> None:
        """Yields the values that go out, with their sizes."""
        values = [outline.inside(value) for value in outline.partition.outs]
        last = outline.body.last_op
        sizes = self._sizes(values, Place(outline.body, last), outline.body)
        if outline.body.last_op is not last:
            self.unsized.append(outline.op)
        append_ops(outline.body, [make_op(YieldOp, [*values, *sizes], (), {})])

    def sort(self, pairs: Iterable[tuple[Operation, Operation]] | None = None) -> bool:
        """Puts the ops of the block in order, producers before their users; False: some ops wait for each other.

        Args:
            pairs: ops that must keep their order, as in `stable_order`, whose way it is then; None: the compiler's way.
        """
        block = self.facts.block
        ops = ops_of(block)
        if pairs is None and self._is_still_in_order(ops):
            return True
        tail: list[Operation] = []
        if ops and ops[-1].has_trait(IsTerminator, value_if_unregistered=True):
            tail.append(ops.pop())
        ordered, complete = topological_order(ops) if pairs is None else stable_order(ops, pairs)
        if any(a is not b for a, b in zip(ordered, ops, strict=True)):
            order_block(block, [*ordered, *tail])
        return complete

    def _is_still_in_order(self, ops: Sequence[Operation]) -> bool:
        """Whether no op stands above one that makes what it uses; may say no where it would take long to find out.

        All ops that were there before are as they were. Those that came in stand below all that they use themselves,
        except for what ops nested in their members use.
        """
        if not self._was_in_order or any(op.regions for outline in self.outlines for op in outline.members):
            return False
        known = set(map(id, self.facts.ops))
        places = {id(op): place for place, op in enumerate(ops)}
        for place, op in enumerate(ops):
            if id(op) not in known:
                for result in op.results:
                    if self._first_use(result, places) <= place:
                        return False
        return True

    def _first_use(self, value: SSAValue, places: Mapping[int, int]) -> int:
        """The place of the first op of the block that uses `value` or has a user of it inside; `places` are by id."""
        first = len(places)
        for user in users_of(value):
            place = places.get(id(user))
            if place is None:
                place = places.get(id(self.facts.ancestor_of(user)), first)
            if place < first:
                first = place
        return first

    @property
    def origins(self) -> Origins:
        """Tells where the ops come from that are made here; lives longer than the facts about the block."""
        return partial(_made_from, self.outlines, self.awaits)

    def record(self, witness: Witness, scope: Scope) -> None:
        """Tells the witness what became of each partition."""
        from iree_explorer.partitioning.trace.steps import Outlined

        ids = witness.ids
        for outline in self.outlines:
            for member, origin in zip(outline.members, outline.origins, strict=True):
                if member is not origin:
                    ids.copied(member, origin)
            op = outline.op
            witness.record(
                Outlined(
                    scope=scope,
                    partition=outline.partition.ordinal,
                    region=ids.of(op),
                    ops=tuple(ids.all_of(outline.members)),
                    origins=tuple(ids.all_of(outline.origins)),
                    captures=tuple([ids.value(v) for v in operands_of(op) if type(type_of(v)) is ResourceType]),
                    results=tuple([ids.value(v) for v in op.results if type(type_of(v)) is ResourceType]),
                    awaits=tuple(map(ids.value, timepoints_awaited_by(op))),
                    affinity="" if outline.partition.affinity is None else affinity_text(outline.partition.affinity),
                )
            )


def _made_from(
    outlines: Iterable[Outline], awaits: Iterable[tuple[Operation, Operation]]
) -> Iterator[tuple[Operation, Operation]]:
    """Each op that was made, with one that it was made from; for a region op, the last of its partition in the block.

    # IREE: ExecutePartitionBuilder and WavePartitionBuilder fuse the locations of all, the last one's first
    """
    for outline in outlines:
        yield from ((outline.op, last) for last in outline.partition.ops[:1])
        for member, origin in zip(outline.members, outline.origins, strict=True):
            if member is not origin:
                yield member, origin
    yield from awaits


def _stays_with(value: SSAValue, outline: Outline, moves: Mapping[int, Outline]) -> bool:
    use: Any = value.first_use  # Not `users_of`: asked of every op.
    while use is not None:
        if moves.get(id(use._operation)) is not outline:
            return False
        use = use._next_use
    return True


def last_of(ops: Iterable[Operation], order: Mapping[Operation, int]) -> Operation | None:
    """The one of `ops` that is last in the block; ops of other blocks do not count. None: there is none."""
    inside = [op for op in ops if op in order]
    return max(inside, key=order.__getitem__) if inside else None


def makers(values: Iterable[SSAValue]) -> Iterable[Operation]:
    """The ops that make these values; block arguments have none."""
    return [value.op for value in values if type(value) is OpResult]
