from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.ir import Block, Region

from iree_explorer.syntax.dominators import children_in_dominator_tree

GRAPHS = st.integers(1, 8).flatmap(
    lambda count: st.lists(st.lists(st.integers(0, count - 1), max_size=3), min_size=count, max_size=count)
)


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


@given(GRAPHS)
def test_a_block_dominates_what_cannot_be_reached_without_it(graph: list[list[int]]) -> None:
    blocks = [Block() for _ in graph]
    for block, successors in zip(blocks, graph, strict=True):
        block.add_op(test.TestTermOp(successors=[blocks[index] for index in successors]))
    region = Region(blocks)
    assert region.first_block is blocks[0]
    found = children_in_dominator_tree(blocks[0])
    tree = {blocks.index(parent): [blocks.index(child) for child in children] for parent, children in found.items()}
    assert set(tree) == reachable(graph)
    for block in tree:
        assert dominated(tree, block) == {block} | (reachable(graph) - reachable(graph, without=block))
