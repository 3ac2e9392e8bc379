"""Dominance, against what can be reached when a block is taken away."""

from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.dialects.builtin import i32
from xdsl.ir import Block, Region

from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.analysis.dominance import (
    block_dominates,
    blocks_in_dominance_order,
    nearest_common_dominator,
    value_dominates,
)
from iree_explorer.ir.block_graph import immediate_dominators


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
    for block, parent in immediate_dominators(order[0]).items():
        assert parent is None or place[parent] < place[block]


@given(graphs())
def test_the_nearest_common_dominator_is_dominated_by_all_others(graph: list[list[int]]) -> None:
    blocks = list(region_of(graph).blocks)
    places = sorted(reachable(graph))
    for a in places:
        for b in places:
            common = [
                c for c in places if block_dominates(blocks[c], blocks[a]) and block_dominates(blocks[c], blocks[b])
            ]
            [nearest] = [c for c in common if all(block_dominates(blocks[other], blocks[c]) for other in common)]
            assert nearest_common_dominator([blocks[a], blocks[b]]) is blocks[nearest]


def test_blocks_of_different_regions_are_asked_by_where_they_are() -> None:
    first, second = Block([test.TestTermOp()]), Block([test.TestTermOp()])
    outer = Block([test.TestOp(regions=[Region(first), Region(second)]), test.TestTermOp()])
    top = Region(outer)
    assert top.first_block is outer
    assert nearest_common_dominator([first, second]) is outer
    assert nearest_common_dominator([first, outer]) is outer
    assert nearest_common_dominator([first, Block()]) is None
    assert nearest_common_dominator([]) is None
    assert block_dominates(outer, first)
    assert not block_dominates(first, outer)
    assert not block_dominates(first, second)


def test_a_value_dominates_what_comes_later_and_its_own_op() -> None:
    inner = test.TestOp()
    block = Block(arg_types=[i32])
    maker, user = test.TestOp(result_types=[i32]), test.TestOp(regions=[Region(Block([inner]))])
    block.add_ops([maker, user])
    other = Block([test.TestTermOp()])
    block.add_op(test.TestTermOp(successors=[other]))
    region = Region([block, other])
    orders = BlockOrders()
    [value] = maker.results
    assert region.first_block is block
    assert value_dominates(value, maker, orders)
    assert value_dominates(value, inner, orders)
    assert value_dominates(block.args[0], maker, orders)
    for op in other.ops:
        assert value_dominates(value, op, orders)
    late = test.TestOp(result_types=[i32])
    block.insert_op_before(late, user.next_op or user)
    assert not value_dominates(late.results[0], user, orders)
    assert not value_dominates(late.results[0], inner, orders)
