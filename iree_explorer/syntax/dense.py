"""Dense elements: how many of them are kept, and their bytes.

`DenseIntOrFPElementsAttr.data` holds one element alone where all are equal, as in MLIR, so that a splat of a million
elements costs as much as one of two. Else it holds all elements in row-major order. An element is `compile_time_size`
bytes, little-endian; an integer fills them with copies of its sign, so that a true i1 is 0xFF.
"""

from __future__ import annotations

from math import prod

from xdsl.dialects.builtin import (
    AnyDenseElement,
    BytesAttr,
    DenseIntOrFPElementsAttr,
    IntegerType,
    RankedStructure,
    Signedness,
)


def element_size(element_type: AnyDenseElement) -> int:
    """Bytes of one element in `DenseIntOrFPElementsAttr.data`."""
    return element_type.compile_time_size


def element_count(type_: RankedStructure[AnyDenseElement]) -> int:
    """How many elements a value of the type has."""
    return prod(type_.get_shape())


def is_splat(attribute: DenseIntOrFPElementsAttr) -> bool:
    """Whether all elements are equal and there is one."""
    data = attribute.data.data
    size = element_size(attribute.get_element_type())
    return len(data) >= size and data[size:] == data[:-size]


def make_dense(type_: RankedStructure[AnyDenseElement], data: bytes) -> DenseIntOrFPElementsAttr:
    """The attribute of `type_` with `data` as described above; one element where all are equal."""
    size = element_size(type_.get_element_type())
    if len(data) > size and data[size:] == data[:-size]:
        data = data[:size]
    return DenseIntOrFPElementsAttr(type_, BytesAttr(data))


def storage_width(type_: IntegerType) -> int:
    """Bytes of one integer in MLIR's raw data. MLIR: getDenseElementStorageWidth."""
    return (type_.width.data + 7) // 8


def _keeps_mlir_bytes(element_type: AnyDenseElement) -> bool:
    if not isinstance(element_type, IntegerType):
        return True
    return element_type.width.data == 8 * element_size(element_type)


def to_mlir_bytes(element_type: AnyDenseElement, data: bytes) -> bytes:
    """The elements of `data` as MLIR lays them out: integers in the least whole bytes, high bits zero."""
    if not isinstance(element_type, IntegerType) or _keeps_mlir_bytes(element_type):
        return data
    size, width = element_size(element_type), storage_width(element_type)
    mask = (1 << element_type.width.data) - 1
    pieces = (data[i : i + size] for i in range(0, len(data), size))
    return b"".join((int.from_bytes(p, "little") & mask).to_bytes(width, "little") for p in pieces)


def from_mlir_bytes(element_type: AnyDenseElement, raw: bytes) -> bytes:
    """The inverse of `to_mlir_bytes`; the length of `raw` is a multiple of an element's."""
    if not isinstance(element_type, IntegerType) or _keeps_mlir_bytes(element_type):
        return raw
    size, width = element_size(element_type), storage_width(element_type)
    pieces = (int.from_bytes(raw[i : i + width], "little") for i in range(0, len(raw), width))
    return b"".join(integer_bytes(element_type, value, size) for value in pieces)


def integer_bytes(element_type: IntegerType, value: int, size: int) -> bytes:
    """The `size` bytes of an integer of any sign, its bits beyond the type's width dropped."""
    width = element_type.width.data
    value &= (1 << width) - 1
    signed = element_type.signedness.data is not Signedness.UNSIGNED and width > 0 and value >> (width - 1)
    if signed:
        value -= 1 << width
    return value.to_bytes(size, "little", signed=value < 0)
