"""A comparison as its reader holds it: made of two explorations, run, saved as a page."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from iree_explorer.exploration.comparing.alignment import align
from iree_explorer.exploration.comparing.compared import Compared
from iree_explorer.exploration.comparing.differences import differences_between
from iree_explorer.exploration.comparing.measure import measure
from iree_explorer.exploration.comparing.page import comparison_json
from iree_explorer.exploration.explored import Explored
from iree_explorer.exploration.page.document import encode_document
from iree_explorer.exploration.page.html import Held, html_page
from iree_explorer.files import write_file


@dataclass(frozen=True, repr=False)
class Comparison(Compared):
    """Two explorations, op by op, to look at and to run."""

    def run(self, function: str = "main", *inputs: Any, workers: int | None = None, repeat: int = 3) -> Comparison:
        """The same comparison with times, bytes and results of both programs, run by turns on the same inputs.

        Args:
            function: its name.
            inputs: as `iree_explorer.run` takes them; what is missing is made up.
            workers: threads; as many as processors.
            repeat: runs of each; the fastest counts.

        Raises:
            InputError: the function, an input or `repeat` does not fit.
            ExecutionError: a run went wrong.
            PassError: one of the programs cannot be scheduled.
        """
        return replace(self, measured=measure(self.before, self.after, function, inputs, workers, repeat))

    @property
    def held(self) -> Held:
        """The first schedule and the comparison as a page holds them."""
        return replace(self.before.held, comparison=encode_document(comparison_json(self)))

    def to_html(
        self, path: str | Path | None = None, standing: Mapping[str, Any] | None = None, held: Held | None = None
    ) -> str:
        """The stepper with this comparison, as one page that works offline; arguments are those of `Exploration.to_html`."""
        fallback = f"<pre>{html.escape(self.to_text())}</pre>{self.before.static_html()}"
        page = html_page(f"{self.before.title}: compared", held or self.held, fallback, standing)
        if path is not None:
            write_file(path, page)
        return page


def compare_explorations(before: Explored, after: Explored) -> Comparison:
    """Compares two schedules. Ops of one program are known by their ids, those of two by what they say."""
    same = before.source is after.source or before.lines_before == after.lines_before
    ops = _identity(before) if same else align(before.lines_before, after.lines_before)
    differences = tuple(differences_between(before, after, ops))
    return Comparison(before, after, _names(before, after), ops, differences)


def _identity(exploration: Explored) -> dict[int, int]:
    ids = {op for _, op in exploration.lines_before if op >= 0}
    ids |= {node.op for graph in exploration.graphs for node in graph.nodes}
    return {op: op for op in ids}


def _names(before: Explored, after: Explored) -> tuple[str, str]:
    """Titles, or else the options that differ."""
    first, second = before.options, after.options
    pairs = (
        ("favor", first.favor, second.favor),
        ("regions", first.execution, second.execution),
        ("waves", first.concurrency, second.concurrency),
        ("passes", "+".join(first.passes) or "none", "+".join(second.passes) or "none"),
    )
    apart = [(f"{name} {a}", f"{name} {b}") for name, a, b in pairs if a != b]
    if not apart:
        return (before.title, after.title) if before.title != after.title else ("before", "after")
    old, new = (", ".join(words[side] for words in apart) for side in (0, 1))
    return (old, new) if before.title == after.title else (f"{before.title}, {old}", f"{after.title}, {new}")
