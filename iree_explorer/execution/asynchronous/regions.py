"""Execution regions as they run: item by item, by the pool's workers, once their timepoints are reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import Timepoint
from iree_explorer.execution.asynchronous.region import Region
from iree_explorer.execution.asynchronous.region_code import Item, Plain, RegionCode, Wave, first_op
from iree_explorer.execution.asynchronous.run import Place, Run
from iree_explorer.execution.code.steps import Frame
from iree_explorer.execution.device.work import DeviceOp, Work
from iree_explorer.execution.faults import FAULTS, fault_of
from iree_explorer.execution.values.resources import Resource


def lend(resource: Resource, *, gives: bool, readers: int) -> Resource:
    """A captured resource as the region sees it; `readers` of its uses are the region's own."""
    owned = gives and resource.owned and resource.readers <= readers
    return Resource(resource.size, resource.storage, owned)


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A task of a region: what a worker does of it before it looks for other work.

    Attributes:
        region: whose.
        op: the op that is next; None for the end of the region.
        place: of the item, in order; of an op of a wave that of its wave.
        is_op: this runs an op on resources, and not only begins or ends something.
        action: does it, told the worker's number.
    """

    region: Region
    op: Operation | None
    place: int
    is_op: bool
    action: Callable[[int], None]

    def __call__(self, worker: int) -> None:
        """Does it."""
        self.action(worker)


class RegionRun(Region):
    """Goes through the items of a region once its timepoint is reached, then reaches its own."""

    def __init__(
        self, run: Run, code: RegionCode, frame: Frame, captured: Sequence[Resource], results: Sequence[Resource]
    ) -> None:
        number = run.issue()
        super().__init__(number, code, frame, Timepoint(run.pool, frozenset({number})), words=run.words)
        self._run = run
        self._captured, self._results = captured, results
        self._left = 0
        self._error: ExecutionError | None = None
        for witness in run.witnesses:
            witness.began(self)

    def start_after(self, awaited: Timepoint | None) -> None:
        """Lets the region start once `awaited` is reached; None is at once."""
        if awaited is None:
            self._submit()
            return
        self.awaited = awaited
        self._run.note_awaits(self.number, awaited.regions)
        awaited.then(lambda: self._fail(awaited.error) if awaited.error else self._submit())

    def _submit(self) -> None:
        self._hand_in(Turn(self, self.code.op, 0, False, self._start))

    def _hand_in(self, *turns: Turn) -> None:
        self._run.pool.submit(self.code.affinity, turns)

    def _start(self, worker: int) -> None:
        for capture, resource in zip(self.code.captures, self._captured, strict=True):
            self.frame[capture.inner] = lend(resource, gives=capture.gives, readers=1)
        self._go_on(worker)

    def _go_on(self, worker: int) -> None:
        """The next items: here and now, or the next one as a task of its own."""
        if not self._run.pool.one_by_one:
            self._advance(worker)
        elif self.next_place < len(self.code.items):
            place = self.next_place
            op, is_op = first_op(self.code.items[place])
            self._hand_in(Turn(self, op, place, is_op, self._advance))
        else:
            self._hand_in(Turn(self, None, self.next_place, False, self._advance))

    def _advance(self, worker: int) -> None:
        with np.errstate(all="ignore"):
            try:
                while self.next_place < len(self.code.items):
                    self._drop()
                    item = self.code.items[self.next_place]
                    self.next_place += 1
                    if isinstance(item, Wave) and len(item.ops) > 1:
                        self._fan_out(item)
                        return
                    self._run_item(item, worker)
                    if self._run.pool.one_by_one:
                        self._go_on(worker)
                        return
                self._finish()
            except ExecutionError as error:
                self._fail(error)
            except FAULTS as fault:
                self._fail(fault_of(self.code.op, fault, self._run.locate))

    def _drop(self) -> None:
        """Lets go of what the item before used last; not where somebody may want to look at it."""
        if self.next_place and not self._run.pool.one_by_one:
            for slot in self.code.drops[self.next_place - 1]:
                self.frame[slot] = None

    def _run_item(self, item: Item, worker: int) -> None:
        if isinstance(item, Plain):
            try:
                item.step(self.frame)
            except FAULTS as fault:
                raise fault_of(item.op, fault, self._run.locate) from fault
        elif isinstance(item, Wave):
            for op, work in self._prepare(item):
                self._work(op, work, worker, -1)
        else:
            self._work(item, self._run.prepare(item, self.frame), worker, -1)

    def _prepare(self, wave: Wave) -> list[tuple[DeviceOp, Work]]:
        frame = self.frame
        for capture in wave.captures:
            frame[capture.inner] = lend(frame[capture.outer], gives=capture.gives, readers=0)
        prepared = [(op, self._run.prepare(op, frame)) for op in wave.ops]
        for slot in wave.shared:
            frame[slot].owned = False
        for outer, inner in wave.results:
            frame[outer] = frame[inner]
        return prepared

    def _fan_out(self, wave: Wave) -> None:
        """Hands the ops of a wave to the pool; whoever ends the last one goes on."""
        self._run.require_going()
        prepared = self._prepare(wave)
        self._left = len(prepared)
        place = self.next_place - 1

        def task(op: DeviceOp, work: Work, at: int) -> None:
            failed: ExecutionError | None = None
            try:
                self._work(op, work, at, place)
            except ExecutionError as error:
                failed = error
            except FAULTS as fault:
                failed = fault_of(op.op, fault, self._run.locate)
            with self._run.pool.changed:
                self._error = self._error or failed
                self._left -= 1
                is_last = self._left == 0
            if is_last:
                if self._error is not None:
                    self._fail(self._error)
                else:
                    self._go_on(at)

        self._hand_in(*[Turn(self, op.op, place, True, partial(task, op, work)) for op, work in prepared])

    def _work(self, op: DeviceOp, work: Work, worker: int, wave: int) -> None:
        self._run.perform(op, work, self.frame, Place(worker, self.number, wave, self.code.affinity))

    def _finish(self) -> None:
        inner = [self.frame[slot] for slot in self.code.yields]
        for result, resource in zip(self._results, inner, strict=True):
            result.storage = resource.storage
            result.owned = resource.owned and inner.count(resource) == 1
        self._end(None)

    def _fail(self, error: ExecutionError | None) -> None:
        self._run.note_failure(error)
        self._end(error)

    def _end(self, error: ExecutionError | None) -> None:
        for witness in self._run.witnesses:
            witness.ended(self)
        self.frame = []
        with self._run.pool.changed:
            for resource in self._captured:
                resource.readers -= 1
        self._captured = ()
        self.timepoint.reach(error)
