"""What holds for the page as a whole: accessible, safe, at home in its host, fast on large programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from tests.browser.audits import misplaced
from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture, layered, with_words
from tests.browser.explorer_page import ExplorerPage

HOSTILE = [
    "<img src=x onerror=window.hacked=1>",
    "</style></script><script>window.hacked=1</script>",
    '"><svg onload=window.hacked=1>',
    "javascript:window.hacked=1",
    "${window.hacked=1}",
    "' onmouseover='window.hacked=1",
    "\u202eabc\u0000\ufffe",
    "__proto__",
    "A" * 5000,
    "{{constructor.constructor('window.hacked=1')()}}",
]


def test_before_there_is_a_region_the_page_tells_how_to_use_it(open_explorer: OpenExplorer) -> None:
    words = open_explorer(step=0).find("[data-ie-first-words]")
    expect(words).to_contain_text("follow the decisions one by one")
    expect(words.locator("kbd")).to_have_text(["→", "?"])


def test_an_offline_page_says_why_there_is_nothing_to_see(page: Page, tmp_path: Path) -> None:
    explore_module(load("util.func public @main() { util.return }")).to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    error = ExplorerPage(page).find("[data-ie-error]")
    expect(error).to_contain_text("nothing to schedule: no function has a stream.async op")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_are_words(open_explorer: OpenExplorer, page: Page, words: str) -> None:
    explorer = open_explorer(with_words(fixture("diamond"), words), kernel=1, step=16)
    width = explorer.root.evaluate("root => root.getBoundingClientRect().width")
    explorer.node(3).click()
    explorer.find("[data-ie-candidate]").first.hover()
    explorer.find("[data-ie-tab=run]").click()
    explorer.find("[data-ie-span]").first.hover()
    assert page.evaluate("window.hacked") is None
    assert explorer.find("img:not(.cm-widgetBuffer), script").count() == 0
    assert explorer.root.evaluate("root => root.getBoundingClientRect().width") == width
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keys_find_out_when_an_op_ran(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(fixture("diamond"))
    explorer.find("[data-ie-tab=run]").click()
    told = explorer.find("[data-ie-gantt-op]")
    expect(told).to_be_empty()
    span = explorer.find("[data-ie-span]").last
    explorer.root.press("End")
    for _ in range(20):
        explorer.root.press("ArrowDown")
        if span.get_attribute("data-ie-selected") is not None:
            break
    words = span.locator("title").text_content() or ""
    expect(told).to_have_text(words.replace("\n", " · "))
    explorer.root.press("Escape")
    expect(told).to_be_empty()


def test_the_height_is_fixed(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    assert explorer.root.evaluate("root => root.offsetHeight") == 560
    page.evaluate("window.model.set('height', 640)")
    assert explorer.root.evaluate("root => root.offsetHeight") == 640


def test_it_fills_the_screen_and_gives_it_back(open_explorer: OpenExplorer, page: Page) -> None:
    page.set_viewport_size({"width": 853, "height": 480})  # 1280 x 720 at 150 %
    explorer = open_explorer(kernel=1, step=16)
    explorer.root.press("F")
    expect(page.locator(".ie-host:fullscreen")).to_have_count(1)
    expect(explorer.root).to_have_css("height", "480px")
    explorer.root.press("ArrowRight")
    assert explorer.step == 17
    assert misplaced(explorer.root) == []
    explorer.action("screen").click()
    expect(page.locator(".ie-host:fullscreen")).to_have_count(0)


def test_the_theme_follows_the_page(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(theme="light", kernel=1)
    expect(explorer.root).to_have_attribute("data-ie-theme", "light")
    page.evaluate("document.documentElement.setAttribute('theme', 'dark')")
    expect(explorer.root).to_have_attribute("data-ie-theme", "dark")
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'true')")
    expect(explorer.root).to_have_attribute("data-ie-theme", "light")


def test_rules_of_the_page_around_do_not_reach_in(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    shape = (
        "root => [...root.querySelectorAll('button, select, input, td')].map(e => e.offsetWidth + 'x' + e.offsetHeight)"
    )
    before = explorer.root.evaluate(shape)
    rules = "button, input, select, td { padding: 9px !important; font-size: 30px } button { width: 300px !important } .cm-line { color: red }"
    page.add_style_tag(content=rules)
    assert explorer.root.evaluate(shape) == before


def test_keys_stay_in_the_widget(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    page.evaluate("document.addEventListener('keydown', () => { window.heard = true })")
    host = page.locator("[data-lm-suppress-shortcuts=true]")
    expect(host).to_have_count(1)
    for key in ("b", "d", "d", "x", "j", "Escape", "Enter"):
        explorer.root.press(key)
    assert page.evaluate("window.heard") is None


def test_a_program_of_ten_thousand_ops_steps_on_a_canvas(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(layered(10_000), step=20_000)
    expect(explorer.find("[data-ie-fold-note]")).to_contain_text("250 regions of 10,000 ops folded")
    explorer.action("fold").click()
    expect(explorer.find("[data-ie-renderer=canvas]")).to_be_visible()
    expect(explorer.find("[data-ie-summary]")).to_contain_text("10,000 ops · 250 regions")
    reason = explorer.reason
    explorer.action("next").click()
    assert explorer.reason != reason
    explorer.action("last").click()
    expect(explorer.find("[data-ie-summary]")).to_contain_text("2,500 waves")
    explorer.action("first").click()
    expect(explorer.find("[data-ie-summary]")).to_have_text("@main · 10,000 ops")


def test_a_click_on_the_canvas_selects_the_node_there(open_explorer: OpenExplorer) -> None:
    explorer = open_explorer(layered(1_200), step=2)
    explorer.action("fold").click()
    explorer.action("fit").click()
    box = explorer.find("[data-ie-renderer=canvas]").bounding_box()
    assert box is not None
    graph = layered(1_200)["graphs"][0]
    scale = 0.03  # the graph is so high that its nodes could not be seen: its end, where the step's op is, is shown
    assert (box["height"] - 32) / graph["height"] < scale
    node = graph["nodes"][1150]
    x = (box["width"] - graph["width"] * scale) / 2 + (node["x"] + 84) * scale
    y = box["height"] - 16 - (graph["height"] - node["y"] - 22) * scale
    explorer.find("[data-ie-graph]").click(position={"x": x, "y": y})
    expect(explorer.find("[data-ie-selection]")).to_have_text("%1150 = @ex::@dispatch_1150")


def test_several_widgets_in_a_page_are_apart(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer()
    text = json.dumps("documents/diamond")
    page.evaluate(
        f"""async () => {{
            const {{ mount }} = await import("./explorer.js");
            const second = document.createElement("div");
            second.id = "second";
            document.body.append(second);
            await mount(second, await (await fetch({text})).arrayBuffer(), {{ step: 9 }}).ready;
        }}"""
    )
    explorer.action("next").click()
    assert explorer.step == 1
    expect(page.locator("#second [data-ie-step]")).to_have_value("10")
