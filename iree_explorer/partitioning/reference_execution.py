"""IREE's own way to divide a block into execution regions.

It walks from the last op to the first and puts each op where an op that uses its result is, if that is safe; else into
the first partition where it is safe; else into a new one. Partition 0 is thus the last to run. Of each op it knows
which partitions hold it and which are downstream of it (`OpInfo`). No op may go into a partition that is downstream of
it, except into one that uses its result itself.

A host op with side effects closes all partitions so far. Closed partitions never open again and never wait for later
ones, so nothing needs to be known of them but how many they are (`floor`).

# IREE: ReferencePartitioning.cpp, partitionStreamableOpsReference
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.ir import Attribute, Operation, OpResult

from iree_explorer.analysis.block_facts import BlockFacts, affinity_of, is_constant, users_of
from iree_explorer.dialects.interfaces import (
    AffinityAttr,
    AffinityOpInterface,
    GlobalStoreOpInterface,
    StreamableOpInterface,
    can_execute_together,
)
from iree_explorer.partitioning.execution_state import Below, Building, OpInfo, Refusal, Weighing
from iree_explorer.partitioning.ordinal_set import OrdinalSet, above, added, contains, tidied, top_of, union
from iree_explorer.partitioning.partition import PartitionSet, close_partition
from iree_explorer.partitioning.steps import Scope

if TYPE_CHECKING:
    from iree_explorer.partitioning.execution_story import ExecutionStory
    from iree_explorer.partitioning.partitioner import Config
    from iree_explorer.partitioning.trace import Witness

__all__ = ["ExecutionRun", "ReferenceExecution"]

_SYNC_OPS = frozenset({"stream.async.barrier", "stream.async.transfer"})


class ReferenceExecution:
    """The reference partitioner of execution regions."""

    name = "reference"
    scope: Scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:  # noqa: ARG002
        """The partitions, first to run first. IREE's algorithm looks at no config."""
        run = ExecutionRun(facts)
        if witness is not None:
            from iree_explorer.partitioning.execution_story import ExecutionStory

            run.story = ExecutionStory(run, witness)
        for op in reversed(facts.ops):
            run.visit(op)
        return run.close()


class ExecutionRun:
    """One walk over a block, from its end to its start.

    Attributes:
        facts: of the block.
        buildings: the partitions so far, by ordinal.
        floor: how many of them are closed.
        later_partitions: those that wait for one of lower ordinal, bit 0 for number `floor`.
        places: affinity → open partitions that have it, bit 0 for number `floor`.
        story: tells a witness what is decided; None: there is none.
    """

    def __init__(self, facts: BlockFacts) -> None:
        self.facts = facts
        self.buildings: list[Building] = []
        self.floor = 0
        self.places: dict[Attribute | None, int] = {}
        self.story: ExecutionStory | None = None
        self._infos: dict[Operation, OpInfo] = {}
        self._syncs: dict[Operation, list[Operation]] = {}
        self._captures: dict[Operation, tuple[OrdinalSet, bool, int]] = {}
        # Partition → partitions of higher ordinal that are downstream of it, bit 0 for number `floor`. Only clones
        # cause such; of IREE's PartitionBuilder.hazards no other part can ever refuse an op.
        self._later: dict[int, int] = {}
        self.later_partitions = 0

    # --- One op ---

    def visit(self, op: Operation) -> None:
        """Decides about one op; all ops after it in the block have been visited."""
        if is_constant(op):
            if self.story is not None:
                self.story.skipped(op, "constant")
        elif isinstance(op, GlobalStoreOpInterface):
            if self.story is not None:
                self.story.skipped(op, "global store")
        elif isinstance(op, StreamableOpInterface):
            if op.name not in _SYNC_OPS or not self._joins_producer(op):
                self._place(self._weigh(op, op.prefer_clone_to_consumers()))
        else:
            self._pass_host_op(op)

    def _pass_host_op(self, op: Operation) -> None:
        if self.facts.is_side_effecting_host_op(op):
            if self.story is not None:
                self.story.flushed(op)
            self.floor = len(self.buildings)
            self.places.clear()
            self._later.clear()
            self.later_partitions = 0
        self._weigh(op, False)
        if self.story is not None:
            self.story.skipped(op, "host")

    def _joins_producer(self, op: Operation) -> bool:
        """Whether a barrier or transfer goes where its producer goes; if so, it is put off until then.

        # IREE bug: a sync op whose producer is itself put off, or is in another block, never gets a partition.
        """
        source = op.operands[0]
        if not isinstance(source, OpResult) or not isinstance(source.op, StreamableOpInterface):
            return False
        producer = source.op
        if (
            op.name == "stream.async.transfer"
            and isinstance(producer, AffinityOpInterface)
            and not can_execute_together(affinity_of(op), producer.affinity_attr)
        ):
            return False
        self._syncs.setdefault(producer, []).append(op)
        if self.story is not None:
            self.story.put_off(op, producer)
        return True

    # --- What is below an op ---

    def info_of(self, op: Operation) -> OpInfo | None:
        """What is known of an op of the block; None: it was not visited yet, or was skipped or put off."""
        info = self._infos.get(op)
        if info is not None and info.floor != self.floor:
            info.close_below(self.floor)
        return info

    def _weigh(self, op: Operation, clones: bool) -> Weighing:
        """Gathers from all users what must run after `op`, and remembers it."""
        nothing = (self.floor, 0)
        below = Below(nothing, nothing)
        for user in users_of(op):
            info = self.effective_info(user, below)
            if info is not None:
                below.feeds(info)
                below.is_consumed_in(info)
        for region_op in self.region_users(op):
            info = self.info_of(region_op)
            if info is not None:
                below.feeds(info)
        syncs = self._syncs.get(op, ())
        for sync in syncs:
            for user in users_of(sync):
                info = self.effective_info(user, below)
                if info is not None:
                    below.feeds(info)
                    below.forget_consumers()
        info = OpInfo(self.floor, tidied(below.downstream), closed_downstream=below.closed_downstream)
        self._infos[op] = info
        return Weighing(op, info, below, syncs, clones)

    def effective_info(self, user: Operation, below: Below | None = None) -> OpInfo | None:
        """What is known of `user` or of the streamable op of this block around it; None: nothing.

        A region op that is not streamable, such as `scf.for`, runs on the host between what it uses and what it feeds:
        `below` is told which partitions that bars.

        # IREE: ReferencePartitioning.cpp, getEffectiveUserInfo
        """
        if user.parent is self.facts.block:
            return self.info_of(user)
        around = self.facts.ancestor_of(user)
        if around is None:
            return None
        info = self.info_of(around)
        if info is not None and isinstance(around, StreamableOpInterface):
            return info
        if below is not None:
            below.is_captured_with(*self.captured_by(around))
        return None

    def captured_by(self, region_op: Operation) -> tuple[OrdinalSet, bool]:
        """Partitions that use what `region_op` makes, or come after such: what it uses inside may not be in them.

        The second tells whether there is any, closed or not.
        """
        known = self._captures.get(region_op)
        if known is not None and known[2] == self.floor:
            return known[0], known[1]
        barred: OrdinalSet = (self.floor, 0)
        any_ = False
        for user in users_of(region_op):
            info = self.info_of(user) if user.parent is self.facts.block else None
            if info is not None:
                barred = union(barred, info.downstream)
                for ordinal in info.members:
                    barred = added(barred, ordinal)
                any_ = any_ or info.is_scheduled_or_feeds()
        self._captures[region_op] = barred, any_, self.floor
        return barred, any_

    def region_users(self, op: Operation) -> list[Operation]:
        """Region ops of this block that use a result of `op`, themselves or inside."""
        consumers = self.facts.nested_consumers
        if not consumers:
            return []
        return [user for result in op.results for user in consumers.get(result, ())]

    # --- Where it can go ---

    def _place(self, weighing: Weighing) -> None:
        self._ask_consumers(weighing)
        accepting = weighing.accepting
        chosen = accepting[0] if accepting else self._first_other(weighing)
        if self.story is not None:
            self.story.weighed(weighing, chosen)
        if chosen is None:
            chosen = self._open(weighing)
            if self.story is not None:
                self.story.opened(weighing.op, chosen)
        building = self.buildings[chosen]
        for sync in weighing.syncs:
            self._insert(building, sync, weighing)
            if self.story is not None:
                self.story.followed(sync, chosen)
        if weighing.clones and accepting and (len(accepting) > 1 or weighing.below.is_captured):
            self._clone(weighing, accepting)
        elif self._is_left(weighing, accepting):
            weighing.info.left = True
            if self.story is not None:
                self.story.left(weighing)
        else:
            self._insert(building, weighing.op, weighing)
            if self.story is not None:
                self.story.placed(weighing, chosen)

    def _clone(self, weighing: Weighing, consumers: list[int]) -> None:
        for consumer in consumers:
            self._insert(self.buildings[consumer], weighing.op, weighing)
            self.buildings[consumer].cloned.add(weighing.op)
        if self.story is not None:
            self.story.cloned(weighing, consumers)

    def _is_left(self, weighing: Weighing, accepting: list[int]) -> bool:
        """Whether the op goes nowhere, as only nested regions use it, and each will make its own."""
        if accepting or not weighing.clones or not weighing.below.is_captured:
            return False
        return all(user.parent is not self.facts.block for user in users_of(weighing.op))

    def _ask_consumers(self, weighing: Weighing) -> None:
        """Fills `refusals`: for a clone in two rounds, the second where it would not reach every consumer."""
        consumers = sorted(weighing.below.consumers)
        weighing.bound = not weighing.clones
        needs = self._needs_by_consumer(weighing) if weighing.clones else {}
        for consumer in consumers:
            barred = needs.get(consumer, (self.floor, 0)) if weighing.clones else weighing.barred
            self._ask(weighing, weighing.op, consumer, barred)
            for sync in weighing.syncs:
                self._ask(weighing, sync, consumer, weighing.barred)
        if weighing.clones and (weighing.refusals or weighing.below.closed_consumer):
            weighing.bound = True
            for consumer in consumers:
                self._ask(weighing, weighing.op, consumer, weighing.barred)

    def _needs_by_consumer(self, weighing: Weighing) -> dict[int, OrdinalSet]:
        """Consumer → what is downstream of those users of the op that it holds: all that a copy there cares about."""
        needs: dict[int, OrdinalSet] = {}
        for user in users_of(weighing.op):
            info = self.info_of(user) if user.parent is self.facts.block else None
            if info is None or info.left:
                continue
            for ordinal in info.members:
                needs[ordinal] = union(needs.get(ordinal, (self.floor, 0)), info.downstream)
        return needs

    def _ask(self, weighing: Weighing, asker: Operation, ordinal: int, downstream: OrdinalSet) -> None:
        if ordinal not in weighing.refusals:
            refusal = self.why_not(asker, ordinal, downstream, weighing.below.captured)
            if refusal is not None:
                weighing.refusals[ordinal] = refusal

    def why_not(self, asker: Operation, ordinal: int, downstream: OrdinalSet, captured: OrdinalSet) -> Refusal | None:
        """Why `asker`, of which `downstream` is downstream, may not join an open partition; None: it may.

        # IREE: ReferencePartitioning.cpp, canAddOpToPartition
        """
        if not can_execute_together(affinity_of(asker), self.buildings[ordinal].affinity):
            return Refusal("affinity", asker)
        if contains(captured, ordinal):
            return Refusal("nested capture", asker)
        top = top_of(downstream)
        if top > ordinal:
            return Refusal("order", asker, top)
        through = self.waits_through(ordinal, downstream)
        return None if through is None else Refusal("cycle", asker, through)

    def waits_through(self, ordinal: int, downstream: OrdinalSet) -> int | None:
        """The first downstream partition which, for its part, must run before partition `ordinal`."""
        if not self.later_partitions >> ordinal - self.floor & 1:
            return None
        for other, later in self._later.items():
            if other != ordinal and later >> ordinal - self.floor & 1 and contains(downstream, other):
                return other
        return None

    def _first_other(self, weighing: Weighing) -> int | None:
        """The lowest open partition, not downstream of the op, that can take it; None: there is none."""
        barred = weighing.barred
        free = self.open_to(weighing.op)
        for sync in weighing.syncs:
            free &= self.open_to(sync)
        if weighing.keeps_order:
            start = max(top_of(barred) + 1, self.floor) - self.floor
            free = free >> start << start
        else:
            free &= ~above(barred, self.floor)
        while free:
            low = free & -free
            ordinal = self.floor + low.bit_length() - 1
            if not weighing.keeps_order or self.waits_through(ordinal, barred) is None:
                return ordinal
            free ^= low
        return None

    def open_to(self, asker: Operation) -> int:
        """The open partitions with an affinity that `asker` can run with, bit 0 for number `floor`."""
        wanted = affinity_of(asker)
        found = 0
        for affinity, ordinals in self.places.items():
            if can_execute_together(wanted, affinity):
                found |= ordinals
        return found

    # --- Putting it there ---

    def _open(self, weighing: Weighing) -> int:
        """A new partition for the op, which is then said to feed all but the newest of the others.

        # IREE bug: BitVector::set(0, n - 1) leaves out the last, which is a partition downstream only by chance.
        """
        ordinal = len(self.buildings)
        info = weighing.info
        if ordinal > 1:
            info.closed_downstream = info.closed_downstream or self.floor > 0
            info.downstream = tidied(union(info.downstream, (ordinal - 1, 0)))
        info.members = (ordinal,)
        self.buildings.append(Building(ordinal))
        self._mark(None, ordinal)
        return ordinal

    def _mark(self, affinity: Attribute | None, ordinal: int) -> None:
        self.places[affinity] = self.places.get(affinity, 0) | 1 << ordinal - self.floor

    def _insert(self, building: Building, op: Operation, weighing: Weighing) -> None:
        """Adds `op`, the weighed op or a sync op that goes with it. IREE: PartitionBuilder::insert."""
        ordinal = building.ordinal
        if isinstance(op, AffinityOpInterface):
            old = building.affinity
            building.affinity = _joined(old, op.affinity_attr)
            if building.affinity != old:
                self.places[old] &= ~(1 << ordinal - self.floor)
                self._mark(building.affinity, ordinal)
        weighing.info.join(ordinal)
        building.ops.append(op)
        barred = weighing.barred
        if top_of(barred) > ordinal:
            self._note_later(ordinal, barred)

    def _note_later(self, ordinal: int, downstream: OrdinalSet) -> None:
        first = ordinal + 1 - self.floor
        later = above(downstream, self.floor) >> first << first
        self._later[ordinal] = self._later.get(ordinal, 0) | later
        self.later_partitions |= later

    def close(self) -> PartitionSet:
        """The partitions, first to run first."""
        escaped: set[Operation] = set()
        return PartitionSet(
            tuple(close_partition(b.ordinal, b.ops, b.affinity, b.cloned, escaped) for b in reversed(self.buildings))
        )


def _joined(a: Attribute | None, b: Attribute | None) -> Attribute | None:
    """Where ops of both affinities can run; None: nobody says."""
    if a is None:
        return b
    return a.join_and(b) if isinstance(a, AffinityAttr) and (b is None or isinstance(b, AffinityAttr)) else a
