"""`survey`: what another schedule makes of many programs, a line of figures for each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import cast

from typing_extensions import override

from iree_explorer.errors import ExplorerError, InputError
from iree_explorer.exploration.comparing.comparison import Comparison
from iree_explorer.exploration.comparing.table import aligned
from iree_explorer.exploration.explore import (
    Exploration,
    ExplorationLike,
    HasExploration,
    compare,
    partitioners_called,
    title_of,
    title_of_module,
)
from iree_explorer.partitioning.config import DEFAULT_PARTITIONER, SCOPES
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.samples import Sample
from iree_explorer.syntax import Module

COLUMNS = ("regions", "waves", "critical path", "peak bytes", "awaits", "copies")
"""Figures of a comparison that have a column."""


@dataclass(frozen=True)
class Surveyed:
    """What came of one program.

    Attributes:
        title: what a reader calls it.
        comparison: its two schedules; None: there is an error.
        error: why they could not be compared: a broken program, a partitioner that raises or breaks a rule.
    """

    title: str
    comparison: Comparison | None = field(repr=False)
    error: ExplorerError | None = None

    def cells(self) -> tuple[str, ...]:
        """Of each column the figure, `before → after` where they differ, and how many ops are placed differently, or why none is."""
        if self.comparison is None:
            return (*("–" for _ in COLUMNS), "failed")
        rows = {row.name: row for row in self.comparison.rows}
        pairs = [(rows[name].before, rows[name].after) for name in COLUMNS]
        figures = [before if before == after else f"{before} → {after}" for before, after in pairs]
        # Of a schedule that was refused, ops are nowhere: that is no move.
        return (*figures, self._refused() or f"{len(self.comparison.differences):,}")

    def _refused(self) -> str:
        """Which of the two schedules was refused; empty: neither."""
        found = self.comparison
        before, after = (False, False) if found is None else (bool(found.before.refusal), bool(found.after.refusal))
        return "both refused" if before and after else "first refused" if before else "second refused" if after else ""

    def _refusal(self) -> ExplorerError | None:
        found = self.comparison
        return found and (found.after.refusal or found.before.refusal)

    def problem(self) -> str:
        """What is wrong, in a line that names the program or its place; empty: nothing."""
        error = self.error or self._refusal()
        if error is None:
            return ""
        line = str(error).partition("\n")[0]
        return line if error.location else f"{self.title}: {line}"


@dataclass(frozen=True, repr=False)
class Survey:
    """Comparisons of many programs; shown as a table, `survey.programs[3].comparison` is one of them in full.

    Attributes:
        programs: in the order in which they were given.
    """

    programs: tuple[Surveyed, ...]

    def to_text(self) -> str:
        """The table, then what went wrong, a line for each program."""
        problems = self._problems()
        return "\n".join([self._caption(), "", *aligned(self._lines()), *([""] if problems else []), *problems]) + "\n"

    def _problems(self) -> list[str]:
        return [problem for one in self.programs if (problem := one.problem())]

    def _caption(self) -> str:
        """The two schedules, by the options that tell them apart."""
        named = (" → ".join(one.comparison.names) for one in self.programs if one.comparison is not None)
        return next(named, "no program could be compared")

    def _lines(self) -> Iterator[tuple[str, ...]]:
        yield ("program", *COLUMNS, "ops moved")
        for one in self.programs:
            yield (one.title, *one.cells())
        if len(self.programs) > 1:
            yield ("lower in", *(str(self._changed(name, lower=True)) for name in COLUMNS), "")
            yield ("higher in", *(str(self._changed(name, lower=False)) for name in COLUMNS), "")

    def _changed(self, name: str, *, lower: bool) -> int:
        """In how many programs the second schedule has less of something, or more."""
        compared = [one.comparison for one in self.programs if one.comparison is not None]
        changes = [row.change for found in compared for row in found.rows if row.name == name]
        return sum(change.startswith("−" if lower else "+") for change in changes)

    @override
    def __repr__(self) -> str:
        count = len(self.programs)
        return f"<Survey of {count} program{'' if count == 1 else 's'}\n{self.to_text()}>"

    def _repr_html_(self) -> str:
        first, *others = ("".join(f"<td>{escape(cell)}</td>" for cell in line) for line in self._lines())
        head = first.replace("td>", "th>")
        body = "".join(f"<tr>{line}</tr>" for line in others)
        problems = "".join(f"<p>{escape(problem)}</p>" for problem in self._problems())
        caption = f"<caption>{escape(self._caption())}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{problems}"


def survey(
    programs: Iterable[ExplorationLike],
    *,
    favor: str | None = None,
    partitioner: str | None = None,
    execution: str | None = None,
    concurrency: str | None = None,
    passes: str | Sequence[str] | None = None,
) -> Survey:
    """Compares, of each of many programs, its schedule with the one that other options make of it.

    A program that is broken, and one for which a partitioner fails, has a line that says so; the others go on.
    `survey(Path("models").glob("*.mlir"), concurrency="mine")` tells what a partitioner is worth.

    Args:
        programs: explorations, widgets that show one, or whatever `load` takes.
        favor: what the second schedules favor; this and the options that follow are as for `compare`.
        partitioner: name of the partitioner of regions and of waves, as far as there is one of this name for each.
        execution: name of the partitioner of execution regions.
        concurrency: name of the partitioner of waves.
        passes: some of `execution` and `concurrency`; one str may name both, with a comma between them.

    Returns:
        The survey, which a notebook shows as a table; `.to_text()`. Each of its `.programs` has `.title`, `.comparison` and
        `.error`.

    Raises:
        InputError: `programs` is one program, or there is no such option.
    """
    is_one = isinstance(programs, str | os.PathLike | Module | Sample | HasExploration | Exploration)
    if is_one or not isinstance(cast("object", programs), Iterable):
        raise InputError("give several programs, as a list; compare() takes one")

    named = partitioners_called(partitioner) if partitioner else {}
    execution = execution or named.get("execution")
    concurrency = concurrency or named.get("concurrency")
    # An option that cannot be is told once, not for each program.
    ScheduleOptions.of(passes or SCOPES, favor, execution or DEFAULT_PARTITIONER, concurrency or DEFAULT_PARTITIONER)

    def surveyed(program: ExplorationLike) -> Surveyed:
        try:
            found = compare(program, favor=favor, execution=execution, concurrency=concurrency, passes=passes)
        except ExplorerError as error:
            return Surveyed(_title(program), None, error)
        return Surveyed(found.before.title, found)

    return Survey(tuple(surveyed(program) for program in programs))


def _title(program: ExplorationLike) -> str:
    """What a program is called that may not be one."""
    match program:
        case Exploration():
            return program.title
        case HasExploration():
            return program.exploration.title
        case Module():
            return title_of_module(program)
        case Sample():
            return program.name
        case str() | os.PathLike():
            text = os.fspath(program)
            return "program" if "\n" in text else title_of(text)
        case _:
            return "program"
