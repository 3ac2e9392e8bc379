"""The program edited in place, and found in; programs by path and URL; dumps of passes."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from iree_explorer import samples
from iree_explorer.exploration import encode_document, explore_module
from iree_explorer.exploration.dumps import PassDumps
from iree_explorer.frontends import load
from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture
from tests.browser.explorer_page import ExplorerPage
from tests.browser.kernel import sent, set_trait
from tests.unit.frontends.test_dumps import DUMPS

TEXT = "\n".join(fixture("diamond")["text"]["lines"])


@pytest.fixture
def editing(open_explorer: OpenExplorer, page: Page) -> ExplorerPage:
    """The editor, with a comment typed in front of the program."""
    explorer = open_explorer(kernel=1, step=3)
    explorer.root.press("i")
    page.keyboard.press("Control+Home")
    page.keyboard.type("// mine")
    page.keyboard.press("Enter")
    return explorer


def test_ctrl_enter_schedules_what_was_typed(editing: ExplorerPage, page: Page) -> None:
    page.keyboard.press("Control+Enter")
    assert sent(page) == [{"type": "load", "text": f"// mine\n{TEXT}", "edited": True}]
    assert editing.step == 3


def test_a_program_that_was_not_edited_is_not_scheduled_again(editing: ExplorerPage, page: Page) -> None:
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Control+Enter")
    expect(editing.find("[data-ie-edit]")).to_be_hidden()
    assert sent(page) == []


def test_an_error_is_shown_at_its_place_and_nothing_is_lost(editing: ExplorerPage, page: Page) -> None:
    editing.action("edit-apply").click()
    set_trait(page, "error", "diamond.mlir:2:5: error: expected an attribute")
    expect(editing.find("[data-ie-error]")).to_have_text("diamond.mlir:2:5: error: expected an attribute")
    wrong = editing.find("[data-ie-edit] [data-ie-wrong]")
    expect(wrong).to_have_text(TEXT.splitlines()[0])
    page.keyboard.type("X")
    expect(wrong).to_have_text(f"{TEXT[:4]}X{TEXT.splitlines()[0][4:]}")
    set_trait(page, "error", "diamond.mlir:99999:1: error: further than the text")
    expect(editing.find("[data-ie-edit] [data-ie-wrong]")).to_have_count(0)
    expect(editing.find("[data-ie-edit] .cm-line").first).to_have_text("// mine")
    expect(editing.find("[data-ie-error]")).to_be_in_viewport(ratio=1)


def test_escape_shows_the_program_again_and_keeps_the_draft(editing: ExplorerPage, page: Page) -> None:
    page.keyboard.press("Escape")
    expect(editing.find("[data-ie-edit]")).to_be_hidden()
    expect(editing.find(".ie-source .cm-content").first).to_be_visible()
    assert editing.step == 3
    page.keyboard.press("j")
    assert editing.step == 4
    editing.action("edit").click()
    expect(editing.find("[data-ie-edit] .cm-line").first).to_have_text("// mine")


def test_typing_is_taken_back(editing: ExplorerPage, page: Page) -> None:
    page.keyboard.press("Control+z")
    expect(editing.find("[data-ie-edit] .cm-line").first).to_have_text(TEXT.splitlines()[0])
    page.keyboard.press("Control+y")
    expect(editing.find("[data-ie-edit] .cm-line").first).to_have_text("// mine")


def test_a_schedule_of_it_closes_the_editor(editing: ExplorerPage, page: Page) -> None:
    editing.action("edit-apply").click()
    page.evaluate("window.model.set('document', new DataView(window.model.get('document').buffer))")
    expect(editing.find("[data-ie-edit]")).to_be_hidden()


def test_what_was_loaded_comes_back_and_the_edits_can_come_again(open_explorer: OpenExplorer, page: Page) -> None:
    loaded, edited = fixture("diamond"), fixture("diamond")
    edited["edited"], edited["text"]["lines"][0] = True, "// mine"
    explorer = open_explorer(edited, kernel=1)
    expect(explorer.action("revert")).to_be_visible()
    explorer.root.press("i")
    expect(explorer.action("revert")).to_be_hidden()
    page.keyboard.press("Escape")
    explorer.action("revert").click()
    assert sent(page) == [{"type": "revert"}]
    show = "bytes => window.model.set('document', new DataView(new Uint8Array(bytes).buffer))"
    page.evaluate(show, list(encode_document(loaded)))
    expect(explorer.action("revert")).to_be_hidden()
    explorer.action("edit").click()
    expect(explorer.find("[data-ie-edit] .cm-line").first).to_have_text("// mine")


def test_the_edited_program_is_compared(editing: ExplorerPage, page: Page) -> None:
    editing.action("edit-compare").click()
    assert sent(page) == [{"type": "compare", "text": f"// mine\n{TEXT}"}]


def test_a_page_without_a_kernel_has_no_editor(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.root.press("i")
    expect(explorer.action("edit")).to_be_hidden()
    expect(explorer.find("[data-ie-edit]")).to_be_hidden()


def test_text_is_found_match_by_match(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    explorer.root.press("/")
    page.keyboard.type("stream.async.dispatch")
    found = explorer.find("[data-ie-found]")
    count = TEXT.count("stream.async.dispatch")
    expect(found).to_have_text(f"1 of {count}")
    page.keyboard.press("Shift+Enter")
    expect(found).to_have_text(f"{count} of {count}")
    expect(explorer.find(".cm-searchMatch-selected")).to_be_visible()
    explorer.find("[data-ie-find]").fill("nothing of that")
    expect(found).to_have_text("not found")
    page.keyboard.press("Escape")
    expect(explorer.find("[data-ie-find]")).to_be_hidden()
    expect(explorer.find(".cm-searchMatch")).to_have_count(0)


def test_a_path_or_url_is_loaded(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.action("load").click()
    explorer.find("[data-ie-from]").fill("https://example.org/model.mlir")
    page.keyboard.press("Enter")
    assert sent(page) == [{"type": "load", "from": "https://example.org/model.mlir"}]


def test_the_command_that_made_the_text_is_shown(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(fixture("diamond") | {"command": "iree-compile model.mlir --compile-to=stream"})
    expect(explorer.find(".ie-source .ie-pane-note").first).to_contain_text("from: iree-compile model.mlir")


def test_all_passes_of_a_dump_are_listed(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(json.loads(json.dumps(PassDumps.read(DUMPS, "dump.txt").document)), kernel=1)
    rows = explorer.find("[data-ie-pass-step]")
    expect(rows).to_have_count(5)
    changing = explorer.find("[data-ie-pass-step][data-ie-changes]")
    cse = changing.filter(has_text="cse")
    expect(cse).to_have_text("cse−1 +1")
    cse.locator("button").click()
    assert explorer.reason == "after cse: 1 line out, 1 line in (dump 3 of 5)"
    expect(cse).to_have_attribute("aria-current", "step")
    explorer.action("only-changes").click()
    expect(rows.first).to_be_hidden()
    for key in ("r", "B", "m"):
        explorer.root.press(key)
        expect(explorer.find("#ie-panel-why")).to_be_visible()
    unit = explorer.select("unit")
    for control in (explorer.select("favor"), explorer.action("compare"), explorer.find("[role=tablist]"), unit):
        expect(control).to_be_hidden()


def test_the_list_of_passes_follows_the_step_and_not_the_page(open_explorer: OpenExplorer, page: Page) -> None:
    text = "".join(f"// -----// IR Dump After pass-{n} //----- //\nmodule {{\n}}\n" for n in range(300))
    explorer = open_explorer(json.loads(json.dumps(PassDumps.read(text, "dump.txt").document)))
    explorer.root.press("End")
    expect(explorer.find('[data-ie-pass-step="299"]')).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


def test_the_program_is_edited_where_one_looks(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(explore_module(load(samples.transformer)).document, kernel=1)
    for _ in range(12):
        explorer.root.press("ArrowRight")
    line = explorer.current_lines[0].strip()[:40]
    explorer.root.press("i")
    expect(explorer.find("[data-ie-edit] .cm-line").filter(has_text=line).first).to_be_in_viewport()


def test_dumps_are_stepped_through_pass_by_pass(open_explorer: OpenExplorer, page: Page) -> None:
    dumps = PassDumps.read(DUMPS, "dump.txt")
    explorer = open_explorer(json.loads(json.dumps(dumps.document)), kernel=1)
    expect(explorer.select("stage")).to_contain_text("passes over module")
    explorer.go_to(2)
    assert explorer.reason == "after cse: 1 line out, 1 line in (dump 3 of 5)"
    expect(explorer.find("[data-ie-edits]")).to_contain_text("arith.constant 2")
    explorer.action("next").click()
    assert "nothing changes" in explorer.reason
    explorer.action("only-changes").click()
    explorer.action("next").click()
    assert explorer.step == 4
    assert "nothing changes" not in explorer.reason
    explorer.go_to(2)
    explorer.action("explore-dump").click()
    (message,) = sent(page)
    assert message["type"] == "load"
    assert "arith.constant 2" in message["text"]


def test_an_error_of_the_edits_goes_with_them(editing: ExplorerPage, page: Page) -> None:
    editing.action("edit-apply").click()
    set_trait(page, "error", "diamond.mlir:2:5: error: expected an attribute")
    expect(editing.find("[data-ie-error]")).to_be_visible()
    editing.action("edit-cancel").click()
    expect(editing.find("[data-ie-error]")).to_be_hidden()
    assert page.evaluate("window.model.get('error')") == ""


def test_a_breakpoint_stands_where_an_op_begins(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer()
    explorer.root.press("/")
    explorer.find("[data-ie-find]").fill("}")
    ends = [index for index, line in enumerate(TEXT.splitlines()) if line.strip() == "}"]
    line = explorer.find(".ie-source .cm-line").filter(has_text="}").last
    expect(line).to_be_visible()
    assert ends
    dots = explorer.find(".ie-break-gutter .cm-gutterElement:has(.ie-gutter-dot)")
    beside = dots.evaluate_all(
        """dots => dots.map(dot => {
            const top = dot.getBoundingClientRect().top;
            const lines = [...dot.getRootNode().querySelectorAll(".ie-source .cm-line")];
            return lines.find(line => Math.abs(line.getBoundingClientRect().top - top) < 6)?.textContent.trim();
        })"""
    )
    assert beside
    assert not [text for text in beside if text and text.startswith("}")]


def test_selected_text_is_copied_as_it_is(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    line = explorer.find(".ie-source .cm-line").nth(1)
    line.click(click_count=3)
    copied = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener("copy", event => done(event.clipboardData.getData("text/plain")), { once: true });
            document.execCommand("copy");
        })"""
    )
    assert line.inner_text() in copied


@pytest.mark.parametrize("key", ["paste", "type", "Backspace"])
def test_all_of_a_long_text_can_be_replaced_at_once(open_explorer: OpenExplorer, page: Page, key: str) -> None:
    """Lines that are out of sight are not drawn: the browser by itself would replace what is."""
    explorer = open_explorer(kernel=1, step=3)
    explorer.root.press("i")
    page.keyboard.press("Control+a")
    if key == "paste":
        page.evaluate(
            """() => {
                const { activeElement } = document.querySelector(".ie-host").shadowRoot;
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", "module {}");
                activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }"""
        )
    else:
        page.keyboard.press(key if key == "Backspace" else "m")
    page.keyboard.press("Control+Enter")
    assert sent(page)[-1]["text"] == {"paste": "module {}", "type": "m", "Backspace": ""}[key]


def test_the_cursor_goes_to_the_ends_of_a_long_text(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1, step=3)
    explorer.root.press("i")
    page.keyboard.press("Control+End")
    page.keyboard.type("Z")
    page.keyboard.press("Control+Shift+Home")
    page.keyboard.type("A")
    page.keyboard.press("Control+Enter")
    assert sent(page)[-1]["text"] == "A"
