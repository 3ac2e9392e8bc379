"""Which ops two schedules place differently, and in what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

from iree_explorer.exploration.explored import Explored
from iree_explorer.exploration.labels import long_labels
from iree_explorer.graph.model import NOWHERE, Graph

Difference = Literal["region", "wave", "affinity", "copies", "only before", "only after"]
"""In what an op's place differs; `only …`: it is in one of the two schedules."""
SHOWN_PLACES = 2
"""Places of one op, where it has more than one more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an op, or a copy of it, runs.

    Attributes:
        region, wave: ordinals; `wave` is -1 where the region has none.
        affinity: empty where nobody says.
        label: what the region is called.
    """

    region: int
    wave: int = NOWHERE
    affinity: str = ""
    label: str = ""

    def words(self, differs: Sequence[Difference]) -> str:
        """Such as `partition 2, wave 1 on @device_1`: an affinity where it differs, `no wave` where waves do."""
        wave = f", wave {self.wave}" if self.wave != NOWHERE else ", no wave" if "wave" in differs else ""
        return self.label + wave + (f" on {self.affinity}" if self.affinity and "affinity" in differs else "")


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
        """Where the op is before and after, in words; affinities where they differ. Of equal numbers, that the ops there differ."""
        before, after = self._words(self.before, self.before_op), self._words(self.after, self.after_op)
        return before, after if after != before else f"{after}, with other ops"

    def _words(self, places: Sequence[Place], op: int) -> str:
        words = [place.words(self.differs) for place in places[: SHOWN_PLACES + 1]]
        if len(places) > SHOWN_PLACES + 1:
            words[SHOWN_PLACES:] = [f"{len(places) - SHOWN_PLACES} more"]
        return " and ".join(words) or ("the host" if op != NOWHERE else "not there")

    @override
    def __str__(self) -> str:
        before, after = self.places()
        return f"{self.label}: {before} → {after} ({', '.join(self.differs)})"


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
        for node in graph.nodes:
            order += 1
            placed = found.setdefault(node.op, _Placed(graph.function, order, []))
            if node.region != NOWHERE:
                region = graph.region(node.region)
                placed.places.append(Place(node.region, node.wave, region.affinity, region.label))
    return found


def differences_between(before: Explored, after: Explored, ops: Mapping[int, int]) -> Iterator[OpDifference]:
    """The ops placed differently, in text order; `ops`: id before → id after of what is the same op."""
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
    labels = long_labels(before.lines_before, {op for _, (op, _), _ in found})
    fresh = long_labels(after.lines_before, {op for _, (old, op), _ in found if old == NOWHERE})
    for _, (old, new), differs in sorted(found, key=lambda item: item[0]):
        a, b = first.get(old), second.get(new)
        function = (a or b or _Placed("", 0, [])).function
        label = (labels.get(old) if old != NOWHERE else fresh.get(new)) or f"op {max(old, new)}"
        yield OpDifference(old, new, function, label, differs, _sorted(a), _sorted(b))


def _sorted(placed: _Placed | None) -> tuple[Place, ...]:
    return tuple(sorted(placed.places, key=lambda place: (place.region, place.wave, place.affinity))) if placed else ()


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
    """Region or wave of one schedule → that of the other with which it shares most ops, each taken once.

    Of several with which it shares as many, the one of the same number: then fewest ops seem to have moved.
    """
    shared: Counter[tuple[Key, Key]] = Counter()
    for op, placed in first.items():
        other = second.get(ops.get(op, NOWHERE))
        if other is not None:
            shared.update((a, b) for a in _keys(op, placed, key) for b in _keys(op, other, key))
    found: dict[Key, Key] = {}
    taken: set[Key] = set()
    for (a, b), _ in sorted(shared.items(), key=_best_first):
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return found


def _best_first(shared: tuple[tuple[Key, Key], int]) -> tuple[int, bool]:
    (a, b), count = shared
    return -count, a[-1] != b[-1]
