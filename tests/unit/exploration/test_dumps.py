import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from iree_explorer import samples
from iree_explorer.errors import InputError
from iree_explorer.exploration import decode_document
from iree_explorer.exploration.dumps import PassDumps, explored_dumps
from iree_explorer.widgets import explore
from tests.unit.frontends.test_dumps import DUMPS, FUNCTION, dumps_of
from tests.unit.widgets.test_explorer import send

SCHEMA = json.loads((files("iree_explorer") / "exploration" / "page" / "document.schema.json").read_text())
PROGRAM = dumps_of(("After A: a", samples.diamond.text), ("After B: b", samples.diamond.text))


def texts(document: dict[str, Any]) -> list[list[str]]:
    """The text at each step."""
    lines = list(document["text"]["lines"])
    found: list[list[str]] = []
    for step in document["steps"]:
        for edit in step.get("edits", ()):
            lines[edit["line"] : edit["line"] + edit["remove"]] = edit["lines"]
        found.append(list(lines))
    return found


def test_each_step_shows_its_dump() -> None:
    dumps = PassDumps.read(DUMPS, "dump.txt")
    jsonschema.validate(dumps.document, SCHEMA)
    assert texts(dumps.document) == [dump.lines for dump in dumps.dumps]
    words = [step["reason"] for step in dumps.document["steps"]]
    assert words[2:] == [
        "after cse: 1 line out, 1 line in (dump 3 of 5)",
        "after symbol-dce: nothing changes (dump 4 of 5)",
        "after the failed inline: the first dump of func.func @f (dump 5 of 5)",
    ]


def test_dumps_of_one_function_follow_each_other() -> None:
    other = FUNCTION.replace("other", "third")
    text = dumps_of(("After A: a", FUNCTION), ("After A: a", other), ("After B: b", FUNCTION), ("After B: b", other))
    document = PassDumps.read(text, "d").document
    assert [stage["function"] for stage in document["stages"]] == ["util.func @other", "util.func @third"]
    assert [step["reason"].split(" (")[0] for step in document["steps"]] == [
        "after a: the first dump of util.func @other",
        "after b: nothing changes",
        "after a: the first dump of util.func @third",
        "after b: nothing changes",
    ]


def test_the_module_before_the_schedule_is_scheduled() -> None:
    assert explored_dumps(PROGRAM, "d").graph.function == "main"
    assert explored_dumps(DUMPS, "d").graphs == ()


def test_dumps_are_scheduled_as_asked_and_compared_with_nothing() -> None:
    assert explore(PROGRAM, favor="debug").options["favor"] == "debug"
    with pytest.raises(InputError, match="a list of passes cannot be compared"):
        explore(PROGRAM, compare={"favor": "debug"})


def test_dumps_open_as_a_list_of_passes_and_programs_as_themselves(tmp_path: Any) -> None:
    file = tmp_path / "dump.txt"
    file.write_text(PROGRAM)
    widget = explore(file)
    assert widget.error == ""
    assert widget.dumps is not None
    assert repr(widget.dumps).startswith("<PassDumps of 'dump.txt', 2 dumps\n  after a on module")
    assert repr(widget) == f"<Explorer of {widget.dumps!r}>"
    assert decode_document(widget.document)["steps"][0]["kind"] == "pass"
    assert "<!doctype html>" in widget.to_html(tmp_path / "page.html")
    send(widget, type="load", text=samples.mlp.text)
    assert widget.dumps is None
    send(widget, type="load", text=DUMPS)
    assert widget.dumps is not None
    assert widget.error == ""
    send(widget, type="schedule", favor="debug")
    assert widget.dumps is None


def test_a_dump_of_nothing_but_the_module_before_its_schedule_is_a_program() -> None:
    text = "a warning\n" + dumps_of(("Before S: iree-stream-schedule-execution", samples.diamond.text))
    widget = explore(text)
    assert widget.dumps is None
    assert widget.exploration.graphs
    send(widget, type="load", text=dumps_of(("After S: iree-stream-schedule-execution", samples.diamond.text)))
    assert widget.dumps is not None


def test_the_list_opens_at_what_is_scheduled() -> None:
    named = ("After A: a", "Before S: iree-stream-schedule-execution", "After S: iree-stream-schedule-execution")
    document = PassDumps.read(dumps_of(*((name, samples.diamond.text) for name in named)), "dump.txt").document
    assert document["steps"][document["start"]]["reason"].startswith("before iree-stream-schedule-execution: ")
    assert PassDumps.read(DUMPS, "dump.txt").document["start"] == 3
    assert PassDumps.read(dumps_of(("After A: a", FUNCTION)), "dump.txt").document["start"] == 0


def test_large_literals_are_left_out_and_come_back() -> None:
    literal = f'dense<"0x{"AB" * 5000}">'
    text = samples.diamond.text.replace(
        "util.func", f"util.global private @w = {literal} : tensor<5000xi8>\n  util.func", 1
    )
    dumps = PassDumps.read(dumps_of(("After A: a", text), ("After B: b", text)), "dump.txt")
    shown = "\n".join(texts(dumps.document)[0])
    assert "dense_resource<__elided_" in shown
    assert dumps.restore(shown) == "\n".join(dumps.dumps[0].lines)
