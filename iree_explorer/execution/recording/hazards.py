"""Finds ops that may run at once and touch the same bytes, and reads of what was overwritten, whatever the luck of the run.

Two ops may run at once when they are of one wave, or when nothing orders their regions: neither awaits the other, directly or
through others, and the host did not wait for the one before it issued the other. What a tied op writes counts as written to
the storage of its operand, also where this backend gave it a copy: compiled programs write in place. So an op that reads the
operand afterwards, though everything is ordered, reads what it should not: it is stale.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from threading import Lock

from typing_extensions import override

from iree_explorer.execution.recording.versions import Versions
from iree_explorer.execution.values.resources import Storage


@dataclass(frozen=True, slots=True)
class Touch:
    """Bytes that one op reads or writes.

    Attributes:
        op: how an error names it.
        region: number of its execution region, -1 on the host.
        wave: place of its wave in the region, -1 where it is alone.
        issued: for ops on the host, how many regions were issued before.
        reached: likewise, regions that the host had waited for.
        storage: whose bytes.
        start: first byte.
        end: after the last.
        is_write: written, not only read.
        serial: of the op: two touches of one op do not conflict.
    """

    op: str
    region: int
    wave: int
    issued: int
    reached: frozenset[int]
    storage: Storage
    start: int
    end: int
    is_write: bool
    serial: int

    def overlaps(self, other: "Touch") -> bool:
        """Whether they share a byte."""
        return self.start < other.end and other.start < self.end

    @override
    def __str__(self) -> str:
        verb = "writes" if self.is_write else "reads"
        return f"{self.op} {verb} bytes [{self.start} to {self.end}]"


@dataclass(frozen=True, slots=True)
class Stale:
    """A read of bytes that are, in a compiled program, not what the reader is to see.

    Attributes:
        read: the reader.
        writer: how an error names the op that wrote them last.
        start, end: the bytes.
    """

    read: Touch
    writer: str
    start: int
    end: int

    @override
    def __str__(self) -> str:
        return f"{self.read.op} reads bytes [{self.start} to {self.end}], which {self.writer} has overwritten in place"


class _Contents:
    """Who wrote the bytes of each storage last: of the value that this backend keeps apart, and of all that share its root."""

    def __init__(self) -> None:
        self._of_value: dict[Storage, Versions] = {}
        self._in_place: dict[object, Versions] = {}
        self._names: dict[int, str] = {}

    def copied(self, source: Storage, copy: Storage) -> None:
        """A storage with the same contents: both go on alone."""
        self._of_value[copy] = self._expected(source).copy()

    def wrote(self, touch: Touch) -> None:
        """An op wrote."""
        self._names[touch.serial] = touch.op
        for versions in (self._expected(touch.storage), self._found(touch.storage)):
            versions.write(touch.start, touch.end, touch.serial)

    def stale(self, touch: Touch) -> Stale | None:
        """Whether an op reads what others overwrote: the first such bytes."""
        found = self._found(touch.storage)
        for start, end in found.differences(self._expected(touch.storage), touch.start, touch.end):
            writer = found.at(start)
            assert writer is not None
            return Stale(touch, self._names[writer], start, end)
        return None

    def _expected(self, storage: Storage) -> Versions:
        return self._of_value.setdefault(storage, Versions())

    def _found(self, storage: Storage) -> Versions:
        return self._in_place.setdefault(storage.root, Versions())


@dataclass
class HazardLog:
    """What the ops of a run touched, and what orders its regions.

    Attributes:
        touches: in the order in which they were noted: ops that conflict and are ordered, in their order.
        stale: reads of what was overwritten.
        before: per region, those that surely ended before it started.
    """

    touches: list[Touch] = field(default_factory=list[Touch])
    stale: list[Stale] = field(default_factory=list[Stale])
    before: dict[int, frozenset[int]] = field(default_factory=dict[int, frozenset[int]])
    _lock: Lock = field(default_factory=Lock)
    _contents: _Contents = field(default_factory=_Contents)
    _serial: int = 0

    def next_serial(self) -> int:
        """A number for an op that is about to be noted."""
        with self._lock:
            self._serial += 1
            return self._serial

    def note(self, touches: Sequence[Touch]) -> None:
        """What an op has touched: first what it read."""
        with self._lock:
            self.touches += touches
            for touch in touches:
                if touch.is_write:
                    self._contents.wrote(touch)
                elif (stale := self._contents.stale(touch)) is not None:
                    self.stale.append(stale)

    def copied(self, source: Storage, copy: Storage) -> None:
        """A storage starts with the contents of another, whose root it shares."""
        with self._lock:
            self._contents.copied(source, copy)

    def order(self, region: int, awaited: frozenset[int]) -> None:
        """A region starts after others, and so after all that they started after."""
        known = self.before.get(region, frozenset())
        deeper = [self.before.get(number, frozenset()) for number in awaited]
        self.before[region] = known.union(awaited, *deeper)

    def conflicts(self) -> Iterator[tuple[Touch, Touch]]:
        """Pairs of touches of the same bytes, one a write, by ops that may run at once."""
        by_storage: dict[int, list[Touch]] = {}
        for touch in self.touches:
            by_storage.setdefault(id(touch.storage.root), []).append(touch)
        for touches in by_storage.values():
            for first, second in combinations(touches, 2):
                if (
                    (first.is_write or second.is_write)
                    and first.overlaps(second)
                    and self.may_run_at_once(first, second)
                ):
                    yield first, second

    def may_run_at_once(self, first: Touch, second: Touch) -> bool:
        """Whether nothing orders two ops."""
        if first.serial == second.serial or first.region == second.region == -1:
            return False
        if first.region == second.region:
            return first.wave == second.wave >= 0
        if -1 in (first.region, second.region):
            host, other = (first, second) if first.region == -1 else (second, first)
            done = host.reached.union(*(self.before.get(number, frozenset()) for number in host.reached))
            return other.region < host.issued and other.region not in done
        return first.region not in self.before.get(second.region, ()) and second.region not in self.before.get(
            first.region, ()
        )


_MOST = 3
"""Sentences of one error."""


def describe(log: HazardLog) -> str:
    """One sentence for each conflict, the first few, or else for each stale read; empty: there is none."""
    lines = [f"{a}, and nothing orders it before or after {b} of the same resource" for a, b in log.conflicts()]
    lines = lines or [str(stale) for stale in log.stale]
    rest = len(lines) - _MOST
    return "; ".join(lines[:_MOST]) + (f"; and {rest} more" if rest > 0 else "")
