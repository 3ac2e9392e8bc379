"""Pictures of large schedules: neighbouring waves folded into one node each, and a sentence that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from iree_explorer.graph.layout.bands import Band, bands
from iree_explorer.graph.model import NOWHERE, Edge, EdgeKind, Graph, Node, NodeKind, Region, Wave, nodes_of

LIMIT = 300
"""Nodes that a drawing may show: of more, pictures are slow to make, and nobody reads them."""
PARTS = 40
"""Nodes that a folded region is shown as, at most."""


@dataclass(frozen=True, slots=True)
class Collapsed:
    """A graph small enough to draw, how many ops it does not show on their own, and that in words (or empty)."""

    graph: Graph
    hidden: int
    sentence: str


def collapse(graph: Graph, limit: int = LIMIT) -> Collapsed:
    """`graph` with at most about `limit` nodes: small regions stay, large ones become runs of waves.

    Where even one node per region is too many, neighbouring regions become one node.
    """
    if len(graph.nodes) <= limit:
        return Collapsed(graph, 0, "")
    groups = _merge_units(graph, limit) if _at_least(graph) > limit else _fold_regions(graph, limit)
    folded = _rebuild(graph, groups)
    hidden = sum(len(group.nodes) for group in groups if len(group.nodes) > 1)
    boxes = sum(len(group.nodes) > 1 for group in groups)
    sentence = f"{hidden:,} of {len(graph.nodes):,} ops are folded into {boxes:,} boxes"
    return Collapsed(folded, hidden, sentence)


@dataclass(frozen=True, slots=True)
class _Group:
    """Nodes that are drawn as one, in the region and wave that are kept for it."""

    nodes: tuple[int, ...]
    words: str = ""
    region: int = NOWHERE
    wave: Wave | None = None


def _at_least(graph: Graph) -> int:
    return len(graph.regions) + sum(1 for _ in graph.host_nodes())


# Folding waves


def _fold_regions(graph: Graph, limit: int) -> list[_Group]:
    """One group per node of a region that stays open, one per run of waves of a region that is folded."""
    shares = _shares(graph, limit - _at_least(graph))
    groups: list[_Group] = []
    for unit in graph.units():
        if isinstance(unit, Node):
            groups.append(_Group((unit.id,)))
        elif shares[unit.ordinal] >= len(unit.nodes):
            groups += _open(graph, unit)
        else:
            groups += _runs(graph, unit, min(shares[unit.ordinal], PARTS))
    return groups


def _shares(graph: Graph, spare: int) -> dict[int, int]:
    """Nodes for each region: 1 each, and `spare` more given out evenly, so that small regions get all they need."""
    shares: dict[int, int] = {}
    regions = sorted(graph.regions, key=lambda region: (len(region.nodes), region.ordinal))
    for index, region in enumerate(regions):
        wanted = max(len(region.nodes) - 1, 0)
        given = min(wanted, spare // (len(regions) - index))
        spare -= given
        shares[region.ordinal] = 1 + given
    return shares


def _open(graph: Graph, region: Region) -> list[_Group]:
    waves = {wave.ordinal: wave for wave in region.waves}
    return [_Group((node,), "", region.ordinal, waves.get(graph.nodes[node].wave)) for node in region.nodes]


def _runs(graph: Graph, region: Region, parts: int) -> list[_Group]:
    """The region's bands in `parts` runs of about the same number of ops."""
    before, after = graph.neighbours()
    rows = bands(region, before, after)
    groups: list[_Group] = []
    start = taken = 0
    for index, band in enumerate(rows):
        taken += len(band.nodes)
        if taken * parts >= len(region.nodes) * (len(groups) + 1) or index == len(rows) - 1:
            groups.append(_run(region, rows[start : index + 1], len(groups)))
            start = index + 1
    return groups


def _run(region: Region, run: Sequence[Band], ordinal: int) -> _Group:
    nodes = tuple(node for band in run for node in band.nodes)
    waves = [region.waves[band.wave].ordinal for band in run if band.wave is not None]
    if not waves:
        return _Group(nodes, "", region.ordinal)
    words = f"wave {waves[0]}" if len(waves) == 1 else f"waves {waves[0]}–{waves[-1]}"
    return _Group(nodes, words, region.ordinal, Wave(ordinal, words, ()))


# Merging regions


def _merge_units(graph: Graph, limit: int) -> list[_Group]:
    """Runs of neighbouring regions and host ops, about the same number of ops in each."""
    units = [nodes for nodes in map(nodes_of, graph.units()) if nodes]
    size = sum(len(nodes) for nodes in units)
    groups: list[_Group] = []
    run: list[tuple[int, ...]] = []
    taken = 0
    for index, nodes in enumerate(units):
        run.append(nodes)
        taken += len(nodes)
        if taken * limit >= size * (len(groups) + 1) or index == len(units) - 1:
            groups.append(_Group(tuple(node for part in run for node in part), _unit_words(graph, run)))
            run = []
    return groups


def _unit_words(graph: Graph, run: Sequence[tuple[int, ...]]) -> str:
    regions = {graph.nodes[node].region for nodes in run for node in nodes} - {NOWHERE}
    return f"{len(regions)} region{'' if len(regions) == 1 else 's'}"


# The smaller graph


def _rebuild(graph: Graph, groups: Sequence[_Group]) -> Graph:
    nodes = tuple(_node(graph, index, group) for index, group in enumerate(groups))
    place = {node: index for index, group in enumerate(groups) for node in group.nodes}
    members: dict[int, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group.region, []).append(index)
    regions = [
        replace(region, nodes=tuple(members[region.ordinal]), waves=_waves(groups, members[region.ordinal]))
        for region in graph.regions
        if region.ordinal in members
    ]
    return Graph(graph.function, nodes, _edges(graph, place), tuple(regions))


def _node(graph: Graph, index: int, group: _Group) -> Node:
    first = graph.nodes[group.nodes[0]]
    wave = group.wave.ordinal if group.wave else NOWHERE
    if len(group.nodes) == 1:
        return replace(first, id=index, region=group.region, wave=wave)
    parts = [graph.nodes[node] for node in group.nodes]
    kinds: Counter[NodeKind] = Counter(part.kind for part in parts)
    label, times = Counter(part.label for part in parts).most_common(1)[0]
    sizes = [part.size for part in parts if part.size is not None]
    return Node(
        id=index,
        op=first.op,
        origin=NOWHERE,
        name="",
        label=f"{len(parts):,} ops" + (f", {group.words}" if group.words and not group.wave else ""),
        detail=f"{times:,} × {label}",
        kind=kinds.most_common(1)[0][0],
        region=group.region,
        wave=wave,
        size=sum(sizes) if sizes else None,
        ops=sum(part.ops for part in parts),
    )


def _waves(groups: Sequence[_Group], members: Sequence[int]) -> tuple[Wave, ...]:
    """The region's waves in the order in which they run, with the new nodes."""
    waves: dict[int, Wave] = {}
    nodes: dict[int, list[int]] = {}
    for index in members:
        wave = groups[index].wave
        if wave is not None:
            waves.setdefault(wave.ordinal, wave)
            nodes.setdefault(wave.ordinal, []).append(index)
    order = sorted(waves, key=lambda ordinal: _time(groups, nodes[ordinal][0], waves[ordinal]))
    return tuple(replace(waves[ordinal], nodes=tuple(nodes[ordinal])) for ordinal in order)


def _time(groups: Sequence[_Group], first: int, wave: Wave) -> int:
    """Sorts waves: those of an open region still know their nodes, whose text order is the waves' order."""
    return min(wave.nodes) if wave.nodes else min(groups[first].nodes)


def _edges(graph: Graph, place: dict[int, int]) -> tuple[Edge, ...]:
    """Edges between different groups; those of one kind between the same two as one."""
    merged: dict[tuple[int, int, EdgeKind], list[Edge]] = {}
    for edge in graph.edges:
        source, target = place[edge.source], place[edge.target]
        if source != target:
            merged.setdefault((source, target, edge.kind), []).append(edge)
    return tuple(_merged_edge(*key, edges) for key, edges in merged.items())


def _merged_edge(source: int, target: int, kind: EdgeKind, edges: Sequence[Edge]) -> Edge:
    labels = dict.fromkeys(edge.label for edge in edges)
    sizes = [edge.size for edge in edges if edge.size is not None]
    label = next(iter(labels)) if len(labels) == 1 else f"{len(labels):,} values"
    return Edge(source, target, kind, label, sum(sizes) if sizes else None)
