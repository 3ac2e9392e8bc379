"""Everything that the page can look like: what is done to get there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page, expect

from iree_explorer import samples
from iree_explorer.exploration import compare
from iree_explorer.exploration.dumps import PassDumps
from iree_explorer.exploration.page.columns import rows
from tests.browser.explorer_page import ExplorerPage
from tests.browser.kernel import set_trait, standing
from tests.unit.exploration.pages import document_with
from tests.unit.frontends.test_dumps import DUMPS

Mode = Callable[[ExplorerPage, Page], object]


def _ask(explorer: ExplorerPage, _: Page) -> None:
    explorer.node(3).click(button="right")
    explorer.find("[data-ie-menu-item=why]").click()
    expect(explorer.find("[data-ie-answer]")).to_be_visible()


def _debug(explorer: ExplorerPage, page: Page) -> None:
    explorer.find("[data-ie-tab=run]").click()
    explorer.action("debug").click()
    set_trait(page, "run_result", "")
    set_trait(page, "debug", standing())
    set_trait(page, "progress", [3, 12])
    expect(explorer.find("[data-ie-value]")).to_be_visible()


def _progress(explorer: ExplorerPage, page: Page) -> None:
    explorer.find("[data-ie-tab=run]").click()
    set_trait(page, "busy", "running…")
    set_trait(page, "progress", [3, 12])
    expect(explorer.find("[data-ie-progress]")).to_be_visible()


def _fail(explorer: ExplorerPage, page: Page) -> None:
    set_trait(
        page, "error", "diamond.mlir:2:5: error: expected an attribute, and then a good deal more " + "of words " * 20
    )
    expect(explorer.find("[data-ie-error]")).to_be_visible()


def _break(explorer: ExplorerPage, page: Page) -> None:
    explorer.root.press("b")
    explorer.find("[data-ie-tab=breaks]").click()
    expect(explorer.find("[data-ie-breakpoint]").first).to_be_visible()


def _hover(explorer: ExplorerPage, _: Page) -> None:
    explorer.node(3).hover()
    expect(explorer.find("[role=tooltip]")).to_be_visible()


def _load_wrong(explorer: ExplorerPage, page: Page) -> None:
    explorer.action("load").click()
    explorer.find("[data-ie-paste]").fill("module {\n  util.wrong\n}")
    explorer.action("load-text").click()
    set_trait(page, "error", "pasted program:2:3: error: custom op 'util.wrong' is unknown")


PAGE: Mapping[str, Mode] = {
    "why": lambda explorer, _: explorer.node(3).click(),
    "run": lambda explorer, _: explorer.find("[data-ie-tab=run]").click(),
    "breaks": _break,
    "edits": lambda explorer, _: explorer.go_to(29),
    "regions": lambda explorer, _: explorer.go_to(55),
    "help": lambda explorer, _: explorer.root.press("?"),
    "search": lambda explorer, _: explorer.root.press("/"),
    "menu": lambda explorer, _: explorer.node(3).click(button="right"),
    "share": lambda explorer, _: explorer.action("share").click(),
    "legend": lambda explorer, _: explorer.find(".ie-legend summary").click(),
    "tooltip": _hover,
    "answer": _ask,
    "folded": lambda explorer, _: explorer.root.press("E"),
    "dag": lambda explorer, _: explorer.root.press("v"),
}
"""Without a kernel, on the diamond at step 16; its timeline is in `run`."""

WIDGET: Mapping[str, Mode] = {
    **PAGE,
    "load": lambda explorer, _: explorer.action("load").click(),
    "load-wrong": _load_wrong,
    "editing": lambda explorer, _: explorer.root.press("i"),
    "choosing": lambda explorer, _: explorer.root.press("m"),
    "debugging": _debug,
    "progress": _progress,
    "error": _fail,
}
"""With a (mocked) kernel."""


def passes() -> dict[str, Any]:
    """The document of a compiler's passes, whose page has no graph."""
    return PassDumps.read(DUMPS, "dumps").document


FACES = ("figures", "text", "graph")


def compared() -> dict[str, Any]:
    """The document of two runs side by side."""
    return rows(document_with(compare(samples.diamond, favor="debug")))


def face(name: str) -> Mode:
    """One face of the comparison, on `compared`, with an op selected."""

    def show(explorer: ExplorerPage, _: Page) -> None:
        explorer.find("[data-ie-difference] button").first.click()
        explorer.action(f"face-{name}").click()

    return show
