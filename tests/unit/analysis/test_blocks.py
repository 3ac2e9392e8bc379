"""The order of ops, against the slow and obvious ways to find it."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.dialects.builtin import i32
from xdsl.ir import Block, Operation, Region

from iree_explorer.analysis.blocks import BlockOrders, stable_order, topological_order


def ops_of(waits: Sequence[Sequence[int]], nested: Sequence[bool]) -> list[Operation]:
    """Ops that use each other's results, some of them inside a region."""
    ops: list[Operation] = [
        test.TestOp(result_types=[i32], regions=[Region(Block([test.TestOp()]))] if inside else []) for inside in nested
    ]
    for op, needed in zip(ops, waits, strict=True):
        user = op.regions[0].block.first_op if op.regions else op
        assert user is not None
        user.operands = [ops[i].results[0] for i in needed]
    return ops


def sorted_as_mlir_does(waits: Sequence[Sequence[int]]) -> tuple[list[int], bool]:
    """Goes over what is left again and again, and takes what is ready. MLIR: sortTopologically."""
    left, taken, complete = list(range(len(waits))), list[int](), True
    while left:
        before = len(taken)
        for i in list(left):
            if all(j in taken or j == i for j in waits[i]):
                taken.append(i)
                left.remove(i)
        if len(taken) == before:
            complete = False
            taken.append(left.pop(0))
    return taken, complete


@st.composite
def dependences(draw: st.DrawFn) -> tuple[list[list[int]], list[bool]]:
    count = draw(st.integers(0, 9))
    forward_only = draw(st.booleans())
    numbers = draw(st.permutations(range(count)))
    waits = [
        draw(st.lists(st.sampled_from(numbers[:i] if forward_only else numbers), max_size=3))
        if (i or not forward_only)
        else []
        for i in range(count)
    ]
    by_place = [waits[numbers.index(i)] for i in range(count)] if forward_only else waits
    return by_place, draw(st.lists(st.booleans(), min_size=count, max_size=count))


@given(dependences())
def test_topological_order_is_that_of_mlir(case: tuple[list[list[int]], list[bool]]) -> None:
    waits, nested = case
    ops = ops_of(waits, nested)
    ordered, complete = topological_order(ops)
    expected, possible = sorted_as_mlir_does(waits)
    assert [ops.index(op) for op in ordered] == expected
    assert complete == possible


def test_what_is_in_order_stays_as_it_is() -> None:
    ops = ops_of([[], [0], [], [2, 0]], [False, True, False, True])
    assert topological_order(ops) == (ops, True)


@given(st.data())
def test_the_stable_order_takes_the_first_of_all_that_is_ready(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 8))
    ops = [test.TestOp(result_types=[i32]) for _ in range(count)]
    order = data.draw(st.permutations(range(count)))
    for place, number in enumerate(order):
        uses = data.draw(st.lists(st.sampled_from(order[:place]), max_size=2)) if place else []
        ops[number].operands = [ops[used].results[0] for used in uses]
    left, taken = list(ops), []
    while left:
        taken.append(next(op for op in left if all(value.owner in taken for value in op.operands)))
        left.remove(taken[-1])
    assert stable_order(ops) == (taken, True)


def test_the_stable_order_tells_of_a_cycle() -> None:
    first, second = test.TestOp(result_types=[i32]), test.TestOp(result_types=[i32])
    first.operands, second.operands = second.results, first.results
    ordered, complete = stable_order([first, second])
    assert not complete
    assert ordered == [first, second]


places = st.integers(0, 1_000)


@given(
    st.integers(2, 20),
    st.lists(st.tuples(st.sampled_from(["insert", "move", "erase", "ask"]), places, places), max_size=60),
)
def test_agrees_with_the_block(size: int, changes: list[tuple[str, int, int]]) -> None:
    block = Block([test.TestOp() for _ in range(size)])
    order = BlockOrders()
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
    order, last = BlockOrders(), block.last_op
    assert last is not None
    for _ in range(200):
        new = test.TestOp()
        block.insert_op_before(new, last)
        assert order.is_before(new, last)
        assert not order.is_before(last, new)
    ops = list(block.ops)
    assert all(order.is_before(a, b) for a, b in pairwise(ops))
