"""Where a debugged run stands: the host, its regions, their timepoints, the queues of what is ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

from iree_explorer.execution.asynchronous.executor import Timepoint
from iree_explorer.execution.asynchronous.region import Region
from iree_explorer.execution.asynchronous.region_code import Wave
from iree_explorer.execution.debugging.inspection import Inspector
from iree_explorer.execution.debugging.stepper import Stepper
from iree_explorer.execution.device.work import DeviceOp

RegionState = Literal["waiting", "ready", "running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class RegionPlace:
    """How far an execution region is.

    Attributes:
        number: by issue.
        timepoint: the name of the timepoint that it reaches.
        affinity: as the IR spells it.
        state: it waits for timepoints, may start, has started, is done, or failed.
        done: ops on resources that have run.
        ops: how many there are.
        awaits: numbers of the regions that it waits for.
    """

    number: int
    timepoint: str
    affinity: str
    state: RegionState
    done: int
    ops: int
    awaits: tuple[int, ...]

    @override
    def __str__(self) -> str:
        on = f" on {self.affinity}" if self.affinity else ""
        awaits = f", awaits regions {', '.join(map(str, self.awaits))}" if self.state == "waiting" else ""
        reached = "reached" if self.state == "done" else "failed" if self.state == "failed" else "not reached"
        return (
            f"region {self.number}{on}: {self.state}, {self.done} of {self.ops} ops{awaits}; {self.timepoint} {reached}"
        )


@dataclass(frozen=True, slots=True, repr=False)
class Where:
    """Where a run stands; `print` it.

    Attributes:
        host: what the host is about to do, or waits for.
        regions: that were issued, in order.
        ready: what may run next, by the affinity that it is queued for; `host` for the host.
        timepoints: by name, whether they are reached.
    """

    host: str
    regions: Sequence[RegionPlace]
    ready: Mapping[str, Sequence[str]]

    @property
    def timepoints(self) -> dict[str, bool]:
        """By name and number of the region, whether they are reached: `%result_timepoint, region 0`."""
        return {f"{one.timepoint}, region {one.number}": one.state in ("done", "failed") for one in self.regions}

    @override
    def __repr__(self) -> str:
        lines = [f"host: {self.host}", *map(str, self.regions)]
        for affinity, units in self.ready.items():
            queue = "ready" if affinity in ("", "host") else f"ready on {affinity}"
            lines.append(f"{queue}: {'; '.join(units)}")
        return "\n".join(lines)


def where_is(stepper: Stepper, inspector: Inspector) -> Where:
    """Where a stepper stands."""
    ready: dict[str, list[str]] = {}
    for unit in stepper.ready:
        queue = "host" if unit.turn is None else unit.affinity
        ready.setdefault(queue, []).append(inspector.place(unit))
    regions = [_region(region, done, inspector) for region, done in stepper.issued]
    return Where(_host(stepper, inspector), regions, ready)


def _host(stepper: Stepper, inspector: Inspector) -> str:
    if stepper.host.is_done:
        return "failed" if stepper.host.error is not None else "done"
    host = next((unit for unit in stepper.ready if unit.turn is None), None)
    if host is not None:
        return f"before {inspector.place(host)}"
    awaited = stepper.pool.awaited
    if awaited is not None and not awaited.is_reached:
        return f"waits for {_regions(awaited)}"
    return "waits for what it began" if stepper.pool.has_tasks else "runs"


def _regions(timepoint: Timepoint) -> str:
    numbers = sorted(timepoint.regions)
    return f"region{'s' if len(numbers) != 1 else ''} {', '.join(map(str, numbers))}"


def _region(region: Region, done: int, inspector: Inspector) -> RegionPlace:
    timepoint, awaited = region.timepoint, region.awaited
    state: RegionState
    if timepoint.is_reached:
        state = "failed" if timepoint.error is not None else "done"
    elif awaited is not None and not awaited.is_reached:
        state = "waiting"
    else:
        state = "running" if done else "ready"
    ops = sum(len(item.ops) if isinstance(item, Wave) else isinstance(item, DeviceOp) for item in region.code.items)
    awaits = tuple(sorted(awaited.regions)) if awaited is not None else ()
    name = inspector.names.of(region.code.op.results[-1])
    return RegionPlace(region.number, name, region.code.affinity, state, done, ops, awaits)
