"""Runs the scheduling passes on a copy of a program and keeps what can be seen from outside: steps, moments, texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xdsl.ir import Operation

from iree_explorer.errors import Location, PassError
from iree_explorer.partitioning.trace.recording import OpIds, Recorder, Trace
from iree_explorer.passes.schedule import copy_module, other_refusals, run_schedule
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import Line, Module, ModuleText, print_lines
from iree_explorer.syntax.printing.withheld import Withheld

LONG = 5_000
"""Lines of a module of which fewer texts are kept."""

REWRITTEN = 50_000
"""Lines that are printed, all in all, to show what each rewrite of the clean-up changes."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A function's IR was whole.

    Attributes:
        name: `before`, `outlined`, `rewritten`, `cleaned` or `scheduled`.
        function: the function op.
        steps: how many steps had been recorded.
        lines: the function's text then; None where it is that of the module's text before or after all passes.
    """

    name: str
    function: Operation
    steps: int
    lines: list[Line] | None


@dataclass(frozen=True)
class Observation:
    """A run of the passes, seen from outside.

    Attributes:
        source: the program, untouched.
        module: the copy that was scheduled; half so where it was refused.
        ids: numbers of its ops, those that are gone included.
        trace: every decision.
        moments: in order.
        before: the whole text before the passes.
        withheld: what its lines leave out, and those of moments and `after`.
        refusal: why the program cannot be scheduled; None: it was.
    """

    source: Module
    module: Module
    options: ScheduleOptions
    ids: OpIds
    trace: Trace
    moments: Sequence[Moment]
    before: list[Line]
    withheld: Withheld
    refusal: PassError | None

    @cached_property
    def after(self) -> list[Line]:
        """The whole text after the passes; `before` where they refused. Printed when it is asked for: `module` must be as they left it."""
        return self.before if self.refusal else print_lines(self.module.op, self.module.external, self.withheld)

    def op_at(self, place: Location | None) -> int:
        """Id of the first op that stands at a place of the source; -1: none does."""
        if place is None:
            return -1
        return next((i for i, op in enumerate(self.source.op.walk()) if self.source.location_of(op) == place), -1)


def observe(module: Module, options: ScheduleOptions) -> Observation:
    """Schedules a copy of `module`. A refusal by a pass is part of what is seen, not an error."""
    copy = copy_module(module)
    ids = OpIds(copy.op)
    withheld = Withheld()
    text = ModuleText(copy.op, copy.external, withheld)
    watcher = _Watcher(text, options.passes)
    recorder = Recorder(ids, watcher)
    refusal: PassError | None = None
    try:
        run_schedule(copy, options, recorder)
    except PassError as error:
        refusal = error
        refusal.others = other_refusals(module, options)
    text.close()
    moments = tuple(watcher.moments)
    return Observation(module, copy, options, ids, recorder.trace(), moments, text.lines, withheld, refusal)


@dataclass(slots=True)
class _Watcher:
    """Prints a function at the moments of which no other text is kept: all but its first and its last.

    Of a long module the moments before and in the clean-up are left out: each text would be a third of all that a page
    holds, for a few lines that differ from the next. Of others those are left out that come when enough was printed.
    While rewrites are shown values keep their names, so that each shows what it changes and no more.
    """

    text: ModuleText
    passes: Sequence[str]
    moments: list[Moment] = field(default_factory=list[Moment])
    _rewritten: int = 0
    """Lines printed after rewrites."""

    def __call__(self, name: str, op: Operation, steps: int) -> None:
        if name in ("outlined", "rewritten") and len(self.text.lines) > LONG:
            return
        if name == "rewritten" and self._rewritten > REWRITTEN:
            return
        last = "scheduled" if "concurrency" in self.passes else "cleaned"
        lines = None if name in ("before", last) else self.text.lines_of(op, keep_names=name == "rewritten")
        if name == "rewritten" and lines is not None:
            self._rewritten += len(lines)
        self.moments.append(Moment(name, op, steps, lines))
