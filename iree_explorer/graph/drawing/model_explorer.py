"""A schedule for Google's Model Explorer: one graph a function, nodes nested in regions and waves.

The format is a "graph collection" as its JSON loader reads it: `{"label", "graphs": [{"id", "nodes": […]}]}`; a node's
`namespace` is a path of layers that can be opened and closed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from iree_explorer.graph.model import NOWHERE, Edge, Graph, Node, Region, byte_text

Json = dict[str, Any]


def model_explorer_text(graphs: Sequence[Graph], title: str) -> str:
    """The schedules of some functions as one JSON text."""
    collection = {
        "label": title,
        "graphs": [_graph(graph, name) for graph, name in zip(graphs, _names(graphs), strict=True)],
    }
    return json.dumps(collection, indent=1)


def _names(graphs: Sequence[Graph]) -> Iterator[str]:
    """Ids of graphs: names of functions, numbered where one is there twice, as initializers are."""
    seen: dict[str, int] = {}
    for graph in graphs:
        count = seen[graph.function] = seen.get(graph.function, 0) + 1
        yield graph.function if count == 1 else f"{graph.function} {count}"


def _graph(graph: Graph, name: str) -> Json:
    regions = {region.ordinal: region for region in graph.regions}
    entering: dict[int, list[Edge]] = {}
    for edge in graph.edges:
        entering.setdefault(edge.target, []).append(edge)
    return {
        "id": name,
        "nodes": [_node(node, regions, entering.get(node.id, [])) for node in graph.nodes],
        "groupNodeAttributes": dict(_groups(graph)),
    }


def _node(node: Node, regions: dict[int, Region], entering: Sequence[Edge]) -> Json:
    return {
        "id": str(node.id),
        "label": node.label,
        "namespace": _namespace(node, regions),
        "attrs": _pairs(op=node.name, detail=node.detail, bytes=byte_text(node.size), op_id=str(node.op)),
        "incomingEdges": [
            {"sourceNodeId": str(edge.source), "sourceNodeOutputId": "0", "targetNodeInputId": str(number)}
            for number, edge in enumerate(entering)
        ],
        "inputsMetadata": [
            {"id": str(number), "attrs": _pairs(value=edge.label, kind=edge.kind, bytes=byte_text(edge.size))}
            for number, edge in enumerate(entering)
        ],
        "outputsMetadata": [{"id": "0", "attrs": _pairs(bytes=byte_text(node.size))}],
    }


def _namespace(node: Node, regions: dict[int, Region]) -> str:
    """`partition 2/wave 0`: layers are divided by slashes, so names lose theirs."""
    if node.region == NOWHERE:
        return ""
    region = regions[node.region]
    layers = [_region_layer(region)]
    layers += [wave.label for wave in region.waves if wave.ordinal == node.wave]
    return "/".join(layer.replace("/", "∕") for layer in layers)


def _region_layer(region: Region) -> str:
    return region.label + (f" on {region.affinity}" if region.affinity else "")


def _groups(graph: Graph) -> Iterator[tuple[str, dict[str, str]]]:
    """What the side panel says of each region."""
    for region in graph.regions:
        words = {
            "ops": str(len(region.nodes)),
            "waves": str(len(region.waves)),
            "affinity": region.affinity,
            "awaits": ", ".join(region.awaits),
        }
        yield _region_layer(region).replace("/", "∕"), {name: text for name, text in words.items() if text}


def _pairs(**words: str) -> list[Json]:
    """Attributes that say something."""
    return [{"key": key, "value": value} for key, value in words.items() if value]
