"""What a trace knows of regions and waves: how they are called, and which ops are in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from iree_explorer.partitioning.trace.recording import OpIds, Trace
from iree_explorer.partitioning.trace.regions import EXECUTE, RegionNames
from iree_explorer.partitioning.trace.steps import Began, Cloned, Ended, Outlined, Placed, Rewritten, Step

Regions: TypeAlias = dict[int, tuple[int, str]]
"""Op id of an execution region → ordinal and label."""


@dataclass(slots=True)
class TraceNames:
    """Numbers regions over all blocks of a function, and remembers what the trace says of each.

    Attributes:
        offsets: number of an execution `Began` step → ordinal of the region that its partition 0 becomes.
        regions: op id of a function → op id of an execution region in it → ordinal and label.
        waves: op id → ordinal of its wave.
        divided: op id of an execution region → how many waves it was divided into.
        pending: op id of a function → op id → ordinals of the partitions that hold it and were not made regions.
    """

    offsets: dict[int, int] = field(default_factory=dict[int, int])
    regions: dict[int, Regions] = field(default_factory=dict[int, "Regions"])
    waves: dict[int, int] = field(default_factory=dict[int, int])
    divided: dict[int, int] = field(default_factory=dict[int, int])
    pending: dict[int, dict[int, list[int]]] = field(default_factory=dict[int, dict[int, list[int]]])
    _next: dict[int, int] = field(default_factory=dict[int, int])
    _began: Began | None = None
    _offset: int = 0

    @staticmethod
    def of(trace: Trace) -> TraceNames:
        """Reads the whole trace."""
        names = TraceNames()
        for number, step in enumerate(trace):
            names._read(step, number)
            if isinstance(step, Rewritten):
                names._rebuilt(step, trace.names)
        return names

    def _read(self, step: Step, number: int) -> None:
        if isinstance(step, Began):
            self._began = step
            if step.scope == "execution":
                self._offset = self.offsets[number] = self._next.setdefault(step.function, 0)
        elif self._began is None:
            return
        elif isinstance(step, Placed):
            self._place(step.op, (step.partition,))
        elif isinstance(step, Cloned):
            self._place(step.op, step.partitions)
        elif isinstance(step, Ended) and self._began.scope == "concurrency":
            self.divided[self._began.region] = step.count
        elif isinstance(step, Outlined):
            self._outlined(step)

    def _place(self, op: int, partitions: Sequence[int]) -> None:
        assert self._began is not None
        if self._began.scope == "concurrency":
            self.waves[op] = partitions[0]
            return
        function = self._began.function
        ordinals = [self._offset + partition for partition in partitions]
        self._next[function] = max(self._next[function], *(ordinal + 1 for ordinal in ordinals))
        self.pending.setdefault(function, {}).setdefault(op, []).extend(ordinals)

    def _outlined(self, step: Outlined) -> None:
        assert self._began is not None
        if step.scope == "concurrency":
            self.waves.update(dict.fromkeys(step.ops, step.partition))
            return
        region = (self._offset + step.partition, self._label(step.partition))
        self.regions.setdefault(self._began.function, {})[step.region] = region
        self.pending.pop(self._began.function, None)

    def _rebuilt(self, step: Rewritten, op_names: Sequence[str]) -> None:
        """A region that the clean-up builds anew, with other captures or results, is still that of its partition."""
        regions = {} if self._began is None else self.regions_of(self._began.function)
        before = [op for op in step.before if op in regions]
        after = [op for op in step.after if op_names[op] == EXECUTE]
        if len(before) == len(after) == 1:
            regions[after[0]] = regions[before[0]]

    def _label(self, partition: int) -> str:
        """The partition's name; in a block that is not the function's first, with that of the block."""
        began = self._began
        assert began is not None
        where = f", block {began.block}" if began.block else ""
        if began.region != began.function:
            where += ", nested"
        return f"partition {partition}{where}"

    def regions_of(self, function: int) -> Regions:
        """The regions of a function, by its op id."""
        return self.regions.get(function, {})

    def of_function(self, function: int, ids: OpIds) -> RegionNames:
        """What there is to know of the regions of a function, by its op id."""
        return RegionNames(ids, self.regions_of(function), self.waves, self.divided, self.pending.get(function, {}))
