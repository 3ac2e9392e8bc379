"""Waves that are as few as they can be, and filled with an eye on memory.

The ops of an execution region form a graph: an op must be in a later wave than those whose bytes it touches. No schedule
has fewer waves than the longest chain of that graph; this one never has more. What freedom is left, an op between its
first and its last possible wave, goes to memory, or to waves of equal width:

* favoring little memory, an op runs at its first wave where that frees as many bytes as it takes (what it reads last is
  as big as what it makes), and otherwise as late as the ops that wait for it allow;
* favoring concurrency, ops move to the front until no wave is wider than it needs to be.

The reference, favoring little memory, makes up to twice the waves (two independent chains of ten ops: nineteen), and
favoring concurrency starts everything as late as it can, whatever it keeps alive.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Protocol

from xdsl.ir import Operation, SSAValue

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.values import value_size
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.interfaces import tied_base_value
from iree_explorer.partitioning.partition import PartitionSet, close_partition

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.steps import Because


class BalancedWatcher(Protocol):
    """Is told of each decision as it is made; it decides nothing. Ops are known by their places in the block."""

    def skipped(self, place: int) -> None:
        """The op is in no wave."""
        ...

    def placed(self, place: int, wave: int, because: Because) -> None:
        """The op goes into a wave, which is empty so far if the op is its first."""
        ...


class BalancedRun:
    """One walk over the waves of an execution region, first to last. Ops are known by their places in the block.

    Attributes:
        facts: of the block.
        precedence: what has to wait for what.
        waves: ops of each wave, in the order in which they were put there.
        earliest: op → its first possible wave, given where the ops before it went.
        latest: op → its last possible wave without one more of them.
        watcher: is told what is decided; None: nobody watches.
    """

    def __init__(self, facts: BlockFacts, *, evenly: bool) -> None:
        self.facts = facts
        self.precedence = facts.precedence
        self.earliest = self._earliest_waves()
        count = max(
            (wave + 1 for wave, works in zip(self.earliest, self.precedence.works, strict=True) if works), default=0
        )
        self.latest = self._latest_waves(count)
        self.waves: list[list[int]] = [[] for _ in range(count)]
        self.watcher: BalancedWatcher | None = None
        self._memory = None if evenly else _Memory(facts)
        self._waiting = [len(edges) for edges in self.precedence.ins]
        self._wave = 0
        self._ready: list[tuple[int, int]] = []  # By last possible wave: what may run now; may have been put already.
        self._coming: dict[int, list[int]] = {}  # Wave → ops that may run from there on.
        self._done = [False] * len(facts.ops)

    def _earliest_waves(self) -> list[int]:
        earliest = [0] * len(self.facts.ops)
        for place, edges in enumerate(self.precedence.ins):
            earliest[place] = max((earliest[e.before] + e.distance for e in edges), default=0)
        return earliest

    def _latest_waves(self, count: int) -> list[int]:
        """Ops that do no work, the terminator among them, hold nobody up: they may come after the last wave."""
        latest = [count - 1 if works else count for works in self.precedence.works]
        for place in reversed(range(len(latest))):
            edges = self.precedence.outs[place]
            latest[place] = min([latest[place], *(latest[e.after] - e.distance for e in edges)])
        return latest

    def fill_all(self) -> None:
        """Puts every op that works into a wave."""
        for place, waiting in enumerate(self._waiting):
            if not waiting:
                self._may_run(place)
        left = sum(self.precedence.works)
        for wave, members in enumerate(self.waves):
            self._wave = wave
            for place in self._coming.pop(wave, ()):
                self._offer(place)
            self._fill(members, width=-(-left // (len(self.waves) - wave)))
            left -= len(members)

    def close(self) -> PartitionSet:
        """The waves, first to run first; their ordinals are in that order, too."""
        ops = self.facts.ops
        waves = [[ops[place] for place in sorted(wave, reverse=True)] for wave in self.waves]
        return PartitionSet(tuple(close_partition(ordinal, wave) for ordinal, wave in enumerate(waves)))

    def _fill(self, members: list[int], width: int) -> None:
        """What must run now does, then what pays; an op that was put may let others of the same wave follow."""
        while self._ready and self._ready[0][0] <= self._wave:
            self._put(heappop(self._ready)[1], "last in time")
        if self._memory is None:
            while self._ready and len(members) < width:
                self._put(heappop(self._ready)[1], "has room")
            return
        while (place := self._memory.pop_paying()) is not None:
            self._put(place, "frees memory")
            while self._ready and self._ready[0][0] <= self._wave:
                self._put(heappop(self._ready)[1], "last in time")

    def _put(self, place: int, because: Because) -> None:
        if self._done[place]:
            return
        if self.watcher is not None:
            self.watcher.placed(place, self._wave, because)
        self.waves[self._wave].append(place)
        self.earliest[place] = self._wave
        self._is_done(place)

    def _is_done(self, place: int) -> None:
        """Lets the ops that waited for it run, where they wait for nothing else."""
        pending = [place]
        while pending:
            done = pending.pop()
            self._done[done] = True
            if self._memory is not None:
                self._memory.is_done(done)
            for edge in self.precedence.outs[done]:
                self._waiting[edge.after] -= 1
                if not self._waiting[edge.after]:
                    self._may_run(edge.after)

    def _may_run(self, place: int) -> None:
        wave = max((self.earliest[e.before] + e.distance for e in self.precedence.ins[place]), default=0)
        self.earliest[place] = wave
        if not self.precedence.works[place]:
            if self.watcher is not None:
                self.watcher.skipped(place)
            self._is_done(place)
        elif wave <= self._wave:
            self._offer(place)
        else:
            self._coming.setdefault(wave, []).append(place)

    def _offer(self, place: int) -> None:
        heappush(self._ready, (self.latest[place], place))
        if self._memory is not None:
            self._memory.offer(place)


class _Memory:
    """Which of the ops that may run free at least as many bytes as they take.

    An op takes the storage of what it makes, and frees that of which it is the last user. Sizes that are no constants
    count as the mean of those that are.
    """

    def __init__(self, facts: BlockFacts) -> None:
        self._bytes: dict[SSAValue, int | None] = {}
        self._users: dict[SSAValue, list[int]] = {}  # Storage → how many ops use it still, and the sum of their places.
        self._made: list[list[SSAValue]] = [[] for _ in facts.ops]
        self._used: list[list[SSAValue]] = [[] for _ in facts.ops]
        self._offered: set[int] = set()
        self._paying: list[int] = []
        for place, op in enumerate(facts.ops):
            self._note(place, op)
        known = [size for size in self._bytes.values() if size is not None]
        self._usual = sum(known) // len(known) if known else 1

    def _note(self, place: int, op: Operation) -> None:
        used = {tied_base_value(v): None for v in op.operands if isinstance(v.type, ResourceType)}
        for result in op.results:
            if isinstance(result.type, ResourceType) and tied_base_value(result) is result:
                self._bytes[result] = value_size(result)
                self._users[result] = [0, 0]
                self._made[place].append(result)
        for storage in used:
            if (users := self._users.get(storage)) is not None:
                users[0] += 1
                users[1] += place
                self._used[place].append(storage)

    def offer(self, place: int) -> None:
        """The op may run from now on."""
        self._offered.add(place)
        if self._balance(place) <= 0:
            heappush(self._paying, place)

    def is_done(self, place: int) -> None:
        """The op ran: who uses its operands last may pay now."""
        self._offered.discard(place)
        for storage in self._used[place]:
            users = self._users[storage]
            users[0] -= 1
            users[1] -= place
            if users[0] == 1 and users[1] in self._offered and self._balance(users[1]) <= 0:
                heappush(self._paying, users[1])

    def pop_paying(self) -> int | None:
        """The first op of the block that may run and pays; None: none does."""
        while self._paying:
            place = heappop(self._paying)
            if place in self._offered:
                return place
        return None

    def _balance(self, place: int) -> int:
        """Bytes taken less bytes freed."""
        freed = sum(self._size(s) for s in self._used[place] if self._users[s][0] == 1)
        return sum(map(self._size, self._made[place])) - freed

    def _size(self, storage: SSAValue) -> int:
        size = self._bytes[storage]
        return self._usual if size is None else size
