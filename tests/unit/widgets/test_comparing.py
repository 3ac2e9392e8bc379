import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import jsonschema
import numpy as np
import pytest

from iree_explorer import samples
from iree_explorer.execution import run
from iree_explorer.exploration import decode_document, encode_document
from iree_explorer.exploration.page.columns import rows
from iree_explorer.widgets import Explorer, explore, variables
from tests.unit.exploration.page.test_document import SCHEMA
from tests.unit.exploration.pages import page_document
from tests.unit.widgets.test_explorer import send

Sent = list[tuple[dict[str, Any], list[bytes]]]


@pytest.fixture
def widget() -> Explorer:
    return explore(samples.diamond)


@pytest.fixture
def replies(widget: Explorer, monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What the widget sends to the page."""
    found: Sent = []

    def keep(content: dict[str, Any], buffers: Sequence[bytes] = ()) -> None:
        found.append((content, list(buffers)))

    monkeypatch.setattr(widget, "send", keep)
    return found


def test_the_page_asks_for_a_comparison(widget: Explorer) -> None:
    assert widget.comparison == b""
    send(widget, type="compare", favor="debug", execution="reference", concurrency="reference")
    assert widget.error == ""
    found = decode_document(widget.comparison)
    assert found["names"] == ["favor min-peak-memory", "favor debug"]
    assert found["other"]["options"]["favor"] == "debug"
    send(widget, type="measure", function="main", inputs=["ones"], workers=1)
    assert [row["name"] for row in decode_document(widget.comparison)["rows"]][-1] == "results"


def test_an_edited_program_is_compared(widget: Explorer) -> None:
    text = "\n".join(line for line, _ in widget.exploration.lines_before)
    send(widget, type="compare", text=text.replace("@double::@double", "@negate::@negate"))
    found = decode_document(widget.comparison)
    assert (found["differences"], widget.error) == ([], "")
    assert found["ops"] is None
    send(widget, type="compare", text="module {")
    assert widget.error.startswith("diamond, edited:")
    assert decode_document(widget.comparison) == found


def test_what_is_too_large_for_the_page_is_not_lost_when_the_program_is_edited() -> None:
    data = bytes(range(256)) * 32
    literal = f'dense<"0x{data.hex().upper()}"> : tensor<8192xi8>'
    text = f"""util.func public @main() -> !stream.resource<constant> {{
  %c8192 = arith.constant 8192 : index
  %cst = stream.async.constant : !stream.resource<constant>{{%c8192}} = {literal}
  util.return %cst : !stream.resource<constant>
}}"""
    widget = explore(text)
    assert literal in widget.exploration.text
    shown = "\n".join(line for line, _ in widget.exploration.lines_before)
    assert "dense_resource<__elided_" in shown
    assert len(encode_document(widget.exploration.document)) < 3000
    send(widget, type="compare", text=shown.replace("@main", "@other"))
    assert widget.error == ""
    send(widget, type="load", text=shown.replace("@main", "@other"), edited=True)
    assert widget.error == ""
    assert literal in widget.exploration.text
    assert run(widget.exploration.scheduled, "other").outputs[0].tobytes() == data


def test_a_new_program_is_compared_with_nothing(widget: Explorer) -> None:
    widget.compare(favor="debug")
    send(widget, type="load", sample="mlp")
    assert widget.comparison == b""
    send(widget, type="measure", function="main")
    assert widget.error == "there is no comparison to run"


def test_explore_compares_at_once(tmp_path: Any) -> None:
    widget = explore(samples.diamond, compare={"favor": "debug"})
    assert decode_document(widget.comparison)["rows"]
    assert "placed differently" in widget.to_html(tmp_path / "page.html")
    other = explore(samples.diamond, compare=explore(samples.diamond, favor="debug").exploration)
    assert decode_document(other.comparison) == decode_document(widget.comparison)


@pytest.mark.parametrize(
    ("kind", "ending", "part"),
    [
        ("dot", "diamond.dot", b"digraph"),
        ("model-explorer", "diamond.model_explorer.json", b'"graphs"'),
        ("trace", "diamond.trace.txt", b"iree-stream-schedule-execution"),
        ("mlir", "diamond.scheduled.mlir", b"stream.async.execute"),
        ("html", "diamond.html", b"<!doctype html>"),
    ],
)
def test_files_are_sent(widget: Explorer, replies: Sent, kind: str, ending: str, part: bytes) -> None:
    send(widget, type="share", kind=kind)
    ((content, (data,)),) = replies
    assert content == {"type": "file", "name": ending}
    assert part in data


def test_nothing_else_is_shared(widget: Explorer, replies: Sent) -> None:
    send(widget, type="share", kind="../etc/passwd")
    assert widget.error.startswith("nothing of the kind")
    assert replies == []


def _shared_document(widget: Explorer, replies: Sent, **asked: object) -> dict[str, Any]:
    send(widget, type="share", kind="html", **asked)
    (_, (page,)) = replies[-1]
    return page_document(page.decode())


def test_a_page_to_take_away_stands_where_the_widget_does(widget: Explorer, replies: Sent) -> None:
    fresh = _shared_document(widget, replies)
    assert (fresh["start"], fresh["run"]) == (widget.step, None)
    assert "comparison" not in fresh
    widget.compare(favor="debug")
    widget.step = 7
    widget.run_result = '{"function": "main", "error": "no", "outputs": [], "timeline": null}'
    standing = _shared_document(widget, replies)
    assert (standing["start"], standing["run"]["error"]) == (7, "no")
    assert standing["comparison"]["rows"]


def test_a_page_to_take_away_keeps_selection_and_question(widget: Explorer, replies: Sent) -> None:
    fresh = _shared_document(widget, replies)
    assert fresh["selection"] == -1
    assert "question" not in fresh
    widget.selection = 3
    asked = _shared_document(widget, replies, question=[3, 5])
    assert (asked["selection"], asked["question"]) == (3, [3, 5])
    jsonschema.validate(rows(asked), json.loads(SCHEMA.read_text()))


@pytest.mark.parametrize("question", [None, 3, [3], ["3", 5]])
def test_what_is_no_question_is_not_shared(widget: Explorer, replies: Sent, question: object) -> None:
    assert "question" not in _shared_document(widget, replies, question=question)
    assert widget.error == ""


def test_of_dumps_the_list_of_passes_is_shared(widget: Explorer, replies: Sent) -> None:
    text = "".join(
        f"// -----// IR Dump After {name} ({name}) //----- //\n{samples.diamond.text}\n"
        for name in ("cse", "canonicalize")
    )
    send(widget, type="load", text=text)
    assert [stage["pass"] for stage in _shared_document(widget, replies)["stages"]] == ["passes"]


def test_arrays_of_the_notebook_are_told_and_taken(
    widget: Explorer, replies: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: dict[str, Any] = {"x": np.ones((4, 8), np.float32), "_hidden": 1, "text": "no", "n": 3, "flag": True}
    monkeypatch.setattr(variables, "get_ipython", lambda: SimpleNamespace(user_ns=names))
    send(widget, type="variables")
    assert replies == [({"type": "variables", "variables": [["n", "i64"], ["x", "4x8xf32"]]}, [])]
    wanted = widget.exploration.document["functions"][0]["inputs"][0]
    shape = [int(size) for size in wanted.split("x")[:-1]]
    names["y"] = np.zeros(shape)
    widget.run("main", ["y"])
    assert json.loads(widget.run_result)["error"] is None


def test_outside_of_a_notebook_there_are_none() -> None:
    assert variables.notebook_variables() == {}


def test_a_path_is_loaded(widget: Explorer, tmp_path: Any) -> None:
    path = tmp_path / "p.mlir"
    path.write_text(samples.cloned_splat.text)
    send(widget, type="load", **{"from": str(path)})
    assert (widget.error, widget.exploration.title) == ("", "p.mlir")
    send(widget, type="load", **{"from": str(tmp_path / "nothing.mlir")})
    assert "cannot read the file" in widget.error
    send(widget, type="load", **{"from": " "})
    assert "is one line" in widget.error


def test_an_edited_program_keeps_its_title(widget: Explorer) -> None:
    send(widget, type="load", text=samples.cloned_splat.text, edited=True)
    assert widget.exploration.title == "diamond"
    send(widget, type="load", text="module {\n", edited=True)
    assert widget.error.startswith("diamond:1:9: error: ")
