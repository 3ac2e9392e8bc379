"""The record of a run."""

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.execution import run
from iree_explorer.execution.recording.span import HOST, Span
from iree_explorer.execution.recording.timeline import Timeline
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.programs import INITIALIZED, program

SPANS = (
    Span(1, "a", 0, 0, 100, 8, region=0),
    Span(2, "b", 1, 0, 30, 8, region=1),
    Span(3, "c", 0, 100, 150, 8, 2, 0, "@dev"),
    Span(4, "d", 1, 100, 180, 8, 2, 0, "@dev"),
    Span(5, "e", HOST, 190, 200, 0),
)
TIMELINE = Timeline(SPANS, 2, 64, ((0, 2), (1, 2)))


def test_the_critical_path_follows_what_had_to_wait() -> None:
    assert TIMELINE.critical_path() == (0, 3)
    assert Timeline().critical_path() == ()


def test_items_that_follow_each_other_in_a_region_are_one_chain() -> None:
    """Ops of no wave follow each other, though all have the same number for a wave: none."""
    spans = (Span(1, "a", 0, 0, 10, 8), Span(2, "long", 1, 0, 15, 8, 1), Span(3, "b", 0, 10, 20, 8))
    assert Timeline(spans, 2).critical_path() == (0, 2)


def test_a_region_without_ops_hands_on_what_it_waited_for() -> None:
    spans = (Span(1, "a", 0, 0, 10, 8, 0), Span(2, "long", 1, 0, 15, 8, 1), Span(3, "b", 0, 10, 20, 8, 3))
    assert Timeline(spans, 2, edges=((0, 2), (2, 3))).critical_path() == (0, 2)


@st.composite
def records(draw: st.DrawFn) -> Timeline:
    """What a run may leave: regions of items and waves, each after those that it awaits, on a clock."""
    spans: list[Span] = []
    edges: list[tuple[int, int]] = []
    ends: list[int] = []
    for region in range(draw(st.integers(1, 6))):
        awaited = draw(st.sets(st.integers(0, region - 1))) if region else set[int]()
        edges += [(before, region) for before in sorted(awaited)]
        clock = max((ends[before] for before in awaited), default=0)
        for place in range(draw(st.integers(0, 4))):
            clock += draw(st.integers(0, 9))
            width = draw(st.integers(1, 3))
            wave = place if width > 1 else -1
            starts = [clock + draw(st.integers(0, 3)) for _ in range(width)]
            made = [
                Span(len(spans) + n, f"op{n}", n, start, start + draw(st.integers(0, 20)), 1, region, wave)
                for n, start in enumerate(starts)
            ]
            spans += made
            clock = max(span.end for span in made)
        ends.append(clock)
    return Timeline(tuple(sorted(spans, key=lambda span: span.start)), 4, 0, tuple(edges))


def must_wait(timeline: Timeline, before: Span, after: Span) -> bool:
    """Whether `after` surely started behind `before`: an item before it in its region, or through awaited regions."""
    if before.region == after.region:
        return before.end <= after.start and (before.wave != after.wave or before.wave < 0)
    behind = {before.region}
    for first, second in sorted(timeline.edges, key=lambda edge: edge[1]):
        if first in behind:
            behind.add(second)
    return after.region in behind


@given(records())
def test_the_critical_path_is_a_chain_no_longer_than_the_run(timeline: Timeline) -> None:
    path = [timeline.spans[place] for place in timeline.critical_path()]
    assert all(must_wait(timeline, before, after) for before, after in pairwise(path))
    wall = max((span.end for span in timeline.spans), default=0)
    length = sum(span.duration for span in path)
    assert length <= wall
    assert length >= max((span.duration for span in timeline.spans), default=0)
    told = timeline.to_json()["spans"]
    assert [span["op"] for span in told if span["critical"]] == [span.op for span in path]


@given(st.integers(0, 10**6), st.sampled_from([1, 2]))
def test_what_a_run_records_is_right(number: int, workers: int) -> None:
    module = schedule(parse(program(number)))
    timeline = run(module, workers=workers).timeline
    path = [timeline.spans[place] for place in timeline.critical_path()]
    assert all(must_wait(timeline, before, after) for before, after in pairwise(path))
    assert sum(span.duration for span in path) <= max(span.end for span in timeline.spans)
    assert all(0 <= span.worker < workers and span.start <= span.end for span in timeline.spans if span.region >= 0)
    assert timeline.peak_bytes >= max(span.bytes // 2 for span in timeline.spans)


def test_peak_bytes_are_those_of_resources_that_live_at_once() -> None:
    text = """module {
  util.func public @main() -> !hal.buffer_view {
    %c0 = arith.constant 0 : index
    %c8 = arith.constant 8 : index
    %c100 = arith.constant 100 : index
    %v = arith.constant 7 : i8
    %a = stream.async.splat %v : i8 -> !stream.resource<transient>{%c100}
    %b = stream.async.slice %a[%c0 to %c8] : !stream.resource<transient>{%c100} -> !stream.resource<transient>{%c8}
    %c = stream.async.splat %v : i8 -> !stream.resource<transient>{%c100}
    %d = stream.async.copy %b[%c0 to %c8], %c[%c0 to %c8], %c8 : !stream.resource<transient>{%c8} -> %c as !stream.resource<transient>{%c100}
    %e = stream.tensor.export %d : tensor<100xi8> in !stream.resource<transient>{%c100} -> !hal.buffer_view
    util.return %e : !hal.buffer_view
  }
}
"""
    assert run(parse(text)).timeline.peak_bytes == 108  # %a is let go before %c comes; %d lies in %c


def test_all_that_shows_a_timeline_numbers_regions_as_the_trace_does() -> None:
    """Though the initializer's region is the first that is issued, the function's own is number 0."""
    timeline = run(schedule(parse(INITIALIZED))).timeline
    places = ["partition 0 of @initializer, wave 0", "partition 0, wave 0"]
    assert [span.where for span in timeline.spans] == places
    events = json.loads(timeline.to_chrome())["traceEvents"]
    assert [event["args"]["where"] for event in events if event["ph"] == "X"] == places
    for text in (repr(timeline), timeline.to_svg()):
        assert [place for place in places if place in text] == places
        assert "region" not in text


def test_chrome_events() -> None:
    events = json.loads(TIMELINE.to_chrome())["traceEvents"]
    assert [event["args"]["name"] for event in events if event["ph"] == "M"] == ["host", "worker 0", "worker 1"]
    spans = [event for event in events if event["ph"] == "X"]
    assert [(event["name"], event["ts"], event["dur"], event["tid"]) for event in spans][3] == ("d", 0.1, 0.08, 2)
    assert [event["cat"] for event in spans] == ["host,critical", "host", "@dev", "@dev,critical", "host"]
    assert [event["args"]["critical"] for event in spans] == [True, False, False, True, False]


def test_a_repr_shows_the_first_spans_and_how_many_more_there_are() -> None:
    many = Timeline(tuple(Span(place, f"op{place}", 0, place, place + 1, 8, region=place) for place in range(45)), 1)
    text = repr(many)
    assert "op39, 8 bytes" in text
    assert "op40" not in text
    assert text.endswith("\n  and 5 more>")
    assert "more" not in repr(many.tail(40))
    assert [span.name for span in many.tail(2).spans] == ["op43", "op44"]
    assert (many.tail(0).spans, many.tail(99)) == ((), many)
    assert "45 ops on 1 worker in 0.00 ms" in many.summary


def test_json() -> None:
    plain = TIMELINE.to_json()
    assert plain["workers"] == 2
    assert plain["spans"][2]["region"] == 2
    json.dumps(plain)
