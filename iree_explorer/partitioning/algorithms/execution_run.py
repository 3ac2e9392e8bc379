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

from typing import Any

from xdsl.ir import Attribute, Operation, OpResult

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.op_facts import Kind
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    StreamableOpInterface,
    can_execute_together,
    implements,
)
from iree_explorer.partitioning.algorithms.execution_state import (
    Below,
    Building,
    ExecutionWatcher,
    OpInfo,
    Refusal,
    Weighing,
)
from iree_explorer.partitioning.algorithms.joined_affinities import JoinedAffinities
from iree_explorer.partitioning.algorithms.ordinal_set import OrdinalSet, above, added, contains, tidied, top_of, union
from iree_explorer.partitioning.partition import PartitionSet, close_partition

_SYNC_OPS = frozenset({"stream.async.barrier", "stream.async.transfer"})


class ExecutionRun:
    """One walk over a block, from its end to its start. Ops are numbers: their places in the block.

    Attributes:
        facts: of the block.
        buildings: the partitions so far, by ordinal.
        floor: how many of them are closed.
        later_partitions: those that wait for one of lower ordinal, bit 0 for number `floor`.
        places: affinity → open partitions that have it, bit 0 for number `floor`.
        watcher: is told what is decided; None: nobody watches.
    """

    def __init__(self, facts: BlockFacts) -> None:
        self.facts = facts
        self.buildings: list[Building] = []
        self.floor = 0
        self.places: dict[Attribute | None, int] = {}
        self.watcher: ExecutionWatcher | None = None
        self._ops, self._kinds, self._affinities = facts.ops, facts.kinds, facts.affinities
        self._users, self._nested_users, self._region_users = facts.users, facts.nested_users, facts.region_users
        self._infos: list[OpInfo | None] = [None] * len(facts.ops)
        self._syncs: dict[int, list[int]] = {}
        self._captures: dict[int, tuple[OrdinalSet, bool, int]] = {}
        self._joins = JoinedAffinities()
        self._open_to: dict[int, int] = {}  # By the id of what is wanted, of all asked for; see `open_to`.
        self._wanted: list[Attribute | None] = []
        # Partition → partitions of higher ordinal that are downstream of it, bit 0 for number `floor`. Only clones
        # cause such; of IREE's PartitionBuilder.hazards no other part can ever refuse an op.
        self._later: dict[int, int] = {}
        self.later_partitions = 0

    # --- One op ---

    def visit(self, op: int) -> None:
        """Decides about one op; all ops after it in the block have been visited."""
        kind = self._kinds[op]
        if kind is Kind.STREAMABLE:
            made: Any = self._ops[op]
            if made.name not in _SYNC_OPS or not self._joins_producer(op):
                self._place(self._weigh(op, made.prefer_clone_to_consumers()))
        elif kind is Kind.HOST:
            self._pass_host_op(op)
        elif self.watcher is not None:
            self.watcher.skipped(op, "constant" if kind is Kind.CONSTANT else "global store")

    def _pass_host_op(self, op: int) -> None:
        if self.facts.is_side_effecting_host_op(self._ops[op]):
            if self.watcher is not None:
                self.watcher.flushed(op)
            self.floor = len(self.buildings)
            self.places.clear()
            self._open_to.clear()
            self._wanted.clear()
            self._later.clear()
            self.later_partitions = 0
        self._weigh(op, False)
        if self.watcher is not None:
            self.watcher.skipped(op, "host")

    def _joins_producer(self, op: int) -> bool:
        """Whether a barrier or transfer goes where its producer goes; if so, it is put off until then.

        # IREE bug: a sync op whose producer is itself put off, or is in another block, never gets a partition.
        """
        sync = self._ops[op]
        source = sync.operands[0]
        if not isinstance(source, OpResult) or not isinstance(source.op, StreamableOpInterface):
            return False
        producer = source.op
        if (
            sync.name == "stream.async.transfer"
            and isinstance(producer, AffinityOpInterface)
            and not can_execute_together(self._affinities[op], producer.affinity_attr)
        ):
            return False
        place = self.facts.index.get(producer)
        if place is not None:
            self._syncs.setdefault(place, []).append(op)
        if self.watcher is not None:
            self.watcher.put_off(op, producer)
        return True

    # --- What is below an op ---

    def info_of(self, op: int) -> OpInfo | None:
        """What is known of an op of the block; None: it was not visited yet, or was skipped or put off."""
        info = self._infos[op]
        if info is not None and info.floor != self.floor:
            info.close_below(self.floor)
        return info

    def _weigh(self, op: int, clones: bool) -> Weighing:
        """Gathers from all users what must run after `op`, and remembers it."""
        floor, infos = self.floor, self._infos
        nothing = (floor, 0)
        below = Below(nothing, nothing)
        for user in self._users[op]:
            info = infos[user]
            if info is not None:
                if info.floor != floor:
                    info.close_below(floor)
                below.feeds(info)
                below.is_consumed_in(info)
        for region_op in self._nested_users.get(op, ()):
            info = self.info_around(region_op, below)
            if info is not None:
                below.feeds(info)
                below.is_consumed_in(info)
        for region_op in self._region_users.get(op, ()):
            info = self.info_of(region_op)
            if info is not None:
                below.feeds(info)
        syncs = self._syncs.get(op, ())
        for sync in syncs:
            for _, info in self.known_users(sync, below):
                below.feeds(info)
                below.forget_consumers()
        info = OpInfo(floor, tidied(below.downstream), (), below.closed_downstream)
        self._infos[op] = info
        return Weighing(op, info, below, syncs, clones)

    def known_users(self, op: int, below: Below | None = None) -> list[tuple[int, OpInfo]]:
        """The users of `op` of which something is known, or the ops around them, one entry a use; see `info_around`."""
        found = [(user, self.info_of(user)) for user in self._users[op]]
        found += [(around, self.info_around(around, below)) for around in self._nested_users.get(op, ())]
        return [(user, info) for user, info in found if info is not None]

    def info_around(self, region_op: int, below: Below | None = None) -> OpInfo | None:
        """What is known of an op in whose regions a value is used, if it is streamable; None: nothing.

        A region op that is not streamable, such as `scf.for`, runs on the host between what it uses and what it feeds:
        `below` is told which partitions that bars.

        # IREE: ReferencePartitioning.cpp, getEffectiveUserInfo
        """
        info = self.info_of(region_op)
        if info is not None and self._kinds[region_op] is Kind.STREAMABLE:
            return info
        if below is not None:
            below.is_captured_with(*self.captured_by(region_op))
        return None

    def captured_by(self, region_op: int) -> tuple[OrdinalSet, bool]:
        """Partitions that use what `region_op` makes, or come after such: what it uses inside may not be in them.

        The second tells whether there is any, closed or not.
        """
        known = self._captures.get(region_op)
        if known is not None and known[2] == self.floor:
            return known[0], known[1]
        barred: OrdinalSet = (self.floor, 0)
        any_ = False
        for user in self._users[region_op]:
            info = self.info_of(user)
            if info is not None:
                barred = union(barred, info.downstream)
                for ordinal in info.members:
                    barred = added(barred, ordinal)
                any_ = any_ or info.is_scheduled_or_feeds()
        self._captures[region_op] = barred, any_, self.floor
        return barred, any_

    # --- Where it can go ---

    def _place(self, weighing: Weighing) -> None:
        self._ask_consumers(weighing)
        accepting = weighing.accepting
        chosen = accepting[0] if accepting else self._first_other(weighing)
        if self.watcher is not None:
            self.watcher.weighed(weighing, chosen)
        if chosen is None:
            chosen = self._open(weighing)
            if self.watcher is not None:
                self.watcher.opened(weighing.op, chosen)
        building = self.buildings[chosen]
        for sync in weighing.syncs:
            self._insert(building, sync, weighing)
            if self.watcher is not None:
                self.watcher.followed(sync, chosen)
        if weighing.is_copied_to(accepting):
            self._clone(weighing, accepting)
        elif self._is_left(weighing, accepting):
            weighing.info.left = True
            if self.watcher is not None:
                self.watcher.left(weighing)
        else:
            self._insert(building, weighing.op, weighing)
            if self.watcher is not None:
                self.watcher.placed(weighing, chosen)

    def _clone(self, weighing: Weighing, consumers: list[int]) -> None:
        for consumer in consumers:
            self._insert(self.buildings[consumer], weighing.op, weighing)
            self.buildings[consumer].cloned.add(self._ops[weighing.op])
        if self.watcher is not None:
            self.watcher.cloned(weighing, consumers)

    def _is_left(self, weighing: Weighing, accepting: list[int]) -> bool:
        """Whether the op goes nowhere, as only nested regions use it, and each will make its own."""
        if accepting or not weighing.clones or not weighing.below.is_captured:
            return False
        return not self._users[weighing.op]

    def _ask_consumers(self, weighing: Weighing) -> None:
        """Fills `refusals`: for a clone in two rounds, the second where it would not reach every consumer."""
        consumers = sorted(weighing.below.consumers)
        weighing.bound = not weighing.clones
        if not consumers and not weighing.clones:
            return
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
        for user in self._users[weighing.op]:
            info = self.info_of(user)
            if info is None or info.left:
                continue
            for ordinal in info.members:
                needs[ordinal] = union(needs.get(ordinal, (self.floor, 0)), info.downstream)
        return needs

    def _ask(self, weighing: Weighing, asker: int, ordinal: int, downstream: OrdinalSet) -> None:
        if ordinal not in weighing.refusals:
            refusal = self.why_not(asker, ordinal, downstream, weighing.below.captured)
            if refusal is not None:
                weighing.refusals[ordinal] = refusal

    def why_not(self, asker: int, ordinal: int, downstream: OrdinalSet, captured: OrdinalSet) -> Refusal | None:
        """Why `asker`, of which `downstream` is downstream, may not join an open partition; None: it may.

        # IREE: ReferencePartitioning.cpp, canAddOpToPartition
        """
        if not self._joins.can_join(self._affinities[asker], self.buildings[ordinal].affinity):
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

    def open_to(self, asker: int) -> int:
        """The open partitions with an affinity that `asker` can run with, bit 0 for number `floor`."""
        wanted = self._affinities[asker]
        found = self._open_to.get(id(wanted))
        if found is None:
            found = 0
            for affinity, ordinals in self.places.items():
                if self._joins.can_join(wanted, affinity):
                    found |= ordinals
            self._wanted.append(wanted)
            self._open_to[id(wanted)] = found
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
        """Notes where an open partition runs that ran nowhere yet."""
        bit = 1 << ordinal - self.floor
        self.places[affinity] = self.places.get(affinity, 0) | bit
        for wanted in self._wanted:
            if self._joins.can_join(wanted, affinity):
                self._open_to[id(wanted)] |= bit

    def _unmark(self, affinity: Attribute | None, ordinal: int) -> None:
        others = ~(1 << ordinal - self.floor)
        self.places[affinity] &= others
        for wanted in self._wanted:
            self._open_to[id(wanted)] &= others

    def _insert(self, building: Building, op: int, weighing: Weighing) -> None:
        """Adds `op`, the weighed op or a sync op that goes with it. IREE: PartitionBuilder::insert."""
        ordinal = building.ordinal
        made = self._ops[op]
        if implements(made, AffinityOpInterface):
            old = building.affinity
            building.affinity = self._joins.join(old, self._affinities[op])
            if building.affinity is not old:
                self._unmark(old, ordinal)
                self._mark(building.affinity, ordinal)
        weighing.info.join(ordinal)
        building.ops.append(made)
        barred = weighing.barred
        if top_of(barred) > ordinal:
            self._note_later(ordinal, barred)

    def _note_later(self, ordinal: int, downstream: OrdinalSet) -> None:
        first = ordinal + 1 - self.floor
        later = above(downstream, self.floor) >> first << first
        self._later[ordinal] = self._later.get(ordinal, 0) | later
        self.later_partitions |= later

    def close(self) -> PartitionSet:
        """The partitions, first to run first. The watcher, who knows the run, is let go: so both end with their last user."""
        self.watcher = None
        escaped: set[Operation] = set()
        return PartitionSet(
            tuple(close_partition(b.ordinal, b.ops, b.affinity, b.cloned, escaped) for b in reversed(self.buildings))
        )
