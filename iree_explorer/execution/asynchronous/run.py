"""A run: a call of a function, with its workers and its record."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import Pool
from iree_explorer.execution.asynchronous.witness import Witness
from iree_explorer.execution.code.steps import RUN, Code, Frame
from iree_explorer.execution.device.work import DeviceOp, Work
from iree_explorer.execution.faults import FAULTS, Locate, OpError, fault_of, inside, named
from iree_explorer.execution.interrupts import CancelledRunError
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.execution.module.symbols import Symbols
from iree_explorer.execution.parameters import Parameters
from iree_explorer.execution.recording.hazards import HazardLog, Touch, describe
from iree_explorer.execution.recording.span import HOST, Span
from iree_explorer.execution.recording.timeline import Timeline
from iree_explorer.execution.values.resources import BufferView, Meter, Storage


@dataclass(slots=True)
class CheckFailure:
    """A `check` op that did not hold."""

    op: str
    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an op runs; see `Span`."""

    worker: int
    region: int = -1
    wave: int = -1
    affinity: str = ""


class Run:
    """A call of a function: its workers, what it recorded.

    Args:
        symbols: of the module.
        workers: threads for execution regions.
        seed: shuffles the pick of ready work.
        check_hazards: notes which bytes ops touch, and fails at the end where ops that may run at once conflict, or where
            one reads what is overwritten in compiled programs.
        witnesses: told of every op.
        pool: of workers; by default threads of its own.

    Attributes:
        is_stopped: loops of host code and kernels end, no op begins.
        words: where ops are, as `Span.where` tells it; empty until somebody wants to know.
    """

    def __init__(
        self,
        symbols: Symbols,
        workers: int,
        seed: int | None = None,
        *,
        check_hazards: bool = False,
        witnesses: Sequence[Witness] = (),
        pool: Pool | None = None,
    ) -> None:
        self.symbols = symbols
        self.witnesses = tuple(witnesses)
        self.pool = pool or Pool(workers, seed, pins=not any(witness.starts_threads for witness in witnesses))
        self.is_stopped = False
        self.meter = Meter()
        self.locate: Locate = symbols.locate
        self.parameters: Parameters = symbols.parameters
        self.check_failures: list[CheckFailure] = []
        self.checks = 0
        self.words: Mapping[Operation, str] = {}
        self._spans: list[Span] = []
        self._edges: list[tuple[int, int]] = []
        self._failures: list[ExecutionError] = []
        self._hazards = HazardLog() if check_hazards else None
        self._reached: frozenset[int] = frozenset()
        self._regions = 0
        self._holds_blas = False
        self.start_clock()

    def start_clock(self) -> None:
        """Times of the timeline count from now."""
        self._began = time.perf_counter_ns()

    def call(self, code: Code, values: Sequence[Any]) -> list[Any]:
        """Runs a host function on the calling thread; what it returns.

        Raises:
            ExecutionError: wherever it goes wrong.
            CancelledRunError: the run was stopped.
        """
        frame = code.frame()
        frame[RUN] = self
        for witness in self.witnesses:
            witness.entered(code.layout, frame)
        results = code(values, frame)
        for witness in self.witnesses:
            witness.left(frame)
        return results

    def issue(self) -> int:
        """The number of the next execution region; the host calls this, so it is after all that the host waited for.

        Raises:
            CancelledRunError: the run was stopped.
        """
        self.require_going()
        number = self._regions
        self._regions += 1
        self.hold_blas()
        if self._hazards is not None:
            self._hazards.order(number, self._reached)
        return number

    def hold_blas(self) -> None:
        """Regions are about to run: BLAS has one thread until the end of the run."""
        with self.pool.changed:  # as `close` does, which any thread may call meanwhile
            if not self._holds_blas:
                PROCESSORS.hold()
                self._holds_blas = True

    def note_awaits(self, region: int, awaited: frozenset[int]) -> None:
        """A region starts after others."""
        self._edges += [(before, region) for before in sorted(awaited)]
        if self._hazards is not None:
            self._hazards.order(region, awaited)

    def note_reached(self, regions: frozenset[int]) -> None:
        """The host waited for regions."""
        if self._hazards is not None:
            self._reached |= regions

    def require_going(self) -> None:
        """Nothing else is to begin in a run that was stopped.

        Raises:
            CancelledRunError: it was.
        """
        if self.is_stopped:
            raise CancelledRunError

    def stop(self) -> None:
        """Lets the run end soon; takes no lock, so a handler of signals may call it. `close` is still to come."""
        self.is_stopped = True
        self.pool.stop()

    def close(self) -> None:
        """Ends the run, also in the middle of it and from any thread: workers end with the loop or the op they are at."""
        self.is_stopped = True
        with self.pool.changed:
            self.pool.close()
            if self._holds_blas:
                self._holds_blas = False
                PROCESSORS.release()

    def note_failure(self, error: ExecutionError | None) -> None:
        """A region failed."""
        if error is not None:
            self._failures.append(error)

    def prepare(self, op: DeviceOp, frame: Frame) -> Work:
        """Prepares an op.

        Raises:
            ExecutionError: naming the op.
        """
        frame[RUN] = self
        try:
            return op.prepare(frame)
        except ExecutionError as error:
            raise self._named(op, error) from error
        except FAULTS as fault:
            raise fault_of(op.op, fault, self.locate) from fault

    def perform(self, op: DeviceOp, work: Work, frame: Frame, place: Place) -> None:
        """Runs a prepared op and records when.

        Raises:
            ExecutionError: naming the op.
            CancelledRunError: the run was stopped.
        """
        self.require_going()
        for witness in self.witnesses:
            witness.before(op, work, frame)
        start = time.perf_counter_ns()
        try:
            self.do(work)
        except ExecutionError as error:
            raise self._named(op, error) from error
        except FAULTS as fault:
            raise fault_of(op.op, fault, self.locate) from fault
        end = time.perf_counter_ns()
        began = self._began
        number = self.symbols.op_number(op.op)
        if self._hazards is not None:
            self._note_touches(self._hazards, op, work, place)
        times = start - began, end - began
        where = place.region, place.wave, place.affinity, self.words.get(op.op, "")
        self._spans.append(Span(number, op.name, place.worker, *times, work.bytes, *where))
        for witness in self.witnesses:
            witness.after(op, work, frame)

    def do(self, work: Work) -> None:
        """Runs what an op has prepared."""
        with PROCESSORS.helped_by(self.pool):
            work.run()

    def _note_touches(self, log: HazardLog, op: DeviceOp, work: Work, place: Place) -> None:
        serial = log.next_serial()
        name = named(op.op, self.symbols.names, self.locate, op.name)
        log.note(
            [
                Touch(
                    name,
                    place.region,
                    place.wave,
                    self._regions,
                    self._reached,
                    r.storage,
                    r.start,
                    r.end,
                    is_write,
                    serial,
                )
                for is_write, ranges in ((False, work.reads), (True, work.writes))
                for r in ranges
                if r.end > r.start
            ]
        )

    def copy_of(self, storage: Storage) -> Storage:
        """A copy to write to in its place."""
        copy = storage.copy(self.meter)
        self.note_copied(storage, copy)
        return copy

    def note_copied(self, source: Storage, copy: Storage) -> None:
        """A storage that shares the root of another has the same contents, from now on its own."""
        if self._hazards is not None:
            self._hazards.copied(source, copy)

    def note_results(self, function: str, values: Sequence[Any]) -> None:
        """The caller reads what a function gave, once all regions are done."""
        if self._hazards is None:
            return
        log, done = self._hazards, frozenset(range(self._regions))
        self.pool.drain()
        for number, value in enumerate(values):
            if isinstance(value, BufferView):
                name, serial = f"the caller of @{function}, in result {number},", log.next_serial()
                size = value.storage.data.size
                log.note([Touch(name, -1, -1, self._regions, done, value.storage, 0, size, False, serial)])

    def perform_now(self, op: DeviceOp, frame: Frame) -> None:
        """Prepares and runs an op on the calling thread."""
        self.perform(op, self.prepare(op, frame), frame, Place(HOST))

    def _named(self, op: DeviceOp, error: ExecutionError) -> ExecutionError:
        """The error with the op's place, its results and the resources that it takes, as the text names them."""
        return OpError(op.op, inside(error), self.locate, op.name)

    def finish(self) -> Timeline:
        """Waits for all regions; the record.

        Raises:
            ExecutionError: a region failed and the host never awaited it, or hazards were looked for and found.
            CancelledRunError: the run was stopped.
        """
        self.pool.drain()
        if self._failures:
            raise self._failures[0]
        if self._hazards is not None and (found := describe(self._hazards)):
            raise ExecutionError(found)
        return self.record()

    def record(self) -> Timeline:
        """What has run so far."""
        spans = tuple(sorted(self._spans, key=lambda span: (span.start, span.end)))
        return Timeline(spans, self.pool.workers, self.meter.peak, tuple(self._edges))
