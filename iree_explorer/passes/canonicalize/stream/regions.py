"""Rules of the ops that run a region: `stream.async.execute`, `stream.async.concurrent`, `stream.cmd.execute`.

# IREE: StreamOpFolders.cpp
"""

from __future__ import annotations

from typing import Any

from xdsl.ir import BlockArgument, Operation, SSAValue

from iree_explorer.dialects.stream.region_ops import CmdExecuteOp, YieldOp
from iree_explorer.ir.interfaces import UNTIED, TiedOpInterface, implements, tied_base_value, tied_operands_attr
from iree_explorer.ir.operands import segment_sizes
from iree_explorer.ir.storage import operand_at, operands_of
from iree_explorer.passes.canonicalize.closures import closure_optimization_pattern
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands
from iree_explorer.passes.canonicalize.stream.common import (
    ELIDE_UNUSED_OP,
    chain_dependent_awaits,
    elide_immediate_timepoint_wait,
    immediate_timepoint,
    only_yield,
)
from iree_explorer.passes.canonicalize.stream.subviews import find_subview, subview


@pattern("TieRegionResults", is_near=True)
def _tie_region_results(op: Operation, rewriter: Rewriter) -> bool:
    """Ties each result to the capture whose storage the body updates in place to make it."""
    assert implements(op, TiedOpInterface)
    last = op.regions[0].block.last_op
    if not isinstance(last, YieldOp):
        return False
    yielded = last.resource_operands
    ties = op.tied_operand_indices() or [UNTIED] * len(yielded)
    changed = False
    for number, value in enumerate(yielded):
        if ties[number] == UNTIED and type(base := tied_base_value(value)) is BlockArgument:
            ties[number] = base.index
            changed = True
    if changed:
        rewriter.set_property(op, "tied_operands", tied_operands_attr(ties))
    return changed


@pattern("CloneCapturedExecuteSubviewOps", is_plain=True)
def _clone_captured_execute_subview_ops(op: Any, rewriter: Rewriter) -> bool:
    """Captures the whole resource of a subview and takes the subview inside, so that ops there can fold the range."""
    # IREE bug: the argument keeps its type where that of the whole is another.
    operands, first_size = operands_of(op), segment_sizes(op)[0]
    captures = {n: view for n in range(first_size) if (view := find_subview(operand_at(operands, n))) is not None}
    if not captures:
        return False
    block = op.body.block
    rewriter.set_insertion_point_to_start(block)
    for number, view in captures.items():
        argument = block.args[number]
        set_operands(op, {number: view.source, first_size + number: view.source_size})
        if argument.type != view.source.type:
            rewriter.suspects.append(op)
        copy = subview(argument, view.source_size, view.source_offset, view.result_size)
        rewriter.insert(copy)
        rewriter.replace_all_uses_with(argument, copy.results[0], spared=copy)
    rewriter.modified(op)
    return True


def _elide_mended(op: Any, rewriter: Rewriter) -> bool:
    """As the pattern, but who waits for the op waits for what it waited for."""
    return _elide_no_op(op, rewriter, op.await_timepoint)


@pattern("ElideNoOpAsyncExecuteOp", mended=_elide_mended, is_near=True)
def _elide_no_op_async_execute_op(op: Any, rewriter: Rewriter) -> bool:
    """Passes captures on as results where the body does nothing else."""
    # IREE bug: what the op waits for is no longer waited for.
    return _elide_no_op(op, rewriter, None)


def _elide_no_op(op: Any, rewriter: Rewriter, awaited: SSAValue | None) -> bool:
    last = only_yield(op.body.block)
    if last is None:
        return False
    results: list[SSAValue] = []
    for value in last.resource_operands:
        assert isinstance(value, BlockArgument)
        results.append(op.resource_operands[value.index])
    rewriter.replace_op(op, [*results, awaited or immediate_timepoint(rewriter)])
    return True


@pattern("ElideNoOpCmdExecuteOp", is_near=True)
def _elide_no_op_cmd_execute_op(op: CmdExecuteOp, rewriter: Rewriter) -> bool:
    """Drops a region that does nothing."""
    last = only_yield(op.body.block)
    if last is None or last.operands:
        return False
    rewriter.replace_op(op, (immediate_timepoint(rewriter),))
    return True


@pattern("ElideEmptyCmdRegionOp", is_near=True)
def _elide_empty_cmd_region_op(op: Any, rewriter: Rewriter) -> bool:
    """Drops a region that does nothing."""
    if only_yield(op.body.block) is None:
        return False
    rewriter.erase_op(op)
    return True


RULES = (
    OpRules(
        "stream.async.execute",
        (
            elide_immediate_timepoint_wait,
            chain_dependent_awaits,
            _clone_captured_execute_subview_ops,
            _elide_no_op_async_execute_op,
            closure_optimization_pattern,
            _tie_region_results,
            ELIDE_UNUSED_OP,
        ),
    ),
    OpRules("stream.async.concurrent", (closure_optimization_pattern, _tie_region_results, ELIDE_UNUSED_OP)),
    OpRules(
        "stream.cmd.execute",
        (
            elide_immediate_timepoint_wait,
            chain_dependent_awaits,
            _clone_captured_execute_subview_ops,
            _elide_no_op_cmd_execute_op,
            closure_optimization_pattern,
            ELIDE_UNUSED_OP,
        ),
    ),
    OpRules("stream.cmd.serial", (_elide_empty_cmd_region_op,)),
    OpRules("stream.cmd.concurrent", (_elide_empty_cmd_region_op,)),
    OpRules("stream.test.timeline_op", (chain_dependent_awaits,)),
)
