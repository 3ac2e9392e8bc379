"""Trace steps as the page shows them: a sentence, a table of candidates, memberships of nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iree_explorer.graph import Graph
from iree_explorer.graph.model import NOWHERE
from iree_explorer.partitioning.trace.reasons import Candidate, Labels, Ordinals, parts
from iree_explorer.partitioning.trace.steps import (
    NOUNS,
    Began,
    Cloned,
    Ended,
    Opened,
    Outlined,
    Placed,
    Rewritten,
    Scope,
    Step,
    Visited,
    Weighed,
)

JsonStep = dict[str, Any]
MANY_RUNS = 3
"""Runs of neighbouring partitions, with one verdict for one reason, that get a row each."""
MANY_OPS = 12
"""Ops named in one row of the table; the sentence beside it names them all."""

_KINDS = {"rematerialized": "cloned"}
"""Kinds of the trace that the page shows as another."""


@dataclass(slots=True)
class Members:
    """Which nodes of a function's graph a step speaks of.

    `offsets` are the region ordinals of partition 0 of each block, by the number of the block's `Began` step.
    """

    graph: Graph
    origin: Mapping[int, int]
    offsets: Mapping[int, int]
    _nodes: Mapping[tuple[int, int], tuple[int, ...]]

    @staticmethod
    def of(graph: Graph, origin: Mapping[int, int], offsets: Mapping[int, int]) -> Members:
        """Finds the nodes by their op and region."""
        nodes: dict[tuple[int, int], tuple[int, ...]] = {}
        for node in graph.nodes:
            key = (node.op, node.region)
            nodes[key] = (*nodes.get(key, ()), node.id)
        return Members(graph, origin, offsets, nodes)

    def nodes(self, op: int, region: int) -> tuple[int, ...]:
        """The nodes that were made of `op` and stand in `region`."""
        return self._nodes.get((self.origin.get(op, op), region), ())


@dataclass(slots=True)
class StepWriter:
    """Writes the steps of one stage, in order.

    Args:
        stage: the stage's number.
        scope: the pass.
        labels: op id → its name in the text.
        members: of the stage's graph.
        regions: op id of an execution region → its ordinal.
    """

    stage: int
    scope: Scope
    labels: Labels
    members: Members
    regions: Mapping[int, int]
    _region: int = NOWHERE

    @property
    def noun(self) -> str:
        """What a part is called."""
        return NOUNS[self.scope]

    def write(self, steps: Sequence[Step], first: int) -> Iterator[tuple[int, JsonStep]]:
        """The steps with the number of the last trace step that each stands for; `first` is that of `steps[0]`."""
        index = 0
        while index < len(steps):
            step, number = steps[index], first + index
            index += 1
            if isinstance(step, Opened) and index < len(steps) and _fills(steps[index], step):
                yield first + index, self._opened(step)
                index += 1
            elif isinstance(step, Rewritten):
                run = _same_pattern(steps, index - 1)
                index += run - 1
                yield first + index - 1, self._rewritten(step, run)
            else:
                yield number, self._step(step, number)

    def _step(self, step: Step, number: int) -> JsonStep:
        if isinstance(step, Began):
            return self._began(step, number)
        if isinstance(step, Weighed):
            return self._weighed(step)
        if isinstance(step, Placed):
            return self._json("placed", step.op, self._say(step), self._place(step.op, (step.partition,)))
        if isinstance(step, Cloned):
            return self._json("cloned", step.op, self._say(step), self._place(step.op, step.partitions))
        if isinstance(step, Outlined):
            return self._json("outlined", step.region, self._say(step))
        op = -1 if isinstance(step, Ended) else step.op
        found = self._json(_KINDS.get(step.kind, step.kind), op, self._say(step))
        if isinstance(step, Visited) and step.producer != NOWHERE:
            found["leader"] = self.members.origin.get(step.producer, step.producer)
        return found

    def _began(self, step: Began, number: int) -> JsonStep:
        if self.scope == "execution":
            self._region = self.members.offsets.get(number, 0)
            found = self._json("began", step.function, self._say(step))
            return {**found, "offset": self._region} if self._region else found
        self._region = self.regions.get(step.region, NOWHERE)
        return self._json("began", step.region, self._say(step))

    def _say(self, step: Step) -> str:
        return step.sentence(self.labels, self.noun)

    def _json(self, kind: str, op: int, reason: str, place: list[list[int]] | None = None) -> JsonStep:
        found: JsonStep = {"kind": kind, "stage": self.stage, "op": self.members.origin.get(op, op), "reason": reason}
        if place:
            found["place"] = place
        return found

    def _opened(self, step: Opened) -> JsonStep:
        return self._json("opened", step.op, self._say(step), self._place(step.op, (step.partition,)))

    def _rewritten(self, step: Rewritten, times: int) -> JsonStep:
        more = f", {times} times" if times > 1 else ""
        return self._json("rewritten", step.op, self._say(step) + more)

    def _place(self, op: int, partitions: Sequence[int]) -> list[list[int]]:
        """Memberships from here on: `[node, region, wave]`."""
        if self.scope == "execution":
            regions = [self._region + partition for partition in partitions]
            return [[node, region, NOWHERE] for region in regions for node in self.members.nodes(op, region)]
        return [
            [node, self._region, partition] for partition in partitions for node in self.members.nodes(op, self._region)
        ]

    # Candidates

    def _weighed(self, step: Weighed) -> JsonStep:
        found = self._json("weighed", step.op, self._summary(step))
        rows = [row for candidate in step.candidates for row in self._rows(candidate)]
        if rows:
            found["candidates"] = sorted(rows, key=_first_partition)
        return found

    def _summary(self, step: Weighed) -> str:
        """Where the op may go and what forbids the rest; the table says it in full."""
        if len(step.candidates) <= 1:
            return self._say(step)
        may = [c.partitions for c in step.candidates if c.verdict != "refused"]
        rules = dict.fromkeys(c.why.rule for c in step.candidates if c.verdict == "refused" and c.why)
        label = self.labels.get(step.op) or f"op {step.op}"
        if not may:
            return f"{label} may join no {self.noun} that there is: {', '.join(rules)}"
        rest = f"; the others are refused: {', '.join(rules)}" if rules else ""
        return f"{label} may join {parts(self.noun, _union(may))}{rest}"

    def _rows(self, candidate: Candidate) -> Iterator[dict[str, Any]]:
        """One row per run of neighbouring partitions; of many scattered ones, one for all."""
        why = candidate.why
        because = why.sentence(self.labels, self.noun) if why else ""
        ops = [self.members.origin.get(op, op) for op in why.ops[:MANY_OPS]] if why else []
        runs = candidate.partitions.runs()
        is_scattered = len(runs) > MANY_RUNS
        some = f"{len(candidate.partitions)} of " if is_scattered else ""
        if is_scattered:
            runs = [(runs[0][0], runs[-1][1])]
        for first, last in runs:
            row: dict[str, Any] = {
                "partition": first,
                "verdict": candidate.verdict,
                "why": why.rule if why else "",
                "because": because,
                "ops": ops,
            }
            if last > first:
                row["last"] = last
                row["because"] = f"{some}{self.noun}s {first}–{last}" + (f": {because}" if because else "")
            yield row


def _first_partition(row: dict[str, Any]) -> int:
    return row["partition"]


def _fills(step: Step, opened: Opened) -> bool:
    """Whether the step only says that the op is in the partition that was opened for it."""
    return isinstance(step, Placed) and step.op == opened.op and step.partition == opened.partition


def _same_pattern(steps: Sequence[Step], start: int) -> int:
    """How many steps from `start` on are rewrites by the same pattern."""
    first = steps[start]
    end = start
    while end < len(steps) and isinstance(step := steps[end], Rewritten) and isinstance(first, Rewritten):
        if step.pattern != first.pattern:
            break
        end += 1
    return end - start


def _union(sets: Sequence[Ordinals]) -> Ordinals:
    if len(sets) == 1:
        return sets[0]
    return Ordinals.of([run for ordinals in sets for run in ordinals.runs()])
