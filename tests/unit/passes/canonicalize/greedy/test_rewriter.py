"""What is visited after a change, and in which order."""

from xdsl.dialects import test
from xdsl.ir import Block, Region

from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook


def test_ops_moved_to_a_new_block_are_visited_in_their_order() -> None:
    ops = [test.TestPureOp() for _ in range(4)]
    block = Block(ops)
    region = Region(block)
    rewriter = Rewriter(region, RuleBook())
    after = rewriter.split_block(block, ops[1])
    assert (list(block.ops), list(after.ops)) == (ops[:1], ops[1:])
    assert list(rewriter.work.taken()) == ops[1:]


def test_ops_that_no_visit_changes_are_not_visited() -> None:
    inert, other = test.TestOp(), test.TestPureOp()
    rewriter = Rewriter(Region(Block([inert, other])), RuleBook())
    rewriter.work.push(inert)
    assert not list(rewriter.work.taken())
    rewriter.work.push_siblings([inert, other])
    assert list(rewriter.work.taken()) == [other]
    assert rewriter.work.is_pending(inert)
    assert not rewriter.work.is_pending(other)


def test_ops_of_a_merged_block_come_after_those_that_were_there() -> None:
    above, below = [test.TestPureOp() for _ in range(3)], [test.TestPureOp() for _ in range(3)]
    dest, source = Block(above), Block(below)
    rewriter = Rewriter(Region([dest, source]), RuleBook())
    assert rewriter.order.is_before(above[0], above[2])
    assert rewriter.order.is_before(below[0], below[2])
    rewriter.merge_blocks(source, dest, ())
    ops = above + below
    assert list(dest.ops) == ops
    assert all(rewriter.order.is_before(a, b) == (i < j) for i, a in enumerate(ops) for j, b in enumerate(ops))
    assert list(rewriter.work.taken()) == below[::-1]
