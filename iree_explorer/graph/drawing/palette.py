"""Colours of the pictures, light and dark: every kind of node and edge has its own, readable on both grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iree_explorer.graph.model import EdgeKind, NodeKind


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`; text on `paper`, `region`, `wave` and `node` has a contrast of 4.5 or more."""

    paper: str
    region: str
    region_line: str
    wave: str
    node: str
    node_line: str
    text: str
    faint: str
    kinds: Mapping[NodeKind, str]
    edges: Mapping[EdgeKind, str]


LIGHT = Palette(
    paper="#ffffff",
    region="#f6f8fb",
    region_line="#c3cddb",
    wave="#e9eef6",
    node="#ffffff",
    node_line="#b6c1d0",
    text="#1b2430",
    faint="#536072",
    kinds={
        "dispatch": "#3b6fd4",
        "copy": "#0e8a8a",
        "fill": "#b7791f",
        "constant": "#8a6d3b",
        "transfer": "#8e44ad",
        "update": "#0a7ea4",
        "slice": "#5b8c2a",
        "clone": "#0f8a5f",
        "alloca": "#7a6a5a",
        "host": "#5d6b7e",
        "other": "#7d8796",
    },
    edges={"resource": "#6b7f99", "tied": "#c2410c", "timepoint": "#7c3aed", "captured": "#94a0b0"},
)

DARK = Palette(
    paper="#14181f",
    region="#1b212b",
    region_line="#3a4658",
    wave="#232b38",
    node="#2a3442",
    node_line="#4a586c",
    text="#e8edf4",
    faint="#a3b0c2",
    kinds={
        "dispatch": "#6d9bf5",
        "copy": "#35c2c2",
        "fill": "#e5ad55",
        "constant": "#cdb07a",
        "transfer": "#c58be0",
        "update": "#4db8dd",
        "slice": "#9ccb63",
        "clone": "#4fcb9b",
        "alloca": "#b7a796",
        "host": "#9aa8bb",
        "other": "#a7b1bf",
    },
    edges={"resource": "#8397b2", "tied": "#fb8b4b", "timepoint": "#a78bfa", "captured": "#6c7a8e"},
)
