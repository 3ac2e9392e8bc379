"""Graphs as the page shows them: nodes, edges and regions with their places in both layouts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from iree_explorer.exploration.page.columns import Later, Table, rows, table
from iree_explorer.graph import Graph, Layout, byte_text, lay_out
from iree_explorer.graph.figures import longest_chain

Json = dict[str, Any]


def dag_json(graph: Graph) -> Json:
    """Where nodes, regions and the bends of edges are in the free layout; lines begin and end in the middle of nodes."""
    layout = lay_out(graph, "dag")
    return {
        "nodes": [[box.x, box.y] for box in layout.nodes],
        "regions": [[box.x, box.y, box.w, box.h] for box in layout.regions],
        "bends": [list(chain.from_iterable(line[1:-1])) for line in layout.edges],
    }


def graphs_json(graphs: Sequence[Graph]) -> Table:
    """Graphs with the places of both layouts; those of the free one come later."""
    dag = Later(lambda: [dag_json(graph) for graph in graphs])
    return table(len(graphs), {**_columns(graphs), "dag": dag})


def graphs_in_lanes(graphs: Sequence[Graph]) -> list[Json]:
    """Graphs as objects, without their places in the free layout."""
    return rows(table(len(graphs), _columns(graphs)))


def _columns(graphs: Sequence[Graph]) -> Json:
    layouts = [lay_out(graph) for graph in graphs]
    return {
        "function": [graph.function for graph in graphs],
        "nodes": list(map(_nodes, graphs, layouts)),
        "edges": list(map(_edges, graphs, layouts)),
        "regions": list(map(_regions, graphs, layouts)),
        "width": [layout.width for layout in layouts],
        "height": [layout.height for layout in layouts],
        "chain": [[graph.nodes[node].op for node in longest_chain(graph)] for graph in graphs],
    }


def _regions(graph: Graph, layout: Layout) -> list[Json]:
    return [
        {
            "ordinal": region.ordinal,
            "label": region.label,
            "affinity": region.affinity,
            "awaits": list(region.awaits),
            "x": box.x,
            "y": box.y,
            "w": box.w,
            "h": box.h,
            "waves": [
                {"ordinal": wave.ordinal, "label": wave.label, "x": wb.x, "y": wb.y, "w": wb.w, "h": wb.h}
                for wave, wb in zip(region.waves, boxes, strict=bool(region.waves))
            ],
        }
        for region, box, boxes in zip(graph.regions, layout.regions, layout.waves, strict=True)
    ]


def _nodes(graph: Graph, layout: Layout) -> Table:
    nodes, boxes = graph.nodes, layout.nodes
    columns: dict[str, list[Any]] = {
        "id": [node.id for node in nodes],
        "op": [node.op for node in nodes],
        "origin": [node.origin for node in nodes],
        "label": [node.label for node in nodes],
        "detail": [node.detail for node in nodes],
        "kind": [node.kind for node in nodes],
        "x": [box.x for box in boxes],
        "y": [box.y for box in boxes],
        "w": [box.w for box in boxes],
        "h": [box.h for box in boxes],
        "region": [node.region for node in nodes],
        "wave": [node.wave for node in nodes],
        "bytes": [byte_text(node.size) for node in nodes],
    }
    return table(len(nodes), columns)


def _edges(graph: Graph, layout: Layout) -> Table:
    edges = graph.edges
    columns: dict[str, list[Any]] = {
        "from": [edge.source for edge in edges],
        "to": [edge.target for edge in edges],
        "kind": [edge.kind for edge in edges],
        "label": [edge.label for edge in edges],
        "bytes": [byte_text(edge.size) for edge in edges],
        "points": [list(chain.from_iterable(line)) for line in layout.edges],
    }
    return table(len(edges), columns)
