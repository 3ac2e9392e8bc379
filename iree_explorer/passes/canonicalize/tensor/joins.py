"""Rules of `tensor.concat`, `tensor.collapse_shape` and `tensor.expand_shape`. # MLIR: TensorOps.cpp, ReshapeOpsUtils.h.

Those that put a collapse and an expansion of other groups together are not here.
"""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, DenseIntOrFPElementsAttr

from iree_explorer.dialects.tensor import CastOp, CollapseShapeOp, ConcatOp, ExpandShapeOp, FromElementsOp, SplatOp
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.elements import reshaped
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.tensor.building import as_type, cast, is_static, tensor_like, tensor_shape

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
        type_ = tensor_like(value.type, wanted)
        if type_ != value.type and says_as_much(type_, value.type):
            rewriter.set_insertion_point(op)
            rewriter.set_operand(op, number, as_type(value, type_, rewriter))
            changed = True
    return changed


@pattern("InferConcatResultType")
def _infer_concat_result(op: ConcatOp, rewriter: Rewriter) -> bool:
    """The whole has the shape that its parts say."""
    type_ = tensor_like(op.result.type, _joined_shape(op))
    if type_ == op.result.type or not says_as_much(type_, op.result.type):
        return False
    new = ConcatOp.create(operands=list(op.inputs), result_types=[type_], properties=dict(op.properties))
    rewriter.replace_op_with(op, cast(rewriter.insert(new).result, op.result.type))
    return True


# --- tensor.collapse_shape, expand_shape ---

_Reshape = CollapseShapeOp | ExpandShapeOp


def _fold_reshape(op: _Reshape) -> Folded | None:
    """A reshape to the shape that there is, or was before, is none; of a constant it is one."""
    if op.src.type == op.result.type:
        return (op.src,)
    before = definition(op.src)
    opposite = ExpandShapeOp if isinstance(op, CollapseShapeOp) else CollapseShapeOp
    if isinstance(before, opposite) and before.src.type == op.result.type and _is_undone(before, op):
        return (before.src,)
    constant = constant_value(op.src)
    if isinstance(constant, DenseIntOrFPElementsAttr) and is_static(op.result):
        return (reshaped(constant, op.result.type),)
    return None


def _is_undone(before: _Reshape, op: _Reshape) -> bool:
    """Whether `op` certainly goes back to the shape that `before` started from."""
    shape = tensor_shape(op.result)
    return before.reassociation == op.reassociation or shape.count(DYNAMIC_INDEX) <= 1


@pattern("FoldReshapeWithFromElements")
def _reshape_of_elements(op: _Reshape, rewriter: Rewriter) -> bool:
    """Puts the elements together in the other shape."""
    source = definition(op.src)
    if not isinstance(source, FromElementsOp) or not is_static(op.result):
        return False
    rewriter.replace_op_with(op, FromElementsOp.create(operands=list(source.elements), result_types=[op.result.type]))
    return True


@pattern("FoldReshapeWithSplat")
def _reshape_of_splat(op: _Reshape, rewriter: Rewriter) -> bool:
    """A tensor of one value is made with the other shape."""
    source = definition(op.src)
    if not isinstance(source, SplatOp) or not is_static(op.src) or not is_static(op.result):
        return False
    rewriter.replace_op_with(op, SplatOp.create(operands=[source.input], result_types=[op.result.type]))
    return True


@pattern("FoldCollapseOfCastOp")
def _collapse_of_cast(op: CollapseShapeOp, rewriter: Rewriter) -> bool:
    """Collapses the tensor before its cast."""
    source = definition(op.src)
    if not isinstance(source, CastOp) or not says_as_much(source.source.type, source.dest.type):
        return False
    shape, sizes = tensor_shape(source.source), []
    for group in op.reassociation:
        parts = [shape[number.value.data] for number in group]
        size = 1
        for part in parts:
            size *= part
        sizes.append(DYNAMIC_INDEX if DYNAMIC_INDEX in parts else size)
    type_ = tensor_like(op.result.type, sizes)
    if type_ == op.result.type:
        rewriter.set_operand(op, 0, source.source)
        return True
    new = CollapseShapeOp.create(operands=[source.source], result_types=[type_], properties=dict(op.properties))
    rewriter.replace_op_with(op, cast(rewriter.insert(new).result, op.result.type))
    return True


@pattern("ComposeReassociativeReshapeOps")
def _collapse_of_collapse(op: CollapseShapeOp, rewriter: Rewriter) -> bool:
    """Of two one is left."""
    source = definition(op.src)
    if not isinstance(source, CollapseShapeOp):
        return False
    inner = list(source.reassociation)
    groups = [[number for place in group for number in inner[place.value.data]] for group in op.reassociation]
    new = CollapseShapeOp.create(
        operands=[source.src],
        result_types=[op.result.type],
        properties={"reassociation": ArrayAttr(ArrayAttr(group) for group in groups)},
    )
    rewriter.replace_op_with(op, new)
    return True


RULES = (
    OpRules(
        "tensor.collapse_shape",
        (_collapse_of_collapse, _reshape_of_elements, _reshape_of_splat, _collapse_of_cast),
        _fold_reshape,
    ),
    OpRules("tensor.concat", (_single_concat, _infer_concat_operands, _infer_concat_result)),
    OpRules("tensor.expand_shape", (_reshape_of_elements, _reshape_of_splat), _fold_reshape),
)
