"""Stages of an observation: one pass over one function each, with its steps, its texts, and its place in the module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from xdsl.ir import Operation

from iree_explorer.exploration.edits import Edit, Text, edits_between
from iree_explorer.exploration.labels import short_labels
from iree_explorer.exploration.observe import Moment, Observation
from iree_explorer.graph.model import NOWHERE
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.trace.steps import Began, Rewritten
from iree_explorer.syntax import Line

_ON_THE_WAY = ("outlined", "rewritten")
"""Moments that end no stage."""


class StageEdits(NamedTuple):
    """What a pass did to the text.

    Attributes:
        changes: on the way: the number of steps before that moment, and its edits.
        ending: edits of the pass's end.
    """

    changes: Sequence[tuple[int, Sequence[Edit]]]
    ending: Sequence[Edit]

    def all(self) -> Iterator[Edit]:
        """All edits, in order."""
        for _, edits in self.changes:
            yield from edits
        yield from self.ending


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over one function.

    Attributes:
        function: the function op.
        scope: the pass.
        first, end: trace steps `first <= i < end`.
        shown: the numbers of steps before the moments on the way at which the text is known.
        labels: op id → the op's name in the text when the pass began.
    """

    function: Operation
    scope: Scope
    first: int
    end: int
    shown: Sequence[int]
    labels: Mapping[int, str]
    _edits: Callable[[], StageEdits]

    @property
    def edits(self) -> StageEdits:
        """What the pass did to the text; found out when any stage is first asked for it."""
        return self._edits()

    @property
    def has_edits(self) -> bool:
        """Whether the pass changed the text."""
        return next(self.edits.all(), None) is not None


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


class StageReader:
    """Reads the stages off the moments of an observation.

    What they did to the text is found out when it is asked for: it takes the text after the passes, which is long in printing.

    Attributes:
        before: the text before the passes.
    """

    def __init__(self, observation: Observation, origin: Mapping[int, int]) -> None:
        self.observation = observation
        self.origin = origin
        self.before = self._numbered(observation.before)

    @cached_property
    def after(self) -> Text:
        """The text after the passes; where they refused, `before`."""
        observation = self.observation
        return self.before if observation.after is observation.before else self._numbered(observation.after)

    def _numbered(self, lines: Sequence[Line]) -> Text:
        """The lines with op ids, those of copies replaced by those of their origins."""
        return [(line.text, NOWHERE if line.op is None else self._owner(line.op)) for line in lines]

    def _owner(self, op: Operation) -> int:
        number = self.observation.ids.known(op)
        return NOWHERE if number is None else self.origin.get(number, number)

    def stages(self) -> Iterator[Stage]:
        """All stages in order."""
        number, first = 0, 0
        shown: list[int] = []
        labels: Mapping[int, str] | None = None
        lines = self.observation.before
        printed: dict[Operation, Sequence[Line]] = {op: lines[at:end] for op, (at, end) in _spans(lines).items()}
        for moment in self.observation.moments:
            if labels is None:
                labels = self._labels(printed[moment.function])
            if moment.lines is not None:
                printed[moment.function] = moment.lines
            if moment.name in _ON_THE_WAY:
                shown.append(moment.steps)
            elif moment.name != "before":
                scope: Scope = "execution" if moment.name == "cleaned" else "concurrency"
                edits = partial(self._edits_of, number)
                yield Stage(moment.function, scope, first, moment.steps, shown, labels, edits)
                number, first, shown, labels = number + 1, moment.steps, [], None
        if first < len(self.observation.trace):
            yield self._unfinished(number, first, shown, printed)

    def _unfinished(
        self, number: int, first: int, shown: Sequence[int], printed: Mapping[Operation, Sequence[Line]]
    ) -> Stage:
        """The stage in which the program was refused."""
        trace = self.observation.trace
        began = next(step for step in trace.steps[first:] if isinstance(step, Began))
        function = self.observation.ids.ops()[began.function]
        labels = self._labels(printed[function])
        return Stage(function, began.scope, first, len(trace), shown, labels, partial(self._edits_of, number))

    def _labels(self, lines: Sequence[Line]) -> Mapping[int, str]:
        """How the ops of a function are called in these lines of it, each copy by its own name."""
        ids = self.observation.ids
        own = short_labels((line.text, -1 if line.op is None else ids.of(line.op)) for line in lines)
        roots = {self.origin[number]: label for number, label in reversed(own.items()) if number in self.origin}
        return {**roots, **own}

    # What the stages did to the text

    @property
    def text(self) -> Text:
        """What the edits of all stages make of `before`."""
        return self._edited[1]

    def remaining_edits(self) -> list[Edit]:
        """What is still to be edited after all stages: lines outside of functions, names of aliases."""
        return edits_between(self.text, self.after) if self.text != self.after else []

    def _edits_of(self, number: int) -> StageEdits:
        return self._edited[0][number]

    @cached_property
    def _edited(self) -> tuple[Sequence[StageEdits], Text]:
        """The edits of every stage, and what they make of `before`."""
        changing = _Changing(list(self.before), _sections(self.observation.before, self.before))
        found: list[StageEdits] = []
        changes: list[tuple[int, Sequence[Edit]]] = []
        for moment in self.observation.moments:
            if moment.name == "before":
                continue
            edits = changing.edit(moment.function, self._lines_at(moment))
            if moment.name in _ON_THE_WAY:
                changes.append((moment.steps, edits))
            else:
                found.append(StageEdits(changes, edits))
                changes = []
        return [*found, StageEdits(changes, ())], changing.text

    def _lines_at(self, moment: Moment) -> Text:
        """The lines of a moment's function then."""
        if moment.lines is not None:
            return self._numbered(moment.lines)
        start, end = self._final[moment.function]
        return self.after[start:end]

    @cached_property
    def _final(self) -> Mapping[Operation, tuple[int, int]]:
        return _spans(self.observation.after)


@dataclass(slots=True)
class _Section:
    """The lines of one op that stands directly in the module, and the place of the first of them."""

    start: int
    lines: Text


@dataclass(slots=True)
class _Changing:
    """A module's text, which changes one function at a time."""

    text: Text
    sections: Mapping[Operation, _Section]

    def edit(self, function: Operation, new: Text) -> Sequence[Edit]:
        """The edits that bring the function's text to `new`; makes them."""
        section = self.sections[function]
        edits = edits_between(section.lines, new, section.start)
        if edits:
            self.text[section.start : section.start + len(section.lines)] = new
            grown = len(new) - len(section.lines)
            section.lines = new
            if grown:
                for other in self.sections.values():
                    if other.start > section.start:
                        other.start += grown
        return edits


def _sections(lines: Sequence[Line], text: Text) -> dict[Operation, _Section]:
    return {op: _Section(start, text[start:end]) for op, (start, end) in _spans(lines).items()}


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
