"""The page in a window of its own: it takes keys and the wheel at once, and opens where it is asked to."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

import iree_explorer as ie
from iree_explorer import samples
from iree_explorer.exploration import encode_opening, explore_module
from iree_explorer.frontends import load
from tests.browser.conftest import OpenExplorer
from tests.browser.explorer_page import ExplorerPage
from tests.browser.server import Site


def test_keys_act_in_a_page_of_its_own_at_once(page: Page, tmp_path: Path) -> None:
    explore_module(load(samples.diamond)).to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    explorer = ExplorerPage(page)
    explorer.wait_for_document()
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert explorer.step == 1
    explorer.root.press("ArrowRight")  # as elsewhere: once for each press
    assert explorer.step == 2


def test_the_wheel_zooms_in_a_page_of_its_own_at_once(page: Page, tmp_path: Path) -> None:
    explore_module(load(samples.diamond)).to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    explorer = ExplorerPage(page)
    explorer.wait_for_document()
    for height, zooms in ((600, True), (300, False)):
        page.set_viewport_size({"width": 600 if height < 600 else 1100, "height": height})
        explorer.find("[data-ie-graph]").hover()
        before = explorer.find("[data-ie-graph] svg > g").get_attribute("transform")
        page.mouse.wheel(0, 200)
        page.wait_for_timeout(200)
        after = explorer.find("[data-ie-graph] svg > g").get_attribute("transform")
        assert (after != before) == zooms  # in a window lower than the page it scrolls


def test_a_page_opens_at_the_step_that_its_address_says(page: Page, tmp_path: Path) -> None:
    explore_module(load(samples.diamond)).to_html(tmp_path / "page.html")
    address = (tmp_path / "page.html").as_uri()
    page.goto(f"{address}#7")
    explorer = ExplorerPage(page)
    explorer.wait_for_document()
    number = explorer.find("[data-ie-step]")
    expect(number).to_have_value("7")
    page.goto(f"{address}#9")  # the same page goes on
    expect(number).to_have_value("9")
    for words in ("words", "0", "-3"):
        page.goto(f"{address}#{words}")
    expect(number).to_have_value("9")


def test_a_page_of_which_a_part_is_torn_shows_the_rest(open_explorer: OpenExplorer, page: Page, site: Site) -> None:
    site.packed["opening"] = encode_opening(explore_module(load(samples.diamond)).packed)[0]
    for step in (0, 5):
        open_explorer()
        page.evaluate(
            """async (step) => {
                const { mount } = await import("./explorer.js");
                mounted.destroy();
                const bytes = await (await fetch("documents/opening")).arrayBuffer();
                await mount(here, bytes, { step, details: new Uint8Array([1, 2, 3]) }).ready;
            }""",
            step,
        )
        explorer = ExplorerPage(page)
        assert explorer.step == step
        expect(explorer.find("[data-ie-error]")).to_contain_text("Some of this schedule can't be shown")
        expect(explorer.find("[data-ie-awaited]")).to_be_hidden()


def test_a_page_opens_as_its_widget_stands(page: Page, tmp_path: Path) -> None:
    widget = ie.explore(samples.diamond)
    widget.step, widget.selection = 16, widget.exploration.graph.nodes[2].op
    widget.to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    explorer = ExplorerPage(page)
    explorer.wait_for_document()
    assert explorer.step == 16
    expect(explorer.find("[data-ie-node][data-ie-selected]")).to_have_count(1)
    expect(explorer.find("[data-ie-line=current]").first).to_contain_text("@main")
    expect(explorer.find(".cm-content").first).to_contain_text("stream.async.execute")
    steps = widget.exploration.document["steps"]
    explorer.go_to(next(number for number, step in enumerate(steps) if step.get("candidates")))
    expect(explorer.find("[data-ie-candidate]").first).to_be_visible()
    expect(explorer.find("[data-ie-awaited]")).to_be_hidden()
