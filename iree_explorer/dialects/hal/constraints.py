"""Types of operands that the HAL's ops share, in MLIR's words. IREE: HALTypes.td."""

from xdsl.dialects.builtin import AnyFloat, ComplexType, IndexType, IntegerType, VectorType
from xdsl.ir import Attribute

from iree_explorer.dialects.hal.types import (
    AllocatorType,
    BufferType,
    ChannelType,
    CommandBufferType,
    DeviceType,
    ExecutableType,
    FenceType,
    FileType,
)
from iree_explorer.dialects.util import types as util
from iree_explorer.ir.type_constraints import TypeIs, is_signless_integer

INDEX = IndexType()
I1 = IntegerType(1)
I32 = IntegerType(32)
I64 = IntegerType(64)

ALLOCATOR = AllocatorType()
BUFFER = BufferType()
CHANNEL = ChannelType()
COMMAND_BUFFER = CommandBufferType()
DEVICE = DeviceType()
EXECUTABLE = ExecutableType()
FENCE = FenceType()
FILE = FileType()
HOST_BUFFER = util.BufferType()


def _is_scalar_or_vector(type_: Attribute) -> bool:
    is_scalar = isinstance(type_, IndexType | AnyFloat | ComplexType) or is_signless_integer(type_)
    return is_scalar or (isinstance(type_, VectorType) and bool(type_.get_shape()))


BUFFER_OR_SLOT = TypeIs("index or buffer", lambda type_: type_ in (INDEX, BUFFER))
"""A buffer, or the number of a binding that stands for one."""
FILL_PATTERN = TypeIs(
    "8-bit signless integer or 16-bit signless integer or 32-bit signless integer",
    lambda type_: type_ in (IntegerType(8), IntegerType(16), I32),
)
SCALAR_OR_VECTOR = TypeIs(
    "index or signless integer or floating-point or complex-type or vector of any non-token type values",
    _is_scalar_or_vector,
)
