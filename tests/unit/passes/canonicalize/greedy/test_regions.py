"""What is dead, through blocks and around loops."""

import sys

from xdsl.ir import Operation

from iree_explorer.passes.canonicalize.greedy.regions import erase_dead_code
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook
from iree_explorer.syntax import parse


def _function(text: str) -> Operation:
    return next(iter(parse(text).op.body.block.ops))


def test_a_value_lives_through_more_blocks_than_python_has_frames() -> None:
    count = sys.getrecursionlimit() + 1
    blocks = "".join(
        f"^b{i}(%v{i}: i32, %d{i}: i32):\ncf.br ^b{i + 1}(%v{i}, %d{i} : i32, i32)\n" for i in range(count)
    )
    op = _function(
        f"util.func public @f(%c: i32) -> i32 {{\ncf.br ^b0(%c, %c : i32, i32)\n{blocks}"
        f"^b{count}(%v: i32, %d: i32):\nutil.return %v : i32\n}}"
    )
    erase_dead_code(Rewriter(op.regions[0], RuleBook()), op.regions[0])
    assert {len(block.args) for block in op.regions[0].blocks} == {1}
