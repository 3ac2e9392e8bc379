"""Takes the README's pictures anew: `python -m tests.browser.picture`. Needs Chromium."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, sync_playwright

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from tests.browser.conftest import FLAGS
from tests.browser.explorer_page import ExplorerPage

DOCS: Final = Path(__file__).parents[2] / "docs"
SETTLE: Final = 800
"""Milliseconds for the graph to come to rest."""


def main() -> None:
    """Writes `docs/*.png`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        take(browser, samples.transformer, "refused", "light", "explorer.png")
        take(browser, samples.tied_hazard, "hazard", "dark", "hazard.png")
        browser.close()


def take(
    browser: Browser, sample: samples.Sample, word: str, theme: Literal["light", "dark"], name: str, width: int = 1280
) -> None:
    """Takes a picture of the page at its last step whose candidates speak of `word`."""
    exploration = explore_module(load(sample), title=sample.name)
    steps = exploration.document["steps"]
    telling = [
        number
        for number, step in enumerate(steps)
        if any(word in (row["verdict"], row["why"]) for row in step.get("candidates", ()))
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        exploration.to_html(path)
        page = browser.new_page(viewport={"width": width, "height": 720}, color_scheme=theme, reduced_motion="reduce")
        page.goto(path.as_uri())
        explorer = ExplorerPage(page)
        explorer.wait_for_document()
        explorer.go_to(telling[len(telling) // 2])
        explorer.root.focus()
        page.wait_for_timeout(SETTLE)
        page.screenshot(path=DOCS / name)
        page.close()


if __name__ == "__main__":
    main()
