"""Looks into a run that holds still: which values there are, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, cast

import numpy as np
from typing_extensions import override
from xdsl.ir import Block, BlockArgument, Operation, SSAValue

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import InputError
from iree_explorer.execution.asynchronous.executor import Timepoint
from iree_explorer.execution.debugging.stepper import LiveFrame, Stepper, Unit
from iree_explorer.execution.device.work import DEVICE, source
from iree_explorer.execution.observing.tensor_views import Number, TensorViews, seen, tied_operand
from iree_explorer.execution.program import Program
from iree_explorer.execution.values.elements import Array, spell
from iree_explorer.execution.values.resources import Buffer, BufferView, Resource, Storage
from iree_explorer.syntax.printing.names import Names

_PREVIEW = 12
"""Elements of an array that a value shows of itself."""


class ValueNames:
    """The names that values have in the text, both ways. A name may stand for several values, in different regions."""

    def __init__(self, module: ModuleOp) -> None:
        self._names = Names.of(module).values
        self._values: dict[str, list[SSAValue]] = {}
        for value in values_in(module):
            name = self.of(value)
            self._values.setdefault(name, []).append(value)
            pack, _, place = name.partition("#")
            if place == "0":
                self._values.setdefault(pack, []).append(value)

    def of(self, value: SSAValue) -> str:
        """The name of a value, `%7`."""
        return self._names.get(id(value), "%?")

    def values(self, name: str) -> list[SSAValue]:
        """All values of a name.

        Raises:
            InputError: there is none, or that is no name.
        """
        if not isinstance(cast("object", name), str):
            raise InputError(f"a value is called by its name, such as '%7'; {name!r} is none")
        name = name if name.startswith("%") else f"%{name}"
        found = self._values.get(name)
        if not found:
            close = get_close_matches(name, self._values, 3)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise InputError(f"no value of the program is called {name}{hint}")
        return found

    def of_op(self, op: Operation) -> tuple[str, ...]:
        """The names of an op's results."""
        return tuple(self.of(result) for result in op.results)


def values_in(module: ModuleOp) -> Iterator[SSAValue]:
    """All values of a module: results, and arguments of blocks."""
    for op in module.walk():
        yield from op.results
        for region in op.regions:
            for block in region.blocks:
                yield from block.args


@dataclass(frozen=True, slots=True, repr=False)
class LiveValue:
    """A value of a run that holds still.

    Attributes:
        name: as the text prints it.
        type: `4x16xf32`; raw bytes where nothing tells: `256xi8`.
        array: what is in it, of a scalar rank 0.
        size: bytes.
        region: number of the execution region that it is seen from, -1 for the host.
        note: what else there is to know, such as that a later op has overwritten its bytes.
        state: equal as long as nobody has written to the bytes.
    """

    name: str
    type: str
    array: Array
    size: int
    region: int
    note: str = ""
    state: tuple[int, int] = (0, 0)

    @property
    def nan_count(self) -> int:
        """How many elements are no numbers."""
        return int(np.isnan(self.array).sum()) if is_real(self.array) else 0

    @property
    def infinite_count(self) -> int:
        """How many elements are infinite."""
        return int(np.isinf(self.array).sum()) if is_real(self.array) else 0

    @override
    def __repr__(self) -> str:
        text = np.array2string(self.array, threshold=_PREVIEW, edgeitems=3, precision=5, separator=", ")
        parts = [self.type, *([self.note] if self.note else [])]
        if self.array.size > 1 and self.array.dtype.kind in "fiu":
            finite = self.array[np.isfinite(self.array)] if is_real(self.array) else self.array
            if finite.size:
                low, mean, high = finite.min(), finite.mean(dtype=np.float64), finite.max()
                parts.append(f"from {low:.5g} to {high:.5g}, mean {mean:.5g}")
        parts += [f"{count} {word}" for count, word in ((self.nan_count, "NaN"), (self.infinite_count, "inf")) if count]
        return f"{self.name}: {', '.join(parts)}\n{text}"


def is_real(array: Array) -> bool:
    """Whether an array holds floating-point numbers (also of the narrow kinds, which numpy calls void)."""
    return array.dtype.kind in "fc" or (array.dtype.kind == "V" and array.dtype.names is None)


class Inspector:
    """Finds values by name in what a stepper has running.

    Args:
        program: that runs.
        stepper: runs it.
    """

    def __init__(self, program: Program, stepper: Stepper) -> None:
        self._program = program
        self._stepper = stepper
        self.views = TensorViews(program)

    @cached_property
    def names(self) -> ValueNames:
        """Of the whole module."""
        return ValueNames(self._program.module)

    def frames(self) -> Iterator[LiveFrame]:
        """All frames, from the one that a reader means first: of the last op, of other regions, the host from inside out."""
        last = self._stepper.last
        if last is not None:
            yield last
        running = [live for live in reversed(self._stepper.frames) if live is not last]
        yield from (live for live in running if live.region >= 0)
        yield from (live for live in running if live.region < 0)

    def value(self, name: str) -> LiveValue:
        """What a value holds now; the array is the bytes themselves.

        Raises:
            InputError: no value is called so, or it is not there now: not computed yet, or let go.
        """
        if str(name).startswith("@"):
            return self._global(name)
        wanted = set(self.names.values(name))
        reason = "is not there: what makes it has not run, or is over"
        for live in self.frames():
            for value in live.layout.slots:
                if value in wanted:
                    found, why = self._look(live, value)
                    if found is not None:
                        return found
                    reason = why or reason
        raise InputError(f"{name} {reason}")

    def values(self) -> list[LiveValue]:
        """All resources that are there now, by the frames' order; each name once. The arrays are the bytes themselves."""
        found: dict[str, LiveValue] = {}
        for live in self.frames():
            for value in live.layout.slots:
                name = self.names.of(value)
                if name not in found and isinstance(held_in(live, value), Resource):
                    shown, _ = self._look(live, value)
                    if shown is not None:
                        found[name] = shown
        return list(found.values())

    def storages(self, name: str) -> list[Storage]:
        """Where the bytes of the values of a name lie now."""
        wanted = set(self.names.values(name))
        held = [held_in(live, value) for live in self.frames() for value in live.layout.slots if value in wanted]
        return [one.storage for one in held if isinstance(one, Resource) and one.storage is not None]

    def _global(self, name: str) -> LiveValue:
        cell = self._program.global_named(name[1:])
        if cell.value is None:
            raise InputError(f"global {name} has no value yet")
        return self._shown(name, cell.value, None, -1, _unknown)

    def _look(self, live: LiveFrame, value: SSAValue) -> tuple[LiveValue | None, str]:
        """A value of a frame; else why there is none."""
        held = held_in(live, value)
        maker = value.owner if isinstance(value.owner, Operation) else None
        is_early = not is_computed(value, live) or (isinstance(held, Resource) and held.storage is None)
        if is_early and maker is not None:
            return None, f"is not there yet: {maker.name} has not run to its end"
        if is_early or held is None:
            return None, ""

        def number(size: SSAValue) -> int | None:
            for frame in (live, *self.frames()):
                found = held_in(frame, size)
                if isinstance(found, np.generic):
                    return int(found)
            return None

        shown = self._shown(self.names.of(value), held, value, live.region, number)
        writer = overwritten_by(value, live)
        if writer is None:
            return shown, ""
        return replace(shown, note=f"overwritten by {', '.join(self.names.of_op(writer))}"), ""

    def _shown(self, name: str, held: Any, value: SSAValue | None, region: int, number: Number) -> LiveValue:
        if isinstance(held, Resource):
            view = self.views.of(value) if value is not None else None
            storage = source(held)
            array, type_ = seen(storage.data, view, number)
            return LiveValue(name, type_, array, storage.data.size, region, state=self._stepper.state_of(storage))
        if isinstance(held, BufferView):
            array = held.array()
            return LiveValue(name, spell(held.shape, held.element), array, held.storage.data.size, region)
        if isinstance(held, Buffer):
            return LiveValue(name, "hal.buffer", held.storage.data, held.storage.data.size, region)
        if isinstance(held, Timepoint):
            return LiveValue(name, "timepoint", np.array(held.is_reached), 0, region, _reach(held))
        array = np.array(held)
        if array.dtype == object:
            raise InputError(f"{name} is no value that can be shown: a {type(held).__name__}")
        return LiveValue(name, str(array.dtype), array, array.nbytes, region)

    def place(self, unit: Unit) -> str:
        """A unit as a reader finds it in the text: `%7 = dispatch @matmul, partition 0, wave 2`."""
        names = self.names.of_op(unit.op)
        results = ", ".join(names if len(names) < 3 else (names[0], "…", names[-1]))
        name = f"{results} = {unit.label}" if results and not unit.is_end else unit.label
        if unit.is_end and names:
            name = f"{unit.label}, {names[-1]} is reached"
        return name if unit.region < 0 else f"{name}, {self.where(unit.region, unit.where)}"

    def where(self, region: int, words: str) -> str:
        """What is in a run of a region, that of this number, in words: of a second run `partition 1, time 2`."""
        turn = self._stepper.turns[region]
        return words if turn == 1 else f"{words}, time {turn}"


def _unknown(_: SSAValue) -> int | None:
    return None


def held_in(live: LiveFrame, value: SSAValue) -> Any:
    """What a frame holds for a value, None for nothing."""
    slot = live.layout.slots.get(value)
    return live.frame[slot] if slot is not None and slot < len(live.frame) else None


def _reach(timepoint: Timepoint) -> str:
    return "failed" if timepoint.error is not None else "reached" if timepoint.is_reached else "not reached"


def is_computed(value: SSAValue, live: LiveFrame) -> bool:
    """Whether what makes a value has run; its slot may be filled before."""
    owner = value.owner
    if isinstance(owner, Block) or isinstance(value, BlockArgument):
        return True
    if owner.name in DEVICE:
        return owner in live.done
    if owner.name == "stream.async.concurrent":
        last = owner.regions[0].blocks[0].last_op
        return last is not None and is_computed(last.operands[owner.results.index(value)], live)
    return True


def overwritten_by(value: SSAValue, live: LiveFrame) -> Operation | None:
    """The op that has run and whose result is tied to `value`: the bytes are that result's now."""
    mine = held_in(live, value)
    for use in value.uses:
        op = use.operation
        if op.name == "stream.async.concurrent" and use.index < len(op.regions[0].blocks[0].args):
            inside = overwritten_by(op.regions[0].blocks[0].args[use.index], live)
            if inside is not None:
                return inside
        for number, result in enumerate(op.results):
            if op in live.done and tied_operand(op, number) is value:
                theirs = held_in(live, result)
                if isinstance(mine, Resource) and isinstance(theirs, Resource) and theirs.storage is mine.storage:
                    return op
    return None
