"""Pictures as data: a schedule's graph, its layout, and the formats it is drawn in.

    graph = build_graph(function)        # nodes, edges, regions, waves
    layout = lay_out(graph)              # where each of them is: time downwards, a lane per affinity
    svg_text(graph), dot_text(graph)     # drawings

Nothing here runs a program or needs numpy, and nothing needs Graphviz but `png_bytes`, where no other renderer is
installed.
"""

from iree_explorer.graph.collapse import Collapsed, collapse
from iree_explorer.graph.dot import dot_text
from iree_explorer.graph.lanes import Box, Layout, lay_out
from iree_explorer.graph.model import Edge, EdgeKind, Graph, Node, NodeKind, Region, Wave, byte_text
from iree_explorer.graph.png import png_bytes
from iree_explorer.graph.svg import svg_text

__all__ = [
    "Box",
    "Collapsed",
    "Edge",
    "EdgeKind",
    "Graph",
    "Layout",
    "Node",
    "NodeKind",
    "Region",
    "Wave",
    "byte_text",
    "collapse",
    "dot_text",
    "lay_out",
    "png_bytes",
    "svg_text",
]
