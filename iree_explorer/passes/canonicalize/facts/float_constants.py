"""Constant floats of values, scalars or tensors and vectors of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from xdsl.dialects.builtin import AnyFloat, DenseIntOrFPElementsAttr, FloatAttr
from xdsl.ir import Attribute, SSAValue

from iree_explorer.ir.type_constraints import element_type
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.elements import dense_of
from iree_explorer.passes.canonicalize.facts.floats import rounded


def constant_float(value: SSAValue) -> float | None:
    """What `value` holds where it is a constant float, or a tensor or vector of one all over."""
    numbers = constant_floats(value)
    return numbers[0] if numbers is not None and len(numbers) == 1 else None


def constant_floats(value: SSAValue) -> list[float] | None:
    """The constant floats that `value` holds: one for all where they are the same."""
    attribute = constant_value(value)
    if isinstance(attribute, FloatAttr):
        return [attribute.value.data]
    if not isinstance(attribute, DenseIntOrFPElementsAttr) or not isinstance(attribute.get_element_type(), AnyFloat):
        return None
    # One is kept of elements that are all the same.
    return [element.value.data for element in attribute.iter_attrs() if isinstance(element, FloatAttr)]


def floats_attr(numbers: Sequence[float], type_: Attribute) -> FloatAttr | DenseIntOrFPElementsAttr:
    """The constant of `type_` with these numbers, rounded: one each for its elements, or one for all."""
    scalar: Any = element_type(type_)
    elements = [FloatAttr(rounded(number, scalar), scalar) for number in numbers]
    if scalar is type_:
        return elements[0]
    dense = dense_of(cast("Any", type_), elements)
    assert dense is not None
    return dense
