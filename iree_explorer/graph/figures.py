"""What a schedule comes to in numbers, read off its graph: how much, how wide, how long, how many bytes at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iree_explorer.graph.model import NOWHERE, Graph, Node, Region

_NO_WORK = frozenset({"constant", "slice"})


@dataclass(frozen=True, slots=True)
class Figures:
    """Static figures of a schedule.

    Attributes:
        regions: execution regions.
        waves: waves of all regions; 0 before concurrency was scheduled.
        widest: ops in the widest wave.
        critical_path: steps on the longest chain of regions that wait for each other: a region counts its waves, one
            without waves its ops, as they run one after the other; constants and views count nothing.
        peak_bytes: the most bytes that results hold at once, if regions run one after the other in text order; a result
            holds its bytes from its wave to its last user's (to the end, where nobody in the function uses it), and
            one that is tied to an operand reuses its bytes. A lower bound: results of unknown size count nothing.
        unsized: results of unknown size.
        awaits: timepoints that regions wait for.
        copies: further copies of ops.
        ops: ops in regions.
    """

    regions: int = 0
    waves: int = 0
    widest: int = 0
    critical_path: int = 0
    peak_bytes: int = 0
    unsized: int = 0
    awaits: int = 0
    copies: int = 0
    ops: int = 0

    def __add__(self, other: Figures) -> Figures:
        """Of two functions: sums, but the larger of what is a most."""
        return Figures(
            self.regions + other.regions,
            self.waves + other.waves,
            max(self.widest, other.widest),
            max(self.critical_path, other.critical_path),
            max(self.peak_bytes, other.peak_bytes),
            self.unsized + other.unsized,
            self.awaits + other.awaits,
            self.copies + other.copies,
            self.ops + other.ops,
        )


def figures_of(graph: Graph) -> Figures:
    """The figures of one function; linear in nodes and edges."""
    waves = [wave for region in graph.regions for wave in region.waves]
    storages = _Storages(graph)
    return Figures(
        regions=len(graph.regions),
        waves=len(waves),
        widest=max((len(wave.nodes) for wave in waves), default=0),
        critical_path=_critical_path(graph),
        peak_bytes=storages.peak(),
        unsized=storages.unsized,
        awaits=sum(len(region.awaits) for region in graph.regions),
        copies=sum(node.origin != NOWHERE and node.region != NOWHERE for node in graph.nodes),
        ops=sum(len(region.nodes) for region in graph.regions),
    )


def longest_chain(graph: Graph) -> tuple[int, ...]:
    """The longest chain of ops of regions that do work and need each other: no schedule of them has a shorter critical path.

    It may lead through the host, whose steps count nothing. Of several the one that the text has first at its end; places in
    `Graph.nodes`, in the order in which they run. Linear in nodes and edges.
    """
    before, _ = graph.neighbours()
    length: list[int] = []
    previous: list[int] = []
    for node in graph.nodes:  # edges go forward
        source = max(before[node.id], key=lambda other: (length[other], -other), default=NOWHERE)
        length.append((length[source] if source != NOWHERE else 0) + _does_work(node))
        previous.append(source)
    at = max(range(len(length)), key=lambda node: (length[node], -node), default=NOWHERE)
    found: list[int] = []
    while at != NOWHERE:
        if _does_work(graph.nodes[at]):
            found.append(at)
        at = previous[at]
    return tuple(reversed(found))


def _does_work(node: Node) -> bool:
    return node.region != NOWHERE and node.kind not in _NO_WORK


def _critical_path(graph: Graph) -> int:
    """Steps on the longest chain. A region is done when its own steps are, after all that it needs."""
    own = {region.ordinal: _steps_of(graph, region) for region in graph.regions}
    before, _ = graph.neighbours()
    waits: dict[int, int] = {}
    done: list[int] = []
    for node in graph.nodes:  # edges go forward, so all that a node needs is known
        needed = max((_end(graph, source, waits, own, done) for source in before[node.id]), default=0)
        if node.region != NOWHERE:
            outside = max(
                (
                    _end(graph, source, waits, own, done)
                    for source in before[node.id]
                    if graph.nodes[source].region != node.region
                ),
                default=0,
            )
            waits[node.region] = max(waits.get(node.region, 0), outside)
        done.append(needed)
    ends = [waits.get(ordinal, 0) + steps for ordinal, steps in own.items()]
    return max([0, *ends])


def _end(graph: Graph, node: int, waits: dict[int, int], own: dict[int, int], done: Sequence[int]) -> int:
    """When what a node makes is there: with the whole of its region, or at once on the host."""
    region = graph.nodes[node].region
    return done[node] if region == NOWHERE else waits.get(region, 0) + own[region]


def _steps_of(graph: Graph, region: Region) -> int:
    """Waves with an op that does work in them, or, without waves, such ops."""
    if region.waves:
        return sum(any(_does_work(graph.nodes[node]) for node in wave.nodes) for wave in region.waves)
    return sum(_does_work(graph.nodes[node]) for node in region.nodes)


class _Storages:
    """Which results share bytes, and from when to when they are needed."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._root = list(range(len(graph.nodes)))
        for edge in graph.edges:
            if edge.kind == "tied":
                self._root[self._find(edge.target)] = self._find(edge.source)
        self.unsized = sum(n.size is None and n.region != NOWHERE for n in graph.nodes)

    def _find(self, node: int) -> int:
        root = node
        while self._root[root] != root:
            root = self._root[root]
        while self._root[node] != root:
            self._root[node], node = root, self._root[node]
        return root

    def peak(self) -> int:
        """The most bytes at once."""
        moment = self._moments()
        last = max(moment, default=0) + 1
        size: dict[int, int] = {}
        life: dict[int, tuple[int, int]] = {}
        users = self._graph.neighbours()[1]
        for node in self._graph.nodes:
            if node.region == NOWHERE:
                continue
            root = self._find(node.id)
            end = max((moment[user] for user in users[node.id]), default=last)
            size[root] = max(size.get(root, 0), node.size or 0)
            start, known = life.get(root, (moment[node.id], 0))
            life[root] = (min(start, moment[node.id]), max(known, end))
        changes = [0] * (last + 2)
        for root, (start, end) in life.items():
            changes[start] += size[root]
            changes[end + 1] -= size[root]
        return max(_running(changes), default=0)

    def _moments(self) -> list[int]:
        """When each node runs: a place in the order of waves and of ops on the host."""
        moments = [0] * len(self._graph.nodes)
        now = 0
        seen: set[int] = set()
        for node in self._graph.nodes:
            if node.region == NOWHERE:
                now += 1
                moments[node.id] = now
            elif node.region not in seen:
                seen.add(node.region)
                now = self._through(self._graph.region(node.region), now, moments)
        return moments

    def _through(self, region: Region, now: int, moments: list[int]) -> int:
        """Numbers a region's nodes from `now` on; a node in no wave runs with the next one after it in the text."""
        place = {node: number for number, wave in enumerate(region.waves) for node in wave.nodes}
        count = len(region.waves) or len(region.nodes)
        following = count - 1
        for index, node in reversed(list(enumerate(region.nodes))):
            following = place.get(node, following) if region.waves else index
            moments[node] = now + 1 + following
        return now + count


def _running(changes: Sequence[int]) -> Iterator[int]:
    total = 0
    for change in changes:
        total += change
        yield total
