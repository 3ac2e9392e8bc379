"""Dense literals as arrays."""

from typing import Any

import numpy as np
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, DenseResourceAttr, TensorType
from xdsl.ir import Attribute

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.values.elements import DYNAMIC, Array, Element, element_of, sign_extend


def shape_of(type_: Attribute) -> tuple[int, ...]:
    """The shape of a tensor type, `DYNAMIC` where it is known at run time only; `()` for a scalar."""
    if not isinstance(type_, TensorType):
        return ()
    return tuple(int(size.data) for size in type_.shape)


def dense_array(attribute: Attribute, type_: Attribute) -> Array:
    """A dense literal as an array of the type's shape; a splat is a broadcast view, not writeable.

    Raises:
        ExecutionError: the attribute is no dense literal, or its data does not fit.
    """
    element = element_of(type_)
    shape = shape_of(type_)
    if DYNAMIC in shape:
        raise ExecutionError(f"a constant of dynamic type {type_}")
    if isinstance(attribute, DenseResourceAttr):
        raise ExecutionError(f"the data of {attribute.resource_handle.data} is not in the module")
    if not isinstance(attribute, DenseIntOrFPElementsAttr):
        raise ExecutionError(f"expected a dense literal, found {attribute}")
    values = _values(attribute, element)
    if values.size == 1:
        return np.broadcast_to(values.reshape(()), shape)
    return values.reshape(shape)


def _values(attribute: Any, element: Element) -> Array:
    """The elements in order, one only for a splat."""
    data: bytes = attribute.data.data
    stored = np.dtype(np.int8) if element.bits == 1 and element.is_integer else element.dtype
    if element.kind == "index" or element.bits >= 8:
        return np.frombuffer(data, stored)
    raw = np.frombuffer(data, stored)
    return sign_extend(raw, element) if element.is_integer and element.bits > 1 else raw.astype(element.dtype)
