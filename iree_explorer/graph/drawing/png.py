"""PNG, by whichever renderer is installed: nothing else here needs one."""

from __future__ import annotations

import importlib
import importlib.util

from iree_explorer.errors import InputError
from iree_explorer.graph.drawing.dot import dot_text
from iree_explorer.graph.drawing.svg import svg_text
from iree_explorer.graph.layout.places import View
from iree_explorer.graph.model import Graph

MISSING = (
    "no PNG renderer is installed: `pip install iree-explorer[png]` (brings resvg-py), or install Graphviz so that `dot` is on "
    "the PATH; SVG, DOT and HTML need neither"
)


def png_bytes(graph: Graph, *, view: View = "lanes") -> bytes:
    """A PNG of `graph`: the picture by `resvg_py` where it is installed, else Graphviz's own by `dot`, which
    is the same for both views.

    Raises:
        InputError: neither is installed, or the renderer fails; the message says what to install.
    """
    if importlib.util.find_spec("resvg_py") is not None:
        return _by_resvg(svg_text(graph, theme="light", view=view))
    return _by_dot(dot_text(graph))


def _by_resvg(svg: str) -> bytes:
    resvg = importlib.import_module("resvg_py")
    try:
        return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=2))
    except ValueError as error:
        raise InputError(f"resvg could not draw the picture: {error}") from error


def _by_dot(dot: str) -> bytes:
    graphviz = importlib.import_module("graphviz")
    try:
        return graphviz.Source(dot).pipe(format="png")
    except graphviz.ExecutableNotFound as error:
        raise InputError(MISSING) from error
    except graphviz.CalledProcessError as error:
        raise InputError(f"Graphviz could not draw the picture: {error}") from error
