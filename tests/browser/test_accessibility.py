"""axe-core finds nothing serious, whatever the page shows: in the widget and without a kernel, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from tests.browser.audits import serious_findings
from tests.browser.conftest import OpenExplorer
from tests.browser.explorer_page import ExplorerPage
from tests.browser.modes import FACES, PAGE, WIDGET, compared, face, passes


def findings_by_theme(page: Page) -> dict[str, list[str]]:
    """Theme → what is found in it."""
    found: dict[str, list[str]] = {}
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.setAttribute('theme', theme)", theme)
        expect(page.locator("[data-ie-root]")).to_have_attribute("data-ie-theme", theme)
        found[theme] = serious_findings(page, "#here")
    return {theme: what for theme, what in found.items() if what}


@pytest.mark.parametrize("mode", WIDGET)
def test_widget(open_explorer: OpenExplorer, page: Page, mode: str) -> None:
    explorer = open_explorer(step=16, kernel=1)
    WIDGET[mode](explorer, page)
    assert findings_by_theme(page) == {}


@pytest.mark.parametrize("mode", PAGE)
def test_without_a_kernel(open_explorer: OpenExplorer, page: Page, mode: str) -> None:
    explorer = open_explorer(step=16, theme="auto")
    PAGE[mode](explorer, page)
    assert findings_by_theme(page) == {}


@pytest.mark.parametrize("name", FACES)
def test_comparison(open_explorer: OpenExplorer, page: Page, name: str) -> None:
    explorer = open_explorer(compared(), theme="auto")
    face(name)(explorer, page)
    assert findings_by_theme(page) == {}


def test_passes_of_a_compiler(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(passes(), kernel=1)
    explorer.action("next").click()
    assert findings_by_theme(page) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_whole_html_page(page: Page, tmp_path: Path, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    explore_module(load(samples.transformer)).to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    ExplorerPage(page).wait_for_document()
    assert serious_findings(page) == []


@pytest.mark.parametrize(("theme", "ground"), [("light", "#fdf6e3"), ("dark", "#212121"), ("dark", "#000000")])
def test_on_the_background_of_a_notebook(open_explorer: OpenExplorer, page: Page, theme: str, ground: str) -> None:
    explorer = open_explorer(step=16, kernel=1)
    page.evaluate("theme => document.documentElement.setAttribute('theme', theme)", theme)
    header = "root => getComputedStyle(root.querySelector('.ie-toolbar')).backgroundColor"
    before = explorer.root.evaluate(header)
    page.evaluate("ground => document.documentElement.style.setProperty('--jp-layout-color1', ground)", ground)
    assert explorer.root.evaluate(header) != before
    assert serious_findings(page, "#here") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_high_contrast_keeps_what_only_a_background_says(page: Page, tmp_path: Path, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", forced_colors="active")
    explore_module(load(samples.transformer)).to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    explorer = ExplorerPage(page)
    explorer.wait_for_document()

    def ground(selector: str) -> str:
        return explorer.find(selector).first.evaluate("one => getComputedStyle(one).backgroundColor")

    assert ground("[data-ie-line=current]") != ground(".cm-editor")
    assert ground("[data-ie-action=next]") != ground("[data-ie-action=last]")
    assert ground("[data-ie-action=view-lanes]") != ground("[data-ie-action=view-dag]")
    assert ground("[data-ie-tab=why]") != ground("[data-ie-tab=run]")
    assert len({ground(f".ie-segment[data-ie-pass={name}]") for name in ("execution", "concurrency")}) == 2


def test_a_button_without_a_name_is_found(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    explorer.action("next").evaluate("button => button.removeAttribute('aria-label')")
    explorer.action("next").evaluate("button => button.removeAttribute('title')")
    assert any(finding.startswith("button-name") for finding in serious_findings(page))
