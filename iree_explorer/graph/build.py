"""The graph of a function's schedule, read from its IR: before the passes, after the first, or after both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xdsl.ir import BlockArgument, Operation, OpResult, SSAValue

from iree_explorer.analysis.values import value_size
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.graph.model import NOWHERE, Edge, EdgeKind, Graph, Node, Region, Wave
from iree_explorer.graph.producers import REGION_OPS, Producers, Source, is_plumbing
from iree_explorer.graph.words import affinity_words, detail_of, kind_of, label_of, size_of
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    TiedOpInterface,
    TimelineOpInterface,
)
from iree_explorer.partitioning.trace.recording import OpIds
from iree_explorer.partitioning.trace.regions import EXECUTE, RegionNames, RegionNumbers, function_name


def _no_name(_value: SSAValue) -> str:
    return ""


@dataclass(frozen=True)
class Names(RegionNames):
    """How the graph calls things.

    Attributes:
        origin: id of a copy, or of what it was rewritten to → id of the op before the passes.
        value: a value's name in the text, such as `%7`.
    """

    origin: Mapping[int, int] = field(default_factory=dict[int, int])
    value: Callable[[SSAValue], str] = _no_name


def build_graph(function: Operation, names: Names | None = None, *, with_waves: bool | None = None) -> Graph:
    """The graph of `function` as its IR stands.

    Args:
        function: an op whose first region is the function's body.
        names: from a trace; without, ids are those of a fresh walk over the whole module.
        with_waves: see `RegionNumbers`.
    """
    if names is None:
        names = Names(OpIds(_root(function)))
    return _Builder(function, names, RegionNumbers(function, names, with_waves)).graph()


def _root(op: Operation) -> Operation:
    while (parent := op.parent_op()) is not None:
        op = parent
    return op


@dataclass(slots=True)
class _Builder:
    function: Operation
    names: Names
    numbers: RegionNumbers
    nodes: list[Node] = field(default_factory=list[Node])
    ops: list[Operation] = field(default_factory=list[Operation])
    node_of: dict[Operation, int] = field(default_factory=dict[Operation, int])
    ends: dict[Operation, int] = field(default_factory=dict[Operation, int])
    inside: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    first_of: dict[int, int] = field(default_factory=dict[int, int])
    seen: set[int] = field(default_factory=set[int])
    executes: list[tuple[Operation, Region]] = field(default_factory=list[tuple[Operation, Region]])
    region_labels: dict[Operation, str] = field(default_factory=dict[Operation, str])

    def graph(self) -> Graph:
        """Walks the function once for its nodes, then asks who made what they use."""
        if self.function.regions:
            self._walk(self.function)
        producers = Producers(self.node_of, self.ends)
        edges = list(self._edges(producers))
        edges += self._control_edges(edges)
        regions = [self._awaiting(op, region) for op, region in self.executes]
        regions += self._pending_regions()
        return Graph(function_name(self.function), tuple(self.nodes), tuple(edges), tuple(regions))

    # Nodes

    def _walk(self, parent: Operation) -> None:
        for region in parent.regions:
            for block in region.blocks:
                for op in block.ops:
                    self._visit(op)

    def _visit(self, op: Operation) -> None:
        if op.name == EXECUTE:
            self._add_region(op)
        elif not is_plumbing(op):
            for ordinal in self.names.pending.get(self.names.ids.of(op), (NOWHERE,)):
                self._add_node(op, ordinal, NOWHERE)
            if op.regions:
                self._walk_inside(op)

    def _pending_regions(self) -> Iterator[Region]:
        """A box for each partition of a program that was refused before they became regions."""
        made = {region.ordinal for _, region in self.executes}
        members: dict[int, list[int]] = {}
        for node in self.nodes:
            if node.region not in made and node.region != NOWHERE:
                members.setdefault(node.region, []).append(node.id)
        for ordinal, nodes in members.items():
            yield Region(ordinal, f"partition {ordinal}, not built", "", (), (), tuple(nodes))

    def _walk_inside(self, op: Operation) -> None:
        """Control flow of the host: what it holds, then its end, where it holds anything."""
        start = len(self.nodes) - 1
        self._walk(op)
        last = op.regions[-1].last_block.last_op if op.regions[-1].blocks and op.regions[-1].last_block else None
        if len(self.nodes) > start + 1 and last is not None:
            self.inside.append((start, len(self.nodes)))
            self.ends[op] = self._add_node(last, NOWHERE, NOWHERE, f"end of {label_of(op)}")

    def _add_node(self, op: Operation, region: int, wave: int, label: str = "") -> int:
        number = len(self.nodes)
        own = self.names.ids.of(op)
        root = self.names.origin.get(own, own)
        origin = root if root in self.seen else NOWHERE
        self.seen.add(root)
        kind = kind_of(op, on_host=region == NOWHERE)
        label, detail = label or label_of(op), detail_of(op)
        self.nodes.append(Node(number, root, origin, op.name, label, detail, kind, region, wave, size_of(op), 1, own))
        self.ops.append(op)
        self.node_of[op] = number
        if region != NOWHERE:
            self.first_of.setdefault(region, number)
        return number

    def _add_region(self, execute: Operation) -> None:
        ordinal, label = self.numbers.number(execute)
        self.region_labels[execute] = label
        first = len(self.nodes)
        members: dict[int, list[int]] = {}
        for op, wave in self.numbers.members(execute):
            node = self._add_node(op, ordinal, wave)
            if wave != NOWHERE:
                members.setdefault(wave, []).append(node)
        affinity = affinity_words(execute.affinity_attr) if isinstance(execute, AffinityOpInterface) else ""
        found = tuple(Wave(wave, f"wave {wave}", tuple(members[wave])) for wave in sorted(members))
        nodes = tuple(range(first, len(self.nodes)))
        own = self.names.ids.of(execute)
        self.executes.append((execute, Region(ordinal, label, affinity, (), found, nodes, own)))

    def _awaiting(self, execute: Operation, region: Region) -> Region:
        """The region with the labels of what it waits for."""
        timepoints = execute.await_timepoints if isinstance(execute, TimelineOpInterface) else ()
        labels = {label: None for timepoint in timepoints for label in self._await_labels(timepoint)}
        return replace(region, awaits=tuple(labels))

    def _await_labels(self, timepoint: SSAValue) -> Iterator[str]:
        if isinstance(timepoint, BlockArgument):
            yield self.names.value(timepoint) or "an argument"
            return
        assert isinstance(timepoint, OpResult)
        op = timepoint.op
        if op in self.region_labels:
            yield self.region_labels[op]
        elif op.name == "stream.timepoint.join":
            for operand in op.operands:
                yield from self._await_labels(operand)
        else:
            yield self.names.value(timepoint) or label_of(op)

    # Edges

    def _edges(self, producers: Producers) -> Iterator[Edge]:
        for target, op in enumerate(self.ops):
            known: set[tuple[int, int]] = set()
            tied = _tied_operands(op)
            for index, operand in enumerate(op.operands):
                for source in producers.of(operand):
                    key = source.node, id(source.value)
                    if source.node < target and key not in known:
                        known.add(key)
                        kind = self._edge_kind(source.node, target, index in tied)
                        yield Edge(source.node, target, kind, self._label(source.value), self._size(source))

    def _size(self, source: Source) -> int | None:
        """Bytes of a value; those of its node where that makes nothing else."""
        op = self.ops[source.node]
        if len(op.results) == 1 and op.results[0] is source.value:
            return self.nodes[source.node].size
        return value_size(source.value)

    def _control_edges(self, edges: Sequence[Edge]) -> Iterator[Edge]:
        """From an op of the host to what it holds and nothing else in it leads to: that runs because the op says so."""
        before: dict[int, list[int]] = {}
        for edge in edges:
            before.setdefault(self._unit(edge.target), []).append(edge.source)
        led: set[int] = set()
        for start, end in self.inside:  # the innermost first
            for node in range(start + 1, end):
                unit = self._unit(node)
                if unit not in led and not any(start <= source < unit for source in before.get(unit, ())):
                    yield Edge(start, node, "captured")
                led.add(unit)

    def _unit(self, node: int) -> int:
        """The first node of the node's region, on the host the node itself."""
        region = self.nodes[node].region
        return node if region == NOWHERE else self.first_of[region]

    def _edge_kind(self, source: int, target: int, tied: bool) -> EdgeKind:
        origin, region = self.nodes[source].region, self.nodes[target].region
        if tied and region != NOWHERE:
            return "tied"
        if origin == region:
            return "resource"
        return "captured" if origin == NOWHERE else "timepoint"

    def _label(self, value: SSAValue) -> str:
        """The value's name in the text; without one, results of one op are told apart by number."""
        name = self.names.value(value)
        if name or not isinstance(value, OpResult):
            return name
        return f"#{value.index}" if len(value.op.results) > 1 else ""


def _tied_operands(op: Operation) -> set[int]:
    """Operands whose storage a resource result of the op reuses."""
    if not isinstance(op, TiedOpInterface) or op.name in REGION_OPS:
        return set()
    return {
        index for index in op.tied_operand_indices() if index >= 0 and isinstance(op.operands[index].type, ResourceType)
    }
