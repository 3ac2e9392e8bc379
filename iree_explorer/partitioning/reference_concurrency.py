"""IREE's own way to divide an execution region into waves of ops that can run at once.

It walks from the last op to the first. An op must be in an earlier wave than every op that has a hazard with it: that
uses its result, or writes into a resource that it reads. Waves are numbered from the end, wave 0 is the last to run.
Favoring little memory, an op goes into the earliest wave that exists and is early enough; favoring concurrency, into the
last one; favoring debugging, there are no waves.

# IREE: ReferencePartitioning.cpp, partitionRegionConcurrencyReference
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.block_facts import BlockFacts, is_constant, users_of
from iree_explorer.analysis.hazards import Conflict
from iree_explorer.dialects.interfaces import SizeAwareType, StreamableOpInterface, TiedOpInterface
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
"""A later op, whether it merely writes into what the weighed op reads, and the hazard between the two, if any."""


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
        self._writers: dict[SSAValue, list[tuple[int, Operation]]] = {}

    def visit(self, op: Operation) -> None:
        """Decides about one op; all ops after it in the block have been visited."""
        if is_constant(op):
            if self.story is not None:
                self.story.skipped(op, "constant")
            return
        downstream = self._look_below(op)
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

    def dependences(self, op: Operation) -> Iterator[Dependence]:
        """The later ops that may have to wait for `op`: its users, and those that write into what it reads."""
        for user in dict.fromkeys(users_of(op)):
            if user in self.wave_of:
                yield user, False, self.facts.hazards.has_hazard(op, user)
        place = self.facts.index[op]
        for operand in dict.fromkeys(op.operands):
            if isinstance(operand.type, SizeAwareType):
                for index, writer in self._writers_of(operand):
                    if index > place:
                        yield writer, True, self.facts.hazards.has_hazard(op, writer)

    def _look_below(self, op: Operation) -> OrdinalSet:
        downstream: OrdinalSet = (0, 0)
        for other, _, conflict in self.dependences(op):
            downstream = union(downstream, self.downstream[other])
            wave = self.wave_of[other]
            if conflict is not None and wave != _NOWHERE:
                downstream = added(downstream, wave)
        return tidied(downstream)

    def _writers_of(self, value: SSAValue) -> list[tuple[int, Operation]]:
        """The ops of this block that tie a result to `value`, each with its place."""
        known = self._writers.get(value)
        if known is None:
            users = dict.fromkeys(use.operation for use in value.uses)
            known = [(self.facts.index[u], u) for u in users if u.parent is self.facts.block and _ties(u, value)]
            self._writers[value] = known
        return known

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


def _ties(op: Operation, value: SSAValue) -> bool:
    """Whether a result of `op` reuses the storage of `value`. IREE: TiedOpInterface::hasAnyTiedUses."""
    if not isinstance(op, TiedOpInterface):
        return False
    operands = op.operands
    return any(index >= 0 and operands[index] is value for index in op.tied_operand_indices())
