"""The words in which a scheduling decision is told: frozen steps of numbers and words, never live objects.

Passes rewrite operations; a step must still say the same afterwards. So a step names an operation by its op id
(`recording.OpIds`), a value by a `ValueRef`, partitions by their ordinals: in a finished trace 0 is the first to run, while an
algorithm tells, its own numbers (`numbering.Numbering`).

Every step has a `kind` (one word, used in JSON), says itself in one plain sentence (`sentence`), and goes to and from
JSON (`recording.to_json`, `recording.from_json`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from typing_extensions import override

from iree_explorer.frozen import frozen
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.trace.reasons import (
    Candidate,
    Labels,
    Ordinals,
    User,
    ValueRef,
    label,
    parts,
    place_name,
)

NOUNS: Mapping[str, str] = {"execution": "partition", "concurrency": "wave"}
"""What one part of a partition set is called in each scope."""

_ELSEWHERE: Mapping[str, str] = {"partition": "runs on the host", "wave": "is in no wave"}
"""Where an op runs that has no part of its own."""

Skip = Literal["constant", "global store", "host", "metadata", "region", "sync"]
"""Why an op gets no partition of its own: see `Visited`."""

Because = Literal[
    "only consumer",
    "first consumer",
    "first candidate",
    "last candidate",
    "none yet",
    "none left",
    "with producer",
    "as soon",
    "merged",
    "last in time",
    "frees memory",
    "has room",
    "as told",
]
"""Why this partition of those that were possible."""

_REASONS: Mapping[Because, str] = {
    "only consumer": "its only consumer",
    "first consumer": "the first of its consumers that may take it",
    "first candidate": "the first {noun} that may take it",
    "last candidate": "the earliest {noun} to run that may take it",
    "none yet": "as there is none yet",
    "none left": "which was opened for it",
    "with producer": "where its producer goes",
    "merged": "as nothing waits for it before that one runs",
    "as soon": "which runs as soon as the op may",
    "last in time": "the last {noun} in time for what waits for it",
    "frees memory": "as early as it may, as it frees at least as many bytes as it takes",
    "has room": "which had room",
    "as told": "as the algorithm says",
}


class Sayable:
    """What every step can do. No `ABC`: `isinstance` of one takes several times as long, and steps are many."""

    __slots__ = ()

    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        """The step in one plain sentence; `noun` is what the scope calls a partition (`NOUNS`)."""
        raise NotImplementedError


@frozen
class Began(Sayable):
    """A block of `region` is about to be partitioned; the steps until `Ended` speak of its partitions.

    `function` and `region` are op ids (the function op itself where the block is the function's own), `block` the
    number of the block in its region, `region_number` that of the region in its op.
    """

    kind: ClassVar[str] = "began"
    scope: Scope
    function: int
    name: str
    region: int
    region_number: int
    block: int
    partitioner: str
    favor: str

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        function = "the initializer" if self.name.startswith("util.") else f"@{self.name}"
        place = function if self.region == self.function else f"{label(labels, self.region)} of {function}"
        block = f", block {self.block}" if self.block else ""
        what = "execution regions" if self.scope == "execution" else "waves"
        order = ", from the last to the first" if self.partitioner == "reference" else ""
        return f"the ops of {place}{block} go into {what}{order} ({self.partitioner}, favoring {self.favor})"


@frozen
class Ended(Sayable):
    """The block is divided into `count` partitions."""

    kind: ClassVar[str] = "ended"
    count: int

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        return f"{self.count} {noun}{'s' if self.count > 1 else ''} found" if self.count else f"no {noun} is needed"


@frozen
class Visited(Sayable):
    """An op that gets no partition of its own, and why; `producer` is the op that a sync op waits to go with."""

    kind: ClassVar[str] = "visited"
    op: int
    skip: Skip
    producer: int = -1

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        op = label(labels, self.op)
        if self.skip == "sync":
            return f"{op} goes where {label(labels, self.producer)} goes, whose result it hands over"
        tail = {
            "constant": "is a constant: ops anywhere may use it",
            "global store": "is a global store: nothing inside a region can observe it",
            "host": f"{_ELSEWHERE[noun]}: what it needs runs before it, what it feeds after it",
            "region": "is an execution region already: it stays as it is",
            "metadata": f"does no work when it runs: it joins no {noun}",
        }[self.skip]
        return f"{op} {tail}"


@frozen
class Flushed(Sayable):
    """A host op with side effects: these partitions are closed for all ops on one side of it."""

    kind: ClassVar[str] = "flushed"
    op: int
    partitions: Ordinals
    side: Literal["above", "below"] = "above"

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        closed = parts(noun, self.partitions)
        verb = "is" if len(self.partitions) == 1 else "are"
        return (
            f"{label(labels, self.op)} has side effects on the host: {closed} {verb} closed for the ops {self.side} it"
        )


@frozen
class Weighed(Sayable):
    """Where an op could go: its users, and a verdict for every partition there is so far."""

    kind: ClassVar[str] = "weighed"
    op: int
    users: tuple[User, ...]
    candidates: tuple[Candidate, ...]

    def candidate(self, ordinal: int) -> Candidate | None:
        """The row that speaks of this partition, None where it did not exist yet."""
        return next((c for c in self.candidates if ordinal in c.partitions), None)

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        rows = [c.sentence(labels, noun) for c in self.candidates]
        return f"{label(labels, self.op)}: " + ("; ".join(rows) if rows else f"there is no {noun} yet")


@frozen
class Opened(Sayable):
    """A new partition, opened for this op, which is its first."""

    kind: ClassVar[str] = "opened"
    op: int
    partition: int
    because: Because = "none left"

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        why = "as no other {noun} can take it" if self.because == "none left" else _REASONS[self.because]
        return f"{label(labels, self.op)} opens {noun} {self.partition}, {why.format(noun=noun)}"


@frozen
class Placed(Sayable):
    """An op joined a partition."""

    kind: ClassVar[str] = "placed"
    op: int
    partition: int
    because: Because

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        return f"{label(labels, self.op)} joins {noun} {self.partition}, {self.clause(noun)}"

    def clause(self, noun: str = "partition") -> str:
        """Why there, as words that can follow `chosen:`."""
        return _REASONS[self.because].format(noun=noun)


@frozen
class Cloned(Sayable):
    """A cheap op was copied into each partition that consumes it, in this order."""

    kind: ClassVar[str] = "cloned"
    op: int
    partitions: tuple[int, ...]

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        where = parts(noun, Ordinals.of_members(self.partitions))
        return f"{label(labels, self.op)} is cheap to repeat: each consumer gets its own, in {where}"


@frozen
class LeftForRematerialization(Sayable):
    """A cheap op that is used in nested regions only: each such region will make its own."""

    kind: ClassVar[str] = "left"
    op: int

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        return f"{label(labels, self.op)} is used in nested regions only: each of them will make its own"


@frozen
class Rematerialized(Sayable):
    """A copy of a cheap op was made at the start of a block of `region`, for uses there."""

    kind: ClassVar[str] = "rematerialized"
    op: int
    copy: int
    region: int

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        return f"{label(labels, self.op)} is made anew inside {label(labels, self.region)}"


@frozen
class Outlined(Sayable):
    """A partition became a region op.

    Attributes:
        partition: ordinal.
        region: op id of the new `stream.async.execute` or `stream.async.concurrent`.
        ops: members, in their order inside the region.
        origins: for each member the op it was made from: itself where it moved, another one where it is a copy.
        captures: resources that come in, in the region's argument order.
        results: resources that go out, in result order, named as results of the region op.
        awaits: timepoints that the region waits for.
        affinity: where it executes, as printed; empty where nobody says.
    """

    kind: ClassVar[str] = "outlined"
    scope: Scope
    partition: int
    region: int
    ops: tuple[int, ...]
    origins: tuple[int, ...]
    captures: tuple[ValueRef, ...] = ()
    results: tuple[ValueRef, ...] = ()
    awaits: tuple[ValueRef, ...] = ()
    affinity: str = ""

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        what = "an execution region" if self.scope == "execution" else "a concurrent region"
        place = f" on {place_name(self.affinity)}" if self.affinity else ""
        n = len(self.captures)
        return f"{noun} {self.partition} becomes {what}{place}, capturing {n} resource{'' if n == 1 else 's'}"


@frozen
class Rewritten(Sayable):
    """A clean-up pattern changed the IR at `op`.

    Attributes:
        pattern: its name in IREE or MLIR; `fold`; or `dead operation`.
        op: where it matched.
        before, after: the ops that are gone or changed, and those that are new.
        summary: what the pattern does, in words that go on after a colon.
    """

    kind: ClassVar[str] = "rewritten"
    pattern: str
    op: int
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    summary: str = ""

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        if self.pattern == "dead operation":
            return f"clean-up: {label(labels, self.op)} is gone, as nothing uses it"
        if not self.summary:
            return f"clean-up at {label(labels, self.op)}: {self.pattern}"
        return f"clean-up at {label(labels, self.op)}: {self.summary} ({self.pattern})"


@frozen
class Refused(Sayable):
    """The program cannot be scheduled: the rule that is broken, and the compiler's own message."""

    kind: ClassVar[str] = "refused"
    rule: str
    message: str
    partition: int = -1
    op: int = -1

    @override
    def sentence(self, labels: Labels, noun: str = "partition") -> str:
        where = f"{noun} {self.partition}" if self.partition >= 0 else ""
        if self.rule == "cycle" and where and self.op >= 0:
            op = label(labels, self.op)
            return f"{where} would wait for itself: it needs {op}, which needs what it makes, a circular dependency"
        return f"{where}: {self.message}" if where else self.message


Step = (
    Began
    | Ended
    | Visited
    | Flushed
    | Weighed
    | Opened
    | Placed
    | Cloned
    | LeftForRematerialization
    | Rematerialized
    | Outlined
    | Rewritten
    | Refused
)
"""Any one step of a trace."""
