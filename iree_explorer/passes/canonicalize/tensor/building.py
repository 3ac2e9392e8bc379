"""What rules of several `tensor.*` ops ask and make."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, TensorType
from xdsl.ir import Attribute, SSAValue

from iree_explorer.dialects.tensor import CastOp, DimOp
from iree_explorer.ir.type_constraints import element_type, shape_of
from iree_explorer.passes.canonicalize.building import index_constant
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter


def tensor_shape(value: SSAValue) -> tuple[int, ...]:
    """The shape of a ranked tensor."""
    return shape_of(value.type) or ()


def is_static(value: SSAValue) -> bool:
    """Whether all dimensions of a tensor are in its type."""
    return DYNAMIC_INDEX not in tensor_shape(value)


def tensor_like(type_: Attribute, shape: Iterable[int]) -> TensorType[Attribute]:
    """The tensor type of this shape with the elements and the encoding of another."""
    assert isinstance(type_, TensorType)
    return TensorType(type_.element_type, list(shape), type_.encoding)


def plain_tensor(type_: Attribute, shape: Iterable[int]) -> TensorType[Attribute]:
    """The tensor type of this shape with the elements of another."""
    return TensorType(element_type(type_), list(shape))


def cast(value: SSAValue, type_: Attribute) -> CastOp:
    """A fresh `tensor.cast`."""
    return CastOp.create(operands=[value], result_types=[type_])


def as_type(value: SSAValue, type_: Attribute, rewriter: Rewriter) -> SSAValue:
    """`value` itself where it has the type, or cast to it."""
    return value if value.type == type_ else rewriter.insert(cast(value, type_)).dest


def size_of(tensor: SSAValue, dim: int, rewriter: Rewriter) -> SSAValue | int:
    """A size of a tensor, computed where the type does not say it. # MLIR: getMixedSize."""
    size = tensor_shape(tensor)[dim]
    return dim_of(tensor, dim, rewriter) if size == DYNAMIC_INDEX else size


def dim_of(tensor: SSAValue, dim: int, rewriter: Rewriter) -> SSAValue:
    """A size of a tensor as a value: of a `tensor.dim`, or what that folds to."""
    number = rewriter.insert(index_constant(dim)).result
    return rewriter.insert_or_fold(DimOp.create(operands=[tensor, number], result_types=[IndexType()]))
