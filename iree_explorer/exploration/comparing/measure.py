"""Runs two schedules by turns on the same inputs: how long, how many bytes, and whether they compute the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iree_explorer.errors import InputError
from iree_explorer.exploration.comparing.table import Row, percent
from iree_explorer.exploration.explored import Explored
from iree_explorer.exploration.running.inputs import filled_inputs
from iree_explorer.graph.model import byte_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from iree_explorer.execution import RunResult


@dataclass(frozen=True, slots=True)
class Measure:
    """What the fastest run of a schedule took.

    Attributes:
        nanoseconds: from the first op's start to the last one's end.
        critical_path: nanoseconds of the ops on the longest chain that waited for each other.
        peak_bytes: the most that resources held at once.
    """

    nanoseconds: int
    critical_path: int
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Runs of two schedules.

    Attributes:
        function: which was run.
        workers: on how many threads.
        before, after: of each the fastest run.
        largest_difference: between results of both, the largest of all elements; 0.0: they are the same.
    """

    function: str
    workers: int
    before: Measure
    after: Measure
    largest_difference: float

    def rows(self) -> tuple[Row, ...]:
        """The figures as lines of the table."""
        a, b = self.before, self.after
        change = "" if a.peak_bytes == b.peak_bytes else percent(a.peak_bytes, b.peak_bytes)
        same = "the same" if self.largest_difference == 0 else f"differ by up to {self.largest_difference:.3g}"
        return (
            _time_row("measured time", a.nanoseconds, b.nanoseconds),
            _time_row("measured critical path", a.critical_path, b.critical_path),
            Row("measured peak bytes", byte_text(a.peak_bytes), byte_text(b.peak_bytes), change),
            Row("results", "", "", same),
        )


def measure(
    before: Explored, after: Explored, function: str, inputs: Sequence[Any], workers: int | None, repeat: int
) -> Measured:
    """Runs both; see `Comparison.run`."""
    from iree_explorer.execution import run
    from iree_explorer.execution.options import is_integer

    if not is_integer(repeat) or repeat < 1:
        raise InputError(f"repeat={repeat!r}: give an integer of at least 1")
    values = filled_inputs(before.source, function, inputs)
    schedules = before.scheduled, after.scheduled
    best: list[RunResult | None] = [None, None]
    for _ in range(repeat):
        for side, schedule in enumerate(schedules):
            result = run(schedule, function, *values, workers=workers)
            known = best[side]
            if known is None or _duration(result) < _duration(known):
                best[side] = result
    first, second = best
    assert first is not None
    assert second is not None
    difference = _largest_difference(first.outputs, second.outputs)
    return Measured(function, first.timeline.workers, _measure(first), _measure(second), difference)


def _measure(result: RunResult) -> Measure:
    timeline = result.timeline
    critical = sum(timeline.spans[place].duration for place in timeline.critical_path())
    return Measure(_duration(result), critical, timeline.peak_bytes)


def _duration(result: RunResult) -> int:
    spans = result.timeline.spans
    return max((s.end for s in spans), default=0) - min((s.start for s in spans), default=0)


def _largest_difference(before: Sequence[Any], after: Sequence[Any]) -> float:
    """Infinite where shapes or the number of results differ; where both are no number, they are the same."""
    import numpy as np

    if len(before) != len(after):
        return float("inf")
    largest = 0.0
    for a, b in zip(map(np.asarray, before), map(np.asarray, after), strict=True):
        if a.shape != b.shape:
            return float("inf")
        apart = _apart(a, b)
        if apart.size:
            largest = max(largest, float(apart.max()))
    return largest


def _apart(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    """How far apart the elements are; infinity where one alone is no number."""
    import numpy as np

    if a.dtype.kind in "iu" and a.dtype == b.dtype:  # of 64 bits, floats would not tell neighbours apart
        with np.errstate(over="ignore"):  # the difference of signed numbers has room where they wrap around
            return np.maximum(a, b).astype(np.uint64) - np.minimum(a, b).astype(np.uint64)
    kind = np.complex128 if a.dtype.kind == "c" else np.float64
    first, second = a.astype(kind), b.astype(kind)
    same = (first == second) | (np.isnan(first) & np.isnan(second))
    with np.errstate(invalid="ignore"):  # infinity less infinity
        return np.nan_to_num(np.where(same, 0.0, np.abs(first - second)), nan=np.inf)


def _time_row(name: str, before: int, after: int) -> Row:
    return Row(name, f"{before / 1e6:.3f} ms", f"{after / 1e6:.3f} ms", percent(before, after))
