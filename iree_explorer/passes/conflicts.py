"""Which regions wait for others though they use nothing that these make: one of the two changes storage that both use.

IREE's reference partitioner leaves that to whoever made the program; partitioners that know no better than to cut it do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.op_facts import consumed_values
from iree_explorer.analysis.values import InsertionPoint, is_usable_at, storages_changed_by
from iree_explorer.dialects.stream.timepoint_ops import TimepointAwaitOp
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.interfaces import StreamableOpInterface, TimelineOpInterface, tied_base_value
from iree_explorer.partitioning.partition import Partition


@dataclass(frozen=True, slots=True)
class Use:
    """What work does with a storage: whether it changes it, and the place in the block of its first op that uses it."""

    changes: bool
    place: int

    def conflicts_with(self, other: Use) -> bool:
        """Whether one of the two changes the storage."""
        return self.changes or other.changes


@dataclass(eq=False, slots=True)
class Work:
    """A region that is made of a partition, or an op that was on the timeline before.

    Attributes:
        op: the op that starts when what it awaits is reached.
        uses: the storages that it uses, by the first value with each.
        ins: what it takes in.
        outs: what it makes, as others of the block name it, in the order of its results; the storage of each.
        before: what surely ends before it starts.
    """

    op: Operation
    uses: Mapping[SSAValue, Use]
    ins: Sequence[SSAValue]
    outs: Mapping[SSAValue, SSAValue]
    before: set[Work] = field(default_factory=set["Work"])

    @staticmethod
    def of_partition(op: Operation, partition: Partition, places: Mapping[Operation, int]) -> Work:
        """Of a partition whose ops are still in the block, in which `places` tells where."""
        return Work(op, _uses(partition.ops, places), partition.ins, _storages(partition.outs))

    @staticmethod
    def of_op(op: Operation, places: Mapping[Operation, int]) -> Work:
        """Of an op that is on the timeline."""
        return Work(op, _uses((op,), places), op.operands, _storages(op.results))

    @property
    def timepoint(self) -> SSAValue:
        """Reached when it is done."""
        assert isinstance(self.op, TimelineOpInterface)
        assert self.op.timeline_result is not None
        return self.op.timeline_result

    def is_above(self, other: Work) -> bool:
        """Whether the two are in conflict, and this one is the first in the block to use what they share."""
        shared = ((use, other.uses[storage]) for storage, use in self.uses.items() if storage in other.uses)
        return any(mine.place < its.place and mine.conflicts_with(its) for mine, its in shared)


def timed_work(op: Operation) -> bool:
    """Whether an op works on resources when its time has come: an execution region, or what moves parameters."""
    return (
        isinstance(op, TimelineOpInterface)
        and not isinstance(op, StreamableOpInterface)
        and op.timeline_result is not None
        and op.name.startswith("stream.async.")
    )


class Conflicts:
    """All work of a function so far, block by block; each block after those that dominate it or are around it.

    Of blocks that are neither the host has awaited all that was begun: nothing else tells the other blocks of it.
    """

    def __init__(self) -> None:
        self._users: dict[SSAValue, dict[Work, Use]] = {}
        """Storage → what uses it; where regions make it, also by their results."""
        self._makers: dict[SSAValue, Work] = {}

    def add_block(
        self, regions: Sequence[Work], timed: Iterable[Work], point: InsertionPoint
    ) -> Iterator[tuple[Work, list[Work]]]:
        """For each work of a block the earlier ones that it has to wait for: each the last of its way.

        What it waits for anyway, as it takes in what they make, is left out.

        Args:
            regions: of partitions, in the order in which they run.
            timed: ops that were on the timeline before, in order.
            point: the start of the block.
        """
        for work in _in_order(regions, timed):
            known: set[Work] = set()
            for value in work.ins:
                maker = self._makers.get(_awaited(value))
                if maker is not None:
                    known |= {maker, *maker.before}
            waits: list[Work] = []
            for other in self._in_conflict(work, point):
                if other not in known:
                    waits.append(other)
                    known |= {other, *other.before}
            work.before = known
            self._note(work)
            yield work, waits

    def _in_conflict(self, work: Work, point: InsertionPoint) -> Iterator[Work]:
        """Earlier work that touches what this one changes, or changes what it touches, the latest first."""
        for storage, use in work.uses.items():
            for other, its in reversed(self._users.get(storage, {}).items()):
                is_known = other.op.parent is point.block or is_usable_at(other.timepoint, point)
                if is_known and use.conflicts_with(its):
                    yield other

    def _note(self, work: Work) -> None:
        for storage, use in work.uses.items():
            self._users.setdefault(storage, {})[work] = use
        for (value, storage), result in zip(
            work.outs.items(), work.op.results, strict=False
        ):  # the timepoint comes last
            self._makers[value] = self._makers[result] = work
            self._users[result] = self._users.setdefault(storage, {})


def _in_order(regions: Sequence[Work], timed: Iterable[Work]) -> list[Work]:
    """Regions keep their order, and so does other work, which comes right behind the last above it that it is in conflict with."""
    found = list(regions)
    start = 0
    for work in timed:
        above = [place for place, other in enumerate(found) if other.is_above(work)]
        place = max(start, above[-1] + 1 if above else 0)
        found.insert(place, work)
        start = place + 1
    return found


def _awaited(value: SSAValue) -> SSAValue:
    """The value that became this one when a timepoint was reached."""
    while isinstance(value.owner, TimepointAwaitOp):
        value = value.owner.resource_operands[value.owner.results.index(value)]
    return value


def _storages(values: Iterable[SSAValue]) -> dict[SSAValue, SSAValue]:
    return {value: tied_base_value(value) for value in values if isinstance(value.type, ResourceType)}


def _uses(ops: Iterable[Operation], places: Mapping[Operation, int]) -> dict[SSAValue, Use]:
    """The storages that ops of a block use, by the first value with each."""
    found: dict[SSAValue, Use] = {}
    for op in sorted((op for op in ops if op in places), key=places.__getitem__):
        changed = storages_changed_by(op)
        for value in consumed_values(op):
            if isinstance(value.type, ResourceType):
                base = tied_base_value(value)
                known = found.get(base, Use(False, places[op]))
                found[base] = Use(known.changes or base in changed, known.place)
    return found
