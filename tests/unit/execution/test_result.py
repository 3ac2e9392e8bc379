"""A result shows its outputs as `iree-run-module` prints them, and what ran; nothing of a program is markup."""

import numpy as np

from iree_explorer.execution import RunResult, Span, Timeline, run
from iree_explorer.syntax import parse
from tests.unit.execution.test_run import SQUARE


def test_outputs_and_the_timeline_in_a_few_lines() -> None:
    shown = repr(run(parse(SQUARE), "main", "2xf32=1 -3", 5)).splitlines()
    assert shown[:4] == ["<RunResult", "result[0]: hal.buffer_view", "2xf32=1 9", "result[1]: i32=5"]
    assert shown[4].startswith("1 op on ")
    assert len(shown) == 5


def test_a_large_output_is_cut() -> None:
    shown = repr(RunResult((np.zeros(100_000, np.float32),), Timeline()))
    assert "100000xf32=0 0" in shown
    assert len(shown) < 400


def test_a_notebook_shows_the_chart_and_escapes_names() -> None:
    timeline = Timeline((Span(1, "dispatch @<img src=x>", 0, 0, 1000, 4, 0),))
    page = RunResult((np.float32(2),), timeline)._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "result[0]: f32=2" in page
    assert "<svg" in page
    assert "&lt;img" in page
    assert "<img" not in page
