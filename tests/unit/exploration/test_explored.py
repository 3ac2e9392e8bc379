"""A refused program is told what schedules it: found by trying, so never promised in vain. And pages are encoded once."""

import pytest

from iree_explorer import samples
from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.conformance.generator import program


def test_the_partitioner_that_is_named_schedules_the_program() -> None:
    refused = explore_module(load(samples.circle))
    assert refused.remedy == "fewest-handovers"
    assert schedule(refused.source, execution=refused.remedy).text
    assert refused.document["refusal"]["remedy"] == "fewest-handovers"
    assert repr(refused).count("execution='fewest-handovers' schedules it") == 1
    assert refused.trace_text().endswith("\nthe partitioner 'fewest-handovers' schedules it\n")


def test_where_nothing_is_refused_nothing_is_tried() -> None:
    assert explore_module(load(samples.circle), execution="fewest-handovers").remedy == ""


def test_a_partitioner_that_the_program_itself_asks_for_is_no_remedy() -> None:
    text = samples.circle.text.replace(
        "attributes {", 'attributes {iree_explorer.partitioning = {execution = "reference"}, ', 1
    )
    refused = explore_module(parse(text))
    assert refused.refusal is not None
    assert refused.remedy == ""


def test_what_is_named_for_generated_programs_schedules_them() -> None:
    explored = [explore_module(parse(program(seed))) for seed in range(100, 130)]
    cured = [exploration for exploration in explored if exploration.remedy]
    assert cured
    for exploration in cured:
        assert exploration.refusal is not None
        assert schedule(exploration.source, execution=exploration.remedy).text


def test_a_second_page_encodes_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    exploration = explore_module(load(samples.diamond))
    first = exploration.to_html()
    monkeypatch.delattr("iree_explorer.exploration.explored.encode_opening")
    assert exploration.to_html() == first
    assert first != exploration.compare(favor="debug").to_html()
