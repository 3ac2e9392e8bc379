"""Edges of the lane layout: tracks for long ones, and lines that run level or upright."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer.graph import Graph, lay_out
from iree_explorer.graph.layout.routes import MAX_TRACKS, Net, Tracks
from tests.unit.graph.generated import graphs

SPANS = st.dictionaries(
    st.tuples(st.integers(0, 40), st.sampled_from(["%0", "%1"])),
    st.tuples(st.integers(0, 100), st.integers(0, 100)),
    max_size=MAX_TRACKS,
)


def assigned(spans: dict[Net, tuple[int, int]]) -> Tracks:
    tracks = Tracks()
    for net, (top, bottom) in spans.items():
        tracks.need(net, top, bottom)
    tracks.assign()
    return tracks


@given(SPANS)
def test_nets_at_one_height_have_tracks_of_their_own(spans: dict[Net, tuple[int, int]]) -> None:
    tracks = assigned(spans)
    for (first, a), (second, b) in combinations(spans.items(), 2):
        if max(min(a), min(b)) <= min(max(a), max(b)):
            assert tracks.track[first] != tracks.track[second]
    most = max((sum(min(s) <= y <= max(s) for s in spans.values()) for y in range(101)), default=0)
    assert tracks.count == most


def test_a_track_is_used_again_below() -> None:
    tracks = assigned({(0, "%0"): (0, 10), (1, "%1"): (11, 20), (2, "%2"): (5, 15)})
    assert tracks.track == {(0, "%0"): 0, (1, "%1"): 0, (2, "%2"): 1}


def test_what_a_net_needs_twice_is_one_span() -> None:
    tracks = Tracks()
    tracks.need((0, "%0"), 30, 10)
    tracks.need((0, "%0"), 20, 40)
    assert tracks.spans == {(0, "%0"): (10, 40)}


def test_there_are_never_more_tracks_than_fit() -> None:
    tracks = assigned({(number, "%0"): (0, 10) for number in range(3 * MAX_TRACKS)})
    assert tracks.count == MAX_TRACKS
    assert set(tracks.track.values()) == set(range(MAX_TRACKS))


@settings(max_examples=60)
@given(graphs())
def test_lines_begin_and_end_at_their_nodes_and_have_no_needless_point(graph: Graph) -> None:
    layout = lay_out(graph)
    for edge, line in zip(graph.edges, layout.edges, strict=True):
        source, target = layout.nodes[edge.source], layout.nodes[edge.target]
        (sx, sy), (tx, ty) = line[0], line[-1]
        beside = sx == source.x + source.w and source.y < sy < source.y + source.h
        below = source.x < sx < source.x + source.w and sy == source.y + source.h
        assert beside or below
        assert (target.x < tx < target.x + target.w and ty == target.y) or (beside and tx == target.x)
        for (ax, ay), (bx, by) in pairwise(line):
            assert (ax == bx) != (ay == by)
        for a, b, c in zip(line, line[1:], line[2:], strict=False):
            assert not a[0] == b[0] == c[0]
            assert not a[1] == b[1] == c[1]


@settings(max_examples=60)
@given(graphs())
def test_edges_of_one_value_leave_their_node_at_one_place(graph: Graph) -> None:
    layout = lay_out(graph)
    starts: dict[Net, set[int]] = {}
    for edge, line in zip(graph.edges, layout.edges, strict=True):
        source = layout.nodes[edge.source]
        if line[0][1] == source.y + source.h:
            starts.setdefault((edge.source, edge.label), set()).add(line[0][0])
    assert all(len(places) == 1 for places in starts.values())
