"""Two schedules side by side: which ops went elsewhere, and what each schedule comes to in numbers."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from typing_extensions import override

from iree_explorer.exploration.comparing.alignment import align
from iree_explorer.exploration.comparing.turns import Turns, turn_words
from iree_explorer.exploration.labels import long_labels
from iree_explorer.files import write_file
from iree_explorer.graph.figures import Figures, figures_of
from iree_explorer.graph.model import NOWHERE, Graph, byte_text

if TYPE_CHECKING:
    from iree_explorer.exploration.comparing.measure import Measured
    from iree_explorer.exploration.explore import Exploration

Difference = Literal["region", "wave", "affinity", "copies", "only before", "only after"]
"""In what an op's place differs; `only …`: it is in one of the two schedules."""
SHOWN = 40
"""Ops in the text of a comparison; a longer list says how many more there are."""
SHOWN_PLACES = 2
"""Places of one op, where it has more than one more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an op, or a copy of it, runs.

    Attributes:
        region, wave: ordinals; `wave` is -1 where the region has none.
        affinity: empty where nobody says.
        turn: the region among the function's regions and the wave among the region's, from 1, in the order in which they
            run: partitioners number theirs from either end. 0: it has none.
    """

    region: int
    wave: int = NOWHERE
    affinity: str = ""
    turn: tuple[int, int] = (0, 0)

    def words(self, *, with_affinity: bool = False) -> str:
        """Such as `region 2, wave 1 on @device_1`, by turns."""
        return turn_words(self.turn) + (f" on {self.affinity}" if self.affinity and with_affinity else "")


@dataclass(frozen=True, slots=True)
class OpDifference:
    """An op that the two schedules place differently.

    Attributes:
        before_op, after_op: its id in each schedule; -1 where it is not in it: the program has no such op, or not any more.
        function: where it is.
        label: the op in a few words.
        differs: in what.
        before, after: its places, one a copy; none on the host.
    """

    before_op: int
    after_op: int
    function: str
    label: str
    differs: tuple[Difference, ...]
    before: tuple[Place, ...]
    after: tuple[Place, ...]

    def places(self) -> tuple[str, str]:
        """Where the op is before and after, in words; affinities where they differ."""
        return self._words(self.before, self.before_op), self._words(self.after, self.after_op)

    def _words(self, places: Sequence[Place], op: int) -> str:
        with_affinity = "affinity" in self.differs
        words = [place.words(with_affinity=with_affinity) for place in places[: SHOWN_PLACES + 1]]
        if len(places) > SHOWN_PLACES + 1:
            words[SHOWN_PLACES:] = [f"{len(places) - SHOWN_PLACES} more"]
        return " and ".join(words) or ("the host" if op != NOWHERE else "not there")

    @override
    def __str__(self) -> str:
        before, after = self.places()
        return f"{self.label}: {before} → {after} ({', '.join(self.differs)})"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of both schedules; values as text for a reader, `change` empty where there is none."""

    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class Comparison:
    """Two explorations, op by op.

    Attributes:
        before, after: the two.
        names: what a reader calls them; what they were scheduled with, where that tells them apart.
        ops: id of an op before → id of the same op after.
        differences: the ops whose region, wave, affinity or number of copies differs, in text order; partitions and
            waves are numbered by each schedule as it likes, so those that share most ops count as the same.
        measured: of runs of both; None: they were not run.
    """

    before: Exploration
    after: Exploration
    names: tuple[str, str]
    ops: Mapping[int, int] = field(repr=False)
    differences: tuple[OpDifference, ...]
    measured: Measured | None = None

    @cached_property
    def figures(self) -> tuple[Figures, Figures]:
        """Static figures of both, over all functions."""
        return figures(self.before), figures(self.after)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All figures as a table."""
        before, after = self.figures
        rows = [
            _row(name, getattr(before, key), getattr(after, key), unit="B" if key == "peak_bytes" else "")
            for name, key in _FIGURES
        ]
        return (*rows, *(self.measured.rows() if self.measured else ()))

    def run(self, function: str = "main", *inputs: Any, workers: int | None = None, repeat: int = 3) -> Comparison:
        """The same comparison with times, bytes and results of both programs, run by turns on the same inputs.

        Args:
            function: its name.
            inputs: as `iree_explorer.run` takes them; what is missing is made up.
            workers: threads; as many as processors.
            repeat: runs of each; the fastest counts.

        Raises:
            InputError: the function or an input does not fit.
            ExecutionError: a run went wrong.
            PassError: one of the programs cannot be scheduled.
        """
        from iree_explorer.exploration.comparing.measure import measure

        return replace(self, measured=measure(self.before, self.after, function, inputs, workers, repeat))

    def to_text(self) -> str:
        """The figures as a table, then the ops that differ."""
        headings = Row("", *self.names, "change")
        cells = [[row.name, row.before, row.after, row.change] for row in (headings, *self.rows)]
        widths = [max(len(line[column]) for line in cells) for column in range(4)]
        lines = ["  ".join(_aligned(line, widths)).rstrip() for line in cells]
        count = len(self.differences)
        lines += ["", f"{count} op{'' if count == 1 else 's'} placed differently" + (":" if count else "")]
        for function, group in groupby(self.differences[:SHOWN], lambda difference: difference.function):
            lines += [f"  in @{function}:", *(f"    {difference}" for difference in group)]
        if count > SHOWN:
            lines.append(f"  and {count - SHOWN} more")
        for name, exploration in zip(self.names, (self.before, self.after), strict=True):
            if exploration.refusal is not None:
                lines += ["", f"{name} was refused: {exploration.refusal}"]
        return "\n".join(lines) + "\n"

    def to_html(self, path: str | Path | None = None) -> str:
        """The stepper with this comparison, as one page that works offline; written to `path`, if there is one."""
        from iree_explorer.exploration.page.comparison import document_with
        from iree_explorer.exploration.page.document import encode_document
        from iree_explorer.exploration.page.html import html_page

        fallback = f"<pre>{html.escape(self.to_text())}</pre>{self.before.static_html()}"
        page = html_page(f"{self.before.title}: compared", encode_document(document_with(self)), fallback)
        if path is not None:
            write_file(path, page)
        return page

    @override
    def __repr__(self) -> str:
        return f"<Comparison of {self.before.title!r}\n{self.to_text()}>"


_FIGURES = (
    ("regions", "regions"),
    ("waves", "waves"),
    ("widest wave", "widest"),
    ("critical path", "critical_path"),
    ("peak bytes", "peak_bytes"),
    ("awaits", "awaits"),
    ("copies", "copies"),
    ("ops in regions", "ops"),
)


def compare_explorations(before: Exploration, after: Exploration, names: tuple[str, str] | None = None) -> Comparison:
    """Compares two schedules. Ops of one program are known by their ids, those of two by what they say."""
    same = before.source is after.source or before.lines_before == after.lines_before
    ops = _identity(before) if same else align(before.lines_before, after.lines_before)
    differences = tuple(_differences(before, after, ops))
    return Comparison(before, after, names or _names(before, after), ops, differences)


def _identity(exploration: Exploration) -> dict[int, int]:
    ids = {op for _, op in exploration.lines_before if op >= 0}
    ids |= {node.op for graph in exploration.graphs for node in graph.nodes}
    return {op: op for op in ids}


def _names(before: Exploration, after: Exploration) -> tuple[str, str]:
    """Titles, or else the options that differ."""
    first, second = before.options, after.options
    pairs = (
        ("favor", first.favor, second.favor),
        ("regions", first.execution, second.execution),
        ("waves", first.concurrency, second.concurrency),
        ("passes", "+".join(first.passes), "+".join(second.passes)),
    )
    apart = [(f"{name} {a}", f"{name} {b}") for name, a, b in pairs if a != b]
    if not apart:
        return (before.title, after.title) if before.title != after.title else ("before", "after")
    old, new = (", ".join(words[side] for words in apart) for side in (0, 1))
    return (old, new) if before.title == after.title else (f"{before.title}, {old}", f"{after.title}, {new}")


def figures(exploration: Exploration) -> Figures:
    """Static figures of a schedule, over all functions."""
    return reduce(lambda sum_, graph: sum_ + figures_of(graph), exploration.graphs, Figures())


# Differences


@dataclass(slots=True)
class _Placed:
    """An op's places in one schedule, and the place of its first node in the text."""

    function: str
    order: int
    places: list[Place]


def _placed(graphs: Sequence[Graph]) -> dict[int, _Placed]:
    found: dict[int, _Placed] = {}
    order = 0
    for graph in graphs:
        turns = Turns.of(graph)
        for node in graph.nodes:
            order += 1
            placed = found.setdefault(node.op, _Placed(graph.function, order, []))
            if node.region != NOWHERE:
                affinity = graph.region(node.region).affinity
                turn = turns.at(node.region, node.wave)
                placed.places.append(Place(node.region, node.wave, affinity, turn))
    return found


def _differences(before: Exploration, after: Exploration, ops: Mapping[int, int]) -> Iterator[OpDifference]:
    first, second = _placed(before.graphs), _placed(after.graphs)
    regions = _counterparts(first, second, ops, _region_key)
    waves = _counterparts(first, second, ops, _wave_key)
    found: list[tuple[int, tuple[int, int], tuple[Difference, ...]]] = []
    for op, placed in first.items():
        new = ops.get(op, NOWHERE)
        other = second.get(new)
        if other is not None:
            differs = tuple(_differs(op, (placed, other), regions, waves))
            if differs:
                found.append((placed.order, (op, new), differs))
        elif placed.places:
            found.append((placed.order, (op, NOWHERE), ("only before",)))
    back = {new: old for old, new in ops.items()}
    for op, placed in second.items():
        if back.get(op, NOWHERE) not in first and placed.places:
            found.append((placed.order, (NOWHERE, op), ("only after",)))
    labels = long_labels(before.lines_before, {op: "" for _, (op, _), _ in found})
    fresh = long_labels(after.lines_before, {op: "" for _, (old, op), _ in found if old == NOWHERE})
    for _, (old, new), differs in sorted(found, key=lambda item: item[0]):
        a, b = first.get(old), second.get(new)
        function = (a or b or _Placed("", 0, [])).function
        label = (labels.get(old) if old != NOWHERE else fresh.get(new)) or f"op {max(old, new)}"
        yield OpDifference(old, new, function, label, differs, _sorted(a), _sorted(b))


def _sorted(placed: _Placed | None) -> tuple[Place, ...]:
    return tuple(sorted(placed.places, key=lambda place: (place.turn, place.affinity))) if placed else ()


Key = tuple[str | int, ...]
"""A region or a wave of a program."""
MakeKey = Callable[[int, str, Place], Key]


def _region_key(_op: int, function: str, place: Place) -> Key:
    return function, place.region


def _wave_key(op: int, function: str, place: Place) -> Key:
    """An op in no wave has a step of its own, as has one alone in a wave."""
    return (function, place.region, place.wave) if place.wave != NOWHERE else (function, place.region, NOWHERE, op)


def _keys(op: int, placed: _Placed, key: MakeKey) -> list[Key]:
    return [key(op, placed.function, place) for place in placed.places]


def _differs(
    op: int, both: tuple[_Placed, _Placed], regions: Mapping[Key, Key], waves: Mapping[Key, Key]
) -> Iterator[Difference]:
    before, after = both
    if {regions.get(key) for key in _keys(op, before, _region_key)} != set(_keys(op, after, _region_key)):
        yield "region"
    if {waves.get(key) for key in _keys(op, before, _wave_key)} != set(_keys(op, after, _wave_key)):
        yield "wave"
    if {place.affinity for place in before.places} != {place.affinity for place in after.places}:
        yield "affinity"
    if len(before.places) != len(after.places):
        yield "copies"


def _counterparts(
    first: Mapping[int, _Placed], second: Mapping[int, _Placed], ops: Mapping[int, int], key: MakeKey
) -> dict[Key, Key]:
    """Region or wave of one schedule → that of the other with which it shares most ops, each taken once."""
    shared: Counter[tuple[Key, Key]] = Counter()
    for op, placed in first.items():
        other = second.get(ops.get(op, NOWHERE))
        if other is not None:
            shared.update((a, b) for a in _keys(op, placed, key) for b in _keys(op, other, key))
    found: dict[Key, Key] = {}
    taken: set[Key] = set()
    for (a, b), _ in sorted(shared.items(), key=lambda item: -item[1]):
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return found


# Words


def _row(name: str, before: int, after: int, unit: str = "") -> Row:

    def show(value: int) -> str:
        return byte_text(value) if unit == "B" else f"{value:,}"

    if before == after:
        return Row(name, show(before), show(after), "")
    sign = "+" if after > before else "−"
    share = f" ({percent(before, after)})" if before else ""
    return Row(name, show(before), show(after), f"{sign}{show(abs(after - before))}{share}")


def percent(before: float, after: float) -> str:
    """The change, such as `−12%`; empty where there was nothing."""
    return f"{'+' if after > before else '−'}{abs(after - before) / before:.0%}" if before else ""


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Names to the left, figures to the right."""
    first, *rest = (
        cell.ljust(w) if n == 0 else cell.rjust(w) for n, (cell, w) in enumerate(zip(cells, widths, strict=True))
    )
    return [first, *rest]
