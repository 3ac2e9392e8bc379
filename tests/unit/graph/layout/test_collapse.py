import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer.graph import Edge, Graph, Node, Region, Wave, collapse
from iree_explorer.graph.model import NOWHERE
from tests.unit.graph.generated import graphs


def chain(count: int, regions: int) -> Graph:
    """`count` ops, each in a wave of its own and feeding the next, in `regions` regions."""
    size = count // regions
    nodes = [
        Node(i, i, NOWHERE, "stream.async.dispatch", f"d{i % 3}", "", "dispatch", i // size, i % size, 4)
        for i in range(size * regions)
    ]
    edges = [Edge(i, i + 1, "resource", f"%{i}", 4) for i in range(len(nodes) - 1)]
    boxes = [
        Region(r, f"partition {r}", "", (), tuple(Wave(i % size, f"wave {i % size}", (i,)) for i in own), tuple(own))
        for r in range(regions)
        for own in [range(r * size, (r + 1) * size)]
    ]
    return Graph("f", tuple(nodes), tuple(edges), tuple(boxes))


def test_a_small_graph_stays_as_it_is() -> None:
    graph = chain(100, 4)
    assert collapse(graph).graph is graph
    assert collapse(graph).sentence == ""


@pytest.mark.parametrize(("count", "regions"), [(1000, 1), (1000, 20), (2800, 700), (10_000, 10_000)])
def test_a_large_graph_shows_a_few_nodes_and_says_how_many_it_folds(count: int, regions: int) -> None:
    collapsed = collapse(chain(count, regions))
    assert 0 < len(collapsed.graph.nodes) <= 300
    assert sum(node.ops for node in collapsed.graph.nodes) == count
    assert f"{collapsed.hidden:,} of {count:,} ops" in collapsed.sentence


def test_a_small_region_beside_a_large_one_stays_open() -> None:
    large = chain(1000, 1)
    small = Region(1, "partition 1", "", (), (Wave(0, "wave 0", (1000,)),), (1000,))
    node = Node(1000, 1000, NOWHERE, "stream.async.dispatch", "small", "", "dispatch", 1, 0)
    graph = Graph("f", (*large.nodes, node), large.edges, (*large.regions, small))
    folded = collapse(graph).graph
    assert [node.label for node in folded.nodes if node.region == 1] == ["small"]


@settings(max_examples=40)
@given(graphs(), st.integers(1, 30))
def test_folding_keeps_a_graph_a_graph(graph: Graph, limit: int) -> None:
    folded = collapse(graph, limit).graph
    assert sum(node.ops for node in folded.nodes) == len(graph.nodes)
    assert [node.id for node in folded.nodes] == list(range(len(folded.nodes)))
    for edge in folded.edges:
        assert edge.source < edge.target
    for region in folded.regions:
        assert all(folded.nodes[node].region == region.ordinal for node in region.nodes)
        in_waves = [node for wave in region.waves for node in wave.nodes]
        assert len(in_waves) == len(set(in_waves))
        assert set(in_waves) <= set(region.nodes)
