"""The record of a run."""

import json

from iree_explorer.execution.timeline import HOST, Span, Timeline

SPANS = (
    Span(1, "a", 0, 0, 100, 8, region=0),
    Span(2, "b", 1, 0, 30, 8, region=1),
    Span(3, "c", 0, 100, 150, 8, region=2, wave=0),
    Span(4, "d", 1, 100, 180, 8, region=2, wave=0),
    Span(5, "e", HOST, 190, 200, 0),
)
TIMELINE = Timeline(SPANS, 2, 64, ((0, 2), (1, 2)))


def test_the_critical_path_follows_what_had_to_wait() -> None:
    assert TIMELINE.critical_path() == (0, 3)
    assert Timeline().critical_path() == ()


def test_chrome_events() -> None:
    events = json.loads(TIMELINE.to_chrome())["traceEvents"]
    assert [event["args"]["name"] for event in events if event["ph"] == "M"] == ["host", "worker 0", "worker 1"]
    spans = [event for event in events if event["ph"] == "X"]
    assert [(event["name"], event["ts"], event["dur"], event["tid"]) for event in spans][3] == ("d", 0.1, 0.08, 2)


def test_json() -> None:
    plain = TIMELINE.to_json()
    assert plain["workers"] == 2
    assert plain["spans"][2]["region"] == 2
    json.dumps(plain)
