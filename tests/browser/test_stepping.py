from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from iree_explorer import samples
from iree_explorer.exploration import explore_module, observe
from iree_explorer.exploration.page.columns import rows
from iree_explorer.frontends import load
from tests.browser.conftest import OpenExplorer


def test_ten_steps_change_the_line_the_graph_and_the_reason(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    lines: set[str] = set()
    reasons: set[str] = set()
    placed: list[int] = []
    for _ in range(10):
        explorer.action("next").click()
        lines.update(explorer.current_lines)
        reasons.add(explorer.reason)
        placed.append(len(explorer.placed()))
    assert explorer.step == 10
    assert len(reasons) == 10
    assert {"%10", "%9", "%8"} <= {line.split(" = ")[0].strip() for line in lines}
    assert placed == sorted(placed)
    assert placed[-1] == 4


def test_stepping_back_gives_the_same_page(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.go_to(28)
    text, placed, reason = explorer.find(".cm-content").inner_text(), explorer.placed(), explorer.reason
    explorer.action("last").click()
    assert explorer.find(".cm-content").inner_text() != text
    explorer.go_to(28)
    assert (explorer.find(".cm-content").inner_text(), explorer.placed(), explorer.reason) == (text, placed, reason)


def test_the_table_of_candidates_lights_up_what_it_names(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(step=16)
    rows = explorer.find("[data-ie-candidate]")
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.ieVerdict)") == ["refused", "chosen"]
    rows.first.hover()
    lit = explorer.find("[data-ie-node][data-ie-lit]").evaluate_all("nodes => nodes.map(n => n.dataset.ieOp)")
    assert sorted(lit) == ["23", "26", "27"]
    expect(explorer.find(".cm-line[data-ie-lit]")).to_have_count(3)


def test_names_follow_the_text_through_the_passes(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    name = explorer.node(3).locator(".ie-node-name")
    expect(name).to_have_text("%3")
    explorer.go_to(55)
    expect(name).to_have_text("%6")
    explorer.go_to(6)
    expect(name).to_have_text("%3")
    explorer.find("[data-ie-reason] .ie-link").first.click()
    expect(explorer.find("[data-ie-selection]")).to_have_text("%9 = @ex::@join")


def test_a_line_is_brought_into_sight_without_moving_the_page_around(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(explore_module(load(samples.transformer)).document)
    explorer.root.focus()
    page.evaluate("document.body.style.padding = '300px 8px 2000px'; window.scrollTo(0, 200)")
    tops: set[float] = set()
    for key in ("Home", "End", "ArrowUp"):
        page.keyboard.press(key)
        tops.add(page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(scrollY))))"))
    assert tops == {200}


def test_edits_of_a_pass_show_in_the_text(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(step=29)
    expect(explorer.find(".cm-line[data-ie-edited]").first).to_be_visible()
    assert any("stream.async.execute" in line for line in explorer.current_lines)


def test_regions_and_waves_take_shape(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    region = explorer.find('.ie-region[data-ie-region="0"]')
    growth: list[str | None] = []
    for step in (0, 4, 32):
        explorer.go_to(step)
        growth.append(region.get_attribute("data-ie-growth"))
    assert growth == ["absent", "forming", "formed"]
    explorer.action("last").click()
    expect(explorer.find('.ie-wave[data-ie-growth="formed"]')).to_have_count(9)


def test_the_end_rings_the_longest_chain_while_nothing_is_pointed_at(open_explorer: OpenExplorer) -> None:
    document = explore_module(load(samples.diamond)).document
    (graph,) = rows(document["graphs"])
    explorer = open_explorer(document, step=len(document["steps"]) - 1)
    chain = {str(op) for op in graph["chain"]}
    lit = explorer.find("[data-ie-node][data-ie-lit]")
    expect(lit).to_have_count(len(chain))
    assert {lit.nth(number).get_attribute("data-ie-op") for number in range(len(chain))} == chain
    explorer.find("[data-ie-node]").filter(has_text="negate").hover()
    expect(lit).to_have_count(1)
    explorer.action("previous").click()
    explorer.root.hover(position={"x": 4, "y": 4})
    expect(lit).to_have_count(0)


def test_a_copy_appears_with_the_step_that_makes_it(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(step=18)
    expect(explorer.node(8)).to_be_hidden()
    explorer.action("next").click()
    expect(explorer.node(8)).to_be_visible()


KEYS = [("j", 1), ("ArrowRight", 2), ("k", 1), ("End", 55), ("ArrowLeft", 54), ("Home", 0), ("]", 33), ("[", 0)]


def test_keys(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.root.focus()
    for key, step in KEYS:
        explorer.root.press(key)
        assert explorer.step == step, key


def test_key_g_goes_to_a_step_by_number(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    explorer.root.press("g")
    page.keyboard.type("17")
    page.keyboard.press("Enter")
    assert explorer.step == 16
    page.keyboard.type("zzz")
    page.keyboard.press("Enter")
    assert explorer.step == 16
    expect(explorer.find("[data-ie-step]")).to_have_value("17")
    explorer.root.press("g")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert explorer.step == 16


def test_key_slash_searches_the_program(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    explorer.root.press("/")
    page.keyboard.type("@halve")
    expect(explorer.find(".cm-searchMatch").first).to_be_visible()
    assert explorer.step == 0


def test_a_search_ends_at_the_op_that_was_found(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    explorer.root.press("/")
    page.keyboard.type("-> !stream.resource<transient>")
    scroller = explorer.find(".cm-scroller")
    expect(scroller).not_to_have_js_property("scrollLeft", 0)
    explorer.find("[data-ie-find]").fill("@halve(")
    expect(explorer.find(".cm-searchMatch-selected").first).to_be_visible()
    expect(scroller).to_have_js_property("scrollLeft", 0)
    expect(explorer.find("[data-ie-node][data-ie-selected]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(explorer.find("[data-ie-node][data-ie-selected]")).to_contain_text("halve")
    page.keyboard.press("/")
    page.keyboard.type("nowhere")
    page.keyboard.press("Escape")
    expect(explorer.find("[data-ie-node][data-ie-selected]")).to_have_count(1)


def test_key_question_mark_shows_the_keys(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    explorer.root.press("?")
    panel = explorer.find("[data-ie-overlay=help]")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_space_plays_and_pauses(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.root.press(" ")
    expect(explorer.find("[data-ie-step]")).to_have_value("3", timeout=5000)
    explorer.root.press(" ")
    expect(explorer.action("play")).to_have_attribute("aria-label", "Play")


def test_the_slider_scrubs(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    slider = explorer.find("[data-ie-slider]")
    slider.fill("31")
    assert explorer.step == 31
    slider.press("ArrowRight")
    assert explorer.step == 32
    expect(slider).to_have_attribute("aria-valuetext", re.compile("step 33 of 56, execution of @diamond"))


@pytest.mark.parametrize(("unit", "steps"), [("op", [1, 2, 4]), ("pass", [32, 55])])
def test_steps_by_op_and_by_pass(open_explorer: OpenExplorer, unit: str, steps: list[int]) -> None:
    explorer = open_explorer()
    explorer.select("unit").select_option(unit)
    for step in steps:
        explorer.action("next").click()
        assert explorer.step == step


def test_only_changes_skips_what_changes_nothing(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.action("only-changes").click()
    for step in (4, 6, 8):
        explorer.action("next").click()
        assert explorer.step == step


def test_selection_is_the_same_everywhere(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.node(3).click()
    expect(explorer.node(3)).to_have_attribute("data-ie-selected", "")
    expect(explorer.find(".cm-line[data-ie-selected]")).to_contain_text("@square")
    expect(explorer.find("[data-ie-selection]")).to_have_text("%3 = @ex::@square")
    explorer.find('[data-ie-jump="38"]').click()
    assert explorer.step == 38
    explorer.find(
        ".cm-line",
    ).filter(has_text="@ex::@halve").click()
    expect(explorer.node(9)).to_have_attribute("data-ie-selected", "")
    explorer.root.press("Escape")
    expect(explorer.find("[data-ie-selected]:visible")).to_have_count(0)  # the closed legend shows what one looks like


def test_hovering_a_node_tells_about_it(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(step=55)
    explorer.action("fit").click()
    explorer.node(7).hover()
    card = explorer.find("[role=tooltip]")
    expect(card).to_contain_text("@ex::@double")
    expect(card).to_contain_text("partition 0, wave 3")


def test_nodes_never_move_while_stepping(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    places = "nodes => nodes.map(n => n.getAttribute('transform'))"
    before = explorer.find("[data-ie-node]").evaluate_all(places)
    for step in (9, 29, 55):
        explorer.go_to(step)
        assert explorer.find("[data-ie-node]").evaluate_all(places) == before


def test_a_block_folds_and_unfolds(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(step=22)
    gutter = (
        explorer.find(
            ".ie-fold-gutter .cm-gutterElement",
        )
        .filter(has_text="⌄")
        .first
    )
    lines = explorer.find(".cm-line").count()
    gutter.click()
    expect(explorer.find(".ie-folded")).to_be_visible()
    assert explorer.find(".cm-line").count() < lines
    explorer.find(".ie-folded").click()
    expect(explorer.find(".ie-folded")).to_have_count(0)


def test_blocks_fold_by_a_key(open_explorer: OpenExplorer) -> None:
    """The innermost block around the step's op; where it opens one itself, that one. The step's op is always in sight."""
    explorer = open_explorer(step=16)
    inside = explorer.find(".cm-line[data-ie-line=current]").first.inner_text()
    explorer.root.press("z")
    expect(explorer.find(".ie-folded")).to_have_count(1)
    assert inside not in explorer.find(".cm-content").inner_text()
    explorer.root.press("z")
    expect(explorer.find(".ie-folded")).to_have_count(0)
    explorer.root.press("z")
    explorer.root.press("ArrowRight")
    expect(explorer.find(".ie-folded")).to_have_count(0)


def test_a_rewrite_shows_its_edit(open_explorer: OpenExplorer) -> None:
    document = explore_module(load(samples.transformer)).document
    explorer = open_explorer(document, step=_rewritten(document)[0])
    expect(explorer.find("[data-ie-edits]")).to_be_visible()
    assert explorer.find("[data-ie-edited]").count() > 0
    expect(explorer.find("[data-ie-later]")).to_have_count(0)


def test_a_rewrite_of_a_long_program_says_where_the_text_shows_it(
    open_explorer: OpenExplorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observe, "LONG", 50)
    document = explore_module(load(samples.transformer)).document
    first = _rewritten(document)[0]
    explorer = open_explorer(document, step=first)
    later = explorer.find("[data-ie-later]")
    expect(later).to_be_visible()
    later.click()
    assert explorer.step > first
    expect(explorer.find("[data-ie-edits]")).to_be_visible()


def test_a_wave_that_the_text_does_not_show_yet_is_shown_by_its_ops(open_explorer: OpenExplorer) -> None:
    document = explore_module(load(samples.transformer)).document
    made = [number for number, step in enumerate(document["steps"]) if step.get("part", (0, -1))[1] >= 0]
    explorer = open_explorer(document, step=made[-1])
    region, wave = document["steps"][made[-1]]["part"]
    assert len(explorer.current_lines) == 2
    expect(explorer.find("[data-ie-line=current]").first).to_be_in_viewport()
    expect(explorer.find(".ie-wave[data-ie-current]")).to_have_count(1)
    node = explorer.find(f'[data-ie-node][data-ie-region="{region}"][data-ie-wave="{wave}"]').first
    expect(node).to_be_in_viewport()


def _rewritten(document: dict[str, Any]) -> list[int]:
    return [number for number, step in enumerate(document["steps"]) if step["kind"] == "rewritten"]


def test_a_step_that_edits_the_text_elsewhere_shows_where(open_explorer: OpenExplorer) -> None:
    """The end of a pass speaks of the function, and changes lines far below it."""
    explorer = open_explorer(explore_module(load(samples.transformer)).document)
    explorer.root.press("End")
    expect(explorer.find("[data-ie-edited]").first).to_be_in_viewport()


def test_keys_do_not_act_in_a_notebook_while_the_focus_is_elsewhere(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    page.keyboard.press("ArrowRight")
    assert explorer.step == 0


def test_all_of_what_was_found_in_a_long_line_is_in_sight(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer("tied_hazard")
    explorer.root.press("/")
    page.keyboard.type("-> !stream.resource<transient>{%c2048}")
    mark = explorer.find(".cm-searchMatch-selected").last
    expect(mark).to_be_visible()
    pane, found = explorer.find(".cm-scroller").first.bounding_box(), mark.bounding_box()
    assert pane is not None
    assert found is not None
    assert found["x"] + found["width"] <= pane["x"] + pane["width"]
