import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import jsonschema
import numpy as np
import pytest

import iree_explorer as ie
from iree_explorer import samples
from iree_explorer.errors import InputError
from iree_explorer.exploration import Comparison, compare, explore_module
from iree_explorer.exploration.comparing.differences import OpDifference, Place
from iree_explorer.exploration.comparing.page import comparison_json
from iree_explorer.exploration.page.columns import rows
from iree_explorer.frontends import load
from iree_explorer.samples import Sample
from iree_explorer.syntax import parse
from tests.unit.exploration.pages import document_with, page_document
from tests.unit.exploration.programs import CONFLICT, R, dispatch, function

SCHEMA = json.loads((files("iree_explorer") / "exploration" / "page" / "document.schema.json").read_text())


def differing(comparison: Comparison) -> list[tuple[str, tuple[str, ...]]]:
    return [(d.label.split(" = ")[0], d.differs) for d in comparison.differences]


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_a_schedule_is_like_itself(sample: Sample) -> None:
    found = compare(load(sample), load(sample))
    assert found.differences == ()
    assert [row.change for row in found.rows] == [""] * len(found.rows)
    assert comparison_json(found)["hunks"] == []


def test_debug_takes_waves_apart() -> None:
    found = compare(samples.diamond, favor="debug")
    assert found.names == ("favor min-peak-memory", "favor debug")
    assert differing(found) == [("%3", ("wave",))] or differing(found) == [("%2", ("wave",))]
    figures = {row.name: (row.before, row.after, row.change) for row in found.rows}
    assert figures["waves"] == ("3", "–", "")
    assert figures["widest wave"] == ("2", "–", "")
    assert figures["critical path"] == ("3", "4", "+1 (+33%)")
    assert "1 op placed differently:" in repr(found)
    assert found.differences[0].places() == ("partition 0, wave 1", "partition 0, no wave")


def test_serial_regions_are_many() -> None:
    found = explore_module(load(samples.diamond)).compare(partitioner="serial")
    assert found.names == ("regions reference, waves reference", "regions serial, waves serial")
    assert found.figures[0].regions == 1
    assert found.figures[1].regions == found.figures[1].ops == 4
    assert {differs for _, differs in differing(found)} <= {("region",), ("region", "wave")}
    assert len(found.differences) == 3


def test_waves_that_share_as_many_ops_are_told_apart_by_their_numbers() -> None:
    """One op leaves the one beside it for another: that is what moved, not the two that stay."""
    program = function(
        f"  %0 = stream.async.splat %c255_i32 : i32 -> {R}",
        dispatch("%1", "a", "%0"),
        dispatch("%2", "b", "%0"),
        dispatch("%3", "c", "%2"),
        dispatch("%4", "d", "%1", "%3"),
        "  %5 = util.optimization_barrier %4 : !stream.resource<*>",
    )
    found = compare(program, favor="max-concurrency")
    assert differing(found) == [("%1", ("wave",))]
    assert found.differences[0].places() == ("partition 0, wave 1", "partition 0, wave 2")


def test_an_op_whose_wave_has_the_same_number_is_told_to_be_among_others() -> None:
    place = Place(2, 1, "", "partition 2")
    moved = OpDifference(7, 7, "main", "%7", ("wave",), (place,), (place,))
    assert str(moved) == "%7: partition 2, wave 1 → partition 2, wave 1, with other ops (wave)"


def test_of_an_op_with_many_copies_two_places_are_told_or_three() -> None:
    places = tuple(Place(number, 0, "", f"partition {number}") for number in range(4))
    moved = OpDifference(7, -1, "main", "%7", ("copies",), places[:3], places)
    few, many = moved.places()
    assert few == "partition 0, wave 0 and partition 1, wave 0 and partition 2, wave 0"
    assert many == "partition 0, wave 0 and partition 1, wave 0 and 2 more"
    assert OpDifference(7, -1, "main", "%7", ("only before",), (), ()).places() == ("the host", "not there")


def test_a_partitioner_that_only_waves_have_leaves_regions_alone() -> None:
    exploration = explore_module(load(samples.diamond))
    with pytest.raises(InputError, match="no partitioner is called 'magic'; there are reference, serial"):
        exploration.compare(partitioner="magic")


def test_an_edited_program_is_compared_by_what_its_ops_say() -> None:
    text = samples.two_devices.text
    lines = [line for line in text.splitlines() if "stream.async.dispatch" in line]
    assert lines
    found = compare(text, text.replace(lines[-1] + "\n", lines[-1].replace("@device_a", "@device_b") + "\n"))
    assert all("only" not in word for d in found.differences for word in d.differs)
    assert any("affinity" in d.differs for d in found.differences)


def test_ops_of_one_program_only_are_told() -> None:
    a, b = samples.diamond, samples.cloned_splat
    found = compare(a, b)
    sides = {differs for d in found.differences for differs in d.differs}
    assert {"only before", "only after"} & sides
    assert found.names == ("diamond", "cloned_splat")
    for difference in found.differences:
        assert (difference.before_op == -1) == ("only after" in difference.differs)


def test_runs_are_measured_and_their_results_compared() -> None:
    found = compare(samples.mlp, partitioner="serial").run("main", repeat=1)
    assert found.measured is not None
    assert found.measured.largest_difference == 0.0
    names = [row.name for row in found.rows]
    assert names[-4:] == ["measured time", "measured critical path", "measured peak bytes", "results"]
    assert "the same" in found.to_text()


def test_results_that_are_infinite_in_both_runs_are_the_same() -> None:
    endless = np.full(1024, np.inf, np.float32)
    found = compare(samples.round_trip, favor="debug").run("main", endless, repeat=1)
    assert found.measured is not None
    assert found.measured.largest_difference == 0.0


def returning(*values: str) -> str:
    """A program that gives these constants."""
    names, types = zip(*((f"%{place}", value.split(" : ")[1]) for place, value in enumerate(values)), strict=True)
    lines = [f"  {name} = arith.constant {value}" for name, value in zip(names, values, strict=True)]
    ends = f"  util.return {', '.join(names)} : {', '.join(types)}"
    return "\n".join([f"util.func public @main() -> ({', '.join(types)}) {{", *lines, ends, "}"])


@pytest.mark.parametrize(
    ("before", "after", "apart"),
    [
        (("1.0 : f32", "-2.0 : f64"), ("1.5 : f32", "0.5 : f64"), 2.5),
        (("9007199254740992 : i64",), ("9007199254740993 : i64",), 1.0),
        (("-9223372036854775808 : i64",), ("9223372036854775807 : i64",), 2.0**64),
        (("0x7FC00000 : f32",), ("0x7FC00000 : f32",), 0.0),
        (("0x7FC00000 : f32",), ("1.0 : f32",), np.inf),
        (("1.0 : f32",), ("1.0 : f32", "1.0 : f32"), np.inf),
    ],
)
def test_how_far_results_are_apart(before: tuple[str, ...], after: tuple[str, ...], apart: float) -> None:
    found = compare(returning(*before), returning(*after)).run("main", repeat=1)
    assert found.measured is not None
    assert found.measured.largest_difference == apart
    assert ("differ by up to" in found.to_text()) == (apart > 0)


def test_a_comparison_names_what_cannot_run() -> None:
    with pytest.raises(InputError, match="no public function @nothing"):
        compare(samples.diamond, favor="debug").run("nothing")


@pytest.mark.parametrize("repeat", [0, -1, "3", 2.5])
def test_a_number_of_runs_that_is_none_is_refused(repeat: Any) -> None:
    with pytest.raises(InputError, match=r"repeat=.*: give an integer of at least 1"):
        compare(samples.diamond, favor="debug").run("main", repeat=repeat)


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_the_document_keeps_to_the_schema(sample: Sample) -> None:
    document = rows(document_with(compare(load(sample), partitioner="serial", favor="debug")))
    jsonschema.validate(document, SCHEMA)
    for graph in document["comparison"]["graphs"]:
        before = {node["op"]: (node["x"], node["y"]) for node in reversed(graph["before"]["nodes"])}
        after = {node["op"]: (node["x"], node["y"]) for node in reversed(graph["after"]["nodes"])}
        assert before == after


def applied(before: Sequence[str], after: Sequence[str], hunks: Sequence[Sequence[int]]) -> list[str]:
    """What the hunks make of a text."""
    found: list[str] = []
    at = 0
    for a, b, c, d in hunks:
        found += [*before[at:a], *after[c:d]]
        at = b
    return [*found, *before[at:]]


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_hunks_lead_from_one_text_to_the_other(sample: Sample) -> None:
    found = compare(load(sample), partitioner="serial")
    before, after = ([line for line, _ in run.lines_after] for run in (found.before, found.after))
    assert applied(before, after, comparison_json(found)["hunks"]) == after


def test_the_page_holds_the_comparison(tmp_path: Any) -> None:
    found = compare(samples.diamond, favor="debug")
    page = found.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == page
    document = page_document(page)
    assert document["comparison"]["other"]["options"]["favor"] == "debug"
    assert "placed differently" in page


def test_widgets_and_explorations_are_compared_as_they_are() -> None:
    first, second = ie.explore(samples.diamond), explore_module(load(samples.diamond), favor="debug")
    found = ie.compare(first, second)
    assert found.after is second
    assert len(found.differences) == 1


def test_an_exploration_made_with_other_options_is_made_anew() -> None:
    first = explore_module(load(samples.diamond))
    second = explore_module(load(samples.diamond), favor="debug", concurrency="balanced", title="second")
    assert ie.compare(first, second, favor="debug").after is second
    after = ie.compare(first, second, favor="max-concurrency").after
    assert (after.options.favor, after.options.concurrency, after.title) == ("max-concurrency", "balanced", "second")
    assert after.source is second.source
    with pytest.raises(InputError, match="no favor is called 'none'"):
        ie.compare(first, second, favor="none")


def test_the_second_schedule_may_have_other_passes() -> None:
    found = ie.compare(samples.diamond, passes="execution")
    assert (found.before.options.passes, found.after.options.passes) == (("execution", "concurrency"), ("execution",))
    assert "stream.async.concurrent" not in found.after.text


def test_a_refused_program_is_compared_up_to_the_refusal() -> None:
    found = compare(parse(CONFLICT, "program.mlir"), partitioner="serial")
    assert found.before.refusal is not None
    assert "regions reference, waves reference was refused:" in found.to_text()
    (path,) = [row for row in found.rows if row.name == "critical path"]
    assert (path.before, path.change) == ("–", "")
    assert int(path.after) > 0


def test_an_op_that_is_dead_after_an_edit_is_not_there() -> None:
    text = samples.transformer.text
    call = "@main_dispatch_3::@main_dispatch_3_transpose_16x4x8_f32(%"
    assert f"{call}3" in text
    found = compare(text, text.replace(f"{call}3", f"{call}2", 1))
    (difference,) = [d for d in found.differences if "only before" in d.differs]
    assert str(difference).endswith("partition 0, wave 2 → not there (only before)")
    assert (difference.after_op, difference.after) == (-1, ())
