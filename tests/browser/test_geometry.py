"""Nothing sticks out, overlaps or is cut, from 600 to 2,000 pixels, whatever the page shows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from tests.browser.audits import misplaced
from tests.browser.conftest import OpenExplorer
from tests.browser.explorer_page import ExplorerPage
from tests.browser.modes import FACES, WIDGET, compared, face, passes

WIDTHS = (600, 800, 1000, 1400, 2000)


def misplaced_at_widths(explorer: ExplorerPage, page: Page) -> dict[int, list[str]]:
    """Width of the window → what is misplaced there."""
    found: dict[int, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        found[width] = misplaced(explorer.root)
    return {width: what for width, what in found.items() if what}


@pytest.mark.parametrize("mode", WIDGET)
def test_widget(open_explorer: OpenExplorer, page: Page, mode: str) -> None:
    explorer = open_explorer(step=16, kernel=1)
    WIDGET[mode](explorer, page)
    assert misplaced_at_widths(explorer, page) == {}


@pytest.mark.parametrize("width", [430, WIDTHS[0]])
@pytest.mark.parametrize(
    "mode", ["why", "run", "breaks", "edits", "menu", "legend", "share", "tooltip", "load", "editing"]
)
def test_a_narrow_page(open_explorer: OpenExplorer, page: Page, mode: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    explorer = open_explorer(step=16, kernel=1)
    WIDGET[mode](explorer, page)
    assert misplaced(explorer.root) == []


@pytest.mark.parametrize("name", FACES)
def test_comparison(open_explorer: OpenExplorer, page: Page, name: str) -> None:
    explorer = open_explorer(compared())
    face(name)(explorer, page)
    assert misplaced_at_widths(explorer, page) == {}


def test_passes_of_a_compiler(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(passes(), kernel=1)
    explorer.action("next").click()
    assert misplaced_at_widths(explorer, page) == {}


def test_choices_of_a_phone_wide_page_share_a_row(open_explorer: OpenExplorer, page: Page) -> None:
    page.set_viewport_size({"width": 430, "height": 900})
    explorer = open_explorer(step=50, kernel=1)
    boxes = [explorer.select(name).bounding_box() for name in ("passes", "favor", "execution", "concurrency")]
    assert len({box["y"] for box in boxes if box is not None}) == 1
    graph = explorer.find("[data-ie-graph]").bounding_box()
    assert graph is not None
    assert graph["height"] > 200


def test_a_low_window_shows_reason_program_and_graph_of_a_narrow_page(open_explorer: OpenExplorer, page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 600})
    explorer = open_explorer(step=16, kernel=1)
    for selector in (
        "[data-ie-action=next]",
        "[data-ie-reason]",
        "[data-ie-line=current]",
        "[data-ie-node][data-ie-current]",
    ):
        box = explorer.find(selector).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 600, selector


@pytest.mark.parametrize("width", [430, 700, 1100])
def test_panes_stay_where_they_are_while_reasons_change(open_explorer: OpenExplorer, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    explorer = open_explorer()
    found = set[tuple[float, float]]()
    for step in range(0, 56, 5):
        explorer.go_to(step)
        box = explorer.find("[data-ie-graph]").bounding_box()
        assert box is not None
        found.add((box["y"], box["height"]))
    assert len(found) == 1


def test_all_of_a_reason_is_read_where_it_is_projected(open_explorer: OpenExplorer, page: Page) -> None:
    page.set_viewport_size({"width": 853, "height": 480})  # 1280 x 720 at 150 %
    document = explore_module(load(samples.transformer)).document
    explorer = open_explorer(document, kernel=1, step=len(document["steps"]) - 1)
    explorer.root.press("F")
    expect(page.locator(".ie-host:fullscreen")).to_have_count(1)
    for step in (-1, 24):  # their sentences are the longest
        explorer.go_to(step % len(document["steps"]))
        assert not explorer.find("[data-ie-reason]").evaluate("text => text.scrollHeight > text.clientHeight")
        expect(explorer.find("[data-ie-tab=why]")).to_be_in_viewport(ratio=1)


def test_the_slider_of_a_narrow_page_shares_a_row(open_explorer: OpenExplorer, page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 900})
    explorer = open_explorer(step=50, kernel=1)
    boxes = [explorer.find(name).bounding_box() for name in (".ie-scrub", "[data-ie-action=only-changes]")]
    assert len({box["y"] for box in boxes if box is not None}) == 1
    stepper = explorer.find(".ie-stepper").bounding_box()
    assert stepper is not None
    assert stepper["height"] < 70


def test_where_regions_run_is_told_once_or_of_each(open_explorer: OpenExplorer) -> None:
    for sample, column, caption in (
        (samples.round_trip, 0, "Regions at this step, all on @__device_0"),
        (samples.two_devices, 1, "Regions at this step"),
    ):
        document = explore_module(load(sample)).document
        overview = open_explorer(document, step=len(document["steps"]) - 1).find("[data-ie-overview]")
        expect(overview.locator("caption")).to_have_text(caption)
        expect(overview.locator("th", has_text="Where")).to_have_count(column)


@pytest.mark.parametrize("width", WIDTHS)
def test_both_panes_have_room(open_explorer: OpenExplorer, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    explorer = open_explorer(step=50, kernel=1)
    for pane in ("source", "graph"):
        inside = explorer.find(f"[data-ie-pane={pane}]").bounding_box()
        assert inside is not None
        assert inside["width"] >= 250
        assert inside["height"] >= 120


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("[data-ie-action=next] { position: relative; left: -30px }", "overlap"),
        ("[data-ie-action=debug] { width: 8px !important; overflow: hidden; white-space: nowrap }", "cut: <button"),
        (".ie-stepper { width: 3000px }", "cut by ie-root"),
    ],
)
def test_what_is_misplaced_is_found(open_explorer: OpenExplorer, rule: str, words: str) -> None:
    explorer = open_explorer(kernel=1)
    explorer.find("[data-ie-tab=run]").click()
    assert misplaced(explorer.root) == []
    explorer.root.evaluate(
        "(root, rule) => root.append(Object.assign(document.createElement('style'), { textContent: rule }))", rule
    )
    assert any(found.startswith(words) for found in misplaced(explorer.root))
