"""Breakpoints: set in the gutter, at a partition, on a kind of decision; playing and continuing stop there."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture

Steps = list[dict[str, Any]]


def steps() -> Steps:
    return fixture("diamond")["steps"]


def test_a_click_left_of_a_line_breaks_on_its_op(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.node(3).click()
    dots = explorer.find(".cm-gutterElement:has([data-ie-gutter-break])")
    line = explorer.find(".cm-line[data-ie-selected]").bounding_box()
    assert line is not None
    rows = [row for row in dots.all() if abs((row.bounding_box() or line)["y"] - line["y"]) < 4]
    rows[0].click()
    expect(explorer.node(3)).to_have_attribute("data-ie-broken", "")
    hits = [index for index, step in enumerate(steps()) if step["op"] == 22]
    for hit in hits:
        explorer.root.press(".")
        assert explorer.step == hit
    expect(explorer.find("[data-ie-halted]")).to_be_visible()
    explorer.root.press(",")
    assert explorer.step == hits[-2]
    explorer.find("[data-ie-gutter-break=on]").click()
    expect(explorer.find("[data-ie-gutter-break=on]")).to_have_count(0)
    expect(explorer.find("[data-ie-halted]")).to_be_hidden()


def test_each_rule_can_be_broken_on_and_says_what_it_means(open_explorer: OpenExplorer, page: Page) -> None:
    page.set_viewport_size({"width": 820, "height": 600})
    explorer = open_explorer()
    explorer.root.press("B")
    for rule in ("upstream", "consumers first", "last in time", "hazard"):
        toggle = explorer.find(f".ie-toggle[data-ie-break='decision:{rule}']")
        meaning = toggle.get_attribute("title") or ""
        toggle.click()
        row = explorer.find(f"[data-ie-breakpoint='decision:{rule}'] th")
        expect(row).to_have_text(f"{rule}: {meaning}")
    sizes = explorer.find(".ie-panel-breaks").evaluate("panel => [panel.scrollWidth, panel.clientWidth]")
    assert sizes[0] == sizes[1]


def test_a_kind_of_decision_stops_playing_and_is_listed_and_removed(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    expect(explorer.action("continue")).to_be_hidden()
    explorer.root.press("B")
    explorer.find('[data-ie-break="decision:opened"]').click()
    opened = [index for index, step in enumerate(steps()) if step["kind"] == "opened"]
    row = explorer.find('[data-ie-breakpoint="decision:opened"]')
    expect(row).to_contain_text(f"{len(opened)} step")
    explorer.go_to(opened[0] - 1)
    explorer.action("play").click()
    expect(explorer.action("play")).to_have_attribute("aria-label", "Play")
    assert explorer.step == opened[0]
    if len(opened) > 1:
        explorer.action("continue").click()
        assert explorer.step == opened[1]
    row.locator("button.ie-tool").click()
    expect(row).to_have_count(0)
    expect(explorer.action("continue")).to_be_hidden()


def test_a_partition_is_broken_on_from_the_table(open_explorer: OpenExplorer) -> None:
    document = fixture("diamond")
    joins = [
        index
        for index, step in enumerate(document["steps"])
        if document["stages"][step["stage"]]["pass"] == "execution" and any(p[1] == 0 for p in step.get("place", []))
    ]
    weighed = next(index for index, step in enumerate(document["steps"]) if step.get("candidates"))
    explorer = open_explorer(document, step=weighed)
    explorer.find("[data-ie-candidates] [data-ie-break]").first.click()
    explorer.root.press("B")
    expect(explorer.find("[data-ie-breakpoint]")).to_have_attribute("data-ie-breakpoint", "partition:diamond:0")
    explorer.root.press("Home")
    for join in joins:
        explorer.action("continue").click()
        assert explorer.step == join


def test_python_shares_breakpoints_where_it_has_the_trait(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1, breakpoints="op:22")
    expect(explorer.node(3)).to_have_attribute("data-ie-broken", "")
    explorer.node(3).click()
    explorer.root.press("b")
    assert page.evaluate("window.model.get('breakpoints')") == []
    page.evaluate("window.model.set('breakpoints', ['decision:hazard', 'nonsense'])")
    explorer.root.press("B")
    expect(explorer.find("[data-ie-breakpoint]")).to_have_count(2)
    explorer.action("clear-breaks").click()
    assert page.evaluate("window.model.get('breakpoints')") == []


def test_the_choice_of_a_pass_goes_to_its_start(open_explorer: OpenExplorer) -> None:
    document = fixture("diamond")
    explorer = open_explorer(document)
    explorer.select("stage").select_option("1")
    assert explorer.step == document["stages"][1]["first"]
    explorer.root.press("Home")
    expect(explorer.select("stage")).to_have_value("0")
    explorer.find("[data-ie-pass-row]").nth(1).click()
    assert explorer.step == document["stages"][1]["first"]
