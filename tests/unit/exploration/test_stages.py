"""Stages: their steps follow each other, their edits lead from the text before to the text after."""

from __future__ import annotations

import pytest

from iree_explorer.exploration.edits import Text, apply
from iree_explorer.exploration.observe import Observation, observe
from iree_explorer.exploration.stages import Stage, StageReader, origins
from iree_explorer.frontends import load
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.samples import ALL, Sample
from iree_explorer.syntax import parse
from tests.unit.exploration.programs import CONFLICT, DIAMOND, dispatch, function


def read(observation: Observation) -> tuple[StageReader, list[Stage]]:
    reader = StageReader(observation, origins(observation))
    return reader, list(reader.stages())


def observed(text: str) -> Observation:
    return observe(parse(text, "program.mlir"), ScheduleOptions())


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)
def test_the_edits_of_all_stages_lead_from_the_first_text_to_the_last(sample: Sample) -> None:
    observation = observe(load(sample), ScheduleOptions())
    reader, stages = read(observation)
    text: Text = list(reader.before)
    for stage in stages:
        apply(text, list(stage.edits.all()))
    assert text == reader.text
    if observation.refusal is None:
        apply(text, reader.remaining_edits())
        assert text == reader.after


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)
def test_stages_share_out_the_steps(sample: Sample) -> None:
    observation = observe(load(sample), ScheduleOptions())
    _, stages = read(observation)
    assert [stage.first for stage in stages] == [0, *(stage.end for stage in stages)][: len(stages)]
    assert stages[-1].end == len(observation.trace)
    assert all(stage.first <= count <= stage.end for stage in stages for count in stage.shown)


def test_each_function_goes_through_both_passes_before_the_next() -> None:
    text = function(dispatch("%0", "a"), name="first") + function(dispatch("%0", "b"), name="second")
    _, stages = read(observed(text))
    found = [(str(stage.function.properties["sym_name"]), stage.scope) for stage in stages]
    assert found == [
        ('"first"', "execution"),
        ('"first"', "concurrency"),
        ('"second"', "execution"),
        ('"second"', "concurrency"),
    ]


def test_ops_are_called_as_in_the_text_when_the_pass_begins() -> None:
    observation = observed(DIAMOND)
    _, (execution, concurrency) = read(observation)
    kernels = [number for number, name in enumerate(observation.trace.names) if name == "stream.async.dispatch"]
    before = [execution.labels[number] for number in kernels if number in execution.labels]
    assert before == ["%1", "%2", "%3", "%4"]
    inside = {concurrency.labels.get(number) for number in kernels}
    assert None not in inside
    assert inside != set(before)


def test_the_stage_of_a_refusal_is_the_last_and_has_no_end() -> None:
    observation = observed(CONFLICT)
    assert observation.refusal is not None
    _, (stage,) = read(observation)
    assert (stage.scope, stage.first, stage.end) == ("execution", 0, len(observation.trace))
    assert not stage.edits.ending
