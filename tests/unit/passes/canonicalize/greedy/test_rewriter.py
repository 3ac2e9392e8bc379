"""What is visited after a change, and in which order."""

from xdsl.dialects import test
from xdsl.ir import Block, Region

from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook


def test_ops_moved_to_a_new_block_are_visited_in_their_order() -> None:
    ops = [test.TestOp() for _ in range(4)]
    block = Block(ops)
    region = Region(block)
    rewriter = Rewriter(region, RuleBook(()).of)
    after = rewriter.split_block(block, ops[1])
    assert (list(block.ops), list(after.ops)) == (ops[:1], ops[1:])
    assert [rewriter.pop() for _ in range(4)] == [*ops[1:], None]
