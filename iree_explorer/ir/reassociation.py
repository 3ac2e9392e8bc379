"""Groups of neighbouring dimensions, each of which one dimension of another shape stands for: `[[0, 1], [2]]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, IntegerAttr
from xdsl.ir import Attribute
from xdsl.irdl import AttrConstraint
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.attribute_constraints import I64_ARRAY, AttributeIs
from iree_explorer.ir.type_constraints import shape_of, verify_dynamic_sizes

Reassociation = ArrayAttr[ArrayAttr[IntegerAttr]]


def _is_reassociation(attribute: Attribute) -> bool:
    return isinstance(attribute, ArrayAttr) and all(map(I64_ARRAY.predicate, attribute))


REASSOCIATION = cast(
    "AttrConstraint[Reassociation]",
    AttributeIs("Array of 64-bit integer array attributes", _is_reassociation, stored=ArrayAttr),
)


def verified_groups(reassociation: Reassociation) -> list[list[int]]:
    """Per dimension of the smaller rank: which dimensions of the larger one it stands for, at least one."""
    groups = [[number.value.data for number in group] for group in reassociation]
    if not all(groups):
        raise VerifyException("reassociation indices must not be empty")
    return groups


def verify_output_shape(result: Attribute, written: Sequence[int], values: int, what: str) -> None:
    """Checks the sizes that are written for an expanded shape against its type.

    Args:
        result: the type of the expanded shape.
        written: the sizes, `DYNAMIC_INDEX` for each of the values.
        values: how many there are.
        what: what the sizes are called.
    """
    shape = shape_of(result) or ()
    if len(written) != len(shape):
        wanted = f"expected number of static shape {what} to be equal to the output rank ({len(shape)})"
        raise VerifyException(f"{wanted} but found {len(written)} inputs instead")
    dynamic = written.count(DYNAMIC_INDEX)
    if dynamic != values:
        mismatch = "mismatch in dynamic dims in output_shape and static_output_shape"
        has = f"static_output_shape has {dynamic} dynamic dims while output_shape has {values} values"
        raise VerifyException(f"{mismatch}: {has}")
    verify_dynamic_sizes(result, values)
    for place, (size, wanted_size) in enumerate(zip(written, shape, strict=True)):
        if size != wanted_size:
            raise VerifyException(f"invalid output shape provided at pos {place}")
