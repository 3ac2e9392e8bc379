"""The graphs of a comparison: edges keep their lines, and every line begins and ends at its nodes."""

from itertools import pairwise
from typing import Any

import pytest

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.exploration.comparing.aligned_graphs import aligned_graphs
from iree_explorer.exploration.comparing.detours import MANY, Obstacles
from iree_explorer.frontends import load


def touches(node: dict[str, Any], x: float, y: float) -> bool:
    return node["x"] <= x <= node["x"] + node["w"] and node["y"] <= y <= node["y"] + node["h"]


def crosses(node: dict[str, Any], a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether a line across or down, from one point to another, is behind the node anywhere."""
    (left, right), (top, low) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return (
        left < node["x"] + node["w"] and node["x"] < right and top < node["y"] + node["h"] and node["y"] < low
    ) or any(touches(node, *point) for point in (a, b))


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


def test_a_line_without_a_layout_leads_around_what_is_in_its_way() -> None:
    def node(x: float, y: float) -> dict[str, float]:
        return {"x": x, "y": y, "w": 100, "h": 40}

    source, target = node(0, 0), node(0, 400)
    assert Obstacles([source, target, node(300, 200)]).line_between(source, target) == [50, 40, 50, 400]
    beside = [node(-120, 150), node(0, 200), node(40, 260)]
    obstacles = Obstacles([source, target, *beside])
    line = obstacles.line_between(source, target)
    points = list(zip(line[::2], line[1::2], strict=True))
    assert (points[0], points[-1]) == ((50, 40), (50, 400))
    for (x, y), (right, low) in pairwise(points):
        assert x == right or y == low
        for one in beside:
            across = max(x, right) > one["x"] and min(x, right) < one["x"] + one["w"]
            assert not (across and max(y, low) > one["y"] and min(y, low) < one["y"] + one["h"])
    assert line[4] == -8, "between the first and the others: the shortest way"
    assert obstacles.line_between(target, source) == [50, 440, 50, 0], "upwards there is no way around"
    crowd = Obstacles([source, target, *beside * MANY])
    assert crowd.line_between(source, target) == [50, 40, 50, 400], (
        "past more than anybody sees at once it goes straight"
    )


@pytest.mark.parametrize("name", ["cloned_splat", "round_trip", "transformer"])
def test_no_line_of_a_comparison_leads_behind_a_node(name: str) -> None:
    comparison = explore_module(load(getattr(samples, name))).compare(execution="serial")
    for pair in aligned_graphs(comparison):
        for graph in pair.values():
            for edge in graph["edges"]:
                others = [node for node in graph["nodes"] if node["id"] not in (edge["from"], edge["to"])]
                points = zip(edge["points"][::2], edge["points"][1::2], strict=True)
                crossed = [node["label"] for a, b in pairwise(points) for node in others if crosses(node, a, b)]
                assert crossed == []
