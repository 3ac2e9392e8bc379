"""Times whole processes: wall and CPU seconds and peak memory of each, as the operating system counts them."""

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds and bytes."""

    wall: float
    cpu: float
    memory: int
    status: int

    @override
    def __str__(self) -> str:
        return f"{self.wall:7.2f} s wall {self.cpu:7.2f} s cpu {self.memory / 1e6:7.0f} MB"


def run(command: Sequence[str]) -> Cost:
    """Runs a command once; what it prints is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, process.returncode)


def side_by_side(ours: Sequence[str], theirs: Sequence[str], runs: int) -> tuple[Cost, Cost, float]:
    """Runs two commands in turn; returns the run of median wall time of each, and the median ratio of wall times, pair by pair."""
    pairs = [(run(ours), run(theirs)) for _ in range(runs)]
    ratio = statistics.median(ours.wall / theirs.wall for ours, theirs in pairs)
    first, second = zip(*pairs, strict=True)
    return _median(first), _median(second), ratio


def _median(costs: Sequence[Cost]) -> Cost:
    return sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2]
