"""Graphs of all shapes, as `graph.build` could make them."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from iree_explorer.graph import Edge, EdgeKind, Graph, Node, Region, Wave
from iree_explorer.graph.model import EDGE_KINDS, NODE_KINDS, NOWHERE

HOSTILE = (
    "</title><script>alert(1)</script>",
    '"] ; evil [label="',
    "a\\Nb\\",
    "]]>&lt;&amp;'\"",
    "\x00\x07\u202etxt",
    "\ud800",
    "line\nbreak\r\n",
    "-->",
    "${x}`${y}`",
    "ж漢字" * 40,
    "",
)


@dataclass
class Draft:
    """A graph while it is drawn."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    def node(self, draw: st.DrawFn, label: str, region: int = NOWHERE, wave: int = NOWHERE) -> int:
        number = len(self.nodes)
        kind = draw(st.sampled_from(NODE_KINDS))
        size = draw(st.none() | st.integers(0, 1 << 40))
        self.nodes.append(Node(number, number, NOWHERE, "stream.x", label, label, kind, region, wave, size))
        for source in draw(st.lists(st.integers(0, max(number - 1, 0)), max_size=3)):
            self._edge(draw, source, number)
        return number

    def _edge(self, draw: st.DrawFn, source: int, target: int) -> None:
        same = self.nodes[source].region == self.nodes[target].region
        if source == target or (same and self.nodes[source].wave == self.nodes[target].wave != NOWHERE):
            return
        kind: EdgeKind = draw(st.sampled_from(EDGE_KINDS))
        self.edges.append(Edge(source, target, kind, f"%{source}", draw(st.none() | st.integers(0, 1 << 20))))


PLAIN = st.just("op")


@st.composite
def graphs(draw: st.DrawFn, labels: st.SearchStrategy[str] = PLAIN) -> Graph:
    """Host nodes and regions in any order; regions with waves of any width, or with none."""
    draft = Draft()
    for ordinal in range(draw(st.integers(0, 5))):
        for _ in range(draw(st.integers(0, 3))):
            draft.node(draw, draw(labels))
        region_with_waves(draw, draft, ordinal, labels)
    return Graph(draw(labels), tuple(draft.nodes), tuple(draft.edges), tuple(draft.regions))


def region_with_waves(draw: st.DrawFn, draft: Draft, ordinal: int, labels: st.SearchStrategy[str]) -> None:
    widths = draw(st.lists(st.integers(1, 9), max_size=5))
    has_waves = draw(st.booleans())
    first = len(draft.nodes)
    waves: list[Wave] = []
    for wave, width in enumerate(reversed(widths)):
        number = wave if has_waves else NOWHERE
        for _ in range(draw(st.integers(0, 2))):
            draft.node(draw, draw(labels), ordinal)
        members = tuple(draft.node(draw, draw(labels), ordinal, number) for _ in range(width))
        waves.append(Wave(wave, draw(labels), members))
    affinity = draw(st.sampled_from(["", "@a", "@b"]))
    nodes = tuple(range(first, len(draft.nodes)))
    awaits = tuple(draw(st.lists(labels, max_size=2)))
    draft.regions.append(Region(ordinal, draw(labels), affinity, awaits, tuple(waves) if has_waves else (), nodes))
