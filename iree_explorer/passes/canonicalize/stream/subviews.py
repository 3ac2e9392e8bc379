"""Folding the offset of a subview into an op that uses a range of it.

# IREE: StreamOpFolders.cpp, the patterns Fold…Subview…
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import i64
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.arith import AddIOp, IndexCastOp
from iree_explorer.dialects.interfaces import TimelineOpInterface
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter


def add(rewriter: Rewriter, a: SSAValue, b: SSAValue) -> SSAValue:
    """The sum, folded where it can be."""
    return rewriter.insert_or_fold(AddIOp(a, b))


def as_i64(rewriter: Rewriter, value: SSAValue) -> SSAValue:
    """An index as an `i64`, folded where it can be: parameters are addressed with these."""
    return rewriter.insert_or_fold(IndexCastOp(value, i64))


def add_to_all(rewriter: Rewriter, base: SSAValue, offsets: Sequence[SSAValue], *, base_first: bool) -> list[SSAValue]:
    """`base` plus each of `offsets`, in this order or the other."""
    return [add(rewriter, base, each) if base_first else add(rewriter, each, base) for each in offsets]


def set_insertion_point_to_execution(op: Operation, rewriter: Rewriter) -> bool:
    """New ops go before the execution region that `op` is in; False: it is in none.

    # IREE: setInsertionPointToParentExecutionScope
    """
    parent = op.parent_op()
    while parent is not None and parent.name not in ("stream.async.execute", "stream.cmd.execute"):
        parent = parent.parent_op()
    if parent is None:
        return False
    rewriter.set_insertion_point(parent)
    return True


def look_through_await(value: SSAValue) -> SSAValue:
    """The resource that was awaited to be `value`, where nobody else has either; else `value`.

    # IREE: StreamOpFolders.cpp, tryLookThroughAwait
    """
    awaiting = definition(value)
    if awaiting is None or awaiting.name != "stream.timepoint.await" or not value.has_one_use():
        return value
    resource = awaiting.operands[awaiting.results.index(value)]
    return resource if resource.has_one_use() and is_on_timeline(definition(resource)) else value


def is_on_timeline(op: Operation | None) -> bool:
    """Whether `op` is ordered by timepoints."""
    return isinstance(op, TimelineOpInterface)
