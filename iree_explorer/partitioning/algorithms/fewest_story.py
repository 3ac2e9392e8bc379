"""Tells a witness how the partitioner of fewest regions decided, when all is decided. Nothing here decides anything."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from xdsl.ir import Attribute, Operation

from iree_explorer.analysis.op_facts import affinity_text, is_constant
from iree_explorer.dialects.stream.region_ops import AsyncExecuteOp
from iree_explorer.ir.interfaces import GlobalStoreOpInterface, StreamableOpInterface, are_compatible
from iree_explorer.partitioning.trace.reasons import Candidate, Ordinals, Why
from iree_explorer.partitioning.trace.steps import (
    Because,
    Cloned,
    Flushed,
    LeftForRematerialization,
    Opened,
    Placed,
    Skip,
    Visited,
    Weighed,
)

if TYPE_CHECKING:
    from iree_explorer.partitioning.algorithms.fewest_run import FewestRun
    from iree_explorer.partitioning.algorithms.fewest_state import Home, Region
    from iree_explorer.partitioning.trace.recording import Witness


def tell(run: FewestRun, witness: Witness) -> None:
    """Tells what became of each op, down the block; then of the copies, which are made up the block, at the end."""
    story = _Story(run, witness)
    for op in run.facts.ops:
        story.tell(op)
    for op, regions in run.copies.items():
        witness.record(Cloned(witness.ids.of(op), tuple(region.ordinal for region in regions)))


class _Story:
    def __init__(self, run: FewestRun, witness: Witness) -> None:
        self._run = run
        self._record = witness.record
        self._id = witness.ids.of
        self._opened = 0
        """Ordinals of the partitions opened so far, as bits."""
        self._frozen = 0
        self._flush: tuple[int, ...] = ()
        self._in_place: dict[Attribute | None, int] = {}
        self._levels = [region.level for region in sorted(run.regions, key=lambda r: r.ordinal) if region.ordinal >= 0]

    def tell(self, op: Operation) -> None:
        """What became of one op."""
        run = self._run
        if op in run.homes:
            self._placed(op, run.homes[op])
        elif not isinstance(op, StreamableOpInterface):
            self._passed(op)
        elif op not in run.copies:
            self._record(LeftForRematerialization(self._id(op)))

    def _passed(self, op: Operation) -> None:
        skip: Skip = "region" if isinstance(op, AsyncExecuteOp) else "host"
        if is_constant(op):
            skip = "constant"
        elif isinstance(op, GlobalStoreOpInterface):
            skip = "global store"
        elif op in self._run.flushes and op is not self._run.facts.block.last_op:
            fresh = self._opened & ~self._frozen
            if fresh:
                self._record(Flushed(self._id(op), Ordinals.of_bits(fresh), "below"))
            self._frozen, self._flush = self._opened, (self._id(op),)
        self._record(Visited(self._id(op), skip))

    def _placed(self, op: Operation, home: Home) -> None:
        region = home.region.final()
        because: Because = "merged" if region is not home.region else home.because
        self._record(Weighed(self._id(op), (), self._rows(op, home, region)))
        if not self._opened >> region.ordinal & 1:
            because = "none left"
            self._record(Opened(self._id(op), region.ordinal, "none left" if self._opened else "none yet"))
            self._opened |= 1 << region.ordinal
            self._in_place[region.affinity] = self._in_place.get(region.affinity, 0) | 1 << region.ordinal
        self._record(Placed(self._id(op), region.ordinal, because))

    def _rows(self, op: Operation, home: Home, chosen: Region) -> tuple[Candidate, ...]:
        """A verdict for every partition opened so far, equal verdicts together."""
        left = self._opened & ~(1 << chosen.ordinal)
        rows: list[Candidate] = []

        def row(bits: int, why: Why | None = None) -> None:
            nonlocal left
            if bits & left:
                rows.append(Candidate(Ordinals.of_bits(bits & left), "refused" if why else "eligible", why))
                left &= ~bits

        row(self._frozen, Why("frozen", self._flush))
        if home.need.because is not None:
            upstream = Why("upstream", (self._id(home.need.because),))
            row(self._below(home.need.level), upstream)
        affinity = self._run.affinities[op]
        for place, bits in self._in_place.items():
            if not are_compatible(place, affinity):
                row(bits, Why("affinity", words=(affinity_text(affinity), affinity_text(place))))
        if home.need.because is not None and home.need.region is None:
            row(self._below(home.region.level), Why("upstream", (self._id(home.need.because),)))
        if self._opened >> chosen.ordinal & 1:
            rows.append(Candidate(Ordinals.one(chosen.ordinal), "chosen"))
        row(left)
        return tuple(rows)

    def _below(self, level: int) -> int:
        """The partitions with fewer hand-overs behind them, as bits."""
        return (1 << bisect_left(self._levels, level)) - 1
