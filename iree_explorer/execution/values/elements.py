"""Element types: which numpy dtype holds a value of one, and how tensors of it lie in the bytes of a resource.

A value lives in the smallest numpy dtype that holds it: `i1` as bool, unsigned integers (`ui8`, of which only tensors of the
host are) as unsigned ones, others as signed integers (the sign-extended value where the type is narrower than its dtype),
`index` as int64, narrow floats as `ml_dtypes`. A resource stores it as
IREE does: `i1` a byte each unless the type asks for packed storage, 2- and 4-bit elements packed from the low bits of each
byte up, other odd widths in the next power of two.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import ml_dtypes
import numpy as np
import numpy.typing as npt
from xdsl.dialects.builtin import DYNAMIC_INDEX, ComplexType, IndexType, IntegerType, NoneAttr, Signedness, TensorType
from xdsl.ir import Attribute

from iree_explorer.errors import ExecutionError

Array: TypeAlias = npt.NDArray[Any]
Bytes: TypeAlias = npt.NDArray[np.uint8]

DYNAMIC = DYNAMIC_INDEX
"""What a shape, or a static offset, size or stride, holds where the number is known at run time only."""

_FLOATS: dict[str, tuple[Any, int]] = {
    "f16": (np.float16, 16),
    "bf16": (ml_dtypes.bfloat16, 16),
    "f32": (np.float32, 32),
    "f64": (np.float64, 64),
    "f8E3M4": (ml_dtypes.float8_e3m4, 8),
    "f8E4M3": (ml_dtypes.float8_e4m3, 8),
    "f8E4M3FN": (ml_dtypes.float8_e4m3fn, 8),
    "f8E4M3FNUZ": (ml_dtypes.float8_e4m3fnuz, 8),
    "f8E4M3B11FNUZ": (ml_dtypes.float8_e4m3b11fnuz, 8),
    "f8E5M2": (ml_dtypes.float8_e5m2, 8),
    "f8E5M2FNUZ": (ml_dtypes.float8_e5m2fnuz, 8),
    "f8E8M0FNU": (ml_dtypes.float8_e8m0fnu, 8),
    "f6E2M3FN": (ml_dtypes.float6_e2m3fn, 6),
    "f6E3M2FN": (ml_dtypes.float6_e3m2fn, 6),
    "f4E2M1FN": (ml_dtypes.float4_e2m1fn, 4),
}
_COMPLEX = {"f32": np.dtype(np.complex64), "f64": np.dtype(np.complex128)}
"""By the type of the parts."""
_INTEGERS = {Signedness.SIGNLESS: "i", Signedness.SIGNED: "si", Signedness.UNSIGNED: "ui"}
"""How MLIR writes them, before the number of bits."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element type.

    Attributes:
        name: as MLIR writes it, `f32`.
        kind: "int", "index", "float" or "complex".
        bits: how many the value has (a complex number: both parts).
        dtype: numpy's, for values.
        storage_bits: how many an element takes in a resource.
    """

    name: str
    kind: str
    bits: int
    dtype: np.dtype[Any]
    storage_bits: int

    @property
    def is_float(self) -> bool:
        """Real floating point of any width."""
        return self.kind == "float"

    @property
    def is_integer(self) -> bool:
        """An integer or `index`."""
        return self.kind in ("int", "index")

    @property
    def is_unsigned(self) -> bool:
        """An integer that is written with its signedness, and has none."""
        return self.name.startswith("ui")

    @property
    def is_narrow(self) -> bool:
        """Whether the value has fewer bits than its dtype, so that results must be wrapped."""
        return self.is_integer and self.bits not in (1, self.dtype.itemsize * 8)

    def byte_length(self, count: int) -> int:
        """Bytes that `count` elements take in a resource, the last byte padded."""
        return (count * self.storage_bits + 7) // 8


def integer(bits: int, *, prefix: str = "i", packed: bool = False) -> Element:
    """The integer type of `bits`: signless (`i`), signed (`si`) or unsigned (`ui`); `packed` stores `i1` as bits."""
    name = f"{prefix}{bits}"
    if not 0 < bits <= 64:
        raise ExecutionError(f"{name}: integers of {'more than 64' if bits else 'no'} bits are not supported")
    container = max(8, 1 << (bits - 1).bit_length())
    dtype = np.dtype(np.bool_) if bits == 1 else np.dtype(f"{'uint' if prefix == 'ui' else 'int'}{container}")
    storage = bits if bits in (2, 4) or (packed and bits == 1) else container
    return Element(name, "int", bits, dtype, storage)


INDEX = Element("index", "index", 64, np.dtype(np.int64), 64)
I1 = integer(1)


@cache
def element_named(name: str) -> Element:
    """The element type that MLIR writes as `name`."""
    if name in _FLOATS:
        dtype, bits = _FLOATS[name]
        return Element(name, "float", bits, np.dtype(dtype), bits if bits == 4 else max(8, bits))
    if name == "index":
        return INDEX
    if name.startswith("complex<"):
        dtype = _COMPLEX.get(name[8:-1])
        if dtype is None:
            raise ExecutionError(f"element type '{name}' is not supported")
        bits = dtype.itemsize * 8
        return Element(name, "complex", bits, dtype, bits)
    prefix = name.rstrip("0123456789")
    if prefix in _INTEGERS.values() and prefix != name:
        return integer(int(name.removeprefix(prefix)), prefix=prefix)
    raise ExecutionError(f"element type '{name}' is not supported")


def element_of(type_: Attribute) -> Element:
    """The element type of a scalar or tensor type."""
    if isinstance(type_, TensorType):
        packed = getattr(type_.encoding, "name", "") == "iree_encoding.packed_storage"
        scalar: Attribute = type_.element_type
        if packed and isinstance(scalar, IntegerType):
            return integer(scalar.width.data, packed=True)
        return element_of(scalar)
    return element_named(type_name(type_))


def type_name(type_: Attribute) -> str:
    """A scalar type as MLIR writes it."""
    if isinstance(type_, IntegerType):
        return f"{_INTEGERS[type_.signedness.data]}{type_.width.data}"
    if isinstance(type_, IndexType):
        return "index"
    if isinstance(type_, ComplexType):
        return f"complex<{type_name(type_.element_type)}>"
    if isinstance(type_, NoneAttr):
        return "none"
    return type_.name


def scalar(value: Any, element: Element) -> Any:
    """`value` as a numpy scalar of the element's dtype, integers wrapped to its bits."""
    if element.is_integer:
        return wrap_int(int(value), element)
    return element.dtype.type(value)


def wrap_int(value: int, element: Element) -> Any:
    """A Python integer as a numpy scalar: two's complement in the element's bits, sign-extended where it is not unsigned."""
    if element.bits == 1:
        return np.bool_(value & 1)
    value &= (1 << element.bits) - 1
    if value >> (element.bits - 1) and not element.is_unsigned:
        value -= 1 << element.bits
    return element.dtype.type(value)


def sign_extend(array: Any, element: Element) -> Any:
    """Integers with stray high bits brought back into a narrow type; others as they are."""
    if not element.is_narrow:
        return array
    shift = element.dtype.itemsize * 8 - element.bits
    return (array << shift) >> shift


def pack(array: Array, element: Element) -> Bytes:
    """The bytes that a resource holds for `array`, in row-major order, shape `(byte_length,)`."""
    array = np.ascontiguousarray(array, dtype=element.dtype)
    if element.storage_bits >= 8:
        return array.reshape(-1).view(np.uint8)
    bits = element.storage_bits
    per_byte = 8 // bits
    codes = array.reshape(-1).view(np.uint8) & ((1 << bits) - 1)
    padded = np.zeros(-(-codes.size // per_byte) * per_byte, np.uint8)
    padded[: codes.size] = codes
    shifts = np.arange(per_byte, dtype=np.uint8) * bits
    return np.bitwise_or.reduce(padded.reshape(-1, per_byte) << shifts, axis=1, dtype=np.uint8)


def unpack(data: Bytes, shape: tuple[int, ...], element: Element) -> Array:
    """`data` as a typed array of `shape`: a view where the storage allows, else a copy.

    Raises:
        ExecutionError: `data` is too short.
    """
    count = math.prod(shape)
    needed = element.byte_length(count)
    if data.size < needed:
        raise ExecutionError(f"{spell(shape, element)} takes {needed} bytes, but there are {data.size}")
    if element.storage_bits >= 8:
        return data[:needed].view(element.dtype).reshape(shape)
    bits = element.storage_bits
    shifts = np.arange(8 // bits, dtype=np.uint8) * bits
    codes = (data[:needed, None] >> shifts & ((1 << bits) - 1)).reshape(-1)[:count].astype(np.uint8)
    if element.is_integer:
        return sign_extend(codes.view(element.dtype), element).reshape(shape)
    return codes.view(element.dtype).reshape(shape)


def spell(shape: tuple[int, ...], element: Element) -> str:
    """`4x16xf32`, as users write a tensor type; `?` for a dynamic dimension."""
    return "x".join([*("?" if size == DYNAMIC else str(size) for size in shape), element.name])
