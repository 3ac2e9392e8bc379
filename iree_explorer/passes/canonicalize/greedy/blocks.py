"""Merging blocks that do the same, and dropping block arguments that are always the same value.

# MLIR: RegionUtils.cpp, mergeIdenticalBlocks, dropRedundantArguments
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from xdsl.ir import Block, BlockArgument, Operation, OpResult, Region, SSAValue

from iree_explorer.ir.block_graph import successors
from iree_explorer.ir.interfaces.control_flow import BranchOpInterface
from iree_explorer.ir.storage import ops_of
from iree_explorer.passes.canonicalize.facts.equivalence import key_but_operands, same_but_operands
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands


def drop_redundant_arguments(rewriter: Rewriter, region: Region) -> bool:
    """Drops each block argument for which every branch passes the same value, here and below; whether any."""
    return _in_all_regions(region, lambda each: _drop_in_region(rewriter, each), again=False)


def merge_identical_blocks(rewriter: Rewriter, region: Region) -> bool:
    """Merges blocks that go to the same blocks and do the same, here and below; whether any.

    Where they use different values of other blocks, the merged block gets arguments for them.
    """
    return _in_all_regions(region, lambda each: _merge_in_region(rewriter, each), again=True)


def _in_all_regions(region: Region, change: Callable[[Region], bool], *, again: bool) -> bool:
    """Applies `change` to `region` and all regions in it; with `again`, to each until it does nothing."""
    changed = False
    pending = [region]
    while pending:
        region = pending.pop()
        if region.first_block is not region.last_block:
            while change(region):
                changed = True
                if not again:
                    break
        pending += nested_regions(region)
    return changed


def nested_regions(region: Region) -> Iterator[Region]:
    """The regions of the ops directly in `region`."""
    for block in region.blocks:
        for op in ops_of(block):
            if op.regions:
                yield from op.regions


# --- Arguments ---


def _drop_in_region(rewriter: Rewriter, region: Region) -> bool:
    changed = False
    for block in region.blocks:
        changed |= _drop_in_block(rewriter, block)
    return changed


def _drop_in_block(rewriter: Rewriter, block: Block) -> bool:
    redundant: list[BlockArgument] = []
    for argument in block.args:
        value = value_passed_by_all(block, argument.index)
        if value is not None:
            rewriter.replace_all_uses_with(argument, value)
            redundant.append(argument)
    for argument in reversed(redundant):
        for use in tuple(block.uses):
            erase_passed(use.operation, use.index, argument.index)
        block.erase_arg(argument)
    return bool(redundant)


def erase_passed(branch: Operation, successor: int, argument: int) -> None:
    """`branch` passes nothing more for an argument of its successor."""
    assert isinstance(branch, BranchOpInterface)
    branch.splice_successor_operands(successor, argument, 1, ())


def value_passed_by_all(block: Block, number: int) -> SSAValue | None:
    """What every branch to `block` passes for its argument; None: they differ, or there is none that tells."""
    passed: SSAValue | None = None
    for use in block.uses:
        branch = use.operation
        if not isinstance(branch, BranchOpInterface):
            return None
        value = branch.successor_operands(use.index)[number]
        if passed is not None and value is not passed:
            return None
        passed = value
    return passed


# --- Blocks ---


@dataclass(slots=True)
class _Cluster:
    """Equal blocks.

    Attributes:
        leader: the one that stays.
        merged: the others.
        mismatched: (number of the op in its block, number of the operand) where the blocks use different outer values.
    """

    leader: Block
    merged: list[Block] = field(default_factory=list[Block])
    mismatched: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def take(self, block: Block) -> bool:
        """Adds `block` if it does what the leader does."""
        mismatched = _mismatched_operands(self.leader, block)
        if mismatched is None:
            return False
        self.merged.append(block)
        self.mismatched |= mismatched
        return True


def _merge_in_region(rewriter: Rewriter, region: Region) -> bool:
    by_successors: dict[tuple[Block, ...], list[Block]] = {}
    for block in tuple(region.blocks)[1:]:
        by_successors.setdefault(tuple(successors(block)), []).append(block)
    clusters = [cluster for blocks in by_successors.values() if len(blocks) > 1 for cluster in _clusters(blocks)]
    changed = False
    for cluster in clusters:
        changed |= _merge(rewriter, cluster)
    return changed


def _clusters(blocks: list[Block]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    alike: dict[Hashable, list[_Cluster]] = {}
    for block in blocks:
        if any(region.first_block for op in block.ops for region in op.regions):
            continue
        if any(use.operation.parent is not block for argument in block.args for use in argument.uses):
            continue
        candidates = alike.setdefault(_key_but_operands(block), [])
        if not any(cluster.take(block) for cluster in candidates):
            cluster = _Cluster(block)
            clusters.append(cluster)
            candidates.append(cluster)
    return clusters


def _key_but_operands(block: Block) -> Hashable:
    """Equal for blocks that do the same, whatever values they use: of a thousand, few have to be compared op by op."""
    return tuple(block.arg_types), tuple([key_but_operands(op) for op in ops_of(block)])


def _mismatched_operands(a: Block, b: Block) -> set[tuple[int, int]] | None:
    """The operands in which the blocks differ, values of other blocks; None: the blocks differ in more."""
    if [arg.type for arg in a.args] != [arg.type for arg in b.args]:
        return None
    mismatched: set[tuple[int, int]] = set()
    ops_a, ops_b = tuple(a.ops), tuple(b.ops)
    if len(ops_a) != len(ops_b):
        return None
    inner: dict[SSAValue, SSAValue] = dict[SSAValue, SSAValue](zip(a.args, b.args, strict=True))
    for number, (op_a, op_b) in enumerate(zip(ops_a, ops_b, strict=True)):
        if not same_but_operands(op_a, op_b) or _used_outside(op_a) or _used_outside(op_b):
            return None
        for index, (x, y) in enumerate(zip(op_a.operands, op_b.operands, strict=True)):
            if x is y:
                continue
            if x.type != y.type or (_block_of(x) is a) != (_block_of(y) is b):
                return None
            if _block_of(x) is a:
                if inner.get(x) is not y:
                    return None
            elif not (_can_be_passed(a, x) and _can_be_passed(b, y)):
                return None
            else:
                mismatched.add((number, index))
        inner.update(zip(op_a.results, op_b.results, strict=True))
    return mismatched


def _used_outside(op: Operation) -> bool:
    return any(use.operation.parent is not op.parent for result in op.results for use in result.uses)


def _block_of(value: SSAValue) -> Block | None:
    return value.op.parent if isinstance(value, OpResult) else value.owner if isinstance(value.owner, Block) else None


def _can_be_passed(block: Block, value: SSAValue) -> bool:
    """False where a branch to `block` itself makes the value: it can't pass it on."""
    if not isinstance(value, OpResult):
        return True
    return all(use.operation is not value.op for use in block.uses)


def _merge(rewriter: Rewriter, cluster: _Cluster) -> bool:
    if not cluster.merged:
        return False
    blocks = [cluster.leader, *cluster.merged]
    if cluster.mismatched:
        if not all(isinstance(use.operation, BranchOpInterface) for block in blocks for use in block.uses):
            return False
        _add_arguments(cluster, blocks)
    for block in cluster.merged:
        for use in tuple(block.uses):
            use.operation.successors[use.index] = cluster.leader
        rewriter.erase_block(block)
    return True


def _add_arguments(cluster: _Cluster, blocks: list[Block]) -> None:
    """Gives the leader an argument for each mismatch, and has all branches pass the values; no argument twice."""
    passed: list[list[SSAValue]] = [[] for _ in blocks]
    distinct: dict[tuple[SSAValue, ...], SSAValue] = {}
    ops = [tuple(block.ops) for block in blocks]
    for number, index in sorted(cluster.mismatched):
        values = tuple(each[number].operands[index] for each in ops)
        # Differs: MLIR finds equal arguments by their first value only, and may keep some that are equal.
        argument = distinct.get(values)
        if argument is None:
            leader = cluster.leader
            argument = distinct[values] = leader.insert_arg(values[0].type, len(leader.args))
            for each, value in zip(passed, values, strict=True):
                each.append(value)
        set_operands(ops[0][number], {index: argument})
    for block, values in zip(blocks, passed, strict=True):
        for use in tuple(block.uses):
            branch = use.operation
            assert isinstance(branch, BranchOpInterface)
            branch.splice_successor_operands(use.index, len(branch.successor_range(use.index)), 0, values)
