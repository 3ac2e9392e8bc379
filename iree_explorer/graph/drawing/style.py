"""The style sheet of the SVG pictures, scoped to them so that it changes nothing else in a page."""

from __future__ import annotations

from functools import cache

from iree_explorer.graph.drawing.palette import DARK, LIGHT, Palette
from iree_explorer.graph.model import EDGE_KINDS, NODE_KINDS

_GROUNDS = ("paper", "region", "region_line", "wave", "node", "node_line", "text", "faint")


def _colours(palette: Palette) -> dict[str, str]:
    """Variable name → colour."""
    colours = {name.replace("_", "-"): str(getattr(palette, name)) for name in _GROUNDS}
    colours |= {f"kind-{kind}": palette.kinds[kind] for kind in NODE_KINDS}
    return colours | {f"edge-{kind}": palette.edges[kind] for kind in EDGE_KINDS}


@cache
def style_sheet(theme: str) -> str:
    """CSS for a picture of class `ieg-{theme}`; of `auto` it follows the reader's system by variables."""
    root = f".ieg-{theme}"
    if theme == "auto":
        light, dark = _variables(root, LIGHT), _variables(root, DARK)
        names = {name: f"var(--ieg-{name})" for name in _colours(LIGHT)}
        return light + f"@media (prefers-color-scheme:dark){{{dark}}}" + _rules(root, names)
    return _rules(root, _colours(DARK if theme == "dark" else LIGHT))


def _variables(root: str, palette: Palette) -> str:
    return root + "{" + "".join(f"--ieg-{name}:{colour};" for name, colour in _colours(palette).items()) + "}"


def _rules(root: str, colour: dict[str, str]) -> str:
    rules = {
        "text": f"font:11px system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif;fill:{colour['text']}",
        ".title": "font-size:16px;font-weight:600",
        ".name": "font:600 12px ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono',monospace",
        ".faint": f"fill:{colour['faint']}",
        ".size": f"fill:{colour['faint']};text-anchor:end;font-size:10px",
        ".lane": f"fill:{colour['faint']};text-anchor:middle;font-weight:600;letter-spacing:.04em",
        ".paper": f"fill:{colour['paper']}",
        ".region>rect": f"fill:{colour['region']};stroke:{colour['region-line']}",
        ".wave>rect": f"fill:{colour['wave']}",
        ".box": f"fill:{colour['node']};stroke:{colour['node-line']}",
        ".folded .box": "stroke-dasharray:4 2;stroke-width:1.5",
        ".header text": f"paint-order:stroke;stroke:{colour['region']};stroke-width:4px;stroke-linejoin:round",
        ".edge": "fill:none;stroke-width:1.4",
        ".edge.tied": "stroke-width:2.4",
        ".edge.timepoint": "stroke-dasharray:6 3",
        ".edge.captured": "stroke-dasharray:2 3",
    }
    rules |= {f".{kind} .bar": f"fill:{colour[f'kind-{kind}']}" for kind in NODE_KINDS}
    rules |= {
        f".edge.{kind}": rules.get(f".edge.{kind}", "") + f";stroke:{colour[f'edge-{kind}']}" for kind in EDGE_KINDS
    }
    rules |= {f".head.{kind}": f"fill:{colour[f'edge-{kind}']};stroke:none" for kind in EDGE_KINDS}
    return "".join(f"{root} {selector}{{{body.lstrip(';')}}}" for selector, body in rules.items())
