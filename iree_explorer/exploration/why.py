"""Answers for one op, or for two: why it is where it is, and why they are not together, from the trace alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from iree_explorer.errors import InputError
from iree_explorer.exploration.labels import long_labels, result_names, short_labels
from iree_explorer.exploration.parts import Parts
from iree_explorer.exploration.trace_text import source_labels
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.partitioning.trace.reasons import Labels, label
from iree_explorer.partitioning.trace.regions import function_name
from iree_explorer.partitioning.trace.steps import (
    NOUNS,
    Began,
    Cloned,
    Ended,
    LeftForRematerialization,
    Opened,
    Outlined,
    Placed,
    Step,
    Visited,
    Weighed,
)

_ABOUT_AN_OP = Visited | Weighed | Opened | Placed | Cloned | LeftForRematerialization

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)

OpName = str | int
"""An op: its id, or `%7` as the text before the passes names its result, or `:12`, a line of the file."""


class _Printer(Protocol):
    """What is used of IPython's."""

    def text(self, obj: str) -> None:
        """Writes it."""
        ...


class Answer(str):
    """An answer, line by line. A notebook cell that ends with it shows its lines, not one string in quotes."""

    __slots__ = ()

    def _repr_pretty_(self, printer: _Printer, _cycle: bool) -> None:
        printer.text(self)


@dataclass(slots=True)
class Decision:
    """What was decided of an op in one block.

    Attributes:
        began: the block.
        place: number of that step in the trace.
        end: number of the last step that is about the op.
        steps: all that are.
        partitions: where the op, or copies of it, went.
    """

    began: Began
    place: int
    end: int = -1
    steps: list[Step] = field(default_factory=list[Step])
    partitions: list[int] = field(default_factory=list[int])

    @property
    def weighed(self) -> Weighed | None:
        """The table of candidates, if there was one."""
        return next((step for step in self.steps if isinstance(step, Weighed)), None)

    def take(self, step: Step, number: int) -> None:
        """Adds a step that is about the op."""
        self.steps.append(step)
        self.end = number
        if isinstance(step, Opened | Placed):
            found: Sequence[int] = (step.partition,)
        else:
            found = step.partitions if isinstance(step, Cloned) else ()
        self.partitions += [partition for partition in found if partition not in self.partitions]


@dataclass(slots=True)
class Answers:
    """Answers questions about an exploration's ops; `function` is preferred where a name is in several; empty: none is."""

    parts: Parts
    function: str

    # Which op

    def find(self, op: OpName) -> int:
        """The op's id.

        Raises:
            InputError: there is no such op.
        """
        if isinstance(op, int):
            if 0 <= op < len(self.parts.observation.trace.names):
                return op
            raise InputError(f"there is no op {op}; ids go from 0 to {len(self.parts.observation.trace.names) - 1}")
        if not isinstance(op, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InputError(f"an op is its id or a text such as %7, not {op!r}")
        text = op.strip()
        number = text.removeprefix(":")
        found = self._on_line(int(number)) if _NUMBER.fullmatch(number) else self._named(text)
        if found is None:
            raise InputError(
                f"no op is called {op!r}: say %7, as the trace names its result, or :12, a line of the file"
            )
        return found

    def _on_line(self, line: int) -> int | None:
        """The first op that begins on a line of the file."""
        source = self.parts.observation.source
        for number, op in enumerate(source.op.walk()):
            if op in source.offsets and (place := source.location_of(op)) is not None and place.line == line:
                return number
        return None

    def _named(self, name: str) -> int | None:
        """The op with a result of this name; of several the one in the preferred function, else the first."""
        owners = result_names(self.parts.before).get(name.partition("#")[0], ())
        inside = self._ops_of(self.function)
        return next((owner for owner in owners if owner in inside), next(iter(owners), None))

    def _ops_of(self, function: str) -> range:
        """Ids of the ops in a function: they are numbered in the order of the text."""
        for number, op in enumerate(self.parts.observation.source.op.walk()):
            if isinstance(op, FunctionOpInterface) and function_name(op) == function:
                return range(number, number + sum(1 for _ in op.walk()))
        return range(0)

    # One op

    def why(self, op: OpName) -> str:
        """Why the op is where it is: a line that names it, then per pass what was decided and what was refused."""
        number = self.find(op)
        headline = long_labels(self.parts.before, {number}).get(number) or self._label(number)
        decisions = self._decisions(number)
        if not decisions:
            return f"{headline}\n  no pass divided the block it is in: nothing was decided about it"
        return "\n".join([headline, *(line for decision in decisions for line in self._told(decision))])

    def _told(self, decision: Decision) -> Iterator[str]:
        labels, noun = self._labels(decision.place), NOUNS[decision.began.scope]
        opened = any(isinstance(step, Opened) for step in decision.steps)
        yield f"  {self._where(decision, labels)}:"
        for step in decision.steps:
            if isinstance(step, Weighed):
                continue
            if not (opened and isinstance(step, Placed)):
                yield f"    {step.sentence(labels, noun)}"
        rows = decision.weighed.candidates if decision.weighed else ()
        for row in sorted(rows, key=lambda row: next(iter(row.partitions), -1)):
            if row.verdict != "chosen":
                yield f"      {row.sentence(labels, noun)}"

    def _where(self, decision: Decision, labels: Labels) -> str:
        if decision.began.scope == "execution":
            return "execution regions"
        return f"waves of {label(labels, decision.began.region)}"

    # Two ops

    def why_not(self, op: OpName, other: OpName) -> str:
        """Why two ops are not in the same region, or not in the same wave; that they are, where they are."""
        first, second = self.find(op), self.find(other)
        if first == second:
            return f"{self._label(first)} is one op"
        names = f"{self._label(first)} and {self._label(second)}"
        pairs = self._pairs(first, second)
        regions = next((pair for pair in pairs if pair[0].began.scope == "execution"), None)
        if regions is None:
            return f"{names} are in different blocks: each block is divided into regions of its own"
        verdict, apart = self._compare(*regions, names)
        waves = [pair for pair in pairs if pair[0].began.scope == "concurrency"]
        if apart or not waves:
            return verdict
        return "\n".join([verdict, *(self._compare(*pair, names)[0] for pair in waves)])

    def _pairs(self, first: int, second: int) -> list[tuple[Decision, Decision]]:
        """What was decided of both in the same blocks."""
        others = {decision.place: decision for decision in self._decisions(second)}
        found = ((decision, others.get(decision.place)) for decision in self._decisions(first))
        return [(decision, other) for decision, other in found if other is not None]

    def _compare(self, first: Decision, second: Decision, names: str) -> tuple[str, bool]:
        """A sentence about two ops in one block, and whether they are apart."""
        labels, noun = self._labels(first.place), NOUNS[first.began.scope]
        for decision in (first, second):
            if not decision.partitions:
                return f"{names} share no {noun}: {decision.steps[-1].sentence(labels, noun)}", True
        both = [partition for partition in first.partitions if partition in second.partitions]
        if both:
            where = f" of {label(labels, first.began.region)}" if first.began.scope == "concurrency" else ""
            return f"{names} are both in {noun} {both[0]}{where}", False
        later, earlier = (first, second) if first.end > second.end else (second, first)
        reasons = "\n".join(f"  {line}" for line in self._refusals(later, earlier, labels, noun))
        return f"{names} are in different {noun}s:\n{reasons}", True

    def _refusals(self, later: Decision, earlier: Decision, labels: Labels, noun: str) -> Iterator[str]:
        """Why the op that was decided later did not join the other's partition."""
        yield from (f"{step.sentence(labels, noun)}" for step in earlier.steps if isinstance(step, Opened | Cloned))
        yield from self._placed(earlier, labels, noun)
        weighed = later.weighed or self._leaders(later)
        rows = [weighed.candidate(partition) for partition in earlier.partitions] if weighed else []
        asker = label(labels, weighed.op) if weighed else ""
        yield from (f"for {asker}, {row.sentence(labels, noun)}" for row in rows if row is not None)
        yield from (f"{step.sentence(labels, noun)}" for step in later.steps if isinstance(step, Opened | Cloned))
        yield from self._placed(later, labels, noun)
        yield from (step.sentence(labels, noun) for step in later.steps if isinstance(step, Visited))

    def _leaders(self, follower: Decision) -> Weighed | None:
        """The table of the op that a sync op goes with."""
        leader = next((step.producer for step in follower.steps if isinstance(step, Visited)), -1)
        known = self._decisions(self.parts.origin.get(leader, leader)) if leader >= 0 else []
        return next((decision.weighed for decision in known if decision.place == follower.place), None)

    @staticmethod
    def _placed(decision: Decision, labels: Labels, noun: str) -> Iterator[str]:
        if not any(isinstance(step, Opened) for step in decision.steps):
            yield from (step.sentence(labels, noun) for step in decision.steps if isinstance(step, Placed))

    # The trace

    def _decisions(self, op: int) -> list[Decision]:
        """What was decided of the op and its copies, block by block."""
        found: dict[int, Decision] = {}
        began: tuple[int, Began] | None = None
        origin = self.parts.origin
        for number, step in enumerate(self.parts.observation.trace):
            if isinstance(step, Began):
                began = number, step
            elif isinstance(step, Ended | Outlined):
                continue
            elif began and isinstance(step, _ABOUT_AN_OP) and origin.get(step.op, step.op) == op:
                found.setdefault(began[0], Decision(began[1], began[0])).take(step, number)
        return list(found.values())

    def _labels(self, step: int) -> Labels:
        """The names that the sentences of a step use: those of its stage, or of the program where a pass found nothing to do."""
        source = short_labels(self.parts.before)
        stage = next((stage for stage in self.parts.stages if stage.first <= step < stage.end), None)
        return source if stage is None else source_labels(self.parts, stage, source)

    def _label(self, op: int) -> str:
        names = self.parts.observation.trace.names
        return short_labels(self.parts.before).get(op) or names[op]
