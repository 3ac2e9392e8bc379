"""Why a debugged run stops, besides breakpoints: what is watched, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

from iree_explorer.execution.debugging.inspection import Inspector
from iree_explorer.execution.debugging.stepper import Finished, Unit
from iree_explorer.execution.observing.finite import FiniteWatch, NonFinite
from iree_explorer.execution.program import Program

Reason = Literal["start", "step", "wave", "breakpoint", "watch", "non-finite", "error", "interrupted", "end"]
OnNonFinite = Literal["stop", "report", "ignore"]


@dataclass(frozen=True, slots=True, repr=False)
class Stop:
    """Where a session stands.

    Attributes:
        reason: why it stopped.
        message: in words.
        last: what ran last; None at the start.
        next: what would run next; None at the end, and behind an op that has just run while its region moves on by itself.
    """

    reason: Reason
    message: str
    last: Unit | None
    next: Unit | None

    @override
    def __repr__(self) -> str:
        return f"<{self.reason}: {self.message}>"


class Findings(FiniteWatch):
    """Remembers what is found."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.all: list[NonFinite] = []

    @override
    def found(self, finding: NonFinite) -> None:
        self.all.append(finding)


class Watch:
    """A value that is watched: the ops that make it, and where its bytes lie once they do."""

    def __init__(self, name: str, inspector: Inspector) -> None:
        self.name = name
        self._inspector = inspector
        self._values = set(inspector.names.values(name))
        self._roots = {id(storage.root) for storage in inspector.storages(name)}

    def sees(self, finished: Finished) -> bool:
        """Whether a unit made the value or wrote into its bytes."""
        work = finished.work
        makes = work is not None and not self._values.isdisjoint(finished.unit.op.results)
        writes = work is not None and any(id(part.storage.root) in self._roots for part in work.writes)
        if makes:
            self._roots = {id(storage.root) for storage in self._inspector.storages(self.name)}
        return makes or writes
