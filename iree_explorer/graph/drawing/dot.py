"""DOT text: regions as clusters, waves as clusters inside them, for Graphviz and all that reads it."""

from __future__ import annotations

from collections.abc import Iterator

from iree_explorer.graph.drawing.palette import LIGHT
from iree_explorer.graph.drawing.text import visible
from iree_explorer.graph.layout.collapse import collapse
from iree_explorer.graph.model import Edge, EdgeKind, Graph, Node, NodeKind, Region, Wave, byte_text

_EDGE_STYLE: dict[EdgeKind, str] = {
    "resource": "solid",
    "tied": "bold",
    "timepoint": "dashed",
    "captured": "dotted",
}
_SHAPE: dict[NodeKind, str] = {"host": "ellipse", "constant": "cylinder", "alloca": "cylinder"}


def dot_text(graph: Graph) -> str:
    """`graph` as DOT; of more nodes than `collapse` leaves, regions are folded and the graph's label says so."""
    collapsed = collapse(graph)
    graph = collapsed.graph
    title = f"@{graph.function}" + (f"\n{collapsed.sentence}" if collapsed.sentence else "")
    lines = [
        "digraph schedule {",
        f"  graph [label={_quoted(title)}, labelloc=t, fontname=Helvetica, rankdir=TB, compound=true, newrank=true]",
        '  node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11, color="#00000033"]',
        "  edge [fontname=Helvetica, fontsize=9]",
    ]
    lines += (f"  {_node(node)}" for node in graph.host_nodes())
    for region in graph.regions:
        lines += _region(graph, region)
    lines += (f"  {_edge(edge)}" for edge in graph.edges)
    lines.append("}")
    return "\n".join(lines) + "\n"


def _region(graph: Graph, region: Region) -> Iterator[str]:
    words = [region.label]
    if region.affinity:
        words.append(f"on {region.affinity}")
    if region.awaits:
        words.append("awaits " + ", ".join(region.awaits))
    label = _quoted("\n".join(words))
    yield f"  subgraph cluster_{region.ordinal} {{"
    yield f'    graph [label={label}, style="rounded,filled", fillcolor="{LIGHT.region}"]'
    for wave in region.waves:
        yield from _wave(graph, region, wave)
    free = set(region.nodes).difference(*(wave.nodes for wave in region.waves))
    yield from (f"    {_node(graph.nodes[node])}" for node in region.nodes if node in free)
    yield "  }"


def _wave(graph: Graph, region: Region, wave: Wave) -> Iterator[str]:
    yield f"    subgraph cluster_{region.ordinal}_{wave.ordinal} {{"
    yield f'      graph [label={_quoted(wave.label)}, style="rounded,filled", fillcolor="{LIGHT.wave}", fontsize=9]'
    yield from (f"      {_node(graph.nodes[node])}" for node in wave.nodes)
    yield "    }"


def _node(node: Node) -> str:
    label = "\n".join(filter(None, (node.label, node.detail, byte_text(node.size))))
    shape = f", shape={_SHAPE[node.kind]}" if node.kind in _SHAPE else ""
    fill = LIGHT.kinds[node.kind]
    return f'n{node.id} [label={_quoted(label)}, tooltip={_quoted(node.name)}, fillcolor="{fill}33"{shape}]'


def _edge(edge: Edge) -> str:
    label = " ".join(filter(None, (edge.label, byte_text(edge.size))))
    style = f'style={_EDGE_STYLE[edge.kind]}, color="{LIGHT.edges[edge.kind]}"'
    return f"n{edge.source} -> n{edge.target} [label={_quoted(label)}, {style}]"


def _quoted(text: str) -> str:
    """`text` as a quoted string in which Graphviz sees no escape, no entity and no end; line ends stay."""
    lines = (visible(line) for line in text.split("\n"))
    escaped = (line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
