"""Shapes of types and values for their dynamic dimensions, compared."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Attribute, SSAValue

from iree_explorer.dialects.type_constraints import shape_of


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
