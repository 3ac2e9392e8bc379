"""The steps of a page as they are written: a list for each column, no object for each step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from iree_explorer.exploration.page.columns import Column, Table, some, table

Row = tuple[int, int, str, str, str, list[int]]
"""Of a table of candidates: first and last partition, verdict, rule, reason, ops."""


@dataclass(slots=True)
class CandidateTable:
    """Rows of the tables of candidates of all steps: for each step in `at`, `lengths` of them."""

    at: list[int] = field(default_factory=list[int])
    lengths: list[int] = field(default_factory=list[int])
    partitions: list[int] = field(default_factory=list[int])
    verdicts: list[str] = field(default_factory=list[str])
    rules: list[str] = field(default_factory=list[str])
    reasons: list[str] = field(default_factory=list[str])
    ops: list[list[int]] = field(default_factory=list[list[int]])
    last: dict[int, int] = field(default_factory=dict[int, int])

    def add(self, step: int, found: list[Row]) -> None:
        """The table of a step, ascending by partition."""
        if not found:
            return
        if len(found) > 1:
            found.sort(key=_first_partition)
        self.at.append(step)
        self.lengths.append(len(found))
        for first, last, verdict, rule, because, ops in found:
            if last > first:
                self.last[len(self.partitions)] = last
            self.partitions.append(first)
            self.verdicts.append(verdict)
            self.rules.append(rule)
            self.reasons.append(because)
            self.ops.append(ops)

    def column(self) -> Column:
        """As `candidates` of the steps."""
        columns = {
            "partition": self.partitions,
            "verdict": self.verdicts,
            "why": self.rules,
            "because": self.reasons,
            "ops": self.ops,
            "last": some(self.last),
        }
        return {"at": self.at, "of": {"lengths": self.lengths, "of": table(len(self.partitions), columns)}}


@dataclass(slots=True)
class StepTable:
    """Steps of the page, a column a list; what few steps have is by the step's number."""

    kinds: list[str] = field(default_factory=list[str])
    stages: list[int] = field(default_factory=list[int])
    ops: list[int] = field(default_factory=list[int])
    reasons: list[str] = field(default_factory=list[str])
    places: dict[int, list[list[int]]] = field(default_factory=dict[int, list[list[int]]])
    edits: dict[int, list[dict[str, Any]]] = field(default_factory=dict[int, list[dict[str, Any]]])
    offsets: dict[int, int] = field(default_factory=dict[int, int])
    leaders: dict[int, int] = field(default_factory=dict[int, int])
    candidates: CandidateTable = field(default_factory=CandidateTable)

    def __len__(self) -> int:
        return len(self.kinds)

    def add(self, kind: str, stage: int, op: int, reason: str) -> int:
        """One more step; returns its number."""
        self.kinds.append(kind)
        self.stages.append(stage)
        self.ops.append(op)
        self.reasons.append(reason)
        return len(self.kinds) - 1

    def json(self) -> Table:
        """The steps as a table."""
        columns = {
            "kind": self.kinds,
            "stage": self.stages,
            "op": self.ops,
            "reason": self.reasons,
            "candidates": self.candidates.column(),
            "place": some(self.places),
            "edits": some(self.edits),
            "offset": some(self.offsets),
            "leader": some(self.leaders),
        }
        return table(len(self), columns)


def _first_partition(row: Row) -> int:
    return row[0]
