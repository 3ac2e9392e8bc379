"""Dumps of a compiler's passes as the page shows them: a step a pass, each with the lines that it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from typing_extensions import override

from iree_explorer.errors import ExplorerError
from iree_explorer.exploration.edits import Edit, Text, edits_between
from iree_explorer.exploration.explore import Exploration, explore_module
from iree_explorer.exploration.page.document import VERSION, encode_document
from iree_explorer.exploration.page.html import Held, html_page
from iree_explorer.files import write_file
from iree_explorer.frontends import load_text
from iree_explorer.frontends.dumps import Dump, read_dumps, schedulable
from iree_explorer.partitioning.config import DEFAULT_FAVOR, Favor
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax.printing.withheld import Withheld

Json = dict[str, Any]


@dataclass(frozen=True)
class PassDumps:
    """What passes made of a program, one after the other, as the compiler printed it.

    Attributes:
        title: what the reader calls it.
        dumps: in the order in which they were printed.
    """

    title: str
    dumps: tuple[Dump, ...]

    @staticmethod
    def read(text: str, title: str) -> PassDumps:
        """Reads the output of `--mlir-print-ir-after-all` and the like; see `read_dumps`."""
        return PassDumps(title, read_dumps(text))

    @property
    def anchors(self) -> tuple[str, ...]:
        """What was dumped: the module, functions, other ops; in the order of first appearance."""
        return tuple(dict.fromkeys(dump.anchor for dump in self.dumps))

    @cached_property
    def document(self) -> Json:
        """A document of `document.schema.json`: a stage is all dumps of one anchor, a step is one dump. It opens at what is scheduled."""
        wanted, opens = schedulable(self.dumps), 0
        stages: list[Json] = []
        steps: list[Json] = []
        shown: Text = []
        first = self._lines(self.dumps[0]) if self.dumps else []
        for anchor, dumps in self._by_anchor().items():
            start = len(steps)
            for place, (number, dump) in enumerate(dumps):
                opens = len(steps) if dump is wanted else opens
                lines = self._lines(dump)
                edits = edits_between(shown, lines) if steps else []
                reason = _reason(dump, edits, number, len(self.dumps), is_first=place == 0)
                steps.append({"kind": "pass", "stage": len(stages), "op": -1, "reason": reason})
                if edits:
                    steps[-1]["edits"] = [_edit(edit) for edit in edits]
                shown = lines
            stages.append({"function": anchor, "pass": "passes", "graph": 0, "first": start, "end": len(steps)})
        return {
            **_empty(self.title),
            "start": opens,
            "text": {"lines": [line for line, _ in first], "owners": [-1] * len(first)},
            "stages": stages,
            "steps": steps,
        }

    @cached_property
    def _withheld(self) -> Withheld:
        return Withheld()

    def _lines(self, dump: Dump) -> Text:
        return [(self._withheld.shorten(line), -1) for line in dump.lines]

    def restore(self, text: str) -> str:
        """See `Exploration.restore`."""
        return self._withheld.restore(text)

    @property
    def packed(self) -> Json:
        """The document, which has no list that is worth a table."""
        return self.document

    def _by_anchor(self) -> dict[str, list[tuple[int, Dump]]]:
        """The dumps with their numbers."""
        found: dict[str, list[tuple[int, Dump]]] = {}
        for number, dump in enumerate(self.dumps):
            found.setdefault(dump.anchor, []).append((number, dump))
        return found

    def to_html(
        self, path: str | Path | None = None, standing: Mapping[str, Any] | None = None, held: Held | None = None
    ) -> str:
        """The list of passes as one page that works offline; arguments are those of `Exploration.to_html`."""
        page = html_page(self.title, held or Held(encode_document(self.document)), standing=standing)
        if path is not None:
            write_file(path, page)
        return page

    @override
    def __repr__(self) -> str:
        names = "".join(f"\n  {dump.when} {dump.name} on {dump.anchor}" for dump in self.dumps[:40])
        more = f"\n  and {len(self.dumps) - 40} more" if len(self.dumps) > 40 else ""
        return f"<PassDumps of {self.title!r}, {len(self.dumps)} dumps{names}{more}>"


def explored_dumps(text: str, title: str, options: ScheduleOptions | None = None) -> Exploration:
    """The schedule of the module in the dumps that stood right before the schedule passes; of an empty one where none can be read."""
    try:
        module = load_text(text, title)
    except ExplorerError:
        module = load_text("", title)
    return explore_module(module, title=title, **asdict(options or ScheduleOptions()))


def _edit(edit: Edit) -> Json:
    lines = [line for line, _ in edit.lines]
    return {"line": edit.line, "remove": edit.remove, "lines": lines, "owners": [-1] * len(lines)}


def _reason(dump: Dump, edits: Sequence[Edit], number: int, count: int, *, is_first: bool) -> str:
    """Such as `after cse: 2 lines out, 1 line in (dump 7 of 30)`."""
    out, into = sum(edit.remove for edit in edits), sum(len(edit.lines) for edit in edits)
    if is_first:
        what = f"the first dump of {dump.anchor}"
    elif edits:
        what = f"{_count(out)} out, {_count(into)} in"
    else:
        what = "nothing changes"
    when = "after the failed" if dump.when == "failed" else dump.when
    words = dump.name if dump.name.startswith("before the first") else f"{when} {dump.name}"
    return f"{words}: {what} (dump {number + 1} of {count})"


def _count(lines: int) -> str:
    return f"{lines:,} line{'' if lines == 1 else 's'}"


def _empty(title: str) -> Json:
    """A document in which nothing is scheduled."""
    return {
        "version": VERSION,
        "title": title,
        "options": {"passes": [], "favor": DEFAULT_FAVOR.value, "partitioner": {"execution": "", "concurrency": ""}},
        "choices": {"favors": [f.value for f in Favor], "partitioners": {"execution": [], "concurrency": []}},
        "ops": {},
        "graphs": [],
        "functions": [],
        "refusal": None,
        "run": None,
        "command": "",
    }
