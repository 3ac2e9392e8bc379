"""A notebook that was saved and is opened again: its widget has no model, a picture stands in its place."""

from __future__ import annotations

from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page, expect

from tests.browser.jupyter import jupyter
from tests.browser.notebooks import MINUTE, LabNotebook

NAME = "saved.ipynb"
_END_SESSIONS = """async () => {
    const token = document.cookie.match(/_xsrf=([^;]+)/)[1];
    for (const { id } of await (await fetch("/api/sessions")).json())
        await fetch(`/api/sessions/${id}`, { method: "DELETE", headers: { "X-XSRFToken": token } });
}"""


def _open(browser: Browser) -> tuple[Page, LabNotebook]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(MINUTE)
    return page, LabNotebook(page, "/lab/workspaces/auto-saved/tree/{name}?reset")


def test_the_picture_is_shown_where_the_widget_cannot_be_and_only_there(browser: Browser, tmp_path: Path) -> None:
    folder, home = tmp_path / "notebooks", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    cells = [nbformat.v4.new_code_cell("import iree_explorer as ie\nie.explore('diamond')")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / NAME)
    with jupyter("jupyterlab", folder, home) as address:
        page, notebook = _open(browser)
        notebook.open(address, NAME)
        notebook.run_all()
        notebook.wait_for_cells(after=0)
        expect(page.locator("[data-ie-root]")).to_be_visible()
        expect(page.locator(".ie-still")).to_have_count(1)
        page.wait_for_timeout(4000)  # Until a picture would be shown that nobody hides.
        expect(page.locator(".ie-still")).to_be_hidden()
        with page.expect_response(lambda answer: answer.request.method == "PUT" and NAME in answer.url):
            page.keyboard.press("Control+s")
        page.evaluate(_END_SESSIONS)
        page.close()

        page, notebook = _open(browser)
        notebook.open(address, NAME)
        expect(page.locator(".ie-still img")).to_be_visible()
        expect(page.locator(".ie-still")).to_contain_text("Run the cell to step through it.")
        expect(page.locator("[data-ie-root]")).to_have_count(0)
        page.close()
