"""The longest chain of ops of a run that had to wait for each other."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from iree_explorer.execution.recording.span import Span


def critical_path(spans: Sequence[Span], edges: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Places of the spans on the longest chain of spans that had to wait for each other, first to last.

    A span waits for the items before it in its region; a region waits for those whose timepoints it awaits. Such waits are
    never for what ends later, so the chain takes at most as long as the run.

    Args:
        spans: by start.
        edges: pairs of regions `(before, after)`: the second awaited the first.
    """
    chain = _Chain(spans)
    awaited: dict[int, list[int]] = {}
    for before, after in edges:
        awaited.setdefault(after, []).append(before)
    ends: dict[int, int] = {}
    by_region = _by_region(spans)
    for region in sorted({*by_region, *awaited}):
        before = chain.longest(ends.get(other, -1) for other in awaited.get(region, ()))
        ends[region] = chain.through(by_region.get(region, ()), before)
    return chain.back_from(chain.longest(ends.values()))


def _by_region(spans: Sequence[Span]) -> dict[int, list[int]]:
    """Places of the spans of each region, by start; regions await only those of lower numbers."""
    found: dict[int, list[int]] = {}
    for place in sorted(range(len(spans)), key=lambda place: spans[place].start):
        found.setdefault(spans[place].region, []).append(place)
    return found


class _Chain:
    """For each span the longest chain that ends with it; a place of -1 is no span."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._length = [0] * len(spans)
        self._before = [-1] * len(spans)

    def longest(self, places: Iterable[int]) -> int:
        """Which of some spans ends the longest chain; the first of several."""
        return max((place for place in places if place >= 0), key=self._length.__getitem__, default=-1)

    def through(self, places: Sequence[int], before: int) -> int:
        """Puts the spans of a region behind `before`, item by item; the one that ends the longest chain, or `before`."""
        for _, wave in groupby(
            places, key=lambda place: (self._spans[place].wave, place * (self._spans[place].wave < 0))
        ):
            last = before
            for place in wave:
                self._before[place] = before
                self._length[place] = self._spans[place].duration + (self._length[before] if before >= 0 else 0)
                last = self.longest((last, place))
            before = last
        return before

    def back_from(self, place: int) -> tuple[int, ...]:
        """The chain that ends with a span, first to last."""
        path: list[int] = []
        while place >= 0:
            path.append(place)
            place = self._before[place]
        return tuple(reversed(path))
