"""The graph as a picture to keep, and under two fingers."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenExplorer
from tests.browser.documents import fixture

SVG = "{http://www.w3.org/2000/svg}"
LAST = len(fixture("diamond")["steps"]) - 1


def test_the_graph_is_saved_as_svg_that_stands_alone(open_explorer: OpenExplorer, page: Page) -> None:
    explorer = open_explorer(step=LAST)
    with page.expect_download() as saved:
        explorer.action("save-svg").click()
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
        explorer.action("save-png").click()
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
