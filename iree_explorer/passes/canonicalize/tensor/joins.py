"""Rules of `tensor.concat`. # MLIR: TensorOps.cpp."""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX

from iree_explorer.dialects.tensor import ConcatOp
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.tensor.building import as_type, cast, plain_tensor, tensor_shape

# --- tensor.concat ---


@pattern("SingleInputConcatOp")
def _single_concat(op: ConcatOp, rewriter: Rewriter) -> bool:
    """One tensor alone is the whole."""
    if len(op.inputs) != 1 or op.inputs[0].type != op.result.type:
        return False
    rewriter.replace_op(op, (op.inputs[0],))
    return True


def _joined_shape(op: ConcatOp) -> list[int]:
    """The shape of the whole, as far as the parts say it. # MLIR: ConcatOp::inferResultType."""
    shapes = [tensor_shape(value) for value in op.inputs]
    dim = op.dim.value.data
    found = [
        next((size for size in sizes if size != DYNAMIC_INDEX), DYNAMIC_INDEX) for sizes in zip(*shapes, strict=True)
    ]
    lengths = [shape[dim] for shape in shapes]
    found[dim] = DYNAMIC_INDEX if DYNAMIC_INDEX in lengths else sum(lengths)
    return found


@pattern("InferConcatOperandTypes")
def _infer_concat_operands(op: ConcatOp, rewriter: Rewriter) -> bool:
    """Casts parts to what the other parts say of their shape."""
    shape, dim, changed = _joined_shape(op), op.dim.value.data, False
    whole = tensor_shape(op.result)
    known = [b if a == DYNAMIC_INDEX else a for a, b in zip(shape, whole, strict=True)]
    for number, value in enumerate(op.inputs):
        wanted = list(known)
        wanted[dim] = tensor_shape(value)[dim]
        type_ = plain_tensor(value.type, wanted)
        if type_ != value.type and says_as_much(type_, value.type):
            rewriter.set_insertion_point(op)
            rewriter.set_operand(op, number, as_type(value, type_, rewriter))
            changed = True
    return changed


@pattern("InferConcatResultType")
def _infer_concat_result(op: ConcatOp, rewriter: Rewriter) -> bool:
    """The whole has the shape that its parts say."""
    type_ = plain_tensor(op.result.type, _joined_shape(op))
    if type_ == op.result.type or not says_as_much(type_, op.result.type):
        return False
    new = ConcatOp.create(operands=list(op.inputs), result_types=[type_], properties=dict(op.properties))
    rewriter.replace_op_with(op, cast(rewriter.insert(new).result, op.result.type))
    return True


RULES = (OpRules("tensor.concat", (_single_concat, _infer_concat_operands, _infer_concat_result)),)
