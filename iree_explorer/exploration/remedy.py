"""What would schedule a program that was refused: found by trying it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from iree_explorer.errors import PassError
from iree_explorer.passes.schedule import ScheduleOptions, copy_module, run_schedule
from iree_explorer.syntax import Module

TRIED: Final = ("fewest-handovers", "serial")
"""Partitioners of execution regions, the one with most to offer first. Those that users register are not run unasked."""


def remedy_for(source: Module, options: ScheduleOptions) -> str:
    """The partitioner of execution regions with which the program is scheduled; empty: with none of `TRIED`.

    Args:
        source: a program that is refused with `options`; it stays as it is.
        options: these, but for the partitioner, hold in each try.
    """
    if "execution" not in options.passes:
        return ""
    others = [name for name in TRIED if name != options.execution]
    return next((name for name in others if _schedules(source, replace(options, execution=name))), "")


def _schedules(source: Module, options: ScheduleOptions) -> bool:
    try:
        run_schedule(copy_module(source), options)
    except PassError:
        return False
    return True
