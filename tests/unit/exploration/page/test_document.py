import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from xdsl.dialects.builtin import UnitAttr

import iree_explorer.exploration
from iree_explorer.exploration import (
    Exploration,
    decode_document,
    encode_document,
    encode_later,
    encode_opening,
    explore_module,
    observe,
)
from iree_explorer.exploration.edits import Edit, Text, apply
from iree_explorer.frontends import load
from iree_explorer.graph.figures import figures_of
from iree_explorer.partitioning.trace.steps import Outlined
from iree_explorer.passes.schedule import copy_module, run_schedule
from iree_explorer.samples import ALL, Sample, circle
from iree_explorer.syntax import print_module
from tests.conformance.generator import program
from tests.unit.exploration.pages import page_document
from tests.unit.exploration.programs import DIAMOND, DIVIDED, explore, function

SCHEMA = Path(iree_explorer.exploration.__file__).parent / "page" / "document.schema.json"
FIXTURES = Path(iree_explorer.exploration.__file__).parents[1] / "widgets" / "frontend" / "test" / "fixtures"
SEEDS = range(12)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def edits_of(step: dict[str, Any]) -> list[Edit]:
    return [
        Edit(edit["line"], edit["remove"], list(zip(edit["lines"], edit["owners"], strict=True)))
        for edit in step.get("edits", ())
    ]


def replay(document: dict[str, Any]) -> str:
    """The text after all steps; checks on the way that undoing all leads back to where it began."""
    before: Text = list(zip(document["text"]["lines"], document["text"]["owners"], strict=True))
    text = list(before)
    undo = [apply(text, edits_of(step)) for step in document["steps"]]
    after = "\n".join(line for line, _ in text) + "\n"
    for edits in reversed(undo):
        apply(text, edits)
    assert text == before
    return after


def memberships(document: dict[str, Any], graph: int) -> dict[int, tuple[int, int]]:
    """Region and wave of each node after all steps."""
    found: dict[int, tuple[int, int]] = {}
    for step in document["steps"]:
        if document["stages"][step["stage"]]["graph"] == graph:
            found.update({node: (region, wave) for node, region, wave in step.get("place", ())})
    return found


def scheduled_text(exploration: Exploration) -> str:
    """What the passes make of the program when nobody watches."""
    copy = copy_module(exploration.source)
    run_schedule(copy, exploration.options)
    return print_module(copy.op)


def check(exploration: Exploration, validator: jsonschema.Draft202012Validator) -> None:
    document = exploration.document
    validator.validate(document)
    assert document["steps"]
    stages = document["stages"]
    assert [stage["first"] for stage in stages] == [0, *(stage["end"] for stage in stages[:-1])]
    assert stages[-1]["end"] == len(document["steps"])
    for number, stage in enumerate(stages):
        assert {step["stage"] for step in document["steps"][stage["first"] : stage["end"]]} == {number}
    if exploration.refusal is None:
        assert exploration.restore(replay(document)) == scheduled_text(exploration) == exploration.text
    else:
        assert document["steps"][-1]["kind"] == "refused"
        assert f"error: {exploration.refusal.brief}" in document["refusal"]["text"]
    for number, graph in enumerate(document["graphs"]):
        inside = {n["id"]: (n["region"], n["wave"]) for n in graph["nodes"] if n["region"] >= 0}
        reached = memberships(document, number)
        assert {node: reached.get(node) for node in inside} == inside or exploration.refusal is not None
        if exploration.refusal is None:
            assert len(graph["chain"]) <= figures_of(exploration.graphs[number]).critical_path


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)
def test_samples(sample: Sample, validator: jsonschema.Draft202012Validator) -> None:
    exploration = iree_explorer.exploration.explore_module(load(sample))
    assert (exploration.refusal is None) == (sample.name != "circle")
    check(exploration, validator)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_programs(seed: int, validator: jsonschema.Draft202012Validator) -> None:
    check(explore(program(seed)), validator)


@pytest.mark.parametrize(
    "passes", [("execution",), ("concurrency",), ("execution", "concurrency"), ("concurrency", "execution")]
)
@pytest.mark.parametrize("favor", ["debug", "min-peak-memory", "max-concurrency"])
def test_options(passes: tuple[str, ...], favor: str, validator: jsonschema.Draft202012Validator) -> None:
    text = explore(DIAMOND, passes=("execution",)).text if passes == ("concurrency",) else DIAMOND
    exploration = explore(text, passes=passes, favor=favor)
    check(exploration, validator)
    assert exploration.document["options"]["favor"] == favor


def test_two_functions_have_stages_of_their_own(validator: jsonschema.Draft202012Validator) -> None:
    body = DIAMOND.splitlines()[4:-2]
    exploration = explore(
        function(*body, name="f") + "util.func public @empty() {\n  util.return\n}\n" + function(*body, name="g")
    )
    check(exploration, validator)
    stages = [(stage["function"], stage["pass"]) for stage in exploration.document["stages"]]
    assert stages == [("f", "execution"), ("f", "concurrency"), ("g", "execution"), ("g", "concurrency")]
    assert [graph.function for graph in exploration.graphs] == ["f", "g"]


def test_the_end_says_what_the_waves_come_to() -> None:
    diamond = next(sample for sample in ALL if sample.name == "diamond")
    document = decode_document(encode_document(explore(diamond.text).document))
    assert document["steps"][-1]["reason"] == (
        "@main runs in 3 waves; the widest holds 2; the longest chain of ops that need each other, ringed in the graph, has 3"
        "; results hold 12 KB at most"
    )
    (graph,) = document["graphs"]
    assert [document["ops"][str(op)]["label"].split(" = ")[0] for op in graph["chain"]] == ["%1", "%2", "%4"]


def test_a_refused_program_shows_the_steps_that_led_there(validator: jsonschema.Draft202012Validator) -> None:
    seeds = (seed for seed in range(100, 130))
    explorations = [explored for seed in seeds if (explored := explore(program(seed))).refusal is not None]
    assert explorations
    for exploration in explorations:
        check(exploration, validator)
        placed = [step for step in exploration.document["steps"] if step.get("place")]
        assert placed
        assert re.match(r".*:[1-9]\d*:[1-9]\d*: error: ", exploration.document["refusal"]["text"])


def test_a_refusal_says_which_op_of_the_text_shown_it_is_about() -> None:
    # Comments are not printed: what is shown has other lines.
    text = "// one\n\n// two\n" + circle.text
    document = explore(text).document
    line = int(document["refusal"]["text"].split(":")[1])
    shown = document["text"]["owners"].index(document["refusal"]["op"]) + 1
    assert shown < line
    assert text.splitlines()[line - 1] == document["text"]["lines"][shown - 1]
    assert "util.func public @main" in document["text"]["lines"][shown - 1]


def test_all_functions_that_are_refused_are_told() -> None:
    start, end = circle.text.index("  util.func public @main"), circle.text.rindex("}")
    text = circle.text[:end] + circle.text[start:end].replace("@main", "@second") + circle.text[end:]
    exploration = explore(text)
    first, second = str(exploration.refusal).splitlines()
    shown, other = exploration.document["refusal"]["text"].splitlines()
    assert shown.partition(" of ")[0] in first
    assert other == second


def test_a_program_with_two_devices_is_divided() -> None:
    document = explore(DIVIDED).document
    whys = {row["why"] for step in document["steps"] for row in step.get("candidates", ())}
    assert whys & {"affinity", "downstream"}


def test_each_rewrite_of_the_clean_up_shows_its_edit() -> None:
    explored = explore_module(load("transformer"))
    rewritten = [step for step in explored.document["steps"] if step["kind"] == "rewritten"]
    assert len(rewritten) == sum(step.kind == "rewritten" for step in explored.trace) > 5
    assert all(step["edits"] for step in rewritten)
    gone = [step for step in rewritten if "is gone" in step["reason"]]
    for step in gone:
        assert all(step["op"] not in edit["owners"] for edit in step["edits"])
    assert explored.restore(replay(explored.document)) == explored.text


def test_rewrites_past_what_is_printed_are_shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observe, "REWRITTEN", 100)
    explored = explore_module(load("transformer"))
    rewritten = [step for step in explored.document["steps"] if step["kind"] == "rewritten"]
    shown = [bool(step.get("edits")) for step in rewritten]
    assert any(shown)
    assert not any(shown[shown.index(False) :])
    assert len(rewritten) < sum(step.kind == "rewritten" for step in explored.trace)
    assert explored.restore(replay(explored.document)) == explored.text


def test_a_long_program_shows_regions_and_clean_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observe, "LONG", 50)
    explored = explore_module(load("transformer"))
    changed = {step["kind"] for step in explored.document["steps"] if step.get("edits")}
    assert changed == {"ended"}
    assert explored.restore(replay(explored.document)) == explored.text


def test_what_outlining_changes_is_shown_where_a_region_is_made() -> None:
    """The last block of `blocks` has no region of its own: its search ends after all regions are made."""
    steps = explore_module(load("blocks")).document["steps"]
    first = next(step for step in steps if step.get("edits"))
    assert first["kind"] == "outlined"


@pytest.mark.parametrize("name", ["transformer", "cloned_splat", "blocks"])
def test_a_step_that_makes_a_region_or_a_wave_says_what_is_in_it(name: str) -> None:
    explored = explore_module(load(name))
    document, nodes = explored.document, [node for graph in explored.graphs for node in graph.nodes]
    made = [step for step in explored.trace if isinstance(step, Outlined)]
    told = [step for step in document["steps"] if step["kind"] == "outlined"]
    assert len(told) == len(made) > 0
    for step, outlined in zip(told, made, strict=True):
        function = document["stages"][step["stage"]]["function"]
        graph = explored.graph_of(function)
        region, wave = step["part"]
        assert wave == (outlined.partition if outlined.scope == "concurrency" else -1)
        inside = {node.own for node in graph.nodes if node.region == region and wave in (-1, node.wave)}
        assert inside == set(outlined.ops) & {node.own for node in nodes}


def test_candidates_are_sorted_and_say_why() -> None:
    rows = [step["candidates"] for step in explore(DIAMOND).document["steps"] if "candidates" in step]
    assert rows
    for table in rows:
        assert [row["partition"] for row in table] == sorted(row["partition"] for row in table)
        assert all(row["because"] for row in table if row["verdict"] == "refused")


def test_all_ops_that_are_spoken_of_have_a_name() -> None:
    document = explore(DIAMOND).document
    spoken = {step["op"] for step in document["steps"]} | {n["op"] for g in document["graphs"] for n in g["nodes"]}
    assert {str(op) for op in spoken if op >= 0} <= document["ops"].keys()


@pytest.mark.parametrize("text", ["", "module {\n}\n", function()])
def test_nothing_to_schedule_shows_the_text_alone(text: str, validator: jsonschema.Draft202012Validator) -> None:
    exploration = explore(text)
    assert exploration.graphs == ()
    assert exploration.document["text"]["lines"]
    assert exploration.document["nothing"] == exploration.nothing != ""
    validator.validate(exploration.document)
    replay(exploration.document)


def test_a_document_survives_its_encoding() -> None:
    document = {"a": "\ud800 é \u202e", "b": [1, None, 2.5]}
    assert decode_document(encode_document(document)) == document


def test_a_page_opens_without_what_comes_later() -> None:
    exploration = explore(DIAMOND)
    opening, later = encode_opening(exploration.packed)
    found = decode_document(opening)
    assert not any("candidates" in step or "edits" in step for step in found["steps"])
    assert found["ops"] == {}
    assert not any("dag" in graph for graph in found["graphs"])
    assert decode_document(opening, encode_later(later)) == exploration.document
    assert page_document(exploration.to_html()) == exploration.document


def test_a_page_that_opens_further_on_has_the_edits_up_to_there() -> None:
    exploration = explore_module(load(circle))
    opening, _ = encode_opening(exploration.packed)
    found = decode_document(opening)
    assert found["start"] > 0
    assert found["ops"] == exploration.document["ops"]
    assert [step.get("edits") for step in found["steps"]] == [
        step.get("edits") for step in exploration.document["steps"]
    ]


def test_the_text_after_the_passes_is_printed_before_anyone_can_change_the_module() -> None:
    exploration, other = explore(DIAMOND), explore(DIAMOND)
    function = exploration.scheduled.module.op.body.block.last_op
    assert function is not None
    function.attributes["changed"] = UnitAttr()
    assert "changed" not in exploration.text
    assert exploration.text == other.text


@pytest.mark.parametrize("name", ["diamond", "round_trip", "blocks", "tied_hazard"])
def test_fixtures_of_the_front_end_follow_the_schema(name: str, validator: jsonschema.Draft202012Validator) -> None:
    document = json.loads((FIXTURES / f"{name}.json").read_text())
    validator.validate(document)
    replay(document)


@pytest.mark.parametrize("name", ["transformer", "cnn", "diamond"])
def test_the_page_opens_on_the_function_with_most_work(name: str) -> None:
    sample = next(sample for sample in ALL if sample.name == name)
    document = explore_module(load(sample)).document
    stage = next(stage for stage in document["stages"] if stage["first"] == document["start"])
    assert (stage["function"], stage["pass"]) == ("main", "execution")


def test_a_refused_program_opens_at_its_refusal() -> None:
    document = explore_module(load(circle)).document
    assert document["start"] == len(document["steps"]) - 1
    assert document["steps"][document["start"]]["kind"] == "refused"


def test_a_page_with_no_step_opens_at_the_first() -> None:
    assert explore("module {}").document["start"] == 0
