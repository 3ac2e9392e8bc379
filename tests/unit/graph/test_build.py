import pytest

from iree_explorer.frontends import load
from iree_explorer.graph import Graph, lay_out
from iree_explorer.graph.build import build_graph, function_name
from iree_explorer.passes.schedule import schedule
from iree_explorer.samples import ALL
from iree_explorer.syntax import Module, parse
from tests.conformance.generator import program

SAMPLES = {sample.name: sample for sample in ALL}

WAITING = """
util.func public @main(%arg0: !hal.buffer_view) -> !hal.buffer_view {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %c7_i32 = arith.constant 7 : i32
  %0 = stream.tensor.import %arg0 : !hal.buffer_view -> tensor<16xf32> in !stream.resource<external>{%c64}
  %results, %result_timepoint = stream.async.execute on(#hal.device.affinity<@a>)
      with(%0 as %arg1: !stream.resource<external>{%c64}) -> !stream.resource<*>{%c64} {
    %4:2 = stream.async.concurrent with(%arg1 as %arg2: !stream.resource<external>{%c64}) -> (!stream.resource<*>{%c64}, !stream.resource<*>{%c64}) {
      %6 = stream.async.dispatch @ex::@left(%arg2[%c0 to %c64 for %c64]) : (!stream.resource<external>{%c64}) -> !stream.resource<*>{%c64}
      %7 = stream.async.splat %c7_i32 : i32 -> !stream.resource<*>{%c64}
      stream.yield %6, %7 : !stream.resource<*>{%c64}, !stream.resource<*>{%c64}
    }
    %5 = stream.async.dispatch @ex::@join(%4#0[%c0 to %c64 for %c64], %4#1[%c0 to %c64 for %c64]) : (!stream.resource<*>{%c64}, !stream.resource<*>{%c64}) -> %4#1{%c64}
    stream.yield %5 : !stream.resource<*>{%c64}
  } => !stream.timepoint
  %results_0, %result_timepoint_1 = stream.async.execute on(#hal.device.affinity<@b>) await(%result_timepoint) =>
      with(%results as %arg1: !stream.resource<*>{%c64}) -> !stream.resource<external>{%c64} {
    %4 = stream.async.transfer %arg1 : !stream.resource<*>{%c64} from(#hal.device.affinity<@a>) -> !stream.resource<external>{%c64}
    stream.yield %4 : !stream.resource<external>{%c64}
  } => !stream.timepoint
  %1 = stream.timepoint.await %result_timepoint_1 => %results_0 : !stream.resource<external>{%c64}
  %2 = stream.tensor.export %1 : tensor<16xf32> in !stream.resource<external>{%c64} -> !hal.buffer_view
  util.return %2 : !hal.buffer_view
}
"""


def graph_of(module: Module, name: str = "main") -> Graph:
    op = next(op for op in module.op.body.block.ops if op.name == "util.func" and function_name(op) == name)
    return build_graph(op)


@pytest.fixture(scope="module")
def waiting() -> Graph:
    return graph_of(parse(WAITING))


def edges(graph: Graph) -> set[tuple[str, str, str]]:
    label = [node.label for node in graph.nodes]
    return {(label[edge.source], label[edge.target], edge.kind) for edge in graph.edges}


def test_a_choice_of_the_host_between_resources_is_a_step_of_its_own() -> None:
    graph = graph_of(load(SAMPLES["circle"]))
    assert {("splat", "select", "resource"), ("select", "add", "resource"), ("splat", "add", "resource")} <= edges(
        graph
    )
    assert next(node.kind for node in graph.nodes if node.label == "select") == "host"


def test_nodes_say_what_they_are(waiting: Graph) -> None:
    assert [(node.label, node.detail, node.kind, node.size) for node in waiting.nodes] == [
        ("import", "tensor<16xf32>", "host", 64),
        ("left", "@ex", "dispatch", 64),
        ("splat", "7 : i32", "fill", 64),
        ("join", "@ex", "dispatch", 64),
        ("transfer", "@a → here", "transfer", 64),
        ("export", "tensor<16xf32>", "host", None),
    ]


def test_edges_go_through_captures_yields_and_waits(waiting: Graph) -> None:
    assert edges(waiting) == {
        ("import", "left", "captured"),
        ("left", "join", "resource"),
        ("splat", "join", "tied"),
        ("join", "transfer", "timepoint"),
        ("transfer", "export", "timepoint"),
    }


def test_regions_have_waves_affinity_and_what_they_await(waiting: Graph) -> None:
    first, second = waiting.regions
    assert (first.label, first.affinity, first.awaits) == ("region 0", "@a", ())
    assert (second.label, second.affinity, second.awaits) == ("region 1", "@b", ("region 0",))
    assert [wave.nodes for wave in first.waves] == [(1, 2), (3,)]
    assert [wave.nodes for wave in second.waves] == [(4,)]


def test_before_the_passes_there_are_no_regions() -> None:
    graph = graph_of(load(SAMPLES["diamond"]))
    assert graph.regions == ()
    assert {node.kind for node in graph.nodes} >= {"dispatch", "host"}


def test_after_the_first_pass_there_are_no_waves() -> None:
    graph = graph_of(schedule(load(SAMPLES["diamond"]), passes=["execution"]).module)
    assert graph.regions
    assert all(region.waves == () for region in graph.regions)


def test_a_loop_has_a_beginning_and_an_end_around_what_it_holds() -> None:
    graph = graph_of(schedule(load(SAMPLES["loop"])).module)
    layout = lay_out(graph)
    y = {node.label: box.y for node, box in zip(graph.nodes, layout.nodes, strict=True)}
    assert y["for"] < y["add"] < y["end of for"] < y["export"]


def test_branches_bring_values_to_later_blocks() -> None:
    graph = graph_of(schedule(load(SAMPLES["blocks"])).module)
    assert {source for source, target, _ in edges(graph) if target == "export"} == {"exp", "negate"}


@pytest.mark.parametrize("seed", range(8))
def test_any_program_has_a_graph_whose_edges_go_forward(seed: int) -> None:
    for op in parse(program(seed)).op.body.block.ops:
        if op.name in ("util.func", "func.func") and op.regions[0].blocks:
            graph = build_graph(op)
            assert [node.id for node in graph.nodes] == list(range(len(graph.nodes)))
            assert all(edge.source < edge.target for edge in graph.edges)
            lay_out(graph)
