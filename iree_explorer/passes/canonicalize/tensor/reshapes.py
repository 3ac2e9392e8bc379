"""Rules of `tensor.collapse_shape` and `tensor.expand_shape`. # MLIR: TensorOps.cpp, ReshapeOpsUtils.h."""

from __future__ import annotations

from math import prod

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseIntOrFPElementsAttr

from iree_explorer.dialects.tensor import CastOp, CollapseShapeOp, ExpandShapeOp, FromElementsOp, SplatOp
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.elements import reshaped
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.facts.slices import known, static_numbers
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.reshapes import Reshapes, groups_of, sizes_of
from iree_explorer.passes.canonicalize.tensor.building import cast, is_static, plain_tensor, tensor_shape

_Reshape = CollapseShapeOp | ExpandShapeOp
RESHAPES = Reshapes(CollapseShapeOp, ExpandShapeOp, CastOp)


def _fold_reshape(op: _Reshape) -> Folded | None:
    """A reshape to the shape that there is, or was before, is none; of a constant it is one."""
    folded = RESHAPES.fold(op)
    if folded is not None:
        return folded
    constant = constant_value(op.src)
    if isinstance(constant, DenseIntOrFPElementsAttr) and is_static(op.result):
        return (reshaped(constant, op.result.type),)
    return None


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
    shape = tensor_shape(source.source)
    sizes = [_length([shape[dim] for dim in group]) for group in groups_of(op)]
    type_ = plain_tensor(op.result.type, sizes)
    if type_ == op.result.type:
        rewriter.set_operand(op, 0, source.source)
        return True
    new = CollapseShapeOp.create(operands=[source.source], result_types=[type_], properties=dict(op.properties))
    rewriter.replace_op_with(op, cast(rewriter.insert(new).result, op.result.type))
    return True


@pattern("ConvertToStaticExpandShape")
def _expand_as_known(op: ExpandShapeOp, rewriter: Rewriter) -> bool:
    """Constant sizes go into the type, where the tensor had them before a cast."""
    source = definition(op.src)
    if not isinstance(source, CastOp) or not says_as_much(source.source.type, source.dest.type):
        return False
    groups, sizes = groups_of(op), sizes_of(op)
    for length, group in zip(tensor_shape(source.source), groups, strict=True):
        for dim in group if length != DYNAMIC_INDEX else ():
            sizes[dim] = known(sizes[dim], sizes[dim])
    if sizes == sizes_of(op):
        return False
    shape = static_numbers(sizes)
    lengths = [_length([shape[dim] for dim in group]) for group in groups]
    before = rewriter.insert(cast(op.src, plain_tensor(op.src.type, lengths)))
    new = rewriter.insert(RESHAPES.expanded(before.dest, plain_tensor(op.src.type, shape), groups, sizes))
    rewriter.replace_op_with(op, cast(new.results[0], op.result.type))
    return True


def _length(sizes: list[int]) -> int:
    """How long a dimension is that is split so."""
    return DYNAMIC_INDEX if DYNAMIC_INDEX in sizes else prod(sizes)


RULES = (
    OpRules(
        "tensor.collapse_shape",
        (*RESHAPES.collapse_patterns(), _reshape_of_splat, _reshape_of_elements, _collapse_of_cast),
        _fold_reshape,
    ),
    OpRules(
        "tensor.expand_shape",
        (*RESHAPES.expand_patterns(), _expand_as_known, _reshape_of_splat, _reshape_of_elements),
        _fold_reshape,
    ),
)
