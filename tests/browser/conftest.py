"""A browser, a server of the built page, and pages that complain: of errors, and of requests that leave this machine."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.explorer_page import ExplorerPage
from tests.browser.server import Site, serve

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = ("127.0.0.1", None)
"""Hosts of allowed requests; data: and blob: addresses have none."""

OpenExplorer = Callable[..., ExplorerPage]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        # Without one on the machine, Playwright's own (`playwright install chromium`); CI must have one.
        if executable is None and not os.environ.get("CI") and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("there is no Chromium on this machine")
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page. The test fails when it logs an error, throws, or asks any other machine for anything."""
    complaints: list[str] = []
    fresh = browser.new_page(viewport={"width": 1100, "height": 600}, reduced_motion="reduce")
    fresh.set_default_timeout(10_000)
    fresh.on("pageerror", lambda error: complaints.append(str(error)))
    fresh.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    fresh.on("request", lambda sent: complaints.append(sent.url) if urlsplit(sent.url).hostname not in HERE else None)
    yield fresh
    fresh.close()
    assert complaints == []


@pytest.fixture
def open_explorer(page: Page, site: Site) -> OpenExplorer:
    """Opens the harness on a document (its JSON, or the name of a fixture); keywords become its query."""

    def open_it(document: dict[str, Any] | str = "diamond", **query: str | int) -> ExplorerPage:
        name = document if isinstance(document, str) else "given"
        if not isinstance(document, str):
            site.documents[name] = json.dumps(document)
        page.goto(f"{site.address}/harness.html?{urlencode({'document': name, **query})}")
        explorer = ExplorerPage(page)
        explorer.wait_for_document()
        return explorer

    return open_it
