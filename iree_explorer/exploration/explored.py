"""A scheduled program with all that led to it, and whatever can be read off it: the value that everything else shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from typing_extensions import override

from iree_explorer.errors import InputError, Location, PassError
from iree_explorer.exploration.edits import Text
from iree_explorer.exploration.functions import runnable_functions
from iree_explorer.exploration.page.columns import rows
from iree_explorer.exploration.page.document import build_document, encode_later, encode_opening
from iree_explorer.exploration.page.html import Held, html_page
from iree_explorer.exploration.parts import Parts, main_graph
from iree_explorer.exploration.trace_text import trace_text
from iree_explorer.exploration.why import Answer, Answers, OpName
from iree_explorer.files import write_file
from iree_explorer.graph import Graph, View, dot_text, model_explorer_text, png_bytes, svg_text
from iree_explorer.graph.figures import Figures
from iree_explorer.partitioning.trace.recording import Replayed, Trace
from iree_explorer.passes.schedule import Schedule, is_lowered, remedy_for
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import Module
from iree_explorer.syntax.collector import paused_collector

_WANTED = "load a program as it stands right before iree-stream-schedule-execution"
_NOTHING = f"nothing to schedule: no function has a stream.async op; {_WANTED}"
_EMPTY = f"nothing to schedule: the program is empty; {_WANTED}"
_LOWERED = f"nothing to schedule: it was scheduled, and lowered to commands (stream.cmd.execute); {_WANTED}"


@dataclass(frozen=True)
class Explored:
    """A scheduled program with all that led to it.

    What users hold is an `Exploration`, which adds `compare`; this is the part that comparing itself rests on.

    Attributes:
        source: the program as it was loaded.
        title: what the reader calls it; a file name, mostly.
        options: what it was scheduled with.
        graphs: of each function in which anything was scheduled; none where there was nothing to schedule.
        refusal: why the program cannot be scheduled; None: it was.
    """

    source: Module
    title: str
    options: ScheduleOptions
    graphs: tuple[Graph, ...]
    refusal: PassError | None
    _parts: Parts = field(repr=False)

    @property
    def trace(self) -> Trace:
        """Every decision, as numbers and words."""
        return self._parts.observation.trace

    @property
    def partitions(self) -> list[Replayed]:
        """What each block was divided into: execution regions, then waves."""
        return self.trace.scopes()

    @property
    def nothing(self) -> str:
        """Why there are no graphs, in a sentence; empty where there are some."""
        if self.graphs:
            return ""
        if is_lowered(self.source):
            return _LOWERED
        return _NOTHING if self.source.source.text.strip() else _EMPTY

    @property
    def figures(self) -> Sequence[Figures]:
        """Those of each of `graphs`."""
        return self._parts.figures if self.graphs else ()

    @property
    def graph(self) -> Graph:
        """The graph of the function with most ops in regions; of an initializer only if there is no other.

        Raises:
            InputError: there was nothing to schedule.
        """
        if not self.graphs:
            place = self.source.location_of(self.source.op) or Location.start_of(self.source.source.name)
            raise InputError(self.nothing, place)
        return self.graphs[main_graph(self.graphs)]

    @property
    def scheduled(self) -> Schedule:
        """The scheduled program, to run it.

        Raises:
            PassError: the program cannot be scheduled.
        """
        if self.refusal is not None:
            raise self.refusal
        _ = self._parts.after  # who holds the module may change it
        observation = self._parts.observation
        return Schedule(observation.module, self.trace, self.options, observation.ids)

    @cached_property
    def remedy(self) -> str:
        """Of a refused program: the partitioner of execution regions that schedules it, by trying; empty: none is known."""
        return remedy_for(self.source, self.options) if self.refusal is not None else ""

    @cached_property
    def text(self) -> str:
        """The program after the passes, as `iree-opt` prints it; where it was refused, as far as it got."""
        return self.restore("\n".join(line for line, _ in self._parts.after) + "\n")

    def restore(self, text: str) -> str:
        """A text that was made from shown lines, with the large literals that those leave out."""
        return self._parts.observation.withheld.restore(text)

    @property
    def lines_before(self) -> Text:
        """The program's lines before the passes, each with the id of its op; see `Withheld` for what is too large to be shown."""
        return self._parts.before

    @property
    def lines_after(self) -> Text:
        """The lines after the passes, where it was refused as far as it got; a copy has the id of its op."""
        return self._parts.after

    @property
    def packed(self) -> dict[str, Any]:
        """All that the page shows, as JSON, long lists as tables (`exploration.page.columns`): what is encoded, made anew."""
        with paused_collector():
            functions = runnable_functions(self.source)
            return build_document(self._parts, self.title, functions, remedy=self.remedy, nothing=self.nothing)

    @cached_property
    def document(self) -> dict[str, Any]:
        """All that the page shows, as JSON (`document.schema.json`)."""
        return rows(self.packed)

    @cached_property
    def held(self) -> Held:
        """The document as a page holds it: what it opens with, and what comes after that. Deflated it is small enough to be kept."""
        with paused_collector():
            document, later = encode_opening(self.packed)
            return Held(document, encode_later(later))

    def graph_of(self, function: str | None) -> Graph:
        """The graph of a function; None: `graph`.

        Raises:
            InputError: nothing was scheduled in it, or there is no such function.
        """
        if function is None or not self.graphs:
            return self.graph
        name = str(function).removeprefix("@")
        for graph in self.graphs:
            if graph.function == name:
                return graph
        known = ", ".join(f"@{graph.function}" for graph in self.graphs)
        raise InputError(f"nothing is scheduled in a function @{name}; there are {known}")

    def node_places(self) -> dict[int, tuple[int, int, int]]:
        """Number of an op in the scheduled module (in pre-order) → op id, region and wave, of ops with a node."""
        observation = self._parts.observation
        nodes = {node.own: node for graph in self.graphs for node in graph.nodes}
        found: dict[int, tuple[int, int, int]] = {}
        for number, op in enumerate(observation.module.op.walk()):
            node = nodes.get(observation.ids.of(op))
            if node is not None:
                found[number] = (node.op, node.region, node.wave)
        return found

    def op_ids(self) -> dict[int, tuple[int, ...]]:
        """Number of an op in the scheduled module (in pre-order) → its ids in the document: of its node, of its lines."""
        observation, origin = self._parts.observation, self._parts.origin
        nodes = self.node_places()
        found: dict[int, tuple[int, ...]] = {}
        for number, op in enumerate(observation.module.op.walk()):
            own = observation.ids.of(op)
            line = origin.get(own, own)
            node = nodes.get(number, (line, -1, -1))[0]
            found[number] = (node, line) if node != line else (line,)
        return found

    def trace_text(self) -> str:
        """The decisions in words, one block per op; of a refused program with what would schedule it. Or why there are none."""
        if self.nothing:
            return f"{self.nothing}\n"
        hint = f"\nthe partitioner {self.remedy!r} schedules it\n" if self.remedy else ""
        return trace_text(self._parts) + hint

    def op_at(self, place: Location | None) -> int:
        """Id in the document of the op that stands at a place of the source, as errors name it; -1: none does."""
        return self._parts.observation.op_at(place)

    def why(self, op: OpName, function: str | None = None) -> str:
        """Why an op is where it is, in plain sentences: what each pass decided, and what forbade the rest.

        Args:
            op: its id, or `%7` as the text before the passes names its result, or `:12`, a line of the file.
            function: where the name is looked for first; by default that of `graph`.

        Raises:
            InputError: there is no such op.
        """
        return Answer(self._answers(function).why(op))

    def why_not(self, op: OpName, other: OpName, function: str | None = None) -> str:
        """Why two ops are not in the same execution region, or not in the same wave, with the ops that cause it.

        Arguments and errors are those of `why`.
        """
        return Answer(self._answers(function).why_not(op, other))

    def _answers(self, function: str | None) -> Answers:
        if function is None:
            function = self.graph.function if self.graphs else ""
        return Answers(self._parts, str(function).removeprefix("@"))

    def to_svg(self, function: str | None = None, view: View = "lanes") -> str:
        """The schedule of a function as a picture that needs nothing but a browser.

        Args:
            function: by default that of `graph`.
            view: `lanes`, time downwards, or `dag`, each op below what it needs.

        Raises:
            InputError: there is no such function or view.
        """
        return svg_text(self.graph_of(function), view=view)

    def to_dot(self, function: str | None = None) -> str:
        """The schedule of a function for Graphviz."""
        return dot_text(self.graph_of(function))

    def to_model_explorer(self) -> str:
        """The schedules of all functions as JSON for Google's Model Explorer, ops nested in regions and waves."""
        return model_explorer_text(self.graphs, self.title)

    def to_html(
        self, path: str | Path | None = None, standing: Mapping[str, Any] | None = None, held: Held | None = None
    ) -> str:
        """The whole stepper as one page that works offline.

        Args:
            path: where it is written to; None: nowhere.
            standing: parts of the document that are others now, such as `start`, the step to open at, or `run`.
            held: what is to be in it, by who has encoded that already.
        """
        page = html_page(self.title, held or self.held, self.static_html(), standing)
        if path is not None:
            write_file(path, page)
        return page

    def static_html(self) -> str:
        """The picture alone, for where no script runs; a sentence where there is none."""
        return self.to_svg() if self.graphs else f"<p>{self.nothing}</p>"

    def save_graph(self, path: str | Path, function: str | None = None, view: View = "lanes") -> None:
        """Draws a function's schedule; the path's ending says how.

        `.svg`, `.dot`, `.png`; `.html` is the stepper, `.json` all functions for Google's Model Explorer.

        Graphviz lays DOT out as it likes, and the stepper has both views: `view` is for the others.

        Raises:
            InputError: another ending, no such function or view, or no program that draws PNG.
        """
        path = Path(path)
        ending = path.suffix.lower()
        if ending == ".html":
            self.graph_of(function)
            self.to_html(path)
        elif ending == ".svg":
            write_file(path, self.to_svg(function, view))
        elif ending == ".dot":
            write_file(path, self.to_dot(function))
        elif ending == ".json":
            self.graph_of(function)
            write_file(path, self.to_model_explorer())
        elif ending == ".png":
            write_file(path, png_bytes(self.graph_of(function), view=view))
        else:
            raise InputError(f"{path.name}: the ending says how to draw; there are .svg, .dot, .png, .html and .json")

    @override
    def __repr__(self) -> str:
        state = "" if self.graphs else f", {self.nothing}"
        if self.refusal is not None:
            hint = f"; execution={self.remedy!r} schedules it" if self.remedy else ""
            state = f", refused: {self.refusal}{hint}"
        graphs = "".join(f"\n  {graph!r}" for graph in self.graphs)
        return f"<Exploration of {self.title!r}{state}{graphs}>"

    def _repr_svg_(self) -> str | None:
        """The picture that a notebook shows; None: there is none, and it shows the repr."""
        return self.to_svg() if self.graphs else None
