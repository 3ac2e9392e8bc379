"""Traits that Python sets and observes: the cursor, the selection, breakpoints, and what the program is scheduled with."""

from __future__ import annotations

from typing import Any

import pytest

from iree_explorer import samples
from iree_explorer.exploration import decode_document
from iree_explorer.widgets import Explorer, explore

DEFAULTS = {
    "passes": ["execution", "concurrency"],
    "favor": "min-peak-memory",
    "execution": "reference",
    "concurrency": "reference",
}


@pytest.fixture
def widget() -> Explorer:
    return explore(samples.diamond)


def test_options_say_what_the_program_was_scheduled_with(widget: Explorer) -> None:
    assert widget.options == DEFAULTS
    assert explore(samples.diamond, favor="debug", passes=["execution"]).options == {
        **DEFAULTS,
        "favor": "debug",
        "passes": ["execution"],
    }


def test_setting_some_options_schedules_anew(widget: Explorer) -> None:
    widget.options = {"favor": "debug", "execution": "serial"}
    assert widget.options == {**DEFAULTS, "favor": "debug", "execution": "serial"}
    assert (widget.exploration.options.favor, widget.exploration.options.execution) == ("debug", "serial")
    assert decode_document(widget.document)["options"]["favor"] == "debug"
    widget.options = {"passes": "execution"}
    assert widget.exploration.options.passes == ("execution",)
    assert widget.error == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"favor": "speed"}, "no favor is called 'speed'"),
        ({"passes": ["execution", "inlining"]}, "no pass is called 'inlining'"),
        ({"execution": "best"}, "best"),
        ({"colour": "red"}, "no option is called 'colour'; there are passes, favor, execution, concurrency"),
        ({"favor": ["debug"]}, "no favor is called"),
        ({"passes": 3}, "passes are names, not 3"),
        ({3: 4}, "no option is called 3"),
    ],
)
def test_what_cannot_be_is_told_in_the_error_line(widget: Explorer, options: dict[Any, Any], words: str) -> None:
    before = widget.document
    widget.options = options
    assert words in widget.error
    assert (widget.options, widget.document, widget.busy) == (DEFAULTS, before, "")
    widget.options = {"favor": "debug"}
    assert widget.error == ""


def test_options_are_observed_whoever_chooses_them(widget: Explorer) -> None:
    seen: list[str] = []

    def note(change: Any) -> None:
        seen.append(change["new"]["favor"])

    widget.observe(note, "options")
    widget._handle_custom_msg({"type": "schedule", "favor": "debug"}, [])  # pyright: ignore[reportPrivateUsage]
    assert seen == ["debug"]


@pytest.mark.parametrize(("step", "shown"), [(3, 3), (-5, 0), (10**9, -1)])
def test_the_cursor_stays_inside(widget: Explorer, step: int, shown: int) -> None:
    last = len(decode_document(widget.document)["steps"]) - 1
    widget.step = step
    assert widget.step == (last if shown < 0 else shown)


def test_selection_and_breakpoints_are_observed(widget: Explorer) -> None:
    seen: list[Any] = []

    def note(change: Any) -> None:
        seen.append((change["name"], change["new"]))

    widget.observe(note, ["selection", "breakpoints"])
    widget.selection = 4
    widget.breakpoints = ["op:4", "decision:hazard"]
    assert seen == [("selection", 4), ("breakpoints", ["op:4", "decision:hazard"])]
