"""The steps of a page as they are written: a list for each column, no object for each step."""

from __future__ import annotations

from dataclasses import dataclass, field

from iree_explorer.exploration.page.candidates import CandidateTables
from iree_explorer.exploration.page.columns import Column, Later, Table, some, table


@dataclass(slots=True)
class StepTable:
    """Steps of the page, a column a list; what few steps have is by the step's number."""

    kinds: list[str] = field(default_factory=list[str])
    stages: list[int] = field(default_factory=list[int])
    ops: list[int] = field(default_factory=list[int])
    reasons: list[str] = field(default_factory=list[str])
    places: dict[int, list[list[int]]] = field(default_factory=dict[int, list[list[int]]])
    offsets: dict[int, int] = field(default_factory=dict[int, int])
    leaders: dict[int, int] = field(default_factory=dict[int, int])
    parts: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    candidates: CandidateTables = field(default_factory=CandidateTables)

    def __len__(self) -> int:
        return len(self.kinds)

    def add(self, kind: str, stage: int, op: int, reason: str) -> int:
        """One more step; returns its number."""
        self.kinds.append(kind)
        self.stages.append(stage)
        self.ops.append(op)
        self.reasons.append(reason)
        return len(self.kinds) - 1

    def json(self, edits: Column) -> Table:
        """The steps as a table, with a column of edits; their candidates come later."""
        columns = {
            "kind": self.kinds,
            "stage": self.stages,
            "op": self.ops,
            "reason": self.reasons,
            "candidates": Later(self.candidates.column),
            "place": some(self.places),
            "edits": edits,
            "offset": some(self.offsets),
            "leader": some(self.leaders),
            "part": some(self.parts),
        }
        return table(len(self), columns)
