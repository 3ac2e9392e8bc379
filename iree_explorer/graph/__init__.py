"""Pictures as data: a schedule's graph, its layout, and the formats it is drawn in.

    graph = build_graph(function)        # nodes, edges, regions, waves
    layout = lay_out(graph)              # where each of them is: time downwards, a lane per affinity
    layout = lay_out(graph, "dag")       # or: each op below what it needs
    svg_text(graph), dot_text(graph)     # drawings

Nothing here runs a program or needs numpy, and nothing needs Graphviz but `png_bytes`, where no other renderer is
installed.
"""

from iree_explorer.graph.drawing.dot import dot_text
from iree_explorer.graph.drawing.model_explorer import model_explorer_text
from iree_explorer.graph.drawing.png import png_bytes
from iree_explorer.graph.drawing.svg import svg_text
from iree_explorer.graph.layout.collapse import Collapsed, collapse
from iree_explorer.graph.layout.places import VIEWS, Box, Layout, View
from iree_explorer.graph.layout.views import lay_out
from iree_explorer.graph.model import Edge, EdgeKind, Graph, Node, NodeKind, Region, Wave, byte_text

__all__ = [
    "VIEWS",
    "Box",
    "Collapsed",
    "Edge",
    "EdgeKind",
    "Graph",
    "Layout",
    "Node",
    "NodeKind",
    "Region",
    "View",
    "Wave",
    "byte_text",
    "collapse",
    "dot_text",
    "lay_out",
    "model_explorer_text",
    "png_bytes",
    "svg_text",
]
