"""The legend below a picture: only what the picture holds, wrapped to its width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iree_explorer.graph.model import EDGE_KINDS, NODE_KINDS, EdgeKind, Graph, NodeKind

LINE = 22
TOP = 18
BOTTOM = 14
LEFT = 24

_EDGE_WORDS: dict[EdgeKind, str] = {
    "resource": "resource",
    "tied": "tied: writes in place",
    "timepoint": "timepoint: waits for another region",
    "captured": "captured from the host",
}
_NODE_WORDS: dict[NodeKind, str] = {"other": "other op", "host": "host step"}


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    words: str
    is_edge: bool

    @property
    def width(self) -> int:
        """Pixels, with the room before the next entry."""
        return (34 if self.is_edge else 18) + 6 * len(self.words) + 20


def _entries(graph: Graph) -> list[_Entry]:
    nodes, edges = {node.kind for node in graph.nodes}, {edge.kind for edge in graph.edges}
    return [_Entry(kind, _NODE_WORDS.get(kind, kind), False) for kind in NODE_KINDS if kind in nodes] + [
        _Entry(kind, _EDGE_WORDS[kind], True) for kind in EDGE_KINDS if kind in edges
    ]


def _placed(graph: Graph, width: int) -> list[tuple[int, int, _Entry]]:
    """Each entry with its left edge and line."""
    placed: list[tuple[int, int, _Entry]] = []
    x, line = LEFT, 0
    for entry in _entries(graph):
        if x > LEFT and x + entry.width > width:
            x, line = LEFT, line + 1
        placed.append((x, line, entry))
        x += entry.width
    return placed


def legend_height(graph: Graph, width: int) -> int:
    """Pixels that the legend takes."""
    placed = _placed(graph, width)
    return TOP + (placed[-1][1] + 1) * LINE + BOTTOM if placed else BOTTOM


def legend_lines(graph: Graph, width: int, top: int) -> Iterator[str]:
    """The legend as SVG, from height `top` on."""
    for x, line, entry in _placed(graph, width):
        y = top + TOP + line * LINE + LINE // 2
        if entry.is_edge:
            yield f'<path class="edge {entry.kind}" d="M{x} {y}H{x + 26}"/>'
            yield f'<text class="faint" x="{x + 34}" y="{y + 4}">{entry.words}</text>'
        else:
            yield f'<g class="{entry.kind}"><rect class="bar" x="{x}" y="{y - 5}" width="10" height="10" rx="3"/></g>'
            yield f'<text class="faint" x="{x + 18}" y="{y + 4}">{entry.words}</text>'
