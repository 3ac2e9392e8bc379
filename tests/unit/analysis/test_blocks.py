"""Dominance and topological order, against the slow and obvious ways to find them."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.dialects.builtin import i32
from xdsl.ir import Block, Operation, Region

from iree_explorer.analysis.blocks import (
    block_dominates,
    blocks_in_dominance_order,
    immediate_dominators,
    stable_order,
    topological_order,
)


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    """For each block the numbers of its successors."""
    count = draw(st.integers(1, 7))
    return [draw(st.lists(st.integers(0, count - 1), max_size=3)) for _ in range(count)]


def region_of(graph: list[list[int]]) -> Region:
    blocks = [Block() for _ in graph]
    for block, successors in zip(blocks, graph, strict=True):
        block.add_op(test.TestTermOp(successors=[blocks[i] for i in successors]))
    return Region(blocks)


def reachable(graph: list[list[int]], without: int | None = None) -> set[int]:
    seen: set[int] = set()
    pending = [0] if without != 0 else []
    while pending:
        block = pending.pop()
        if block not in seen and block != without:
            seen.add(block)
            pending += graph[block]
    return seen


@given(graphs())
def test_a_block_dominates_what_cannot_be_reached_without_it(graph: list[list[int]]) -> None:
    region = region_of(graph)
    blocks = list(region.blocks)
    for a in reachable(graph):
        for b in reachable(graph):
            assert block_dominates(blocks[a], blocks[b]) == (a == b or b not in reachable(graph, without=a))


@given(graphs())
def test_dominance_order_has_each_block_once_after_its_dominators(graph: list[list[int]]) -> None:
    region = region_of(graph)
    order = blocks_in_dominance_order(region)
    assert sorted(map(id, order)) == sorted(map(id, region.blocks))
    place = {block: i for i, block in enumerate(order)}
    for block, parent in immediate_dominators(region).items():
        assert parent is None or place[parent] < place[block]


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
