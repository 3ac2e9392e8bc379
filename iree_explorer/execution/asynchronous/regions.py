"""Execution regions: compiled to items in order, run by the pool's workers once their timepoints are reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import CancelledRunError, Timepoint
from iree_explorer.execution.asynchronous.ownership import ancestor_in
from iree_explorer.execution.device.work import DEVICE, DeviceOp, Work, device_op
from iree_explorer.execution.faults import FAULTS, fault_of
from iree_explorer.execution.fields import segments
from iree_explorer.execution.program import Frame, Step, single_block
from iree_explorer.execution.values.resources import Resource

if TYPE_CHECKING:
    from iree_explorer.execution.host.code import HostScope, Run

_WAVE: Final = "stream.async.concurrent"


@dataclass(frozen=True, slots=True)
class Capture:
    """A resource that a region takes in.

    Attributes:
        outer: slot of the operand.
        inner: slot of the region's argument.
        gives: nothing uses the operand afterwards, so the region may change its storage.
    """

    outer: int
    inner: int
    gives: bool


@dataclass(frozen=True, slots=True)
class Wave:
    """A concurrency region: its ops run at once.

    Attributes:
        op: the operation.
        captures: what it takes in, and then what concurrency regions inside it do.
        ops: all of them, also those of concurrency regions inside.
        results: slots of results, of inner regions first, and of what is yielded for them.
    """

    op: Operation
    captures: tuple[Capture, ...]
    ops: tuple[DeviceOp, ...]
    results: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """An op of a region that touches no resource."""

    op: Operation
    step: Step


Item: TypeAlias = DeviceOp | Wave | Plain


@dataclass(frozen=True, slots=True)
class RegionCode:
    """An execution region, compiled.

    Attributes:
        op: the operation.
        captures: resources by operand; `outer` is a slot of the frame around, `inner` of the region's own.
        values: other values it uses, as `(outer, inner)`.
        items: in order.
        drops: by item, slots of resources that nothing uses after it.
        yields: slots of what it yields.
        scope: of its frame.
        affinity: as the IR spells it, empty where it has none.
    """

    op: Operation
    captures: tuple[Capture, ...]
    values: tuple[tuple[int, int], ...]
    items: tuple[Item, ...]
    drops: tuple[tuple[int, ...], ...]
    yields: tuple[int, ...]
    scope: "HostScope"
    affinity: str

    def frame(self) -> Frame:
        """A new frame with the constants in place."""
        frame: Frame = [None] * self.scope.size
        for slot, value in self.scope.constants:
            frame[slot] = value
        return frame


def compile_region(op: Operation, outer: "HostScope") -> RegionCode:
    """Compiles a `stream.async.execute`."""
    inner = outer.nested()
    block = single_block(op.regions[0])
    captures = captured(op, outer, inner)
    ops = [inner_op for inner_op in block.ops if inner_op is not block.last_op]
    items = tuple(_item(inner_op, inner) for inner_op in ops)
    dying = inner.ownership.dying(block, ResourceType)
    drops = tuple(
        (*inner.slots_of(dying.get(inner_op, ())), *_inside(item)) for inner_op, item in zip(ops, items, strict=True)
    )
    yields = inner.slots_of(yielded(block.last_op)) if block.last_op is not None else ()
    inside = set(inner.slots.values()) - {capture.inner for capture in captures}
    values = [
        (outer.slot(value), slot)
        for value, slot in inner.slots.items()
        if slot in inside and not _is_defined_in(value.owner, op)
    ]
    affinity = op.properties.get("affinity")
    return RegionCode(op, captures, tuple(values), items, drops, yields, inner, spell_affinity(affinity))


def yielded(op: Operation) -> list[SSAValue]:
    """The resources that a terminator yields."""
    return [value for value in op.operands if isinstance(value.type, ResourceType)]


def spell_affinity(affinity: object) -> str:
    """An affinity attribute as text, empty for none."""
    return "" if affinity is None else str(affinity)


def _is_defined_in(owner: object, op: Operation) -> bool:
    """Whether an op or block lies inside `op`."""
    if isinstance(owner, Operation):
        return owner is not op and op.is_ancestor(owner)
    parent = getattr(owner, "parent_op", lambda: None)()
    return parent is not None and op.is_ancestor(parent)


def captured(op: Operation, outer: "HostScope", inner: "HostScope") -> tuple[Capture, ...]:
    """What a region op captures, argument by argument."""
    operands = segments(op)[0]
    arguments = single_block(op.regions[0]).args
    return tuple(
        Capture(outer.slot(operand), inner.slot(argument), outer.may_update_in_place(operand, op))
        for operand, argument in zip(operands, arguments, strict=True)
    )


def _item(op: Operation, scope: "HostScope") -> Item:
    if op.name == _WAVE:
        return _wave(op, scope)
    if op.name in DEVICE:
        return device_op(op, scope)
    step = scope.lower(op)
    return Plain(op, step or (lambda _: None))


def _wave(op: Operation, scope: "HostScope") -> Wave:
    """A concurrency region; one inside it is part of it: its ops run at once with all the others."""
    block = single_block(op.regions[0])
    captures = [*captured(op, scope, scope)]
    ops: list[DeviceOp] = []
    results: list[tuple[int, int]] = []
    for inner in block.ops:
        if inner.name == _WAVE:
            nested = _wave(inner, scope)
            captures += nested.captures
            ops += nested.ops
            results += nested.results
        elif inner is not block.last_op:
            ops.append(device_op(inner, scope))
    yields = scope.slots_of(yielded(block.last_op)) if block.last_op is not None else ()
    results += zip(scope.slots_of(op.results), yields, strict=True)
    return Wave(op, tuple(captures), tuple(ops), tuple(results))


def _inside(item: Item) -> tuple[int, ...]:
    """Slots that only the ops of a wave use."""
    if not isinstance(item, Wave):
        return ()
    return (*(capture.inner for capture in item.captures), *(inner for _, inner in item.results))


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

    region: "RegionRun"
    op: Operation | None
    place: int
    is_op: bool
    action: Callable[[int], None]

    def __call__(self, worker: int) -> None:
        """Does it."""
        self.action(worker)


class RegionRun:
    """One run of a region: waits for its timepoint, goes through the items, reaches its own timepoint.

    Attributes:
        number: by issue.
        code: what it runs.
        frame: its values, by the slots of the code's scope.
        timepoint: reached at its end.
        awaited: what it starts after; None: at once.
        is_started: what it awaits is reached.
        next_place: of the item that is next.
    """

    def __init__(
        self, run: "Run", code: RegionCode, frame: Frame, captured: Sequence[Resource], results: Sequence[Resource]
    ) -> None:
        self.number = run.issue()
        self.code, self.frame = code, frame
        self.timepoint = Timepoint(run.pool, frozenset({self.number}))
        self.awaited: Timepoint | None = None
        self.is_started = False
        self.next_place = 0
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
        self.is_started = True
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
        for outer, inner in wave.results:
            frame[outer] = frame[inner]
        return prepared

    def _fan_out(self, wave: Wave) -> None:
        """Hands the ops of a wave to the pool; whoever ends the last one goes on."""
        prepared = self._prepare(wave)
        self._left = len(prepared)
        place = self.next_place - 1
        self._run.begin_wave()

        def task(op: DeviceOp, work: Work, at: int) -> None:
            try:
                self._work(op, work, at, place)
            except ExecutionError as error:
                with self._run.pool.changed:
                    self._error = self._error or error
            with self._run.pool.changed:
                self._left -= 1
                is_last = self._left == 0
            if is_last:
                self._run.end_wave()
                if self._error is not None:
                    self._fail(self._error)
                else:
                    self._go_on(at)

        self._hand_in(*[Turn(self, op.op, place, True, partial(task, op, work)) for op, work in prepared])

    def _work(self, op: DeviceOp, work: Work, worker: int, wave: int) -> None:
        if self._run.pool.is_closed:
            raise CancelledRunError
        self._run.perform(op, work, self.frame, worker, self.number, wave, self.code.affinity)

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


def first_op(item: Item) -> tuple[Operation, bool]:
    """The op that an item is or begins with, and whether that one op on resources is all of it."""
    if not isinstance(item, Wave):
        return item.op, isinstance(item, DeviceOp)
    return (item.ops[0].op, True) if len(item.ops) == 1 else (item.op, False)


__all__ = ["RegionCode", "RegionRun", "Turn", "ancestor_in", "compile_region"]
