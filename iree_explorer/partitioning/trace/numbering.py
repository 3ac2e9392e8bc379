"""Steps told with partitions numbered by creation → the same with the numbers that readers see: 0 is the first to run.

Algorithms number partitions as they open them, and some open the last one first; in which order they run is known only once
all are there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from iree_explorer.partitioning.trace.reasons import NO_ORDINALS, Candidate, Ordinals, User, Why
from iree_explorer.partitioning.trace.steps import Cloned, Flushed, Opened, Placed, Step, Weighed


class Numbering:
    """From the numbers of one block's partitions by creation to those in the order in which they run.

    Args:
        order: the partitions' numbers by creation, 0 to `len(order) - 1`, as they run. What has any other number keeps it.
    """

    def __init__(self, order: Sequence[int]) -> None:
        self._count = len(order)
        self._places = {ordinal: place for place, ordinal in enumerate(order)}
        self._ones = [*map(Ordinals.one, map(self._places.__getitem__, range(self._count)))]
        self._is_same = all(ordinal == place for ordinal, place in self._places.items())
        self._is_reversed = all(ordinal + place == self._count - 1 for ordinal, place in self._places.items())
        self._renumber: Mapping[type[Step], Callable[[Any], Step]] = {
            Opened: self._opened,
            Placed: self._placed,
            Cloned: self._cloned,
            Flushed: self._flushed,
            Weighed: self._weighed,
        }

    def steps(self, steps: Sequence[Step]) -> Sequence[Step]:
        """The steps, with the new numbers wherever one speaks of partitions."""
        if self._is_same:
            return steps
        renumber = self._renumber
        return [renumber[type(step)](step) if type(step) in renumber else step for step in steps]

    def one(self, ordinal: int) -> int:
        """The new number of a partition."""
        return self._places.get(ordinal, ordinal)

    def all(self, ordinals: Ordinals) -> Ordinals:
        """The new numbers of some partitions."""
        first, end, count = ordinals.start, ordinals.end, self._count
        if ordinals.rest or end > count:
            return self._scattered(ordinals)
        if end - first == 1:
            return self._ones[first]
        if first == end:
            return ordinals
        return Ordinals(count - end, count - first) if self._is_reversed else self._scattered(ordinals)

    def _scattered(self, ordinals: Ordinals) -> Ordinals:
        first, end, rest = ordinals.start, ordinals.end, ordinals.rest
        width = rest.bit_length()
        if self._is_reversed and end + width <= self._count:
            turned = int(f"{rest:b}"[::-1], 2) | (1 << end - first) - 1 << width
            return Ordinals.of_bits(turned, self._count - end - width)
        count = self._count
        bits = (1 << end) - (1 << first) | rest << end
        others = bits >> count << count
        known = f"{bits ^ others:0{count}b}"  # the highest number first
        turned = "".join([known[count - 1 - ordinal] for ordinal in self._places])[::-1]
        return Ordinals.of_bits(others | int(turned or "0", 2))

    # One kind of step each

    def _opened(self, step: Opened) -> Opened:
        return Opened(step.op, self.one(step.partition), step.because)

    def _placed(self, step: Placed) -> Placed:
        return Placed(step.op, self.one(step.partition), step.because)

    def _cloned(self, step: Cloned) -> Cloned:
        return Cloned(step.op, tuple(map(self.one, step.partitions)))

    def _flushed(self, step: Flushed) -> Flushed:
        return Flushed(step.op, self.all(step.partitions), step.side)

    def _weighed(self, step: Weighed) -> Weighed:
        renumbered = self.all
        users = [
            User(user.op, user.relation, renumbered(user.partitions), renumbered(user.downstream), user.overlap)
            for user in step.users
        ]
        candidates = [
            Candidate(renumbered(each.partitions), each.verdict, each.why and self._why(each.why))
            for each in step.candidates
        ]
        return Weighed(step.op, tuple(users), tuple(candidates))

    def _why(self, why: Why) -> Why:
        if why.partitions is NO_ORDINALS:
            return why
        return Why(why.rule, why.ops, self.all(why.partitions), why.words, why.overlaps)
