"""Finds ops that may run at once and touch the same bytes, whatever the luck of the run.

Two ops may run at once when they are of one wave, or when nothing orders their regions: neither awaits the other, directly or
through others, and the host did not wait for the one before it issued the other. What a tied op writes counts as written to
the storage of its operand, also where this backend gave it a copy: compiled programs write in place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from threading import Lock

from typing_extensions import override

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


@dataclass
class HazardLog:
    """What the ops of a run touched, and what orders its regions.

    Attributes:
        touches: in no order.
        before: per region, those that surely ended before it started.
    """

    touches: list[Touch] = field(default_factory=list[Touch])
    before: dict[int, frozenset[int]] = field(default_factory=dict[int, frozenset[int]])
    _lock: Lock = field(default_factory=Lock)
    _serial: int = 0

    def next_serial(self) -> int:
        """A number for an op that is about to be noted."""
        with self._lock:
            self._serial += 1
            return self._serial

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


def describe_conflicts(conflicts: Sequence[tuple[Touch, Touch]], most: int = 3) -> str:
    """One sentence a conflict, the first few; empty for none."""
    lines = [
        f"{first}, and nothing orders it before or after {second} of the same resource" for first, second in conflicts
    ]
    rest = len(lines) - most
    return "; ".join(lines[:most]) + (f"; and {rest} more" if rest > 0 else "")
