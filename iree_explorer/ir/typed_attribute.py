"""Attributes that have a type of their own and print it behind a colon (MLIR: TypedAttrInterface)."""

from __future__ import annotations

import abc

from typing_extensions import override
from xdsl.dialects.builtin import NoneType
from xdsl.ir import Attribute, ParametrizedAttribute, TypedAttribute
from xdsl.parser import AttrParser
from xdsl.printer import Printer


class OwnTypeAttribute(ParametrizedAttribute, abc.ABC):
    """An attribute that is written `#name<…> : type`; `none` is left out.

    Subclasses say what stands before the colon, by `parse_body` and `print_body`, and what the type is.
    """

    @abc.abstractmethod
    def get_type(self) -> Attribute:
        """The attribute's type."""

    @classmethod
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        """Reads all parameters but the type."""
        del parser
        return []

    def print_body(self, printer: Printer) -> None:
        """Prints all parameters but the type."""
        del printer

    @override
    def print_parameters(self, printer: Printer) -> None:
        self.print_body(printer)
        type_ = self.get_type()
        if not isinstance(type_, NoneType):
            printer.print_string(" : ")
            printer.print_attribute(type_)


class SelfTypedAttribute(OwnTypeAttribute):
    """An attribute whose last parameter is its type (MLIR: AttributeSelfTypeParameter); `none` where none is written."""

    @override
    def get_type(self) -> Attribute:
        return self.parameters[-1]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        body = cls.parse_body(parser)
        return [*body, parser.parse_type() if parser.parse_optional_punctuation(":") else NoneType()]


class FixedTypeAttribute(OwnTypeAttribute):
    """An attribute that has the same type always; the text may name another, which is ignored as IREE ignores it."""

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        body = cls.parse_body(parser)
        if parser.parse_optional_punctuation(":"):
            parser.parse_type()
        return body


def type_of_attribute(attribute: Attribute) -> Attribute | None:
    """The type that `attribute` carries; None: it is no typed attribute."""
    if isinstance(attribute, TypedAttribute | OwnTypeAttribute):
        return attribute.get_type()
    return None
