"""The graphs of a comparison: edges keep their lines, and every line begins and ends at its nodes."""

from itertools import pairwise
from typing import Any

import pytest

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.exploration.comparing.aligned_graphs import aligned_graphs
from iree_explorer.frontends import load


def touches(node: dict[str, Any], x: float, y: float) -> bool:
    return node["x"] <= x <= node["x"] + node["w"] and node["y"] <= y <= node["y"] + node["h"]


@pytest.mark.parametrize("name", ["transformer", "two_devices", "round_trip"])
def test_edges_run_as_they_were_laid_out(name: str) -> None:
    before = explore_module(load(getattr(samples, name)))
    for laid_out, pair in zip(
        before.document["graphs"], aligned_graphs(before.compare(concurrency="balanced")), strict=True
    ):
        lines = [edge["points"] for edge in laid_out["edges"]]
        assert [edge["points"] for edge in pair["before"]["edges"]] == lines
        assert sorted(edge["points"] for edge in pair["after"]["edges"]) == sorted(lines)


@pytest.mark.parametrize("execution", ["serial", "fewest-handovers"])
def test_edges_lead_from_node_to_node(execution: str) -> None:
    comparison = explore_module(load(samples.cloned_splat)).compare(execution=execution)
    for pair in aligned_graphs(comparison):
        for graph in pair.values():
            nodes = {node["id"]: node for node in graph["nodes"]}
            for edge in graph["edges"]:
                points = list(zip(edge["points"][::2], edge["points"][1::2], strict=True))
                assert touches(nodes[edge["from"]], *points[0])
                assert touches(nodes[edge["to"]], *points[-1])
                assert all(a != b for a, b in pairwise(points))
