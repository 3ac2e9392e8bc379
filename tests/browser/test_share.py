"""The Share menu: what Python makes, and what the page makes alone."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture
from tests.browser.kernel import sent, set_trait


def test_files_are_asked_of_the_kernel_and_saved(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.share("model-explorer")
    assert sent(page) == [{"type": "share", "kind": "model-explorer"}]
    with page.expect_download() as saved:
        page.evaluate(
            "window.model.receive('msg:custom', {type: 'file', name: 'x.json'}, [new DataView(new Uint8Array([123, 125]).buffer)])"
        )
    assert saved.value.suggested_filename == "x.json"
    assert Path(saved.value.path()).read_text() == "{}"


def test_without_a_kernel_there_are_pictures_decisions_and_the_run(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    explorer.action("share").click()
    kinds = explorer.find("[data-ie-share]:visible").evaluate_all("items => items.map(i => i.dataset.ieShare)")
    assert kinds == ["svg", "png", "trace", "perfetto"]
    page.keyboard.press("Escape")
    expect(explorer.find(".ie-menu")).to_be_hidden()
    with page.expect_download() as saved:
        explorer.share("perfetto")
    assert saved.value.suggested_filename == "diamond.perfetto.json"
    events = json.loads(Path(saved.value.path()).read_text())["traceEvents"]
    assert len([event for event in events if event["ph"] == "X"]) == 10
    with page.expect_download() as saved:
        explorer.share("trace")
    assert len(Path(saved.value.path()).read_text().splitlines()) > len(fixture("diamond")["steps"])


def test_the_run_is_offered_once_there_is_one(open_explorer: OpenExplorer, page: Page) -> None:
    document = fixture("diamond")
    run, document["run"] = document["run"], None
    explorer = open_explorer(document, kernel=1)
    explorer.action("share").click()
    expect(explorer.find("[data-ie-share=perfetto]")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(explorer.find("[data-ie-share=png]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(explorer.action("share")).to_be_focused()
    set_trait(page, "run_result", json.dumps(run))
    explorer.action("share").click()
    expect(explorer.find("[data-ie-share=perfetto]")).to_be_visible()


def test_a_page_opens_with_the_selection_and_the_question_of_the_one_it_was_made_of(
    open_explorer: OpenExplorer, page: Page
) -> None:
    explorer = open_explorer(kernel=1)
    op, other = (int(explorer.node(node).get_attribute("data-ie-op") or -1) for node in (3, 5))
    explorer.node(3).click(button="right")
    explorer.find("[data-ie-menu-item=why]").click()
    answer = explorer.find("[data-ie-answer]").inner_text()
    explorer.share("html")
    (asked,) = [message["question"] for message in sent(page) if message["type"] == "share"]
    assert asked == [op, -1]
    shared = open_explorer({**fixture("diamond"), "selection": other, "question": asked})
    expect(shared.find("[data-ie-answer]")).to_have_text(answer, use_inner_text=True)
    expect(shared.node(5)).to_have_attribute("data-ie-selected", "")
    shared.root.press("Escape")
    expect(shared.find("[data-ie-answer]")).to_be_hidden()
