"""The menu on an op, and what it asks: why here, why not with another. No kernel is there to answer."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture
from tests.browser.explorer_page import ExplorerPage

NAME = "tied_hazard"
LAST = len(fixture(NAME)["steps"]) - 1


def _item(explorer: ExplorerPage, name: str) -> None:
    explorer.find(f"[data-ie-menu-item={name}]").click()


def _dispatches() -> list[int]:
    return [node["id"] for node in fixture(NAME)["graphs"][0]["nodes"] if node["kind"] == "dispatch"]


def test_a_right_click_on_a_node_asks_why_it_is_there(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(NAME, step=LAST)
    node = _dispatches()[0]
    explorer.node(node).click(button="right")
    expect(explorer.find("[data-ie-menu]")).to_be_visible()
    _item(explorer, "why")
    expect(explorer.find("[data-ie-menu]")).to_be_hidden()
    answer = explorer.find("[data-ie-answer]")
    expect(answer).to_contain_text("here?")
    expect(answer).to_contain_text("partition 0")
    expect(explorer.node(node)).to_have_attribute("data-ie-selected", "")
    answer.locator(".ie-jump").last.click()
    assert explorer.step < LAST


def test_an_answer_says_what_the_op_was_called(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(NAME, step=LAST)
    explorer.node(_dispatches()[0]).click(button="right")
    _item(explorer, "why")
    answer = explorer.find("[data-ie-answer]")
    now, was = re.findall(r"where (%\d+) was (%\d+)", answer.inner_text())[0]
    assert now != was
    expect(answer.locator("[data-ie-chip]").first).to_contain_text(was)
    expect(explorer.find(".cm-line[data-ie-selected]").first).to_contain_text(f"{now} = ")
    explorer.action("first").click()
    expect(answer).to_contain_text("before the passes.")


def test_the_second_op_is_chosen_by_a_click_in_the_text(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(NAME, step=LAST)
    first, second = _dispatches()[:2]
    explorer.node(first).click(button="right")
    _item(explorer, "why-not")
    answer = explorer.find("[data-ie-answer]")
    expect(answer).to_contain_text("Click the other op")
    op = fixture(NAME)["graphs"][0]["nodes"][second]["op"]
    explorer.node(second).click()
    expect(answer).to_contain_text(" and ")
    expect(answer.locator("[data-ie-chip]").nth(1)).to_have_attribute("data-ie-chip", str(op))
    page.mouse.move(0, 0)
    expect(explorer.node(first)).to_have_attribute("data-ie-selected", "")
    expect(explorer.find("[data-ie-node][data-ie-lit]")).to_have_count(1)
    expect(explorer.node(second)).to_have_attribute("data-ie-lit", "")
    expect(explorer.find(".cm-line[data-ie-lit]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(answer).to_be_hidden()
    expect(explorer.node(second)).not_to_have_attribute("data-ie-lit", "")
    page.keyboard.press("Escape")
    expect(explorer.find("[data-ie-node][data-ie-selected]")).to_have_count(0)


def test_a_click_that_adds_to_the_selection_asks_of_both(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(NAME, step=LAST)
    first, second = _dispatches()[:2]
    answer = explorer.find("[data-ie-answer]")
    explorer.node(first).click(modifiers=["ControlOrMeta"])
    expect(explorer.node(first)).to_have_attribute("data-ie-selected", "")
    expect(answer).to_be_hidden()
    explorer.node(second).click(modifiers=["ControlOrMeta"])
    expect(answer).to_contain_text(re.compile("Why is .* not with .*\\?"))
    expect(explorer.node(second)).to_have_attribute("data-ie-lit", "")
    explorer.root.press("Escape")
    explorer.find(".cm-line[data-ie-lit]").first.click(modifiers=["ControlOrMeta"], position={"x": 60, "y": 8})
    expect(answer).to_contain_text("not with")


def test_the_menu_of_an_op_asks_of_the_selected_one_too(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(NAME, step=LAST)
    first, second = _dispatches()[:2]
    explorer.node(first).click()
    page.keyboard.press("w")
    expect(explorer.find("[data-ie-menu-item=why-not-selected]")).to_have_count(0)
    page.keyboard.press("Escape")
    name = explorer.node(first).locator(".ie-node-name").text_content()
    explorer.node(second).click(button="right")
    expect(explorer.find("[data-ie-menu-item=why-not-selected]")).to_have_text(f"Why not with {name}?")
    _item(explorer, "why-not-selected")
    expect(explorer.find("[data-ie-answer]")).to_contain_text("not with")
    expect(explorer.node(second)).to_have_attribute("data-ie-selected", "")
    expect(explorer.node(first)).to_have_attribute("data-ie-lit", "")


def test_the_menu_by_keys(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(NAME, step=LAST)
    node = _dispatches()[1]
    explorer.node(node).click()
    page.keyboard.press("w")
    expect(explorer.find("[data-ie-menu-item=why]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(explorer.find("[data-ie-menu-item=break]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(explorer.node(node)).to_have_attribute("data-ie-broken", "")
    expect(explorer.find("[data-ie-menu]")).to_be_hidden()
    page.keyboard.press("w")
    page.keyboard.press("Escape")
    expect(explorer.find("[data-ie-menu]")).to_be_hidden()
    expect(explorer.node(node)).to_have_attribute("data-ie-selected", "")
    page.keyboard.press("ArrowLeft")
    assert explorer.step == LAST - 1


def test_a_right_click_in_the_text_is_about_the_op_of_the_line(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(NAME, step=LAST)
    explorer.node(_dispatches()[0]).click()
    line = explorer.find("[data-ie-selected].cm-line").first
    words = line.inner_text()
    line.click(button="right", position={"x": 120, "y": 8})
    _item(explorer, "why")
    chip = explorer.find("[data-ie-answer] [data-ie-chip]").first
    assert chip.inner_text().split()[-1] in words


def test_the_menu_of_a_region_folds_and_breaks(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(NAME, step=LAST)
    explorer.find("[data-ie-fold='0'] .ie-region-label").click(button="right")
    _item(explorer, "break")
    expect(explorer.find("[data-ie-tab=breaks]")).to_be_visible()
    explorer.find("[data-ie-tab=breaks]").click()
    expect(explorer.find("[data-ie-break-kind=partition]")).to_have_count(1)
    explorer.find("[data-ie-fold='0'] .ie-region-label").click(button="right")
    _item(explorer, "fold")
    expect(explorer.find(".ie-region[data-ie-folded]")).to_have_count(1)


def test_the_name_of_an_op_is_copied(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(NAME, step=LAST)
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    explorer.node(_dispatches()[0]).click(button="right")
    _item(explorer, "copy")
    assert page.evaluate("window.copied").startswith("%")
