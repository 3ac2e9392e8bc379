"""Execution regions that are as few as the places where work changes hands allow.

Two ops can be in one region if they run in the same place and nothing else, neither another region nor the host, has to
run between them. The algorithm walks down the block and counts for each op the *hand-overs* behind it: the most times
that what it depends on went from one place to another, through the host, or past a barrier. Ops of one place with as many
hand-overs behind them are a region. Whatever depends on a region without being in it has more hand-overs behind it, so no
two regions wait for each other: no program is refused for a cycle.

Then the regions are looked at from the last to the first: one that nobody waits for until a later region of its place
starts becomes part of that one. Nothing starts later by it than what waits for it.

Cheap ops that like to be copied go into each region that uses them, unless the host uses them or somebody changes in place
what they read. Ops that share storage which one of them changes keep their order.

The reference puts each op, from the last to the first, where its first consumer is. On several devices it may make more
regions, and ones that wait for each other in a circle or disagree about their place: the compiler refuses such programs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.op_facts import affinity_of, consumed_values, is_constant, users_of_results
from iree_explorer.analysis.values import storages_changed_by
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.interfaces import (
    GlobalLoadOpInterface,
    GlobalStoreOpInterface,
    StreamableOpInterface,
    tied_base_value,
)
from iree_explorer.partitioning.algorithms.copied_ops import is_copied, is_used_by_host
from iree_explorer.partitioning.algorithms.fewest_state import Home, Need, Node, Region
from iree_explorer.partitioning.partition import PartitionSet, close_partition

_NEVER = 1 << 62
"""The level by which something is needed that nothing waits for."""


@dataclass(slots=True)
class _Storage:
    """Bytes that ops change in place: the last one that did, and all that used it since, that one included."""

    users: list[Operation] = field(default_factory=list[Operation])
    writers: list[Operation] = field(default_factory=list[Operation])


class FewestRun:
    """One walk down a block.

    Attributes:
        facts: of the block.
        regions: in the order in which they were opened.
        homes: op → where it went. Ops that are only copied have none.
        copies: cheap op → regions that have a copy of it, each once, in the order in which they run.
        affinities: op visited → where it runs, as it says or as the cheap ops say that it gets copies of.
        flushes: host ops that may not be crossed.
    """

    def __init__(self, facts: BlockFacts) -> None:
        self.facts = facts
        self.regions: list[Region] = []
        self.homes: dict[Operation, Home] = {}
        self.copies: dict[Operation, list[Region]] = {}
        self.flushes: list[Operation] = []
        self._floor = Need()
        self._at_level: dict[int, list[Region]] = {}
        self.affinities: dict[Operation, Attribute | None] = {}
        self._hosts: dict[Operation, Node] = {}
        self._copied: dict[Operation, bool] = {}
        """Op that is copied to its users → whether it has a home as well, as the host uses it."""
        self._storages: dict[SSAValue, _Storage] = {}
        self._stored: set[Attribute] = set()

    # --- Down the block ---

    def visit(self, op: Operation) -> None:
        """Decides about one op; all ops before it have been visited."""
        if is_constant(op):
            return
        self.affinities[op] = self._wanted_affinity(op)
        if not isinstance(op, StreamableOpInterface):
            self._pass_host_op(op)
        else:
            copied = is_copied(op, self.facts)
            if copied:
                self._copied[op] = is_used_by_host(op, self.facts)
            if not copied or self._copied[op]:
                self._place(op)
        self._note_storages(op)

    def _pass_host_op(self, op: Operation) -> None:
        need = self._need_of(op)
        level = need.level + (need.region is not None)
        if self.facts.is_side_effecting_host_op(op) or self._loads_what_is_stored(op):
            level = max(level, 1 + max(self._at_level, default=-1))
            self._floor = Need(level, None, op)
            self.flushes.append(op)
        node = self._hosts[op] = Node(level)
        for producer in self._producers(op):
            self._node_of(producer).feeds(node, apart=True)

    def _loads_what_is_stored(self, op: Operation) -> bool:
        """Whether a global is read that was written above, which no value tells."""
        if isinstance(op, GlobalStoreOpInterface):
            self._stored.add(op.properties["global"])
        loads = (inner for inner in op.walk() if isinstance(inner, GlobalLoadOpInterface))
        return any(load.properties.get("global") in self._stored for load in loads)

    def _place(self, op: Operation) -> None:
        need, affinity = self._need_of(op), self.affinities[op]
        region, because = need.region, "with producer"
        if region is None or not region.accepts(affinity):
            level = need.level + (region is not None)
            region, because = self._find(level, affinity), "as soon"
            if region is None:
                region, because = self._open(level), "none left"
        region.affinity = region.affinity or affinity
        region.ops.add(op)
        self.homes[op] = Home(region, need, because)
        for producer, apart in self._producers(op).items():
            self._node_of(producer).feeds(region, apart=apart)

    def _find(self, level: int, affinity: Attribute | None) -> Region | None:
        """A region of the level that takes the op, rather one that is in the same place already."""
        takers = [region for region in self._at_level.get(level, ()) if region.accepts(affinity)]
        return next((region for region in takers if region.affinity == affinity), takers[0] if takers else None)

    def _open(self, level: int) -> Region:
        region = Region(level, epoch=len(self.flushes))
        self.regions.append(region)
        self._at_level.setdefault(level, []).append(region)
        return region

    # --- What an op waits for ---

    def _need_of(self, op: Operation) -> Need:
        need = self._floor
        for producer, apart in self._producers(op).items():
            need = need.and_(self._after(producer, apart=apart))
        return need

    def _after(self, producer: Operation, *, apart: bool) -> Need:
        if (host := self._hosts.get(producer)) is not None:
            return Need(host.level, None, producer)
        region = self.homes[producer].region
        return Need(region.level + 1, None, producer) if apart else Need(region.level, region, producer)

    def _node_of(self, producer: Operation) -> Node:
        return self._hosts.get(producer) or self.homes[producer].region

    def _producers(self, op: Operation) -> dict[Operation, bool]:
        """What the op has to wait for, and whether it may not be in one region with it.

        An op of which this one gets a copy is not among them, but what that waits for is. What uses the result of a
        barrier is in another region.
        """
        found: dict[Operation, bool] = {}
        pending = [(op, value) for value in consumed_values(op)]
        while pending:
            user, value = pending.pop()
            producer = value.owner
            if not isinstance(producer, Operation) or producer not in self.affinities:
                continue
            if self._gets_copy(user, producer):
                pending += [(producer, operand) for operand in producer.operands]
            else:
                found[producer] = producer.name == "stream.async.barrier"
        for other in self._earlier_users(op):
            found.setdefault(other, False)
        return found

    def _gets_copy(self, user: Operation, producer: Operation) -> bool:
        has_home = self._copied.get(producer)
        return has_home is not None and (isinstance(user, StreamableOpInterface) or not has_home)

    def _wanted_affinity(self, op: Operation) -> Attribute | None:
        """Where the op runs: as it says, or as the cheap ops say of which it gets copies."""
        own = affinity_of(op)
        cheap = (v.owner for v in op.operands if v.owner in self._copied) if own is None else ()
        found = (self.affinities[one] for one in cheap if isinstance(one, Operation))
        return next((affinity for affinity in found if affinity is not None), own)

    # --- Storage that is changed in place ---

    def _earlier_users(self, op: Operation) -> Iterator[Operation]:
        """Those that must keep their place before `op`, as one of the two changes in place what both use."""
        for value, changes in self._changing_uses(op):
            storage = self._storages.get(value)
            if storage is not None:
                yield from (other for other in (storage.users if changes else storage.writers) if other is not op)

    def _note_storages(self, op: Operation) -> None:
        for value, changes in self._changing_uses(op):
            storage = self._storages.setdefault(value, _Storage())
            if changes:
                storage.users, storage.writers = [], [op]
            storage.users.append(op)

    def _changing_uses(self, op: Operation) -> Iterator[tuple[SSAValue, bool]]:
        """The storages that the op uses and anybody in the block changes, and whether the op does."""
        changed: set[SSAValue] | None = None
        for base in {
            tied_base_value(value): None for value in consumed_values(op) if isinstance(value.type, ResourceType)
        }:
            if base in self.facts.changed_storages:
                if changed is None:
                    changed = storages_changed_by(op)
                yield base, base in changed

    # --- Up the regions ---

    def merge(self) -> None:
        """Makes regions part of later ones of the same place, where nothing has to run in between."""
        nodes: list[tuple[int, int, Node]] = [(2 * r.level, i, r) for i, r in enumerate(self.regions)]
        nodes += ((2 * h.level - 1, i, h) for i, h in enumerate(self._hosts.values()))
        kept: dict[tuple[int, Attribute | None], list[Region]] = {}
        due: dict[Node, int] = {}
        for _, _, node in sorted(nodes, key=lambda entry: entry[:2], reverse=True):
            if isinstance(node, Region):
                later = kept.setdefault((node.epoch, node.affinity), [])
                target = _last_before(later, _last_level(node, due))
                if target is None:
                    later.append(node)
                else:
                    node.merge_into(target)
            else:
                due[node] = min((_level_of(user, due) for user in node.users), default=_NEVER)

    # --- The result ---

    def close(self) -> PartitionSet:
        """The partitions; no op may be visited any more."""
        regions = [region for region in self.regions if region.merged_into is None]
        regions.sort(key=lambda region: region.level)
        for ordinal, region in enumerate(regions):
            region.ordinal = ordinal
        self._copy_cheap_ops()
        escaped: set[Operation] = set()
        place = self.facts.index.__getitem__
        return PartitionSet(
            tuple(
                close_partition(r.ordinal, sorted(r.ops, key=place, reverse=True), r.affinity, self.copies, escaped)
                for r in regions
            )
        )

    def _copy_cheap_ops(self) -> None:
        """Each region that uses a cheap op gets it, the last op first: a copy may need another."""
        for cheap in reversed(self._copied):
            wanted: set[Region] = set()
            for user in users_of_results(cheap):
                if user in self.affinities and self._gets_copy(user, cheap):
                    home = self.homes.get(user)
                    wanted.update(self.copies.get(user, ()))
                    if home is not None:
                        wanted.add(home.region.final())
            if cheap in self.homes:
                wanted.discard(self.homes[cheap].region.final())
            if wanted:
                self.copies[cheap] = sorted(wanted, key=lambda region: region.ordinal)
            for region in wanted:
                region.ops.add(cheap)


def _last_level(region: Region, due: Mapping[Node, int]) -> int:
    """The last level at which the region is in time for all that waits for it."""
    last = _NEVER
    for user, apart in region.users.items():
        together = not apart and isinstance(user, Region) and user.final().affinity == region.affinity
        last = min(last, _level_of(user, due) - (0 if together else 1))
    return last


def _level_of(node: Node, due: Mapping[Node, int]) -> int:
    return node.final().level if isinstance(node, Region) else due[node]


def _last_before(later: Sequence[Region], level: int) -> Region | None:
    """The first of `later` (by falling level) that is not above `level`; None: there is none."""
    place = bisect_left(later, -level, key=lambda region: -region.level)
    return later[place] if place < len(later) else None
