"""The graph as a picture to keep, and under two fingers."""

from __future__ import annotations

import json
import struct
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from bench.programs import Shape, dispatches
from iree_explorer import samples
from iree_explorer.exploration import encode_document, explore_module
from iree_explorer.exploration.page.columns import rows
from iree_explorer.frontends import load
from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture, layered, twice
from tests.browser.explorer_page import ExplorerPage
from tests.browser.kernel import set_trait

SVG = "{http://www.w3.org/2000/svg}"
LAST = len(fixture("diamond")["steps"]) - 1


def test_a_card_goes_when_the_step_does(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(step=3)
    explorer.root.press("f")
    explorer.node(3).hover()
    card = explorer.find(".ie-tooltip")
    expect(card).to_contain_text("kernel")
    explorer.root.press("j")
    expect(card).to_be_hidden()


def test_a_card_tells_what_a_value_was_called_before_the_passes(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(step=LAST)
    explorer.root.press("f")
    explorer.node(3).hover()
    expect(explorer.find(".ie-tooltip")).to_contain_text(", before the passes %")


def test_the_graph_is_saved_as_svg_that_stands_alone(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(step=LAST)
    with page.expect_download() as saved:
        explorer.share("svg")
    assert saved.value.suggested_filename == "diamond.svg"
    text = Path(saved.value.path()).read_text("utf-8")
    assert "var(" not in text
    assert "class=" not in text
    root = ElementTree.fromstring(text)
    written = {element.text for element in root.iter(f"{SVG}text")}
    assert {"square", "double", "halve", "join"} <= written
    left, top, width, height = (float(part) for part in root.attrib["viewBox"].split())
    for box in root.iter(f"{SVG}rect"):
        assert box.attrib["fill"]
    assert min(width, height) > 100
    assert left < 100
    assert top < 100
    expect(explorer.find("[data-ie-renderer]")).to_have_count(1)


def test_the_graph_is_saved_as_png(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(step=LAST, theme="dark")
    with page.expect_download() as saved:
        explorer.share("png")
    assert saved.value.suggested_filename == "diamond.png"
    data = Path(saved.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert width > 400
    assert height > 400


def test_two_fingers_zoom(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(step=LAST)
    before = explorer.node(3).bounding_box()
    explorer.find("[data-ie-graph]").evaluate(
        """surface => {
            const box = surface.getBoundingClientRect();
            const middle = [box.left + box.width / 2, box.top + box.height / 2];
            surface.setPointerCapture = () => undefined;
            const send = (type, pointerId, dx) => surface.dispatchEvent(new PointerEvent(type, {
              pointerId, pointerType: "touch", button: 0, clientX: middle[0] + dx, clientY: middle[1], bubbles: true,
            }));
            send("pointerdown", 1, -40);
            send("pointerdown", 2, 40);
            send("pointermove", 1, -80);
            send("pointermove", 2, 80);
            send("pointerup", 1, -80);
            send("pointerup", 2, 80);
        }"""
    )
    after = explorer.node(3).bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["width"] / before["width"] - 2) < 0.1
    expect(explorer.find("[data-ie-node][data-ie-selected]")).to_have_count(0)


# Two views


def _boxes(explorer: ExplorerPage) -> list[list[float]]:
    """Where the nodes are, in the graph's own units."""
    return explorer.find("[data-ie-node]").evaluate_all(
        "nodes => nodes.map(n => n.getAttribute('transform').match(/[-\\d.]+/g).map(Number))"
    )


def test_a_key_and_two_buttons_change_the_view(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer("round_trip", step=20)
    lanes = _boxes(explorer)
    expect(explorer.action("view-lanes")).to_have_attribute("aria-pressed", "true")
    explorer.root.focus()
    page.keyboard.press("v")
    expect(explorer.action("view-dag")).to_have_attribute("aria-pressed", "true")
    dag = _boxes(explorer)
    assert dag == fixture("round_trip")["graphs"][0]["dag"]["nodes"]
    assert dag != lanes
    expect(explorer.find(".ie-wave")).to_have_count(0)
    explorer.action("view-lanes").click()
    assert _boxes(explorer) == lanes


def test_nothing_moves_in_either_view_while_stepping(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer("round_trip", step=2)
    for view in ("dag", "lanes"):
        explorer.action(f"view-{view}").click()
        before = _boxes(explorer)
        for _ in range(6):
            explorer.action("next").click()
        assert _boxes(explorer) == before


def test_what_a_step_speaks_of_is_in_sight_when_a_page_opens_and_when_it_grows(
    open_explorer: OpenExplorer, page: Page
) -> None:
    explorer = open_explorer(layered(200), step=60)  # the ops at the end come first
    for height in (600, 900):
        page.set_viewport_size({"width": 1100, "height": height})
        page.evaluate(
            "height => document.querySelector('.ie-host').style.setProperty('--ie-height', height)", f"{height - 20}px"
        )
        expect(explorer.find("[data-ie-node][data-ie-current]")).to_be_in_viewport(ratio=1)
        current = explorer.find("[data-ie-node][data-ie-current]").bounding_box()
        pane = explorer.find("[data-ie-graph]").bounding_box()
        assert current is not None
        assert pane is not None
        assert pane["y"] < current["y"] < pane["y"] + pane["height"] - current["height"]


def test_a_host_op_beside_folded_regions_is_followed(open_explorer: OpenExplorer, page: Page) -> None:
    program = dispatches(140, Shape(devices=4, turn=2, flush_every=20))
    document = json.loads(zlib.decompress(encode_document(explore_module(load(program)).packed)))
    flush = next(at for at, step in enumerate(rows(document)["steps"]) if step["kind"] == "flushed")
    explorer = open_explorer(document, step=flush)
    expect(explorer.find("[data-ie-fold-note]")).to_be_visible()
    for _ in range(2):
        expect(explorer.find("[data-ie-node][data-ie-current]")).to_be_in_viewport(ratio=1)
        explorer.root.press("k")
        explorer.root.press("j")


def test_the_region_whose_waves_are_looked_for_is_marked(open_explorer: OpenExplorer) -> None:
    document = json.loads(zlib.decompress(encode_document(explore_module(load(samples.two_devices)).packed)))
    steps = rows(document)["steps"]
    explorer = open_explorer(document)
    marked = explorer.find(".ie-region[data-ie-current]")
    for region, at in enumerate(at for at, step in enumerate(steps) if "go into waves" in step["reason"]):
        explorer.go_to(at)
        expect(marked).to_have_attribute("data-ie-region", str(region))
        explorer.go_to(next(later for later in range(at, len(steps)) if "waves found" in steps[later]["reason"]))
        expect(marked).to_have_attribute("data-ie-region", str(region))
    explorer.root.press("End")
    expect(marked).to_have_count(0)


def test_all_of_a_refusal_s_circle_is_in_sight_in_a_narrow_pane(open_explorer: OpenExplorer, page: Page) -> None:
    page.set_viewport_size({"width": 430, "height": 800})
    document = explore_module(load(samples.circle)).document
    explorer = open_explorer(document, step=len(document["steps"]) - 1)
    pane = explorer.find("[data-ie-graph]").bounding_box()
    assert pane is not None
    for op in ("select", "splat", "add"):
        node = explorer.find("[data-ie-node]").filter(has_text=op).bounding_box()
        assert node is not None
        assert pane["x"] <= node["x"] <= pane["x"] + pane["width"] - node["width"]
        assert pane["y"] <= node["y"] <= pane["y"] + pane["height"] - node["height"]


def test_a_document_with_one_view_offers_no_other(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(layered(60))
    expect(explorer.action("view-dag")).to_be_hidden()


# Folding


def test_a_click_at_its_title_folds_a_region_and_a_second_unfolds_it(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer("round_trip", step=len(fixture("round_trip")["steps"]) - 1)
    nodes = explorer.find("[data-ie-node]").count()
    title = explorer.find("[data-ie-fold='1'] .ie-region-label")
    place = title.bounding_box()
    title.click()
    expect(explorer.find(".ie-region[data-ie-folded]")).to_have_count(1)
    expect(explorer.find("[data-ie-fold-note]")).to_contain_text("1 region of 2 ops folded")
    expect(explorer.find("[data-ie-fold='1'] .ie-fold-contents")).to_contain_text("2 ops")
    assert explorer.find("[data-ie-node]").count() == nodes - 2
    assert place is not None
    folded = title.bounding_box()
    assert folded is not None
    assert abs(folded["y"] - place["y"]) < 3
    title.click()
    expect(explorer.find(".ie-region[data-ie-folded]")).to_have_count(0)
    assert explorer.find("[data-ie-node]").count() == nodes


def test_folds_are_kept_while_stepping_and_fill_with_the_steps(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer("round_trip", step=0)
    explorer.root.focus()
    page.keyboard.press("E")
    count = len(fixture("round_trip")["graphs"][0]["regions"])
    expect(explorer.find(".ie-region[data-ie-folded]")).to_have_count(count)
    contents = explorer.find("[data-ie-fold='1'] .ie-fold-contents")
    expect(contents).to_contain_text("0 of 2 ops")
    page.keyboard.press("End")
    expect(contents).to_contain_text("2 ops")
    page.keyboard.press("v")
    expect(explorer.find(".ie-region[data-ie-folded]")).to_have_count(count)
    page.keyboard.press("E")
    expect(explorer.find(".ie-region[data-ie-folded]")).to_have_count(0)


def test_a_wide_region_is_in_sight_once_it_is_folded(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(layered(96, per_wave=12, per_region=96))
    explorer.root.press("End")
    pane, region = explorer.find("[data-ie-graph]").bounding_box(), explorer.find(".ie-region").bounding_box()
    assert pane is not None
    assert region is not None
    middle = (pane["x"] + pane["width"] - 20, pane["y"] + pane["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + pane["x"] - region["x"] - 140, middle[1])  # its left end is past that of the pane
    page.mouse.up()
    explorer.root.press("E")
    expect(explorer.find(".ie-region[data-ie-folded] .ie-hull-box")).to_be_in_viewport(ratio=0.99)


def test_unfolding_all_keeps_in_sight_what_a_reader_looks_at(open_explorer: OpenExplorer) -> None:
    """At the end of a pass no op is at hand: what is in the middle of the pane stays there."""
    program = dispatches(140, Shape(devices=4, turn=2, flush_every=20))
    document = json.loads(zlib.decompress(encode_document(explore_module(load(program)).packed)))
    explorer = open_explorer(document)
    for key in ["j"] * 10 + ["End"]:
        explorer.root.press(key)
    titles = explorer.find("[data-ie-fold]")
    seen = [title.get_attribute("data-ie-fold") for title in titles.all() if _is_in(explorer, title)]
    assert seen
    explorer.root.press("E")
    expect(explorer.find(".ie-region[data-ie-folded]")).to_have_count(0)
    assert any(_is_in(explorer, explorer.find(f"[data-ie-fold='{region}']")) for region in seen)


def _is_in(explorer: ExplorerPage, element: Locator) -> bool:
    """Whether the upper left corner of an element of the graph is in sight."""
    pane, box = explorer.find("[data-ie-graph]").bounding_box(), element.bounding_box()
    if pane is None or box is None:
        return False
    return 0 <= box["x"] - pane["x"] < pane["width"] and 0 <= box["y"] - pane["y"] < pane["height"]


def test_a_key_folds_the_region_of_the_selected_op(open_explorer: OpenExplorer, page: Page) -> None:
    document = fixture("round_trip")
    explorer = open_explorer("round_trip", step=len(document["steps"]) - 1)
    node = next(node for node in document["graphs"][0]["nodes"] if node["region"] == 0)
    explorer.node(node["id"]).click()
    page.keyboard.press("e")
    folded = explorer.find(".ie-region[data-ie-folded]")
    expect(folded).to_have_attribute("data-ie-region", "0")
    expect(folded).to_have_attribute("data-ie-selected", "")
    page.keyboard.press("e")
    expect(explorer.node(node["id"])).to_have_attribute("data-ie-selected", "")


def test_the_graph_is_that_of_the_function_of_what_is_selected(open_explorer: OpenExplorer, page: Page) -> None:
    exploration = explore_module(load(twice(dispatches(12))))
    op = exploration.graph_of("early").nodes[0].op
    explorer = open_explorer(json.loads(json.dumps(exploration.document)), kernel=1)
    explorer.root.press("End")
    summary = explorer.find("[data-ie-summary]")
    for key in ("Escape", "k"):  # what unselects it, and what goes on
        expect(summary).to_contain_text("@main")
        set_trait(page, "selection", op)
        expect(summary).to_contain_text("@early")
        expect(explorer.find(f"[data-ie-node][data-ie-op='{op}'][data-ie-selected]")).to_be_in_viewport()
        explorer.root.press(key)
    expect(summary).to_contain_text("@main")


def test_from_afar_each_region_says_its_number(open_explorer: OpenExplorer) -> None:
    document = layered(240, per_region=8)
    explorer = open_explorer(document, step=len(document["steps"]) - 1)
    numbers = explorer.find(".ie-region-far:visible")
    expect(numbers).to_have_count(0)
    explorer.action("fit").click()
    assert numbers.all_text_contents() == [str(region) for region in range(30)]
    boxes = [number.bounding_box() for number in numbers.all()]
    assert all(box is not None and box["height"] >= 9 for box in boxes)
    explorer.action("zoom-in").click(click_count=8)
    expect(numbers).to_have_count(0)


def test_lines_say_what_they_carry_at_the_selected_op_and_from_close_by(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(step=LAST)
    labels = explorer.find(".ie-edge-label:visible")
    expect(labels).to_have_count(0)
    explorer.node(3).click()
    expect(labels.first).to_contain_text("64 B")
    some = labels.count()
    for _ in range(4):
        explorer.action("zoom-in").click()
    assert labels.count() > some


# What stood in the way


def test_the_way_that_made_a_refusal_is_drawn_at_its_step_and_its_row(open_explorer: OpenExplorer) -> None:
    document = fixture("tied_hazard")
    step = next(
        index
        for index, step in enumerate(document["steps"])
        if [row["why"] for row in step.get("candidates", ())] == ["hazard", "hazard"]
    )
    explorer = open_explorer("tied_hazard", step=step)
    lines = explorer.find(".ie-blame .ie-blame-line")
    accused = explorer.find(".ie-wave[data-ie-accused]")
    expect(lines).to_have_count(1)
    expect(accused).to_have_attribute("data-ie-wave", "1")
    at_step = lines.get_attribute("d")
    explorer.find("[data-ie-candidate='2']").hover()
    expect(accused).to_have_attribute("data-ie-wave", "2")
    assert lines.get_attribute("d") != at_step
    explorer.find("[data-ie-reason]").hover()
    expect(accused).to_have_attribute("data-ie-wave", "1")
    explorer.action("last").click()
    expect(lines).to_have_count(0)
    expect(explorer.find("[data-ie-accused]")).to_have_count(0)


def test_the_legend_tells_of_lines_kinds_and_states(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.find(".ie-legend summary").click()
    words = explorer.find(".ie-legend li").all_inner_texts()
    assert {"dispatch", "tied, written in place", "selected", "in no region yet", "breakpoint"} <= set(words)
    dots = explorer.find(".ie-legend .ie-node-break")
    assert dots.evaluate_all("all => all.filter(one => getComputedStyle(one).display !== 'none').length") == 1
