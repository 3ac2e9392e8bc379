"""Takes the README's pictures anew: `python -m tests.browser.picture`. Needs Chromium."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from iree_explorer import samples
from iree_explorer.exploration import Comparison, Exploration, explore_module
from iree_explorer.frontends import load
from tests.browser.conftest import FLAGS
from tests.browser.explorer_page import ExplorerPage

DOCS: Final = Path(__file__).parents[2] / "docs"
WIDTH: Final = 1280
DENSITY: Final = 2
"""Pixels of a picture to one of the window: readers' screens have as many."""
SETTLE: Final = 800
"""Milliseconds for the graph to come to rest."""


def main() -> None:
    """Writes `docs/*.png`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        take(browser, samples.transformer, "refused", "explorer.png")
        take(browser, samples.tied_hazard, "hazard", "hazard.png")
        take_refusal(browser, samples.circle, "refused.png")
        take_comparison(browser, samples.transformer, "balanced", "compare.png")
        browser.close()


def take(browser: Browser, sample: samples.Sample, word: str, name: str) -> None:
    """Takes a picture of the page at its last step whose candidates speak of `word`."""
    exploration = explore_module(load(sample), title=sample.name)
    steps = exploration.document["steps"]
    telling = [
        number
        for number, step in enumerate(steps)
        if any(word in (row["verdict"], row["why"]) for row in step.get("candidates", ()))
    ]
    with opened(browser, exploration, 720) as explorer:
        explorer.go_to(telling[len(telling) // 2])
        explorer.root.focus()
        shoot(explorer, name)


def take_refusal(browser: Browser, sample: samples.Sample, name: str) -> None:
    """Takes a picture of a program that is refused, as it opens."""
    with opened(browser, explore_module(load(sample), title=sample.name), 560) as explorer:
        shoot(explorer, name)


def take_comparison(browser: Browser, sample: samples.Sample, concurrency: str, name: str) -> None:
    """Takes a picture of the graphs of two schedules side by side."""
    comparison = explore_module(load(sample), title=sample.name).compare(concurrency=concurrency)
    with opened(browser, comparison, 640) as explorer:
        explorer.action("face-graph").click()
        explorer.find("[data-ie-side=before] [data-ie-lit]").first.click()
        shoot(explorer, name)


@contextmanager
def opened(browser: Browser, shown: Exploration | Comparison, height: int) -> Generator[ExplorerPage]:
    """The offline page in a window of this height."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        shown.to_html(path)
        page = browser.new_page(
            viewport={"width": WIDTH, "height": height},
            device_scale_factor=DENSITY,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(path.as_uri())
        explorer = ExplorerPage(page)
        explorer.wait_for_document()
        yield explorer
        page.close()


def shoot(explorer: ExplorerPage, name: str) -> None:
    """Writes what the page looks like at rest."""
    page = explorer.root.page
    page.wait_for_timeout(SETTLE)
    page.screenshot(path=DOCS / name)


if __name__ == "__main__":
    main()
