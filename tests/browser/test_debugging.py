"""Stepping through a run with a (mocked) kernel: what the page asks for, what it shows of where the run stands."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from bench.programs import SHAPES, dispatches
from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.exploration.page.columns import rows
from iree_explorer.frontends import load
from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture, twice
from tests.browser.explorer_page import ExplorerPage
from tests.browser.kernel import sent, set_trait, standing

HOSTILE = "<img src=x onerror=alert(1)>"


def begin(explorer: ExplorerPage, page: Page) -> None:
    explorer.find("[data-ie-tab=run]").click()
    explorer.action("debug").click()
    set_trait(page, "debug", standing())


@pytest.fixture
def explorer(open_explorer: OpenExplorer) -> ExplorerPage:
    return open_explorer(fixture("diamond") | {"run": None}, kernel=1)


def test_buttons_and_keys_ask_for_steps(explorer: ExplorerPage, page: Page) -> None:
    expect(explorer.action("debug")).to_have_text("Step")
    begin(explorer, page)
    expect(explorer.action("debug")).to_have_text("Restart")
    explorer.action("debug-op").click()
    explorer.action("debug-wave").click()
    explorer.action("debug-continue").click()
    explorer.action("stop").click()
    explorer.root.focus()
    for key in "nN.x":
        page.keyboard.press(key)
    first, *rest = sent(page)
    assert first["type"] == "debug"
    assert first["function"] == "diamond"
    steps = [{"type": "step", "way": way} for way in ("op", "wave", "continue")] + [{"type": "stop"}]
    assert rest == steps * 2


def test_where_the_run_stands_is_lit_up_in_text_graph_and_timeline(explorer: ExplorerPage, page: Page) -> None:
    begin(explorer, page)
    expect(explorer.find("[data-ie-node][data-ie-selected]")).to_have_attribute("data-ie-op", "22")
    expect(explorer.find("[data-ie-node][data-ie-lit]").first).to_have_attribute("data-ie-op", "21")
    expect(explorer.find(".cm-line[data-ie-selected]").first).to_be_visible()
    expect(explorer.find(".cm-line[data-ie-lit]").first).to_be_attached()
    expect(explorer.find("[data-ie-span]")).to_have_count(2)
    expect(explorer.find("[data-ie-critical]")).to_have_count(2)
    expect(explorer.find("[data-ie-gantt-note]")).to_contain_text("at most 2 KB in resources")
    expect(explorer.find("[data-ie-stopped]")).to_have_text("%9 = dispatch @add has run")
    assert explorer.step == int(explorer.find("[data-ie-total]").inner_text().strip("/ ")) - 1
    row = explorer.find("[data-ie-value]")
    for words in ("%9", "4x4xf32", "0.5", "2.5", "1.25", "2, 1 inf", "[1., 2., …]"):
        expect(row).to_contain_text(words)
    set_trait(page, "debug", "")
    expect(explorer.action("debug-op")).to_be_hidden()


def test_nothing_is_lit_up_when_the_kernel_was_restarted(explorer: ExplorerPage, page: Page) -> None:
    begin(explorer, page)
    expect(explorer.find("[data-ie-node][data-ie-lit]")).not_to_have_count(0)
    explorer.root.press("Home")
    page.evaluate("window.model.receive('comm_live_update')")
    expect(explorer.action("debug-op")).to_be_hidden()
    expect(explorer.find("[data-ie-node][data-ie-lit]")).to_have_count(0)


def test_a_page_that_opens_meanwhile_shows_where_the_run_stands(explorer: ExplorerPage, page: Page) -> None:
    begin(explorer, page)
    page.evaluate("model.set('document', model.get('document'))")
    expect(explorer.find("[data-ie-node][data-ie-selected]")).to_have_attribute("data-ie-op", "22")
    expect(explorer.find("[data-ie-node][data-ie-lit]").first).to_have_attribute("data-ie-op", "21")


def test_what_cannot_be_done_is_disabled(explorer: ExplorerPage, page: Page) -> None:
    begin(explorer, page)
    set_trait(page, "busy", "running…")
    expect(explorer.action("run")).to_be_disabled()
    expect(explorer.action("stop")).to_be_enabled()
    set_trait(page, "busy", "")
    expect(explorer.action("stop")).to_have_text("Stop")
    expect(explorer.root).to_contain_text("host: waits for region 0")
    set_trait(page, "debug", standing(reason="end", op=-1))
    expect(explorer.root).not_to_contain_text("host: waits for region 0", use_inner_text=True)
    expect(explorer.action("debug-op")).to_be_disabled()
    expect(explorer.action("stop")).to_be_enabled()
    expect(explorer.action("stop")).to_have_text("Close")


def test_the_next_step_is_asked_for_while_one_is_under_way(explorer: ExplorerPage, page: Page) -> None:
    begin(explorer, page)
    set_trait(page, "busy", "running…")
    explorer.action("debug-op").click()
    explorer.root.press("N")
    assert [message.get("way") for message in sent(page)[1:]] == ["op", "wave"]


def test_progress_of_a_run_and_its_stop(explorer: ExplorerPage, page: Page) -> None:
    explorer.find("[data-ie-tab=run]").click()
    set_trait(page, "busy", "scheduling…")
    expect(explorer.action("stop")).to_be_hidden()
    set_trait(page, "busy", "")
    explorer.action("run").click()
    set_trait(page, "busy", "running…")
    set_trait(page, "progress", [3, 12])
    expect(explorer.find("[data-ie-progress]")).to_have_js_property("value", 3)
    expect(explorer.find("[data-ie-progress]")).to_have_js_property("max", 12)
    expect(explorer.root).to_contain_text("3 of 12 ops")
    explorer.action("stop").click()
    assert sent(page)[-1] == {"type": "stop"}
    set_trait(page, "busy", "")
    set_trait(page, "progress", [])
    expect(explorer.action("stop")).to_be_hidden()


def test_names_of_a_program_are_text(explorer: ExplorerPage, page: Page) -> None:
    begin(explorer, page)
    set_trait(page, "debug", standing(HOSTILE))
    expect(explorer.find("[data-ie-value]")).to_contain_text(HOSTILE)
    expect(explorer.find("img")).to_have_count(0)


def test_the_graph_is_that_of_the_function_where_the_run_stands(open_explorer: OpenExplorer, page: Page) -> None:
    document = json.loads(json.dumps(explore_module(load(samples.transformer)).document))
    first, main = (graph["nodes"][0]["op"] for graph in rows(document)["graphs"])
    explorer = open_explorer(document, kernel=1)
    begin(explorer, page)
    summary = explorer.find("[data-ie-summary]")
    for op, function in ((first, "initializer"), (main, "main"), (first, "initializer")):
        set_trait(page, "debug", standing(op=op, last=-1))
        expect(summary).to_contain_text(f"@{function}")
        expect(explorer.find("[data-ie-node][data-ie-selected]").first).to_have_attribute("data-ie-op", str(op))
    set_trait(page, "debug", "")
    explorer.root.press("Escape")
    explorer.root.press("Home")
    explorer.root.press("End")
    expect(summary).to_contain_text("@main")


def test_nodes_of_the_function_where_the_run_stands_have_the_names_that_the_text_has(
    open_explorer: OpenExplorer, page: Page
) -> None:
    exploration = explore_module(load(twice(dispatches(12, SHAPES["4 devices in turn"]))))
    [op, *_] = [node.op for node in exploration.graph_of("early").nodes if node.region >= 0]
    name = next(line.split()[0] for line, owner in exploration.lines_after if owner == op)
    explorer = open_explorer(json.loads(json.dumps(exploration.document)), kernel=1)
    node = explorer.find(f"[data-ie-node][data-ie-op='{op}']").first
    expect(node).not_to_contain_text(name)  # opened before the passes, where it has another
    begin(explorer, page)
    set_trait(page, "debug", standing(op=op, last=-1))
    expect(node).to_contain_text(name)


def test_at_a_join_the_graph_shows_what_stands_above_it(open_explorer: OpenExplorer, page: Page) -> None:
    exploration = explore_module(load(twice(dispatches(40, SHAPES["4 devices in turn"]))))
    lines = exploration.lines_after
    joins = [number for number, (line, _) in enumerate(lines) if "timepoint.join" in line]
    last_of_early = joins[len(joins) // 2 - 1]
    drawn = {node.op for node in exploration.graph_of("early").nodes}
    above = next(op for _, op in reversed(lines[:last_of_early]) if op in drawn)
    explorer = open_explorer(json.loads(json.dumps(exploration.document)), kernel=1)
    begin(explorer, page)
    set_trait(page, "debug", standing(op=lines[last_of_early][1], last=-1))
    expect(explorer.find("[data-ie-summary]")).to_contain_text("@early")
    expect(explorer.find(f"[data-ie-op='{above}']").first).to_be_in_viewport()
