"""The tables of candidates as the page shows them: written when they are asked for, as they are long and rarely looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from iree_explorer.exploration.page.columns import Column, some, table
from iree_explorer.partitioning.trace.reasons import Candidate, Labels
from iree_explorer.partitioning.trace.steps import Placed, Weighed

MANY_RUNS = 3
"""Runs of neighbouring partitions, with one verdict for one reason, that get a row each."""
MANY_OPS = 12
"""Ops named in one row of the table; the sentence beside it names them all."""


class Wording(NamedTuple):
    """How a stage calls things: its ops by id, its parts, and the op that each copy was made from."""

    labels: Labels
    noun: str
    origin: Mapping[int, int]


class Row(NamedTuple):
    """One row: partitions `first` to `last`, their verdict, and the rule, the sentence and the ops that led to it."""

    first: int
    last: int
    verdict: str
    rule: str
    because: str
    ops: list[int]


class _Weighing(NamedTuple):
    """A step's number, what it weighs, in which words, and where the op went."""

    step: int
    weighed: Weighed
    wording: Wording
    placed: Placed | None


@dataclass(slots=True)
class CandidateTables:
    """The tables of all steps that weigh anything; ascending."""

    weighed: list[_Weighing] = field(default_factory=list[_Weighing])

    def add(self, step: int, weighed: Weighed, wording: Wording, placed: Placed | None) -> None:
        """The table of a step; none where there was no candidate. `placed` is what came of it, where that is one place."""
        if weighed.candidates:
            self.weighed.append(_Weighing(step, weighed, wording, placed))

    def ops(self) -> Iterator[int]:
        """The ops that the rows name."""
        for _, weighed, (_, _, origin), _ in self.weighed:
            for candidate in weighed.candidates:
                if candidate.why is not None:
                    for op in candidate.why.ops[:MANY_OPS]:
                        yield origin.get(op, op)

    def column(self) -> Column:
        """As `candidates` of the steps."""
        found = [(weighing.step, _rows(weighing)) for weighing in self.weighed]
        rows = [row for _, own in found for row in own]
        columns = {
            "partition": [row.first for row in rows],
            "verdict": [row.verdict for row in rows],
            "why": [row.rule for row in rows],
            "because": [row.because for row in rows],
            "ops": [row.ops for row in rows],
            "last": some({number: row.last for number, row in enumerate(rows) if row.last > row.first}),
        }
        lengths = [len(own) for _, own in found]
        return {"at": [step for step, _ in found], "of": {"lengths": lengths, "of": table(len(rows), columns)}}


def _rows(weighing: _Weighing) -> list[Row]:
    """The rows of a step, ascending by partition."""
    _, weighed, wording, placed = weighing
    rows = [row for candidate in weighed.candidates for row in _rows_of(candidate, wording, placed)]
    rows.sort(key=lambda row: row.first)
    return rows


def _rows_of(candidate: Candidate, wording: Wording, placed: Placed | None) -> Iterator[Row]:
    """One row per run of neighbouring partitions; of many scattered ones, one for all."""
    labels, noun, origin = wording
    why = candidate.why
    rule, because = ("", "") if why is None else (why.rule, why.sentence(labels, noun))
    if placed is not None and candidate.verdict == "chosen":
        because = placed.clause(noun)
    ops = [] if why is None else [origin.get(op, op) for op in why.ops[:MANY_OPS]]
    runs = candidate.partitions.runs(MANY_RUNS + 1)
    if len(runs) > MANY_RUNS:
        runs = [(runs[0][0], candidate.partitions.last)]
        several = f"{len(candidate.partitions)} of these {noun}s"
        because = f"{several}: {because}" if because else several
    for first, last in runs:
        yield Row(first, last, candidate.verdict, rule, because, ops)
