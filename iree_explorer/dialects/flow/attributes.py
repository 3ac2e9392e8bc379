"""The types and attributes of the flow dialect. IREE: FlowBase.td."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import DictionaryAttr, NoneAttr, StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer

from iree_explorer.dialects.stream.attributes import parse_parameter_reference, print_parameter_reference
from iree_explorer.dialects.typed_attribute import SelfTypedAttribute


@irdl_attr_definition
class ChannelType(ParametrizedAttribute, TypeAttribute):
    """`!flow.channel`: the participants of a collective operation."""

    name = "flow.channel"


@irdl_attr_definition
class NamedParameterAttr(SelfTypedAttribute):
    """`#flow.parameter.named<"scope"::"key", {…}> : type`: a constant that is loaded when the program starts."""

    name = "flow.parameter.named"

    scope: StringAttr | NoneAttr
    key: StringAttr
    config: DictionaryAttr | NoneAttr
    type: Attribute

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            scope, key = parse_parameter_reference(parser)
            config: Attribute = parser.parse_attribute() if parser.parse_optional_punctuation(",") else NoneAttr()
        return [scope, key, config]

    @override
    def print_body(self, printer: Printer) -> None:
        printer.print_string("<")
        print_parameter_reference(printer, self.scope, self.key)
        if isinstance(self.config, DictionaryAttr):
            printer.print_string(", ")
            printer.print_attribute(self.config)
        printer.print_string(">")
