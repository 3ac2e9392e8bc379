"""`compare`: two schedules side by side, whatever they are given as."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from iree_explorer.exploration.comparing.comparison import Comparison, compare_explorations
from iree_explorer.exploration.explore import Exploration, explore_module
from iree_explorer.frontends import ProgramLike, as_module


@runtime_checkable
class HasExploration(Protocol):
    """A widget: what shows an exploration."""

    @property
    def exploration(self) -> Exploration:
        """The exploration that is shown."""
        ...


Run = Exploration | HasExploration | ProgramLike
"""An exploration, a widget that shows one, or a program: a module or anything that `load` takes."""


def compare(
    before: Run,
    after: Run | None = None,
    *,
    favor: str | None = None,
    partitioner: str | None = None,
    execution: str | None = None,
    concurrency: str | None = None,
) -> Comparison:
    """Compares two schedules: which ops run elsewhere, and regions, waves, critical path, bytes of both.

    `compare(program, favor="debug")` compares a program's schedule with another of its own;
    `compare(program, edited)` two programs, ops matched by what they say. `.run("main", x)` adds measured figures.

    Args:
        before: see `Run`.
        after: likewise; None: the same program as `before`.
        favor: of the second schedule, where it is not made yet: `debug`, `min-peak-memory` or `max-concurrency`.
        partitioner: likewise, for regions and for waves, as far as there is one of this name for each.
        execution: likewise, name of the partitioner of execution regions.
        concurrency: likewise, name of the partitioner of waves.

    Raises:
        SourceError: a program is broken.
        InputError: there is no such file or option.
    """
    first = _explored(before)
    if after is None:
        return first.compare(favor=favor, partitioner=partitioner, execution=execution, concurrency=concurrency)
    if isinstance(after, Exploration | HasExploration):
        return compare_explorations(first, _explored(after))
    program = as_module(after)
    return first.compare(program, favor=favor, partitioner=partitioner, execution=execution, concurrency=concurrency)


def _explored(run: Run) -> Exploration:
    if isinstance(run, Exploration):
        return run
    return run.exploration if isinstance(run, HasExploration) else explore_module(as_module(run))
