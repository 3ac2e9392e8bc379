"""What ran when, on which worker: the record of a run."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from typing_extensions import override

from iree_explorer.execution.recording.critical_path import critical_path
from iree_explorer.execution.recording.gantt import gantt_svg
from iree_explorer.execution.recording.span import Span, milliseconds, worker_name

_SHOWN = 40
"""Spans in the text of a timeline; a longer one says how many more there are."""


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

    @property
    def summary(self) -> str:
        """How many ops ran, where, how long that and its critical path took, and the bytes held."""
        if not self.spans:
            return "no op was recorded"
        end = max((span.end for span in self.spans), default=0)
        length = milliseconds(sum(self.spans[place].duration for place in self.critical_path()))
        return (
            f"{_count(len(self.spans), 'op')} on {_count(self.workers, 'worker')} in {milliseconds(end)}, "
            f"critical path (*) {length}, "
            f"at most {self.peak_bytes} bytes in resources"
        )

    @override
    def __repr__(self) -> str:
        path = set(self.critical_path())
        lines = [f"<Timeline: {self.summary}"]
        for number, span in enumerate(self.spans[:_SHOWN]):
            lines.append(
                f"{'*' if number in path else ' '} {span.start / 1e6:9.3f} to {span.end / 1e6:9.3f} ms  "
                f"{worker_name(span.worker):9} {span.where or 'host':20} {span.name}, {span.bytes} bytes"
            )
        left_out = len(self.spans) - _SHOWN
        return "\n".join([*lines, f"  and {left_out} more"] if left_out > 0 else lines) + ">"

    def tail(self, most: int) -> "Timeline":
        """The last `most` spans alone."""
        return replace(self, spans=self.spans[max(0, len(self.spans) - most) :])

    def to_svg(self) -> str:
        """A Gantt chart, one row a worker; a notebook shows it by itself."""
        return gantt_svg(self.spans, set(self.critical_path()))

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
            {"ph": "M", "name": "thread_name", "pid": 0, "tid": worker + 1, "args": {"name": worker_name(worker)}}
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
                    "where": span.where or "host",
                    "critical": place in path,
                },
            }
            for place, span in enumerate(self.spans)
        ]
        return json.dumps(
            {"traceEvents": rows, "displayTimeUnit": "ns", "otherData": {"peak_bytes": str(self.peak_bytes)}}
        )

    def critical_path(self) -> tuple[int, ...]:
        """Places of the spans on the longest chain of spans that had to wait for each other, first to last."""
        return critical_path(self.spans, self.edges)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
