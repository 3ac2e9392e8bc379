"""What the partitioner of fewest regions keeps in mind: regions, what they wait for, where ops went and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xdsl.ir import Attribute, Operation

from iree_explorer.ir.interfaces import are_compatible

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.steps import Because


@dataclass(eq=False, slots=True)
class Node:
    """A region, or an op of the host: what others may have to wait for.

    Attributes:
        level: hand-overs behind it; of a host op, those behind what uses its results.
        users: what waits for it. False: it could as well be in one region with the node; True: they must be apart.
    """

    level: int
    users: dict[Node, bool] = field(default_factory=dict["Node", bool])

    def feeds(self, user: Node, *, apart: bool) -> None:
        """Notes that `user` waits for this."""
        if user is not self:
            self.users[user] = self.users.get(user, False) or apart


@dataclass(eq=False, slots=True)
class Region(Node):
    """A partition that is being filled.

    Attributes:
        epoch: how many host ops that may not be crossed are above it.
        affinity: where all of it runs; None: nobody says.
        ops: its members.
        ordinal: which one to run it is; -1: not known yet.
        merged_into: the later region that it became part of.
    """

    epoch: int = 0
    affinity: Attribute | None = None
    ops: set[Operation] = field(default_factory=set[Operation])
    ordinal: int = -1
    merged_into: Region | None = None

    def accepts(self, affinity: Attribute | None) -> bool:
        """Whether an op of this affinity may join."""
        return are_compatible(self.affinity, affinity)

    def merge_into(self, target: Region) -> None:
        """Becomes part of a later region."""
        self.merged_into = target
        target.ops |= self.ops
        for user, apart in self.users.items():
            target.feeds(user, apart=apart)

    def final(self) -> Region:
        """The region that this one is part of in the end."""
        region = self
        while region.merged_into is not None:
            region = region.merged_into
        return region


@dataclass(frozen=True, slots=True)
class Need:
    """The first place at which an op may run.

    Attributes:
        level: hand-overs behind it.
        region: the region of that level that it may be in; None: any.
        because: the op that it has to wait for longest; None: nothing.
    """

    level: int = 0
    region: Region | None = None
    because: Operation | None = None

    def and_(self, other: Need) -> Need:
        """The first place that satisfies both."""
        if other.level != self.level:
            return self if self.level > other.level else other
        if other.region is None or other.region is self.region:
            return self
        if self.region is None:
            return other
        return Need(self.level + 1, None, other.because)


@dataclass(frozen=True, slots=True)
class Home:
    """Where an op went, and why: it could not be earlier than `need`."""

    region: Region
    need: Need
    because: Because
