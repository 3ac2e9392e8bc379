"""The one widget; `explore` makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import traitlets
from IPython.display import publish_display_data
from typing_extensions import override

from iree_explorer import samples
from iree_explorer.errors import InputError
from iree_explorer.exploration import (
    Comparison,
    Exploration,
    encode_document,
    encode_later,
    encode_opening,
    explore_module,
)
from iree_explorer.exploration.comparing.page import comparison_json
from iree_explorer.exploration.dumps import PassDumps, explored_dumps
from iree_explorer.exploration.explore import title_of
from iree_explorer.exploration.page.columns import Later
from iree_explorer.exploration.page.html import STYLE, Held, front_end, packed_module
from iree_explorer.exploration.running.inputs import filled_inputs
from iree_explorer.exploration.snapshot import dumps_html, snapshot_html
from iree_explorer.frontends import ProgramLike, load_text
from iree_explorer.frontends.dumps import lists_passes
from iree_explorer.partitioning.partitioner import Partitioner, listen, partitioner_choices
from iree_explorer.syntax import Module
from iree_explorer.syntax.collector import paused_collector
from iree_explorer.widgets.breakpoints import breakpoint_problem
from iree_explorer.widgets.cells import after_cell, show_in_cell
from iree_explorer.widgets.parts import Parts
from iree_explorer.widgets.requests import (
    Message,
    input_texts,
    known_options,
    module_at,
    option_values,
    options_of,
    sample_named,
)
from iree_explorer.widgets.run_commands import RunCommands
from iree_explorer.widgets.sharing import shared_file, standing
from iree_explorer.widgets.still import still_html
from iree_explorer.widgets.variables import MOST, notebook_variables, type_words

if TYPE_CHECKING:
    from iree_explorer.execution import Interrupt

    Handler: TypeAlias = Callable[[Message, Interrupt], None]
    Origin: TypeAlias = tuple[Exploration, PassDumps | None]
    """What was shown before the first edit, and the passes where it was these."""

PASTED = "pasted program"
STILL_KINDS = ("text/html", "image/svg+xml")
"""What of a widget's bundle is its still picture."""
HEIGHT = 560
"""Pixels. Colab cuts an output at 1,000, so the widget never grows."""


class Explorer(RunCommands):
    """Steps through a schedule in a notebook cell.

    Stepping happens in the page; Python is asked to schedule anew, to load, and to run. What goes wrong is told in
    `error`, and the last good document stays.

    Attributes:
        document: what the page opens with, deflated JSON (`exploration/page/document.schema.json`).
        details: columns of the document that nobody looks at when a page opens (`exploration/page/columns.py`): tables of
            candidates, the free layout. They follow once the cell that made the widget is done; empty until then.
        error: the error line; empty: none.
        failed: id of the op that the error speaks of, to show its line; -1: none.
        step: the cursor, a place in the document's steps; what is past its ends is moved to them.
        selection: op id of what is selected, -1 for nothing.
        options: what the program is scheduled with: `passes`, `favor`, `execution` and `concurrency` as `explore` takes
            them. Setting some of them schedules anew; what cannot be is told in `error`, and they are as before.
        breakpoints: where playing stops, each a word: `op:12` (op id), `partition:main:3` (of a function),
            `decision:opened` (or cloned, left, flushed, refused: a kind of step), `decision:hazard` (or affinity,
            order, frozen, nested capture, cycle, downstream: the rule that refuses an op a partition). What is none of
            these stops nowhere, and is told in `error`.
        comparison: deflated JSON of what the schedule is compared with (`comparison` in the document's schema); empty:
            nothing.
        partitioners: what there is to choose from, of this package and of users: scope → names.
        run_result: JSON of the last run; empty: none since the program was scheduled.
        progress: ops done and how many there are (0: not known) of a run that is under way; empty: none is.
        debug: JSON of where a debugged run stands (`exploration/running/debugging.py`); empty: nothing is debugged.
        busy: what Python is doing; empty: nothing.
        height: of the widget, in pixels.
    """

    _esm: ClassVar[str] = packed_module()
    _css: ClassVar[str] = front_end(STYLE)

    document = traitlets.Bytes(b"").tag(sync=True)
    details = traitlets.Bytes(b"").tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    selection = traitlets.Int(-1).tag(sync=True)
    options = traitlets.Dict()
    comparison = traitlets.Bytes(b"").tag(sync=True)
    partitioners = traitlets.Dict().tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)

    def __init__(self, exploration: Exploration, dumps: PassDumps | None = None, **traits: Any) -> None:
        super().__init__(exploration, **traits)
        self._dumps = dumps
        self._compared: Comparison | None = None
        self._origin: Origin | None = None
        self._parts = Parts()
        self._last = 0
        self._displays = 0
        self._later: Sequence[Later] = ()
        self._show(exploration)
        after_cell(self._complete)
        self.on_msg(self._receive)
        self.partitioners = partitioner_choices()
        listen(self)

    @property
    def exploration(self) -> Exploration:
        """What is shown: trace, partitions, graphs, text as plain objects; of dumps the schedule of the module in them."""
        return self._exploration

    @property
    def dumps(self) -> PassDumps | None:
        """The passes that are shown, where the program was the output of `--mlir-print-ir-after-all`."""
        return self._dumps

    def to_html(self, path: str | Path | None = None) -> str:
        """The stepper as it stands, as one page that works offline; written to `path`, if there is one.

        It opens at this step with this selection, and holds what was run and what the schedule is compared with.
        """
        return self._page(path)

    def _page(self, path: str | Path | None = None, question: object = None) -> str:
        self._complete()
        shown = self._compared or self._dumps or self._exploration
        held = Held(self.document, self.details, self.comparison)
        return shown.to_html(path, standing(self.step, self.selection, self.run_result, question), held)

    def compare(self, other: Exploration | ProgramLike | None = None, **options: Any) -> Comparison:
        """Compares the schedule with another and shows both side by side; see `Exploration.compare`."""
        self._set_comparison(self._exploration.compare(other, **options))
        assert self._compared is not None
        return self._compared

    def _set_comparison(self, comparison: Comparison | None) -> None:
        self._compared = comparison
        self.comparison = b"" if comparison is None else encode_document(comparison_json(comparison))

    # Traits that are set

    @traitlets.validate("step")
    def _to_a_step(self, proposal: Any) -> int:
        return min(max(0, proposal["value"]), self._last)

    @traitlets.observe("options")
    def _follow_options(self, change: Any) -> None:
        shown = option_values(self._exploration)
        if change["new"] != shown:
            self._guarded("scheduling…", lambda: self._schedule(known_options({**shown, **change["new"]})))
            self.options = option_values(self._exploration)

    @traitlets.observe("breakpoints")
    def _tell_of_breakpoints(self, change: Any) -> None:
        """Words that mean nothing stop nowhere: the error line says so as long as there are any."""
        told, problem = (breakpoint_problem(change[which], self._exploration) for which in ("old", "new"))
        if problem:
            with self.hold_sync():
                self.failed, self.error = -1, problem
        elif told and self.error == told:
            self.error = ""

    def partitioner_registered(self, partitioner: Partitioner) -> None:
        """Offers the page what there is to choose from by now; one that shows another's schedule of this name asks for it anew:
        not this object, as a notebook keeps those of cells that ran before, whose pages are gone.
        """
        self.partitioners = partitioner_choices()
        if self._dumps is None and option_values(self._exploration)[partitioner.scope] == partitioner.name:
            self._is_outdated = True
            self.send({"type": "mended"})

    # Messages of the page

    def _receive(self, _widget: Any, content: Any, buffers: Any) -> None:
        """Does what the page asks for; what runs the program on a thread: meanwhile the page can ask to stop it."""
        message = {**content, "buffers": buffers} if isinstance(content, dict) else {}
        kind = str(message.get("type"))
        if kind == "stop":
            self._stop()
        elif (handler := self._jobs().get(kind)) is not None:
            job = partial(self._guarded_job, handler, message)
            self._running.start(job, waits=kind == "step")
        elif (action := self._actions().get(kind)) is not None:
            words, act = action
            self._guarded(words, lambda: act(message))

    def _guarded_job(self, handler: Handler, message: Message, interrupt: Interrupt) -> None:
        self._guarded("running…", lambda: handler(message, interrupt))

    def _actions(self) -> dict[str, tuple[str, Callable[[Message], None]]]:
        return {
            "schedule": ("scheduling…", self._schedule),
            "again": ("scheduling…", self._schedule_again),
            "load": ("loading…", self._load),
            "revert": ("loading…", self._revert),
            "compare": ("comparing…", self._compare_with),
            "measure": ("running both…", self._measure),
            "share": ("writing…", self._share),
            "variables": ("", self._tell_variables),
        }

    def _jobs(self) -> dict[str, Handler]:
        return {"run": self._run, "debug": self._debug, "step": self._step}

    def _schedule(self, message: Message) -> None:
        self._replace(self._exploration.source, self._exploration.title, options_of(message), self._origin)

    def _schedule_again(self, _: Message) -> None:
        """With the same options; all pages of this widget ask for it, the first is heard."""
        if self._is_outdated:
            self._schedule(known_options(option_values(self._exploration)))

    def _load(self, message: Message) -> None:
        if "from" in message:
            module = module_at(str(message["from"]).strip(), allow_unregistered=self._takes_unregistered)
            title = title_of(module.source.name)
        elif "sample" in message:
            title = str(message["sample"])
            module = sample_named(title)
        else:
            text = self._text_of(message)
            if text is None:
                return
            if message.get("edited"):
                if self._is_original(text):
                    self._show_original()
                    return
                text = self._restored(text)
            if not text.strip():
                raise InputError("there is no program in the text")
            title = self._exploration.title if message.get("edited") else str(message.get("file") or PASTED)
            if lists_passes(text):
                self._show_dumps(text, title)
                return
            module = load_text(text, title, allow_unregistered=self._takes_unregistered)
        origin = self._origin or (self._exploration, self._dumps) if message.get("edited") else None
        self._replace(module, title, asdict(self._exploration.options), origin)

    def _revert(self, _: Message) -> None:
        """Back to what was loaded; nothing where nothing was edited."""
        if self._origin is not None:
            self._show_original()

    def _is_original(self, text: str) -> bool:
        """Whether an edited text is the one that was loaded: all edits were taken back, and none is left to be reverted."""
        exploration, dumps = self._origin or (self._exploration, self._dumps)
        return dumps is None and text == "\n".join(line for line, _ in exploration.lines_before)

    def _show_original(self) -> None:
        """Shows what was loaded, scheduled as what is shown."""
        exploration, dumps = self._origin or (self._exploration, self._dumps)
        if dumps is None:
            self._replace(exploration.source, exploration.title, asdict(self._exploration.options))
        else:
            self._show_all(exploration, dumps)

    @property
    def _takes_unregistered(self) -> bool:
        """Whether programs may hold ops of unknown dialects: where the one before may."""
        return self._exploration.source.source.allow_unregistered

    def _restored(self, text: str) -> str:
        """The text of the program that is shown, as it was edited, with what the page does not show."""
        return (self._dumps or self._exploration).restore(text)

    def _text_of(self, message: Message) -> str | None:
        """The text of a program; None while parts of it are still to come."""
        if "part" not in message:
            return str(message.get("text", ""))
        return self._parts.add(message["part"], message.get("parts", 1), message["buffers"])

    @paused_collector()
    def _replace(self, module: Module, title: str, options: dict[str, Any], origin: Origin | None = None) -> None:
        self._show_all(explore_module(module, title=title, **options), None, origin)
        self._complete()

    @paused_collector()
    def _show_dumps(self, text: str, title: str) -> None:
        self._show_all(explored_dumps(text, title), PassDumps.read(text, title))

    def _show_all(self, exploration: Exploration, dumps: PassDumps | None, origin: Origin | None = None) -> None:
        self._exploration, self._dumps, self._origin = exploration, dumps, origin
        self._show(exploration)

    def _compare_with(self, message: Message) -> None:
        text = message.get("text")
        title = f"{self._exploration.title}, edited"
        allow = self._takes_unregistered
        other = load_text(self._restored(text), title, allow_unregistered=allow) if isinstance(text, str) else None
        chosen = {name: value for name, value in options_of(message).items() if message.get(name)}
        self.compare(other, **chosen)
        self.error = ""

    def _measure(self, message: Message) -> None:
        if self._compared is None:
            raise InputError("there is no comparison to run")
        function = str(message.get("function", ""))
        values = filled_inputs(self._exploration.source, function, input_texts(message), notebook_variables())
        self._set_comparison(self._compared.run(function, *values))
        self.error = ""

    def _share(self, message: Message) -> None:
        page = partial(self._page, question=message.get("question"))
        name, data = shared_file(self._exploration, str(message.get("kind")), page)
        self.send({"type": "file", "name": name}, buffers=[data])

    def _tell_variables(self, _message: Message) -> None:
        variables = [[name, type_words(value)] for name, value in list(notebook_variables().items())[:MOST]]
        self.send({"type": "variables", "variables": variables})

    def _show(self, exploration: Exploration) -> None:
        """Shows a new document from where its reader would begin."""
        self._running.end()
        self._is_outdated = False
        document = {**(self._dumps or exploration).packed}
        document["choices"] = {**document["choices"], "samples": [sample.name for sample in samples.ALL]}
        document["edited"] = self._origin is not None
        self._last = max(0, _count(document["steps"]) - 1)
        with self.hold_sync():
            self.step, self.selection = document["start"], -1
            self.options = option_values(exploration)
            self.run_result, self.debug = "", ""
            self._set_comparison(None)
            refusal = document["refusal"]
            self.error = refusal["text"] if refusal else "" if self._dumps else exploration.nothing
            self.details = b""
            with paused_collector(collect=False):
                self.document, self._later = encode_opening(document)

    @paused_collector(collect=False)
    def _complete(self) -> None:
        """Tells the page what it did not need to open."""
        later, self._later = self._later, ()
        if later:
            self.details = encode_later(later)

    # What a notebook keeps

    @override
    def __repr__(self) -> str:
        return f"<Explorer of {self._dumps or self._exploration!r}>"

    def _ipython_display_(self, **_: Any) -> None:
        """Shows the widget, and as a second output what readers without a kernel see in its place (`still_html`).

        What an explorer runs that this cell showed when it was run before is stopped: its page has gone. Of one that is
        closed there are words.
        """
        bundle: Any = self._repr_mimebundle_() if callable(self._repr_mimebundle_) else None
        if bundle is None:
            publish_display_data({"text/plain": repr(self)})
            return
        for gone in show_in_cell(self):
            gone._stop()
        data, metadata = bundle
        view = {kind: value for kind, value in data.items() if kind not in STILL_KINDS}
        publish_display_data(view, metadata)
        self._displays += 1
        name = f"{self.model_id}-{self._displays}"
        publish_display_data({"text/html": still_html(data["text/html"], name)})

    @override
    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and beside it figures, a picture and a sentence, for hosts that take one bundle."""
        bundle: Any = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/plain": repr(self), **self._still()}, metadata

    def _still(self) -> dict[str, str]:
        """What is shown, without a script."""
        if self._dumps is not None:
            return {"text/html": dumps_html(self._dumps)}
        picture = self._exploration.to_svg() if self._exploration.graphs else None
        page = {"text/html": snapshot_html(self._exploration, self._compared, picture)}
        return page if picture is None else {**page, "image/svg+xml": picture}


def _count(steps: Any) -> int:
    """How many steps a document has, as a table or as a list."""
    return steps["#"] if isinstance(steps, dict) else len(steps)
