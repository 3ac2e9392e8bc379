"""Rules of `tensor.*` ops on a tensor that `linalg.fill` made. # MLIR: LinalgOps.cpp.

Those on joined fills, and on what is put into a fill, are not here.
"""

from __future__ import annotations

from xdsl.ir import Operation

from iree_explorer.dialects.tensor import CollapseShapeOp, EmptyOp, ExpandShapeOp, ExtractOp, PadOp
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.linalg.building import fill_like, made_of
from iree_explorer.passes.canonicalize.tensor.building import is_static
from iree_explorer.passes.canonicalize.tensor.pads import constant_padding


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
    """Fills a larger tensor, where the same is put around it. # Differs: only where its shape is static."""
    source = definition(op.source)
    if source is None or not _is_fill(source) or constant_padding(op) is not source.operands[0]:
        return False
    if not is_static(op.result):
        return False
    rewriter.replace_op_with(op, fill_like(source, rewriter.insert(EmptyOp((), op.result.type)).result))
    return True


RULES = (
    OpRules(
        "linalg.fill",
        (
            _extract_of_fill,
            _pad_of_fill,
            pattern("FoldFillWithTensorReshape", root="tensor.collapse_shape")(_reshape_of_fill),
            pattern("FoldFillWithTensorReshape", root="tensor.expand_shape")(_reshape_of_fill),
        ),
    ),
)
