from dataclasses import replace

from iree_explorer.graph.figures import Figures, figures_of, longest_chain
from iree_explorer.graph.model import NOWHERE, Edge, EdgeKind, Graph, Node, Region, Wave

KB = 1024


def node(number: int, region: int, wave: int, size: int | None = KB) -> Node:
    return Node(number, number, -1, "stream.async.dispatch", f"n{number}", "", "dispatch", region, wave, size)


def edge(source: int, target: int, kind: EdgeKind = "resource") -> Edge:
    return Edge(source, target, kind)


def region(ordinal: int, *waves: tuple[int, ...], awaits: tuple[str, ...] = ()) -> Region:
    made = tuple(Wave(number, f"wave {number}", nodes) for number, nodes in enumerate(waves))
    return Region(ordinal, f"partition {ordinal}", "", awaits, made, tuple(n for wave in waves for n in wave))


DIAMOND = Graph(
    "f",
    (node(0, 0, 0), node(1, 0, 1), node(2, 0, 1), node(3, 0, 2)),
    (edge(0, 1), edge(0, 2), edge(1, 3), edge(2, 3)),
    (region(0, (0,), (1, 2), (3,)),),
)


def test_a_diamond() -> None:
    found = figures_of(DIAMOND)
    assert found == Figures(regions=1, waves=3, widest=2, critical_path=3, peak_bytes=3 * KB, ops=4)


def test_the_longest_chain_is_of_ops_that_do_work_and_leads_through_the_host() -> None:
    assert longest_chain(DIAMOND) == (0, 1, 3)
    assert longest_chain(Graph("f")) == ()
    nodes = (node(0, 0, 0), node(1, NOWHERE, NOWHERE), node(2, 1, 0), node(3, 1, 0), node(4, 1, 1))
    nodes = (*nodes[:3], replace(nodes[3], kind="constant"), nodes[4])
    edges = (edge(0, 1, "timepoint"), edge(1, 2, "captured"), edge(3, 4), edge(2, 4))
    assert longest_chain(Graph("f", nodes, edges, (region(0, (0,)), region(1, (2,), (4,))))) == (0, 2, 4)


def test_a_wave_of_views_alone_is_no_step_of_the_critical_path() -> None:
    nodes = (DIAMOND.nodes[0], *(replace(each, kind="slice") for each in DIAMOND.nodes[1:3]), DIAMOND.nodes[3])
    found = figures_of(Graph("f", nodes, DIAMOND.edges, DIAMOND.regions))
    assert (found.waves, found.critical_path) == (3, 2)
    views = Graph("f", (replace(DIAMOND.nodes[0], kind="slice"),), (), (region(0, (0,)),))
    assert figures_of(views).critical_path == 0


def test_a_tied_result_reuses_its_bytes() -> None:
    tied = Graph("f", DIAMOND.nodes, (edge(0, 1, "tied"), edge(0, 2), edge(1, 3), edge(2, 3)), DIAMOND.regions)
    assert figures_of(tied).peak_bytes == 3 * KB
    chain = (edge(0, 1, "tied"), edge(1, 2, "tied"), edge(2, 3, "tied"))
    assert figures_of(Graph("f", DIAMOND.nodes, chain, DIAMOND.regions)).peak_bytes == KB


def test_what_is_needed_no_more_is_free() -> None:
    chain = tuple(edge(n, n + 1) for n in range(3))
    waves = region(0, (0,), (1,), (2,), (3,))
    assert figures_of(Graph("f", DIAMOND.nodes, chain, (waves,))).peak_bytes == 2 * KB


def test_unknown_sizes_are_counted_not_guessed() -> None:
    graph = Graph("f", (node(0, 0, 0, None), node(1, 0, 1)), (edge(0, 1),), (region(0, (0,), (1,)),))
    found = figures_of(graph)
    assert (found.unsized, found.peak_bytes) == (1, KB)


def test_regions_that_wait_follow_each_other_and_others_do_not() -> None:
    nodes = (node(0, 0, 0), node(1, 0, 1), node(2, 1, 0), node(3, 2, 0))
    regions = (region(0, (0,), (1,)), region(1, (2,), awaits=("partition 0",)), region(2, (3,)))
    found = figures_of(Graph("f", nodes, (edge(0, 1), edge(0, 2, "timepoint")), regions))
    assert (found.critical_path, found.awaits, found.regions) == (3, 1, 3)


def test_without_waves_ops_run_one_after_the_other() -> None:
    plain = Region(0, "partition 0", "", (), (), (0, 1, 2, 3))
    assert figures_of(Graph("f", DIAMOND.nodes, DIAMOND.edges, (plain,))).critical_path == 4


def test_functions_add_up() -> None:
    one = figures_of(DIAMOND)
    both = one + one
    assert (both.waves, both.widest, both.critical_path, both.peak_bytes) == (6, 2, 3, 3 * KB)


def test_no_graph_no_figures() -> None:
    assert figures_of(Graph("f")) == Figures()
