"""Names that mean harm, through everything that shows a program: none is run, none asks the network, none moves a control."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Dialog, Page, expect

from iree_explorer.exploration import Exploration, explore_module
from iree_explorer.frontends import load
from iree_explorer.samples import ALL as ALL_SAMPLES
from iree_explorer.widgets import Explorer
from tests.browser.conftest import OpenExplorer
from tests.browser.explorer_page import ExplorerPage
from tests.browser.hostile import payloads, program

ALL: Final = payloads()
BATCH: Final = 60
BATCHES: Final = [ALL[start : start + BATCH] for start in range(0, len(ALL), BATCH)]
CONTROLS = "button, select, input, [data-ie-pane]"
SHOWN = f"""root => [...root.querySelectorAll('{CONTROLS}')]
    .filter(control => control.checkVisibility() && !control.closest('table, .ie-reason, .ie-selection, [data-ie-graph], .cm-editor'))
    .map(control => {{
        const {{ x, y, width, height }} = control.getBoundingClientRect();
        return [control.dataset.ieAction ?? control.dataset.iePane ?? control.dataset.ieSelect ?? control.type, x, y, width, height].join(' ');
    }})"""


def exploration(names: list[str]) -> Exploration:
    return explore_module(load(program(names), name=names[0] or "empty"), title=names[-1])


@pytest.fixture(params=range(len(BATCHES)))
def hostile(request: pytest.FixtureRequest) -> Exploration:
    return exploration(BATCHES[request.param])


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that notices when a name is run."""
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    yield page
    assert dialogs == []
    assert page.evaluate("window.hacked") is None
    assert all(frame.evaluate("window.hacked") is None for frame in page.frames)


def walk(explorer: ExplorerPage) -> None:
    """Shows each name in the text, the graph, the sentence, the table, the tooltip and the lower pane."""
    explorer.root.press("End")
    for _ in range(6):
        explorer.root.press("k")
    node = explorer.find("[data-ie-node]:not([data-ie-hidden])").first
    node.dispatch_event("click")
    node.dispatch_event("pointermove")
    explorer.find("[data-ie-tab=run]").click()
    explorer.find("[data-ie-tab=why]").click()
    explorer.root.press("?")
    explorer.root.press("Escape")


def markup_of_names(explorer: ExplorerPage) -> int:
    """Elements that no part of the page makes: they could only come from a name."""
    return explorer.find(
        "img:not(.cm-widgetBuffer), script, iframe, object, embed, math, video, audio, link, base, marquee"
    ).count()


def test_the_list_is_long() -> None:
    assert len(ALL) >= 300


def test_the_widget(open_explorer: OpenExplorer, page: Page, hostile: Exploration) -> None:
    benign = exploration([f"kernel_{index}" for index in range(len(hostile.graph.edges) + 1)])
    # A title may take the room that it needs, up to a point.
    hostile.document["title"] = benign.document["title"]
    explorer = open_explorer(benign.document, kernel=1)
    walk(explorer)
    before = explorer.root.evaluate(SHOWN)
    explorer = open_explorer(hostile.document, kernel=1)
    walk(explorer)
    assert explorer.root.evaluate(SHOWN) == before
    assert markup_of_names(explorer) == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_html_page(page: Page, tmp_path: Path, hostile: Exploration) -> None:
    path = tmp_path / "page.html"
    hostile.to_html(path)
    page.goto(path.as_uri())
    explorer = ExplorerPage(page)
    explorer.wait_for_document()
    walk(explorer)
    assert markup_of_names(explorer) == 0
    assert page.locator("script").count() == 6
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_picture_inside_a_page_of_others(page: Page, hostile: Exploration) -> None:
    """As a saved notebook holds it, and as nbviewer shows that: markup in a page without any protection."""
    widget: Any = Explorer(hostile)
    data: dict[str, Any] = widget._repr_mimebundle_()[0]
    ElementTree.fromstring(data["image/svg+xml"])
    page.set_content(f"<main>{data['image/svg+xml']}{hostile.static_html()}{data['text/html']}</main>")
    expect(page.locator("svg").first).to_be_visible()
    assert page.locator("main").locator("script, iframe, foreignObject, style + style, animate").count() == 0
    sources: list[str] = page.locator("img").evaluate_all("images => images.map(({ src }) => src)")
    assert [source.partition(",")[0] for source in sources] == ["data:image/svg+xml;base64"]
    assert json.loads(json.dumps(data)) == data


def test_pictures_that_the_page_saves(open_explorer: OpenExplorer, page: Page, hostile: Exploration) -> None:
    explorer = open_explorer(hostile.document, kernel=1)
    with page.expect_download() as saved:
        explorer.share("svg")
    ElementTree.parse(saved.value.path())
    with page.expect_download() as saved:
        explorer.share("png")
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert Path(saved.value.suggested_filename).name == saved.value.suggested_filename
    expect(explorer.find("[data-ie-error]")).to_be_hidden()


@pytest.mark.parametrize("batch", range(len(BATCHES)))
def test_the_file_that_a_program_comes_from(open_explorer: OpenExplorer, page: Page, batch: int) -> None:
    """A refusal says where; each name is that of a file."""
    refused = next(sample for sample in ALL_SAMPLES if sample.name == "circle")
    for name in BATCHES[batch][::12]:
        explorer = open_explorer(explore_module(load(refused, name=name or "empty")).document, kernel=1)
        expect(explorer.find("[data-ie-error]")).to_contain_text("circular dependency")
        assert markup_of_names(explorer) == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.skipif(shutil.which("dot") is None, reason="there is no Graphviz on this machine")
def test_dot(hostile: Exploration) -> None:
    drawn = subprocess.run(["dot", "-Tsvg"], input=hostile.to_dot().encode(), capture_output=True, check=True)
    picture = ElementTree.fromstring(drawn.stdout)
    edges = [group for group in picture.iter() if group.get("class") == "edge"]
    assert len(edges) == len(hostile.graph.edges)


@pytest.mark.parametrize("batch", range(len(BATCHES)))
def test_error_lines(open_explorer: OpenExplorer, page: Page, batch: int) -> None:
    explorer = open_explorer(kernel=1)
    for name in BATCHES[batch]:
        page.evaluate("name => window.model.set('error', name + ':3:7: error: unknown op ' + name)", name)
        page.evaluate("name => window.model.set('busy', name)", name)
        assert markup_of_names(explorer) == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("window.model.set('error', '')")
    page.evaluate("window.model.set('busy', '')")
    expect(explorer.find("[data-ie-error]")).to_be_hidden()


def test_a_name_does_not_turn_the_words_around_it(open_explorer: OpenExplorer) -> None:
    """What turns or hides text is shown as a mark, in sentences, titles, lists and the graph: `main` is not `niam`."""
    turning = "\u202emain\u2066\u200b\u200f"
    explorer = open_explorer(exploration([turning, f"{turning}2"]).document, kernel=1, step=1)
    # CodeMirror has marks of no width of its own; the program in it writes these characters as escapes.
    texts = """root => {
        const all = [...root.querySelectorAll("*")].filter(element => !element.closest(".cm-editor"));
        return all.map(element => [element.title, element.ariaLabel, ...[...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data)].join(" "));
    }"""
    explorer.root.press("End")
    explorer.node(0).dispatch_event("click")
    explorer.find("[data-ie-tab=run]").click()
    shown = "".join(explorer.root.evaluate(texts))
    assert not set(turning) - set("main") & set(shown)
    assert "\N{REPLACEMENT CHARACTER}main" in shown
