"""What ran when, on which worker: the record of a run."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from typing_extensions import override

from iree_explorer.execution.gantt import gantt_svg, milliseconds

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
        lines = [f"<Timeline: {len(self.spans)} ops on {self.workers} workers in {milliseconds(end)}"]
        for span in self.spans[:_SHOWN]:
            place = f"region {span.region}" + (f", wave {span.wave}" if span.wave >= 0 else "")
            lines.append(
                f"  {span.start / 1e6:9.3f} to {span.end / 1e6:9.3f} ms  {_worker_name(span.worker):9} "
                f"{place if span.region >= 0 else 'host':17} {span.name}"
            )
        left_out = len(self.spans) - _SHOWN
        return "\n".join([*lines, f"  and {left_out} more"] if left_out > 0 else lines) + ">"

    def to_svg(self) -> str:
        """A Gantt chart, one row a worker; a notebook shows it by itself."""
        return gantt_svg(self)

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def to_json(self) -> dict[str, Any]:
        """Plain data: `{"workers": n, "spans": [...]}`."""
        return {"workers": self.workers, "spans": [asdict(span) for span in self.spans]}

    def to_chrome(self) -> str:
        """The trace-event JSON that Perfetto and Chrome's tracing page read; one row a worker."""
        rows: list[dict[str, Any]] = [
            {"ph": "M", "name": "thread_name", "pid": 0, "tid": worker + 1, "args": {"name": _worker_name(worker)}}
            for worker in sorted({span.worker for span in self.spans})
        ]
        rows += [
            {
                "ph": "X",
                "name": span.name,
                "cat": span.affinity or "host",
                "pid": 0,
                "tid": span.worker + 1,
                "ts": span.start / 1000,
                "dur": span.duration / 1000,
                "args": {"op": span.op, "bytes": span.bytes, "region": span.region, "wave": span.wave},
            }
            for span in self.spans
        ]
        return json.dumps({"traceEvents": rows, "displayTimeUnit": "ns"})

    def critical_path(self) -> tuple[int, ...]:
        """Places of the spans on the longest chain of spans that had to wait for each other, first to last.

        A span waits for the item before it in its region; a region waits for those whose timepoints it awaits.
        """
        best: dict[int, tuple[int, int | None]] = {}
        ends: dict[int, int] = {}
        for place in sorted(range(len(self.spans)), key=lambda place: self.spans[place].start):
            before = [best[p][0] for p in self._waited_for(place, ends)]
            candidates = self._waited_for(place, ends)
            longest = max(range(len(before)), key=before.__getitem__) if before else None
            length = self.spans[place].duration + (before[longest] if longest is not None else 0)
            best[place] = (length, candidates[longest] if longest is not None else None)
        if not best:
            return ()
        place: int | None = max(best, key=lambda p: best[p][0])
        path: list[int] = []
        while place is not None:
            path.append(place)
            place = best[place][1]
        return tuple(reversed(path))

    def _waited_for(self, place: int, _: dict[int, int]) -> list[int]:
        span = self.spans[place]
        waits = {before for before, after in self.edges if after == span.region}
        found: list[int] = []
        for other_place, other in enumerate(self.spans):
            if other.end > span.start or other_place == place:
                continue
            in_region = other.region == span.region and (other.wave != span.wave or span.wave < 0)
            if in_region or other.region in waits:
                found.append(other_place)
        return found


def _worker_name(worker: int) -> str:
    return "host" if worker == HOST else f"worker {worker}"
