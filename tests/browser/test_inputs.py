"""Inputs of a run suggested by words and by the notebook's arrays; results with their pictures."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from iree_explorer.exploration.running.pictures import histogram, image
from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture
from tests.browser.kernel import sent, set_trait


def test_fields_suggest_words_and_arrays_of_the_type(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    explorer.find("[data-ie-tab=run]").click()
    explorer.find('[data-ie-input="0"]').focus()
    assert sent(page) == [{"type": "variables"}]
    variables = [["x", "4x4xf32"], ["y", "4x4xf64"], ["z", "9xf32"]]
    page.evaluate("variables => window.model.receive('msg:custom', {type: 'variables', variables})", variables)
    options = explorer.find("#ie-fills-0 option").evaluate_all("options => options.map(o => o.value)")
    assert options == ["random", "ones", "zeros", "iota", "x", "y"]


def result(array: np.ndarray[Any, Any]) -> dict[str, Any]:
    figures = {"min": 0.0, "max": 1.0, "mean": 0.5}
    pictures = {"histogram": histogram(array), "image": image(array)}
    return {"type": "4x4xf32", "text": "[…]", **figures, **pictures}


def test_results_come_with_pictures(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(kernel=1)
    outputs = [result(np.linspace(0, 1, 256).reshape(16, 16)), result(np.zeros(3))]
    outputs.append({**outputs[0], "image": {"png": '" onerror="window.broken=1', "width": 1, "height": 1}})
    run = {"function": "diamond", "error": None, "outputs": outputs, "timeline": None}
    set_trait(page, "run_result", json.dumps(run))
    first = explorer.find('[data-ie-result="0"]')
    expect(first.locator(".ie-histogram rect")).to_have_count(24)
    expect(first.locator("img")).to_be_visible()
    assert first.locator("img").evaluate("img => img.decode().then(() => img.naturalWidth)") == 16
    expect(explorer.find('[data-ie-result="1"]').locator("svg, img")).to_have_count(0)
    expect(explorer.find('[data-ie-result="2"]').locator("img")).to_have_count(0)
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("width", [600, 970, 1280])
def test_a_long_value_scrolls_by_itself_beside_all_else_of_its_result(
    open_explorer: OpenExplorer, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    explorer = open_explorer(kernel=1)
    long = {"type": "16x32xf32", "text": "[" + "-0.598782, " * 40 + "]", "min": -4.7076, "mean": -0.00841028}
    timeline = fixture("diamond")["run"]["timeline"]
    outputs = [result(np.linspace(0, 1, 512).reshape(16, 32)) | long]
    set_trait(
        page,
        "run_result",
        json.dumps({"function": "diamond", "error": None, "outputs": outputs, "timeline": timeline}),
    )
    scrolls = "element => element.scrollWidth > element.clientWidth"
    assert not explorer.find("[data-ie-results]").evaluate(scrolls)
    assert explorer.find("[data-ie-result] .ie-value").evaluate(scrolls)
    expect(explorer.find(".ie-numbers dd")).to_have_text(["-4.7076", "1", "-0.00841028"])


def test_many_inputs_fold_so_that_what_runs_them_stays_in_sight(open_explorer: OpenExplorer, page: Page) -> None:
    many = [f"{size}xf32" for size in range(1, 64)]
    functions = [{"name": "diamond", "inputs": many, "outputs": []}]
    explorer = open_explorer(fixture("diamond") | {"run": None, "functions": functions}, kernel=1)
    explorer.find("[data-ie-tab=run]").click()
    expect(explorer.find('[data-ie-input="0"]')).to_be_hidden()
    expect(explorer.action("run")).to_be_in_viewport()
    explorer.find(".ie-fields summary").click()
    explorer.find('[data-ie-input="62"]').fill("ones")
    explorer.action("run").click()
    asked = sent(page)[-1]
    assert (asked["type"], len(asked["inputs"]), asked["inputs"][62]) == ("run", 63, "ones")


def test_the_function_that_is_shown_is_offered_first(open_explorer: OpenExplorer, page: Page) -> None:
    document = fixture("diamond")
    shown = document["graphs"][0]["function"]
    functions = [{"name": name, "inputs": [], "outputs": []} for name in ("other", shown)]
    explorer = open_explorer(document | {"run": None, "functions": functions}, kernel=1)
    explorer.find("[data-ie-tab=run]").click()
    explorer.action("run").click()
    assert sent(page)[-1]["function"] == shown
