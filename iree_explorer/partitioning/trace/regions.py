"""The one numbering of a scheduled program's regions and waves: the trace's, and text order where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xdsl.ir import Operation

from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.ir.symbols import symbol_name
from iree_explorer.partitioning.trace.recording import OpIds

EXECUTE: Final = "stream.async.execute"
CONCURRENT: Final = "stream.async.concurrent"

NO_WAVE: Final = -1


@dataclass(frozen=True)
class RegionNames:
    """What a trace says of the regions of a function; what is not in it is numbered in text order.

    Attributes:
        ids: op ids.
        regions: id of an execution region → its ordinal and label.
        waves: id of an op inside a region → the ordinal of its wave.
        divided: id of an execution region → how many waves the trace divides it into.
        pending: id of an op that is in no region → ordinals of the partitions that were to become regions with it.
    """

    ids: OpIds
    regions: Mapping[int, tuple[int, str]] = field(default_factory=dict[int, tuple[int, str]])
    waves: Mapping[int, int] = field(default_factory=dict[int, int])
    divided: Mapping[int, int] = field(default_factory=dict[int, int])
    pending: Mapping[int, Sequence[int]] = field(default_factory=dict[int, Sequence[int]])


class RegionNumbers:
    """Numbers the regions of a function, asked for in text order, and the waves in them.

    Args:
        function: an op whose first region is the function's body.
        names: what the trace says.
        with_waves: whether concurrency was scheduled, so that an op alone in a region is a wave of its own; None:
            where any region holds a concurrent one.
    """

    def __init__(self, function: Operation, names: RegionNames, with_waves: bool | None = None) -> None:
        self._function = function
        self._names = names
        if with_waves is None:
            with_waves = any(op.name == CONCURRENT for op in function.walk())
        self._with_waves = with_waves
        self._taken = {ordinal for ordinal, _ in names.regions.values()}.union(*names.pending.values())

    def number(self, execute: Operation) -> tuple[int, str]:
        """The ordinal and the label of an execution region; one that the trace does not know gets the next."""
        known = self._names.regions.get(self._names.ids.of(execute))
        if known is not None:
            return known
        ordinal = max(self._taken, default=-1) + 1
        self._taken.add(ordinal)
        return ordinal, f"region {ordinal}"

    def members(self, execute: Operation) -> Iterator[tuple[Operation, int]]:
        """The ops of an execution region in text order, each with the ordinal of its wave, or `NO_WAVE`."""
        has_waves = self._has_waves(execute)
        last = -1
        for op in body_of(execute):
            together = list(body_of(op)) if op.name == CONCURRENT else [op]
            wave = self._wave_of(together, last + 1) if has_waves else NO_WAVE
            last = max(last, wave)
            for member in together:
                yield member, wave

    def _has_waves(self, execute: Operation) -> bool:
        """Whether the region was divided into waves; the pass leaves regions inside of control flow alone."""
        if any(op.name == CONCURRENT for op in body_of(execute)):
            return True
        divided = self._names.divided
        own = self._names.ids.of(execute)
        if own in divided:
            return divided[own] > 0
        return self._with_waves and not divided and execute.parent_op() is self._function

    def _wave_of(self, together: Sequence[Operation], following: int) -> int:
        """The wave's ordinal: the trace's, else the following; none for an op that does no work."""
        for op in together:
            known = self._names.waves.get(self._names.ids.of(op))
            if known is not None:
                return known
        return NO_WAVE if len(together) == 1 and _is_metadata(together[0]) else following


@dataclass(frozen=True, slots=True)
class OpPlace:
    """Where an op of a scheduled program runs.

    Attributes:
        function: by name, see `function_name`.
        region: ordinal of its execution region, in the function.
        label: of the region, such as `partition 1`.
        wave: ordinal of its wave, in the region; `NO_WAVE` for the region itself, and for what is in no wave.
    """

    function: str
    region: int
    label: str
    wave: int = NO_WAVE

    def words(self, function: str) -> str:
        """`partition 1, wave 0`; in functions other than `function` `partition 1 of @setup, wave 0`."""
        region = self.label if self.function == function else f"{self.label} of @{self.function}"
        return region if self.wave == NO_WAVE else f"{region}, wave {self.wave}"


def op_places(functions: Iterable[tuple[Operation, RegionNames]]) -> dict[Operation, OpPlace]:
    """Where the execution regions of some functions, and the ops in them, run; each with what the trace says of it."""
    places: dict[Operation, OpPlace] = {}
    for function, names in functions:
        numbers, name = RegionNumbers(function, names), function_name(function)
        for execute in function.walk():
            if execute.name == EXECUTE:
                ordinal, label = numbers.number(execute)
                places[execute] = OpPlace(name, ordinal, label)
                for op, wave in numbers.members(execute):
                    place = OpPlace(name, ordinal, label, wave)
                    places.update(dict.fromkeys(op.walk(), place))
                    if (around := op.parent_op()) is not None and around is not execute:
                        places[around] = place
    return places


def function_name(function: Operation) -> str:
    """The symbol of a function; `initializer` where it has none."""
    return symbol_name(function) or function.name.rpartition(".")[2]


def body_of(op: Operation) -> Iterator[Operation]:
    """The ops inside a region op, but its terminator."""
    for block in op.regions[0].blocks:
        yield from (inner for inner in block.ops if inner is not block.last_op)


def _is_metadata(op: Operation) -> bool:
    return isinstance(op, StreamableOpInterface) and op.is_metadata()
