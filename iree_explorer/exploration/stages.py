"""Stages of an observation: one pass over one function each, with its steps, its texts, and its place in the module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xdsl.ir import Operation

from iree_explorer.exploration.edits import Edit, Text, edits_between
from iree_explorer.exploration.labels import short_labels
from iree_explorer.exploration.observe import Observation
from iree_explorer.graph.model import NOWHERE
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.trace.steps import Began, Rewritten
from iree_explorer.syntax import Line


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over one function.

    Attributes:
        function: the function op.
        scope: the pass.
        first, end: trace steps `first <= i < end`.
        changes: what changed the text on the way: the number of steps before that moment, and its edits.
        ending: edits of the pass's end.
        labels: op id → the op's name in the text when the pass began.
    """

    function: Operation
    scope: Scope
    first: int
    end: int
    changes: Sequence[tuple[int, Sequence[Edit]]]
    ending: Sequence[Edit]
    labels: Mapping[int, str]

    @property
    def has_edits(self) -> bool:
        """Whether the pass changed the text."""
        return bool(self.ending or any(edits for _, edits in self.changes))

    def edits(self) -> Iterator[Edit]:
        """All edits of the pass, in order."""
        for _, edits in self.changes:
            yield from edits
        yield from self.ending


def origins(observation: Observation) -> dict[int, int]:
    """Id of a copy, or of what a clean-up made of an op → id of the op that was there before the passes."""
    found = dict(observation.trace.origin)
    for step in observation.trace:
        if isinstance(step, Rewritten) and step.before:
            for place, new in enumerate(step.after):
                old = step.before[min(place, len(step.before) - 1)]
                if new != old:
                    found.setdefault(new, found.get(old, old))
    return found


@dataclass(slots=True)
class StageReader:
    """Reads the stages off the moments of an observation, keeping track of the text."""

    observation: Observation
    origin: Mapping[int, int]
    before: Text = field(init=False)
    after: Text = field(init=False)
    text: Text = field(init=False)
    _sections: dict[Operation, _Section] = field(init=False)
    _final: dict[Operation, tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        observation = self.observation
        self.before = self._numbered(observation.before)
        self.after = self.before if observation.after is observation.before else self._numbered(observation.after)
        self.text = list(self.before)
        spans = _spans(observation.before)
        self._sections = {
            op: _Section(start, self.before[start:end], observation.before[start:end])
            for op, (start, end) in spans.items()
        }
        self._final = _spans(observation.after)

    def _numbered(self, lines: Sequence[Line]) -> Text:
        """The lines with op ids, those of copies replaced by those of their origins."""
        return [(line.text, NOWHERE if line.op is None else self._owner(line.op)) for line in lines]

    def _owner(self, op: Operation) -> int:
        number = self.observation.ids.known(op)
        return NOWHERE if number is None else self.origin.get(number, number)

    def stages(self) -> Iterator[Stage]:
        """All stages in order; afterwards `text` is what their edits make of `before`."""
        first = 0
        changes: list[tuple[int, Sequence[Edit]]] = []
        labels: Mapping[int, str] | None = None
        for moment in self.observation.moments:
            if labels is None:
                labels = self._labels(moment.function)
            if moment.name == "before":
                continue
            edits = self._edit(moment.function, moment.lines)
            if moment.name in ("outlined", "rewritten"):
                changes.append((moment.steps, edits))
                continue
            scope: Scope = "execution" if moment.name == "cleaned" else "concurrency"
            yield Stage(moment.function, scope, first, moment.steps, changes, edits, labels)
            first, changes, labels = moment.steps, [], None
        if first < len(self.observation.trace):
            yield self._unfinished(first, changes)

    def _unfinished(self, first: int, changes: Sequence[tuple[int, Sequence[Edit]]]) -> Stage:
        """The stage in which the program was refused."""
        trace = self.observation.trace
        began = next(step for step in trace.steps[first:] if isinstance(step, Began))
        function = self.observation.ids.ops()[began.function]
        labels = self._labels(function)
        return Stage(function, began.scope, first, len(trace), changes, (), labels)

    def remaining_edits(self) -> list[Edit]:
        """What is still to be edited after all stages: lines outside of functions, names of aliases."""
        return edits_between(self.text, self.after) if self.text != self.after else []

    def _labels(self, function: Operation) -> Mapping[int, str]:
        """How the function's ops are called in its text as it is now, each copy by its own name."""
        ids = self.observation.ids
        lines = self._sections[function].printed
        own = short_labels((line.text, -1 if line.op is None else ids.of(line.op)) for line in lines)
        roots = {self.origin[number]: label for number, label in reversed(own.items()) if number in self.origin}
        return {**roots, **own}

    def _edit(self, function: Operation, lines: list[Line] | None) -> Sequence[Edit]:
        """The edits that bring the function's text to `lines` (None: to its text after all passes)."""
        section = self._sections[function]
        if lines is None:
            start, end = self._final[function]
            lines, new = self.observation.after[start:end], self.after[start:end]
        else:
            new = self._numbered(lines)
        section.printed = lines
        edits = edits_between(section.lines, new, section.start)
        if edits:
            self.text[section.start : section.start + len(section.lines)] = new
            grown = len(new) - len(section.lines)
            section.lines = new
            if grown:
                for other in self._sections.values():
                    if other.start > section.start:
                        other.start += grown
        return edits


@dataclass(slots=True)
class _Section:
    """The lines of one op that stands directly in the module, and the place of the first of them."""

    start: int
    lines: Text
    printed: list[Line]


def _spans(lines: Sequence[Line]) -> dict[Operation, tuple[int, int]]:
    """Where each op directly in the module stands: its first line and the one after its last."""
    first: dict[Operation, int] = {}
    last: dict[Operation, int] = {}
    for number, line in enumerate(lines):
        if line.op is not None:
            first.setdefault(line.op, number)
            last[line.op] = number
    module = next(iter(first), None)
    return {op: (start, last[op] + 1) for op, start in first.items() if op.parent_op() is module}
