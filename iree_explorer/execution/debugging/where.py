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
from iree_explorer.partitioning.trace.reasons import place_name

RegionState = Literal["waiting", "ready", "running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class RegionPlace:
    """How far an execution region is.

    Attributes:
        number: by issue.
        name: what it is called: `partition 3`, as graphs and timelines do.
        timepoint: the name of the timepoint that it reaches.
        affinity: as the IR spells it.
        state: it waits for timepoints, may start, has started, is done, or failed.
        done: ops on resources that have run.
        ops: how many there are.
        awaits: names of the regions that it waits for.
    """

    number: int
    name: str
    timepoint: str
    affinity: str
    state: RegionState
    done: int
    ops: int
    awaits: tuple[str, ...]

    @override
    def __str__(self) -> str:
        on = f" on {place_name(self.affinity)}" if self.affinity else ""
        awaits = f", awaits {_listed(self.awaits)}" if self.state == "waiting" else ""
        reached = "reached" if self.state == "done" else "failed" if self.state == "failed" else "not reached"
        return f"{self.name}{on}: {self.state}, {self.done} of {self.ops} ops{awaits}; {self.timepoint} {reached}"


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
        """By name and number of the region, whether they are reached: `%result_timepoint, partition 0`."""
        return {f"{one.timepoint}, {one.name}": one.state in ("done", "failed") for one in self.regions}

    @override
    def __repr__(self) -> str:
        lines = [f"host: {self.host}", *map(str, self.regions)]
        for affinity, units in self.ready.items():
            queue = "ready" if affinity in ("", "host") else f"ready on {place_name(affinity)}"
            lines.append(f"{queue}: {'; '.join(units)}")
        return "\n".join(lines)


def where_is(stepper: Stepper, inspector: Inspector) -> Where:
    """Where a stepper stands."""
    ready: dict[str, list[str]] = {}
    for unit in stepper.ready:
        queue = "host" if unit.turn is None else unit.affinity
        ready.setdefault(queue, []).append(inspector.place(unit))
    issued = stepper.issued
    names = {
        region.number: inspector.where(region.number, region.words.get(region.code.op, "")) for region, _ in issued
    }
    regions = [_region(region, done, inspector, names) for region, done in issued]
    return Where(_host(stepper, inspector, names), regions, ready)


def _host(stepper: Stepper, inspector: Inspector, names: Mapping[int, str]) -> str:
    if stepper.host.is_done:
        return "failed" if stepper.host.error is not None else "done"
    host = next((unit for unit in stepper.ready if unit.turn is None), None)
    if host is not None:
        return f"before {inspector.place(host)}"
    awaited = stepper.pool.awaited
    if awaited is not None and not awaited.is_reached:
        return f"waits for {_listed(_awaited(awaited, names))}"
    return "waits for what it began" if stepper.pool.has_tasks else "runs"


def _awaited(timepoint: Timepoint, names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[number] for number in sorted(timepoint.regions))


def _listed(names: Sequence[str]) -> str:
    """`region 0, region 1 and region 4`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _region(region: Region, done: int, inspector: Inspector, names: Mapping[int, str]) -> RegionPlace:
    timepoint, awaited = region.timepoint, region.awaited
    state: RegionState
    if timepoint.is_reached:
        state = "failed" if timepoint.error is not None else "done"
    elif awaited is not None and not awaited.is_reached:
        state = "waiting"
    else:
        state = "running" if done else "ready"
    ops = sum(len(item.ops) if isinstance(item, Wave) else isinstance(item, DeviceOp) for item in region.code.items)
    awaits = () if awaited is None else _awaited(awaited, names)
    reached = inspector.names.of(region.code.op.results[-1])
    return RegionPlace(region.number, names[region.number], reached, region.code.affinity, state, done, ops, awaits)
