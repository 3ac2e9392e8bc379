"""Host code: functions and initializers of a module, compiled to steps; a run of one, with its workers and its record."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from typing_extensions import override
from xdsl.ir import Block, BlockArgument, Operation, SSAValue

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import CancelledRunError, Pool
from iree_explorer.execution.asynchronous.ownership import Ownership
from iree_explorer.execution.device.work import DEVICE, DeviceOp, Work, device_op
from iree_explorer.execution.faults import FAULTS, Locate, OpError, fault_of, named, no_location, told
from iree_explorer.execution.kernels.affine import AFFINE
from iree_explorer.execution.kernels.arith import ARITH
from iree_explorer.execution.kernels.blas import BLAS
from iree_explorer.execution.kernels.casts import CASTS
from iree_explorer.execution.kernels.cf import CF
from iree_explorer.execution.kernels.complex import COMPLEX
from iree_explorer.execution.kernels.extended import EXTENDED
from iree_explorer.execution.kernels.math import MATH
from iree_explorer.execution.kernels.scf import SCF
from iree_explorer.execution.kernels.tensor import TENSOR
from iree_explorer.execution.observing.hazards import HazardLog, Touch, describe_conflicts
from iree_explorer.execution.observing.timeline import HOST as HOST_WORKER
from iree_explorer.execution.observing.timeline import Span, Timeline
from iree_explorer.execution.observing.witness import Witness
from iree_explorer.execution.program import RUN, Frame, Scope, Step, Steps, Table
from iree_explorer.execution.values.resources import Meter

if TYPE_CHECKING:
    from iree_explorer.execution.parameters import Parameters
    from iree_explorer.execution.session import Program

HOST: Table[HostScope] = Table(ARITH, EXTENDED, CASTS, MATH, COMPLEX, TENSOR, AFFINE, CF, SCF)


@dataclass
class HostScope(Scope):
    """The scope of a host function, or of an execution region inside one.

    Attributes:
        program: whose.
        ownership: says what may be changed in place.
        is_stepped: each op goes by way of the run's `at_host_op` (which a `SteppedRun` has).
    """

    program: Program = field(kw_only=True)
    ownership: Ownership = field(default_factory=Ownership)
    is_stepped: bool = False

    def nested(self) -> HostScope:
        """A scope with slots of its own, for a region that runs in its own frame."""
        return HostScope(self.table, self.locate, program=self.program, ownership=self.ownership)

    def may_update_in_place(self, value: SSAValue, op: Operation, uses: int = 1) -> bool:
        """Whether `op` may write its tied result into the storage of `value`, which it uses `uses` times, all tied."""
        return self.ownership.may_update_in_place(value, op, uses)

    def is_from_same_wave(self, value: SSAValue, op: Operation) -> bool:
        """Whether `value` is made by another op of the wave that `op` is in: the two share its storage."""
        parent = op.parent_op()
        is_wave = parent is not None and parent.name == "stream.async.concurrent"
        return is_wave and not isinstance(value, BlockArgument) and value.owner.parent is op.parent

    @override
    def lower(self, op: Operation) -> Step | None:
        step = self._lower(op)
        if step is None or not self.is_stepped:
            return step
        return lambda frame: frame[RUN].at_host_op(op, step, frame)

    def _lower(self, op: Operation) -> Step | None:
        if op.name in DEVICE:
            compiled = device_op(op, self)
            return lambda frame: frame[RUN].perform_now(compiled, frame)
        return super().lower(op)

    @override
    def block_steps(self, block: Block) -> Steps:
        """As in any scope, but resources are let go after their last use."""
        dying = self.ownership.dying(block, ResourceType)
        steps = super().block_steps(block)
        made = [
            _then_drop(step, self.slots_of(dying[op])) if op in dying else step
            for step, op in zip(steps.steps, steps.ops, strict=True)
        ]
        return Steps(tuple(made), steps.ops, steps.locate)


def _then_drop(step: Step, slots: tuple[int, ...]) -> Step:
    def step_and_drop(frame: Frame) -> None:
        step(frame)
        for slot in slots:
            frame[slot] = None

    return step_and_drop


@dataclass(slots=True)
class CheckFailure:
    """A `check` op that did not hold."""

    op: str
    message: str


class Run:
    """A call of a function: its workers, what it recorded.

    Args:
        program: of the module.
        workers: threads for execution regions.
        seed: shuffles the pick of ready work.
        check_hazards: notes which bytes ops touch, and fails at the end where ops that may run at once conflict.
        witnesses: told of every op.
        pool: of workers; by default threads of its own.

    Attributes:
        is_stopped: loops of host code and kernels end.
    """

    def __init__(
        self,
        program: Program,
        workers: int,
        seed: int | None = None,
        *,
        check_hazards: bool = False,
        witnesses: Sequence[Witness] = (),
        pool: Pool | None = None,
    ) -> None:
        self.program = program
        self.pool = pool or Pool(workers, seed)
        self.witnesses = tuple(witnesses)
        self.is_stopped = False
        self.meter = Meter()
        self.locate: Locate = program.locate
        self.parameters: Parameters = program.parameters
        self.check_failures: list[CheckFailure] = []
        self.checks = 0
        self._spans: list[Span] = []
        self._edges: list[tuple[int, int]] = []
        self._failures: list[ExecutionError] = []
        self._hazards = HazardLog() if check_hazards else None
        self._reached: frozenset[int] = frozenset()
        self._regions = 0
        self._waves = 0
        self._holds_blas = False
        self._began = time.perf_counter_ns()

    def issue(self) -> int:
        """The number of the next execution region; the host calls this, so it is after all that the host waited for."""
        number = self._regions
        self._regions += 1
        self.hold_blas()
        if self._hazards is not None:
            self._hazards.order(number, self._reached)
        return number

    def hold_blas(self) -> None:
        """Regions are about to run: BLAS has one thread until the end of the run."""
        if not self._holds_blas:
            self._holds_blas = True
            BLAS.hold()

    def note_awaits(self, region: int, awaited: frozenset[int]) -> None:
        """A region starts after others."""
        self._edges += [(before, region) for before in sorted(awaited)]
        if self._hazards is not None:
            self._hazards.order(region, awaited)

    def note_reached(self, regions: frozenset[int]) -> None:
        """The host waited for regions."""
        if self._hazards is not None:
            self._reached |= regions

    def begin_wave(self) -> None:
        """Ops are about to run at once: no product is cut in parts.

        Raises:
            CancelledRunError: the run was stopped.
        """
        with self.pool.changed:
            if self.pool.is_closed:
                raise CancelledRunError
            self._waves += 1
            BLAS.enter_wave()

    def end_wave(self) -> None:
        """The ops of a wave are done."""
        with self.pool.changed:
            if self._waves:
                self._waves -= 1
                BLAS.leave_wave()

    def close(self) -> None:
        """Ends the run, also in the middle of it and from any thread: workers end with the loop or the op they are at."""
        self.is_stopped = True
        with self.pool.changed:
            self.pool.close()
            while self._waves:
                self.end_wave()
            if self._holds_blas:
                self._holds_blas = False
                BLAS.release()

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

    def perform(
        self,
        op: DeviceOp,
        work: Work,
        frame: Frame,
        worker: int,
        region: int = -1,
        wave: int = -1,
        affinity: str = "",
    ) -> None:
        """Runs a prepared op and records when.

        Raises:
            ExecutionError: naming the op.
        """
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
        number = self.program.op_number(op.op)
        if self._hazards is not None:
            self._note_touches(self._hazards, op, work, region, wave)
        self._spans.append(
            Span(number, op.name, worker, start - began, end - began, work.bytes, region, wave, affinity)
        )
        for witness in self.witnesses:
            witness.after(op, work, frame)

    def do(self, work: Work) -> None:
        """Runs what an op has prepared."""
        work.run()

    def _note_touches(self, log: HazardLog, op: DeviceOp, work: Work, region: int, wave: int) -> None:
        serial = log.next_serial()
        name = named(op.op, self.program.names, self.locate, op.name)
        for is_write, ranges in ((False, work.reads), (True, work.writes)):
            log.touches += [
                Touch(name, region, wave, self._regions, self._reached, r.storage, r.start, r.end, is_write, serial)
                for r in ranges
                if r.end > r.start
            ]

    def perform_now(self, op: DeviceOp, frame: Frame) -> None:
        """Prepares and runs an op on the calling thread."""
        self.perform(op, self.prepare(op, frame), frame, HOST_WORKER)

    def _named(self, op: DeviceOp, error: ExecutionError) -> ExecutionError:
        """The error with the op's place, its results and the resources that it takes, as the text names them."""
        return OpError(told(op.op, str(error), self.locate, op.name))

    def finish(self) -> Timeline:
        """Waits for all regions; the record.

        Raises:
            ExecutionError: a region failed and the host never awaited it, or hazards were looked for and found.
            CancelledRunError: the run was stopped.
        """
        self.pool.drain()
        if self._failures:
            raise self._failures[0]
        if self._hazards is not None and (conflicts := list(self._hazards.conflicts())):
            raise ExecutionError(describe_conflicts(conflicts))
        return self.record()

    def record(self) -> Timeline:
        """What has run so far."""
        spans = tuple(sorted(self._spans, key=lambda span: (span.start, span.end)))
        return Timeline(spans, self.pool.workers, self.meter.peak, tuple(self._edges))


def calls(op_name: str) -> Callable[[Callable[[Operation, HostScope], Step | None]], Any]:
    """Registers a host op, as `HOST.lowers`."""
    return HOST.lowers(op_name)


def no_op(*names: str) -> None:
    """Registers ops that do nothing at run time."""

    def nothing(_: Operation, __: HostScope) -> None:
        return None

    HOST.lowers(*names)(nothing)


__all__ = ["HOST", "HostScope", "Run", "Sequence", "no_location"]
