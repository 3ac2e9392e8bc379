"""What comes before what across blocks and regions, asked of the IR as it is now. # MLIR: Dominance.cpp."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.ir import Block, Operation, OpResult, Region, SSAValue

from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.ir.block_graph import dominator_tree, immediate_dominators
from iree_explorer.ir.storage import ancestor_in


def blocks_in_dominance_order(region: Region) -> list[Block]:
    """The blocks of `region`, each after those that dominate it; unreachable ones last, as they stand.

    # IREE: ScheduleExecution.cpp, sortBlocksInDominanceOrder
    """
    blocks = list(region.blocks)
    if len(blocks) <= 1:
        return blocks
    children = dominator_tree(blocks[0])
    marked: dict[Block, None] = {}
    for block in reversed(blocks):
        if block in children:
            _mark_after_children(block, children, marked)
    ordered = list(reversed(marked))
    # Differs: on unreachable blocks the real tool crashes.
    return ordered + [block for block in blocks if block not in marked]


def _mark_after_children(root: Block, children: dict[Block, list[Block]], marked: dict[Block, None]) -> None:
    pending = [(root, False)]
    while pending:
        block, entered = pending.pop()
        if entered:
            marked.setdefault(block)
        elif block not in marked:
            pending.append((block, True))
            pending.extend((child, False) for child in reversed(children[block]))


def value_dominates(value: SSAValue, op: Operation, orders: BlockOrders) -> bool:
    """Whether `value` is there when `op` runs; its results are, too. # MLIR: DominanceInfo::dominates."""
    defining = value.op.parent if isinstance(value, OpResult) else value.owner
    if not isinstance(defining, Block):
        return False
    ancestor = ancestor_in(defining, op)
    if ancestor is None:
        return op.parent is not None and block_dominates(defining, op.parent)
    return not isinstance(value, OpResult) or value.op is ancestor or orders.is_before(value.op, ancestor)


def block_dominates(above: Block, below: Block) -> bool:
    """Whether every way to `below` leads through `above`; a block of an outer region is asked by where `below` is in."""
    region = above.parent
    inside = None if region is None else region.find_ancestor_block_in_region(below)
    return inside is not None and (inside is above or above in _dominators(inside))


def nearest_common_dominator(blocks: Iterable[Block]) -> Block | None:
    """The last block that every way to any of `blocks` leads through; None: there is none.

    Of blocks in different regions, the ones around them in the innermost region that holds all.
    """
    common: Block | None = None
    for block in blocks:
        common = block if common is None else _common(common, block)
        if common is None:
            return None
    return common


def _common(a: Block, b: Block) -> Block | None:
    if a is b:
        return a
    pair = _in_one_region(a, b)
    if pair is None:
        return None
    a, b = pair
    if a is b:
        return a
    assert a.parent is not None
    # LLVM: GenericDomTree.h, findNearestCommonDominator: asked first, so it holds for unreachable blocks, too.
    if a.parent.first_block in pair:
        return a.parent.first_block
    of_a = _dominators(a)
    return next((block for block in _dominators(b) if block in of_a), None)


def _dominators(block: Block) -> dict[Block, None]:
    """The blocks of the region of `block` that every way to it leads through, itself first, the entry last."""
    assert block.parent is not None
    assert block.parent.first_block is not None
    parents = immediate_dominators(block.parent.first_block)
    found: dict[Block, None] = {}
    step: Block | None = block
    while step is not None:
        found[step] = None
        step = parents.get(step)
    return found


def _in_one_region(a: Block, b: Block) -> tuple[Block, Block] | None:
    """The blocks around `a` and `b` that are in the innermost region that holds both; None: there is none."""
    around_a = {block.parent: block for block in _blocks_around(a)}
    for block in _blocks_around(b):
        if block.parent in around_a:
            return around_a[block.parent], block
    return None


def _blocks_around(block: Block) -> Iterable[Block]:
    current: Block | None = block
    while current is not None:
        yield current
        current = current.parent_block()
