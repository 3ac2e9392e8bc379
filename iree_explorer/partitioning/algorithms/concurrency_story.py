"""Tells a witness how the reference partitioner of waves decides. Nothing here decides anything."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from typing_extensions import override

from iree_explorer.partitioning.algorithms.concurrency_run import ConcurrencyRun, ConcurrencyWatcher, Dependence
from iree_explorer.partitioning.algorithms.ordinal_set import OrdinalSet, above
from iree_explorer.partitioning.trace.overlaps import Overlaps
from iree_explorer.partitioning.trace.reasons import Candidate, Ordinals, Overlap, User, Why
from iree_explorer.partitioning.trace.steps import Opened, Placed, Skip, Visited, Weighed

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness

__all__ = ["ConcurrencyStory"]


class ConcurrencyStory(ConcurrencyWatcher):
    """Watches one run; the run calls it as it decides."""

    def __init__(self, run: ConcurrencyRun, witness: Witness) -> None:
        self._run = run
        self._record = witness.record
        self._ids = witness.ids
        self._ops = run.facts.ops
        self._overlaps = Overlaps(witness.ids)

    def _id(self, op: int) -> int:
        return self._ids.of(self._ops[op])

    @override
    def skipped(self, op: int, skip: Skip) -> None:
        self._record(Visited(self._id(op), skip))

    @override
    def placed(self, op: int, wave: int, *, opened: bool, latest: bool) -> None:
        number = self._id(op)
        if opened:
            self._record(Opened(number, wave))
            self._record(Placed(number, wave, "none left"))
        else:
            self._record(Placed(number, wave, "first candidate" if latest else "last candidate"))

    @override
    def weighed(self, op: int, downstream: OrdinalSet, chosen: int | None) -> None:
        dependences = self._run.dependences(op, self._run.shared(op))
        overlaps = [None if conflict is None else self._overlaps.of(conflict) for _, _, conflict in dependences]
        users = tuple(map(self._user, dependences, overlaps))
        self._record(Weighed(self._id(op), users, self._rows(op, dependences, overlaps, downstream, chosen)))

    def _user(self, dependence: Dependence, overlap: Overlap | None) -> User:
        op, is_writer, _ = dependence
        wave = self._run.wave_of[op]
        return User(
            self._id(op),
            "tied" if is_writer else "direct",
            Ordinals(wave, wave + 1) if wave >= 0 else Ordinals(0, 0, 0),
            _shown(above(self._run.downstream_of(op), 0)),
            overlap,
        )

    def _rows(
        self,
        weighed: int,
        dependences: list[Dependence],
        overlaps: list[Overlap | None],
        downstream: OrdinalSet,
        chosen: int | None,
    ) -> tuple[Candidate, ...]:
        """A verdict for every wave, equal verdicts together."""
        run = self._run
        rows: list[Candidate] = []
        left = (1 << len(run.waves)) - 1
        barred = above(downstream, 0)
        for (op, _, _), overlap in zip(dependences, overlaps, strict=True):
            wave = run.wave_of[op]
            if overlap is not None and wave >= 0 and left >> wave & 1:
                why = Why("hazard", (self._id(op),), overlaps=(overlap,))
                rows.append(Candidate(Ordinals(wave, wave + 1), "refused", why))
                left &= ~(1 << wave)
        feeding = (op for op, _, _ in dependences)
        sharing = (op for shared in run.shared(weighed) for op in shared.users)
        for op in chain(feeding, sharing):
            if not left & barred:
                break
            bits = above(run.downstream_of(op), 0) & left & barred
            if bits:
                rows.append(Candidate(_shown(bits), "refused", Why("downstream", (self._id(op),))))
                left &= ~bits
        if chosen is not None:
            rows.append(Candidate(Ordinals(chosen, chosen + 1), "taken"))
            left &= ~(1 << chosen)
        if left:
            rows.append(Candidate(_shown(left), "eligible"))
        return tuple(rows)


def _shown(bits: int) -> Ordinals:
    """Plain bits as a trace shows them."""
    return Ordinals(0, bits.bit_length(), bits)
