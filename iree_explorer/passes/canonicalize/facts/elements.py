"""Elements of constant tensors, by their numbers in row-major order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, cast

from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, FixedBitwidthType, FloatAttr, IntegerAttr, TensorType
from xdsl.ir import Attribute

from iree_explorer.ir.type_constraints import element_type
from iree_explorer.syntax.dense import element_count, element_size, make_dense


def is_within(shape: Sequence[int], starts: Sequence[int], lengths: Sequence[int]) -> bool:
    """Whether a part lies within a shape."""
    if not len(shape) == len(starts) == len(lengths):
        return False
    return all(0 <= start <= size - length for start, length, size in zip(starts, lengths, shape, strict=True))


def element_place(shape: Sequence[int], indices: Sequence[int]) -> int | None:
    """The number of an element; None: there is none."""
    one = [1] * len(indices)
    return next(element_places(shape, indices, one)) if is_within(shape, indices, one) else None


def element_places(shape: Sequence[int], starts: Sequence[int], lengths: Sequence[int]) -> Iterator[int]:
    """The numbers of the elements of a part, in order."""
    for indices in product(*(range(start, start + length) for start, length in zip(starts, lengths, strict=True))):
        place = 0
        for index, size in zip(indices, shape, strict=True):
            place = place * size + index
        yield place


def element_bytes(value: DenseIntOrFPElementsAttr) -> list[bytes]:
    """The bytes of each element."""
    size, data, count = element_size(value.get_element_type()), value.data.data, element_count(value.type)
    chunks = [data[offset : offset + size] for offset in range(0, len(data), size)]
    return chunks * count if len(chunks) == 1 else chunks


def element_of(value: DenseIntOrFPElementsAttr, place: int) -> Attribute:
    """An element of numbers that are not complex."""
    size, data = element_size(value.get_element_type()), value.data.data
    start = place * size if len(data) > size else 0
    element = make_dense(TensorType(value.get_element_type(), []), data[start : start + size])
    return next(iter(element.iter_attrs()))


def dense_of(type_: TensorType[Attribute], elements: Sequence[Attribute]) -> DenseIntOrFPElementsAttr | None:
    """The constant of `type_` with these elements, in order, or with one all over; None: they are no plain numbers."""
    if not all(isinstance(element, IntegerAttr | FloatAttr) for element in elements):
        return None
    chunks = [_bytes_of(type_, element) for element in elements]
    return make_dense(cast("Any", type_), b"".join(chunks))


def reshaped(value: DenseIntOrFPElementsAttr, type_: Attribute) -> DenseIntOrFPElementsAttr:
    """The same elements, or their bits, as a constant of another static shape, or of other elements of that size."""
    return make_dense(cast("Any", type_), value.data.data)


def has_whole_bytes(type_: Attribute) -> bool:
    """Whether elements of the type are kept as the bits that they are, with nothing added."""
    element: Any = element_type(type_)
    return isinstance(element, FixedBitwidthType) and element.bitwidth == 8 * element_size(cast("Any", element))


def _bytes_of(type_: TensorType[Attribute], element: Attribute) -> bytes:
    number = cast("Any", element).value.data
    return DenseIntOrFPElementsAttr.from_list(cast("Any", TensorType(type_.element_type, [1])), [number]).data.data
