"""Shapes of types and values for their dynamic dimensions, compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Attribute, OpResult, SSAValue

from iree_explorer.analysis.values import InsertionPoint, is_usable_at
from iree_explorer.ir.interfaces import ShapeAwareOpInterface, TiedOpInterface
from iree_explorer.ir.type_constraints import element_type, shape_of


def have_same_shape(
    one: Attribute, one_dims: Sequence[SSAValue], other: Attribute, other_dims: Sequence[SSAValue]
) -> bool:
    """Whether two views of one tensor have the same shape: of the dynamic dimensions, one may go by another name.

    # IREE: ShapeUtils.cpp, compareShapesEqual
    """
    shape = shape_of(one)
    if DYNAMIC_INDEX not in (*(shape or ()), *(shape_of(other) or ())):
        return one == other
    differing = sum(a is not b for a, b in zip(one_dims, other_dims, strict=False))
    return shape == shape_of(other) and differing <= 1


def changes_nothing(
    source: SSAValue, source_dims: Sequence[SSAValue], result: SSAValue, result_dims: Sequence[SSAValue]
) -> bool:
    """Whether a cast is to the same shape of the same elements."""
    if element_type(source.type) != element_type(result.type):
        return False
    return have_same_shape(source.type, source_dims, result.type, result_dims)


def known_dims(value: SSAValue, point: InsertionPoint) -> Iterator[Sequence[SSAValue]]:
    """The dynamic dimensions that others say a tensor has, as far as they may be used at `point`, nearest first.

    # IREE: UtilTypes.cpp, findDynamicDims
    """
    source: SSAValue | None = value
    while isinstance(source, OpResult):
        op = source.op
        if isinstance(op, ShapeAwareOpInterface):
            yield op.result_dynamic_dims(source.index)
        source = op.tied_operand_of(source) if isinstance(op, TiedOpInterface) else None
    for use in value.uses:
        if isinstance(use.operation, ShapeAwareOpInterface):
            dims = use.operation.operand_dynamic_dims(use.index)
            if all(is_usable_at(dim, point) for dim in dims):
                yield dims


def says_as_much(one: Attribute, other: Attribute) -> bool:
    """Whether a tensor type says all of a tensor that another says. # MLIR: TensorOps.cpp, preservesStaticInformation."""
    shape, less = shape_of(one), shape_of(other)
    if shape is None or less is None or len(shape) != len(less) or element_type(one) != element_type(other):
        return False
    return all(b in (a, DYNAMIC_INDEX) for a, b in zip(shape, less, strict=True))
