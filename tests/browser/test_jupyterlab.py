"""The quick-start notebook as a user meets it: JupyterLab, a real kernel, all cells run, the explorer stepped and run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.explorer_page import ExplorerPage
from tests.browser.jupyter import jupyter_lab

COLAB = Path(__file__).parents[2] / "colab"
NOTEBOOK = "01_quickstart.ipynb"
MINUTE = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("notebooks")
    shutil.copy(COLAB / NOTEBOOK, folder)
    with jupyter_lab(folder, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def lab(browser: Browser, address: str) -> Iterator[Page]:
    """JupyterLab with the quick-start notebook open and all its cells run."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    page.set_default_timeout(MINUTE)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto(f"{address}/lab/workspaces/auto-quickstart/tree/{NOTEBOOK}?reset")
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=MINUTE)  # the kernel has started
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(page.locator("[data-ie-root]").last).to_be_visible(timeout=MINUTE)
    ExplorerPage(page).wait_for_document()
    yield page
    page.close()
    assert {urlsplit(url).hostname for url in sent} <= {"127.0.0.1", None}


def test_the_quick_start_notebook_steps_and_runs(lab: Page) -> None:
    explorer = ExplorerPage(lab)
    explorer.root.scroll_into_view_if_needed()
    seen: set[tuple[str, str]] = set()
    graphs: set[str] = set()
    start = explorer.step
    for _ in range(10):
        explorer.action("next").click()
        seen.add((explorer.reason, "\n".join(explorer.current_lines)))
        graphs.add(json.dumps(sorted(explorer.placed().items())))
    assert explorer.step == start + 10
    assert len(seen) == 10
    assert len(graphs) > 1

    explorer.find("[data-ie-tab=run]").click()
    explorer.action("run").click()
    expect(explorer.find("[data-ie-result]").first).to_contain_text("16x32xf32", timeout=MINUTE)
    expect(explorer.find("[data-ie-span]").first).to_be_visible()
    expect(explorer.find("[data-ie-run-error]")).to_be_hidden()


def test_keys_pressed_in_the_explorer_touch_no_cell(lab: Page) -> None:
    explorer = ExplorerPage(lab)
    cells = lab.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    explorer.root.focus()
    for key in ["b", "a", "d", "d", "x", "z", "m", "y", "j", "k", "ArrowRight", "ArrowLeft", "Home", "End"]:
        lab.keyboard.press(key)
    assert cells.count() == before
    lab.keyboard.press("Escape")
    lab.keyboard.press("Home")
    lab.keyboard.press("ArrowRight")
    assert explorer.step == 1


def test_no_cell_of_the_notebook_fails(lab: Page) -> None:
    last = lab.locator(".jp-Notebook .jp-CodeCell").last
    expect(last.locator("[data-ie-root]")).to_be_visible()
    assert lab.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0
