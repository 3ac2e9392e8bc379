"""Constraints on types and attributes of the util dialect, worded as MLIR words them. IREE: UtilTypes.td, UtilBase.td."""

from __future__ import annotations

from xdsl.dialects.builtin import (
    AnyFloat,
    IndexType,
    IntegerType,
    TensorType,
)

from iree_explorer.dialects.util.types import BufferType, ListType, PtrType
from iree_explorer.ir.type_constraints import TypeIs, is_primitive

ELEMENT_OR_TENSOR = TypeIs(
    "primitive type or tensor of any non-token type values",
    lambda type_: is_primitive(type_) or isinstance(type_, TensorType),
)
INTEGER_OR_INDEX = TypeIs("index or integer", lambda type_: isinstance(type_, IndexType | IntegerType))
STRING_ARGUMENT = TypeIs(
    "index or signless integer or !util.buffer",
    lambda type_: isinstance(type_, IndexType | IntegerType | BufferType),
)
FILL_PATTERN = TypeIs(
    "integer or floating-point or index", lambda type_: isinstance(type_, IntegerType | AnyFloat | IndexType)
)
GLOBAL_POINTER = TypeIs("A pointer-like reference.", lambda type_: isinstance(type_, PtrType))
LIST = TypeIs("Dense list container type.", lambda type_: isinstance(type_, ListType))

INDEX = IndexType()
BUFFER = BufferType()
I1 = IntegerType(1)
I32 = IntegerType(32)
I64 = IntegerType(64)
