from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.execution.recording.gantt import WIDTH
from iree_explorer.execution.recording.span import HOST, Span
from iree_explorer.execution.recording.timeline import Timeline

SVG = "{http://www.w3.org/2000/svg}"


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    spans: list[Span] = []
    for op in range(draw(st.integers(0, 60))):
        start = draw(st.integers(0, 10**9))
        end = start + draw(st.integers(0, 10**9))
        region = draw(st.integers(-1, 9))
        spans.append(
            Span(op, draw(st.text()), draw(st.integers(HOST, 4)), start, end, 8, region, draw(st.integers(-1, 3)))
        )
    return Timeline(tuple(sorted(spans, key=lambda span: span.start)), 5)


@given(timelines())
def test_every_span_is_a_bar_inside_the_picture_and_any_name_is_text(timeline: Timeline) -> None:
    picture = ElementTree.fromstring(timeline.to_svg())
    bars = picture.findall(f"{SVG}rect")
    assert len(bars) == len(timeline.spans)
    for bar in bars:
        assert float(bar.attrib["x"]) + float(bar.attrib["width"]) <= WIDTH
    assert all(
        element.tag in {f"{SVG}{name}" for name in ("svg", "style", "title", "text", "rect")}
        for element in picture.iter()
    )


def test_a_picture_begins_at_its_first_bar() -> None:
    spans = tuple(Span(op, "dispatch", 0, 5_000_000 + op, 6_000_000 + op, 4, 0) for op in range(2))
    picture = ElementTree.fromstring(Timeline(spans, 1).to_svg())
    assert [float(bar.attrib["x"]) for bar in picture.findall(f"{SVG}rect")] == [64, 64]
    assert "5.00 ms" in [text.text for text in picture.findall(f"{SVG}text")]


def test_a_picture_is_read_on_a_dark_page() -> None:
    """A notebook shows it as an image, in which no colour of the page holds."""
    svg = Timeline((Span(0, "dispatch", 0, 0, 1, 4, 0),), 1).to_svg()
    assert "prefers-color-scheme:dark" in svg
    assert 'class="iet"' in svg


def test_the_text_of_a_long_timeline_says_what_it_leaves_out() -> None:
    spans = tuple(Span(op, f"dispatch @d{op}", op % 2, op, op + 1, 4, 0) for op in range(50))
    lines = repr(Timeline(spans, 2)).splitlines()
    assert (
        lines[0] == "<Timeline: 50 ops on 2 workers in 0.00 ms, critical path (*) 0.00 ms, at most 0 bytes in resources"
    )
    assert lines[-1] == "  and 10 more>"
    assert lines[1].endswith("dispatch @d0, 4 bytes")
    assert lines[1].startswith("* ")
