"""Rules of `flow.tensor.*` ops that reach the passes here. # IREE: FlowOpFolders.cpp.

Most rules of the dialect are about tensors before they become resources; they are not here.
"""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseIntOrFPElementsAttr, TensorType

from iree_explorer.dialects.flow.place_ops import TensorTransferOp
from iree_explorer.dialects.flow.program_ops import DispatchTieShapeOp
from iree_explorer.dialects.flow.tensor_ops import (
    TensorConstantOp,
    TensorDynamicConstantOp,
    TensorReshapeOp,
    TensorTieShapeOp,
)
from iree_explorer.dialects.interfaces import tied_base_value
from iree_explorer.dialects.util import OptimizationBarrierOp
from iree_explorer.passes.canonicalize.building import index_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern


@pattern("ExpandDynamicShapeConstant")
def _expand_dynamic_shape_constant(op: TensorDynamicConstantOp, rewriter: Rewriter) -> bool:
    """A constant of its own shape, reshaped to one that nobody can see through."""
    value, target = op.value, op.result.type
    if not isinstance(value, DenseIntOrFPElementsAttr) or not isinstance(target, TensorType):
        return False
    constant = TensorConstantOp.create(result_types=[value.type], properties={"value": value})
    rewriter.insert(constant)
    dims = [
        rewriter.insert(_barrier(rewriter, size)).results[0]
        for size, dim in zip(value.get_shape(), target.get_shape(), strict=True)
        if dim == DYNAMIC_INDEX
    ]
    new = TensorReshapeOp.build(operands=[constant.results[0], [], dims], result_types=[target])
    rewriter.replace_op_with(op, new)
    return True


def _barrier(rewriter: Rewriter, size: int) -> OptimizationBarrierOp:
    number = rewriter.insert(index_constant(size)).result
    return OptimizationBarrierOp.create(operands=[number], result_types=[number.type])


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


def _fold_tie_shape(op: DispatchTieShapeOp | TensorTieShapeOp) -> Folded | None:
    """A static shape needs no tie. # IREE: DispatchTieShapeOp::fold, TensorTieShapeOp::fold."""
    return None if op.dynamic_dims else (op.operand,)


RULES = (
    OpRules("flow.dispatch.tie_shape", fold=_fold_tie_shape),
    OpRules("flow.tensor.tie_shape", fold=_fold_tie_shape),
    OpRules("flow.tensor.dynamic_constant", (_expand_dynamic_shape_constant,)),
    OpRules("flow.tensor.transfer", (_elide_redundant_transfer, _elide_intermediate_transfer)),
)
