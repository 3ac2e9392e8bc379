"""What a decision was based on: values, byte ranges, sets of partitions, and the reasons of a refusal, as plain data."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

from typing_extensions import override

from iree_explorer.frozen import frozen

_AFFINITY = re.compile(r"#hal\.device\.affinity<(@.*)>", re.DOTALL)

Labels = Mapping[int, str]
"""Op id → how the reader knows the op, such as `%7` or `@main`; an op that is not in it is called `op 7`."""

Relation = Literal["direct", "sync", "nested", "captured", "tied"]
"""How an op uses another's results; see `User`."""
Verdict = Literal["chosen", "eligible", "refused"]
"""What became of a candidate."""
Rule = Literal[
    "downstream",
    "upstream",
    "frozen",
    "affinity",
    "order",
    "cycle",
    "nested capture",
    "hazard",
    "consumers first",
    "last in time",
]
"""Why an op may not, or does not, join a partition:

* `downstream`: the partition must run after something that waits for the op, so the op would come too late.
* `upstream`: the partition runs before something that the op waits for, so the op would come too early.
* `frozen`: a host op with side effects stands between; nothing above it may join a partition below it.
* `affinity`: the op and the partition want to execute in different places.
* `order`: joining would need the partitions sorted differently, which the reference does not do.
* `cycle`: joining would make two partitions wait for each other.
* `nested capture`: a region op (such as `scf.for`) captures the op's result and feeds the partition.
* `hazard`: (waves) the op and a later op of the wave, or of one before it, touch the same bytes and one of them writes.
* `consumers first`: nothing forbids it, but a partition that consumes the op's result is preferred.
* `last in time`: (waves) what waits for the op would come so late that there had to be more waves.
"""


@frozen
class Ordinals:
    """A set of partition ordinals: all `start <= p < end`, and `end + i` for each bit `i` of `rest`.

    Short where nearly all of a range are members, as they mostly are, however long the range is. The makers of sets
    make the first range as long as it can be: then equal sets are equal.
    """

    start: int
    end: int
    rest: int = 0

    def __iter__(self) -> Iterator[int]:
        for first, last in self.runs():
            yield from range(first, last + 1)

    def __contains__(self, ordinal: object) -> bool:
        if not isinstance(ordinal, int) or ordinal < self.start:
            return False
        return ordinal < self.end or bool(self.rest >> ordinal - self.end & 1)

    def __len__(self) -> int:
        return self.end - self.start + self.rest.bit_count()

    @property
    def last(self) -> int:
        """The highest member, of a set that has any."""
        return self.end + self.rest.bit_length() - 1

    def runs(self, most: int = sys.maxsize) -> list[tuple[int, int]]:
        """The set as inclusive runs `(first, last)`, ascending; the first `most` of them."""
        runs = [(self.start, self.end - 1)] if self.start < self.end else []
        place, bits = self.end, self.rest
        while bits and len(runs) < most:
            gap, length = _first_run(bits)
            runs.append((place + gap, place + gap + length - 1))
            bits >>= gap + length
            place += gap + length
        return runs

    @staticmethod
    @lru_cache(maxsize=1 << 16)
    def one(ordinal: int) -> Ordinals:
        """The set of one, the same object for all who ask: most sets are such."""
        return Ordinals(ordinal, ordinal + 1)

    @staticmethod
    def of_runs(ordinals: list[tuple[int, int]]) -> Ordinals:
        """The set with these inclusive runs: `Ordinals.of_runs(x.runs())` has the same members as `x`."""
        bits = 0
        for first, last in ordinals:
            bits |= ((1 << last - first + 1) - 1) << first
        return Ordinals.of_bits(bits)

    @staticmethod
    def of_members(ordinals: Collection[int]) -> Ordinals:
        """The set of these."""
        if len(ordinals) == 1:
            [only] = ordinals
            return Ordinals.one(only)
        bits = 0
        for ordinal in ordinals:
            bits |= 1 << ordinal
        return Ordinals.of_bits(bits)

    @staticmethod
    def of_bits(bits: int, base: int = 0) -> Ordinals:
        """The set of `base + i` for each bit `i`."""
        if not bits:
            return NO_ORDINALS
        gap, length = _first_run(bits)
        return Ordinals(base + gap, base + gap + length, bits >> gap + length)

    @staticmethod
    def union(sets: Iterable[Ordinals]) -> Ordinals:
        """All members of any of the sets."""
        bits = 0
        for each in sets:
            bits |= (1 << each.end) - (1 << each.start) | each.rest << each.end
        return Ordinals.of_bits(bits)

    @override
    def __str__(self) -> str:
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in self.runs())


def _first_run(bits: int) -> tuple[int, int]:
    """Where the lowest ones of `bits` begin, which is not 0, and how many they are."""
    gap = (bits & -bits).bit_length() - 1
    ones = bits >> gap
    return gap, (ones + 1 & ~ones).bit_length() - 1


NO_ORDINALS = Ordinals(0, 0)


@frozen
class ValueRef:
    """A value: result `index` of an op, or argument `index` of the entry block of an op's first region."""

    op: int
    index: int = 0
    is_argument: bool = False

    def text(self, labels: Labels) -> str:
        """The value as a reader knows it."""
        if self.is_argument:
            return f"argument {self.index} of {label(labels, self.op)}"
        return label(labels, self.op) + (f"#{self.index}" if self.index else "")


_VERBS = {"read": "reads", "write": "writes", "read-write": "reads and writes"}


@frozen
class Access:
    """Bytes `[start, end)` of a resource that an op touches; a bound that is no constant is a value."""

    op: int
    mode: Literal["read", "write", "read-write"]
    start: int | ValueRef
    end: int | ValueRef

    def text(self, labels: Labels) -> str:
        """Such as `%7 writes bytes 0 to 64`."""
        return f"{label(labels, self.op)} {_VERBS[self.mode]} {self.bytes(labels)}"

    def bytes(self, labels: Labels) -> str:
        """Such as `bytes 0 to 64`."""
        return f"bytes {_bound(self.start, labels)} to {_bound(self.end, labels)}"


@frozen
class Overlap:
    """Two accesses of one resource that may touch the same bytes, at least one of them writing.

    `producer` and `consumer` are None where an op does not say what it touches: then using the value is enough.
    """

    resource: ValueRef
    producer: Access | None = None
    consumer: Access | None = None

    def text(self, labels: Labels) -> str:
        """Such as `%7 writes bytes 0 to 64 of %3 and %8 reads bytes 32 to 96 of it`, or `%8 reads what %7 writes: bytes 0 to 64`."""
        resource = self.resource.text(labels)
        if self.producer is None or self.consumer is None:
            return f"both use {resource}, and the ops do not say which bytes of it"
        written, used = self.producer, self.consumer
        if self.resource == ValueRef(written.op) and written.mode == "write":
            if (written.start, written.end) == (used.start, used.end):
                return f"{label(labels, used.op)} {_VERBS[used.mode]} what {resource} writes: {used.bytes(labels)}"
            return f"{used.text(labels)} of {resource}, which writes {written.bytes(labels)}"
        return f"{written.text(labels)} of {resource} and {used.text(labels)} of it"


@frozen
class Why:
    """The reason why an op may not (or does not) join a partition, with all that a view needs to light it up.

    Attributes:
        rule: which rule.
        ops: ops that cause it: the users fed (downstream, hazard), the host op (frozen), the region op (nested
            capture), the op whose place forces the order or closes the cycle, the sync op that must come along.
        partitions: other partitions that take part: those that would wait (order, cycle).
        words: the two affinities, as printed: the op's, then the partition's (affinity); `inside`: the partition holds
            the first of `ops`, which needs what the others, that go where the op goes, hand over (downstream);
            `shared`: the one of `ops` needs no result of the op, but uses the same storage (downstream).
        overlaps: which bytes (hazard).
    """

    rule: Rule
    ops: tuple[int, ...] = ()
    partitions: Ordinals = NO_ORDINALS
    words: tuple[str, ...] = ()
    overlaps: tuple[Overlap, ...] = ()

    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        """The reason as a clause that can follow `refused:`."""
        if self.rule == "hazard" and self.overlaps:
            return "; ".join([overlap.text(labels) for overlap in self.overlaps])
        ops = _ops(labels, self.ops)
        if self.rule == "downstream":
            if self.words == ("shared",):
                return f"too late, as {ops} uses the same storage after the op"
            if self.words:
                return f"{label(labels, self.ops[0])} in it needs what {_ops(labels, self.ops[1:])} hands over"
            return f"too late, as {ops or 'something earlier'} need{'' if len(self.ops) > 1 else 's'} the op's result"
        if self.rule == "upstream":
            return f"too early, as the op waits for {ops}"
        if self.rule == "last in time":
            return f"{ops}, which waits for the op, would need one more {noun}"
        if self.rule == "frozen":
            return f"{ops or 'a host op with side effects'} may not be crossed"
        if self.rule == "affinity":
            wanted, found = map(place_name, self.words)
            return f"{ops or 'the op'} runs on {wanted}, the {noun} on {found}"
        if self.rule == "nested capture":
            return f"{ops or 'a region op'} captures the op's result and feeds this {noun}"
        others = parts(noun, self.partitions)
        if self.rule == "order":
            return f"what the op feeds is in {others}, which runs before this {noun}"
        if self.rule == "cycle":
            return f"with the op it would wait for {others}, which waits for it"
        if self.rule == "consumers first":
            return f"nothing forbids it, but {others} consumes the op's result" if others else "a consumer is preferred"
        return f"{ops} must run after the op"


@frozen
class User:
    """One user of the weighed op's results, as the algorithm saw it.

    `relation`: `direct` uses the result in the same block; `sync` uses it through a barrier or transfer that goes where
    the op goes; `nested` is a region op that uses it inside; `captured` is a region op whose results' users may not
    share a partition with the op; `tied` is a later op that touches the same bytes of an operand of the op, in place.
    """

    op: int
    relation: Relation
    partitions: Ordinals = NO_ORDINALS
    downstream: Ordinals = NO_ORDINALS
    overlap: Overlap | None = None


@frozen
class Candidate:
    """What was decided about some partitions, all for the same reason: one row of the table a reader sees."""

    partitions: Ordinals
    verdict: Verdict
    why: Why | None = None

    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        """Such as `partition 0 refused: %9 captures the op's result and feeds this partition`."""
        head = f"{parts(noun, self.partitions)} {'possible' if self.verdict == 'eligible' else self.verdict}"
        return f"{head}: {self.why.sentence(labels, noun)}" if self.why else head


def label(labels: Labels, op: int) -> str:
    """How the reader knows an op."""
    return labels.get(op) or f"op {op}"


def place_name(affinity: str) -> str:
    """An affinity as a reader knows it: `@device_0` of `#hal.device.affinity<@device_0>`."""
    match = _AFFINITY.fullmatch(affinity)
    return match[1] if match else affinity


def _ops(labels: Labels, ops: tuple[int, ...]) -> str:
    return _and([label(labels, op) for op in ops])


def parts(noun: str, ordinals: Ordinals, most: int = sys.maxsize - 1) -> str:
    """Such as `partitions 0–2 and 5`; empty for no partition. Of more than `most` runs: `partitions 0–2, 5 and 31 more`."""
    runs = ordinals.runs(most + 1)
    if not runs:
        return ""
    first, last = runs[0]
    if len(runs) == 1:
        return f"{noun} {first}" if first == last else f"{noun}s {first}–{last}"
    words = [str(a) if a == b else f"{a}–{b}" for a, b in runs[:most]]
    if len(runs) > most:
        words.append(f"{len(ordinals) - sum(b - a + 1 for a, b in runs[:most])} more")
    return f"{noun}s {_and(words)}"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def _bound(bound: int | ValueRef, labels: Labels) -> str:
    return str(bound) if isinstance(bound, int) else bound.text(labels)
