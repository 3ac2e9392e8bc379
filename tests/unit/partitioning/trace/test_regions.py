"""The numbers and words by which regions and waves are told, with a trace and without."""

from __future__ import annotations

from xdsl.ir import Operation

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from iree_explorer.partitioning.trace.recording import OpIds
from iree_explorer.partitioning.trace.regions import OpPlace, RegionNames, op_places
from iree_explorer.passes.schedule import Schedule, schedule
from iree_explorer.syntax import Module, parse

NESTED_WAVES = """
util.func public @main(%a: !stream.resource<external>, %n: index, %x: i32) -> !stream.timepoint {
  %r, %t = stream.async.execute with(%a as %b: !stream.resource<external>{%n})
      -> !stream.resource<external>{%n} {
    %f = stream.async.fill %x, %b[%n to %n for %n] : i32 -> %b as !stream.resource<external>{%n}
    %w:2 = stream.async.concurrent with(%f as %g: !stream.resource<external>{%n})
        -> (!stream.resource<external>{%n}, !stream.resource<transient>{%n}) {
      %v = stream.async.concurrent with() -> !stream.resource<transient>{%n} {
        %s = stream.async.splat %x : i32 -> !stream.resource<transient>{%n}
        stream.yield %s : !stream.resource<transient>{%n}
      }
      %h = stream.async.fill %x, %g[%n to %n for %n] : i32 -> %g as !stream.resource<external>{%n}
      stream.yield %h, %v : !stream.resource<external>{%n}, !stream.resource<transient>{%n}
    }
    stream.yield %w#0 : !stream.resource<external>{%n}
  } => !stream.timepoint
  util.return %t : !stream.timepoint
}
"""


def places_in_text(module: Module) -> dict[Operation, OpPlace]:
    names = RegionNames(OpIds(module.op))
    return op_places((op, names) for op in module.op.ops if op.name == "util.func")


def test_without_a_trace_regions_are_numbered_in_text_order() -> None:
    scheduled = schedule(load(samples.round_trip)).module
    places = places_in_text(scheduled)
    executes = [op for op in scheduled.op.walk() if op.name == "stream.async.execute"]
    assert len(executes) > 1
    assert [places[op] for op in executes] == [
        OpPlace("main", number, f"region {number}") for number in range(len(executes))
    ]


def test_a_wave_and_all_in_it_are_of_its_number() -> None:
    places = places_in_text(parse(NESTED_WAVES))
    found = [(op.name.rpartition(".")[2], place.words("main")) for op, place in places.items()]
    assert sorted(found) == [
        ("concurrent", "region 0, wave 1"),
        ("concurrent", "region 0, wave 1"),
        ("execute", "region 0"),
        ("fill", "region 0, wave 0"),
        ("fill", "region 0, wave 1"),
        ("splat", "region 0, wave 1"),
        ("yield", "region 0, wave 1"),
    ]


def test_a_schedule_numbers_as_its_graphs_do() -> None:
    for sample in (samples.blocks, samples.loop, samples.transformer, samples.two_devices):
        exploration = explore_module(load(sample))
        scheduled = exploration.scheduled
        assert scheduled.ids is not None
        told = {scheduled.ids.of(op): place for op, place in scheduled.places().items()}
        for graph in exploration.graphs:
            for region in graph.regions:
                assert told[region.op] == OpPlace(graph.function, region.ordinal, region.label)
                for node in (graph.nodes[number] for number in region.nodes):
                    assert told[node.own] == OpPlace(graph.function, region.ordinal, region.label, node.wave)


def test_a_schedule_without_a_trace_numbers_in_text_order() -> None:
    untraced: Schedule = schedule(load(samples.diamond), trace=False)
    assert {place.label for place in untraced.places().values()} == {"region 0"}


def test_other_functions_are_named() -> None:
    place = OpPlace("setup", 2, "partition 2", 1)
    assert place.words("setup") == "partition 2, wave 1"
    assert place.words("main") == "partition 2 of @setup, wave 1"
