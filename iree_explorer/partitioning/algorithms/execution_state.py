"""What the reference partitioner of execution regions keeps in mind: about ops, about partitions, about a decision; and whom it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from xdsl.ir import Attribute, Operation

from iree_explorer.partitioning.algorithms.ordinal_set import OrdinalSet, added, contains, tidied, union, without

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.reasons import Rule
    from iree_explorer.partitioning.trace.steps import Skip


@dataclass(slots=True)
class OpInfo:
    """What is known of an op that was visited.

    Attributes:
        floor: how many partitions were closed when this was brought up to date.
        downstream: partitions that must run after the op; all closed ones count as members here.
        members: open partitions that the op is in (several: it was cloned).
        closed_downstream: whether a closed partition really is downstream.
        closed_member: whether a closed partition holds the op.
        left: whether the op went nowhere, though a partition may have been opened for it (and is among `members`).
    """

    floor: int
    downstream: OrdinalSet
    members: tuple[int, ...] = ()
    closed_downstream: bool = False
    closed_member: bool = False
    left: bool = False

    def close_below(self, floor: int) -> None:
        """Brings the info up to date when `floor` partitions are closed."""
        known, bits = self.downstream
        if known > self.floor or bits & (1 << max(floor - known, 0)) - 1:
            self.closed_downstream = True
        if known < floor:
            self.downstream = tidied((floor, bits >> floor - known))
        kept = tuple(p for p in self.members if p >= floor)
        self.closed_member = self.closed_member or len(kept) < len(self.members)
        self.members = kept
        self.floor = floor

    def is_scheduled_or_feeds(self) -> bool:
        """Whether any partition, closed or not, holds the op or is downstream of it."""
        feeds = self.downstream[0] > self.floor or bool(self.downstream[1]) or self.closed_downstream
        return feeds or bool(self.members) or self.closed_member

    def join(self, ordinal: int) -> None:
        """The op goes into a partition, which is then not downstream of it. IREE: PartitionBuilder::insert."""
        if ordinal not in self.members:
            self.members = (*self.members, ordinal)
        if contains(self.downstream, ordinal):
            self.downstream = without(self.downstream, ordinal)


@dataclass(slots=True)
class Building:
    """A partition that is being filled.

    Attributes:
        ordinal: the partition's.
        affinity: where all of its ops can run; None: nobody has said so far.
        ops: its ops, in the order in which they joined.
        cloned: those of them that are copied to several partitions.
    """

    ordinal: int
    affinity: Attribute | None = None
    ops: list[Operation] = field(default_factory=list[Operation])
    cloned: set[Operation] = field(default_factory=set[Operation])


@dataclass(slots=True)
class Below:
    """What the users of an op, gathered one by one, say about where it can go.

    Attributes:
        downstream: partitions that must run after the op.
        closed_downstream: whether a closed one must.
        consumers: open partitions that use the op's result themselves.
        closed_consumer: whether a closed one does.
        captured: partitions that may not hold the op, as a region op that uses its result inside feeds them. IREE:
            OpInfo.nestedRegionHazards.
        is_captured: whether there is any such partition, closed or not.
    """

    downstream: OrdinalSet
    captured: OrdinalSet
    closed_downstream: bool = False
    consumers: set[int] = field(default_factory=set[int])
    closed_consumer: bool = False
    is_captured: bool = False

    def feeds(self, info: OpInfo) -> None:
        """The partitions of a user, and those downstream of it, run after the op."""
        downstream = union(self.downstream, info.downstream)
        for ordinal in info.members:
            downstream = added(downstream, ordinal)
        self.downstream = downstream
        if info.closed_downstream or info.closed_member:
            self.closed_downstream = True

    def is_consumed_in(self, info: OpInfo) -> None:
        """The partitions of a user could hold the op as well."""
        self.consumers.update(info.members)
        self.closed_consumer = self.closed_consumer or info.closed_member

    def is_captured_with(self, barred: OrdinalSet, any_: bool) -> None:
        """A region op uses the result inside, and these partitions use what the region op makes."""
        self.captured = union(self.captured, barred)
        self.is_captured = self.is_captured or any_

    def forget_consumers(self) -> None:
        """A sync op that goes with the op has users of its own: the op must not be with its users."""
        self.consumers.clear()
        self.closed_consumer = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a partition cannot take an op: the rule, the op that asked, and the partition that speaks against it (or -1)."""

    rule: Rule
    asker: int
    other: int = -1


@dataclass(slots=True)
class Weighing:
    """One decision.

    Attributes:
        op: a streamable op, by its place in the block, as are all ops here.
        info: what is known of it.
        below: what its users say.
        syncs: barriers and transfers that go where it goes.
        clones: whether it prefers to be copied to each consumer.
        bound: whether it may only go where nothing downstream of it comes later (IREE: `checkForClones` is false, or
            it does not clone): a copy does not care about users elsewhere.
        refusals: consumer → why it cannot take the op.
    """

    op: int
    info: OpInfo
    below: Below
    syncs: Sequence[int]
    clones: bool
    bound: bool = True
    refusals: dict[int, Refusal] = field(default_factory=dict[int, Refusal])

    @property
    def keeps_order(self) -> bool:
        """Whether the order of partitions and cycles through them count beyond its consumers, too."""
        return self.bound or bool(self.syncs)

    @property
    def barred(self) -> OrdinalSet:
        """Partitions that run after the op, or that may not hold it."""
        return union(self.info.downstream, self.below.captured)

    @property
    def accepting(self) -> list[int]:
        """The consumers that can take the op, ascending."""
        return sorted(self.below.consumers.difference(self.refusals))

    def is_copied_to(self, accepting: Sequence[int]) -> bool:
        """Whether each of the consumers that can take the op gets it, rather than the first of them."""
        return self.clones and (len(accepting) > 1 or (bool(accepting) and self.below.is_captured))


class ExecutionWatcher(Protocol):
    """Is told of each decision as it is made; it decides nothing. Ops are numbers: their places in the block."""

    def skipped(self, op: int, skip: Skip) -> None:
        """The op gets no partition."""
        ...

    def put_off(self, op: int, producer: Operation) -> None:
        """A sync op waits for its producer's turn."""
        ...

    def flushed(self, op: int) -> None:
        """All partitions are about to be closed."""
        ...

    def weighed(self, weighing: Weighing, chosen: int | None) -> None:
        """All partitions were considered; None: none can take the op."""
        ...

    def opened(self, op: int, ordinal: int) -> None:
        """A partition was opened for the op."""
        ...

    def followed(self, sync: int, ordinal: int) -> None:
        """A sync op went where its producer goes."""
        ...

    def cloned(self, weighing: Weighing, consumers: list[int]) -> None:
        """The op was copied to these consumers."""
        ...

    def left(self, weighing: Weighing) -> None:
        """The op went nowhere."""
        ...

    def placed(self, weighing: Weighing, ordinal: int) -> None:
        """The op went into one partition."""
        ...
