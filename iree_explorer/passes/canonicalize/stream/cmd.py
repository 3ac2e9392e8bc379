"""Rules of `stream.cmd.*`: subviews are folded into the ranges that commands use. # IREE: StreamOpFolders.cpp."""

from __future__ import annotations

from typing import Any

from xdsl.ir import Operation

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, Pattern, pattern, summary_of
from iree_explorer.passes.canonicalize.stream.dispatch import deduplicate_dispatch_entry_refs
from iree_explorer.passes.canonicalize.stream.subviews import (
    add,
    find_subview,
    fold_subview,
    set_insertion_point_to_execution,
)


def _fold_range(name: str, *starts: int) -> Pattern:
    """Uses the whole resource of a subview: operand number `start`; its size and an offset are the next ones."""

    def rewrite(op: Operation, rewriter: Rewriter) -> bool:
        found = [start for start in starts if find_subview(op.operands[start]) is not None]
        if not found or not set_insertion_point_to_execution(op, rewriter):
            return False
        for start in found:
            fold_subview(op, start, rewriter)
        return True

    return Pattern(name, rewrite, summary=summary_of(_fold_range))


@pattern("FoldSubviewsIntoDispatchOp")
def _fold_subviews_into_dispatch_op(op: Any, rewriter: Rewriter) -> bool:
    """Uses the whole resources of subviews."""
    views = {number: find_subview(resource) for number, resource in enumerate(op.resources)}
    if not any(views.values()) or not set_insertion_point_to_execution(op, rewriter):
        return False
    resources, sizes, offsets = list(op.resources), list(op.resource_sizes), list(op.resource_offsets)
    for number, view in views.items():
        if view is not None:
            offsets[number] = add(rewriter, view.source_offset, offsets[number])
            resources[number], sizes[number] = view.source, view.source_size
    rewriter.assign(op, resources=resources, resource_sizes=sizes, resource_offsets=offsets)
    return True


@pattern("FoldSubviewsIntoCmdCallOp")
def _fold_subviews_into_cmd_call_op(op: Any, rewriter: Rewriter) -> bool:
    """Uses the whole resources of subviews; only resources, not other operands, have sizes and offsets."""
    operands = list(op.resource_operands)
    numbers = [number for number, value in enumerate(operands) if isinstance(value.type, ResourceType)]
    views = [find_subview(operands[number]) for number in numbers]
    if not any(views) or not set_insertion_point_to_execution(op, rewriter):
        return False
    sizes, offsets = list(op.resource_operand_sizes), list(op.resource_operand_offsets)
    for place, (number, view) in enumerate(zip(numbers, views, strict=True)):
        if view is not None:
            offsets[place] = add(rewriter, view.source_offset, offsets[place])
            operands[number], sizes[place] = view.source, view.source_size
    rewriter.assign(op, resource_operands=operands, resource_operand_sizes=sizes, resource_operand_offsets=offsets)
    return True


RULES = (
    OpRules("stream.cmd.flush", (_fold_range("FoldSubviewsIntoCmdFlushOp", 0),)),
    OpRules("stream.cmd.invalidate", (_fold_range("FoldSubviewsIntoCmdInvalidateOp", 0),)),
    OpRules("stream.cmd.discard", (_fold_range("FoldSubviewsIntoCmdDiscardOp", 0),)),
    OpRules("stream.cmd.fill", (_fold_range("FoldSubviewsIntoCmdFillOp", 0),)),
    OpRules("stream.cmd.copy", (_fold_range("FoldSubviewsIntoCmdCopyOp", 0, 3),)),
    OpRules("stream.cmd.collective", (_fold_subviews_into_dispatch_op,)),
    OpRules("stream.cmd.dispatch", (deduplicate_dispatch_entry_refs, _fold_subviews_into_dispatch_op)),
    OpRules("stream.cmd.call", (_fold_subviews_into_cmd_call_op,)),
)
