"""Tells a witness how the reference partitioner of waves decides. Nothing here decides anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from iree_explorer.partitioning.algorithms.concurrency_run import Below, ConcurrencyRun, ConcurrencyWatcher, Dependence
from iree_explorer.partitioning.algorithms.ordinal_set import above
from iree_explorer.partitioning.trace.overlaps import Overlaps
from iree_explorer.partitioning.trace.reasons import NO_ORDINALS, Candidate, Ordinals, Overlap, User, Why
from iree_explorer.partitioning.trace.steps import Opened, Placed, Skip, Visited, Weighed

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness


class ConcurrencyStory(ConcurrencyWatcher):
    """Watches one run; the run calls it as it decides."""

    def __init__(self, run: ConcurrencyRun, witness: Witness) -> None:
        self._run = run
        self._record = witness.record
        self._ids = witness.ids.all_of(run.facts.ops)
        self._overlaps = Overlaps(witness.ids)

    @override
    def skipped(self, op: int, skip: Skip) -> None:
        self._record(Visited(self._ids[op], skip))

    @override
    def placed(self, op: int, wave: int, *, opened: bool, latest: bool) -> None:
        number = self._ids[op]
        if opened:
            self._record(Opened(number, wave, "none left" if wave else "none yet"))
            self._record(Placed(number, wave, "none left"))
        else:
            self._record(Placed(number, wave, "first candidate" if latest else "last candidate"))

    @override
    def weighed(self, op: int, below: Below, chosen: int | None) -> None:
        overlaps = [None if each.conflict is None else self._overlaps.of(each.conflict) for each in below.dependences]
        users = tuple(map(self._user, below.dependences, overlaps))
        self._record(Weighed(self._ids[op], users, self._rows(below, overlaps, chosen)))

    def _user(self, dependence: Dependence, overlap: Overlap | None) -> User:
        op = dependence.op
        wave = self._run.wave_of[op]
        return User(
            self._ids[op],
            "tied" if dependence.is_shared else "direct",
            Ordinals.one(wave) if wave >= 0 else NO_ORDINALS,
            Ordinals(0, *self._run.downstream_of(op)),
            overlap,
        )

    def _rows(self, below: Below, overlaps: list[Overlap | None], chosen: int | None) -> tuple[Candidate, ...]:
        """A verdict for every wave, equal verdicts together. Bit `i` of a set of waves is wave `base + i`."""
        run = self._run
        rows: list[Candidate] = []
        base = self._base(below)
        left = (1 << len(run.waves) - base) - 1
        barred = above(below.downstream, base)
        for dependence, overlap in zip(below.dependences, overlaps, strict=True):
            wave = run.wave_of[dependence.op]
            if overlap is not None and wave >= 0 and left >> wave - base & 1:
                why = Why("hazard", (self._ids[dependence.op],), overlaps=(overlap,))
                rows.append(Candidate(Ordinals.one(wave), "refused", why))
                left &= ~(1 << wave - base)
        later = [(dependence.op, dependence.is_shared) for dependence in below.dependences] if left & barred else []
        later += [(op, True) for shared in below.shared for op in shared.users]
        for op, is_shared in later:
            if not left & barred:
                break
            bits = above(run.downstream_of(op), base) & left & barred
            if bits:
                why = Why("downstream", (self._ids[op],), words=("shared",) if is_shared else ())
                rows.append(Candidate(_from(base, bits), "refused", why))
                left &= ~bits
        if chosen is not None:
            rows.append(Candidate(Ordinals.one(chosen), "chosen"))
            left &= ~(1 << chosen - base)
        if left:
            rows.append(Candidate(_from(base, left), "eligible"))
        return tuple(rows)

    def _base(self, below: Below) -> int:
        """A wave that stands for all below it: each is downstream of every op that has to wait. Keeps sets short."""
        if below.shared:
            return 0
        downstream_of = self._run.downstream_of
        return max(min([downstream_of(dependence.op)[0] for dependence in below.dependences], default=0) - 1, 0)


def _from(base: int, bits: int) -> Ordinals:
    """The waves `base + i` for each bit `i`; wave `base` with all below it."""
    found = Ordinals.of_bits(bits, base)
    return Ordinals(0, found.end, found.rest) if found.start == base else found
