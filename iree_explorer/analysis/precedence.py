"""Which ops of an execution region have to run before which others, and which of them may still run at once.

Sharper than `hazards`, which answers as IREE does: bounds that are constants are compared as numbers, and storage that
was handed on from value to value by ties is one storage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.hazards import Conflict, HazardAnalysis
from iree_explorer.analysis.op_facts import consumed_values, is_constant
from iree_explorer.analysis.values import constant_of
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.interfaces import AsyncAccessRange, StreamableOpInterface, tied_base_value

_FENCE_AT = 256
"""So many writes of one storage that touch nothing in common, and the next is ordered after all of them."""

Bound = int | SSAValue


@dataclass(frozen=True, slots=True)
class Edge:
    """Op number `before` of the block does not run after op number `after`.

    Attributes:
        before, after: places in the block; `before < after`.
        conflict: the bytes that both touch; None: `after` uses a result of `before`, but other bytes of it.
        distance: by how many waves the two are apart at least: 1 where `before` does work on bytes in conflict, else 0.
    """

    before: int
    after: int
    conflict: Conflict | None
    distance: int


@dataclass(frozen=True, slots=True)
class _Access:
    """One op's access of one storage; `touched` None: all of it, for all that is known."""

    place: int
    resource: SSAValue
    start: Bound | None
    end: Bound | None
    writes: bool
    touched: AsyncAccessRange | None

    def is_apart_from(self, other: _Access) -> bool:
        """Whether both provably touch no common byte."""
        return _is_at_most(self.end, other.start) or _is_at_most(other.end, self.start)

    def covers(self, other: _Access) -> bool:
        """Whether all that `other` touches is touched here."""
        return self.start is None or (_is_at_most(self.start, other.start) and _is_at_most(other.end, self.end))


@dataclass(slots=True)
class _Storage:
    """What the ops so far did to one storage: all that a later access can still be in conflict with."""

    writes: list[_Access] = field(default_factory=list[_Access])
    reads: list[_Access] = field(default_factory=list[_Access])


class Precedence:
    """The edges between the ops of a block, by place; they point down the block. Constants have none.

    Attributes:
        works: for each op whether it does any work, and so has a wave.
        ins: for each op the edges that end at it.
        outs: for each op the edges that start at it.
    """

    def __init__(self, ops: Sequence[Operation], hazards: HazardAnalysis) -> None:
        self.works = [_is_work(op) for op in ops]
        self.ins: list[list[Edge]] = [[] for _ in ops]
        self.outs: list[list[Edge]] = [[] for _ in ops]
        self._ops = ops
        self._hazards = hazards
        self._place_of: dict[Operation, int] = {}
        """Of each op visited that is no constant."""
        self._storages: dict[SSAValue, _Storage] = {}
        self._bases: dict[SSAValue, SSAValue] = {}
        self._bounds: dict[SSAValue, Bound] = {}
        for place, op in enumerate(ops):
            if not is_constant(op):
                self._visit(place, op)
                self._place_of[op] = place

    def _visit(self, place: int, op: Operation) -> None:
        found: dict[int, Conflict | None] = {}
        for value in consumed_values(op):
            maker = value.owner
            before = self._place_of.get(maker) if isinstance(maker, Operation) else None
            if before is not None:
                found[before] = None
        for base, access in self._accesses(place, op):
            storage = self._storages.setdefault(base, _Storage())
            for other in self._in_conflict(storage, access):
                if other.place != place and found.get(other.place) is None:
                    found[other.place] = self._conflict(other, access)
        for before, conflict in found.items():
            edge = Edge(before, place, conflict, int(conflict is not None and self.works[before]))
            self.ins[place].append(edge)
            self.outs[before].append(edge)

    def _accesses(self, place: int, op: Operation) -> list[tuple[SSAValue, _Access]]:
        ranges = self._hazards.ranges_of(op)
        if ranges is None:
            values = [v for v in (*consumed_values(op), *op.results) if isinstance(v.type, ResourceType)]
            return [(self._base_of(value), _Access(place, value, None, None, True, None)) for value in values]
        accesses: dict[tuple[SSAValue, Bound, Bound], tuple[SSAValue, _Access]] = {}
        for touched in ranges:
            start: Bound = 0 if touched.start is None else self._bound_of(touched.start)
            end = self._bound_of(touched.end)
            base = self._base_of(touched.resource)
            known = accesses.get((base, start, end))
            if known is None or (not touched.is_read_only and not known[1].writes):
                access = _Access(place, touched.resource, start, end, not touched.is_read_only, touched)
                accesses[base, start, end] = base, access
        return list(accesses.values())

    def _base_of(self, value: SSAValue) -> SSAValue:
        """The first value with this storage."""
        base = self._bases.get(value)
        if base is None:
            base = self._bases[value] = tied_base_value(value)
        return base

    def _bound_of(self, value: SSAValue) -> Bound:
        bound = self._bounds.get(value)
        if bound is None:
            constant = constant_of(value)
            bound = self._bounds[value] = value if constant is None else constant
        return bound

    def _in_conflict(self, storage: _Storage, access: _Access) -> list[_Access]:
        """Notes the access; returns the earlier ones that it must wait for."""
        if not access.writes:
            storage.reads.append(access)
            return [other for other in storage.writes if not other.is_apart_from(access)]
        earlier = [*storage.writes, *storage.reads]
        if len(storage.writes) >= _FENCE_AT:
            storage.writes, storage.reads = [_Access(access.place, access.resource, None, None, True, None)], []
            return earlier
        storage.writes = [other for other in storage.writes if not access.covers(other)]
        storage.reads = [other for other in storage.reads if not access.covers(other)]
        storage.writes.append(access)
        return [other for other in earlier if not other.is_apart_from(access)]

    def _conflict(self, earlier: _Access, later: _Access) -> Conflict:
        ops = self._ops
        return Conflict(ops[earlier.place], ops[later.place], later.resource, earlier.touched, later.touched)


def _is_at_most(a: Bound | None, b: Bound | None) -> bool:
    """Whether `a <= b` is certain; None is a bound of which nothing is known."""
    if isinstance(a, int) and isinstance(b, int):
        return a <= b
    return a is not None and a is b


def _is_work(op: Operation) -> bool:
    return isinstance(op, StreamableOpInterface) and not op.is_metadata() and not is_constant(op)
