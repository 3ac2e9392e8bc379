"""The types of the stream dialect. IREE: StreamTypes.td."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import ShapedType
from xdsl.ir import Attribute, Data, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.str_enum import StrEnum

from iree_explorer.ir.interfaces import GlobalType, SizeAwareType


class Lifetime(StrEnum):
    """How long the contents of a resource live, and so where they may be stored."""

    UNKNOWN = "*"
    EXTERNAL = "external"
    STAGING = "staging"
    TRANSIENT = "transient"
    VARIABLE = "variable"
    CONSTANT = "constant"


@irdl_attr_definition
class ResourceType(Data[Lifetime], SizeAwareType, GlobalType):
    """`!stream.resource<lifetime>`: a buffer that only stream ops touch."""

    name = "stream.resource"

    @property
    def lifetime(self) -> Lifetime:
        """The lifetime in angle brackets."""
        return self.data

    @override
    def is_access_storage_compatible(self, accessed: Attribute) -> bool:
        # IREE bug: StreamTypes.cpp, ResourceType::isAccessStorageCompatible, compares the other type with itself.
        return isinstance(accessed, ResourceType | ShapedType)

    @classmethod
    @override
    def parse_parameter(cls, parser: AttrParser) -> Lifetime:
        position = parser.pos - len("resource")
        with parser.in_angle_brackets():
            if parser.parse_optional_punctuation("*"):
                return Lifetime.UNKNOWN
            word = parser.parse_identifier()
            if word not in set(Lifetime):
                parser.raise_error(f"unknown lifetime value: {word}", position)
            return Lifetime(word)

    @override
    def print_parameter(self, printer: Printer) -> None:
        printer.print_string(f"<{self.data}>")


@irdl_attr_definition
class TimepointType(ParametrizedAttribute, TypeAttribute):
    """`!stream.timepoint`: a point in time that is reached when all work before it is done."""

    name = "stream.timepoint"


@irdl_attr_definition
class ChannelType(ParametrizedAttribute, TypeAttribute):
    """`!stream.channel`: the participants of a collective operation."""

    name = "stream.channel"


@irdl_attr_definition
class FileType(ParametrizedAttribute, TypeAttribute):
    """`!stream.file`: storage that is read and written asynchronously."""

    name = "stream.file"


@irdl_attr_definition
class BindingType(ParametrizedAttribute, TypeAttribute):
    """`!stream.binding`: what a kernel sees of a resource passed to it."""

    name = "stream.binding"


@irdl_attr_definition
class TestFenceType(ParametrizedAttribute, TypeAttribute):
    """`!stream.test.fence`: stands for a fence in the compiler's own tests."""

    name = "stream.test.fence"
