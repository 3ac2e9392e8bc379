"""The graph of a region's blocks, against what can be reached when a block is taken away."""

from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.ir import Block, Region

from iree_explorer.ir.block_graph import dominator_tree, walk_depth_first

GRAPHS = st.integers(1, 8).flatmap(
    lambda count: st.lists(st.lists(st.integers(0, count - 1), max_size=3), min_size=count, max_size=count)
)


def blocks_of(graph: list[list[int]]) -> list[Block]:
    blocks = [Block() for _ in graph]
    for block, successors in zip(blocks, graph, strict=True):
        block.add_op(test.TestTermOp(successors=[blocks[index] for index in successors]))
    assert len(Region(blocks).blocks) == len(blocks)
    return blocks


def reachable(graph: list[list[int]], without: int | None = None) -> set[int]:
    seen: set[int] = set()
    pending = [0] if without != 0 else []
    while pending:
        block = pending.pop()
        if block not in seen:
            seen.add(block)
            pending += [successor for successor in graph[block] if successor != without]
    return seen


def dominated(tree: dict[int, list[int]], block: int) -> set[int]:
    return {block}.union(*(dominated(tree, child) for child in tree[block]))


def recursive_walk(graph: list[list[int]], block: int, entered: list[int], left: list[int]) -> None:
    entered.append(block)
    for successor in graph[block]:
        if successor not in entered:
            recursive_walk(graph, successor, entered, left)
    left.append(block)


@given(GRAPHS)
def test_a_block_dominates_what_cannot_be_reached_without_it(graph: list[list[int]]) -> None:
    blocks = blocks_of(graph)
    found = dominator_tree(blocks[0])
    tree = {blocks.index(parent): [blocks.index(child) for child in children] for parent, children in found.items()}
    assert set(tree) == reachable(graph)
    for block in tree:
        assert dominated(tree, block) == {block} | (reachable(graph) - reachable(graph, without=block))


@given(GRAPHS)
def test_the_walk_enters_and_leaves_as_a_recursive_one(graph: list[list[int]]) -> None:
    blocks = blocks_of(graph)
    seen: dict[Block, Block | None] = {}
    left = walk_depth_first(blocks[0], seen)
    wanted_entered, wanted_left = list[int](), list[int]()
    recursive_walk(graph, 0, wanted_entered, wanted_left)
    assert [blocks.index(block) for block in seen] == wanted_entered
    assert [blocks.index(block) for block in left] == wanted_left


def test_a_walk_does_not_pass_blocks_seen_before_nor_leave_the_region() -> None:
    outside = Block([test.TestTermOp()])
    a, b, c = blocks = blocks_of([[1], [2], []])
    last = a.last_op
    assert last is not None
    last.successors = [b, outside]
    assert walk_depth_first(a, {b: None}) == [a]
    assert walk_depth_first(a, {}) == [c, b, a]
    assert list(dominator_tree(a)) == blocks
