"""Type constraints of the stream dialect, worded as MLIR words them. IREE: StreamTypes.td, StreamBase.td."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects.builtin import IndexType, IntegerType, VectorType
from xdsl.ir import Attribute

from iree_explorer.dialects.stream.types import (
    BindingType,
    ChannelType,
    FileType,
    Lifetime,
    ResourceType,
    TestFenceType,
    TimepointType,
)
from iree_explorer.dialects.util.types import BufferType
from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.interfaces import AffinityAttr
from iree_explorer.ir.type_constraints import TypeIs, is_primitive

_STREAM_LIFETIMES = frozenset(Lifetime) - {Lifetime.STAGING}
_STREAM_PHRASE = "resource or external resource or transient resource or variable resource or constant resource"


def _has_lifetime(*lifetimes: Lifetime) -> Callable[[Attribute], bool]:
    allowed = frozenset(lifetimes)
    return lambda type_: isinstance(type_, ResourceType) and type_.data in allowed


def _is_signless_integer_of(*widths: int) -> Callable[[Attribute], bool]:
    allowed = frozenset(IntegerType(width) for width in widths)
    return lambda type_: type_ in allowed


_is_stream_resource = _has_lifetime(*_STREAM_LIFETIMES)

ANY_RESOURCE = TypeIs("any stream-compatible type", lambda type_: isinstance(type_, ResourceType))
ANY_STREAM_RESOURCE = TypeIs(_STREAM_PHRASE, _is_stream_resource)
STAGING_RESOURCE = TypeIs("staging resource", _has_lifetime(Lifetime.STAGING))
STREAM_OR_STAGING_RESOURCE = TypeIs(f"{_STREAM_PHRASE} or staging resource", _has_lifetime(*Lifetime))
CONSTANT_OR_VARIABLE_RESOURCE = TypeIs(
    "constant resource or variable resource", _has_lifetime(Lifetime.CONSTANT, Lifetime.VARIABLE)
)
PRIMITIVE_OR_VECTOR = TypeIs(
    "index or integer or floating-point or complex-type or vector of any non-token type values",
    lambda type_: is_primitive(type_) or isinstance(type_, VectorType),
)
RESOURCE_OR_PRIMITIVE = TypeIs(
    f"{_STREAM_PHRASE} or index or integer or floating-point or complex-type",
    lambda type_: _is_stream_resource(type_) or is_primitive(type_),
)
FILL_PATTERN = TypeIs(
    "8-bit signless integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer",
    _is_signless_integer_of(8, 16, 32, 64),
)
NATIVE_FILL_PATTERN = TypeIs(
    "8-bit signless integer or 16-bit signless integer or 32-bit signless integer", _is_signless_integer_of(8, 16, 32)
)
AFFINITY = AttributeIs("an affinity", lambda attribute: isinstance(attribute, AffinityAttr), stored=AffinityAttr)

INDEX = IndexType()
I32 = IntegerType(32)
I64 = IntegerType(64)
I1 = IntegerType(1)
TIMEPOINT = TimepointType()
CHANNEL = ChannelType()
FILE = FileType()
BINDING = BindingType()
TEST_FENCE = TestFenceType()
BUFFER = BufferType()
