"""Dense literals as arrays."""

import math
from typing import Any

import numpy as np
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, TensorType
from xdsl.ir import Attribute

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.values.elements import DYNAMIC, Array, Element, element_of, sign_extend
from iree_explorer.ir.dense_resource import DenseResourceElementsAttr


def shape_of(type_: Attribute) -> tuple[int, ...]:
    """The shape of a tensor type, `DYNAMIC` where it is known at run time only; `()` for a scalar."""
    if not isinstance(type_, TensorType):
        return ()
    return tuple(int(size.data) for size in type_.shape)


def dense_array(attribute: Attribute, type_: Attribute) -> Array:
    """A dense literal as an array of the type's shape; a splat is a broadcast view, not writeable.

    Raises:
        ExecutionError: the attribute is no literal, or its data is not in the module or does not fit.
    """
    element = element_of(type_)
    shape = shape_of(type_)
    if DYNAMIC in shape:
        raise ExecutionError(f"a constant of dynamic type {type_}")
    if isinstance(attribute, DenseResourceElementsAttr):
        return _resource_values(attribute, element, shape).reshape(shape)
    if not isinstance(attribute, DenseIntOrFPElementsAttr):
        raise ExecutionError(f"expected a dense literal, found {attribute}")
    values = _values(attribute, element)
    if values.size == 1:
        return np.broadcast_to(values.reshape(()), shape)
    return values.reshape(shape)


def _resource_values(attribute: DenseResourceElementsAttr, element: Element, shape: tuple[int, ...]) -> Array:
    """The elements of a resource in order. IREE: UtilAttrs.cpp, serializeGenericResourceElementData."""
    handle, data = attribute.resource_handle.data, attribute.elements
    if data is None:
        raise ExecutionError(f"the data of {handle} is not in the module")
    if element.bits < 8 and element.bits != 1:
        raise ExecutionError(f"a resource of {element.name} elements is not supported")
    needed = math.prod(shape) * element.dtype.itemsize
    if len(data) != needed:
        raise ExecutionError(f"the data of {handle} has {len(data)} bytes, {attribute.type} takes {needed}")
    return np.frombuffer(data, element.dtype)


def _values(attribute: Any, element: Element) -> Array:
    """The elements in order, one only for a splat."""
    data: bytes = attribute.data.data
    stored = np.dtype(np.int8) if element.bits == 1 and element.is_integer else element.dtype
    if element.kind == "index" or element.bits >= 8:
        return np.frombuffer(data, stored)
    raw = np.frombuffer(data, stored)
    return sign_extend(raw, element) if element.is_integer and element.bits > 1 else raw.astype(element.dtype)
