"""IREE's own way to divide an execution region into waves of ops that can run at once.

It walks from the last op to the first. An op must be in an earlier wave than every op that has a hazard with it: that
uses its result, or touches the same bytes of a resource in place. Waves are numbered from the end, wave 0 is the last to run.
Favoring little memory, an op goes into the earliest wave that exists and is early enough; favoring concurrency, into the
last one.

# IREE: ReferencePartitioning.cpp, partitionRegionConcurrencyReference
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from xdsl.ir import SSAValue

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.hazards import Conflict
from iree_explorer.analysis.op_facts import Kind
from iree_explorer.ir.interfaces import TiedOpInterface
from iree_explorer.partitioning.algorithms.ordinal_set import OrdinalSet, added, contains, tidied, union
from iree_explorer.partitioning.partition import PartitionSet, close_partition

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.steps import Skip

_NOWHERE = -1


class Dependence(NamedTuple):
    """A later op that has to wait for the weighed op, or may have to.

    Attributes:
        op: the later op.
        is_shared: whether the two share an operand; False: the later op uses what the weighed one makes.
        conflict: the hazard between the two; None: there is none.
    """

    op: int
    is_shared: bool
    conflict: Conflict | None


@dataclass(slots=True)
class Shared:
    """A resource of which some op reuses the storage; where none does, those who use it are nothing to each other.

    Attributes:
        value: the resource.
        users: the ops visited so far that could have done so.
        writers: those of them that write into it.
        downstream: all waves that are downstream of any of `users`. An op that uses the resource before them inherits
            these, hazard or not.
    """

    value: SSAValue
    users: list[int] = field(default_factory=list[int])
    writers: list[int] = field(default_factory=list[int])
    downstream: OrdinalSet = (0, 0)


class Below(NamedTuple):
    """What the later ops say about where an op can go.

    Attributes:
        dependences: those that have to wait for it, or may have to.
        shared: what is known of those of its operands of which anyone reuses the storage.
        downstream: waves that must run after it.
    """

    dependences: Sequence[Dependence]
    shared: Sequence[Shared]
    downstream: OrdinalSet


class ConcurrencyWatcher(Protocol):
    """Is told of each decision as it is made; it decides nothing. Ops are numbers: their places in the block."""

    def skipped(self, op: int, skip: Skip) -> None:
        """The op is in no wave."""
        ...

    def weighed(self, op: int, below: Below, chosen: int | None) -> None:
        """All waves were considered; None: none can take the op."""
        ...

    def placed(self, op: int, wave: int, *, opened: bool, latest: bool) -> None:
        """The op went into a wave."""
        ...


class ConcurrencyRun:
    """One walk over the block of an execution region, from its end to its start. Ops are numbers: their places in it.

    Attributes:
        facts: of the block.
        waves: ops of each wave, by ordinal, in the order in which they joined.
        downstream: op → waves that must run after it; None: it was not visited, or skipped. IREE: OpInfo.hazards.
        wave_of: op → ordinal of its wave; -1: it is in none.
        watcher: is told what is decided; None: nobody watches.
    """

    def __init__(self, facts: BlockFacts, *, latest: bool) -> None:
        self.facts = facts
        self.waves: list[list[int]] = []
        self.downstream: list[OrdinalSet | None] = [None] * len(facts.ops)
        self.wave_of = [_NOWHERE] * len(facts.ops)
        self.watcher: ConcurrencyWatcher | None = None
        self._latest = latest
        self._shared: dict[int, Shared] = {}

    def visit(self, op: int) -> None:
        """Decides about one op; all ops after it in the block have been visited."""
        kind = self.facts.kinds[op]
        made: Any = self.facts.ops[op]
        if kind is Kind.CONSTANT:
            if self.watcher is not None:
                self.watcher.skipped(op, "constant")
            return
        below = self._look_below(op)
        self.downstream[op] = below.downstream
        if kind is not Kind.STREAMABLE:
            if self.watcher is not None:
                self.watcher.skipped(op, "host")
        elif made.is_metadata():
            if self.watcher is not None:
                self.watcher.skipped(op, "metadata")
        else:
            self._place(op, below)
        self._note_operands(op, below.shared)

    def close(self) -> PartitionSet:
        """The waves, first to run first. The watcher, who knows the run, is let go: so both end with their last user."""
        self.watcher = None
        waves = [[self.facts.ops[op] for op in wave] for wave in self.waves]
        return PartitionSet(tuple(close_partition(i, waves[i]) for i in reversed(range(len(waves)))))

    def _dependences(self, op: int, shared_operands: Sequence[Shared]) -> list[Dependence]:
        """The later ops that have to wait for `op`, or may have to: its users, and those that conflict over an operand."""
        ops, conflict_between = self.facts.ops, self.facts.hazards.conflict_between
        users = self.facts.users[op]
        # A conflict with an op in no wave, such as the end of the region, keeps out of none: it is something to tell only.
        asks_all, wave_of = self.watcher is not None, self.wave_of
        found: list[Dependence] = [
            Dependence(
                user, False, conflict_between(ops[op], ops[user]) if asks_all or wave_of[user] != _NOWHERE else None
            )
            for user in (dict.fromkeys(users) if len(users) > 1 else users)
            if self.downstream[user] is not None
        ]
        for shared in shared_operands:
            # Two readers conflict over a third resource only, of which one is the writer: that pair comes up there.
            for other in shared.users if self._writes(op, shared.value) else shared.writers:
                conflict = conflict_between(ops[op], ops[other])
                if conflict is not None:
                    found.append(Dependence(other, True, conflict))
        return found

    def _shared_operands(self, op: int) -> list[Shared]:
        """What is known of those operands of `op` of which anyone reuses the storage."""
        tied = self.facts.tied
        if not tied:
            return []
        shared = [operand for operand in self.facts.resources[op] if id(operand) in tied]
        return [self._shared.setdefault(id(operand), Shared(operand)) for operand in shared]

    def _look_below(self, op: int) -> Below:
        if self.watcher is None and not self.facts.tied:
            return Below((), (), self._below_users(op))
        downstream: OrdinalSet = (0, 0)
        shared_operands = self._shared_operands(op)
        dependences = self._dependences(op, shared_operands)
        for other, _, conflict in dependences:
            downstream = union(downstream, self.downstream_of(other))
            wave = self.wave_of[other]
            if conflict is not None and wave != _NOWHERE:
                downstream = added(downstream, wave)
        for shared in shared_operands:
            downstream = union(downstream, shared.downstream)
        return Below(dependences, shared_operands, tidied(downstream))

    def _below_users(self, op: int) -> OrdinalSet:
        """The waves that must run after `op` where no storage is reused: only its users count. As `_look_below`, untold."""
        ops, wave_of, has_hazard = self.facts.ops, self.wave_of, self.facts.hazards.has_hazard_with_user
        downstream: OrdinalSet = (0, 0)
        for user in self.facts.users[op]:
            below = self.downstream[user]
            if below is not None:
                downstream = union(downstream, below)
                wave = wave_of[user]
                if wave != _NOWHERE and not contains(downstream, wave) and has_hazard(ops[op], ops[user]):
                    downstream = added(downstream, wave)
        return tidied(downstream)

    def downstream_of(self, op: int) -> OrdinalSet:
        """The waves that must run after an op that was visited."""
        return self.downstream[op] or (0, 0)

    def _note_operands(self, op: int, shared_operands: Sequence[Shared]) -> None:
        if not shared_operands or not isinstance(self.facts.ops[op], TiedOpInterface):
            return
        for shared in shared_operands:
            shared.users.append(op)
            if self._writes(op, shared.value):
                shared.writers.append(op)
            shared.downstream = tidied(union(shared.downstream, self.downstream_of(op)))

    def _writes(self, op: int, value: SSAValue) -> bool:
        ranges = self.facts.hazards.ranges_of(self.facts.ops[op]) or ()
        return any(r.resource is value and not r.is_read_only for r in ranges)

    def _place(self, op: int, below: Below) -> None:
        downstream = below.downstream
        wave = self._lowest_free(downstream) if self._latest else self._highest_free(downstream)
        if self.watcher is not None:
            self.watcher.weighed(op, below, wave)
        opened = wave is None
        if wave is None:
            wave = len(self.waves)
            self.waves.append([])
        self.waves[wave].append(op)
        self.wave_of[op] = wave
        self.downstream[op] = union(downstream, (wave, 0))
        if self.watcher is not None:
            self.watcher.placed(op, wave, opened=opened, latest=self._latest)

    def _lowest_free(self, downstream: OrdinalSet) -> int | None:
        return downstream[0] if downstream[0] < len(self.waves) else None

    def _highest_free(self, downstream: OrdinalSet) -> int | None:
        floor, bits = downstream
        count = len(self.waves) - floor
        if count <= 0:
            return None
        free = ~bits & (1 << count) - 1
        return floor + free.bit_length() - 1 if free else None
