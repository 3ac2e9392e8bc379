"""The two views of a graph, by name."""

from __future__ import annotations

from iree_explorer.graph.layout.dag import lay_out_dag
from iree_explorer.graph.layout.lanes import lay_out_lanes
from iree_explorer.graph.layout.places import Layout, View
from iree_explorer.graph.model import Graph


def lay_out(graph: Graph, view: View = "lanes") -> Layout:
    """Where everything is in that view: the same for the same graph, on every machine."""
    return lay_out_lanes(graph) if view == "lanes" else lay_out_dag(graph)
