"""Scheduling as one call: what it leaves alone, what it tells, and that telling changes nothing."""

import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer import samples
from iree_explorer.errors import InputError, PassError
from iree_explorer.partitioning.config import SCOPES
from iree_explorer.partitioning.trace.recording import OpIds, Recorder
from iree_explorer.partitioning.trace.steps import Outlined, Refused
from iree_explorer.passes.schedule import copy_module, run_schedule, schedule
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import parse, print_module
from tests.conformance.generator import program


def outcome(text: str, *, trace: bool) -> str:
    """The scheduled text, or the refusal."""
    try:
        return schedule(parse(text), trace=trace).text
    except PassError as error:
        return str(error)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_recording_changes_nothing(seed: int) -> None:
    text = program(seed)
    assert outcome(text, trace=True) == outcome(text, trace=False)


def test_recording_keeps_what_is_refused_in_other_functions() -> None:
    start, end = samples.circle.text.index("  util.func public @main"), samples.circle.text.rindex("}")
    second = samples.circle.text[start:end].replace("@main", "@second")
    text = samples.circle.text[:end] + second + samples.circle.text[end:]
    told = outcome(text, trace=True)
    assert told.count(" error: ") == 2
    assert told == outcome(text, trace=False)


@pytest.mark.parametrize(
    "region",
    [
        "affine.for %i = 0 to 7",
        "affine.if affine_set<(d0) : (d0 >= 0)>(%size)",
        "scf.for %i = %c0 to %size step %size",
        "scf.forall (%i) in (%size)",
        "scf.if %c1",
    ],
)
def test_regions_of_ops_that_branch_into_them_are_scheduled(region: str) -> None:
    text = f"""
        util.func public @f(%size: index, %out: !util.list<!stream.resource<transient>>) {{
          %c0 = arith.constant 0 : index
          %c1 = arith.constant true
          %c1_i8 = arith.constant 1 : i8
          {region} {{
            %0 = stream.async.splat %c1_i8 : i8 -> !stream.resource<transient>{{%size}}
            util.list.set %out[%c0], %0 : !stream.resource<transient> -> !util.list<!stream.resource<transient>>
          }}
          util.return
        }}
    """
    assert schedule(parse(text)).text.count("stream.async.execute") == 1


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_the_input_stays_as_it_is(seed: int) -> None:
    module = parse(program(seed))
    before = print_module(module.op)
    with suppress(PassError):
        schedule(module)
    assert print_module(module.op) == before


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_the_schedule_reads_back(seed: int) -> None:
    """What is printed is valid, by our own parser, and prints the same again."""
    try:
        text = schedule(parse(program(seed)), trace=False).text
    except PassError:
        return
    assert print_module(parse(text).op) == text


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_each_pass_runs_without_the_other(seed: int) -> None:
    module = parse(program(seed))
    try:
        both = schedule(module, trace=False).text
    except PassError:
        return
    # On one and the same IR: a copy, like a text read back, has its uses in another order, by which sizes are found.
    one_by_one = copy_module(module)
    for name in SCOPES:
        run_schedule(one_by_one, ScheduleOptions(passes=(name,)))
    assert print_module(one_by_one.op) == both


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_moments_come_in_order_and_regions_are_told(sample: samples.Sample) -> None:
    module = copy_module(parse(sample.text))
    moments: dict[str, list[str]] = {}
    recorder = Recorder(OpIds(module.op), lambda name, op, count: moments.setdefault(str(id(op)), []).append(name))
    run_schedule(module, ScheduleOptions(execution="fewest-handovers"), recorder)  # It refuses none of them.
    for names in moments.values():
        assert re.fullmatch("before outlined (rewritten )*cleaned scheduled", " ".join(names))
    told = {step.region for step in recorder.steps if isinstance(step, Outlined)}
    regions = [op for op in module.op.walk() if op.name in ("stream.async.execute", "stream.async.concurrent")]
    assert {recorder.ids.of(op) for op in regions if op.name == "stream.async.concurrent"} <= told
    assert all(ids >= 0 for ids in told)


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_of_the_samples_the_reference_refuses_one(sample: samples.Sample) -> None:
    if sample.name != "circle":
        schedule(parse(sample.text), trace=False)
        return
    with pytest.raises(PassError, match="circular dependency"):
        schedule(parse(sample.text), trace=False)


@pytest.mark.parametrize("trace", [True, False])
def test_a_refusal_names_the_partitioner_that_schedules_the_program(trace: bool) -> None:
    with pytest.raises(PassError) as caught:
        schedule(samples.circle, trace=trace)
    assert str(caught.value).endswith("\nnote: execution='fewest-handovers' schedules it")
    assert schedule(samples.circle, execution="fewest-handovers", trace=trace).text


def test_a_refusal_that_no_partitioner_cures_promises_nothing() -> None:
    fixed = 'attributes {iree_explorer.partitioning = {execution = "reference"}, '
    with pytest.raises(PassError) as caught:
        schedule(samples.circle.text.replace("attributes {", fixed, 1))
    assert "note:" not in str(caught.value)


def test_a_copy_has_the_same_ids_and_places() -> None:
    module = parse(samples.ALL[0].text)
    copy = copy_module(module)
    for old, new in zip(module.op.walk(), copy.op.walk(), strict=True):
        assert module.location_of(old) == copy.location_of(new)
    assert OpIds(module.op).names == OpIds(copy.op).names


@pytest.mark.parametrize(
    "passes", ["execution", ("execution",), "concurrency , execution", ["execution", "concurrency"], ""]
)
def test_passes_are_names_in_a_sequence_or_with_commas(passes: str | list[str]) -> None:
    names = [name.strip() for name in passes.split(",") if name] if isinstance(passes, str) else list(passes)
    scheduled = schedule(parse(samples.diamond.text), passes=passes)
    assert list(scheduled.options.passes) == names
    assert ("stream.async.execute" in scheduled.text) == ("execution" in names)
    assert ("stream.async.concurrent" in scheduled.text) == ("concurrency" in names)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"passes": ("waves",)}, "no pass is called 'waves'"),
        ({"passes": "execution,waves"}, "no pass is called 'waves'"),
        ({"passes": 3}, "passes are names, not 3"),
        ({"execution": [1]}, r"no execution partitioner is called \[1\]"),
        ({"favor": "speed"}, "no favor is called 'speed'"),
        ({"concurrency": "fast"}, "no concurrency partitioner is called 'fast'"),
    ],
)
def test_unknown_options_are_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        schedule(parse(samples.ALL[0].text), **options)  # pyright: ignore[reportArgumentType]


def test_a_refusal_is_the_last_step_and_has_a_place() -> None:
    seed = next(seed for seed in range(100) if "refused" in _kinds(seed))
    module = parse(program(seed))
    recorder = Recorder(OpIds(module.op))
    with pytest.raises(PassError) as refused:
        run_schedule(module, ScheduleOptions(), recorder)
    last = recorder.steps[-1]
    assert isinstance(last, Refused)
    assert refused.value.message == last.message
    assert refused.value.location is not None


def _kinds(seed: int) -> set[str]:
    module = parse(program(seed))
    recorder = Recorder(OpIds(module.op))
    with suppress(PassError):
        run_schedule(module, ScheduleOptions(), recorder)
    return {step.kind for step in recorder.steps[-1:]}


def test_a_result_that_no_region_can_have_is_refused_at_its_op() -> None:
    text = """util.func public @f() -> (tensor<1xi32>, tensor<1xi32>) {
  %c = arith.constant 1 : i32
  %0 = flow.dispatch @ex::@entry(%c) : (i32) -> tensor<1xi32>
  %1 = flow.tensor.transfer %0 : tensor<1xi32> to #hal.device.promise<@a>
  util.return %0, %1 : tensor<1xi32>, tensor<1xi32>
}
"""
    with pytest.raises(
        PassError, match=r"^f.mlir:\d:\d+: error: 'flow.*' op result of type tensor<1xi32> cannot leave"
    ):
        schedule(parse(text, "f.mlir"))
