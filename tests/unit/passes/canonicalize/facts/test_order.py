"""The numbers of ops agree with their order in the block, whatever happens to it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.ir import Block

from iree_explorer.passes.canonicalize.facts.order import Order

places = st.integers(0, 1_000)


@given(
    st.integers(2, 20),
    st.lists(st.tuples(st.sampled_from(["insert", "move", "erase", "ask"]), places, places), max_size=60),
)
def test_agrees_with_the_block(size: int, changes: list[tuple[str, int, int]]) -> None:
    block = Block([test.TestOp() for _ in range(size)])
    order = Order()
    for change, first, second in changes:
        ops = list(block.ops)
        op, other = ops[first % len(ops)], ops[second % len(ops)]
        if change == "insert":
            block.insert_op_before(test.TestOp(), op)
        elif change == "move" and op is not other:
            order.forget(op)
            op.detach()
            block.insert_op_before(op, other)
        elif change == "erase" and len(ops) > 2:
            order.forget(op)
            op.detach()
            op.erase()
        elif change == "ask":
            assert order.is_before(op, other) == (ops.index(op) < ops.index(other))
    ops = list(block.ops)
    assert all(order.is_before(a, b) and not order.is_before(b, a) for a, b in pairwise(ops))


def test_ops_squeezed_into_one_place() -> None:
    block = Block([test.TestOp(), test.TestOp()])
    order, last = Order(), block.last_op
    assert last is not None
    for _ in range(200):
        new = test.TestOp()
        block.insert_op_before(new, last)
        assert order.is_before(new, last)
        assert not order.is_before(last, new)
    ops = list(block.ops)
    assert all(order.is_before(a, b) for a, b in pairwise(ops))
