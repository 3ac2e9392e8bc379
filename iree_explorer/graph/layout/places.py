"""Where everything in a picture is: what the layouts make, and the drawings read."""

from __future__ import annotations

from typing import Literal, get_args

from iree_explorer.frozen import frozen

View = Literal["lanes", "dag"]
"""`lanes`: time downwards, a lane per affinity, waves as rows; `dag`: ops below what they need, as near to it as can be."""

VIEWS: tuple[View, ...] = get_args(View)

Point = tuple[int, int]


@frozen
class Box:
    """A rectangle in pixels; `x` and `y` are its upper left corner."""

    x: int
    y: int
    w: int
    h: int


@frozen
class Lane:
    """A column of the picture: `host`, `inputs`, or an affinity (empty where nobody says)."""

    label: str
    x: int
    w: int


@frozen
class Layout:
    """Where everything is, in pixels. Each tuple stands beside the graph's of the same name.

    Attributes:
        edges: the points of each, from source to target: bends of straight lines, or (`view` is `dag`) of a curve.
        waves: per region the boxes of its waves; none at all where the view shows no waves.
        lanes: from left to right; none where the view has none.
    """

    width: int
    height: int
    nodes: tuple[Box, ...]
    edges: tuple[tuple[Point, ...], ...]
    regions: tuple[Box, ...]
    waves: tuple[tuple[Box, ...], ...]
    lanes: tuple[Lane, ...]
    view: View = "lanes"
