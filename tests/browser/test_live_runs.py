"""Runs in a live JupyterLab: stopped by the explorer's button and by the kernel's, and stepped through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.explorer_page import ExplorerPage
from tests.browser.jupyter import jupyter
from tests.unit.execution.chains import CHAIN
from tests.unit.execution.loops import KERNEL_WAVE

MINUTE = 60_000


def notebook(*cells: str) -> str:
    made = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        for n, cell in enumerate(cells)
    ]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": made, "metadata": spec, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "loop.mlir").write_text(KERNEL_WAVE)
    (folder / "chain.mlir").write_text(CHAIN)
    show = "import iree_explorer as ie\nie.explore('{}')"
    (folder / "loop.ipynb").write_text(notebook(show.format("loop.mlir")))
    (folder / "chain.ipynb").write_text(notebook(show.format("chain.mlir")))
    # What it needs is imported before it begins.
    run = "import iree_explorer as ie\nscheduled, run = ie.schedule(ie.load('loop.mlir')), ie.run\nprint('begins')\nrun(scheduled, 'main')"
    (folder / "kernel.ipynb").write_text(notebook(run, "print(6 * 7)"))
    with jupyter("jupyterlab", folder, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    fresh = browser.new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    fresh.set_default_timeout(MINUTE)
    yield fresh
    fresh.close()


def open_notebook(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/lab/workspaces/auto-{name}/tree/{name}.ipynb?reset")
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=MINUTE)


def choose(page: Page, menu: str, item: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=re.compile(f"^{item}")).first.click()  # a shortcut may follow


def explorer_of(page: Page, address: str, name: str) -> ExplorerPage:
    open_notebook(page, address, name)
    choose(page, "Run", "Run All Cells")
    expect(page.locator("[data-ie-root]").last).to_be_visible(timeout=MINUTE)
    explorer = ExplorerPage(page)
    explorer.wait_for_document()
    explorer.find("[data-ie-tab=run]").click()
    return explorer


def test_the_stop_button_ends_a_kernel_that_loops_for_ever(page: Page, address: str) -> None:
    explorer = explorer_of(page, address, "loop")
    for _ in range(2):  # it can be run and stopped again
        explorer.action("run").click()
        expect(explorer.find("[data-ie-busy]")).to_have_text("running…", timeout=MINUTE)
        explorer.action("stop").click()
        expect(explorer.find("[data-ie-run-error]")).to_have_text("the run was stopped", timeout=MINUTE)
        expect(explorer.action("run")).to_be_enabled()
        explorer.action("debug").click()
        expect(explorer.find("[data-ie-stopped]")).to_contain_text("next:", timeout=MINUTE)
        explorer.action("stop").click()
        expect(explorer.action("debug-op")).to_be_hidden()


def test_a_run_is_stepped_through(page: Page, address: str) -> None:
    explorer = explorer_of(page, address, "chain")
    explorer.find('[data-ie-input="0"]').fill("2x2xf32=1 -4 9 16")
    explorer.action("debug").click()
    expect(explorer.find("[data-ie-stopped]")).to_contain_text("next:", timeout=MINUTE)
    explorer.action("debug-wave").click()
    expect(explorer.find("[data-ie-stopped]")).to_contain_text("next: %5 = clone, partition 0, wave 0", timeout=MINUTE)
    selected = explorer.find(".cm-line[data-ie-selected]").first
    expect(selected).to_contain_text("stream.async.clone")
    explorer.action("debug-op").click()
    expect(explorer.find("[data-ie-value='%5']")).to_contain_text("2x2xf32", timeout=MINUTE)
    explorer.action("debug-continue").click()
    expect(explorer.find("[data-ie-stopped]")).to_contain_text("makes nan of finite inputs: %7[0, 1]", timeout=MINUTE)
    explorer.action("debug-continue").click()
    expect(explorer.find("[data-ie-result]")).to_contain_text("nan", timeout=MINUTE)
    explorer.action("stop").click()
    expect(explorer.find("[data-ie-value]")).to_have_count(0)


def test_the_kernel_s_stop_button_works_at_once(page: Page, address: str) -> None:
    open_notebook(page, address, "kernel")
    choose(page, "Run", "Run All Cells")
    expect(page.locator(".jp-OutputArea-output", has_text="begins").first).to_be_visible(timeout=MINUTE)
    page.wait_for_timeout(500)
    choose(page, "Kernel", "Interrupt Kernel")
    expect(page.get_by_text("KeyboardInterrupt").first).to_be_visible(timeout=MINUTE)
    second = page.locator(".jp-Notebook .jp-CodeCell").nth(1)  # Running it adds a third.
    second.click()
    choose(page, "Run", "Run Selected Cell")
    expect(second.locator(".jp-OutputArea-output pre")).to_have_text(re.compile(r"^42\s*$"), timeout=MINUTE)
