"""Where runs stop: at breakpoints, watched values, values that are not finite."""

from typing import Any

import numpy as np
import pytest

from iree_explorer.errors import InputError
from iree_explorer.execution import debug
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.debugging.sessions import MIXED, POSITIVE, chain
from tests.unit.execution.recording.test_hazards import TWO_REGIONS, wave


def test_before_and_after_a_value() -> None:
    with chain() as session:
        session.break_at("%7")
        stop = session.continue_()
        assert (stop.reason, stop.next is not None and stop.next.label) == ("breakpoint", "dispatch @root")
        with pytest.raises(InputError, match=r"%7 is not there yet: stream\.async\.dispatch has not run"):
            session.value("%7")
        np.testing.assert_array_equal(session["%6"], 2 * POSITIVE)
        session.clear(1)
        session.break_at("%7", after=True)
        stop = session.continue_()
        assert (stop.reason, stop.last is not None and stop.last.label) == ("breakpoint", "dispatch @root")
        np.testing.assert_allclose(session["%7"], np.sqrt(2 * POSITIVE))
        assert session.continue_().reason == "end"


def test_before_and_after_a_timepoint() -> None:
    with debug(schedule(parse(TWO_REGIONS))) as session:
        session.break_at("%result_timepoint")
        session.break_at("%result_timepoint", after=True)
        before = session.continue_()
        assert before.next is not None
        assert before.next.is_end
        assert session.where().timepoints == {
            "%result_timepoint, region 0": False,
            "%result_timepoint_1, region 1": False,
        }
        after = session.continue_()
        assert after.last is not None
        assert "is reached" in after.message
        assert session.where().timepoints["%result_timepoint, region 0"]
        assert session.continue_().reason == "end"


def test_by_kind_by_place_by_predicate() -> None:
    with chain() as session:
        session.break_at("dispatch")
        stops = [session.continue_() for _ in range(4)]
        assert [stop.reason for stop in stops] == ["breakpoint"] * 3 + ["end"]
    with debug(schedule(parse(TWO_REGIONS))) as session:
        session.break_at(region=1)
        stop = session.continue_()
        assert stop.next is not None
        assert stop.next.region == 1
    with chain() as session:
        session.break_at(lambda unit: unit.label == "stream.timepoint.await")
        assert session.continue_().message.endswith("next: %3 = stream.timepoint.await")
    with chain() as session:
        session.break_at("arith.muli", after=True)
        assert "%1 = arith.muli has run" in session.continue_().message
        assert session["%1"] == 24


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ({"region": 2}, "no region has the number 2, only 0–1"),
        ({"region": "0"}, "no region has the number '0', only 0–1"),
        ({"region": True}, "no region has the number True"),
        ({"wave": 7}, "no wave has the number 7, only 0"),
        ({"what": 3}, "3 is no place to stop at: give a value"),
    ],
)
def test_places_that_are_none(places: dict[str, Any], message: str) -> None:
    with debug(schedule(parse(TWO_REGIONS))) as session:
        with pytest.raises(InputError, match=message):
            session.break_at(**places)
        assert session.breakpoints == []
        assert session.continue_().reason == "end"


def test_names_are_texts() -> None:
    with chain() as session:
        for use in (session.value, session.watch, session.step):
            with pytest.raises(InputError, match="a value is called by its name, such as '%7'; 3 is none"):
                use(3)  # pyright: ignore[reportArgumentType]


def test_names_that_are_none() -> None:
    with chain() as session:
        with pytest.raises(InputError, match=r"no value of the program is called %77; did you mean %7"):
            session.break_at("%77")
        with pytest.raises(InputError, match="no op 'nothing'"):
            session.break_at("nothing")
        with pytest.raises(InputError, match="%arg0 is an argument"):
            session.break_at("%arg0")
        with pytest.raises(InputError, match=r"what makes %8 is not ready; ready: %0 = hal\.buffer_view\.dim"):
            session.step("%8")


def test_a_watched_value() -> None:
    with debug(schedule(parse(wave("0-4", "4-8")))) as session:
        text = schedule(parse(wave("0-4", "4-8"))).text
        session.watch(text[: text.index(" = stream.async.splat")].split()[-1])
        stops = [session.continue_() for _ in range(3)]
        assert [stop.reason for stop in stops] == ["watch"] * 3
        assert [stop.last.label for stop in stops if stop.last is not None] == ["splat", "fill", "fill"]
        assert session.continue_().reason == "end"


def test_a_value_that_is_not_finite() -> None:
    with chain(MIXED) as session:
        stop = session.continue_()
        assert stop.reason == "non-finite"
        assert "dispatch @root" in stop.message
        assert "%7[0, 1] of 2x3xf32, the first of 2" in stop.message
        assert session.value("%7").nan_count == 2
        assert session.continue_().reason == "end"
        assert len(session.findings) == 1
    with chain(MIXED, nonfinite="report") as session:
        assert session.continue_().reason == "end"
        assert [finding.index for finding in session.findings] == [(0, 1)]
    with chain(MIXED, nonfinite="ignore") as session:
        assert session.continue_().reason == "end"
        assert session.findings == ()
