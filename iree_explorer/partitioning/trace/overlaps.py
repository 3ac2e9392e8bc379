"""Conflicts between two ops as plain data, for a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.hazards import Conflict
from iree_explorer.analysis.values import constant_of
from iree_explorer.dialects.interfaces import AsyncAccessRange, ResourceAccess
from iree_explorer.partitioning.trace.reasons import Access, Overlap, ValueRef

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import OpIds

__all__ = ["Overlaps"]


class Overlaps:
    """Tells of conflicts; remembers what the bounds of ranges are."""

    def __init__(self, ids: OpIds) -> None:
        self._ids = ids
        self._bounds: dict[SSAValue, int | ValueRef] = {}

    def of(self, conflict: Conflict) -> Overlap:
        """Which bytes both touch."""
        producer, consumer = conflict.producer_range, conflict.consumer_range
        return Overlap(
            self._ids.value(conflict.resource),
            None if producer is None else self._access(conflict.producer, producer),
            None if consumer is None else self._access(conflict.consumer, consumer),
        )

    def _access(self, op: Operation, touched: AsyncAccessRange) -> Access:
        reads, writes = ResourceAccess.READ in touched.access, ResourceAccess.WRITE in touched.access
        mode = "read-write" if reads and writes else "write" if writes else "read"
        start = 0 if touched.start is None else self._bound(touched.start)
        return Access(self._ids.of(op), mode, start, self._bound(touched.end))

    def _bound(self, value: SSAValue) -> int | ValueRef:
        """A bound as a number where it is a constant."""
        known = self._bounds.get(value)
        if known is None:
            constant = constant_of(value)
            known = self._bounds[value] = self._ids.value(value) if constant is None else constant
        return known
