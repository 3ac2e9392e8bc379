"""Casts of tensors before and behind structured ops, and sizes that their operands say of each other.

# MLIR: LinalgOps.cpp, TensorOps.cpp
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeGuard

from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType, TensorType
from xdsl.ir import Attribute, Operation, OpResult, SSAValue
from xdsl.ir.affine import AffineDimExpr, AffineMap

from iree_explorer.dialects.tensor import CastOp
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.linalg.building import before_cast, made_of, outputs_of, replace_with_casts
from iree_explorer.passes.canonicalize.tensor.building import cast

if TYPE_CHECKING:
    from iree_explorer.dialects.linalg.structured import LinalgOp


def _is_structured(op: Operation | None) -> TypeGuard[LinalgOp]:
    """Whether `op` is a nest of loops over its operands."""
    return op is not None and op.dialect_name() == "linalg" and hasattr(op, "body_region")


def _with_type(type_: Attribute, shape: Sequence[int]) -> TensorType[Attribute]:
    assert isinstance(type_, TensorType)
    return TensorType(type_.element_type, shape, type_.encoding)


@pattern("EraseDeadLinalgOp")
def _erase_empty(op: Operation, rewriter: Rewriter) -> bool:
    """On a buffer without elements there is nothing to do."""
    buffers = [value for value in op.operands if isinstance(value.type, MemRefType)]
    if not _is_structured(op) or not any(0 in (shape_of(buffer.type) or ()) for buffer in buffers):
        return False
    rewriter.erase_op(op)
    return True


@pattern("FoldTensorCastConsumerOp", root="tensor.cast")
def _cast_before_op(op: CastOp, rewriter: Rewriter) -> bool:
    """Casts the output of a structured op instead of its result, where that says more."""
    source = definition(op.source)
    if not _is_structured(source) or source.parent is not op.parent or not says_as_much(op.dest.type, op.source.type):
        return False
    assert isinstance(op.source, OpResult)
    number = op.source.index
    rewriter.set_insertion_point(source)
    outputs, results = list(source.output_operands()), list(source.result_types)
    outputs[number] = rewriter.insert(cast(outputs[number], op.dest.type)).dest
    results[number] = op.dest.type
    new = rewriter.insert(made_of(source, [*source.input_operands(), *outputs], results))
    values: list[SSAValue] = list(new.results)
    values[number] = rewriter.insert(cast(values[number], op.source.type)).dest
    rewriter.replace_op(source, values)
    rewriter.replace_op(op, (new.results[number],))
    return True


def _use_before_casts(op: Operation, rewriter: Rewriter) -> bool:
    """Uses tensors as they are, not as what they were cast to."""
    outputs = outputs_of(op)
    operands = [before_cast(operand) or operand for operand in op.operands]
    if not outputs or operands == list(op.operands):
        return False
    replaced = dict(zip(op.operands, operands, strict=True))
    types = [replaced[output].type for output in outputs if not isinstance(output.type, MemRefType)]
    replace_with_casts(op, made_of(op, operands, types), rewriter)
    return True


@pattern("InferStaticShapeOfOperands")
def _infer_sizes(op: Operation, rewriter: Rewriter) -> bool:
    """Casts operands to the sizes that other operands say of the same loop."""
    if not _is_structured(op) or any(isinstance(value.type, MemRefType) for value in op.operands):
        return False
    maps = op.maps()
    if not all(map_.is_projected_permutation() for map_ in maps):
        return False
    sizes = _known_sizes(op.operands, maps)
    operands: list[SSAValue] = []
    for operand, map_ in zip(op.operands, maps, strict=True):
        shape = shape_of(operand.type)
        known = [
            sizes.get(expr, size) if size == DYNAMIC_INDEX else size
            for size, expr in zip(shape or (), map_.results, strict=True)
        ]
        is_new = shape is not None and known != list(shape)
        operands.append(rewriter.insert(cast(operand, _with_type(operand.type, known))).dest if is_new else operand)
    if operands == list(op.operands):
        return False
    count = len(op.output_operands())
    replace_with_casts(op, made_of(op, operands, [output.type for output in operands[-count:]]), rewriter)
    return True


def _known_sizes(operands: Sequence[SSAValue], maps: Sequence[AffineMap]) -> dict[object, int]:
    """The size of each loop that a type says, the first one that does."""
    sizes: dict[object, int] = {}
    for operand, map_ in zip(operands, maps, strict=True):
        for size, expr in zip(shape_of(operand.type) or (), map_.results, strict=True):
            if size != DYNAMIC_INDEX and isinstance(expr, AffineDimExpr):
                sizes.setdefault(expr, size)
    return sizes


RULES = (
    OpRules("linalg.*", (_erase_empty, _cast_before_op, _infer_sizes)),
    OpRules(
        "tensor.*",
        tuple(
            pattern("FoldTensorCastProducerOp", root=root)(_use_before_casts)
            for root in ("linalg.*", "iree_linalg_ext.*", "tensor.insert")
        ),
    ),
)
