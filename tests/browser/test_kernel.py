"""The page with a (mocked) kernel: what it asks for, and what it does with the answers."""

from __future__ import annotations

import base64
import json
import zlib

from playwright.sync_api import Page, expect

from iree_explorer import samples
from iree_explorer.exploration import encode_document, encode_later, encode_opening, explore_module
from iree_explorer.frontends import load
from iree_explorer.widgets import explore
from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture
from tests.browser.kernel import sent, set_trait
from tests.browser.server import Site


def test_a_choice_schedules_anew(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.select("favor").select_option("max-concurrency")
    explorer.select("passes").select_option("execution")
    asked = {"type": "schedule", "execution": "reference", "concurrency": "reference", "favor": "max-concurrency"}
    assert sent(page) == [
        {**asked, "passes": ["execution", "concurrency"]},
        {**asked, "passes": ["execution"]},
    ]


def test_text_is_loaded_by_paste_and_by_file(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.action("load").click()
    explorer.find("[data-ie-paste]").fill("module {}")
    explorer.action("load-text").click()
    _answer(page)
    expect(explorer.find("[data-ie-overlay=load]")).to_be_hidden()
    explorer.action("load").click()
    program = {"name": "p.mlir", "mimeType": "text/plain", "buffer": b"util.func @f() { util.return }"}
    explorer.find("[data-ie-file]").set_input_files([program])  # pyright: ignore[reportArgumentType]
    page.wait_for_function("window.sent.length === 2")
    _answer(page)
    expect(explorer.find("[data-ie-overlay=load]")).to_be_hidden()
    assert sent(page) == [
        {"type": "load", "text": "module {}"},
        {"type": "load", "text": "util.func @f() { util.return }", "file": "p.mlir"},
    ]


def _answer(page: Page, error: str = "") -> None:
    """Python begins and ends what it was asked for, as the widget does."""
    set_trait(page, "busy", "loading…")
    if error:
        set_trait(page, "error", error)
    set_trait(page, "busy", "")


def test_a_text_that_is_wrong_stays_where_it_was_pasted(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.action("load").click()
    paste = explorer.find("[data-ie-paste]")
    paste.fill("module {\n  util.wrong\n}")
    error = "pasted program:2:3: error: custom op 'util.wrong' is unknown"
    problem = explorer.find("[data-ie-overlay=load] [role=alert]")
    for _ in range(2):
        explorer.action("load-text").click()
        _answer(page, error)
        expect(problem).to_have_text(error)
        expect(paste).to_be_focused()
        selected = "text => text.value.slice(text.selectionStart, text.selectionEnd)"
        assert paste.evaluate(selected) == "  util.wrong"
    explorer.action("load-text").click()
    expect(problem).to_be_hidden()
    _answer(page)
    expect(paste).to_be_hidden()


def test_a_file_that_is_wrong_is_shown_at_its_error(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.action("load").click()
    program = {"name": "p.mlir", "mimeType": "text/plain", "buffer": b"util.wrong\n"}
    explorer.find("[data-ie-file]").set_input_files([program])  # pyright: ignore[reportArgumentType]
    page.wait_for_function("window.sent.length === 1")
    _answer(page, "pasted program:1:1: error: custom op 'util.wrong' is unknown")
    expect(explorer.find("[data-ie-paste]")).to_have_value("util.wrong\n")
    page.keyboard.press("Escape")
    expect(explorer.find("[data-ie-overlay=load]")).to_be_hidden()
    expect(explorer.find("[data-ie-error]")).to_be_hidden()  # The program that is shown is not wrong.


def test_a_kernel_that_does_not_answer_is_told(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.select("favor").select_option("max-concurrency")
    silence = explorer.find("[data-ie-error]")
    expect(silence).to_contain_text("Python does not answer")
    expect(explorer.select("favor")).to_have_value("min-peak-memory")
    set_trait(page, "busy", "scheduling…")
    expect(silence).to_be_hidden()


def test_a_kernel_that_takes_no_messages_is_told(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    page.evaluate("() => { window.model.send = () => { throw new Error('Cannot send'); }; }")
    explorer.find("[data-ie-tab=run]").click()
    explorer.find('[data-ie-input="0"]').focus()  # It asks for the notebook's arrays.
    expect(explorer.find("[data-ie-error]")).to_contain_text("Python does not answer")


def test_a_kernel_at_work_is_not_taken_for_one_that_is_gone(open_explorer: OpenExplorer, page: Page) -> None:
    page.clock.install()
    explorer = open_explorer(kernel=1)
    set_trait(page, "busy", "running…")
    explorer.select("favor").select_option("max-concurrency")
    page.clock.fast_forward(10_000)
    expect(explorer.find("[data-ie-error]")).to_be_hidden()


def test_a_kernel_that_is_restarted_leaves_no_page_busy(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    page.evaluate("window.model.receive('comm_live_update')")
    expect(explorer.find("[data-ie-error]")).to_be_hidden()  # Nothing was asked of it.
    set_trait(page, "busy", "running…")
    expect(explorer.find("[data-ie-busy]")).to_be_visible()
    page.evaluate("window.model.receive('comm_live_update')")
    expect(explorer.find("[data-ie-error]")).to_contain_text("after a restart of the kernel, run this cell again")
    expect(explorer.find("[data-ie-busy]")).to_be_hidden()


def test_a_large_program_is_sent_in_parts(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.action("load").click()
    program = {"name": "p.mlir", "mimeType": "text/plain", "buffer": b"// a comment\n" * 100_000}
    explorer.find("[data-ie-file]").set_input_files([program])  # pyright: ignore[reportArgumentType]
    page.wait_for_function("window.sent.length === 3")
    assert sent(page) == [{"type": "load", "file": "p.mlir", "part": part, "parts": 3} for part in range(3)]


def test_a_file_that_is_no_text_is_refused_where_it_is_chosen(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.action("load").click()
    module = {"name": "m.mlirbc", "mimeType": "", "buffer": b"ML\xefR\x01\xff"}
    explorer.find("[data-ie-file]").set_input_files([module])  # pyright: ignore[reportArgumentType]
    expect(explorer.find("[data-ie-overlay=load] [role=alert]")).to_contain_text("m.mlirbc is not a text file")
    assert sent(page) == []


def test_where_there_is_no_program_the_panel_that_loads_one_is_open(open_explorer: OpenExplorer) -> None:
    document = explore_module(load("")).document
    document["choices"]["samples"] = ["diamond"]
    explorer = open_explorer(document, kernel=1)
    expect(explorer.find("[data-ie-overlay=load]")).to_be_visible()
    expect(explorer.select("sample")).to_be_visible()
    expect(explorer.find("[data-ie-paste]")).to_be_focused()


def test_the_panel_that_loads_a_program_takes_no_focus_from_a_notebook(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), { id: 'cell' }))")
    page.locator("#cell").focus()
    empty = list(zlib.compress(json.dumps(explore_module(load("")).document).encode()))
    page.evaluate("bytes => window.model.set('document', new DataView(new Uint8Array(bytes).buffer))", empty)
    expect(explorer.find("[data-ie-overlay=load]")).to_be_visible()
    expect(page.locator("#cell")).to_be_focused()


def test_run_sends_inputs_and_shows_results_and_timeline(open_explorer: OpenExplorer, page: Page) -> None:
    document = fixture("diamond")
    reply, document["run"] = document["run"], None
    explorer = open_explorer(document, kernel=1)
    explorer.find("[data-ie-tab=run]").click()
    explorer.find('[data-ie-input="0"]').fill("4x4xf32=2")
    explorer.action("run").click()
    assert sent(page)[-1] == {"type": "run", "function": "diamond", "inputs": ["4x4xf32=2"], "workers": 2}
    set_trait(page, "busy", "running @diamond …")
    expect(explorer.find("[data-ie-busy]")).to_have_text("running @diamond …")
    expect(explorer.action("run")).to_be_disabled()
    set_trait(page, "busy", "")
    set_trait(page, "run_result", json.dumps(reply))
    expect(explorer.find('[data-ie-result="0"]')).to_contain_text("640")
    spans = explorer.find("[data-ie-span]")
    expect(spans).to_have_count(10)
    spans.nth(2).click()
    expect(explorer.node(3)).to_have_attribute("data-ie-selected", "")


def test_a_failed_run_says_why(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    failure = {"function": "diamond", "error": "input 0: 3 values for 4x4xf32", "outputs": [], "timeline": None}
    set_trait(page, "run_result", json.dumps(failure))
    expect(explorer.find("[data-ie-run-error]")).to_have_text("input 0: 3 values for 4x4xf32")
    expect(explorer.find("[data-ie-result]")).to_have_count(0)


def test_an_error_keeps_the_last_good_state(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1, step=6)
    reason = explorer.reason
    explorer.select("favor").select_option("debug")
    set_trait(page, "error", "bad.mlir:3:7: error: unknown op")
    expect(explorer.find("[data-ie-error]")).to_have_text("bad.mlir:3:7: error: unknown op")
    expect(explorer.select("favor")).to_have_value("min-peak-memory")
    assert (explorer.reason, explorer.step) == (reason, 6)
    set_trait(page, "error", "")
    expect(explorer.find("[data-ie-error]")).to_be_hidden()


def test_bytes_that_are_no_document_are_an_error_too(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    page.evaluate("window.model.set('document', new DataView(new Uint8Array([1, 2, 3]).buffer))")
    expect(explorer.find("[data-ie-error]")).to_contain_text("can't be shown")
    expect(explorer.find("[data-ie-title]")).to_have_text("diamond.mlir")


def test_a_refused_program_shows_its_error_and_the_steps_to_it(open_explorer: OpenExplorer) -> None:
    document = fixture("diamond")
    document["refusal"] = {"text": "d.mlir:28:5: error: circular dependency"}
    explorer = open_explorer(document)
    expect(explorer.find("[data-ie-error]")).to_have_text("d.mlir:28:5: error: circular dependency")
    expect(explorer.find("[data-ie-error-line]").first).to_be_hidden()
    owners = document["text"]["owners"]
    document["refusal"]["op"] = owners[20]
    explorer = open_explorer(document)
    line = owners.index(owners[20]) + 1
    expect(explorer.find("[data-ie-error]")).to_have_text(f"d.mlir:28:5: error: circular dependency line {line} here")
    explorer.find("[data-ie-error-line]").first.click()
    expect(explorer.find("[data-ie-selected]").first).to_have_text(document["text"]["lines"][line - 1])
    explorer.action("next").click()
    assert explorer.step == 1


def test_what_schedules_a_refused_program_is_one_click_away(open_explorer: OpenExplorer, page: Page) -> None:
    document = explore_module(load(samples.circle)).document
    explorer = open_explorer(document, kernel=1, step=len(document["steps"]) - 1)
    expect(explorer.action("remedy")).to_have_text("Schedule with fewest-handovers")
    explorer.action("remedy").click()
    passes = ["execution", "concurrency"]
    asked = {"execution": "fewest-handovers", "concurrency": "reference", "favor": "min-peak-memory", "passes": passes}
    assert sent(page) == [{"type": "schedule", **asked}]
    set_trait(page, "error", "bad.mlir:3:7: error: unknown op")
    expect(explorer.find("[data-ie-remedy]")).to_be_hidden()
    set_trait(page, "error", explore(samples.circle).error)
    expect(explorer.find("[data-ie-remedy]")).to_be_visible()


def test_the_circle_that_is_refused_is_drawn(open_explorer: OpenExplorer) -> None:
    document = explore_module(load(samples.circle)).document
    explorer = open_explorer(document, step=len(document["steps"]) - 1)
    expect(explorer.find("[data-ie-remedy]")).to_have_text("The partitioner fewest-handovers schedules it.")
    expect(explorer.action("remedy")).to_be_hidden()
    expect(explorer.find(".ie-blame > .ie-blame-line")).to_have_count(2)
    expect(explorer.find(".ie-region[data-ie-accused]")).to_have_count(1)


def _tell(page: Page, trait: str, data: bytes) -> None:
    """Python sets a trait that holds bytes; `details` once the cell has finished."""
    page.evaluate(
        """([trait, text]) => {
            model.set(trait, new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer));
        }""",
        [trait, base64.b64encode(data).decode()],
    )


def test_what_follows_the_document_is_shown_when_it_comes(open_explorer: OpenExplorer, page: Page, site: Site) -> None:
    exploration = explore_module(load(samples.diamond))
    opening, later = encode_opening(exploration.packed)
    site.packed["opening"] = opening
    weighed = next(number for number, step in enumerate(exploration.document["steps"]) if step.get("candidates"))
    explorer = open_explorer("opening", kernel=1, step=weighed)
    expect(explorer.find("[data-ie-candidates]")).to_be_hidden()
    expect(explorer.action("view-dag")).to_be_hidden()
    expect(explorer.find("[data-ie-awaited]")).to_be_visible()
    _tell(page, "details", encode_later(later))
    expect(explorer.find("[data-ie-candidates]")).to_be_visible()
    expect(explorer.action("view-dag")).to_be_visible()
    expect(explorer.find("[data-ie-awaited]")).to_be_hidden()
    assert explorer.step == weighed


def test_what_follows_and_can_t_be_read_is_told_and_not_waited_for(
    open_explorer: OpenExplorer, page: Page, site: Site
) -> None:
    site.packed["opening"] = encode_opening(explore_module(load(samples.diamond)).packed)[0]
    explorer = open_explorer("opening", kernel=1)
    expect(explorer.find("[data-ie-awaited]")).to_be_visible()
    _tell(page, "details", b"torn")
    expect(explorer.find("[data-ie-error]")).to_contain_text("Some of this schedule can't be shown")
    expect(explorer.find("[data-ie-awaited]")).to_be_hidden()
    explorer.action("last").click()
    expect(explorer.find("[data-ie-overview]")).to_be_visible()


def test_a_document_that_is_read_after_the_next_one_has_come_awaits_nothing(
    open_explorer: OpenExplorer, page: Page
) -> None:
    packed = explore_module(load(samples.diamond)).packed
    both = [encode_opening(packed)[0], encode_document({**packed, "title": "second"})]
    explorer = open_explorer(kernel=1)
    page.evaluate(
        """both => {
            const read = Response.prototype.text;
            Response.prototype.text = function () {
                Response.prototype.text = read;
                const text = read.call(this);
                return new Promise((go) => { window.go = () => text.then(go); }).then(() => text);
            };
            const [first, second] = both.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
            model.set("document", new DataView(first.buffer));
            setTimeout(() => model.set("document", new DataView(second.buffer)));
        }""",
        [base64.b64encode(data).decode() for data in both],
    )
    expect(explorer.find("[data-ie-title]")).to_have_text("second")
    page.evaluate("async () => { await go(); await new Promise((done) => setTimeout(done)); }")
    expect(explorer.find("[data-ie-awaited]")).to_have_attribute("hidden", "")


def test_another_view_of_the_widget_keeps_what_is_selected(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    set_trait(page, "selection", 22)
    _tell(page, "document", encode_document(fixture("diamond") | {"title": "second"}))
    expect(explorer.find("[data-ie-title]")).to_have_text("second")
    expect(explorer.node(3)).to_have_attribute("data-ie-selected", "")


def test_the_text_follows_when_its_edits_come(open_explorer: OpenExplorer, page: Page, site: Site) -> None:
    exploration = explore_module(load(samples.diamond))
    opening, later = encode_opening(exploration.packed)
    site.packed["opening"] = opening
    explorer = open_explorer("opening", kernel=1)
    text = explorer.find("[data-ie-pane=source] .cm-content")
    explorer.action("last").click()
    expect(text).not_to_contain_text("stream.async.execute")
    _tell(page, "details", encode_later(later))
    expect(text).to_contain_text("stream.async.execute")
    expect(explorer.find("[data-ie-edits]")).to_be_visible()


def test_python_hears_of_the_cursor_and_moves_it(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    for _ in range(5):
        explorer.action("next").click()
    page.wait_for_function("window.saved?.step === 5")
    set_trait(page, "step", 40)
    assert explorer.step == 40
    set_trait(page, "selection", 22)
    expect(explorer.node(3)).to_have_attribute("data-ie-selected", "")


def test_closing_the_view_leaves_nothing_behind(open_explorer: OpenExplorer, page: Page) -> None:
    open_explorer(kernel=1)
    page.evaluate("window.dispose()")
    expect(page.locator("[data-ie-root]")).to_have_count(0)
    set_trait(page, "step", 3)


def test_a_program_without_anything_to_schedule(open_explorer: OpenExplorer) -> None:
    document = fixture("diamond") | {"stages": [], "steps": [], "graphs": [], "functions": [], "run": None}
    explorer = open_explorer(document, kernel=1)
    assert explorer.reason.startswith("Nothing was scheduled")
    explorer.root.press("j")
    explorer.find("[data-ie-tab=run]").click()
    expect(explorer.find("[data-ie-run-note]")).to_contain_text("no function that can be run")


def test_a_page_without_a_kernel_says_so(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(fixture("diamond") | {"run": None})
    expect(explorer.action("load")).to_be_hidden()
    expect(explorer.select("favor")).to_be_hidden()
    expect(explorer.find("[data-ie-options]")).to_contain_text("favor min-peak-memory")
    graph = explorer.find("[data-ie-graph]").bounding_box()
    explorer.find("[data-ie-tab=run]").click()
    expect(explorer.find("[data-ie-run-note]")).to_contain_text("saved without a run")
    assert explorer.find("[data-ie-graph]").bounding_box() == graph, "a timeline that is not there takes no room"


def test_a_partitioner_that_is_registered_now_can_be_chosen_now(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.select("favor").select_option("debug")
    set_trait(page, "partitioners", {"execution": ["reference", "mine"], "concurrency": ["reference"]})
    explorer.select("execution").select_option("mine")
    assert sent(page)[-1]["execution"] == "mine"
    expect(explorer.select("concurrency")).to_be_hidden()
    explorer.action("compare").click()
    expect(explorer.select("against-execution").locator("option")).to_have_text(["reference", "mine"])


def test_what_a_mended_partitioner_made_is_asked_for_again(open_explorer: OpenExplorer, page: Page) -> None:
    open_explorer(kernel=1)
    page.evaluate("window.model.receive('msg:custom', { type: 'mended' }, [])")
    assert sent(page) == [{"type": "again"}]
