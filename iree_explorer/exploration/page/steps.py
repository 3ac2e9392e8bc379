"""Trace steps as the page shows them: a sentence, a table of candidates, memberships of nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from iree_explorer.exploration.page.candidates import Wording
from iree_explorer.exploration.page.step_table import StepTable
from iree_explorer.graph import Graph
from iree_explorer.graph.model import NOWHERE
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.trace.reasons import Labels, Ordinals, parts
from iree_explorer.partitioning.trace.steps import (
    NOUNS,
    Began,
    Cloned,
    Ended,
    Opened,
    Outlined,
    Placed,
    Rewritten,
    Step,
    Visited,
    Weighed,
)

_KINDS = {"rematerialized": "cloned"}
"""Kinds of the trace that the page shows as another."""

MANY_PARTS = 8
"""Runs of neighbouring partitions that a sentence names; its table names more."""


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
        table: where they go.
        stage: the stage's number.
        scope: the pass.
        labels: op id → its name in the text.
        members: of the stage's graph.
        regions: op id of an execution region → its ordinal.
        shown: trace steps after which the text is known: each has a step of its own.
    """

    table: StepTable
    stage: int
    scope: Scope
    labels: Labels
    members: Members
    regions: Mapping[int, int]
    shown: Set[int]
    noun: str = field(init=False)
    """What a part is called."""
    wording: Wording = field(init=False)
    _region: int = NOWHERE

    def __post_init__(self) -> None:
        self.noun = NOUNS[self.scope]
        self.wording = Wording(self.labels, self.noun, self.members.origin)

    def write(self, steps: Sequence[Step], first: int) -> Iterator[tuple[int, int]]:
        """Adds the steps, each when it is asked for; `first` is the number of `steps[0]` in the trace.

        Yields:
            The number of a step, and that of the last trace step that it stands for.
        """
        index = 0
        while index < len(steps):
            step, number = steps[index], first + index
            index += 1
            if isinstance(step, Opened) and index < len(steps) and _fills(steps[index], step):
                yield self._placed(step, "opened", (step.partition,)), first + index
                index += 1
            elif isinstance(step, Rewritten):
                run = self._same_pattern(steps, index - 1, first)
                index += run - 1
                yield self._rewritten(step, run), first + index - 1
            else:
                following = steps[index] if index < len(steps) else None
                yield self._step(step, number, following), number

    def _step(self, step: Step, number: int, following: Step | None) -> int:
        if isinstance(step, Weighed):
            return self._weighed(step, following)
        if isinstance(step, Placed):
            return self._placed(step, "placed", (step.partition,))
        if isinstance(step, Cloned):
            return self._placed(step, "cloned", step.partitions)
        if isinstance(step, Began):
            return self._began(step, number)
        if isinstance(step, Outlined):
            return self._outlined(step)
        op = -1 if isinstance(step, Ended) else step.op
        own = self._add(_KINDS.get(step.kind, step.kind), op, self._say(step))
        if isinstance(step, Visited) and step.producer != NOWHERE:
            self.table.leaders[own] = self.members.origin.get(step.producer, step.producer)
        return own

    def _began(self, step: Began, number: int) -> int:
        if self.scope == "concurrency":
            self._region = self.regions.get(step.region, NOWHERE)
            return self._add("began", step.region, self._say(step))
        self._region = self.members.offsets.get(number, 0)
        own = self._add("began", step.function, self._say(step))
        if self._region:
            self.table.offsets[own] = self._region
        return own

    def _outlined(self, step: Outlined) -> int:
        own = self._add("outlined", step.region, self._say(step))
        is_wave = self.scope == "concurrency"
        self.table.parts[own] = [self._region, step.partition] if is_wave else [self._region + step.partition, NOWHERE]
        return own

    def _say(self, step: Step) -> str:
        return step.sentence(self.labels, self.noun)

    def _add(self, kind: str, op: int, reason: str) -> int:
        return self.table.add(kind, self.stage, self.members.origin.get(op, op), reason)

    def _placed(self, step: Placed | Opened | Cloned, kind: str, partitions: Sequence[int]) -> int:
        own = self._add(kind, step.op, self._say(step))
        places = self._place(step.op, partitions)
        if places:
            self.table.places[own] = places
        return own

    def _rewritten(self, step: Rewritten, times: int) -> int:
        more = f", {times} times" if times > 1 else ""
        return self._add("rewritten", step.op, self._say(step) + more)

    def _same_pattern(self, steps: Sequence[Step], start: int, first: int) -> int:
        """How many steps from `start` on are rewrites by one pattern that the text shows at once."""
        pattern, end = _pattern_of(steps[start]), start + 1
        while end < len(steps) and first + end - 1 not in self.shown and _pattern_of(steps[end]) == pattern:
            end += 1
        return end - start

    def _place(self, op: int, partitions: Sequence[int]) -> list[list[int]]:
        """Memberships from here on: `[node, region, wave]`."""
        if self.scope == "execution":
            regions = [self._region + partition for partition in partitions]
            return [[node, region, NOWHERE] for region in regions for node in self.members.nodes(op, region)]
        nodes = self.members.nodes(op, self._region)
        return [[node, self._region, partition] for partition in partitions for node in nodes]

    # Candidates

    def _weighed(self, step: Weighed, following: Step | None) -> int:
        own = self._add("weighed", step.op, self._summary(step))
        placed = following if isinstance(following, Placed) and following.op == step.op else None
        self.table.candidates.add(own, step, self.wording, placed)
        return own

    def _summary(self, step: Weighed) -> str:
        """Where the op may go and what forbids the rest; the table says it in full."""
        if not step.candidates or (len(step.candidates) == 1 and step.candidates[0].why):
            return self._say(step)
        may = [c.partitions for c in step.candidates if c.verdict != "refused"]
        rules = dict.fromkeys(c.why.rule for c in step.candidates if c.verdict == "refused" and c.why)
        label = self.labels.get(step.op) or f"op {step.op}"
        if not may:
            return f"{label} can join no {self.noun} so far: {', '.join(rules)}"
        rest = f"; the others are refused: {', '.join(rules)}" if rules else ""
        where = may[0] if len(may) == 1 else Ordinals.union(may)
        return f"{label} can join {parts(self.noun, where, MANY_PARTS)}{rest}"


def _fills(step: Step, opened: Opened) -> bool:
    """Whether the step only says that the op is in the partition that was opened for it."""
    return isinstance(step, Placed) and step.op == opened.op and step.partition == opened.partition


def _pattern_of(step: Step) -> str | None:
    return step.pattern if isinstance(step, Rewritten) else None
