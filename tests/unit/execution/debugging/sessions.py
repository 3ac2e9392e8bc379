"""Sessions of a chain of three kernels, and ways to look at where they stop."""

import numpy as np

from iree_explorer.execution import Debugger, Stop, debug
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.chains import CHAIN, program

POSITIVE = np.array([[1, 4, 9], [16, 25, 36]], np.float32)
MIXED = np.array([[1, -4, 9], [16, -25, 36]], np.float32)
FORK = program(("%a", "double", "%x"), ("%b", "root", "%x"), ("%c", "minus", "%x"), result="%c")


def chain(values: np.ndarray = POSITIVE, **options: object) -> Debugger:
    return debug(schedule(parse(CHAIN)), "main", values, **options)  # pyright: ignore[reportArgumentType]


def all_stops(session: Debugger) -> list[Stop]:
    stops = [session.stop]
    while stops[-1].reason not in ("end", "error", "interrupted"):
        stops.append(session.step())
    return stops


def labels(session: Debugger) -> list[str]:
    return [stop.last.label for stop in all_stops(session) if stop.last is not None]
