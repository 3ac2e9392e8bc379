"""An SVG of either view that needs no other program: light or dark as its page is, every name escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from iree_explorer.graph.drawing.legend import legend_height, legend_lines
from iree_explorer.graph.drawing.style import style_sheet
from iree_explorer.graph.drawing.text import shorten, xml
from iree_explorer.graph.layout.collapse import collapse
from iree_explorer.graph.layout.places import Box, Lane, Layout, Point, View
from iree_explorer.graph.layout.rows import REGION_PADDING, WAVE_PADDING
from iree_explorer.graph.layout.views import lay_out
from iree_explorer.graph.model import EDGE_KINDS, NOWHERE, Edge, Graph, Node, Region, Wave, byte_text

Theme = Literal["auto", "light", "dark"]
"""`auto`: as the reader's system; the others hold plain colours, for programs that know no CSS variables."""

HEADER = 64
MIN_WIDTH = 640
WAVE_LETTERS = 9
"""What fits into the strip beside a wave's nodes."""
CORNER = 7
"""Radius of an edge's bends, in pixels."""


def svg_text(graph: Graph, *, theme: Theme = "auto", view: View = "lanes") -> str:
    """`graph` as one SVG document; of more nodes than `collapse` leaves, regions are folded and a line says so."""
    collapsed = collapse(graph)
    layout = lay_out(collapsed.graph, view)
    return "\n".join(_document(collapsed.graph, layout, _summary(graph), collapsed.sentence, theme)) + "\n"


def _summary(graph: Graph) -> str:
    """The figures of the whole graph, such as `3 regions · 9 waves · 13 ops`."""
    waves = sum(len(region.waves) for region in graph.regions)
    ops = sum(len(region.nodes) for region in graph.regions)
    host = len(graph.nodes) - ops
    figures = [(len(graph.regions), "region"), (waves, "wave"), (ops, "op"), (host, "host step")]
    return " · ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in figures if count) or "no ops"


def _document(graph: Graph, layout: Layout, summary: str, note: str, theme: Theme) -> Iterator[str]:
    width = max(layout.width, MIN_WIDTH)
    height = HEADER + layout.height + legend_height(graph, width)
    title = f"Schedule of @{graph.function}"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ieg-{theme}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{xml(title)}: {xml(summary)}">'
    )
    yield f"<title>{xml(title)}</title>"
    yield f"<desc>{xml(_description(graph, summary, note))}</desc>"
    yield f"<style>{style_sheet(theme)}</style>"
    yield f"<defs>{''.join(_marker(kind, theme) for kind in EDGE_KINDS)}</defs>"
    yield f'<rect class="paper" width="{width}" height="{height}" rx="10"/>'
    yield f'<text class="title" x="24" y="32">{xml(shorten(title, 60))}</text>'
    yield f'<text class="faint" x="24" y="52">{xml(" — ".join(filter(None, (summary, note))))}</text>'
    yield f'<g transform="translate(0 {HEADER})">'
    yield from _picture(graph, layout, theme)
    yield "</g>"
    yield from legend_lines(graph, width, HEADER + layout.height)
    yield "</svg>"


def _description(graph: Graph, summary: str, note: str) -> str:
    """The picture in words, for those who hear it."""
    regions = [
        f"{region.label}{f' on {region.affinity}' if region.affinity else ''} holds {len(region.nodes)} nodes"
        + (f" in {len(region.waves)} waves" if region.waves else "")
        + (f" and awaits {', '.join(region.awaits)}" if region.awaits else "")
        for region in graph.regions[:20]
    ]
    more = f"and {len(graph.regions) - 20} more regions" if len(graph.regions) > 20 else ""
    return ". ".join(filter(None, (f"Time runs downwards. {summary}", note, *regions, more))) + "."


def _marker(kind: str, theme: Theme) -> str:
    return (
        f'<marker id="ieg-{theme}-{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path class="head {kind}" d="M0 0.8 7.4 4 0 7.2z"/></marker>'
    )


def _picture(graph: Graph, layout: Layout, theme: Theme) -> Iterator[str]:
    yield from (_lane(lane) for lane in layout.lanes)
    yield from (_region(region, box) for region, box in zip(graph.regions, layout.regions, strict=True))
    for region, waves in zip(graph.regions, layout.waves, strict=bool(layout.waves)):
        yield from (_wave(wave, wave_box) for wave, wave_box in zip(region.waves, waves, strict=bool(region.waves)))
    path = rounded if layout.view == "lanes" else curved
    yield from (_edge(graph, edge, path(line), theme) for edge, line in zip(graph.edges, layout.edges, strict=True))
    yield from (_node(node, box) for node, box in zip(graph.nodes, layout.nodes, strict=True))
    yield from (_header(region, box) for region, box in zip(graph.regions, layout.regions, strict=True))


def _lane(lane: Lane) -> str:
    label = lane.label or "any device"
    middle = lane.x + lane.w // 2
    return f'<text class="lane" x="{middle}" y="36">{xml(shorten(label, max(lane.w // 8, 12)))}</text>'


def _region(region: Region, box: Box) -> str:
    return f'<g class="region">{_tip(region.label, region.affinity, awaits_words(region))}{_rect(box, 10)}</g>'


def _header(region: Region, box: Box) -> str:
    """The region's name, above all lines."""
    x, room = box.x + REGION_PADDING, (box.w - 2 * REGION_PADDING) // 7
    details = shorten(" · ".join(filter(None, (region.affinity, awaits_words(region)))), room * 7 // 6)
    return (
        f'<g class="header"><text class="name" x="{x}" y="{box.y + 21}">{xml(shorten(region.label, room))}</text>'
        f'<text class="faint" x="{x}" y="{box.y + 38}">{xml(details)}</text></g>'
    )


def awaits_words(region: Region) -> str:
    """What the region waits for, such as `awaits partitions 2, 1`; nothing of one that was not made."""
    if not region.awaits:
        return "awaits nothing" if region.op != NOWHERE else ""
    first, *rest = (label.partition(" ") for label in region.awaits)
    if rest and all(word == first[0] and number.isdecimal() for word, _, number in (first, *rest)):
        return f"awaits {first[0]}s {', '.join(number for _, _, number in (first, *rest))}"
    return f"awaits {', '.join(region.awaits)}"


def _wave(wave: Wave, box: Box) -> str:
    """The wave's box, its name in one line or (`waves 10–250`) two."""
    lines = [wave.label] if len(wave.label) <= WAVE_LETTERS else wave.label.split(" ", 1)
    x = box.x + WAVE_PADDING
    words = (
        f'<text class="faint" x="{x}" y="{box.y + 19 + 13 * index}">{xml(shorten(line, WAVE_LETTERS))}</text>'
        for index, line in enumerate(lines)
    )
    return f'<g class="wave">{_tip(wave.label)}{_rect(box, 6)}{"".join(words)}</g>'


def _node(node: Node, box: Box) -> str:
    size = byte_text(node.size)
    room = (box.w - 26) // 7
    detail = shorten(node.detail, max(int((box.w - 32 - 6.5 * len(size)) / 6.5), 4)) if node.detail else ""
    folded = " folded" if node.ops > 1 else ""
    middle = 18 if detail or size else box.h // 2 + 4
    parts = [
        f'<g class="node {node.kind}{folded}" transform="translate({box.x} {box.y})">',
        _tip(node.label, node.name, node.detail, size),
        f'<rect class="box" width="{box.w}" height="{box.h}" rx="6"/>',
        f'<rect class="bar" x="5" y="7" width="4" height="{box.h - 14}" rx="2"/>',
        f'<text class="name" x="17" y="{middle}">{xml(shorten(node.label, room))}</text>',
        f'<text class="faint" x="17" y="34">{xml(detail)}</text>' if detail else "",
        f'<text class="size" x="{box.w - 9}" y="34">{xml(size)}</text>' if size else "",
        "</g>",
    ]
    return "".join(parts)


def _edge(graph: Graph, edge: Edge, path: str, theme: Theme) -> str:
    source, target = graph.nodes[edge.source], graph.nodes[edge.target]
    words = f"{source.label} → {target.label}"
    return (
        f'<path class="edge {edge.kind}" d="{path}" marker-end="url(#ieg-{theme}-{edge.kind})">'
        f"{_tip(words, edge.label, byte_text(edge.size), edge.kind)}</path>"
    )


def _rect(box: Box, radius: int) -> str:
    return f'<rect x="{box.x}" y="{box.y}" width="{box.w}" height="{box.h}" rx="{radius}"/>'


def _tip(*words: str) -> str:
    """What the browser shows when the pointer rests on it."""
    return f"<title>{xml(' · '.join(filter(None, words)))}</title>"


def rounded(line: Sequence[Point]) -> str:
    """An SVG path along `line` (horizontal and vertical pieces), its bends rounded."""
    (x, y), *rest = line
    path = [f"M{x} {y}"]
    for index, (bend_x, bend_y) in enumerate(rest[:-1]):
        next_x, next_y = rest[index + 1]
        radius = min(CORNER, _length(x, y, bend_x, bend_y) / 2, _length(bend_x, bend_y, next_x, next_y) / 2)
        from_x, from_y = _towards(bend_x, bend_y, x, y, radius)
        to_x, to_y = _towards(bend_x, bend_y, next_x, next_y, radius)
        path.append(f"L{from_x:g} {from_y:g}Q{bend_x} {bend_y} {to_x:g} {to_y:g}")
        x, y = bend_x, bend_y
    path.append(f"L{rest[-1][0]} {rest[-1][1]}")
    return "".join(path)


def curved(line: Sequence[Point]) -> str:
    """An SVG path through the points of `line` that is vertical at each of them."""
    (x, y), *rest = line
    path = [f"M{x} {y}"]
    for to_x, to_y in rest:
        middle = (y + to_y) / 2
        path.append(f"V{to_y}" if to_x == x else f"C{x} {middle:g} {to_x} {middle:g} {to_x} {to_y}")
        x, y = to_x, to_y
    return "".join(path)


def _length(x: int, y: int, to_x: int, to_y: int) -> int:
    return abs(to_x - x) + abs(to_y - y)


def _towards(x: int, y: int, to_x: int, to_y: int, by: float) -> tuple[float, float]:
    """`by` pixels from one point to another that is straight beside, above or below it."""
    return x + by * ((to_x > x) - (to_x < x)), y + by * ((to_y > y) - (to_y < y))
