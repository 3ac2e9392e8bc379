"""Which affinities go together, remembered: a program has few of them, and asks for every op and partition."""

from __future__ import annotations

from xdsl.ir import Attribute

from iree_explorer.ir.interfaces import AffinityAttr, can_execute_together


class JoinedAffinities:
    """Answers for pairs of affinities, None standing for an op or partition that does not say where it runs.

    Affinities are told apart as objects: those of a block that are equal are one (`BlockFacts.affinities`).
    """

    def __init__(self) -> None:
        self._joinable: dict[tuple[int, int], bool] = {}
        self._joined: dict[tuple[int, int], Attribute | None] = {}

    def can_join(self, wanted: Attribute | None, affinity: Attribute | None) -> bool:
        """`can_execute_together`: whether an op that wants one may join a partition of the other."""
        if wanted is affinity or wanted is None or affinity is None:
            return True
        key = id(wanted), id(affinity)
        known = self._joinable.get(key)
        if known is None:
            known = self._joinable[key] = can_execute_together(wanted, affinity)
        return known

    def join(self, a: Attribute | None, b: Attribute | None) -> Attribute | None:
        """Where ops of both can run, `a` itself where that is the same place; None: nobody says."""
        if a is None:
            return b
        key = id(a), id(b)
        if key not in self._joined:
            joined = a
            if isinstance(a, AffinityAttr) and (b is None or isinstance(b, AffinityAttr)):
                joined = a.join_and(b)
            self._joined[key] = a if joined == a else joined
        return self._joined[key]
