import json
from typing import Any

import pytest

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from iree_explorer.graph import model_explorer_text
from iree_explorer.graph.model import Graph, Node, Region
from iree_explorer.samples import Sample


def collection(sample: Sample) -> dict[str, Any]:
    return json.loads(explore_module(load(sample)).to_model_explorer())


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_every_node_is_there_with_edges_to_nodes(sample: Sample) -> None:
    graphs = explore_module(load(sample)).graphs
    found = collection(sample)
    assert len(found["graphs"]) == len(graphs)
    assert len({graph["id"] for graph in found["graphs"]}) == len(graphs)
    for shown, graph in zip(found["graphs"], graphs, strict=True):
        ids = {node["id"] for node in shown["nodes"]}
        assert len(ids) == len(graph.nodes)
        edges = [(edge["sourceNodeId"], node["id"]) for node in shown["nodes"] for edge in node["incomingEdges"]]
        assert sorted(edges) == sorted((str(edge.source), str(edge.target)) for edge in graph.edges)
        assert all(source in ids for source, _ in edges)


def test_ops_are_nested_in_regions_and_waves() -> None:
    (graph,) = collection(samples.diamond)["graphs"]
    spaces = [node["namespace"] for node in graph["nodes"] if node["namespace"]]
    assert {space.partition("/")[2] for space in spaces} == {"wave 0", "wave 1", "wave 2"}
    (group,) = graph["groupNodeAttributes"].items()
    assert group[0] == spaces[0].partition("/")[0]
    assert group[1]["waves"] == "3"


def test_slashes_of_names_make_no_layers() -> None:
    node = Node(0, 0, -1, "stream.async.dispatch", "d", "", "dispatch", region=0)
    graph = Graph("f", (node,), (), (Region(0, "partition 0", "@a/b", (), (), (0,)),))
    (shown,) = json.loads(model_explorer_text([graph, graph], "t"))["graphs"][0]["nodes"]
    assert "/" not in shown["namespace"]
