"""The timeline by keys and in high contrast, and tables where there is little room."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture
from tests.browser.explorer_page import ExplorerPage


def _focused(explorer: ExplorerPage) -> ExplorerPage:
    explorer.find("[data-ie-tab=run]").click()
    explorer.find("[data-ie-timeline]").focus()
    return explorer


def _times(explorer: ExplorerPage) -> list[str]:
    return explorer.find(".ie-gantt-time").all_text_contents()


def test_keys_zoom_and_move_it(open_explorer: OpenExplorer) -> None:
    explorer = _focused(open_explorer(step=16))
    timeline, told = explorer.find("[data-ie-timeline]"), explorer.find("[data-ie-gantt-op]")
    expect(timeline).to_have_attribute("aria-label", "Timeline: + and − zoom, 0 shows all, arrow keys move")
    spans = explorer.find("[data-ie-span]")
    count, whole = spans.count(), _times(explorer)
    for _ in range(2):
        timeline.press("+")
    assert 0 < spans.count() < count
    expect(told).to_contain_text("in sight: ")
    middle = told.inner_text()
    timeline.press("ArrowLeft")
    assert told.inner_text() != middle
    timeline.press("ArrowRight")
    expect(told).to_have_text(middle)
    timeline.press("-")
    timeline.press("-")
    expect(told).to_be_empty()
    timeline.press("+")
    timeline.press("0")
    expect(told).to_be_empty()
    assert _times(explorer) == whole
    assert explorer.step == 16


def test_arrows_step_while_all_of_it_is_shown(open_explorer: OpenExplorer) -> None:
    explorer = _focused(open_explorer(step=16))
    explorer.find("[data-ie-timeline]").press("ArrowRight")
    assert explorer.step == 17


def test_keys_zoom_around_the_selected_op(open_explorer: OpenExplorer) -> None:
    explorer = _focused(open_explorer())
    last = explorer.find("[data-ie-span]").last
    op = last.get_attribute("data-ie-op")
    last.click()
    for _ in range(5):
        explorer.find("[data-ie-timeline]").press("+")
    expect(explorer.find(f"[data-ie-span][data-ie-op='{op}']")).to_be_visible()


def test_an_op_that_is_selected_comes_into_sight(open_explorer: OpenExplorer) -> None:
    explorer = _focused(open_explorer())
    first, last = explorer.find("[data-ie-span]").first, explorer.find("[data-ie-span]").last
    op = first.get_attribute("data-ie-op")
    last.click()
    for _ in range(5):
        explorer.find("[data-ie-timeline]").press("+")
    shown = explorer.find(f"[data-ie-span][data-ie-op='{op}']")
    expect(shown).to_have_count(0)
    explorer.root.press("f")  # All of the graph.
    explorer.find(f"[data-ie-node][data-ie-op='{op}']").first.click()
    expect(shown).to_be_visible()


def test_times_close_together_are_told_apart(open_explorer: OpenExplorer) -> None:
    document = fixture("diamond")
    for span in document["run"]["timeline"]["spans"]:
        span["start"] += 3e9
        span["end"] += 3e9
    times = _times(_focused(open_explorer(document)))
    assert len(set(times)) == len(times) > 1


@pytest.mark.parametrize("width", [420, 500])
def test_a_narrow_page_stacks_results(open_explorer: OpenExplorer, page: Page, width: int) -> None:
    document = fixture("diamond")
    output = document["run"]["outputs"][0]
    output["histogram"] = {"counts": [1, 5, 9, 3], "low": 0, "high": 640}
    output["text"] = "[" + ", ".join("0.125" for _ in range(32)) + "]"
    page.set_viewport_size({"width": width, "height": 900})
    explorer = open_explorer(document)
    explorer.find("[data-ie-tab=run]").click()
    results = explorer.find("[data-ie-results]")
    expect(results.locator("pre")).to_be_visible()
    assert results.evaluate("element => element.scrollWidth <= element.clientWidth")
    assert results.locator("pre").evaluate("value => value.clientWidth") > width / 2


@pytest.mark.parametrize("state", ["lit", "selected"])
def test_what_is_pointed_at_stands_out_on_the_critical_path(open_explorer: OpenExplorer, state: str) -> None:
    document = fixture("diamond")
    for span in document["run"]["timeline"]["spans"]:
        span["critical"] = True
    explorer = _focused(open_explorer(document))
    bar, other = explorer.find("[data-ie-span]").first, explorer.find("[data-ie-span]").last
    if state == "lit":
        bar.hover()
    else:
        bar.click()
    expect(bar).to_have_attribute(f"data-ie-{state}", "")
    stroke = "bar => getComputedStyle(bar.querySelector('rect')).stroke"
    assert bar.evaluate(stroke) != other.evaluate(stroke)


def test_a_narrow_page_gives_reasons_its_width(open_explorer: OpenExplorer, page: Page) -> None:
    page.set_viewport_size({"width": 420, "height": 900})
    explorer = open_explorer(step=16)
    row = explorer.find("[data-ie-candidate]").first
    verdict, because = (row.locator("td").nth(place).bounding_box() for place in (0, 1))
    assert verdict is not None
    assert because is not None
    assert because["y"] >= verdict["y"] + verdict["height"] - 1
    assert because["width"] > 420 / 2


def test_results_and_timeline_are_in_sight_together_in_a_notebook_s_cell(
    open_explorer: OpenExplorer, page: Page
) -> None:
    page.set_viewport_size({"width": 900, "height": 600})
    explorer = open_explorer(step=16, kernel=1)
    explorer.find("[data-ie-tab=run]").click()
    for part in ("[data-ie-result]", "[data-ie-timeline]"):
        box, lower = explorer.find(part).first.bounding_box(), explorer.find(".ie-panel-run").bounding_box()
        assert box is not None
        assert lower is not None
        assert box["y"] + box["height"] <= lower["y"] + lower["height"]


def test_times_of_the_axis_are_whole(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = _focused(open_explorer())
    for width in range(600, 1100, 50):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(50)
        edge = explorer.find("[data-ie-gantt]").evaluate("chart => chart.getBoundingClientRect().right")
        ends = explorer.find(".ie-gantt-time").evaluate_all(
            "times => times.map(time => time.getBoundingClientRect().right)"
        )
        assert max(ends) <= edge + 1


def test_high_contrast_leaves_the_axis_readable(open_explorer: OpenExplorer, page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    explorer = _focused(open_explorer())
    ink = "word => getComputedStyle(word).fill"
    for word in (".ie-gantt-time", ".ie-gantt-worker"):
        assert explorer.find(word).first.evaluate(ink) == "rgb(255, 255, 255)"
