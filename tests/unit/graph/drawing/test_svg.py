import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer.graph import Graph, svg_text
from iree_explorer.graph.drawing.svg import rounded
from tests.unit.graph.generated import HOSTILE, graphs
from tests.unit.graph.layout.test_collapse import chain

SVG = "{http://www.w3.org/2000/svg}"
HARMLESS = {"svg", "g", "title", "desc", "style", "defs", "marker", "path", "rect", "text"}


@settings(max_examples=40)
@given(graphs(st.sampled_from(HOSTILE) | st.text(max_size=40)))
def test_hostile_names_add_no_element_and_no_attribute(graph: Graph) -> None:
    root = ET.fromstring(svg_text(graph).encode())
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in HARMLESS
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_do_not_change_the_style_sheet(name: str) -> None:
    plain = ET.fromstring(svg_text(Graph("f")))
    hostile = ET.fromstring(svg_text(Graph(name)).encode())
    assert [e.text for e in plain.iter(f"{SVG}style")] == [e.text for e in hostile.iter(f"{SVG}style")]


def test_all_nodes_and_edges_are_drawn_and_told() -> None:
    root = ET.fromstring(svg_text(chain(30, 3)))
    groups = [element.get("class") or "" for element in root.iter(f"{SVG}g")]
    edges = [e for e in root.iter(f"{SVG}path") if "marker-end" in e.attrib]
    assert sum(group.startswith("node ") for group in groups) == 30
    assert groups.count("region") == 3
    assert groups.count("wave") == 30
    assert len(edges) == 29
    assert root.get("role") == "img"
    assert "3 regions · 30 waves · 30 ops" in (root.get("aria-label") or "")
    assert "partition 2 holds 10 nodes in 10 waves" in (root.findtext(f"{SVG}desc") or "")


def test_a_folded_picture_says_what_it_hides() -> None:
    text = svg_text(chain(1000, 1))
    assert "1,000 of 1,000 ops are folded into 40 boxes" in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_fixed_theme_needs_no_variables(theme: str) -> None:
    text = svg_text(chain(4, 2), theme="light" if theme == "light" else "dark")
    assert "var(" not in text
    assert "@media" not in text
    assert f'class="ieg-{theme}"' in text


def test_bends_are_rounded() -> None:
    assert rounded([(0, 0), (0, 20), (20, 20)]) == "M0 0L0 13Q0 20 7 20L20 20"
    assert rounded([(0, 0), (0, 4), (20, 4)]) == "M0 0L0 2Q0 4 2 4L20 4"
    assert rounded([(0, 0), (9, 0)]) == "M0 0L9 0"
