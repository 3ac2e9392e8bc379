"""By keyboard alone: all is reached, named and seen, the focus is never lost, and Escape leads back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture
from tests.browser.explorer_page import ExplorerPage
from tests.browser.kernel import sent, set_trait, standing

FOCUSED = "document.querySelector('.ie-host')?.shadowRoot.activeElement"
"""What has the focus inside the widget; null where it is lost."""

MOST_STOPS = 120


@pytest.fixture
def explorer(open_explorer: OpenExplorer) -> ExplorerPage:
    return open_explorer(fixture("diamond") | {"run": None}, step=16, kernel=1)


def focused(page: Page) -> str:
    """The focused element, as its tag with attributes; empty where nothing in the widget has the focus, or nobody sees it."""
    return page.evaluate(
        f"() => {{ const e = {FOCUSED}; return e?.checkVisibility() ? e.cloneNode().outerHTML : ''; }}"
    )


def test_in_a_narrow_page_tab_comes_to_the_reason_before_the_program(explorer: ExplorerPage, page: Page) -> None:
    def reason_is_first() -> bool:
        return page.evaluate(
            """() => {
                const root = document.querySelector(".ie-host").shadowRoot;
                const [reason, source] = ["[data-ie-reason]", ".ie-source"].map((one) => root.querySelector(one));
                return (reason.compareDocumentPosition(source) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
            }"""
        )

    assert not reason_is_first()
    explorer.find("[data-ie-reason]").focus()
    page.set_viewport_size({"width": 700, "height": 900})
    page.wait_for_timeout(100)
    assert reason_is_first()
    assert "data-ie-reason" in focused(page), "it keeps the focus"
    page.keyboard.press("Shift+Tab")
    assert 'data-ie-action="only-changes"' in focused(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_timeout(100)
    assert not reason_is_first()


def test_tab_goes_through_named_controls_and_shows_where_it_is(explorer: ExplorerPage, page: Page) -> None:
    explorer.node(3).click()
    explorer.root.focus()
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(
            f"""() => {{
                const e = {FOCUSED};
                if (!e) return null;
                const label = e.labels?.[0]?.textContent ?? "";
                const name = e.getAttribute("aria-label") || e.textContent.trim() || label || e.title;
                const ring = getComputedStyle(e).outlineStyle !== "none";
                const editor = e.closest(".cm-editor");
                const frame = editor && getComputedStyle(editor, "::after").borderTopStyle === "solid";
                return {{ what: e.cloneNode().outerHTML, name, isSeen: ring || frame }};
            }}"""
        )
        if found is None:
            break
        assert found["name"], found["what"]
        assert found["isSeen"], found["what"]
        stops.append(found["what"])
    assert 30 < len(stops) < MOST_STOPS, "Tab leaves the widget at its end"
    for hook in ("load", "compare", "share", "help", "first", "view-dag", "fit", "unselect", "edit"):
        assert any(f'data-ie-action="{hook}"' in stop for stop in stops), hook


def _jump(explorer: ExplorerPage, _: Page) -> None:
    explorer.node(3).click()
    explorer.find(".ie-selection [data-ie-jump]").last.focus()


def _dot(explorer: ExplorerPage, _: Page) -> None:
    explorer.find("[data-ie-candidates] [data-ie-break]").first.focus()


def _remove(explorer: ExplorerPage, _: Page) -> None:
    explorer.root.press("b")
    explorer.find("[data-ie-tab=breaks]").click()
    explorer.find("[data-ie-breakpoint] button").last.focus()


def _unselect(explorer: ExplorerPage, _: Page) -> None:
    explorer.node(3).click()
    explorer.action("unselect").focus()


def _close_answer(explorer: ExplorerPage, _: Page) -> None:
    explorer.node(3).click(button="right")
    explorer.find("[data-ie-menu-item=why]").click()
    explorer.find("[data-ie-answer] header button").last.focus()


def _not_with(explorer: ExplorerPage, page: Page) -> None:
    _close_answer(explorer, page)
    explorer.find("[data-ie-answer] header button").nth(-2).focus()


def _pass_row(explorer: ExplorerPage, _: Page) -> None:
    explorer.root.press("Home")
    explorer.find("[data-ie-pass-row]").last.focus()


def _last(explorer: ExplorerPage, _: Page) -> None:
    explorer.action("last").focus()


def _fold_note(explorer: ExplorerPage, _: Page) -> None:
    explorer.root.press("E")
    explorer.find("[data-ie-fold-note]").focus()


VANISHING: dict[str, Callable[[ExplorerPage, Page], None]] = {
    "a step of the selected op": _jump,
    "a dot in the table": _dot,
    "a breakpoint's own removal": _remove,
    "unselect": _unselect,
    "close the answer": _close_answer,
    "not with another": _not_with,
    "a row of the passes": _pass_row,
    "the last step": _last,
    "what is folded": _fold_note,
}


@pytest.mark.parametrize("control", VANISHING)
def test_a_pressed_control_that_goes_away_hands_the_focus_on(explorer: ExplorerPage, page: Page, control: str) -> None:
    VANISHING[control](explorer, page)
    assert focused(page) != ""
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    assert focused(page) != ""
    step = explorer.step
    page.keyboard.press("k")
    assert explorer.step == step - 1


def test_the_focus_stays_at_the_same_row_of_a_table_made_anew(explorer: ExplorerPage, page: Page) -> None:
    _dot(explorer, page)
    before = focused(page)
    page.keyboard.press("Enter")
    assert 'aria-pressed="true"' in focused(page)
    assert focused(page).replace('aria-pressed="true"', 'aria-pressed="false"') == before


def test_a_choice_keeps_the_focus_while_the_kernel_is_busy(explorer: ExplorerPage, page: Page) -> None:
    explorer.select("favor").focus()
    page.keyboard.press("ArrowUp")
    assert [message["type"] for message in sent(page)] == ["schedule"]
    set_trait(page, "busy", "scheduling…")
    assert 'data-ie-select="favor"' in focused(page)


def test_a_run_that_begins_keeps_the_focus_and_is_not_begun_twice(explorer: ExplorerPage, page: Page) -> None:
    explorer.root.press("r")
    explorer.action("run").focus()
    page.keyboard.press("Enter")
    set_trait(page, "busy", "running…")
    expect(explorer.action("run")).to_be_disabled()
    assert 'data-ie-action="run"' in focused(page)
    page.keyboard.press("Enter")
    assert [message["type"] for message in sent(page)] == ["run"]
    set_trait(page, "busy", "")
    set_trait(page, "debug", standing(reason="end"))
    explorer.action("debug-op").focus()
    set_trait(page, "debug", "")
    assert focused(page) != ""


def test_menus_go_round_and_give_the_focus_back(explorer: ExplorerPage, page: Page) -> None:
    explorer.action("share").focus()
    page.keyboard.press("ArrowDown")
    for key, kind in (("End", "html"), ("ArrowDown", "svg"), ("ArrowUp", "html"), ("Home", "svg")):
        page.keyboard.press(key)
        assert f'data-ie-share="{kind}"' in focused(page), key
    page.keyboard.press("Escape")
    assert 'data-ie-action="share"' in focused(page)
    explorer.root.press("w")
    page.keyboard.press("ArrowUp")
    assert 'data-ie-menu-item="fold"' in focused(page)
    page.keyboard.press("Escape")
    assert "data-ie-root" in focused(page)


def test_the_legend_closes_by_escape_and_nothing_else_does(explorer: ExplorerPage, page: Page) -> None:
    explorer.node(3).click()
    explorer.find(".ie-legend summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(explorer.find(".ie-legend[open]")).to_have_count(0)
    expect(explorer.action("unselect")).to_be_visible()


@pytest.mark.parametrize("opener", ["help", "load", "compare"])
def test_what_covers_the_page_holds_the_focus_until_escape(explorer: ExplorerPage, page: Page, opener: str) -> None:
    explorer.action(opener).focus()
    page.keyboard.press("Enter")
    layer = ".ie-overlay:not([hidden]), .ie-compare:not([hidden])"
    for _ in range(14):
        page.keyboard.press("Tab")
        inside = page.evaluate(f"() => {FOCUSED}?.matches('[data-ie-root]') || {FOCUSED}?.closest('{layer}') !== null")
        assert inside, focused(page)
    explorer.find(layer).press("Escape")
    assert f'data-ie-action="{opener}"' in focused(page)


def test_a_press_beside_a_dialog_closes_it(explorer: ExplorerPage, page: Page) -> None:
    explorer.action("load").click()
    page.mouse.click(30, 500)
    expect(explorer.find(".ie-overlay:not([hidden])")).to_have_count(0)
    explorer.action("next").click()
    assert explorer.step == 17


def test_arrows_select_ops_in_the_programs_order(explorer: ExplorerPage, page: Page) -> None:
    explorer.root.focus()
    title = explorer.find("[data-ie-selection]")
    seen: list[str] = []
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        seen.append(title.inner_text())
    page.keyboard.press("ArrowUp")
    assert title.inner_text() == seen[1]
    assert len(set(seen)) == 3
    expect(explorer.find("[data-ie-node][data-ie-selected]").first).to_be_visible()
    expect(explorer.find(".cm-line[data-ie-selected]").first).to_be_visible()
    assert explorer.step == 16


def test_why_two_ops_are_apart_is_asked_without_a_pointer(explorer: ExplorerPage, page: Page) -> None:
    explorer.root.focus()
    page.keyboard.press("w")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    answer = explorer.find("[data-ie-answer]")
    expect(answer).to_contain_text("press Enter")
    page.keyboard.press("ArrowDown")
    expect(answer).to_contain_text("press Enter")
    page.keyboard.press("Enter")
    expect(answer.locator("li").first).to_be_visible()
    expect(answer).not_to_contain_text("press Enter")
    page.keyboard.press("Escape")
    expect(answer).to_be_hidden()


def test_a_focused_panel_scrolls_by_arrows(explorer: ExplorerPage, page: Page) -> None:
    explorer.find("[role=tabpanel]:not([hidden])").focus()
    page.keyboard.press("ArrowDown")
    expect(explorer.action("unselect")).to_be_hidden()


def test_the_number_of_a_step_gives_the_keys_back(explorer: ExplorerPage, page: Page) -> None:
    explorer.root.focus()
    page.keyboard.press("g")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert explorer.step == 5
    page.keyboard.press("g")
    page.keyboard.type("2")
    page.keyboard.press("Escape")
    assert explorer.step == 5


def test_the_reason_of_a_step_is_spoken_when_stepping_rests(explorer: ExplorerPage, page: Page) -> None:
    explorer.root.focus()
    for _ in range(3):
        page.keyboard.press("j")
    live = explorer.find(".ie-reason [aria-live=polite]")
    expect(live).to_have_text(explorer.find("[data-ie-reason]").inner_text())


def test_a_splitter_moves_from_where_it_stands(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(kernel=1)
    explorer.find("[data-ie-tab=run]").click()
    bar = explorer.find("[role=separator][aria-orientation=horizontal]")
    bar.focus()
    expect(bar).to_have_attribute("aria-valuenow", "54")
    bar.press("ArrowUp")
    expect(bar).to_have_attribute("aria-valuenow", "58")


def test_a_splitter_between_panes_below_each_other_is_not_reached(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    bar = explorer.find("[role=separator][aria-orientation=vertical]")
    expect(bar).to_be_visible()
    page.set_viewport_size({"width": 600, "height": 900})
    expect(bar).to_be_hidden()
