"""Of a refused program, whose partitions never became regions: time runs downwards there too."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from iree_explorer.graph import Box, Edge, Graph, Node, Region, lay_out
from iree_explorer.graph.layout.order import Circle, in_time
from iree_explorer.graph.model import NOWHERE
from tests.unit.graph.generated import graphs


def _graph(regions: list[int], edges: set[tuple[int, int]]) -> Graph:
    """Nodes by their regions (`NOWHERE` is the host), edges by their ends."""
    nodes = tuple(Node(i, i, NOWHERE, "x", "x", "", "other", region, NOWHERE, None) for i, region in enumerate(regions))
    boxes = tuple(
        Region(ordinal, f"partition {ordinal}", "", (), (), tuple(i for i, own in enumerate(regions) if own == ordinal))
        for ordinal in sorted(set(regions) - {NOWHERE})
    )
    return Graph("main", nodes, tuple(Edge(a, b, "resource", f"%{a}", None) for a, b in sorted(edges)), boxes)


@st.composite
def refused(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(2, 9))
    regions = draw(st.lists(st.sampled_from([NOWHERE, 0, 1, 2]), min_size=count, max_size=count))
    pairs = [(a, b) for b in range(count) for a in range(b)]
    return _graph(regions, draw(st.sets(st.sampled_from(pairs), max_size=10)))


def _parts(graph: Graph) -> list[tuple[int, ...]]:
    """Nodes of each part in the order of time."""
    parts = in_time(graph, graph.neighbours()[0])
    return [
        tuple(part.levels) if isinstance(part, Circle) else part.nodes if isinstance(part, Region) else (part.id,)
        for part in parts
    ]


@settings(max_examples=30)
@given(graphs())
def test_regions_that_were_made_stay_in_text_order(graph: Graph) -> None:
    assert in_time(graph, graph.neighbours()[0]) == list(graph.units())


def test_a_step_that_a_region_waits_for_goes_before_it() -> None:
    assert _parts(_graph([0, NOWHERE, 0, NOWHERE], {(0, 2), (1, 2), (2, 3)})) == [(1,), (0, 2), (3,)]


def test_what_waits_for_itself_is_one_circle_of_levels() -> None:
    graph = _graph([0, NOWHERE, NOWHERE, 0, NOWHERE], {(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)})
    (circle, last) = in_time(graph, graph.neighbours()[0])
    assert isinstance(circle, Circle)
    assert circle.levels == {0: 0, 1: 1, 2: 2, 3: 3}
    assert (circle.steps, last) == ((1, 2), graph.nodes[4])


@settings(max_examples=150)
@given(refused())
def test_each_part_is_after_what_it_waits_for(graph: Graph) -> None:
    parts = _parts(graph)
    assert sorted(node for part in parts for node in part) == [node.id for node in graph.nodes]
    place = {node: index for index, part in enumerate(parts) for node in part}
    assert all(place[edge.source] <= place[edge.target] for edge in graph.edges)


def _is_above(a: Box, b: Box) -> bool:
    return a.y + a.h <= b.y


@settings(max_examples=150)
@given(refused())
def test_time_runs_downwards_in_a_refused_program(graph: Graph) -> None:
    layout = lay_out(graph)
    fed = {edge.target for edge in graph.edges}
    for edge in graph.edges:
        source, target = layout.nodes[edge.source], layout.nodes[edge.target]
        is_source = graph.nodes[edge.source].region == NOWHERE and edge.source not in fed
        assert source.y <= target.y if is_source else _is_above(source, target)
    for index, box in enumerate(layout.nodes):
        for other in layout.nodes[:index]:
            apart = _is_above(box, other) or _is_above(other, box)
            assert apart or box.x + box.w <= other.x or other.x + other.w <= box.x


def test_the_circle_of_a_program_is_seen_to_leave_its_partition_and_come_back() -> None:
    (graph,) = explore_module(load(samples.circle)).document["graphs"]
    at = {node["label"]: node for node in graph["nodes"]}
    assert at["splat"]["y"] < at["select"]["y"] < at["add"]["y"] < at["export"]["y"]
    (box,) = graph["regions"]
    assert at["select"]["x"] + at["select"]["w"] < box["x"] <= at["splat"]["x"]
    for edge in graph["edges"]:
        heights = edge["points"][1::2]
        assert heights == sorted(heights)
