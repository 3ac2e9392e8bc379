"""`compare`: two schedules side by side, whatever they are given as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias, runtime_checkable

from iree_explorer.exploration.comparing.comparison import Comparison
from iree_explorer.exploration.explore import Exploration, explore_module
from iree_explorer.frontends import ProgramLike, as_module


@runtime_checkable
class HasExploration(Protocol):
    """A widget: what shows an exploration."""

    @property
    def exploration(self) -> Exploration:
        """The exploration that is shown."""
        ...


ExplorationLike: TypeAlias = Exploration | HasExploration | ProgramLike
"""An exploration, a widget that shows one, or a program: a module or anything that `load` takes."""


def compare(
    before: ExplorationLike,
    after: ExplorationLike | None = None,
    *,
    favor: str | None = None,
    partitioner: str | None = None,
    execution: str | None = None,
    concurrency: str | None = None,
    passes: str | Sequence[str] | None = None,
) -> Comparison:
    """Sets two schedules side by side: which ops run elsewhere, and regions, waves, critical path and bytes of both.

    `compare(program, favor="debug")` compares a program's schedule with one that other options make of it;
    `compare(program, edited)` compares two programs, their ops matched by what they say.

    Args:
        before: an exploration, a widget that shows one, or anything that `load` takes, which is scheduled by default options.
        after: likewise; None: the same program as `before`.
        favor: what the second schedule favors: `debug`, `min-peak-memory` or `max-concurrency`. None: as the exploration
            that `after` is does, else as the first schedule does. The same holds for the options that follow; an exploration
            that was made with others than asked for is made anew.
        partitioner: name of the partitioner of regions and of waves, as far as there is one of this name for each.
        execution: name of the partitioner of execution regions.
        concurrency: name of the partitioner of waves.
        passes: some of `execution` and `concurrency`; one str may name both, with a comma between them.

    Returns:
        The comparison: `.to_text()`, `.to_html("page.html")`; `.run("main", x)` adds times, bytes and results of both.

    Raises:
        SourceError: a program is broken.
        InputError: there is no such file or option.
    """
    first = _explored(before)
    other = after.exploration if isinstance(after, HasExploration) else after
    return first.compare(
        other, favor=favor, partitioner=partitioner, execution=execution, concurrency=concurrency, passes=passes
    )


def _explored(given: ExplorationLike) -> Exploration:
    if isinstance(given, Exploration):
        return given
    return given.exploration if isinstance(given, HasExploration) else explore_module(as_module(given))
