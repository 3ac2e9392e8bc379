import re
from html.parser import HTMLParser

import pytest
from typing_extensions import override

from iree_explorer import samples
from iree_explorer.exploration import compare, explore_module
from iree_explorer.exploration.dumps import PassDumps
from iree_explorer.exploration.snapshot import dumps_html, snapshot_html
from iree_explorer.frontends import load
from iree_explorer.samples import Sample
from iree_explorer.syntax import parse
from tests.unit.exploration.programs import CONFLICT
from tests.unit.frontends.test_dumps import DUMPS


class Tags(HTMLParser):
    """The tags of a text, and the attributes that could run something."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.handlers: set[str] = set()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}


def tags(text: str) -> Tags:
    found = Tags()
    found.feed(text)
    return found


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_figures_regions_and_picture_are_there_and_nothing_runs(sample: Sample) -> None:
    exploration = explore_module(load(sample))
    text = snapshot_html(exploration)
    found = tags(text)
    assert {"table", "img"} <= found.names
    assert not found.names & {"script", "iframe", "svg", "link"}
    assert found.handlers == set()
    for region in exploration.graph.regions:
        assert f"<td>{region.label}</td>" in text
    assert len(text) < 200_000


def test_a_refusal_is_told() -> None:
    text = snapshot_html(explore_module(parse(CONFLICT, "program.mlir")))
    assert re.search(r"<pre>program\.mlir:\d+:\d+: error: ", text)
    assert "critical path" not in text


def test_names_stay_words() -> None:
    text = snapshot_html(explore_module(load(samples.diamond), title="<script>alert(1)</script>"))
    assert "script" not in tags(text).names


def test_nothing_to_schedule_is_told() -> None:
    assert "nothing to schedule" in snapshot_html(explore_module(parse("module {\n}\n", "m")))


def test_a_comparison_is_there_as_a_table() -> None:
    found = compare(samples.diamond, favor="debug")
    assert "1 op placed differently" in snapshot_html(found.before, found)


def test_passes_are_a_table() -> None:
    text = dumps_html(PassDumps.read(DUMPS, "<b>dump</b>"))
    assert "after cse: 1 line out, 1 line in (dump 3 of 5)" in text
    assert text.count("<b>") == 1
