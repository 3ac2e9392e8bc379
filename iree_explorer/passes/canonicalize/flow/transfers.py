"""Rules of `flow.tensor.transfer` and `barrier`. # IREE: FlowOpFolders.cpp."""

from __future__ import annotations

from iree_explorer.dialects.flow.place_ops import TensorBarrierOp, TensorTransferOp
from iree_explorer.dialects.flow.tensor_ops import TensorBitCastOp, TensorCastOp, TensorReshapeOp
from iree_explorer.ir.interfaces import tied_base_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, Pattern, pattern, summary_of


@pattern("ElideRedundantTransfer")
def _elide_redundant_transfer(op: TensorTransferOp, rewriter: Rewriter) -> bool:
    """Drops a transfer to where the tensor is."""
    source = definition(tied_base_value(op.operand))
    if not isinstance(source, TensorTransferOp) or source.target != op.target:
        return False
    rewriter.replace_op(op, (op.operand,))
    return True


@pattern("ElideIntermediateTransfer")
def _elide_intermediate_transfer(op: TensorTransferOp, rewriter: Rewriter) -> bool:
    """Transfers from where the tensor came from."""
    source = definition(op.operand)
    if not isinstance(source, TensorTransferOp) or source.target == op.target:
        return False
    new = TensorTransferOp.build(
        operands=[source.operand, list(op.operand_dims)],
        result_types=[op.result.type],
        properties={"target": op.target},
    )
    rewriter.replace_op_with(op, new)
    return True


def _sink(cast_type: type[TensorCastOp]) -> Pattern:
    """Casts behind the transfer, where its users are."""

    def rewrite(op: TensorTransferOp | TensorBarrierOp, rewriter: Rewriter) -> bool:
        source = definition(op.operand)
        if not isinstance(source, cast_type):
            return False
        new = rewriter.insert(
            type(op).build(
                operands=[source.source, list(source.source_dims)],
                result_types=[source.source.type],
                properties={"target": op.target},
            )
        )
        rewriter.set_insertion_point_after(new)
        clone = rewriter.insert(source.clone({source.source: new.result}))
        rewriter.replace_all_uses_with(op.result, clone.result, new)
        rewriter.erase_op(op)
        return True

    return Pattern("SinkCastLikeOpAcrossTransfer", rewrite, summary=summary_of(_sink))


_SINK = (_sink(TensorBitCastOp), _sink(TensorReshapeOp))

RULES = (
    OpRules("flow.tensor.barrier", _SINK),
    OpRules("flow.tensor.transfer", (_elide_redundant_transfer, _elide_intermediate_transfer, *_SINK)),
)
