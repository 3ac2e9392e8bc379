"""The quick-start notebook as a user meets it, in each host: a real kernel, all cells run, the explorer stepped and run."""

from __future__ import annotations

import json
import shutil
import string
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.explorer_page import ExplorerPage
from tests.browser.jupyter import Host, jupyter
from tests.browser.notebooks import MINUTE, Notebook, notebook_in

COLAB = Path(__file__).parents[2] / "colab"
NOTEBOOK = "01_quickstart.ipynb"
HOSTS: list[Host] = ["jupyterlab", "notebook", "nbclassic"]
KEYS = [
    *(letter for letter in string.printable if letter.isprintable()),
    *(
        "Enter",
        "Shift+Enter",
        "Control+Enter",
        "Alt+Enter",
        "Escape",
        "Tab",
        "Shift+Tab",
        "Delete",
        "Backspace",
        "Insert",
    ),
    *("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Shift+ArrowDown"),
    *(f"Control+{letter}" for letter in "abdefghijkmszy"),
    *("Control+Shift+-", "Control+Shift+ArrowUp", "Control+Shift+ArrowDown", "F2", "F4", "F9"),
]


@pytest.fixture(scope="module", params=HOSTS)
def opened(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Notebook]:
    """The notebook in one of the hosts, all its cells run. No request leaves this machine."""
    host: Host = request.param
    folder, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("home")
    shutil.copy(COLAB / NOTEBOOK, folder)
    with jupyter(host, folder, home) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
        page.set_default_timeout(MINUTE)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        notebook = notebook_in(host, page)
        notebook.open(address, NOTEBOOK)
        _run(notebook, _explorers(folder / NOTEBOOK))
        expect(page.locator("[data-ie-root] .cm-line").first).to_be_visible(timeout=MINUTE)
        yield notebook
        page.close()
    assert {urlsplit(url).hostname for url in sent} <= {"127.0.0.1", None}


def _run(notebook: Notebook, explorers: int) -> None:
    """Runs all cells until all explorers are there."""
    notebook.run_all()
    notebook.wait_for_cells(after=0)
    expect(notebook.page.locator("[data-ie-root]")).to_have_count(explorers, timeout=MINUTE)


def _explorers(path: Path) -> int:
    """How many cells show an explorer."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return sum("ie.explore(" in "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_the_quick_start_notebook_steps_and_runs(opened: Notebook) -> None:
    explorer = ExplorerPage(opened.page)
    explorer.root.scroll_into_view_if_needed()
    first = explorer.step
    seen: set[tuple[str, str]] = set()
    graphs: set[str] = set()
    for _ in range(10):
        explorer.action("next").click()
        seen.add((explorer.reason, "\n".join(explorer.current_lines)))
        graphs.add(json.dumps(sorted(explorer.placed().items())))
    assert explorer.step == first + 10
    assert len(seen) == 10
    assert len(graphs) > 1

    explorer.find("[data-ie-tab=run]").click()
    explorer.action("run").click()
    expect(explorer.find("[data-ie-result]").first).to_contain_text("16x32xf32", timeout=MINUTE)
    expect(explorer.find("[data-ie-span]").first).to_be_visible()
    expect(explorer.find("[data-ie-run-error]")).to_be_hidden()


def test_a_right_click_on_an_op_opens_its_menu_and_none_of_the_host(opened: Notebook) -> None:
    """JupyterLab has a menu of its own for a cell's output."""
    explorer = ExplorerPage(opened.page)
    explorer.root.scroll_into_view_if_needed()
    explorer.find(".cm-line").filter(has_text="stream.async.dispatch").first.click(button="right")
    explorer.find("[data-ie-menu-item=why]").click()
    expect(explorer.find("[data-ie-answer]")).to_contain_text("Why is")
    expect(opened.page.locator(".lm-Menu")).to_have_count(0)
    explorer.root.press("Escape")


def test_no_key_pressed_in_the_explorer_touches_a_cell(opened: Notebook) -> None:
    explorer = ExplorerPage(opened.page)
    before = opened.cells()
    assert len(before) > 10
    for key in KEYS:
        explorer.root.focus()
        opened.page.keyboard.press(key)
    assert opened.cells() == before
    explorer.root.press("Escape")
    explorer.root.press("Home")
    assert explorer.step == 0
    explorer.root.press("ArrowRight")
    assert explorer.step > 0


def test_no_picture_stands_beside_an_explorer_that_is_there(opened: Notebook) -> None:
    explorers = opened.page.locator("[data-ie-root]").count()
    stills = opened.page.locator(".ie-still")
    expect(stills).to_have_count(explorers)
    opened.page.wait_for_timeout(4000)  # Until pictures would be shown that nobody hides.
    assert [stills.nth(number).is_visible() for number in range(explorers)] == [False] * explorers


def test_no_cell_of_the_notebook_fails(opened: Notebook) -> None:
    assert opened.errors() == 0
