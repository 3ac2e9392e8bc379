"""The types of the util dialect. IREE: UtilTypes.td, UtilTypes.cpp."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import AnyFloat, ComplexType, IndexType, IntegerType, TensorType, UnrankedTensorType
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer

from iree_explorer.ir.interfaces import SizeAwareType


@irdl_attr_definition
class BufferType(ParametrizedAttribute, SizeAwareType):
    """`!util.buffer`: bytes in the memory of the host."""

    name = "util.buffer"


@irdl_attr_definition
class ObjectType(ParametrizedAttribute, TypeAttribute):
    """`!util.object`: any type that is no number."""

    name = "util.object"


@irdl_attr_definition
class UnusedType(ParametrizedAttribute, TypeAttribute):
    """`!util.unused`: stands where a list of types needs an entry that means nothing."""

    name = "util.unused"


@irdl_attr_definition
class VariantType(ParametrizedAttribute, TypeAttribute):
    """`!util.variant`: the element of a list of anything; `?` within `!util.list<?>`."""

    name = "util.variant"


@irdl_attr_definition
class ListType(ParametrizedAttribute, TypeAttribute):
    """`!util.list<T>`."""

    name = "util.list"

    element_type: Attribute

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [VariantType() if parser.parse_optional_punctuation("?") else parser.parse_type()]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            if isinstance(self.element_type, VariantType):
                printer.print_string("?")
            else:
                printer.print_attribute(self.element_type)


@irdl_attr_definition
class PtrType(ParametrizedAttribute, TypeAttribute):
    """`!util.ptr<T>`: the address of a global of type T."""

    name = "util.ptr"

    target_type: Attribute

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [parser.parse_type()]


def is_object_compatible(type_: Attribute) -> bool:
    """Whether a value of the type can be an `!util.object`. IREE: UtilTypes.cpp, ObjectType::isCompatible."""
    return not isinstance(type_, IntegerType | IndexType | AnyFloat | ComplexType)


def can_implicitly_cast(source: Attribute, target: Attribute) -> bool:
    """Whether a list may hold `source` where `target` is asked for. IREE: UtilTypes.cpp, ListType::canImplicitlyCast."""
    if isinstance(source, VariantType) or isinstance(target, VariantType):
        return True
    if isinstance(source, ObjectType) and is_object_compatible(target):
        return True
    if isinstance(target, ObjectType) and is_object_compatible(source):
        return True
    if isinstance(source, TensorType | UnrankedTensorType) and isinstance(target, TensorType | UnrankedTensorType):
        return True
    return source == target
