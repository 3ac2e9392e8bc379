"""The two views of a graph, by name."""

from __future__ import annotations

from iree_explorer.errors import InputError
from iree_explorer.graph.layout.dag import lay_out_dag
from iree_explorer.graph.layout.lanes import lay_out_lanes
from iree_explorer.graph.layout.places import VIEWS, Layout, View
from iree_explorer.graph.model import Graph


def lay_out(graph: Graph, view: View = "lanes") -> Layout:
    """Where everything is in that view: the same for the same graph, on every machine.

    Raises:
        InputError: there is no such view.
    """
    if view not in VIEWS:
        raise InputError(f"no view is called {view!r}; there are {' and '.join(VIEWS)}")
    return lay_out_lanes(graph) if view == "lanes" else lay_out_dag(graph)
