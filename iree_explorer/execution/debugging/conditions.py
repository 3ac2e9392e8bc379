"""Where a debugged run stops by itself: at breakpoints, watched values, and values that are not finite."""

from __future__ import annotations

from collections.abc import Callable

from iree_explorer.execution.debugging.breakpoints import Breakpoint
from iree_explorer.execution.debugging.stepper import Finished, Unit
from iree_explorer.execution.debugging.stops import Findings, Reason, Watch
from iree_explorer.execution.observing.finite import NonFinite


class Conditions:
    """What a session that goes on looks out for.

    Args:
        findings: values that are not finite, as they are found.
        stops_at_findings: whether they stop the run.

    Attributes:
        breakpoints: those that are set.
        watches: values that are watched.
    """

    def __init__(self, findings: Findings, *, stops_at_findings: bool) -> None:
        self.breakpoints: list[Breakpoint] = []
        self.watches: list[Watch] = []
        self._findings = findings
        self._stops_at_findings = stops_at_findings
        self._seen = 0

    def holds(self, unit: Unit) -> bool:
        """Whether a breakpoint waits for a unit that is otherwise passed by."""
        return any(unit.op in one.ops and one.matches(unit) for one in self.breakpoints)

    def before(self, unit: Unit) -> Breakpoint | None:
        """The breakpoint before a unit; None: there is none."""
        return next((one for one in self.breakpoints if not one.after and one.matches(unit)), None)

    def behind(self, finished: Finished, place: Callable[[Unit], str]) -> tuple[Reason, str] | None:
        """Why to stop behind a unit that has run, and that in words, in which `place` tells the unit; None: go on."""
        watch = next((watch for watch in self.watches if watch.sees(finished)), None)
        if watch is not None:
            return "watch", f"{place(finished.unit)} wrote {watch.name}"
        hit = next((one for one in self.breakpoints if one.after and one.matches(finished.unit)), None)
        return None if hit is None else ("breakpoint", f"{hit}; {place(finished.unit)} has run")

    def new_finding(self) -> NonFinite | None:
        """The first value that was found since this was asked last, where that stops the run."""
        new = self._findings.all[self._seen :]
        self._seen += len(new)
        return new[0] if new and self._stops_at_findings else None
