"""A comparison as the page shows it: the other run's document, aligned texts and graphs, figures and differences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iree_explorer.exploration.comparing.comparison import Comparison
from iree_explorer.exploration.edits import Text, gaps

Json = dict[str, Any]
Hunk = list[int]
"""`[start before, end before, start after, end after]`: these lines differ."""

_NAME = re.compile(r"%[\w$.-]+")
_ROW = 68
"""Pixels between rows of nodes that only the other run has."""
_COLUMNS = 6


def document_with(comparison: Comparison) -> Json:
    """The document of the run before, with the comparison in it."""
    return {**comparison.before.packed, "comparison": comparison_json(comparison)}


def comparison_json(comparison: Comparison) -> Json:
    """What `comparison` of the document's schema describes."""
    before, after = comparison.before, comparison.after
    identical = all(old == new for old, new in comparison.ops.items())
    return {
        "names": list(comparison.names),
        "rows": [{"name": r.name, "before": r.before, "after": r.after, "change": r.change} for r in comparison.rows],
        "ops": None if identical else sorted(map(list, comparison.ops.items())),
        "differences": list(_differences(comparison)),
        "hunks": list(hunks(before.lines_after, after.lines_after, comparison.ops)),
        "graphs": list(_graphs(comparison)),
        "other": after.packed,
    }


def _differences(comparison: Comparison) -> Iterator[Json]:
    for difference in comparison.differences:
        before, after = difference.places()
        yield {
            "ops": [difference.before_op, difference.after_op],
            "function": difference.function,
            "label": difference.label,
            "differs": list(difference.differs),
            "before": before,
            "after": after,
        }


def hunks(before: Text, after: Text, ops: Mapping[int, int]) -> Iterator[Hunk]:
    """Where two texts differ, in order; lines of one op that differ in names only stand beside each other."""
    whole = gaps([(line, 0) for line, _ in before], [(line, 0) for line, _ in after])
    for old_start, old_end, new_start, new_end in whole:
        old = [(_NAME.sub("%", line.strip()), ops.get(op, -1)) for line, op in before[old_start:old_end]]
        new = [(_NAME.sub("%", line.strip()), op) for line, op in after[new_start:new_end]]
        yield from _paired(list(gaps(old, new)), (old_start, old_end, new_start, new_end))


def _paired(inner: Sequence[tuple[int, int, int, int]], place: tuple[int, int, int, int]) -> Iterator[Hunk]:
    """The gaps inside of a hunk, and the lines between them, each beside its counterpart."""
    old_start, old_end, new_start, new_end = place
    at_old, at_new = 0, 0
    for a, b, c, d in [*inner, (old_end - old_start,) * 2 + (new_end - new_start,) * 2]:
        for k in range(a - at_old):
            yield [
                old_start + at_old + k,
                old_start + at_old + k + 1,
                new_start + at_new + k,
                new_start + at_new + k + 1,
            ]
        if b > a or d > c:
            yield [old_start + a, old_start + b, new_start + c, new_start + d]
        at_old, at_new = b, d


# Graphs


def _graphs(comparison: Comparison) -> Iterator[Json]:
    """Per function that both have: its nodes twice at the same places, with words for where they run."""
    changed = _changed(comparison)
    mine = {graph["function"]: graph for graph in comparison.before.document["graphs"]}
    for theirs in comparison.after.document["graphs"]:
        graph = mine.get(theirs["function"])
        if graph is None:
            continue
        places = _places(graph)
        moved, height = _moved(theirs, comparison, places, graph["height"])
        yield {
            "before": _side(graph, graph["nodes"], height, changed[0]),
            "after": _side(theirs, moved, height, changed[1]),
        }


def _changed(comparison: Comparison) -> tuple[set[int], set[int]]:
    pairs = [(d.before_op, d.after_op) for d in comparison.differences]
    return {old for old, _ in pairs}, {new for _, new in pairs}


def _places(graph: Json) -> dict[int, list[Json]]:
    """Op id → its nodes, the last first."""
    found: dict[int, list[Json]] = {}
    for node in reversed(graph["nodes"]):
        found.setdefault(node["op"], []).append(node)
    return found


def _moved(
    graph: Json, comparison: Comparison, places: dict[int, list[Json]], height: float
) -> tuple[list[Json], float]:
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
        row, column = divmod(extra, _COLUMNS)
        found.append({**node, "x": 40 + column * (node["w"] + 24), "y": height + 24 + row * _ROW})
        extra += 1
    return found, height + 24 + -(-extra // _COLUMNS) * _ROW if extra else height


def _side(graph: Json, nodes: Sequence[Json], height: float, changed: set[int]) -> Json:
    """A graph without hulls, its nodes saying where they run; edges go straight."""
    middles = {node["id"]: node["x"] + node["w"] / 2 for node in nodes}
    by_id = {node["id"]: node for node in nodes}
    edges = [
        {
            **edge,
            "points": [
                middles[edge["from"]],
                by_id[edge["from"]]["y"] + by_id[edge["from"]]["h"],
                middles[edge["to"]],
                by_id[edge["to"]]["y"],
            ],
        }
        for edge in graph["edges"]
    ]
    width = max([graph["width"], *(node["x"] + node["w"] + 40 for node in nodes)])
    shown = [{**node, "origin": -1, "detail": _where(node, node["op"] in changed)} for node in nodes]
    return {**graph, "nodes": shown, "edges": edges, "regions": [], "width": width, "height": height}


def _where(node: Json, is_changed: bool) -> str:
    wave = f" · wave {node['wave']}" if node["wave"] >= 0 else ""
    place = f"partition {node['region']}{wave}" if node["region"] >= 0 else "host"
    return f"≠ {place}" if is_changed else place
