"""Tells a witness how the balanced partitioner of waves decides. Nothing here decides anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from iree_explorer.analysis.op_facts import is_constant
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.partitioning.algorithms.balanced_run import BalancedRun, BalancedWatcher
from iree_explorer.partitioning.trace.overlaps import Overlaps
from iree_explorer.partitioning.trace.reasons import Candidate, Ordinals, Verdict, Why
from iree_explorer.partitioning.trace.steps import Because, Opened, Placed, Visited, Weighed

if TYPE_CHECKING:
    from iree_explorer.analysis.precedence import Edge
    from iree_explorer.partitioning.trace.recording import Witness


class BalancedStory(BalancedWatcher):
    """Watches one run; the run calls it as it decides."""

    def __init__(self, run: BalancedRun, witness: Witness) -> None:
        self._run = run
        self._record = witness.record
        self._ids = [witness.ids.of(op) for op in run.facts.ops]
        self._overlaps = Overlaps(witness.ids)

    @override
    def skipped(self, place: int) -> None:
        op = self._run.facts.ops[place]
        skip = "constant" if is_constant(op) else "metadata" if isinstance(op, StreamableOpInterface) else "host"
        self._record(Visited(self._ids[place], skip))

    @override
    def placed(self, place: int, wave: int, because: Because) -> None:
        number = self._ids[place]
        self._record(Weighed(number, (), self._rows(place, wave)))
        is_first = not self._run.waves[wave]
        if is_first:
            self._record(Opened(number, wave, because))
        self._record(Placed(number, wave, "none left" if is_first else because))

    def _rows(self, place: int, wave: int) -> tuple[Candidate, ...]:
        """A verdict for every wave, first to last, equal verdicts together."""
        run = self._run
        first, last = run.earliest[place], run.latest[place]
        return (
            *self._early_rows(place, first),
            *_waves(first, wave, "eligible"),
            Candidate(Ordinals.one(wave), "chosen"),
            *_waves(wave + 1, last + 1, "eligible"),
            *self._late_rows(place, last),
        )

    def _early_rows(self, place: int, first: int) -> tuple[Candidate, ...]:
        """The waves that run before, or with, the last op that this one waits for."""
        if not first:
            return ()
        run = self._run
        edge = max(run.precedence.ins[place], key=lambda e: run.earliest[e.before] + e.distance)
        upstream = Why("upstream", (self._ids[edge.before],))
        if edge.conflict is None or not run.precedence.works[edge.before]:
            return _waves(0, first, "refused", upstream)
        hazard = Why("hazard", (self._ids[edge.before],), overlaps=(self._overlaps.of(edge.conflict),))
        return _waves(0, first - 1, "refused", upstream) + _waves(first - 1, first, "refused", hazard)

    def _late_rows(self, place: int, last: int) -> tuple[Candidate, ...]:
        """The waves in which it would come too late for an op that waits for it, and that must not run later itself."""
        run = self._run

        def room(edge: Edge) -> int:
            return run.latest[edge.after] - edge.distance

        edge = min(run.precedence.outs[place], key=room, default=None)
        if edge is None:
            return ()
        return _waves(last + 1, len(run.waves), "refused", Why("last in time", (self._ids[edge.after],)))


def _waves(first: int, end: int, verdict: Verdict, why: Why | None = None) -> tuple[Candidate, ...]:
    if first >= end:
        return ()
    return (Candidate(Ordinals(first, end), verdict, why),)
