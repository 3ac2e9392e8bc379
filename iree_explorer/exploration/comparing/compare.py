"""`compare`: two schedules side by side, whatever they are given as."""

from __future__ import annotations

import os
from typing import Protocol

from iree_explorer.exploration.comparing.comparison import Comparison, compare_explorations
from iree_explorer.exploration.explore import Exploration, explore_module
from iree_explorer.frontends import load
from iree_explorer.syntax import Module


class HasExploration(Protocol):
    """A widget: what shows an exploration."""

    @property
    def exploration(self) -> Exploration:
        """The exploration that is shown."""
        ...


Run = Exploration | HasExploration | Module | str | os.PathLike[str]
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
    if isinstance(after, str | os.PathLike):
        after = load(after)
    if isinstance(after, Module):
        return first.compare(after, favor=favor, partitioner=partitioner, execution=execution, concurrency=concurrency)
    return compare_explorations(first, after if isinstance(after, Exploration) else after.exploration)


def _explored(run: Run) -> Exploration:
    if isinstance(run, Exploration):
        return run
    if isinstance(run, str | os.PathLike):
        run = load(run)
    return explore_module(run) if isinstance(run, Module) else run.exploration
