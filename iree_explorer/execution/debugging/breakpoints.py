"""Where a debugged run stops, and how a reader says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import TypeAlias

from typing_extensions import override
from xdsl.ir import Operation

from iree_explorer.dialects.stream.types import ResourceType, TimepointType
from iree_explorer.errors import InputError
from iree_explorer.execution.debugging.inspection import ValueNames
from iree_explorer.execution.debugging.stepper import Unit
from iree_explorer.execution.device.work import DEVICE, label
from iree_explorer.execution.options import is_integer
from iree_explorer.execution.program import Program
from iree_explorer.partitioning.trace.reasons import Ordinals
from iree_explorer.partitioning.trace.regions import NO_WAVE, OpPlace

Predicate: TypeAlias = "Callable[[Unit], bool]"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Breakpoint:
    """Stops a run before or after units.

    Attributes:
        number: by which a reader names it, from 1.
        what: in words.
        after: stop behind, not before.
        matches: says of which units; told of all that is stepped through, and of units with one of `ops`.
        ops: ops that are otherwise passed by, such as an `arith.addi` of the host.
    """

    number: int
    what: str
    after: bool
    matches: Predicate
    ops: frozenset[Operation] = frozenset()

    @override
    def __str__(self) -> str:
        return f"breakpoint {self.number}: {'after' if self.after else 'before'} {self.what}"

    @override
    def __repr__(self) -> str:
        return f"<{self}>"


def picked(
    what: str | Predicate | None,
    region: int | None,
    wave: int | None,
    names: ValueNames,
    program: Program,
    function: str,
) -> tuple[Predicate, frozenset[Operation]]:
    """The units that a reader means, and those ops that might otherwise be passed by; see `Debugger.break_at`.

    Raises:
        InputError: the program has nothing of that name, or that is no name, function or number.
    """
    ops: frozenset[Operation] = frozenset()
    matches: Predicate = _any_unit
    if isinstance(what, str):
        matches, ops = by_name(what, names) if what.startswith("%") else by_kind(what, program.module)
    elif callable(what):
        matches = what
    elif what is not None:
        raise InputError(
            f"{what!r} is no place to stop at: give a value (%7), an op (dispatch), a kernel or a function"
        )
    if region is None and wave is None:
        return matches, ops
    place = by_place(region, wave, program.places, function)
    return lambda unit: place(unit) and matches(unit), ops


def _any_unit(_: Unit) -> bool:
    return True


def by_name(name: str, names: ValueNames) -> tuple[Predicate, frozenset[Operation]]:
    """The units that make a value: for a timepoint, or a result of an execution region, the end of that region.

    Raises:
        InputError: no value is called so, or it is an argument, which nothing makes.
    """
    values = names.values(name)
    made = {value: value.owner for value in values if isinstance(value.owner, Operation)}
    if not made:
        raise InputError(f"{name} is an argument of a block: nothing makes it")
    region_ops = {
        op
        for value, op in made.items()
        if op.name == "stream.async.execute" and isinstance(value.type, TimepointType | ResourceType)
    }
    ops = frozenset(made.values())

    def matches(unit: Unit) -> bool:
        return unit.is_end if unit.op in region_ops else unit.op in ops

    return matches, ops


def by_kind(word: str, module: Operation) -> tuple[Predicate, frozenset[Operation]]:
    """The units of ops by name: `stream.async.dispatch` or `dispatch`, `dispatch @matmul`, or the kernel alone, `@matmul`.

    Raises:
        InputError: the program has no such op.
    """
    outside = (op for op in module.regions[0].blocks[0].ops if op.name != "stream.executable")
    ops = frozenset(inner for op in outside for inner in op.walk() if _is_called(inner, word))
    if not ops:
        raise InputError(f"the program has no op '{word}': give a value (%7), an op (dispatch), or a kernel (@matmul)")
    return lambda unit: unit.op in ops and not unit.is_end, ops


def _is_called(op: Operation, word: str) -> bool:
    if word in (op.name, op.name.removeprefix("stream.async."), op.name.removeprefix("stream.")):
        return True
    name = label(op) if op.name in DEVICE else op.name
    return word == name or (word.startswith("@") and name.endswith(f" {word}"))


def by_place(region: int | None, wave: int | None, places: Mapping[Operation, OpPlace], function: str) -> Predicate:
    """The units of a region of `function`, or of a wave, by the numbers that graphs and timelines show; None: of any.

    Raises:
        InputError: there is no such region or wave.
    """
    here = [place for place in places.values() if region is None or place.function == function]
    _require_number("region", region, {place.region for place in here})
    _require_number(
        "wave", wave, {place.wave for place in here if region is None or place.region == region} - {NO_WAVE}
    )

    def matches(unit: Unit) -> bool:
        place = places.get(unit.op)
        if place is None or unit.region < 0:  # the host issues regions, it is in none
            return False
        in_region = region is None or (place.function, place.region) == (function, region)
        return in_region and (wave is None or place.wave == wave)

    return matches


def _require_number(what: str, number: int | None, known: Set[int]) -> None:
    if number is not None and (not is_integer(number) or number not in known):
        numbers = Ordinals.of_bits(sum(1 << each for each in known))
        raise InputError(f"no {what} has the number {number!r}{f', only {numbers}' if known else ': there is none'}")
