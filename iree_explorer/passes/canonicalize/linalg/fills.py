"""Rules of `tensor.*` ops on a tensor that `linalg.fill` made. # MLIR: LinalgOps.cpp."""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.tensor import CollapseShapeOp, ConcatOp, EmptyOp, ExpandShapeOp, ExtractOp, PadOp
from iree_explorer.dialects.tensor.slices import InsertSliceOp
from iree_explorer.passes.canonicalize.affine.sums import sum_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.slices import Slice, static_numbers, values_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.linalg.building import fill_like, made_of
from iree_explorer.passes.canonicalize.tensor.building import as_type, plain_tensor, size_of, tensor_shape
from iree_explorer.passes.canonicalize.tensor.pads import constant_padding, is_same_scalar, paddings
from iree_explorer.passes.canonicalize.tensor.slices import insert_slice


def _is_fill(op: Operation | None) -> bool:
    return op is not None and op.name == "linalg.fill"


@pattern("FoldFillWithTensorExtract", root="tensor.extract")
def _extract_of_fill(op: ExtractOp, rewriter: Rewriter) -> bool:
    """Every element is the scalar."""
    source = definition(op.tensor)
    if source is None or not _is_fill(source):
        return False
    rewriter.replace_op(op, source.operands[:1])
    return True


def _reshape_of_fill(op: CollapseShapeOp | ExpandShapeOp, rewriter: Rewriter) -> bool:
    """Fills a tensor of the other shape."""
    source = definition(op.src)
    if source is None or not _is_fill(source):
        return False
    new = rewriter.insert(made_of(op, [source.operands[1], *op.operands[1:]], op.result_types))
    rewriter.replace_op_with(op, fill_like(source, new.results[0]))
    return True


@pattern("FoldFillWithPad", root="tensor.pad")
def _pad_of_fill(op: PadOp, rewriter: Rewriter) -> bool:
    """Fills a larger tensor, where the same is put around it."""
    source = definition(op.source)
    if source is None or not _is_fill(source) or constant_padding(op) is not source.operands[0]:
        return False
    sizes = [_padded_size(op, dim, rewriter) for dim in range(len(tensor_shape(op.result)))]
    type_ = plain_tensor(op.result.type, static_numbers(sizes))
    fill = rewriter.insert(fill_like(source, rewriter.insert(EmptyOp(values_of(sizes), type_)).result))
    rewriter.replace_op(op, (as_type(fill.results[0], op.result.type, rewriter),))
    return True


def _padded_size(op: PadOp, dim: int, rewriter: Rewriter) -> SSAValue | int:
    size = tensor_shape(op.result)[dim]
    if size != DYNAMIC_INDEX:
        return size
    low, high = paddings(op)
    return sum_of((size_of(op.source, dim, rewriter), low[dim], high[dim]), rewriter)


@pattern("FoldConcatsOfFill", root="tensor.concat")
def _concat_of_fills(op: ConcatOp, rewriter: Rewriter) -> bool:
    """Fills the whole, where all parts are filled with the same."""
    fills = [source for value in op.inputs if (source := definition(value)) is not None and _is_fill(source)]
    if len(fills) < len(op.inputs) or not all(is_same_scalar(fill.operands[0], fills[0].operands[0]) for fill in fills):
        return False
    whole = rewriter.insert(made_of(op, [fill.operands[1] for fill in fills], op.result_types))
    rewriter.replace_op_with(op, fill_like(fills[0], whole.results[0]))
    return True


@pattern("FoldInsertPadIntoFill", root="tensor.insert_slice")
def _pad_into_fill(op: InsertSliceOp, rewriter: Rewriter) -> bool:
    """Puts a tensor into a filled one without what was put around it, which is there already."""
    pad = definition(op.source)
    if not isinstance(pad, PadOp) or len(tensor_shape(op.result)) != len(tensor_shape(op.source)):
        return False
    whole = _filled_below(op)
    if whole is None or constant_padding(pad) is not whole.operands[0]:
        return False
    part, (low, _) = Slice.of(op), paddings(pad)
    part.offsets = [sum_of(pair, rewriter) for pair in zip(low, part.offsets, strict=True)]
    part.sizes = [size_of(pad.source, dim, rewriter) for dim in range(len(low))]
    rewriter.replace_op_with(op, insert_slice(pad.source, op.dest, part))
    return True


def _filled_below(op: InsertSliceOp) -> Operation | None:
    """The fill that certainly made what `op` writes over, also where other parts were put in since; None: there is none."""
    source = definition(op.dest)
    while isinstance(source, InsertSliceOp) and _are_apart(Slice.of(op), Slice.of(source)):
        if len(tensor_shape(source.result)) != len(tensor_shape(source.source)):
            return None
        source = definition(source.dest)
    return source if _is_fill(source) else None


def _are_apart(one: Slice, other: Slice) -> bool:
    """Whether two parts certainly have no element in common."""
    return any(
        a is not None and b is not None and (a[1] < b[0] or b[1] < a[0])
        for a, b in zip(_ends(one), _ends(other), strict=True)
    )


def _ends(part: Slice) -> list[tuple[int, int] | None]:
    """Per dimension the first and the last index; None: they are not known."""
    return [
        (offset, offset + (size - 1) * stride)
        if isinstance(offset, int) and isinstance(size, int) and isinstance(stride, int)
        else None
        for offset, size, stride in zip(part.offsets, part.sizes, part.strides, strict=True)
    ]


RULES = (
    OpRules(
        "linalg.fill",
        (
            _concat_of_fills,
            _extract_of_fill,
            _pad_of_fill,
            _pad_into_fill,
            pattern("FoldFillWithTensorReshape", root="tensor.collapse_shape")(_reshape_of_fill),
            pattern("FoldFillWithTensorReshape", root="tensor.expand_shape")(_reshape_of_fill),
        ),
    ),
)
