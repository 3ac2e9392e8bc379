"""Words of breakpoints that mean nothing are told of."""

from __future__ import annotations

import pytest

from iree_explorer import samples
from iree_explorer.widgets import Explorer, explore


@pytest.fixture
def widget() -> Explorer:
    return explore(samples.diamond)


@pytest.mark.parametrize(
    "word", ["op:12", "partition:main:0", "decision:opened", "decision:hazard", "decision:nested capture"]
)
def test_words_that_can_stop_are_taken_in_silence(widget: Explorer, word: str) -> None:
    widget.breakpoints = [word]
    assert (widget.breakpoints, widget.error) == ([word], "")


@pytest.mark.parametrize(
    "word",
    [
        "op:",
        "op:x",
        "op:-1",
        "op:²",
        "op:9999",
        "op:" + "9" * 5000,
        "partition:other:1",
        "decision:hazzard",
        "step:3",
        "",
    ],
)
def test_others_are_named_in_the_error_line_until_they_are_gone(widget: Explorer, word: str) -> None:
    widget.breakpoints = ["decision:hazard", word]
    assert widget.error.startswith(f"no breakpoint of this program is called {word[:20]!r}"[:-1])
    assert len(widget.error) < 250
    widget.breakpoints = ["decision:hazard"]
    assert widget.error == ""


def test_what_else_is_wrong_stays_in_the_error_line(widget: Explorer) -> None:
    widget.options = {"favor": "speed"}
    before = widget.error
    widget.breakpoints = ["op:12"]
    assert widget.error == before != ""
