"""Structural clean-up of regions: unreachable blocks, dead ops and block arguments, equal blocks.

# MLIR: RegionUtils.cpp, simplifyRegions
"""

from __future__ import annotations

from xdsl.ir import Block, BlockArgument, Operation, OpResult, Region, SSAValue

from iree_explorer.ir.block_graph import walk_depth_first
from iree_explorer.ir.interfaces.control_flow import BranchOpInterface
from iree_explorer.passes.canonicalize.greedy.blocks import (
    drop_redundant_arguments,
    erase_passed,
    merge_identical_blocks,
    nested_regions,
)
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter


def simplify_region(rewriter: Rewriter, region: Region, *, merge_blocks: bool) -> bool:
    """Simplifies `region` and all regions in it; whether anything changed."""
    changed = erase_unreachable_blocks(rewriter, region)
    changed |= erase_dead_code(rewriter, region)
    if merge_blocks:
        changed |= merge_identical_blocks(rewriter, region)
        changed |= drop_redundant_arguments(rewriter, region)
    return changed


def erase_unreachable_blocks(rewriter: Rewriter, region: Region) -> bool:
    """Erases the blocks that control cannot reach, here and in nested regions; whether there were any."""
    changed = False
    pending = [region]
    while pending:
        region = pending.pop()
        first = region.first_block
        if first is None:
            continue
        if first is not region.last_block:
            reached: dict[Block, Block | None] = {}
            walk_depth_first(first, reached)
            unreachable = [block for block in region.blocks if block not in reached]
            for block in unreachable:
                rewriter.erase_block(block)
            changed |= bool(unreachable)
        pending += nested_regions(region)
    return changed


def erase_dead_code(rewriter: Rewriter, region: Region) -> bool:
    """Erases ops that have no effect but results that nothing live uses, and dead arguments of blocks; whether any.

    Unlike the test for a trivially dead op this sees that ops which only use each other, around a loop, are dead.

    # MLIR: RegionUtils.cpp, runRegionDCE
    """
    return _delete_dead(rewriter, region, _Liveness(rewriter, region))


class _Liveness:
    """The ops and block arguments that something observable depends on: the least such set."""

    def __init__(self, rewriter: Rewriter, region: Region) -> None:
        self.ops: set[Operation] = set()
        self.arguments: set[BlockArgument] = set()
        self._pending: list[Operation | BlockArgument] = []
        self._rewriter = rewriter
        self._add_roots(region)
        while self._pending:
            live = self._pending.pop()
            if isinstance(live, BlockArgument):
                self._mark_incoming(live)
            else:
                self._propagate(live)

    def _add_roots(self, region: Region) -> None:
        """Ops that are live whatever uses them: with effects, or at the end of a block."""
        facts = self._rewriter.facts
        for block in region.blocks:
            for op in block.ops:
                for nested in op.regions:
                    self._add_roots(nested)
                if not facts[type(op)].is_trivially_dead(op):
                    self._mark_op(op)

    def _mark_op(self, op: Operation) -> None:
        if op not in self.ops:
            self.ops.add(op)
            self._pending.append(op)

    def _mark(self, value: SSAValue) -> None:
        if isinstance(value, OpResult):
            self._mark_op(value.op)
        elif isinstance(value, BlockArgument) and value not in self.arguments:
            self.arguments.add(value)
            self._pending.append(value)

    def _mark_incoming(self, argument: BlockArgument) -> None:
        """A live argument keeps alive what the branches to its block pass for it."""
        for use in argument.block.uses:
            if isinstance(use.operation, BranchOpInterface):
                self._mark(use.operation.successor_operands(use.index)[argument.index])

    def _propagate(self, op: Operation) -> None:
        """A live op keeps alive what it uses; a branch does so for what it passes on only where that is live."""
        passed: set[int] = set()
        for index, successor in enumerate(op.successors):
            if not isinstance(op, BranchOpInterface):
                for argument in successor.args:
                    self._mark(argument)
                continue
            for argument, operand in zip(successor.args, op.successor_range(index), strict=True):
                if argument not in self.arguments:
                    passed.add(operand)
        for index, operand in enumerate(op.operands):
            if index not in passed:
                self._mark(operand)


def _delete_dead(rewriter: Rewriter, region: Region, live: _Liveness) -> bool:
    first = region.first_block
    if first is None:
        return False
    changed = False
    is_single = first is region.last_block
    for block in [first] if is_single else walk_depth_first(first, {}):
        if not is_single:
            _erase_dead_branch_operands(block, live)
        for op in reversed(tuple(block.ops)):
            if op in live.ops:
                for nested in op.regions:
                    changed |= _delete_dead(rewriter, nested, live)
            else:
                rewriter.erase_op(op)
                changed = True
    # The arguments of the first block belong to the op around it. Dropping others is no change, as far as MLIR counts.
    for block in tuple(region.blocks)[1:]:
        for argument in reversed(block.args):
            if argument not in live.arguments:
                block.erase_arg(argument)
    return changed


def _erase_dead_branch_operands(block: Block, live: _Liveness) -> None:
    terminator = block.last_op
    if not isinstance(terminator, BranchOpInterface):
        return
    for index in reversed(range(len(terminator.successors))):
        for argument in reversed(terminator.successors[index].args):
            if argument not in live.arguments:
                erase_passed(terminator, index, argument.index)
