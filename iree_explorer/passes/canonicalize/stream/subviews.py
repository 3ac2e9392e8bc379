"""Subviews, and folding the offset of one into an op that uses a range of it.

# IREE: StreamOpFolders.cpp, the patterns Fold…Subview…
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from xdsl.dialects.builtin import i64
from xdsl.ir import Operation, OpResult, SSAValue

from iree_explorer.dialects.stream.resource_ops import ResourceSubviewOp
from iree_explorer.ir.interfaces import TiedOpInterface, TimelineOpInterface
from iree_explorer.ir.storage import with_ancestors
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter


def add(rewriter: Rewriter, a: SSAValue, b: SSAValue) -> SSAValue:
    """The sum, folded where it can be."""
    from iree_explorer.dialects.arith.integers import AddIOp

    return rewriter.insert_or_fold(AddIOp(a, b))


def as_i64(rewriter: Rewriter, value: SSAValue) -> SSAValue:
    """An index as an `i64`, folded where it can be: parameters are addressed with these."""
    from iree_explorer.dialects.arith.casts import IndexCastOp

    return rewriter.insert_or_fold(IndexCastOp(value, i64))


def add_to_all(rewriter: Rewriter, base: SSAValue, offsets: Sequence[SSAValue], *, base_first: bool) -> list[SSAValue]:
    """`base` plus each of `offsets`, in this order or the other."""
    return [add(rewriter, base, each) if base_first else add(rewriter, each, base) for each in offsets]


def find_subview(value: SSAValue | None) -> ResourceSubviewOp | None:
    """The subview that `value` is, or is tied to; not across ops of the timeline.

    # IREE: StreamOps.cpp, ResourceSubviewOp::findSubviewOp
    """
    while type(value) is OpResult:
        op = value.op
        if type(op) is ResourceSubviewOp:
            return op
        if not _passes_subviews_on(type(op)):
            return None
        assert isinstance(op, TiedOpInterface)
        value = op.tied_operand_of(value)
    return None


@cache
def _passes_subviews_on(cls: type[Operation]) -> bool:
    return issubclass(cls, TiedOpInterface) and not issubclass(cls, TimelineOpInterface)


def subview(source: SSAValue, size: SSAValue, offset: SSAValue, result_size: SSAValue) -> ResourceSubviewOp:
    """A fresh subview of a resource."""
    return ResourceSubviewOp.create(operands=[source, size, offset, result_size], result_types=[source.type])


def fold_subview(op: Operation, start: int, rewriter: Rewriter) -> bool:
    """Has `op` use the whole resource of a subview: operand number `start`; its size and an offset are the next ones."""
    view = find_subview(op.operands[start])
    if view is None:
        return False
    offset = add(rewriter, view.source_offset, op.operands[start + 2])
    rewriter.set_operands(op, {start: view.source, start + 1: view.source_size, start + 2: offset})
    return True


def set_insertion_point_to_execution(op: Operation, rewriter: Rewriter) -> bool:
    """New ops go before the execution region that `op` is in; False: it is in none.

    # IREE: setInsertionPointToParentExecutionScope
    """
    for around in with_ancestors(op.parent_op()):
        if around.name in ("stream.async.execute", "stream.cmd.execute"):
            rewriter.set_insertion_point(around)
            return True
    return False


def look_through_await(value: SSAValue) -> SSAValue:
    """The resource that was awaited to be `value`, where nobody else has either; else `value`.

    # IREE: StreamOpFolders.cpp, tryLookThroughAwait
    """
    awaiting = definition(value)
    if awaiting is None or awaiting.name != "stream.timepoint.await" or not value.has_one_use():
        return value
    resource = awaiting.operands[awaiting.results.index(value)]
    return resource if resource.has_one_use() and isinstance(definition(resource), TimelineOpInterface) else value
