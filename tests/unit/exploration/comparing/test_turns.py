"""Turns count regions and waves as they run, whatever number a partitioner gave them."""

from iree_explorer import samples
from iree_explorer.exploration import compare, explore_module
from iree_explorer.exploration.comparing.turns import Turns, turn_words
from iree_explorer.frontends import load


def test_the_reference_numbers_waves_from_the_end_and_turns_from_the_start() -> None:
    graph = explore_module(load(samples.transformer)).graph_of("main")
    turns = Turns.of(graph)
    nodes = [node for node in graph.nodes if node.wave >= 0]
    assert nodes[0].wave > nodes[-1].wave
    assert [turns.at(node.region, node.wave) for node in (nodes[0], nodes[-1])] == [(1, 1), (1, 13)]


def test_what_is_nowhere_has_no_turn() -> None:
    turns = Turns.of(explore_module(load(samples.diamond)).graph)
    assert turns.at(-1, -1) == (0, 0)
    assert (turn_words((0, 0)), turn_words((2, 0)), turn_words((2, 1), " · ")) == (
        "host",
        "region 2",
        "region 2 · wave 1",
    )


def test_an_op_that_only_runs_earlier_has_a_lower_number_in_either_algorithm() -> None:
    found = compare(load(samples.transformer), concurrency="balanced")
    assert [(d.before[0].turn, d.after[0].turn) for d in found.differences] == [
        ((1, 4), (1, 3)),
        ((1, 5), (1, 4)),
        ((1, 5), (1, 3)),
        ((1, 6), (1, 4)),
    ]
