"""What ran when, on which worker: the record of a run."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

from typing_extensions import override

from iree_explorer.execution.observing.gantt import gantt_svg, milliseconds

_SHOWN = 40
"""Spans in the text of a timeline; a longer one says how many more there are."""

HOST = -1
"""The worker of what runs on the calling thread."""


@dataclass(frozen=True, slots=True)
class Span:
    """One op that ran.

    Attributes:
        op: its number in the module that ran, counting ops in pre-order from 0, the module itself.
        name: short, `dispatch @matmul` or `clone`.
        worker: from 0; `HOST` for the calling thread.
        start: nanoseconds since the run began.
        end: likewise.
        bytes: that it read and wrote.
        region: number of the execution region by issue, from 0; -1 outside of any.
        wave: place of its wave among the region's items, from 0; -1 where the op is alone.
        affinity: of the region, as the IR spells it, empty where it has none.
    """

    op: int
    name: str
    worker: int
    start: int
    end: int
    bytes: int
    region: int = -1
    wave: int = -1
    affinity: str = ""

    @property
    def duration(self) -> int:
        """Nanoseconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, repr=False)
class Timeline:
    """All spans of a run, by start.

    Attributes:
        spans: by start.
        workers: how many there were.
        peak_bytes: the most that resources held at once.
        edges: pairs of regions `(before, after)`: the second awaited the first.
    """

    spans: tuple[Span, ...] = ()
    workers: int = 1
    peak_bytes: int = 0
    edges: tuple[tuple[int, int], ...] = ()

    @override
    def __repr__(self) -> str:
        end = max((span.end for span in self.spans), default=0)
        path = self.critical_path()
        length = milliseconds(sum(self.spans[place].duration for place in path))
        head = f"<Timeline: {len(self.spans)} ops on {self.workers} workers in {milliseconds(end)}"
        lines = [f"{head}, critical path (*) {length}, at most {self.peak_bytes} bytes in resources"]
        for number, span in enumerate(self.spans[:_SHOWN]):
            place = f"region {span.region}" + (f", wave {span.wave}" if span.wave >= 0 else "")
            lines.append(
                f"{'*' if number in path else ' '} {span.start / 1e6:9.3f} to {span.end / 1e6:9.3f} ms  "
                f"{_worker_name(span.worker):9} {place if span.region >= 0 else 'host':17} {span.name}, {span.bytes} bytes"
            )
        left_out = len(self.spans) - _SHOWN
        return "\n".join([*lines, f"  and {left_out} more"] if left_out > 0 else lines) + ">"

    def tail(self, most: int) -> "Timeline":
        """The last `most` spans alone."""
        return replace(self, spans=self.spans[-most:])

    def to_svg(self) -> str:
        """A Gantt chart, one row a worker; a notebook shows it by itself."""
        return gantt_svg(self)

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def to_json(self) -> dict[str, Any]:
        """Plain data: `{"workers": n, "peak_bytes": n, "spans": […]}`, each span with `critical`: it is on the critical path."""
        path = set(self.critical_path())
        spans = [{**asdict(span), "critical": place in path} for place, span in enumerate(self.spans)]
        return {"workers": self.workers, "peak_bytes": self.peak_bytes, "spans": spans}

    def to_chrome(self) -> str:
        """The trace-event JSON that Perfetto and Chrome's tracing page read; one row a worker.

        Ops of the critical path have the category `critical` besides that of their affinity.
        """
        path = set(self.critical_path())
        rows: list[dict[str, Any]] = [
            {"ph": "M", "name": "thread_name", "pid": 0, "tid": worker + 1, "args": {"name": _worker_name(worker)}}
            for worker in sorted({span.worker for span in self.spans})
        ]
        rows += [
            {
                "ph": "X",
                "name": span.name,
                "cat": (span.affinity or "host") + (",critical" if place in path else ""),
                "pid": 0,
                "tid": span.worker + 1,
                "ts": span.start / 1000,
                "dur": span.duration / 1000,
                "args": {
                    "op": span.op,
                    "bytes": span.bytes,
                    "region": span.region,
                    "wave": span.wave,
                    "critical": place in path,
                },
            }
            for place, span in enumerate(self.spans)
        ]
        return json.dumps(
            {"traceEvents": rows, "displayTimeUnit": "ns", "otherData": {"peak_bytes": str(self.peak_bytes)}}
        )

    def critical_path(self) -> tuple[int, ...]:
        """Places of the spans on the longest chain of spans that had to wait for each other, first to last.

        A span waits for the items before it in its region; a region waits for those whose timepoints it awaits. Such waits
        are never for what ends later, so the chain takes at most as long as the run.
        """
        chain = _Chain(self.spans)
        awaited: dict[int, list[int]] = {}
        for before, after in self.edges:
            awaited.setdefault(after, []).append(before)
        ends: dict[int, int] = {}
        by_region = _by_region(self.spans)
        for region in sorted({*by_region, *awaited}):
            before = chain.longest(ends.get(other, -1) for other in awaited.get(region, ()))
            ends[region] = chain.through(by_region.get(region, ()), before)
        return chain.back_from(chain.longest(ends.values()))


def _by_region(spans: Sequence[Span]) -> dict[int, list[int]]:
    """Places of the spans of each region, by start; regions await only those of lower numbers."""
    found: dict[int, list[int]] = {}
    for place in sorted(range(len(spans)), key=lambda place: spans[place].start):
        found.setdefault(spans[place].region, []).append(place)
    return found


class _Chain:
    """For each span the longest chain that ends with it; a place of -1 is no span."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._length = [0] * len(spans)
        self._before = [-1] * len(spans)

    def longest(self, places: Iterable[int]) -> int:
        """Which of some spans ends the longest chain; the first of several."""
        return max((place for place in places if place >= 0), key=self._length.__getitem__, default=-1)

    def through(self, places: Sequence[int], before: int) -> int:
        """Puts the spans of a region behind `before`, item by item; the one that ends the longest chain, or `before`."""
        for _, wave in groupby(
            places, key=lambda place: (self._spans[place].wave, place * (self._spans[place].wave < 0))
        ):
            last = before
            for place in wave:
                self._before[place] = before
                self._length[place] = self._spans[place].duration + (self._length[before] if before >= 0 else 0)
                last = self.longest((last, place))
            before = last
        return before

    def back_from(self, place: int) -> tuple[int, ...]:
        """The chain that ends with a span, first to last."""
        path: list[int] = []
        while place >= 0:
            path.append(place)
            place = self._before[place]
        return tuple(reversed(path))


def _worker_name(worker: int) -> str:
    return "host" if worker == HOST else f"worker {worker}"
