"""Two runs side by side: asked of the kernel, shown as figures, texts and graphs, in widget and page."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bench.programs import Shape, dispatches
from iree_explorer import samples
from iree_explorer.exploration import compare
from iree_explorer.exploration.page.columns import rows
from iree_explorer.frontends import load
from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture, twice
from tests.browser.explorer_page import ExplorerPage
from tests.browser.kernel import sent, set_trait
from tests.browser.modes import compared
from tests.browser.server import Site
from tests.unit.exploration.pages import document_with


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return compared()


def test_the_other_run_is_asked_of_the_kernel(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.root.press("m")
    panel = explorer.find("[data-ie-compare]")
    expect(panel).to_contain_text("This run beside one that differs in one choice")
    panel.locator("[data-ie-invitation]").get_by_text("favor debug").click()
    explorer.select("against-favor").select_option("max-concurrency")
    explorer.action("compare-run").click()
    others = {"type": "compare", "execution": "reference", "concurrency": "reference"}
    assert sent(page) == [others | {"favor": "debug"}, others | {"favor": "max-concurrency"}]
    set_trait(page, "error", "error: no partitioner is called that")
    expect(panel.locator("[role=alert]")).to_have_text("error: no partitioner is called that")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.keyboard.press("End")
    assert explorer.step > 0
    expect(explorer.find("[data-ie-slider]")).to_be_visible()
    explorer.root.press("m")
    expect(panel).to_be_visible()
    explorer.root.press("Escape")  # with the focus outside of the panel
    expect(panel).to_be_hidden()


def test_a_page_without_a_kernel_or_a_comparison_offers_none(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(fixture("diamond"))
    expect(explorer.action("compare")).to_be_hidden()
    explorer.root.press("m")
    expect(explorer.find("[data-ie-compare]")).to_be_hidden()


def open_compared(open_explorer: OpenExplorer, site: Site, document: dict[str, Any]) -> ExplorerPage:
    """A widget to which Python sends the comparison after the document, as it does when one is asked for."""
    site.documents["comparison"] = json.dumps(document["comparison"])
    plain = {name: value for name, value in document.items() if name != "comparison"}
    return open_explorer(plain, kernel=1, comparison="comparison")


def test_a_comparison_that_arrives_opens_and_can_be_measured(
    open_explorer: OpenExplorer, page: Page, site: Site, document: dict[str, Any]
) -> None:
    explorer = open_compared(open_explorer, site, document)
    expect(explorer.find("[data-ie-figure=waves]")).to_have_text("waves3–")
    expect(explorer.select("against-favor")).to_have_value("debug")
    explorer.action("measure").click()
    request = {"type": "measure", "function": "main", "inputs": [""], "workers": 2}
    assert sent(page) == [request]


def test_a_comparison_that_python_opens_takes_no_focus_from_the_page(
    open_explorer: OpenExplorer, page: Page, site: Site, document: dict[str, Any]
) -> None:
    explorer = open_compared(open_explorer, site, document)
    expect(explorer.find("[data-ie-compare]")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")


def test_a_comparison_that_is_taken_back_at_once_is_not_shown(
    open_explorer: OpenExplorer, page: Page, site: Site, document: dict[str, Any]
) -> None:
    explorer = open_compared(open_explorer, site, document)
    expect(explorer.find("[data-ie-compare]")).to_be_visible()
    page.evaluate("""async () => {
        const { model } = window;
        model.set("comparison", model.get("comparison"));
        model.set("comparison", new DataView(new ArrayBuffer(0)));
        await new Promise((done) => setTimeout(done, 300));
    }""")
    expect(explorer.find("[data-ie-compare]")).to_be_hidden()


def test_figures_and_moved_ops_select_everywhere(open_explorer: OpenExplorer, document: dict[str, Any]) -> None:
    explorer = open_explorer(document)
    rows = explorer.find("[data-ie-difference]")
    expect(rows).to_have_count(1)
    rows.first.locator("button").click()
    (op, _) = document["comparison"]["differences"][0]["ops"]
    expect(rows.first).to_have_attribute("data-ie-selected", "")
    expect(explorer.find("[data-ie-compare-why] [data-ie-side=before]")).to_contain_text("wave")
    expect(explorer.find("[data-ie-chosen]")).to_have_text(document["ops"][str(op)]["label"])
    explorer.action("close-compare").click()
    expect(explorer.find(f'[data-ie-op="{op}"]').first).to_have_attribute("data-ie-selected", "")


def test_in_a_narrow_page_both_places_of_an_op_are_in_sight(
    open_explorer: OpenExplorer, document: dict[str, Any], page: Page
) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    shown = copy.deepcopy(document)
    for op in shown["ops"].values():
        op["label"] += "_of_a_long_name" * 5
    explorer = open_explorer(shown)
    expect(explorer.find("[data-ie-difference]").first).to_be_visible()
    sizes = explorer.find(".ie-compare-tables").evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert sizes[0] <= sizes[1]


def test_each_figure_says_what_it_means(open_explorer: OpenExplorer) -> None:
    found = compare(samples.diamond, favor="debug").run("main", repeat=1)
    figures = open_explorer(rows(document_with(found))).find("[data-ie-figure]")
    expect(figures).to_have_count(len(found.rows))
    expect(figures.locator("th[title]")).to_have_count(len(found.rows))


def test_headings_stay_in_sight_below_which_rows_scroll(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(rows(document_with(compare(load(dispatches(60)), favor="debug"))))
    explorer.find(".ie-compare-tables").evaluate("tables => { tables.scrollTop = 400; }")
    expect(explorer.find("[data-ie-compare]").get_by_text("Differs in")).to_be_in_viewport()


def test_an_op_that_was_chosen_stays_so_when_both_have_run(
    open_explorer: OpenExplorer, page: Page, site: Site, document: dict[str, Any]
) -> None:
    explorer = open_compared(open_explorer, site, document)
    explorer.find("[data-ie-difference] button").click()
    page.evaluate("""() => {
        const { buffer, byteOffset, byteLength } = window.model.get("comparison");
        window.model.set("comparison", new DataView(buffer, byteOffset, byteLength));
    }""")
    expect(explorer.find("[data-ie-difference]")).to_have_attribute("data-ie-selected", "")
    expect(explorer.find("[data-ie-chosen]")).to_be_visible()


def test_texts_stand_line_beside_line_and_scroll_together(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(rows(document_with(compare(samples.transformer, favor="debug"))))
    explorer.action("face-text").click()
    changed = explorer.find(".ie-side-before .ie-line-edited")
    expect(changed.first).to_be_visible()  # they open where they first differ
    explorer.action("next-hunk").click()
    expect(changed.first).to_be_visible()
    tops = "[...document.querySelector('#here > div').shadowRoot.querySelectorAll('.ie-side .cm-scroller')].map(s => s.scrollTop)"
    page.wait_for_function(f"(() => {{ const [a, b] = {tops}; return a > 0 && a === b; }})()")
    expect(explorer.find(".ie-side-before .cm-gutterElement").filter(has_text="−").first).to_be_visible()
    expect(explorer.find(".ie-side-after .cm-gutterElement").filter(has_text="+").first).to_be_visible()
    explorer.find(".ie-side-after .ie-line-edited").filter(has_text="dispatch").first.click()
    expect(explorer.find(".ie-side-before [data-ie-selected]").first).to_be_visible()


def test_graphs_have_ops_at_the_same_place_and_move_together(
    open_explorer: OpenExplorer, page: Page, document: dict[str, Any]
) -> None:
    explorer = open_explorer(document)
    explorer.action("face-graph").click()
    sides = [explorer.find(f".ie-graph[data-ie-side={side}]") for side in ("before", "after")]
    places = [
        side.locator("[data-ie-node]").evaluate_all("ns => ns.map(n => n.getAttribute('transform'))") for side in sides
    ]
    assert places[0] == places[1]
    for side in sides:
        expect(side.locator("[data-ie-lit]")).to_have_count(1)
        expect(side.locator("[data-ie-lit]")).to_contain_text("≠")
    box = sides[0].bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] - 60)
    page.mouse.up()
    moved = [side.locator("svg > g").get_attribute("transform") for side in sides]
    assert moved[0] == moved[1]


def test_graphs_open_where_they_first_differ(open_explorer: OpenExplorer) -> None:
    program = load(dispatches(140, Shape(devices=4, turn=7, reach=12, flush_every=37), seed=3))
    explorer = open_explorer(rows(document_with(compare(program, execution="fewest-handovers"))))
    explorer.action("face-graph").click()
    for side in ("before", "after"):
        expect(explorer.find(f"[data-ie-side={side}] [data-ie-lit]").first).to_be_in_viewport()


def test_graphs_are_of_the_function_whose_op_is_chosen(open_explorer: OpenExplorer) -> None:
    found = compare(load(twice(dispatches(40))), favor="debug")
    explorer = open_explorer(rows(document_with(found)))
    for function in ("main", "early"):
        row = next(one for one in found.differences if one.function == function)
        explorer.action("face-figures").click()
        explorer.find(f"[data-ie-difference='{row.before_op} {row.after_op}'] button").click()
        explorer.action("face-graph").click()
        expect(explorer.select("compared").locator("option:checked")).to_have_text(f"@{function}")
        for side in ("before", "after"):
            expect(explorer.find(f"[data-ie-side={side}] [data-ie-selected]").first).to_be_in_viewport()


def test_regions_have_boxes_on_both_sides_named_as_in_the_explorer(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(rows(document_with(compare(samples.two_devices, execution="fewest-handovers"))))
    explorer.action("face-graph").click()
    for side in ("before", "after"):
        titles = explorer.find(f"[data-ie-side={side}] .ie-region-label").all_text_contents()
        assert sorted(title.split(" ·")[0].strip() for title in titles) == [
            "partition 0",
            "partition 1",
            "partition 2",
        ]


def test_lines_pass_below_the_titles_of_regions(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(rows(document_with(compare(samples.two_devices, concurrency="balanced"))))
    explorer.action("face-graph").click()
    drawn = explorer.find("[data-ie-side=before] svg").evaluate(
        "svg => [...svg.querySelectorAll('.ie-edge-line, .ie-region-back, .ie-region-label')].map(one => one.classList[0])"
    )
    last_line = len(drawn) - 1 - drawn[::-1].index("ie-edge-line")
    assert last_line < drawn.index("ie-region-back") < drawn.index("ie-region-label")
    for title in explorer.find("[data-ie-side=before] .ie-region-title").all():
        words, back = title.locator("text").first.bounding_box(), title.locator("rect").bounding_box()
        assert words is not None
        assert back is not None
        assert back["x"] <= words["x"]
        assert back["x"] + back["width"] >= words["x"] + words["width"]


def test_the_offline_page_opens_on_the_comparison(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    compare(samples.mlp, partitioner="serial").to_html(file)
    page.goto(file.as_uri())
    explorer = ExplorerPage(page)
    expect(explorer.find("[data-ie-figure=regions]")).to_be_visible()
    expect(explorer.find("[data-ie-select=against-favor]")).to_be_hidden()


def test_hostile_words_stay_words(open_explorer: OpenExplorer, page: Page, document: dict[str, Any]) -> None:
    words = '<img src=x onerror="window.broken=1">'
    hostile = json.loads(json.dumps(document))
    found = hostile["comparison"]
    found["names"] = [words, words]
    for row in found["rows"]:
        row.update(dict.fromkeys(row, words))
    for one in found["differences"]:
        one.update(label=words, before=words, after=words, differs=[words])
    for pair in found["graphs"]:
        for graph in pair.values():
            graph["function"] = words
            for node in graph["nodes"]:
                node["label"] = node["detail"] = words
    explorer = open_explorer(hostile)
    for face in ("figures", "text", "graph"):
        explorer.action(f"face-{face}").click()
        expect(explorer.find("[data-ie-compare] img")).to_have_count(0)
    assert page.evaluate("window.broken") is None


def test_texts_that_are_the_same_are_said_to_be(open_explorer: OpenExplorer, document: dict[str, Any]) -> None:
    for hunks in ([], document["comparison"]["hunks"]):
        explorer = open_explorer({**document, "comparison": {**document["comparison"], "hunks": hunks}})
        explorer.action("face-text").click()
        note = explorer.find("[data-ie-same-text]")
        assert note.is_visible() == (hunks == [])
        assert explorer.action("next-hunk").is_visible() == (hunks != [])
