import itertools

from hypothesis import given, settings

from iree_explorer.graph import Box, Graph, Layout, lay_out
from iree_explorer.graph.layout.sources import MAX_DRIFT
from iree_explorer.graph.model import NOWHERE, Edge, Node, Region, Wave
from tests.unit.graph.generated import graphs


def _overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.w <= outer.x + outer.w
        and inner.y + inner.h <= outer.y + outer.h
    )


@settings(max_examples=40)
@given(graphs())
def test_no_two_boxes_overlap(graph: Graph) -> None:
    layout = lay_out(graph)
    for boxes in (layout.nodes, layout.regions, *layout.waves):
        for index, box in enumerate(boxes):
            assert not any(_overlap(box, other) for other in boxes[:index])
    for node, box in zip(graph.nodes, layout.nodes, strict=True):
        if node.region == NOWHERE:
            assert not any(_overlap(box, region) for region in layout.regions)


@settings(max_examples=40)
@given(graphs())
def test_everything_is_inside_of_what_holds_it(graph: Graph) -> None:
    layout = lay_out(graph)
    page = Box(0, 0, layout.width, layout.height)
    for box in (*layout.nodes, *layout.regions):
        assert _inside(box, page)
    for region, box, waves in zip(graph.regions, layout.regions, layout.waves, strict=True):
        assert all(_inside(layout.nodes[node], box) for node in region.nodes)
        assert all(_inside(wave, box) for wave in waves)
        for wave, wave_box in zip(region.waves, waves, strict=False):
            assert all(_inside(layout.nodes[node], wave_box) for node in wave.nodes)
    for line in layout.edges:
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in line)


@settings(max_examples=40)
@given(graphs())
def test_waves_are_rows_in_the_order_in_which_they_run(graph: Graph) -> None:
    layout = lay_out(graph)
    for region, waves in zip(graph.regions, layout.waves, strict=True):
        if not region.waves:
            continue
        assert len(waves) == len(region.waves)
        for above, below in itertools.pairwise(waves):
            assert above.y + above.h < below.y
        for wave in region.waves:
            if len(wave.nodes) <= 6:
                assert len({layout.nodes[node].y for node in wave.nodes}) == 1


@settings(max_examples=40)
@given(graphs())
def test_time_runs_downwards_between_regions_and_steps_of_the_host(graph: Graph) -> None:
    layout = lay_out(graph)
    box = dict(zip((region.ordinal for region in graph.regions), layout.regions, strict=True))
    fed = {edge.target for edge in graph.edges}
    for edge in graph.edges:
        source, target = graph.nodes[edge.source], graph.nodes[edge.target]
        if source.region == target.region and source.region != NOWHERE:
            continue
        above = box.get(source.region, layout.nodes[source.id])
        below = box.get(target.region, layout.nodes[target.id])
        if source.region == NOWHERE and source.id not in fed:
            assert layout.nodes[source.id].y <= layout.nodes[target.id].y
        else:
            assert above.y + above.h < below.y


@settings(max_examples=40)
@given(graphs())
def test_edges_join_their_nodes_by_straight_pieces(graph: Graph) -> None:
    layout = lay_out(graph)
    for edge, line in zip(graph.edges, layout.edges, strict=True):
        source, target = layout.nodes[edge.source], layout.nodes[edge.target]
        (sx, sy), (tx, ty) = line[0], line[-1]
        assert source.x <= sx <= source.x + source.w
        assert source.y <= sy <= source.y + source.h
        assert target.x <= tx <= target.x + target.w
        assert target.y <= ty <= target.y + target.h
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            assert (ax == bx) != (ay == by)


@settings(max_examples=40)
@given(graphs())
def test_the_same_graph_has_the_same_layout(graph: Graph) -> None:
    assert lay_out(graph) == lay_out(Graph(graph.function, graph.nodes, graph.edges, graph.regions))


def test_nothing_to_draw_has_a_layout() -> None:
    assert lay_out(Graph("f")) == Layout(lay_out(Graph("f")).width, lay_out(Graph("f")).height, (), (), (), (), ())


def test_steps_of_the_host_stand_above_and_below_what_they_feed_and_need() -> None:
    nodes = tuple(
        Node(number, number, NOWHERE, f"op.{number}", f"op {number}", "", "host", region, wave, 4, 1, number)
        for number, (region, wave) in enumerate([(NOWHERE, NOWHERE), (0, 0), (NOWHERE, NOWHERE)])
    )
    edges = (Edge(0, 1, "captured"), Edge(1, 2, "timepoint"))
    layout = lay_out(Graph("f", nodes, edges, (Region(0, "partition 0", "@a", (), (Wave(0, "wave 0", (1,)),), (1,)),)))
    first, work, last = layout.nodes
    assert first.y < work.y < last.y
    assert first.x == work.x == last.x
    assert [lane.label for lane in layout.lanes] == ["@a"]


def test_many_ops_of_the_host_that_neither_wait_nor_feed_take_no_more_height_than_the_rest() -> None:
    """A model's function asserts the shape of each of its arguments, weights included."""
    waves = tuple(Wave(number, f"wave {number}", (number,)) for number in range(20))
    work = [Node(n, n, NOWHERE, "op", f"op {n}", "", "dispatch", 0, n, 4, 1, n) for n in range(20)]
    lone = [Node(n, n, NOWHERE, "op", f"op {n}", "", "host", NOWHERE, NOWHERE, 4, 1, n) for n in range(20, 80)]
    edges = tuple(Edge(n, n + 1, "resource") for n in range(19))
    region = Region(0, "partition 0", "@a", (), waves, tuple(range(20)))
    layout = lay_out(Graph("f", (*work, *lone), edges, (region,)))
    (box,) = layout.regions
    places = [(layout.nodes[node.id].x, layout.nodes[node.id].y) for node in lone]
    assert places == sorted(places)
    assert len({x for x, _ in places}) > 1
    assert max(y for _, y in places) < box.y + box.h
    assert min(x for x, _ in places) > box.x + box.w  # What the picture is about comes first.
    assert [lane.label for lane in layout.lanes] == ["@a", "host"]


def test_sources_stand_near_their_first_use_in_as_few_columns_as_that_takes() -> None:
    """A convolution with batch normalization takes three weights; ten of them need one column, as a wave is higher than a stack."""
    waves = tuple(Wave(number, f"wave {number}", (30 + number,)) for number in range(20))
    weights = [Node(n, n, NOWHERE, "op", f"op {n}", "", "host", NOWHERE, NOWHERE, 4, 1, n) for n in range(30)]
    work = [Node(n, n, NOWHERE, "op", f"op {n}", "", "dispatch", 0, n - 30, 4, 1, n) for n in range(30, 50)]
    edges = [Edge(n, n + 1, "resource") for n in range(30, 49)]
    edges += [Edge(n, 30 + n // 3 * 2 + 1, "captured") for n in range(30)]
    region = Region(0, "partition 0", "@a", (), waves, tuple(range(30, 50)))
    graph = Graph("f", (*weights, *work), tuple(edges), (region,))
    layout = lay_out(graph)
    assert [lane.label for lane in layout.lanes] == ["inputs", "@a"]
    assert len({layout.nodes[weight.id].x for weight in weights}) == 1
    for edge in edges[19:]:
        drift = layout.nodes[edge.target].y - layout.nodes[edge.source].y
        assert 0 <= drift <= MAX_DRIFT


def test_lines_of_sources_lead_between_the_sources_beside_them() -> None:
    """Each op of a chain but the first needs two sources of its own, and one op in three a dozen: they stand in three columns."""
    work = range(100, 140)
    needs = {op: 0 if op == 100 else 12 if op % 3 == 0 else 2 for op in work}
    feeds = [op for op in work for _ in range(needs[op])]
    sources = [Node(n, n, NOWHERE, "op", f"op {n}", "", "host", NOWHERE, NOWHERE, 4, 1, n) for n in range(len(feeds))]
    count = len(sources)
    ops = [Node(count + i, op, NOWHERE, "op", "", "", "dispatch", 0, i, 4, 1, op) for i, op in enumerate(work)]
    waves = tuple(Wave(i, f"wave {i}", (count + i,)) for i in range(len(ops)))
    edges = [Edge(count + i, count + i + 1, "resource") for i in range(len(ops) - 1)]
    region = Region(0, "partition 0", "@a", (), waves, tuple(node.id for node in ops))
    edges += [Edge(n, count + op - work[0], "captured") for n, op in enumerate(feeds)]
    layout = lay_out(Graph("f", (*sources, *ops), tuple(edges), (region,)))
    boxes = [layout.nodes[source.id] for source in sources]
    assert len({box.x for box in boxes}) == 3
    for edge, line in zip(edges, layout.edges, strict=True):
        for (x, y), (right, low) in itertools.pairwise(line):
            for index, box in enumerate(boxes):
                across = max(x, right) > box.x and min(x, right) < box.x + box.w
                down = max(y, low) > box.y and min(y, low) < box.y + box.h
                assert index == edge.source or not (across and down), (edge, box)
