import json
import re
from pathlib import Path
from typing import Any

import pytest
from IPython.core.formatters import DisplayFormatter

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError, SourceError
from iree_explorer.exploration import VERSION, decode_document
from iree_explorer.exploration.page.html import packed_module
from iree_explorer.frontends import load
from iree_explorer.partitioning import Config, PartitionSet, register_partitioner
from iree_explorer.partitioning.algorithms.serial import SerialExecution
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.trace.recording import Witness
from iree_explorer.samples import ALL
from iree_explorer.widgets import Explorer, explore, explorer

SAMPLE = next(sample for sample in ALL if sample.name == "diamond")


@pytest.fixture
def widget() -> Explorer:
    return explore(SAMPLE)


def send(widget: Explorer, **message: Any) -> None:
    """What the page sends, as it reaches Python."""
    widget._handle_custom_msg(message, [])  # pyright: ignore[reportPrivateUsage]
    widget.wait()


def test_a_widget_needs_no_kernel_and_shows_the_document(widget: Explorer) -> None:
    document = decode_document(widget.document)
    assert document["version"] == VERSION
    assert document["choices"]["samples"] == [sample.name for sample in ALL]
    assert (widget.step, widget.selection, widget.error, widget.busy, widget.run_result) == (0, -1, "", "", "")
    assert widget.exploration.graph.function == "main"


def test_what_the_page_does_not_open_with_follows(widget: Explorer) -> None:
    added = {name: decode_document(widget.document)[name] for name in ("choices", "edited")}
    whole = {**widget.exploration.document, **added}
    assert decode_document(widget.document, widget.details) == whole
    send(widget, type="schedule", favor="debug", passes=["execution"])
    steps = decode_document(widget.document, widget.details)["steps"]
    assert [step.get("candidates") for step in steps] == [
        step.get("candidates") for step in widget.exploration.document["steps"]
    ]


def test_what_is_edited_may_hold_the_dialects_that_the_program_may() -> None:
    text = SAMPLE.text.replace("util.return", '"t.opaque"() : () -> ()\n    util.return', 1)
    widget = explore(load(text, allow_unregistered=True))
    send(widget, type="load", text=text.replace("opaque", "other"), edited=True)
    assert widget.error == ""
    assert '"t.other"' in widget.exploration.text
    send(widget, type="compare", text=text, favor="debug")
    assert widget.error == ""
    strict = explore(SAMPLE)
    send(strict, type="load", text=text)
    assert "unregistered dialect" in strict.error


def test_edits_are_reverted_to_what_was_loaded(widget: Explorer) -> None:
    def edited() -> bool:
        return decode_document(widget.document)["edited"]

    send(widget, type="revert")
    assert not edited()
    once = SAMPLE.text.replace("@double", "@once")
    send(widget, type="load", text=once, edited=True)
    send(widget, type="load", text=once.replace("@once", "@twice"), edited=True)
    send(widget, type="load", text="module {", edited=True)
    assert widget.error
    send(widget, type="schedule", favor="debug", passes=["execution"])
    assert edited()
    send(widget, type="revert")
    assert not edited()
    assert widget.exploration.source.source.text == SAMPLE.text
    assert widget.exploration.title == SAMPLE.name
    assert widget.options["favor"] == "debug"
    send(widget, type="load", text=once, edited=True)
    send(widget, type="load", sample="loop")
    assert not edited()


def test_edits_that_were_taken_back_leave_nothing_to_revert(widget: Explorer) -> None:
    shown = "\n".join(decode_document(widget.document)["text"]["lines"])
    send(widget, type="load", text=shown, edited=True)
    assert not decode_document(widget.document)["edited"]
    send(widget, type="load", text=shown.replace("@double", "@once"), edited=True)
    assert decode_document(widget.document)["edited"]
    send(widget, type="load", text=shown, edited=True)
    assert not decode_document(widget.document)["edited"]
    assert widget.exploration.source.source.text == SAMPLE.text


def test_the_module_of_a_dump_leads_back_to_the_passes() -> None:
    dump = f"// -----// IR Dump After Canonicalizer (canonicalize) //----- //\n{SAMPLE.text}"
    text = f"{dump}\n{dump.replace('Canonicalizer (canonicalize)', 'CSE (cse)')}"
    widget = explore(text)
    assert widget.dumps is not None
    passes = widget.dumps
    send(widget, type="load", text=SAMPLE.text, edited=True)
    assert widget.dumps is None
    send(widget, type="revert")
    assert widget.dumps is passes
    assert not decode_document(widget.document)["edited"]


def test_scheduling_anew_shows_another_document(widget: Explorer) -> None:
    widget.step = 7
    send(widget, type="schedule", favor="debug", passes=["execution"], execution="reference", concurrency="reference")
    options = decode_document(widget.document)["options"]
    assert (options["favor"], options["passes"]) == ("debug", ["execution"])
    assert widget.step == 0
    assert widget.exploration.options.favor == "debug"


def test_an_error_keeps_the_last_good_document(widget: Explorer) -> None:
    before = widget.document
    for message in (
        {"type": "load", "text": "module {"},
        {"type": "load", "sample": "nothing of that name"},
        {"type": "load"},
        {"type": "schedule", "favor": "speed"},
        {"type": "schedule", "execution": "magic"},
        {"type": "schedule", "passes": ["vectorize"]},
    ):
        send(widget, **message)
        assert widget.error
        assert widget.document == before
        assert widget.busy == ""
    send(widget, type="schedule", favor="debug")
    assert widget.error == ""


def test_nothing_to_schedule_shows_the_text_and_says_so(widget: Explorer) -> None:
    send(widget, type="load", text="module {\n}\n")
    assert widget.error.startswith("nothing to schedule")
    assert decode_document(widget.document)["text"]["lines"][:2] == ["module {", "}"]
    data, _ = widget._repr_mimebundle_()  # pyright: ignore[reportPrivateUsage]
    assert "nothing to schedule" in data["text/plain"]
    send(widget, type="load", sample="diamond")
    assert widget.error == ""


def test_without_a_program_there_is_a_widget_that_asks_for_one() -> None:
    assert explore().error == explore("").error
    assert explore().error.startswith("nothing to schedule: the program is empty; load a program")


def test_a_file_is_called_by_its_name(widget: Explorer) -> None:
    send(widget, type="load", text=ALL[0].text, file="mine.mlir")
    assert decode_document(widget.document)["title"] == "mine.mlir"
    send(widget, type="load", text="module {", file="mine.mlir")
    assert widget.error.startswith("mine.mlir:1:")


def test_loading_a_text_and_a_sample(widget: Explorer) -> None:
    send(widget, type="load", text=next(sample for sample in ALL if sample.name == "tied_hazard").text)
    assert decode_document(widget.document)["title"] == "pasted program"
    send(widget, type="load", sample="two_devices")
    assert decode_document(widget.document)["title"] == "two_devices"
    assert widget.error == ""


def test_an_error_in_a_pasted_text_has_its_place(widget: Explorer) -> None:
    send(widget, type="load", text="util.func public @f() {\n  nonsense\n}")
    assert widget.error.startswith("pasted program:2:")


def test_running_gives_results_and_a_timeline(widget: Explorer) -> None:
    send(widget, type="run", function="main", inputs=[""], workers=2)
    result = json.loads(widget.run_result)
    assert result["error"] is None
    assert result["outputs"][0]["min"] <= result["outputs"][0]["mean"] <= result["outputs"][0]["max"]
    spans = result["timeline"]["spans"]
    nodes = {
        (node["op"], node["region"], node["wave"]) for node in decode_document(widget.document)["graphs"][0]["nodes"]
    }
    assert {(span["op"], span["region"], span["wave"]) for span in spans if span["worker"] >= 0} <= nodes
    again = widget.run_result
    send(widget, type="run", function="main", inputs=[], workers=1)
    assert json.loads(widget.run_result)["outputs"] == json.loads(again)["outputs"]


def test_a_run_that_cannot_be_tells_why(widget: Explorer) -> None:
    send(widget, type="run", function="nowhere", inputs=[])
    assert "no public function @nowhere" in json.loads(widget.run_result)["error"]
    send(widget, type="run", function="main", inputs=["3xf32=1"])
    assert json.loads(widget.run_result)["error"]
    send(widget, type="run", function="main", inputs=["1", "2", "3", "4", "5"])
    assert "takes 1 input (1024xf32), 5 are given" in json.loads(widget.run_result)["error"]


@pytest.mark.parametrize("message", [{}, {"type": "unknown"}, {"type": 3}, {"type": None}])
def test_unknown_messages_change_nothing(widget: Explorer, message: dict[str, Any]) -> None:
    before = widget.document
    send(widget, **message)
    assert (widget.document, widget.error) == (before, "")


@pytest.mark.parametrize(
    "message",
    [
        {"type": "load", "part": "x"},
        {"type": "load", "part": float("nan")},
        {"type": "load", "part": 0, "parts": []},
        {"type": "load", "part": 0, "parts": None},
        {"type": "load", "from": "~nobody-of-this-name/x.mlir"},
        {"type": "load", "from": "https://a b"},
    ],
)
def test_what_no_page_sends_is_an_error_line(widget: Explorer, message: dict[str, Any]) -> None:
    document = widget.document
    send(widget, **message)
    assert widget.error
    assert "should not happen" not in widget.error
    assert widget.document == document


class Clumsy:
    """A partitioner as one writes it in a notebook, at first."""

    name = "clumsy"
    scope: Scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        return facts.blocks  # pyright: ignore


def test_a_partitioner_that_raises_is_told_with_its_line_and_the_last_schedule_stays(widget: Explorer) -> None:
    register_partitioner(Clumsy())
    document = widget.document
    send(widget, type="schedule", execution="clumsy")
    assert widget.error.startswith("the execution partitioner 'clumsy' raised AttributeError: ")
    assert "in partition: return facts.blocks" in widget.error
    assert widget.document == document


def test_a_partitioner_is_to_be_chosen_as_soon_as_it_is_registered(widget: Explorer) -> None:
    class Late(Clumsy):
        name = "late"

    assert "late" not in widget.partitioners["execution"]
    register_partitioner(Late())
    assert "late" in widget.partitioners["execution"]
    assert "late" not in widget.partitioners["concurrency"]


def test_a_partitioner_that_was_mended_is_asked_for_by_the_pages_that_show_its_schedule(
    widget: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(widget, "send", told.append)

    class Mended(SerialExecution):
        name = "mended"

    register_partitioner(Mended())
    assert told == []
    send(widget, type="schedule", execution="mended")
    register_partitioner(Mended())
    assert told == [{"type": "mended"}]
    before = widget.exploration
    send(widget, type="again")
    mended = widget.exploration
    assert mended is not before
    assert mended.options == before.options
    send(widget, type="again")  # by another page of the same widget
    assert widget.exploration is mended


def test_words_that_are_no_breakpoints_stop_nothing(widget: Explorer) -> None:
    widget.breakpoints = ["op:", "op:x", "op:-1", "op:²", "op:" + "9" * 5000, "nonsense"]
    send(widget, type="debug", function="main")
    send(widget, type="step", way="continue")
    assert widget.error == ""
    assert json.loads(widget.run_result)["error"] is None


def test_a_notebook_keeps_a_picture_and_words(widget: Explorer) -> None:
    data, _ = widget._repr_mimebundle_()  # pyright: ignore[reportPrivateUsage]
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert data["image/svg+xml"].startswith("<svg ")
    assert "<table>" in data["text/html"]
    assert "<script" not in data["text/html"]
    assert "Explorer of" in data["text/plain"]


def test_the_picture_is_an_output_of_its_own(widget: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    """JupyterLab shows an error in place of a widget that has no model any more, and of its bundle nothing else."""
    shown: list[dict[str, Any]] = []

    def keep(data: dict[str, Any], _metadata: object = None) -> None:
        shown.append(data)

    monkeypatch.setattr(explorer, "publish_display_data", keep)
    widget._ipython_display_()  # pyright: ignore[reportPrivateUsage]
    widget._ipython_display_()  # pyright: ignore[reportPrivateUsage]
    view, still, _, second = shown
    assert set(view) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert set(still) == {"text/html"}
    names = [re.findall(r'id="ie-still-([\w-]+)"', output["text/html"]) for output in (still, second)]
    assert names == [[f"{widget.model_id}-1"], [f"{widget.model_id}-2"]]  # Each finds itself in the page.
    widget.close()  # ipywidgets 7 takes `_ipython_display_` away then, and the bundle is asked for.
    bundle, _ = DisplayFormatter().format(widget)
    assert [set(each) for each in shown[4:] or [bundle]] == [{"text/plain"}]


def test_the_page_is_the_exploration_s(widget: Explorer, tmp_path: Path) -> None:
    page = widget.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == page


def test_explore_takes_what_load_takes(tmp_path: Path) -> None:
    path = tmp_path / "program.mlir"
    path.write_text(SAMPLE.text)
    assert explore(path).exploration.title == "program.mlir"
    assert explore(SAMPLE.text, title="mine").exploration.title == "mine"
    assert explore(load(path), height=400).height == 400
    with pytest.raises(SourceError):
        explore("module {")
    with pytest.raises(InputError, match="no favor is called 'speed'"):
        explore(SAMPLE, favor="speed")
    with pytest.raises(InputError, match="height='tall': give a number of pixels"):
        explore(SAMPLE, height="tall")  # pyright: ignore[reportArgumentType]


def test_a_wrong_keyword_shows_no_frame_of_ours() -> None:
    with pytest.raises(TypeError, match="favour") as raised:
        explore(SAMPLE, favour="debug")  # pyright: ignore[reportCallIssue]
    assert len(raised.traceback) == 1


def test_the_script_that_notebooks_save_is_small_and_says_whose_it_is() -> None:
    assert len(packed_module()) < 400_000
    assert "Apache-2.0" in packed_module().splitlines()[0]
