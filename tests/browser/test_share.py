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
