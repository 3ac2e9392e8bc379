"""Runs a program op by op: the host on a thread that runs only while it is let, regions a task at a time on the caller's.

At most one of the two runs at any moment. So every run with the same seed goes the same way, and between two ops nothing
moves: whatever may be looked at holds still. What would have run at once runs one after the other instead.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from typing_extensions import override
from xdsl.ir import Operation

from iree_explorer.dialects.stream.types import ResourceType, TimepointType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.region import Region
from iree_explorer.execution.asynchronous.regions import Turn
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.asynchronous.witness import Witness
from iree_explorer.execution.code.steps import Frame, Layout, Step
from iree_explorer.execution.debugging.stepped_run import HostThread, SteppedPool, SteppedRun
from iree_explorer.execution.device.work import DEVICE, DeviceOp, Work, label
from iree_explorer.execution.interrupts import interrupts_stop
from iree_explorer.execution.module.symbols import Symbols
from iree_explorer.execution.values.resources import Storage


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unit:
    """What runs between two places where a session may stop.

    Attributes:
        op: the op; of the end of a region, the region op.
        label: what it is, as timelines show it: `dispatch @matmul`; `end of region`.
        region: number of its execution region's run, by issue; -1 on the host.
        where: region and wave as graphs number them, `partition 1, wave 0`; empty on the host.
        affinity: of the region.
        is_end: the end of a region, which its timepoint is reached at.
        turn: the task that does it; None for the host.
    """

    op: Operation
    label: str
    region: int = -1
    where: str = ""
    affinity: str = ""
    is_end: bool = False
    turn: Turn | None = None

    @override
    def __repr__(self) -> str:
        return f"<{self.label} {f'in {self.where}' if self.where else 'on the host'}>"


@dataclass(slots=True, eq=False)
class LiveFrame:
    """The values of a function or a region that runs.

    Attributes:
        layout: says which slot holds which value.
        frame: the slots.
        region: number of the region, -1 for the host.
        run: of the region.
        done: ops on resources that have run.
        count: how often one has.
    """

    layout: Layout
    frame: Frame
    region: int = -1
    run: Region | None = None
    done: set[Operation] = field(default_factory=set[Operation])
    count: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """A unit that has run.

    Attributes:
        unit: that.
        work: what it did; None where it only begins or ends something.
    """

    unit: Unit
    work: Work | None = None


class Stepper(Witness):
    """Goes through a run unit by unit.

    Args:
        program: compiled for stepping.
        body: calls the function, given the run.
        seed: picks the next of several units that are ready by chance, the same for the same seed; None: the host as far as
            it gets, then what was ready first.
        witnesses: told of every op besides.
        is_held: whether something waits for a unit that is otherwise passed by: the begin or the end of a region, the
            begin of a wave, an op of the host that touches no resource (but not the very first, where all begins).

    Attributes:
        finished: units that have run since this was emptied.
        turns: number of a region → that it is the first, second, … time that its op was issued.
        frames: of all that runs, the functions of the host first, inner ones behind outer ones.
        last: the frame in which a unit ran last, also when its region is over.
        failed: the first unit that failed.
    """

    def __init__(
        self,
        symbols: Symbols,
        body: Callable[[Run], Any],
        seed: int | None,
        witnesses: Sequence[Witness],
        is_held: Callable[[Unit], bool],
        *,
        check_hazards: bool = False,
    ) -> None:
        self.pool = SteppedPool()
        self.run = SteppedRun(symbols, 1, check_hazards=check_hazards, witnesses=(*witnesses, self), pool=self.pool)
        self.run.at_op = self._at_op
        self.host = HostThread(lambda: body(self.run))
        self.pool.pause = self.host.pause
        self.finished: list[Finished] = []
        self.frames: list[LiveFrame] = []
        self.last: LiveFrame | None = None
        self._regions: list[LiveFrame] = []
        self.turns: dict[int, int] = {}
        self._issues: Counter[Operation] = Counter()
        self._writes: dict[int, int] = {}
        self.failed: Unit | None = None
        self._has_begun = False
        self._at: Unit | None = None
        self._next: Unit | None = None
        self._current: Unit | None = None
        self._is_held = is_held
        self._random = None if seed is None else random.Random(int(seed))

    # Going on

    @property
    def next(self) -> Unit | None:
        """What runs next; None where `settle` has still something to do, and at the end."""
        if self._next is None and self._passing() is None:
            if self._random is not None:
                ready = self.ready
                self._next = self._random.choice(ready) if ready else None
            elif self._at is not None:
                self._next = self._at
            else:
                first = [*self.pool.passing[:1], *self.pool.ready[:1]]
                self._next = unit_of(first[0]) if first else None
        return self._next

    @property
    def ready(self) -> list[Unit]:
        """All that may run next."""
        host = [self._at] if self._at is not None else []
        return [*host, *map(unit_of, self.pool.passing), *map(unit_of, self.pool.ready)]

    @property
    def is_over(self) -> bool:
        """The function has ended, and all that it began."""
        return self.host.is_done

    def choose(self, unit: Unit) -> None:
        """Makes one of `ready` the next."""
        self._next = unit

    def settle(self) -> bool:
        """Does one thing that nobody steps through, if there is one."""
        passing = self._passing()
        if passing is not None:
            passing()
        return passing is not None

    def _passing(self) -> Callable[[], None] | None:
        if self._at is None and not self.host.is_done and not self.pool.blocks_host:
            return self.host.resume
        for turn in self.pool.passing:
            if not self._is_held(unit_of(turn)):
                return partial(self._take, turn)
        return None

    def go(self) -> None:
        """Runs the next unit."""
        unit = self.next
        assert unit is not None
        self._next = None
        if unit.turn is not None:
            self._take(unit.turn)
        else:
            self._at = None
            self.host.resume()

    def _take(self, turn: Turn) -> None:
        self.pool.take(turn)
        self._current = unit = unit_of(turn)
        self._look_at(turn.region.frame)
        failures = len(self.run.failures)
        turn(0)
        if len(self.run.failures) > failures and self.failed is None:
            self.failed = unit
        if not turn.is_op:
            self.finished.append(Finished(unit))
        self._current = None

    def close(self) -> None:
        """Ends the run, wherever it is."""
        with interrupts_stop(self.run.stop):
            self.run.close()
            self.host.stop()

    # What the run tells

    def _at_op(self, op: Operation, step: Step, frame: Frame) -> None:
        """On the host's thread: an op is about to run."""
        unit = Unit(op, label(op) if op.name in DEVICE else op.name)
        if self._has_begun and not touches_resources(op) and not self._is_held(unit):
            step(frame)
            return
        self._has_begun = True
        self._at = unit
        self.host.pause()
        self._current = unit
        self._look_at(frame)
        try:
            step(frame)
        except ExecutionError:
            self.failed = self.failed or unit
            raise
        if op.name not in DEVICE:
            self.finished.append(Finished(unit))
        self.host.pause()

    @override
    def entered(self, layout: Layout, frame: Frame) -> None:
        self.frames.append(LiveFrame(layout, frame))

    @override
    def left(self, frame: Frame) -> None:
        self.frames = [live for live in self.frames if live.frame is not frame]

    @property
    def issued(self) -> list[tuple[Region, int]]:
        """All execution regions so far, and how many of their ops on resources have run."""
        return [(live.run, live.count) for live in self._regions if live.run is not None]

    @override
    def began(self, region: Region) -> None:
        self._issues[region.code.op] += 1
        self.turns[region.number] = self._issues[region.code.op]
        live = LiveFrame(region.code.layout, region.frame, region.number, region)
        self.frames.append(live)
        self._regions.append(live)

    @override
    def ended(self, region: Region) -> None:
        self.frames = [live for live in self.frames if live.run is not region]

    @override
    def after(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        live = self._live(frame)
        for part in work.writes:
            self._writes[id(part.storage)] = self._writes.get(id(part.storage), 0) + 1
        if live is not None:
            live.done.add(op.op)
            live.count += 1
        unit = self._current
        if unit is None or unit.op is not op.op:
            unit = Unit(op.op, op.name)
        self.finished.append(Finished(unit, work))

    def state_of(self, storage: Storage) -> tuple[int, int]:
        """Which storage it is, and how often an op has written to it."""
        return id(storage), self._writes.get(id(storage), 0)

    def _look_at(self, frame: Frame) -> None:
        """A unit of a frame is about to run. What the one before held is let go, if it is over."""
        live = self._live(frame)
        if live is not None and live is not self.last:
            if self.last is not None and self.last not in self.frames:
                self.last.frame = []
            self.last = live

    def _live(self, frame: Frame) -> LiveFrame | None:
        return next((live for live in self.frames if live.frame is frame), None)


def unit_of(turn: Turn) -> Unit:
    """The unit that a task of a region is."""
    region = turn.region
    op, affinity = turn.op or region.code.op, region.code.affinity
    where = region.words.get(op, "")
    if turn.op is None:
        return Unit(op, "end of region", region.number, where, affinity, is_end=True, turn=turn)
    name = label(op) if op.name in DEVICE else op.name
    return Unit(op, name, region.number, where, affinity, turn=turn)


def touches_resources(op: Operation) -> bool:
    """Whether an op of the host takes or gives a resource or a timepoint."""
    return any(isinstance(value.type, ResourceType | TimepointType) for value in (*op.operands, *op.results))
