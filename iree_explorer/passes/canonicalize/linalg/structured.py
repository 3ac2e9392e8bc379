"""Rules of single `linalg.*` ops. # MLIR: LinalgOps.cpp."""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, IndexType, IntegerAttr, MemRefType, TensorType, i64
from xdsl.ir import BlockArgument, Operation, SSAValue
from xdsl.ir.affine import AffineExpr

from iree_explorer.dialects.linalg.generic import GenericOp, IndexOp, YieldOp
from iree_explorer.dialects.linalg.named import CopyOp, FillOp
from iree_explorer.dialects.linalg.relabel import BroadcastOp, RelabelOp, TransposeOp
from iree_explorer.dialects.linalg.structured import LinalgOp
from iree_explorer.dialects.tensor import EmptyOp
from iree_explorer.ir.type_constraints import element_type, may_be_same_shape, shape_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.slices import static_numbers, values_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.linalg.building import fill_like, made_of
from iree_explorer.passes.canonicalize.tensor.building import as_type, plain_tensor, size_of


def _on_buffers(op: Operation) -> bool:
    return any(isinstance(value.type, MemRefType) for value in op.operands)


@pattern("EraseIdentityLinalgOp")
def _erase_identity(op: GenericOp | BroadcastOp, rewriter: Rewriter) -> bool:
    """Loops that only copy are what they copy."""
    block = op.body_region().blocks.first
    last = None if block is None else block.last_op
    if block is None or len(set(op.maps())) != 1 or block.first_op is not last or not isinstance(last, YieldOp):
        return False
    if _on_buffers(op):
        is_itself = len(op.operands) == 2 and op.operands[0] is op.operands[1] and len(op.input_operands()) == 1
        if is_itself:
            rewriter.erase_op(op)
        return is_itself
    copied = [value for value in last.values if isinstance(value, BlockArgument) and value.block is block]
    if len(copied) < len(op.results):
        return False
    sources = [op.operands[value.index] for value in copied]
    if not all(_may_be_cast(source, result) for source, result in zip(sources, op.results, strict=True)):
        return False
    values = [as_type(source, result.type, rewriter) for source, result in zip(sources, op.results, strict=True)]
    rewriter.replace_op(op, values)
    return True


def _may_be_cast(source: SSAValue, result: SSAValue) -> bool:
    is_tensor = isinstance(source.type, TensorType)
    is_alike = element_type(source.type) == element_type(result.type)
    return is_tensor and is_alike and may_be_same_shape(source.type, result.type)


# --- linalg.copy ---


@pattern("EraseSelfCopy")
def _erase_copy_to_itself(op: CopyOp, rewriter: Rewriter) -> bool:
    """A copy to where it comes from changes nothing."""
    if list(op.inputs) != list(op.outputs):
        return False
    rewriter.replace_op(op, op.inputs[: len(op.results)])
    return True


@pattern("FoldFillWithCopy", root="linalg.copy")
def _copy_of_fill(op: CopyOp, rewriter: Rewriter) -> bool:
    """Fills instead of copying what is filled; what is written over need not be filled."""
    source, before = definition(op.inputs[0]), definition(op.outputs[0])
    if isinstance(source, FillOp):
        rewriter.replace_op_with(op, fill_like(source, op.outputs[0]))
    elif isinstance(before, FillOp):
        rewriter.replace_op_with(op, made_of(op, [op.inputs[0], before.outputs[0]], op.result_types))
    else:
        return False
    return True


# --- linalg.index ---


def _fold_index(op: IndexOp) -> Folded | None:
    """The counter of a loop that runs once is 0."""
    parent = op.parent_op()
    assert isinstance(parent, LinalgOp)
    sizes = (
        size
        for operand, map_ in zip(parent.operands, parent.maps(), strict=True)
        for size, expr in zip(shape_of(operand.type) or (), map_.results, strict=True)
        if expr == AffineExpr.dimension(op.dim.value.data)
    )
    return (IntegerAttr(0, IndexType()),) if next(sizes, DYNAMIC_INDEX) == 1 else None


# --- linalg.transpose, broadcast ---


def _relabelled(op: RelabelOp, source: SSAValue, init: SSAValue, numbers: list[int]) -> RelabelOp:
    """A fresh op as `op` on other operands, with other dimensions."""
    new = made_of(op, [source, init], [init.type] * len(op.results))
    assert isinstance(new, RelabelOp)
    new.properties[op.ARRAY] = DenseArrayBase.from_list(i64, numbers)
    return new


def _fold_transpose(op: TransposeOp) -> Folded | None:
    """Dimensions in the order in which they are change nothing."""
    permutation = list(op.permutation.get_values())
    is_identity = permutation == list(range(len(permutation)))
    return (op.input,) if is_identity and isinstance(op.input.type, TensorType) else None


@pattern("FoldTransposeWithTranspose")
def _transpose_once(op: TransposeOp, rewriter: Rewriter) -> bool:
    """Of two one is left."""
    source = definition(op.input)
    if not isinstance(source, TransposeOp):
        return False
    before = list(source.permutation.get_values())
    rewriter.replace_op_with(
        op, _relabelled(op, source.input, op.init, [before[n] for n in op.permutation.get_values()])
    )
    return True


@pattern("SwapTransposeWithBroadcast")
def _transpose_before_broadcast(op: TransposeOp, rewriter: Rewriter) -> bool:
    """Transposes the smaller tensor, before new dimensions are added."""
    source = definition(op.input)
    if not isinstance(source, BroadcastOp) or op.input.get_unique_use() is None:
        return False
    permutation, added = list(op.permutation.get_values()), list(source.dimensions.get_values())
    kept = [dim for dim in permutation if dim not in added]
    numbers = [sorted(kept).index(dim) for dim in kept]
    sizes = [size_of(source.input, dim, rewriter) for dim in range(len(kept))]
    shape = [sizes[number] for number in numbers]
    type_ = plain_tensor(source.input.type, static_numbers(shape))
    init = rewriter.insert(EmptyOp(values_of(shape), type_)).result
    new = TransposeOp.build(
        operands=[source.input, init],
        result_types=[[type_]],
        properties={"permutation": DenseArrayBase.from_list(i64, numbers)},
        regions=[op.region.clone()],
    )
    transposed = rewriter.insert(new).results[0]
    rewriter.replace_op_with(op, _relabelled(source, transposed, op.init, [permutation.index(dim) for dim in added]))
    return True


@pattern("FoldFillWithTranspose", root="linalg.transpose")
def _transpose_of_fill(op: TransposeOp, rewriter: Rewriter) -> bool:
    """Fills a tensor of the other shape."""
    source = definition(op.input)
    if not isinstance(source, FillOp):
        return False
    rewriter.replace_op_with(op, fill_like(source, op.init))
    return True


@pattern("FoldBroadcasts")
def _broadcast_once(op: BroadcastOp, rewriter: Rewriter) -> bool:
    """Of two one is left, with the new dimensions of both."""
    source, added = definition(op.input), list(op.dimensions.get_values())
    if not isinstance(source, BroadcastOp):
        return False
    kept = [dim for dim in range(len(shape_of(op.init.type) or ())) if dim not in added]
    numbers = sorted([*added, *(kept[dim] for dim in source.dimensions.get_values())])
    rewriter.replace_op_with(op, _relabelled(op, source.input, op.init, numbers))
    return True


RULES = (
    OpRules("linalg.broadcast", (_erase_identity, _broadcast_once)),
    OpRules("linalg.copy", (_erase_copy_to_itself,)),
    OpRules("linalg.fill", (_copy_of_fill, _transpose_of_fill)),
    OpRules("linalg.generic", (_erase_identity,)),
    OpRules("linalg.index", fold=_fold_index),
    OpRules("linalg.transpose", (_transpose_once, _transpose_before_broadcast), _fold_transpose),
)
