"""Attributes are looked up on the op, then outwards."""

import pytest

from iree_explorer.partitioning.config import Favor, lookup_favor, lookup_partitioner
from iree_explorer.syntax import parse

FAVOR = 'stream.partitioning = #stream.partitioning_config<"{}">'
CHOICE = "iree_explorer.partitioning = {{{}}}"


def function(on_module: str, on_function: str):
    text = f"module attributes {{{on_module}}} {{\nutil.func public @main() attributes {{{on_function}}} {{\n  util.return\n}}\n}}\n"
    return next(iter(parse(text).op.ops))


@pytest.mark.parametrize(
    ("on_module", "on_function", "favor"),
    [
        ("", "", Favor.MIN_PEAK_MEMORY),
        (FAVOR.format("debug"), "", Favor.DEBUG),
        (FAVOR.format("debug"), FAVOR.format("max-concurrency"), Favor.MAX_CONCURRENCY),
        ("", 'stream.partitioning = "debug"', Favor.MIN_PEAK_MEMORY),
    ],
)
def test_the_nearest_favor_holds(on_module: str, on_function: str, favor: Favor) -> None:
    assert lookup_favor(function(on_module, on_function)) is favor


def test_the_default_holds_where_nobody_says() -> None:
    assert lookup_favor(function("", ""), Favor.DEBUG) is Favor.DEBUG


def test_each_scope_is_chosen_by_itself() -> None:
    op = function(CHOICE.format('execution = "a", concurrency = "b"'), CHOICE.format('execution = "c"'))
    assert lookup_partitioner(op, "execution", "x") == ("c", op)
    assert lookup_partitioner(op, "concurrency", "x") == ("b", op.parent_op())
    assert lookup_partitioner(function("", ""), "execution", "x") == ("x", None)
