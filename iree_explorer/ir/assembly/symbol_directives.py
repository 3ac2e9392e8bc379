"""The `custom<…>` directives about symbols and the types of attributes. IREE: UtilOps.cpp, parse… and print… of the same names."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import StringAttr, SymbolRefAttr
from xdsl.ir import Attribute
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.attribute_parts import raise_wrong_kind
from iree_explorer.ir.typed_attribute import type_of_attribute


@irdl_custom_directive
class SymbolVisibility(CustomDirective):
    """`public`, `private` or `nested`; nothing in the text means public, and is printed so."""

    visibility: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        word = parser.parse_optional_keyword_in(("public", "private", "nested"))
        if word is not None:
            self.visibility.set(state, StringAttr(word))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        visibility = self.visibility.get(op)
        printer.print_string(visibility.data if isinstance(visibility, StringAttr) else "public")
        end_of_token(state)


@irdl_custom_directive
class TypeOrAttr(CustomDirective):
    """`: type`, `= value` or `: type = value`; the type is left out where the value has it."""

    type: AttributeVariable
    value: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        if parser.parse_optional_punctuation("="):
            value = parser.parse_attribute()
            self.value.set(state, value)
            if (type_ := type_of_attribute(value)) is not None:
                self.type.set(state, type_)
            return
        parser.parse_punctuation(":")
        self.type.set(state, parser.parse_type())
        if parser.parse_optional_punctuation("="):
            self.value.set(state, parser.parse_attribute())

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        type_, value = self.type.get(op), self.value.get(op)
        assert type_ is not None
        if value is None or type_of_attribute(value) != type_:
            printer.print_string(" : ")
            printer.print_attribute(type_)
        if value is not None:
            printer.print_string(" = ")
            printer.print_attribute(value)
        end_of_token(state)


@irdl_custom_directive
class SymbolAlias(CustomDirective):
    """`@function` or `@function as("name")`: a symbol of its own that stands for another."""

    symbol: AttributeVariable
    alias: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        place = parser.pos
        alias = parser.parse_attribute()
        if not isinstance(alias, SymbolRefAttr) or alias.nested_references.data:
            raise_wrong_kind(parser, place)
        self.alias.set(state, alias)
        symbol: Attribute = alias.root_reference
        if parser.parse_optional_keyword("as"):
            with parser.in_parens():
                place = parser.pos
                symbol = parser.parse_attribute()
                if not isinstance(symbol, StringAttr):
                    raise_wrong_kind(parser, place)
        self.symbol.set(state, symbol)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        symbol, alias = self.symbol.get(op), self.alias.get(op)
        assert isinstance(symbol, StringAttr)
        assert isinstance(alias, SymbolRefAttr)
        printer.print_attribute(alias)
        if symbol.data != alias.root_reference.data:
            printer.print_string(f' as("{symbol.data}")')
        end_of_token(state)
