"""Builtin attributes that xDSL does not have: strings with a type, and distinct attributes."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import IntAttr, StringAttr
from xdsl.ir import Attribute, BuiltinAttribute, ParametrizedAttribute, TypedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.printer import Printer

from iree_explorer.syntax.escapes import quoted


@irdl_attr_definition
class TypedStringAttr(BuiltinAttribute, TypedAttribute):
    """`"…" : type`, a string whose type is not `none`."""

    name = "string_with_type"
    value: StringAttr
    type: Attribute

    @override
    def get_type(self) -> Attribute:
        return self.type

    @override
    def print_without_type(self, printer: Printer) -> None:
        printer.print_string(quoted(self.value.data))

    @override
    def print_builtin(self, printer: Printer) -> None:
        self.print_without_type(printer)
        printer.print_string(" : ")
        printer.print_attribute(self.type)


@irdl_attr_definition
class DistinctAttr(ParametrizedAttribute, BuiltinAttribute):
    """`distinct[id]<attribute>`: no two with different numbers are the same.

    Attributes:
        id: its number in the text that it was read from; texts number them in the order in which they print them.
        referenced: what it is made from; mostly `unit`, which goes without saying.
    """

    name = "distinct"
    id: IntAttr
    referenced: Attribute

    @override
    def print_builtin(self, printer: Printer) -> None:
        printer.print_string(f"distinct[{self.id.data}]<")
        printer.print_attribute(self.referenced)
        printer.print_string(">")
