"""Runs op by op: where they stop, what is seen there, and that they end as runs do."""

import itertools
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer import samples
from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution import Interrupt, Program, debug, run
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.device.work import Work
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.chains import CHAIN
from tests.unit.execution.debugging.sessions import MIXED, POSITIVE, chain, labels
from tests.unit.execution.kernels.test_processors import threads
from tests.unit.execution.loops import ALL as LOOPS
from tests.unit.execution.programs import program as bytes_program
from tests.unit.execution.recording.test_hazards import TWO_REGIONS, wave
from tests.unit.execution.test_run import SQUARE

# Going on


def test_blas_has_one_thread_only_while_an_op_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    run_work = Run.do

    def do(run: Run, work: Work) -> None:
        held.append(PROCESSORS.is_held)
        run_work(run, work)

    monkeypatch.setattr(Run, "do", do)
    before = threads()
    with chain() as session:
        while session.step().reason != "end":
            assert threads() == before
            assert not PROCESSORS.is_held
    assert held == [True] * len(session.timeline.spans) != []
    with chain(MIXED) as other:
        other.step()
        other.interrupt()
    assert threads() == before


def test_every_op_is_a_step_and_the_result_is_that_of_a_run() -> None:
    with chain() as session:
        assert session.stop.reason == "start"
        assert labels(session) == [
            "hal.buffer_view.dim",
            "stream.tensor.import",
            "stream.async.execute",
            "stream.timepoint.await",
            *("clone", "dispatch @double", "dispatch @root", "dispatch @minus", "clone"),
            "stream.tensor.export",
        ]
        np.testing.assert_array_equal(
            session.finish().outputs[0], run(schedule(parse(CHAIN)), "main", POSITIVE).outputs[0]
        )
        assert session.finish() is session.result


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.none() | st.integers(0, 9))
def test_stepping_changes_no_result_and_goes_the_same_way_each_time(number: int, seed: int | None) -> None:
    module = schedule(parse(bytes_program(number)))
    ways: list[list[str]] = []
    for _ in range(2):
        with debug(module, seed=seed, check_hazards=False) as session:
            ways.append(labels(session))
            assert session.stop.reason == "end"
            for got, want in zip(session.finish().outputs, run(module).outputs, strict=True):
                np.testing.assert_array_equal(got, want)
    assert ways[0] == ways[1]


def test_an_unscheduled_program_is_stepped_on_the_host() -> None:
    with debug(parse(CHAIN), "main", POSITIVE) as session:
        session.break_at("@root", after=True)
        assert "breakpoint 1" in session.continue_().message
        np.testing.assert_allclose(session["%5"], np.sqrt(2 * POSITIVE))


def test_devices_are_called_as_in_graphs() -> None:
    with debug(schedule(load(samples.diamond)), "main", np.ones(1024, np.float32)) as session:
        session.break_at(wave=1)
        session.continue_()
        words = repr(session.where())
        assert "partition 0 on @__device_0: running, " in words
        assert "ready on @__device_0: " in words


def test_ops_of_a_wave_are_ready_together_and_may_be_taken_in_any_order() -> None:
    with debug(schedule(parse(wave("0-4", "4-8")))) as session:
        assert repr(session.break_at(wave=1)) == "<breakpoint 1: before any op, wave 1>"
        session.continue_()
        where = session.where()
        (ready,) = where.ready.values()
        assert len(ready) == 2
        assert all("fill, region 0, wave 1" in unit for unit in ready)
        second = ready[1].partition(" = ")[0]
        assert session.step(second).last is not None
        assert session.next_wave().reason in ("end", "wave")
        assert session.finish().outputs[0].tolist() == [7] * 8


def test_next_wave_runs_a_wave_to_its_end() -> None:
    with debug(schedule(parse(wave("0-4", "4-8")))) as session:
        assert session.next_wave().next is not None
        found = session.next_wave()
        assert (found.reason, getattr(found.next, "where", None)) == ("wave", "region 0, wave 1")
        found = session.next_wave()
        assert found.reason == "end"
        assert len([span for span in session.timeline.spans if span.wave == 1]) == 2


def test_a_seed_gives_another_order() -> None:
    module = schedule(parse(TWO_REGIONS))
    ways = set[tuple[str, ...]]()
    for seed in range(8):
        with debug(module, seed=seed) as session:
            ways.add(tuple(labels(session)))
    assert len(ways) > 1


# What is seen


def test_values_are_seen_as_tensors_and_copied() -> None:
    with chain() as session:
        session.break_at("@minus")
        session.continue_()
        value = session.value("%7")
        assert (value.type, value.size, value.region) == ("2x3xf32", 24, 0)
        assert repr(value).startswith("%7: 2x3xf32, from 1.4142 to 8.4853, mean")
        value.array[...] = 0
        assert session["%7"].any()
        assert {"%6", "%7"} <= {one.name for one in session.values()}
        assert session.value("%result_timepoint").note == "not reached"
        with pytest.raises(
            InputError, match=r"%results is not there yet: stream\.async\.execute has not run to its end"
        ):
            session.value("%results")


def test_bytes_that_a_later_op_has_overwritten_say_so() -> None:
    text = TWO_REGIONS.replace(
        "stream.yield %s : !stream.resource<transient>{%c8}\n    } => !stream.timepoint\n    %r2",
        """%f = stream.async.fill %v, %s[%c0 to %c4 for %c4] : i8 -> %s as !stream.resource<transient>{%c8}
      stream.yield %f : !stream.resource<transient>{%c8}\n    } => !stream.timepoint\n    %r2""",
    ).replace("%c8 =", "%c0 = arith.constant 0 : index\n    %c4 = arith.constant 4 : index\n    %c8 =", 1)
    with debug(parse(text)) as session:
        session.break_at("fill", after=True)
        stop = session.continue_()
        assert stop.last is not None
        splat, fill = (value.name for value in session.values() if value.region == 0)
        assert session.value(splat).note == f"overwritten by {fill}"
        assert session.value(fill).note == ""


def test_globals_are_kept_between_sessions_of_a_program() -> None:
    kept = Program(parse(SQUARE).op)
    for wanted in (5, 10):
        with debug(kept, "main", "2xf32=3", 5) as session:
            assert session.finish().outputs[1] == wanted
            assert session["@count"] == wanted
    assert run(kept, "main", "2xf32=3", 5).outputs[1] == 15


# How it ends


def test_an_error_stops_where_it_is_and_can_be_looked_into() -> None:
    text = CHAIN.replace("sizes = [2, %n], strides = [1, 1] : !iree", "sizes = [2, %n], strides = [1, 2] : !iree")
    with debug(schedule(parse(text)), "main", POSITIVE) as session:
        stop = session.continue_()
        assert stop.reason == "error"
        assert stop.last is not None
        assert stop.last.label == "dispatch @double"
        assert "leaves dimension" in stop.message
        np.testing.assert_array_equal(session["%5"], POSITIVE)
        assert session.continue_().reason == "error"
        with pytest.raises(ExecutionError, match="leaves dimension"):
            session.finish()


def test_a_wrong_input_is_told_at_once() -> None:
    with pytest.raises(InputError, match=r"must be 2x\?xf32, not 2x3xf64"):
        debug(schedule(parse(CHAIN)), "main", POSITIVE.astype(np.float64))
    with pytest.raises(InputError, match="no function 'other'"):
        debug(parse(CHAIN), "other")


@pytest.mark.parametrize("name", LOOPS)
def test_another_thread_interrupts_a_loop(name: str) -> None:
    interrupt = Interrupt()
    timer = threading.Timer(0.2, interrupt.stop)
    timer.start()
    with debug(schedule(parse(LOOPS[name])), interrupt=interrupt) as session:
        if session.stop.reason == "start":
            session.continue_()
        assert session.stop.reason == "interrupted"
        timer.join()
        with pytest.raises(InputError, match="is closed"):
            session.step()
        with pytest.raises(ExecutionError, match="was stopped"):
            session.finish()


@pytest.mark.parametrize("steps", range(0, 10, 3))
def test_a_session_may_be_closed_or_dropped_anywhere(steps: int) -> None:
    session = chain()
    for _ in range(steps):
        session.step()
    if steps % 2:
        session.close()
    else:
        del session  # the fixture sees that its thread ends


def test_where_and_reprs() -> None:
    with debug(schedule(parse(TWO_REGIONS))) as session:
        session.break_at("splat", after=True)
        session.continue_()
        assert [str(region) for region in session.where().regions] == [
            "region 0: running, 1 of 1 ops; %result_timepoint not reached",
            "region 1: waiting, 0 of 1 ops, awaits region 0; %result_timepoint_1 not reached",
        ]
        assert session.where().host == "waits for region 0 and region 1"
        assert repr(session).startswith("<Debugger of @main, breakpoint: breakpoint 1: after splat; ")
        assert "region 1: waiting" in repr(session)


def test_the_clock_stands_while_a_reader_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader may look at an op for hours: the timeline has them not."""
    ticks = itertools.count(1)
    read = [0]
    monkeypatch.setattr(time, "perf_counter_ns", lambda: next(ticks) + read[0])
    with chain() as session:
        while session.stop.reason != "end":
            read[0] += 10**12
            session.step()
        spans = session.timeline.spans
    assert len(spans) > 2
    assert 0 < spans[0].start < spans[-1].end < 10**6
