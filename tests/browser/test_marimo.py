"""In marimo: the explorer is there, steps, schedules anew and runs; its cells hear of what the page does."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.explorer_page import ExplorerPage
from tests.browser.jupyter import free_port, wait_for

MINUTE = 60_000

APP = """\
import marimo

app = marimo.App()


@app.cell
def _():
    import iree_explorer as ie
    import marimo as mo

    return ie, mo


@app.cell
def _(ie, mo):
    widget = mo.ui.anywidget(ie.explore(ie.samples.diamond))
    widget
    return (widget,)


@app.cell
def _(mo, widget):
    mo.md(f"step {widget.value['step']} of the diamond")
    return
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server that runs the app, with settings of its own."""
    # As for Chromium: who tests by hand may lack it, CI must have it.
    if importlib.util.find_spec("marimo") is None and not os.environ.get("CI"):
        pytest.skip("there is no marimo in this environment")
    (tmp_path / "app.py").write_text(APP)
    port, log = free_port(), tmp_path / "marimo.log"
    where = ["--headless", "--no-token", "--host=127.0.0.1", f"--port={port}"]
    command = [sys.executable, "-m", "marimo", "run", "app.py", *where]
    own = {"HOME": str(tmp_path), "MARIMO_SKIP_UPDATE_CHECK": "1"}
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=tmp_path, env=os.environ | own, stdout=output, stderr=output)
        try:
            wait_for(f"http://127.0.0.1:{port}/health", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    fresh = browser.new_page(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    fresh.set_default_timeout(MINUTE)
    sent: list[str] = []
    fresh.on("request", lambda request: sent.append(request.url))
    yield fresh
    fresh.close()
    assert {urlsplit(url).hostname for url in sent} <= {"127.0.0.1", None}


def test_the_explorer_works_in_marimo(address: str, page: Page) -> None:
    page.goto(address)
    explorer = ExplorerPage(page)
    expect(explorer.find(".cm-line").first).to_be_visible(timeout=MINUTE)
    explorer.action("next").click()
    explorer.action("next").click()
    assert explorer.step == 2
    expect(page.get_by_text("step 2 of the diamond")).to_be_visible(timeout=MINUTE)

    explorer.select("favor").select_option("debug")
    expect(explorer.find("[data-ie-step]")).to_have_value("1", timeout=MINUTE)
    explorer.action("last").click()
    expect(explorer.find("[data-ie-summary]")).to_have_text("@main · 6 ops · 1 region")
    explorer.find("[data-ie-tab=run]").click()
    explorer.action("run").click()
    expect(explorer.find("[data-ie-result]").first).to_contain_text("1024xf32", timeout=MINUTE)
