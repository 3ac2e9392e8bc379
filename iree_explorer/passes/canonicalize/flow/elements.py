"""Elements of constant tensors: read, cut out and overwritten. # IREE: FlowOpFolders.cpp, tensorSlice, tensorUpdate.

Differs: accesses out of bounds, which MLIR does not look for, and constants of more than `_MOST_ELEMENTS` are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, FloatAttr, IntegerAttr, TensorType
from xdsl.ir import Attribute, SSAValue

from iree_explorer.dialects.flow.tensor_ops import TensorLoadOp, TensorSliceOp, TensorStoreOp, TensorUpdateOp
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.elements import (
    element_bytes,
    element_of,
    element_place,
    element_places,
    is_within,
)
from iree_explorer.passes.canonicalize.facts.integers import INDEX_WIDTH, unsigned
from iree_explorer.passes.canonicalize.greedy.rules import Folded
from iree_explorer.syntax.dense import element_count, make_dense

_MOST_ELEMENTS = 1 << 20


def fold_load(op: TensorLoadOp) -> Folded | None:
    """An element of a constant is a constant."""
    source, indices = _dense(op.source), _numbers(op.indices)
    if source is None or indices is None:
        return None
    place = element_place(source.get_shape(), indices)
    return None if place is None else (element_of(source, place),)


def fold_store(op: TensorStoreOp) -> Folded | None:
    """A constant with an element changed to a constant is one."""
    value, target, indices = constant_value(op.value), _dense(op.target), _numbers(op.indices)
    if value is None or target is None or indices is None:
        return None
    place = element_place(target.get_shape(), indices)
    if place is None:
        return None
    element = _element(value, target)
    if element is None:
        return None
    return (_overwritten(target, [place], element),)


def _element(value: Attribute, like: DenseIntOrFPElementsAttr) -> DenseIntOrFPElementsAttr | None:
    """A number as the only element of a tensor."""
    if not isinstance(value, IntegerAttr | FloatAttr):
        return None
    type_: Any = TensorType(like.get_element_type(), [])
    return DenseIntOrFPElementsAttr.from_list(type_, [value.value.data])


def fold_slice(op: TensorSliceOp) -> Folded | None:
    """A part of a constant is a constant."""
    source, starts, lengths = _dense(op.source), _numbers(op.start_indices), _numbers(op.lengths)
    if source is None or starts is None or lengths is None or _numbers((*op.source_dims, *op.result_dims)) is None:
        return None
    shape = source.get_shape()
    if not is_within(shape, starts, lengths):
        return None
    chunks = element_bytes(source)
    data = b"".join(chunks[place] for place in element_places(shape, starts, lengths))
    return (make_dense(TensorType(source.get_element_type(), lengths), data),)


def fold_update(op: TensorUpdateOp) -> Folded | None:
    """A constant with a part overwritten by a constant is one; what is overwritten as a whole is what it is."""
    update, target, starts = _dense(op.update), _dense(op.target), _numbers(op.start_indices)
    if update is None or target is None or starts is None:
        is_whole = op.update.type == op.target.type and not op.target_dims
        return (op.update,) if is_whole else None
    if not element_count(update.type) or not element_count(target.type):
        return (target,)
    shape = target.get_shape()
    if not is_within(shape, starts, update.get_shape()):
        return None
    return (_overwritten(target, list(element_places(shape, starts, update.get_shape())), update),)


def _overwritten(
    target: DenseIntOrFPElementsAttr, places: Sequence[int], update: DenseIntOrFPElementsAttr
) -> DenseIntOrFPElementsAttr:
    chunks = element_bytes(target)
    for place, chunk in zip(places, element_bytes(update), strict=True):
        chunks[place] = chunk
    return make_dense(target.type, b"".join(chunks))


def _dense(value: SSAValue) -> DenseIntOrFPElementsAttr | None:
    constant = constant_value(value)
    if not isinstance(constant, DenseIntOrFPElementsAttr) or element_count(constant.type) > _MOST_ELEMENTS:
        return None
    return constant


def _numbers(values: Sequence[SSAValue]) -> list[int] | None:
    """The values as unsigned numbers; None: one is no constant."""
    constants = [constant_value(value) for value in values]
    numbers = [unsigned(c.value.data, INDEX_WIDTH) for c in constants if isinstance(c, IntegerAttr)]
    return numbers if len(numbers) == len(values) else None
