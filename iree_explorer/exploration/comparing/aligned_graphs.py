"""The graphs of a comparison: the same op at the same place in both, with boxes around what runs together in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from iree_explorer.exploration.comparing.compared import Compared
from iree_explorer.exploration.comparing.detours import Obstacles
from iree_explorer.exploration.page.graphs import graphs_in_lanes
from iree_explorer.exploration.page.hulls import Hull, hulls_of
from iree_explorer.graph.model import NOWHERE

Json = dict[str, Any]

Ends = tuple[tuple[float, float], tuple[float, float]]
"""Upper left corners of the nodes that an edge leads from and to."""
Line = Sequence[float]
"""`x, y` of each of its points."""

ROW: Final = 68
"""Pixels between rows of nodes that only the other run has."""
COLUMNS: Final = 6
MARGIN: Final = 12
"""Around the nodes of a region; half as much around those of a wave."""
TITLE: Final = 12
"""Above that, for the region's name."""


def aligned_graphs(comparison: Compared) -> Iterator[Json]:
    """Per function that both have: its graph twice, `before` and `after`, the same op at the same place."""
    changed = _changed(comparison)
    mine = {graph["function"]: graph for graph in graphs_in_lanes(comparison.before.graphs)}
    for theirs in graphs_in_lanes(comparison.after.graphs):
        graph = mine.get(theirs["function"])
        if graph is None:
            continue
        places = _places(graph)
        moved, height = _moved(theirs, comparison, places, graph["height"])
        lines = _lines(graph)
        yield {
            "before": _Side(graph, graph["nodes"], height, changed[0], lines).json(),
            "after": _Side(theirs, moved, height, changed[1], lines).json(),
        }


def _changed(comparison: Compared) -> tuple[set[int], set[int]]:
    pairs = [(d.before_op, d.after_op) for d in comparison.differences]
    return {old for old, _ in pairs}, {new for _, new in pairs}


def _places(graph: Json) -> dict[int, list[Json]]:
    """Op id → its nodes, the last first."""
    found: dict[int, list[Json]] = {}
    for node in reversed(graph["nodes"]):
        found.setdefault(node["op"], []).append(node)
    return found


def _lines(graph: Json) -> Mapping[Ends, Sequence[Line]]:
    """The edges' lines as they were laid out, by where they begin and end; the first of those between two nodes first."""
    nodes = {node["id"]: node for node in graph["nodes"]}
    found: dict[Ends, list[Line]] = {}
    for edge in graph["edges"]:
        found.setdefault(_ends(nodes, edge), []).append(edge["points"])
    return found


def _ends(nodes: Mapping[int, Json], edge: Json) -> Ends:
    source, target = nodes[edge["from"]], nodes[edge["to"]]
    return (source["x"], source["y"]), (target["x"], target["y"])


def _moved(graph: Json, comparison: Compared, places: dict[int, list[Json]], height: float) -> tuple[list[Json], float]:
    """The other run's nodes at the places of this one's; those that only it has below all others."""
    back = {new: old for old, new in comparison.ops.items()}
    found: list[Json] = []
    extra = 0
    for node in graph["nodes"]:
        known = places.get(back.get(node["op"], -1))
        if known:
            twin = known.pop()
            found.append({**node, "x": twin["x"], "y": twin["y"], "w": twin["w"], "h": twin["h"]})
            continue
        row, column = divmod(extra, COLUMNS)
        found.append({**node, "x": 40 + column * (node["w"] + 24), "y": height + 24 + row * ROW})
        extra += 1
    return found, height + 24 + -(-extra // COLUMNS) * ROW if extra else height


@dataclass(frozen=True, slots=True)
class _Side:
    """The graph of one run, its `nodes` at the places that they have in both.

    `changed` are the ops that the runs place differently; `lines` those of the graph whose layout both have.
    """

    graph: Json
    nodes: Sequence[Json]
    height: float
    changed: set[int]
    lines: Mapping[Ends, Sequence[Line]]

    def json(self) -> Json:
        """The graph with a region for each box, of which a real region may have several: their labels tell."""
        hulls = hulls_of(self.nodes, [None if node["region"] == NOWHERE else node["region"] for node in self.nodes])
        real = {region["ordinal"]: region for region in self.graph["regions"]}
        homes: dict[int, tuple[int, int]] = {}
        regions: list[Json] = []
        for ordinal, hull in enumerate(hulls):
            waves = self._waves(hull)
            homes |= {self.nodes[index]["id"]: (ordinal, NOWHERE) for index in hull.nodes}
            homes |= {self.nodes[at]["id"]: (ordinal, wave) for wave, inner in enumerate(waves) for at in inner.nodes}
            regions.append(self._region(ordinal, hull, waves, real[hull.group]))
        return {
            **self.graph,
            "nodes": [self._node(node, homes.get(node["id"], (NOWHERE, NOWHERE)), real) for node in self.nodes],
            "edges": self._edges(),
            "regions": regions,
            "width": max([self.graph["width"], *(node["x"] + node["w"] + 40 for node in self.nodes)]),
            "height": self.height,
            "dag": {"nodes": [], "regions": [], "bends": []},
        }

    def _waves(self, hull: Hull) -> list[Hull]:
        """Boxes of waves inside of a region's box, where it has any. No other node stands in that."""
        members = [self.nodes[index] for index in hull.nodes]
        waves = hulls_of(members, [None if node["wave"] == NOWHERE else node["wave"] for node in members])
        for wave in waves:
            wave.nodes = [hull.nodes[place] for place in wave.nodes]
        return waves

    def _region(self, ordinal: int, hull: Hull, waves: Sequence[Hull], real: Json) -> Json:
        return {
            "ordinal": ordinal,
            "label": real["label"],
            "affinity": real["affinity"],
            "awaits": [],
            **hull.box(MARGIN, TITLE),
            # Each op says which wave it is in: a wave's box has no room for words.
            "waves": [{"ordinal": number, "label": "", **wave.box(MARGIN / 2)} for number, wave in enumerate(waves)],
        }

    def _node(self, node: Json, home: tuple[int, int], real: Mapping[int, Json]) -> Json:
        region = real.get(node["region"])
        # The box around it says which region it is in.
        place = f"wave {node['wave']}" if node["wave"] != NOWHERE else "host" if region is None else region["label"]
        detail = f"≠ {place}" if node["op"] in self.changed else place
        return {**node, "origin": -1, "detail": detail, "region": home[0], "wave": home[1]}

    def _edges(self) -> list[Json]:
        """The edges, the same line for the same edge in both runs; those that only the other run has as straight as may be."""
        nodes: Mapping[int, Json] = {node["id"]: node for node in self.nodes}
        left = {ends: iter(lines) for ends, lines in self.lines.items()}
        obstacles = Obstacles(self.nodes)
        edges: list[Json] = []
        for edge in self.graph["edges"]:
            line = next(left.get(_ends(nodes, edge), iter(())), None)
            edges.append({**edge, "points": line or obstacles.line_between(nodes[edge["from"]], nodes[edge["to"]])})
        return edges
