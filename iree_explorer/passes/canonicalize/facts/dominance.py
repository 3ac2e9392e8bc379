"""What comes before what across blocks and regions, asked of the IR as it is now. # MLIR: Dominance.cpp."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.ir import Block, Operation, OpResult, SSAValue

from iree_explorer.analysis.blocks import block_dominates, immediate_dominators
from iree_explorer.passes.canonicalize.facts.order import Order


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


def value_dominates(value: SSAValue, op: Operation, order: Order) -> bool:
    """Whether `value` is there when `op` runs; its results are, too. # MLIR: DominanceInfo::dominates."""
    defining = value.op.parent if isinstance(value, OpResult) else value.owner
    if not isinstance(defining, Block):
        return False
    ancestor: Operation | None = op
    while ancestor is not None and ancestor.parent is not defining:
        ancestor = ancestor.parent_op()
    if ancestor is None:
        return op.parent is not None and block_dominates(defining, op.parent)
    return not isinstance(value, OpResult) or value.op is ancestor or order.is_before(value.op, ancestor)


def _common(a: Block, b: Block) -> Block | None:
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
    parents = immediate_dominators(a.parent)
    above: set[Block] = set()
    step: Block | None = a
    while step is not None:
        above.add(step)
        step = parents.get(step)
    step = b
    while step is not None and step not in above:
        step = parents.get(step)
    return step


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
