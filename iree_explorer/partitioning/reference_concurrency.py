"""IREE's own way to divide an execution region into waves of ops that can run at once.

It walks from the last op to the first. An op must be in an earlier wave than every op that has a hazard with it: that
uses its result, or touches the same bytes of a resource in place. Waves are numbered from the end, wave 0 is the last to run.
Favoring little memory, an op goes into the earliest wave that exists and is early enough; favoring concurrency, into the
last one; favoring debugging, there are no waves.

# IREE: ReferencePartitioning.cpp, partitionRegionConcurrencyReference
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.block_facts import BlockFacts, is_constant, users_of
from iree_explorer.analysis.hazards import Conflict
from iree_explorer.dialects.interfaces import StreamableOpInterface, TiedOpInterface
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.partitioning.config import Favor
from iree_explorer.partitioning.ordinal_set import OrdinalSet, added, tidied, union
from iree_explorer.partitioning.partition import PartitionSet, close_partition
from iree_explorer.partitioning.steps import Scope

if TYPE_CHECKING:
    from iree_explorer.partitioning.concurrency_story import ConcurrencyStory
    from iree_explorer.partitioning.partitioner import Config
    from iree_explorer.partitioning.trace import Witness

__all__ = ["ConcurrencyRun", "Dependence", "ReferenceConcurrency"]

_NOWHERE = -1


class ReferenceConcurrency:
    """The reference partitioner of waves."""

    name = "reference"
    scope: Scope = "concurrency"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        """The waves, first to run first."""
        if config.favor is Favor.DEBUG:
            return PartitionSet()
        run = ConcurrencyRun(facts, latest=config.favor is Favor.MAX_CONCURRENCY)
        if witness is not None:
            from iree_explorer.partitioning.concurrency_story import ConcurrencyStory

            run.story = ConcurrencyStory(run, witness)
        for op in reversed(facts.ops):
            run.visit(op)
        return PartitionSet(tuple(close_partition(i, run.waves[i]) for i in reversed(range(len(run.waves)))))


Dependence = tuple[Operation, bool, Conflict | None]
"""A later op, whether it merely shares an operand with the weighed op, and the hazard between the two, if any."""


@dataclass(slots=True)
class Shared:
    """A resource that several ops use.

    Attributes:
        value: the resource.
        is_tied: whether any op reuses its storage; if none does, its users are nothing to each other.
        users: the ops visited so far that could have done so.
        writers: those of them that write into it.
        downstream: all waves that are downstream of any of `users`. An op that uses the resource before them inherits
            these, hazard or not.
    """

    value: SSAValue
    is_tied: bool
    users: list[Operation] = field(default_factory=list[Operation])
    writers: list[Operation] = field(default_factory=list[Operation])
    downstream: OrdinalSet = (0, 0)


class ConcurrencyRun:
    """One walk over the block of an execution region, from its end to its start.

    Attributes:
        facts: of the block.
        waves: ops of each wave, by ordinal, in the order in which they joined.
        downstream: op → waves that must run after it. IREE: OpInfo.hazards.
        wave_of: op → ordinal of its wave; -1: it is in none.
        story: tells a witness what is decided; None: there is none.
    """

    def __init__(self, facts: BlockFacts, *, latest: bool) -> None:
        self.facts = facts
        self.waves: list[list[Operation]] = []
        self.downstream: dict[Operation, OrdinalSet] = {}
        self.wave_of: dict[Operation, int] = {}
        self.story: ConcurrencyStory | None = None
        self._latest = latest
        self._shared: dict[SSAValue, Shared] = {}

    def visit(self, op: Operation) -> None:
        """Decides about one op; all ops after it in the block have been visited."""
        if is_constant(op):
            if self.story is not None:
                self.story.skipped(op, "constant")
            return
        shared = list(self.shared(op))
        downstream = self._look_below(op, shared)
        self.downstream[op] = downstream
        self.wave_of[op] = _NOWHERE
        if not isinstance(op, StreamableOpInterface):
            if self.story is not None:
                self.story.skipped(op, "host")
        elif op.is_metadata():
            if self.story is not None:
                self.story.skipped(op, "metadata")
        else:
            self._place(op, downstream)
        self._note_operands(op, shared)

    def dependences(self, op: Operation, shared_operands: list[Shared]) -> Iterator[Dependence]:
        """The later ops that have to wait for `op`, or may have to: its users, and those that conflict over an operand."""
        for user in dict.fromkeys(users_of(op)):
            if user in self.wave_of:
                yield user, False, self.facts.hazards.has_hazard(op, user)
        for shared in shared_operands:
            # Two readers conflict over a third resource only, of which one is the writer: that pair comes up there.
            for other in shared.users if _writes(self.facts, op, shared.value) else shared.writers:
                conflict = self.facts.hazards.has_hazard(op, other)
                if conflict is not None:
                    yield other, True, conflict

    def shared(self, op: Operation) -> Iterator[Shared]:
        """What is known of those operands of `op` of which anyone reuses the storage."""
        for operand in dict.fromkeys([v for v in op.operands if isinstance(v.type, ResourceType)]):
            shared = self._shared.get(operand)
            if shared is None:
                shared = self._shared[operand] = Shared(operand, _is_tied(operand))
            if shared.is_tied:
                yield shared

    def _look_below(self, op: Operation, shared_operands: list[Shared]) -> OrdinalSet:
        downstream: OrdinalSet = (0, 0)
        for other, _, conflict in self.dependences(op, shared_operands):
            downstream = union(downstream, self.downstream[other])
            wave = self.wave_of[other]
            if conflict is not None and wave != _NOWHERE:
                downstream = added(downstream, wave)
        for shared in shared_operands:
            downstream = union(downstream, shared.downstream)
        return tidied(downstream)

    def _note_operands(self, op: Operation, shared_operands: list[Shared]) -> None:
        if not isinstance(op, TiedOpInterface):
            return
        for shared in shared_operands:
            shared.users.append(op)
            if _writes(self.facts, op, shared.value):
                shared.writers.append(op)
            shared.downstream = tidied(union(shared.downstream, self.downstream[op]))

    def _place(self, op: Operation, downstream: OrdinalSet) -> None:
        wave = self._lowest_free(downstream) if self._latest else self._highest_free(downstream)
        if self.story is not None:
            self.story.weighed(op, downstream, wave)
        opened = wave is None
        if wave is None:
            wave = len(self.waves)
            self.waves.append([])
        self.waves[wave].append(op)
        self.wave_of[op] = wave
        self.downstream[op] = union(downstream, (wave, 0))
        if self.story is not None:
            self.story.placed(op, wave, opened=opened, latest=self._latest)

    def _lowest_free(self, downstream: OrdinalSet) -> int | None:
        return downstream[0] if downstream[0] < len(self.waves) else None

    def _highest_free(self, downstream: OrdinalSet) -> int | None:
        floor, bits = downstream
        count = len(self.waves) - floor
        if count <= 0:
            return None
        free = ~bits & (1 << count) - 1
        return floor + free.bit_length() - 1 if free else None


def _is_tied(value: SSAValue) -> bool:
    """Whether any op at all reuses the storage of `value`. IREE: UtilTypes.cpp, TiedOpInterface::hasAnyTiedUses."""
    return any(isinstance(u.operation, TiedOpInterface) and u.operation.is_operand_tied(u.index) for u in value.uses)


def _writes(facts: BlockFacts, op: Operation, value: SSAValue) -> bool:
    ranges = facts.hazards.ranges_of(op) or ()
    return any(r.resource is value and not r.is_read_only for r in ranges)
