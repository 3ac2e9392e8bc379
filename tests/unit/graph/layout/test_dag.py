import itertools

from hypothesis import given, settings

from iree_explorer.graph import Box, Edge, Graph, Node, Region, lay_out, svg_text
from iree_explorer.graph.layout.dag import MOST_ROUTED
from iree_explorer.graph.layout.layered import ITEM_GAP, layers, place
from iree_explorer.graph.model import NOWHERE
from tests.unit.graph.generated import graphs


def _overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def _inside(inner: Box, outer: Box) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and inner.x + inner.w <= outer.x + outer.w


def _node(number: int, region: int = NOWHERE) -> Node:
    return Node(number, number, NOWHERE, "stream.x", "op", "", "dispatch", region)


@settings(max_examples=40)
@given(graphs())
def test_no_two_boxes_overlap_and_each_is_in_what_holds_it(graph: Graph) -> None:
    layout = lay_out(graph, "dag")
    hosts = [box for node, box in zip(graph.nodes, layout.nodes, strict=True) if node.region == NOWHERE]
    for boxes in (layout.nodes, [*layout.regions, *hosts]):
        assert not any(_overlap(*pair) for pair in itertools.combinations(boxes, 2))
    page = Box(0, 0, layout.width, layout.height)
    assert all(_inside(box, page) for box in (*layout.nodes, *layout.regions))
    for region, box in zip(graph.regions, layout.regions, strict=True):
        assert all(_inside(layout.nodes[node], box) for node in region.nodes)


@settings(max_examples=40)
@given(graphs())
def test_an_op_is_below_what_it_needs_and_lines_run_from_node_to_node(graph: Graph) -> None:
    layout = lay_out(graph, "dag")
    for edge, line in zip(graph.edges, layout.edges, strict=True):
        source, target = layout.nodes[edge.source], layout.nodes[edge.target]
        assert line[0] == (source.x + source.w // 2, source.y + source.h)
        assert line[-1] == (target.x + target.w // 2, target.y)
        assert line[0][1] < line[-1][1]
        heights = [y for _, y in line]
        assert heights == sorted(heights)


@settings(max_examples=20)
@given(graphs())
def test_the_same_graph_has_the_same_layout(graph: Graph) -> None:
    assert lay_out(graph, "dag") == lay_out(graph, "dag")


def test_a_region_is_mirrored_where_its_lines_would_cross() -> None:
    """One line leads past a region, to another one that both lead to: on one side of it all the way."""
    nodes = [_node(number, number // 2) for number in range(6)]
    regions = tuple(Region(number, "", "", (), (), (2 * number, 2 * number + 1)) for number in range(3))
    pairs = [(0, 1), (2, 3), (4, 5), (0, 4), (1, 2), (3, 5)]
    graph = Graph("f", tuple(nodes), tuple(Edge(*pair, "resource", f"%{pair}") for pair in pairs), regions)
    layout = lay_out(graph, "dag")
    passed = layout.nodes[2]
    sides = {x < passed.x + passed.w // 2 for x, _ in layout.edges[3][1:-1]}
    assert len(sides) == 1


def test_a_long_line_runs_beside_the_nodes_that_it_passes() -> None:
    chain = [Edge(index, index + 1, "resource") for index in range(4)]
    graph = Graph("f", tuple(_node(index) for index in range(5)), (*chain, Edge(0, 4, "resource", "%0")))
    layout = lay_out(graph, "dag")
    for x, y in layout.edges[-1][1:-1]:
        assert not any(box.x < x < box.x + box.w and box.y < y < box.y + box.h for box in layout.nodes)
    assert len(layout.edges[-1]) > 2


def test_a_chain_is_a_straight_line() -> None:
    graph = Graph("f", tuple(_node(index) for index in range(5)), tuple(Edge(i, i + 1, "resource") for i in range(4)))
    assert len({box.x for box in lay_out(graph, "dag").nodes}) == 1


def test_an_op_that_needs_nothing_is_right_above_the_first_that_needs_it() -> None:
    assert layers(5, [(0, 1), (1, 2), (2, 4), (3, 4)]) == [0, 1, 2, 2, 3]


def test_edges_that_lead_back_count_for_nothing() -> None:
    assert layers(3, [(0, 1), (1, 2), (2, 0), (1, 1)]) == [0, 1, 2]


def test_a_wide_layer_becomes_several_rows() -> None:
    rows = layers(101, [(0, index) for index in range(1, 101)])
    assert rows[0] == 0
    widest = max(rows.count(row) for row in set(rows))
    assert widest < 30
    assert rows == sorted(rows)


def test_items_of_a_row_keep_their_distance() -> None:
    placed = place([(100, 10)] * 4, [0, 1, 1, 1], [(0, 1), (0, 2), (0, 3)], routed=True)
    xs = sorted(placed.x[1:])
    assert all(right - left >= 100 + ITEM_GAP for left, right in itertools.pairwise(xs))
    assert placed.x[0] == xs[1]


def test_lines_are_straight_between_ports() -> None:
    placed = place([(100, 10), (300, 10)], [0, 1], [(0, 1)], routed=True, ports={(0, 1): (0.0, 80.0)})
    assert placed.x[0] == placed.x[1] + 80


def test_a_program_whose_partitions_wait_for_each_other_has_a_picture() -> None:
    nodes = (_node(0, 0), _node(1, 1), _node(2, 0))
    edges = (Edge(0, 1, "timepoint"), Edge(1, 2, "timepoint"))
    regions = tuple(
        Region(number, f"partition {number}", "", (), (), members) for number, members in enumerate([(0, 2), (1,)])
    )
    layout = lay_out(Graph("f", nodes, edges, regions), "dag")
    assert not _overlap(*layout.regions)


def test_long_lines_of_large_graphs_are_drawn_straight() -> None:
    count = MOST_ROUTED + 1
    chain = [Edge(index, index + 1, "resource") for index in range(count - 1)]
    graph = Graph("f", tuple(_node(index) for index in range(count)), (*chain, Edge(0, count - 1, "resource")))
    assert all(len(line) == 2 for line in lay_out(graph, "dag").edges)


@settings(max_examples=20)
@given(graphs())
def test_the_picture_has_curves_and_no_lanes(graph: Graph) -> None:
    picture = svg_text(graph, view="dag")
    assert 'class="lane"' not in picture
    assert 'class="wave"' not in picture
    assert picture.count('class="edge') >= len(graph.edges)
