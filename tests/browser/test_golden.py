"""What the HTML page looks like: pictures that a person has seen.

`pytest tests/browser/test_golden.py --update-golden` takes them anew. Fonts, size and density of pixels are the tests' own, and
a tolerance allows for what renderers may differ in (`golden.py`): another machine finds no other picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from iree_explorer import samples
from iree_explorer.exploration import compare, explore_module
from iree_explorer.frontends import load
from tests.browser.explorer_page import ExplorerPage
from tests.browser.golden import SHARE, difference, in_own_fonts, still_page

GOLDEN = Path(__file__).parent / "golden"


def _explored(sample: samples.Sample) -> str:
    return explore_module(load(sample, name=f"{sample.name}.mlir"), title=sample.name).to_html()


@dataclass(frozen=True)
class Shot:
    """A picture: of what page, in which theme, after what was done."""

    page: Callable[[], str]
    theme: str
    act: Callable[[ExplorerPage], object]


SHOTS = {
    "hazard": Shot(lambda: _explored(samples.tied_hazard), "dark", lambda page: page.go_to(31)),
    "transformer": Shot(lambda: _explored(samples.transformer), "light", lambda page: page.root.press("End")),
    "dag": Shot(lambda: _explored(samples.two_devices), "light", lambda page: page.root.press("v")),
    "circle": Shot(lambda: _explored(samples.circle), "light", lambda page: page.root.press("End")),
    "compare": Shot(lambda: compare(samples.diamond, favor="debug").to_html(), "dark", lambda page: page.root.focus()),
}


def _taken(browser: Browser, shot: Shot, folder: Path) -> tuple[Page, bytes]:
    path = folder / "page.html"
    path.write_text(in_own_fonts(shot.page()), encoding="utf-8")
    page = still_page(browser, shot.theme)
    page.goto(path.as_uri())
    explorer = ExplorerPage(page)
    explorer.wait_for_document()
    expect(page.locator("#ie-fallback")).to_have_count(0)
    shot.act(explorer)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page, page.screenshot(animations="disabled", caret="hide")


@pytest.mark.parametrize("name", SHOTS)
def test_page(name: str, browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    page, taken = _taken(browser, SHOTS[name], tmp_path)
    golden = GOLDEN / f"{name}.png"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(taken)
    (tmp_path / f"{name}.png").write_bytes(taken)
    page.goto("about:blank")
    found = difference(page, golden.read_bytes(), taken)
    page.close()
    assert found <= SHARE, f"{found:.2%} differ; see {tmp_path / name}.png"


def test_a_moved_node_is_a_difference(browser: Browser, tmp_path: Path) -> None:
    shot = Shot(SHOTS["dag"].page, "light", lambda page: page.root.press("v"))
    page, before = _taken(browser, shot, tmp_path)
    page.evaluate(
        "document.querySelector('.ie-host').shadowRoot.querySelector('[data-ie-node]').style.translate = '0 12px'"
    )
    after = page.screenshot(animations="disabled", caret="hide")
    page.goto("about:blank")
    assert difference(page, before, before) == 0
    assert difference(page, before, after) > SHARE
    page.close()
