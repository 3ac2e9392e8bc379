"""Small programs that each reach one thing; `parse` is all they need."""

from __future__ import annotations

from iree_explorer.exploration import Exploration, explore_module
from iree_explorer.samples import ALL, Sample
from iree_explorer.syntax import parse

R = "!stream.resource<*>{%c64}"

STREAM_SAMPLES: tuple[Sample, ...] = ALL


def dispatch(result: str, name: str, *operands: str, on: str = "") -> str:
    """A dispatch that reads all of its operands and makes 64 bytes."""
    listed = ", ".join(f"{operand}[%c0 to %c64 for %c64]" for operand in operands)
    types = ", ".join([R] * len(operands))
    return f"  {result} = stream.async.dispatch{on} @ex::@{name}({listed}) : ({types}) -> {R}"


def function(*lines: str, name: str = "main", arguments: str = "%arg0: !hal.buffer_view") -> str:
    """A function of these lines, with the constants that `dispatch` uses."""
    head = [
        f"util.func public @{name}({arguments}) {{",
        "  %c0 = arith.constant 0 : index",
        "  %c64 = arith.constant 64 : index",
        "  %c255_i32 = arith.constant 255 : i32",
    ]
    return "\n".join([*head, *lines, "  util.return", "}"]) + "\n"


DIAMOND = function(
    f"  %0 = stream.async.splat %c255_i32 : i32 -> {R}",
    dispatch("%1", "a", "%0"),
    dispatch("%2", "b", "%1"),
    dispatch("%3", "c", "%1"),
    dispatch("%4", "d", "%2", "%3"),
    "  %5 = util.optimization_barrier %4 : !stream.resource<*>",
)
"""`b` and `c` share a wave."""

DIVIDED = function(
    f"  %0 = stream.async.splat %c255_i32 : i32 -> {R}",
    dispatch("%1", "a", "%0", on=" on(#hal.device.affinity<@x>)"),
    dispatch("%2", "b", "%1", on=" on(#hal.device.affinity<@y>)"),
    "  %5 = util.optimization_barrier %2 : !stream.resource<*>",
)

A, B = "#hal.device.affinity<@a>", "#hal.device.affinity<@b>"
CONFLICT = function(
    f"  %0 = stream.async.splat on({A}) %c255_i32 : i32 -> {R}",
    f"  %1 = stream.async.transfer %0 : {R} from({B}) -> to({A}) {R}",
    f"  %2 = stream.async.barrier on({A}) %1 : {R}",
    "  %3 = util.optimization_barrier %2 : !stream.resource<*>",
)
"""Refused: the transfer goes where its barrier goes, and they want to run in different places."""


def explore(text: str, **options: object) -> Exploration:
    """An exploration of a text."""
    return explore_module(parse(text, "program.mlir"), **options)  # pyright: ignore[reportArgumentType]
