"""What a saved notebook shows where no widget runs: figures, regions and the picture, as plain HTML with no script."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence

from iree_explorer.exploration.comparing.compared import Compared
from iree_explorer.exploration.dumps import PassDumps
from iree_explorer.exploration.explored import Explored
from iree_explorer.graph import Graph, byte_text
from iree_explorer.graph.drawing.text import xml
from iree_explorer.graph.figures import Figures

PASSES = 200
"""Passes listed of dumps."""
REGIONS = 20
"""Regions listed of one function; a longer list says how many more there are."""


def snapshot_html(exploration: Explored, comparison: Compared | None = None, picture: str | None = None) -> str:
    """The snapshot; its words stay readable where a page takes away styles and pictures, as code hosts do.

    Args:
        exploration: what is shown.
        comparison: what it is compared with.
        picture: its SVG, where there is one already.
    """
    return "\n".join(_parts(exploration, comparison, picture))


def dumps_html(dumps: PassDumps) -> str:
    """The passes as a table: which changed how many lines."""
    rows = [(str(number), step["reason"]) for number, step in enumerate(dumps.document["steps"][:PASSES], 1)]
    hidden = len(dumps.dumps) - PASSES
    more = f"<p>and {hidden:,} more passes</p>" if hidden > 0 else ""
    return f"<p><b>{_text(dumps.title)}</b></p>{_table(('', 'pass'), rows)}{more}"


def _parts(exploration: Explored, comparison: Compared | None, picture: str | None) -> Iterator[str]:
    options = exploration.options
    how = f"{' + '.join(options.passes) or 'no pass'}, favor {options.favor}, partitioners {options.execution} and {options.concurrency}"
    yield f"<p><b>{_text(exploration.title)}</b>: {_text(how)}. Run the cell to step through it.</p>"
    if exploration.refusal is not None:
        yield f"<pre>{_text(str(exploration.refusal))}</pre>"
    if not exploration.graphs:
        yield f"<p>{_text(exploration.nothing)}</p>"
        return
    if exploration.refusal is None:
        yield _table(
            ("function", "regions", "waves", "widest wave", "critical path", "peak bytes"),
            map(_figures, exploration.graphs, exploration.figures),
        )
    yield _regions(exploration.graph)
    if comparison is not None:
        yield f"<pre>{_text(comparison.to_text())}</pre>"
    yield _picture(exploration.to_svg() if picture is None else picture, exploration.graph)


def _picture(svg: str, graph: Graph) -> str:
    """An image, not markup: JupyterLab takes the tags of a drawing out of a notebook that is not trusted, and leaves its words."""
    data = base64.b64encode(svg.encode()).decode("ascii")
    return f'<p><img alt="The schedule of @{_text(graph.function)} as a picture" src="data:image/svg+xml;base64,{data}"></p>'


def _figures(graph: Graph, found: Figures) -> Sequence[str]:
    counts = (found.regions, found.waves, found.widest, found.critical_path)
    return (f"@{graph.function}", *(f"{count:,}" for count in counts), byte_text(found.peak_bytes))


def _regions(graph: Graph) -> str:
    rows = [
        (region.label, region.affinity, f"{len(region.nodes):,}", f"{len(region.waves):,}", ", ".join(region.awaits))
        for region in graph.regions[:REGIONS]
    ]
    hidden = len(graph.regions) - REGIONS
    more = f"<p>and {hidden:,} more regions</p>" if hidden > 0 else ""
    return _table((f"regions of @{graph.function}", "where", "ops", "waves", "waits for"), rows) + more


def _table(headings: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{_text(heading)}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(text: str) -> str:
    return "\n".join(map(xml, text.split("\n")))
