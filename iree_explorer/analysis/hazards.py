"""Which two ops may not run at once, because they touch the same bytes of a resource and one of them writes."""

from __future__ import annotations

from typing import NamedTuple

from xdsl.ir import Operation, OpResult, SSAValue

from iree_explorer.ir.interfaces import AsyncAccessOpInterface, AsyncAccessRange, implements
from iree_explorer.ir.storage import operands_of


class Conflict(NamedTuple):
    """Two accesses of one resource that may touch the same bytes, at least one of them writing.

    `producer_range` and `consumer_range` are None where an op does not tell what it touches: using `resource` is enough.
    """

    producer: Operation
    consumer: Operation
    resource: SSAValue
    producer_range: AsyncAccessRange | None = None
    consumer_range: AsyncAccessRange | None = None


class HazardAnalysis:
    """Answers for any two ops; remembers each op's ranges. Ops must not change, nor go, while it is in use.

    # IREE: ResourceHazards.cpp, ResourceHazardAnalysis
    """

    def __init__(self) -> None:
        self._ranges: dict[int, list[AsyncAccessRange] | None] = {}  # By the `id` of the op, as the other.
        self._bounds: dict[int, tuple[set[int], set[int]] | None] = {}

    def has_hazard_with_user(self, producer: Operation, user: Operation) -> bool:
        """Whether an op may not run at once with one that uses what it makes, mostly told without a look at the ranges.

        What is written whole and read is apart only where the one ends at the very value where the other starts.
        """
        made, used = self._plain_bounds_of(producer), self._plain_bounds_of(user)
        if made is None or used is None or not made[1].isdisjoint(used[0]):
            return self.conflict_between(producer, user) is not None
        return True

    def _plain_bounds_of(self, op: Operation) -> tuple[set[int], set[int]] | None:
        """Ids of the op's `plain_bounds`."""
        key = id(op)
        if key not in self._bounds:
            bounds = op.plain_bounds() if implements(op, AsyncAccessOpInterface) else None
            self._bounds[key] = None if bounds is None else (set(map(id, bounds[0])), set(map(id, bounds[1])))
        return self._bounds[key]

    def conflict_between(self, producer: Operation, consumer: Operation) -> Conflict | None:
        """Why `consumer`, which comes later, may not run at once with `producer`; None: nothing speaks against it.

        Ranges are compared by their bounds as values only: two ranges are apart where one ends at the very value where
        the other starts. Nothing is known of ranges that do not touch, such as [100, 200) and [500, 600).
        """
        produced = self.ranges_of(producer)
        consumed = self.ranges_of(consumer)
        if produced is None or consumed is None:
            used = _used_result(producer, consumer)
            return None if used is None else Conflict(producer, consumer, used)
        for first in produced:
            resource = first.resource
            for second in consumed:
                if resource is second.resource and first.conflicts_with(second):
                    return Conflict(producer, consumer, resource, first, second)
        return None

    def ranges_of(self, op: Operation) -> list[AsyncAccessRange] | None:
        """What the op touches; None: it does not tell."""
        key = id(op)
        if key not in self._ranges:
            self._ranges[key] = op.access_ranges() if implements(op, AsyncAccessOpInterface) else None
        return self._ranges[key]


def _used_result(producer: Operation, consumer: Operation) -> SSAValue | None:
    """The first operand of `consumer` that `producer` makes."""
    makers = (value.op if type(value) is OpResult else None for value in operands_of(consumer))
    return next((value for value, maker in zip(operands_of(consumer), makers, strict=True) if maker is producer), None)
