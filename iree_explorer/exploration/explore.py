"""`explore_module` and what it returns, every stage's value in one object; and `compare`, which sets two of them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Protocol, TypeAlias, runtime_checkable

from iree_explorer.errors import InputError
from iree_explorer.exploration.comparing.comparison import Comparison, compare_explorations
from iree_explorer.exploration.explored import Explored
from iree_explorer.exploration.observe import observe
from iree_explorer.exploration.parts import read_parts
from iree_explorer.frontends import ProgramLike, as_module
from iree_explorer.ir.symbols import symbol_name
from iree_explorer.partitioning.config import DEFAULT_PARTITIONER, SCOPES, scopes_named
from iree_explorer.partitioning.partitioner import partitioner_names
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import Module
from iree_explorer.syntax.collector import paused_collector


@runtime_checkable
class HasExploration(Protocol):
    """A widget: what shows an exploration."""

    @property
    def exploration(self) -> Exploration:
        """The exploration that is shown."""
        ...


ExplorationLike: TypeAlias = "Exploration | HasExploration | ProgramLike"
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
    """Compares two schedules: which ops run elsewhere, and regions, waves, critical path and bytes of both.

    `compare(program, favor="debug")` compares a program's schedule with one that other options make of it;
    `compare(program, edited)` compares two programs, their ops matched by what they say.

    Args:
        before: an exploration, a widget that shows one, or anything that `load` takes, which is scheduled by default options.
        after: likewise, but a program is scheduled as `before` was; None: the same program as `before`.
        favor: what the second schedule favors: `debug`, `min-peak-memory` or `max-concurrency`. None: what `after`
            favors if it is an exploration, else what the first schedule favors. The same holds for the options that follow;
            an exploration that was made with other options than these is made again.
        partitioner: name of the partitioner of regions and of waves, where there is one of this name.
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
    start = other if isinstance(other, Exploration) else first
    named = partitioners_called(partitioner) if partitioner else {}
    asked = {
        "favor": favor or None,
        "passes": None if passes is None else scopes_named(passes),
        "execution": execution or named.get("execution"),
        "concurrency": concurrency or named.get("concurrency"),
    }
    options = replace(start.options, **{name: value for name, value in asked.items() if value is not None})
    if isinstance(other, Exploration) and options == other.options:
        return compare_explorations(first, other)
    if other is None or isinstance(other, Exploration):
        module, title = start.source, start.title
    else:
        module, title = as_module(other), None
    return compare_explorations(first, explore_module(module, title=title, **asdict(options)))


def _explored(given: ExplorationLike) -> Exploration:
    if isinstance(given, Exploration):
        return given
    return given.exploration if isinstance(given, HasExploration) else explore_module(as_module(given))


@dataclass(frozen=True, repr=False)
class Exploration(Explored):
    """A scheduled program with all that led to it, to look at and to compare with others."""

    compare = compare


def partitioners_called(name: str) -> dict[str, str]:
    """Pass → the name, for the passes that have a partitioner of this name.

    Raises:
        InputError: none has.
    """
    found = {scope: name for scope in SCOPES if name in partitioner_names(scope)}
    if not found:
        known = ", ".join(dict.fromkeys((*partitioner_names("execution"), *partitioner_names("concurrency"))))
        raise InputError(f"no partitioner is called {name!r}; there are {known}")
    return found


def title_of(name: str) -> str:
    """What a reader calls a source of this name: it without folders; `program` where it has none, but `<text>` or `<stdin>`."""
    return "program" if name.startswith("<") else name.replace("\\", "/").rpartition("/")[2]


def title_of_module(module: Module) -> str:
    """What a reader calls a program: by `title_of` its source, or where that has no name by its own symbol, if it has one."""
    name = module.source.name
    return (name.startswith("<") and symbol_name(module.op)) or title_of(name)


def explore_module(
    module: Module,
    *,
    favor: str | None = None,
    passes: str | Sequence[str] = SCOPES,
    execution: str = DEFAULT_PARTITIONER,
    concurrency: str = DEFAULT_PARTITIONER,
    title: str | None = None,
) -> Exploration:
    """Schedules a copy of `module` and keeps all that led to the result.

    A program that a pass refuses is explored up to the refusal, and one with nothing to schedule has no graphs.

    Args:
        module: the program.
        favor: `debug`, `min-peak-memory` (the default) or `max-concurrency`, where the program does not say.
        passes: some of `execution` and `concurrency`; one str may name both, with a comma between them.
        execution: name of the partitioner of execution regions.
        concurrency: name of the partitioner of waves.
        title: what the reader calls it; by default by `title_of_module`.

    Raises:
        InputError: an option is unknown.
    """
    options = ScheduleOptions.of(passes, favor, execution, concurrency)
    with paused_collector():
        observation = observe(module, options)
        parts = read_parts(observation)
    if observation.refusal is not None and not parts.stages:
        raise observation.refusal
    graphs = tuple(parts.graphs) if parts.has_work else ()
    return Exploration(module, title or title_of_module(module), options, graphs, observation.refusal, parts)
