"""Conflicts between two ops as plain data, for a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.hazards import Conflict
from iree_explorer.analysis.values import constant_of
from iree_explorer.ir.interfaces import AsyncAccessRange, ResourceAccess
from iree_explorer.partitioning.trace.reasons import Access, Overlap, ValueRef

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import OpIds


class Overlaps:
    """Tells of conflicts, each access in the same words for all ops that have to wait for it.

    Lives no longer than the `HazardAnalysis` that finds the conflicts and keeps their ranges.
    """

    def __init__(self, ids: OpIds) -> None:
        self._ids = ids
        self._accesses: dict[int, Access] = {}
        self._values: dict[int, ValueRef] = {}
        self._bounds: dict[int, int | ValueRef] = {}

    def of(self, conflict: Conflict) -> Overlap:
        """Which bytes both touch."""
        producer, consumer = conflict.producer_range, conflict.consumer_range
        return Overlap(
            self._value(conflict.resource),
            None if producer is None else self._access(conflict.producer, producer),
            None if consumer is None else self._access(conflict.consumer, consumer),
        )

    def _value(self, value: SSAValue) -> ValueRef:
        known = self._values.get(id(value))
        if known is None:
            known = self._values[id(value)] = self._ids.value(value)
        return known

    def _access(self, op: Operation, touched: AsyncAccessRange) -> Access:
        known = self._accesses.get(id(touched))
        if known is None:
            mode = (
                "read" if touched.is_read_only else "write" if touched.access is ResourceAccess.WRITE else "read-write"
            )
            start = 0 if touched.start is None else self._bound(touched.start)
            known = self._accesses[id(touched)] = Access(self._ids.of(op), mode, start, self._bound(touched.end))
        return known

    def _bound(self, value: SSAValue) -> int | ValueRef:
        """A bound as a number where it is a constant."""
        known = self._bounds.get(id(value))
        if known is None:
            constant = constant_of(value)
            known = self._bounds[id(value)] = self._value(value) if constant is None else constant
        return known
