"""Blocks that do the same are found without comparing each with each."""

from unittest.mock import patch

from iree_explorer.passes.canonicalize import canonicalize
from iree_explorer.passes.canonicalize.greedy import blocks
from iree_explorer.syntax import parse, print_module


def _switch(callees: list[str]) -> str:
    """A function that calls another in each case."""
    cases = "".join(f", {number}: ^b{number}" for number in range(len(callees)))
    bodies = "".join(
        f"^b{number}:\nutil.call @{callee}() : () -> ()\ncf.br ^end\n" for number, callee in enumerate(callees)
    )
    return (
        "".join(f"util.func private @{name}()\n" for name in sorted(set(callees)))
        + f"util.func public @main(%i: i32) {{\ncf.switch %i : i32, [default: ^end{cases}]\n"
        + f"{bodies}^end:\nutil.return\n}}"
    )


def test_blocks_that_differ_are_not_compared_op_by_op() -> None:
    module = parse(_switch([f"f{number}" for number in range(20)]))
    with patch.object(blocks, "same_but_operands", wraps=blocks.same_but_operands) as compared:
        canonicalize(module.op)
    assert compared.call_count == 0


def test_blocks_that_do_the_same_are_merged_wherever_they_stand() -> None:
    module = parse(_switch(["f", "g", "f", "g", "f"]))
    canonicalize(module.op)
    text = print_module(module.op)
    assert [text.count(f"util.call @{name}") for name in "fg"] == [1, 1]
