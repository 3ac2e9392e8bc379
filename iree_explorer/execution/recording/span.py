"""One op that ran: which, where, when; and how times and workers are told."""

from dataclasses import dataclass
from typing import Final

HOST: Final = -1
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
        region: number of its execution region's run, by issue, from 0; -1 outside of any.
        wave: place among the items of that run; -1 where the op is an item of its own.
        affinity: of the region, as the IR spells it, empty where it has none.
        where: region and wave as traces and graphs number them, `partition 1, wave 0`; empty outside of any.
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
    where: str = ""

    @property
    def duration(self) -> int:
        """Nanoseconds."""
        return self.end - self.start


def milliseconds(nanoseconds: int) -> str:
    """`1.25 ms`."""
    return f"{nanoseconds / 1e6:.2f} ms"


def worker_name(worker: int) -> str:
    """`worker 2`, or `host`."""
    return "host" if worker == HOST else f"worker {worker}"
