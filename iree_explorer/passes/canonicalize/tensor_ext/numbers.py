"""Rules of `iree_tensor_ext.*` ops on sizes and barriers. # IREE: TensorExtOpFolders.cpp."""

from __future__ import annotations

from xdsl.ir import BlockArgument, Operation

from iree_explorer.dialects.iree_tensor_ext import DispatchWorkloadOrdinalOp
from iree_explorer.ir.storage import ops_of, users_of
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern


def _fold_ordinal(op: Operation) -> Folded | None:
    """A constant is no workload; the same number twice is one."""
    constant = constant_value(op.operands[0])
    if constant is not None:
        return (constant,)
    source = definition(op.operands[0])
    if source is None or source.name != op.name or source.properties["ordinal"] != op.properties["ordinal"]:
        return None
    return (source.operands[0],)


@pattern("BubbleUpOrdinalOp")
def _bubble_up_ordinal(op: DispatchWorkloadOrdinalOp, rewriter: Rewriter) -> bool:
    """Marks an argument as part of the workload at the start of the block, in order, for all its users."""
    argument = op.operand
    if not isinstance(argument, BlockArgument) or len(users_of(argument)) == 1:
        return False
    block = op.parent
    assert block is not None
    rewriter.set_insertion_point_to_start(block)
    for other in ops_of(block):
        if not isinstance(other, DispatchWorkloadOrdinalOp) or other.ordinal.value.data >= op.ordinal.value.data:
            break
        rewriter.set_insertion_point_after(other)
    new = DispatchWorkloadOrdinalOp.create(
        operands=[argument], result_types=[op.result.type], properties={"ordinal": op.ordinal}
    )
    rewriter.insert(new)
    rewriter.replace_all_uses_with(argument, new.result, new)
    rewriter.replace_op(op, new.results)
    return True


def _fold_barrier(op: Operation) -> Folded | None:
    """Of two barriers in a row one is left."""
    source = definition(op.operands[0])
    return (op.operands[0],) if source is not None and source.name == op.name else None


RULES = (
    OpRules("iree_tensor_ext.dispatch.workload.ordinal", (_bubble_up_ordinal,), _fold_ordinal),
    OpRules("iree_tensor_ext.compute_barrier.start", fold=_fold_barrier),
    OpRules("iree_tensor_ext.compute_barrier.end", fold=_fold_barrier),
)
