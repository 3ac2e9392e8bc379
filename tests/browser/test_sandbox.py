"""In a frame with `sandbox="allow-scripts"`, as some hosts show outputs: no storage, no clipboard, no downloads, and no exception."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from tests.browser.explorer_page import ExplorerPage
from tests.browser.server import Site

REFUSED = "Download is disallowed"
"""What Chromium says of a download from such a frame: it is the one complaint that there may be."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and REFUSED not in message.text:
            complaints.append(message.text)

    fresh = browser.new_page(viewport={"width": 1100, "height": 700}, reduced_motion="reduce")
    fresh.set_default_timeout(10_000)
    fresh.on("console", hear)
    fresh.on("pageerror", lambda error: complaints.append(str(error)))
    yield fresh
    fresh.close()
    assert complaints == []


def framed(page: Page, attributes: str) -> ExplorerPage:
    page.set_content(
        f'<iframe id="frame" sandbox="allow-scripts" style="width: 1060px; height: 640px" {attributes}></iframe>'
    )
    explorer = ExplorerPage(page.frame_locator("#frame"))
    explorer.wait_for_document()
    return explorer


def check(explorer: ExplorerPage) -> None:
    """Steps, copies and saves; what cannot be done is told in the error line."""
    explorer.action("next").click()
    assert explorer.step == 1
    error = explorer.find("[data-ie-error]")
    for kind, words in (
        ("svg", "is not saved from a sandboxed frame"),
        ("png", "png is not saved"),
        ("trace", "trace.txt"),
    ):
        explorer.share(kind)
        expect(error).to_contain_text(words, timeout=30_000)
    explorer.node(1).click(button="right")
    explorer.find("[data-ie-menu-item=copy]").click()
    expect(error).to_contain_text("can't be copied")


def test_page(page: Page) -> None:
    text = explore_module(load(samples.diamond)).to_html()
    check(framed(page, f'srcdoc="{escape(text)}"'))


@pytest.mark.parametrize("kernel", ["", "&kernel=1"])
def test_widget(page: Page, site: Site, kernel: str) -> None:
    explorer = framed(page, f'src="{site.address}/harness.html?document=diamond{kernel}"')
    if not kernel:
        check(explorer)
        return
    explorer.action("next").click()
    assert explorer.step == 1
    frame = page.frames[-1]
    frame.evaluate(
        "window.model.receive('msg:custom', {type: 'file', name: 'x.json'}, [new DataView(new ArrayBuffer(2))])"
    )
    expect(explorer.find("[data-ie-error]")).to_have_text(
        "x.json is not saved from a sandboxed frame: open this page on its own"
    )
