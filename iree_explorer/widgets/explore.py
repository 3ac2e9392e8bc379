"""`explore`: from a program to the widget that shows its schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import traitlets

from iree_explorer.errors import InputError
from iree_explorer.exploration import Exploration, explore_module
from iree_explorer.exploration.dumps import PassDumps, explored_dumps
from iree_explorer.exploration.explore import title_of
from iree_explorer.frontends import ProgramLike, load_text, read
from iree_explorer.frontends.dumps import lists_passes
from iree_explorer.partitioning.config import DEFAULT_PARTITIONER, SCOPES
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import Module
from iree_explorer.syntax.collector import paused_collector
from iree_explorer.widgets.explorer import HEIGHT, Explorer


def explore(
    program: ProgramLike = "",
    *,
    favor: str | None = None,
    passes: str | Sequence[str] = SCOPES,
    execution: str = DEFAULT_PARTITIONER,
    concurrency: str = DEFAULT_PARTITIONER,
    title: str | None = None,
    height: int = HEIGHT,
    compare: Mapping[str, Any] | Exploration | ProgramLike | None = None,
) -> Explorer:
    """Schedules a copy of a program and shows each decision in a notebook.

    Args:
        program: what `load` returns, or anything that it takes; nothing: the widget opens where one is loaded.
        favor: what the schedule favors where the program does not say: `debug`, `min-peak-memory` (the default) or
            `max-concurrency`.
        passes: some of `execution` and `concurrency`; one str may name both, with a comma between them.
        execution: name of the partitioner of execution regions.
        concurrency: name of the partitioner of waves.
        title: what the reader calls it; by default the name of its source, or of the module where that has none.
        height: of the widget, in pixels.
        compare: what to set beside it: options such as `{"favor": "debug"}` (see `Exploration.compare`), an exploration,
            or a program; None: nothing.

    A program that a pass refuses is shown up to the refusal, with the compiler's message in the error line; one with
    nothing to schedule is shown as it is, and the error line says so.

    Raises:
        SourceError: the program is broken.
        InputError: there is no such file or option, the height is no number of pixels, or what is to be compared is a list of
            passes.
    """
    options = ScheduleOptions.of(passes, favor, execution, concurrency)
    with paused_collector():  # not as a decorator, whose frame would be seen where a keyword is wrong
        if isinstance(program, Module):
            module = program
        else:
            name, text = read(program)
            if lists_passes(text):
                if compare is not None:
                    raise InputError("a list of passes cannot be compared: give the module alone, as it is before them")
                dumps = PassDumps.read(text, title or title_of(name))
                return _explorer(explored_dumps(text, dumps.title, options), dumps, height)
            module = load_text(text, name)
        exploration = explore_module(module, title=title, **asdict(options))
        widget = _explorer(exploration, None, height)
        if isinstance(compare, Mapping):
            widget.compare(**compare)
        elif compare is not None:
            widget.compare(compare)
        return widget


def _explorer(exploration: Exploration, dumps: PassDumps | None, height: object) -> Explorer:
    try:
        return Explorer(exploration, dumps, height=height)
    except traitlets.TraitError:
        raise InputError(f"height={height!r}: give a number of pixels") from None
