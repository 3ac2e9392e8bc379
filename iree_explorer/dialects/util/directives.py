"""The `custom<…>` directives of the util dialect alone. IREE: UtilOps.cpp, parse… and print… of the same names."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import FunctionType
from xdsl.ir import SSAValue, TypeAttribute
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    TypeDirective,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.dialects.util.signatures import (
    dictionaries,
    parse_tied_signature,
    print_tied_signature,
    tied_values,
)
from iree_explorer.dialects.util.types import ListType, can_implicitly_cast
from iree_explorer.ir.assembly.directives import end_of_token


@irdl_custom_directive
class TypedValueList(CustomDirective):
    """`[%a, %b]`, values of a type that stands elsewhere."""

    values: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        found = parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_unresolved_operand)
        self.values.set(state, found)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        with printer.in_square_brackets():
            printer.print_list(self.values.get(op), printer.print_operand)
        end_of_token(state)


@irdl_custom_directive
class RangeList(CustomDirective):
    """`[%offset for %length], …`."""

    offsets: VariadicOperandVariable
    lengths: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        offsets: list[UnresolvedOperand] = []
        lengths: list[UnresolvedOperand] = []

        def parse_one() -> None:
            with parser.in_square_brackets():
                offsets.append(parser.parse_unresolved_operand())
                parser.parse_keyword("for")
                lengths.append(parser.parse_unresolved_operand())

        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_one)
        self.offsets.set(state, offsets)
        self.lengths.set(state, lengths)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        def print_one(pair: tuple[SSAValue, SSAValue]) -> None:
            with printer.in_square_brackets():
                printer.print_operand(pair[0])
                printer.print_string(" for ")
                printer.print_operand(pair[1])

        state.print_whitespace(printer)
        printer.print_list(zip(self.offsets.get(op), self.lengths.get(op), strict=True), print_one)
        end_of_token(state)


@irdl_custom_directive
class ValueTypeList(CustomDirective):
    """`[%a : type, %b : type]`."""

    values: VariadicOperandVariable
    types: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        def parse_one() -> tuple[UnresolvedOperand, TypeAttribute]:
            operand = parser.parse_unresolved_operand()
            parser.parse_punctuation(":")
            return operand, parser.parse_type()

        pairs = parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parse_one)
        self.values.set(state, [operand for operand, _ in pairs])
        self.types.set(state, [type_ for _, type_ in pairs])

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        def print_one(value: SSAValue) -> None:
            printer.print_operand(value)
            printer.print_string(" : ")
            printer.print_attribute(value.type)

        state.print_whitespace(printer)
        with printer.in_square_brackets():
            printer.print_list(self.values.get(op), print_one)
        end_of_token(state)


@irdl_custom_directive
class ListTypeGet(CustomDirective):
    """`!util.list<T>`, or `!util.list<?> -> type`."""

    list_type: TypeDirective
    element_type: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        list_type = parser.parse_type()
        if not isinstance(list_type, ListType):
            parser.raise_error("expected !util.list<T> type")
        element = list_type.element_type
        if parser.parse_optional_punctuation("->"):
            element = parser.parse_type()
            if not can_implicitly_cast(list_type.element_type, element):
                words = "list access types must match the same base type as the list element type (when not variant)"
                parser.raise_error(f"custom op '{state.op_type.name}' {words}")
        self.list_type.set(state, (list_type,))
        self.element_type.set(state, (element,))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        (list_type,), (element,) = self.list_type.get(op), self.element_type.get(op)
        assert isinstance(list_type, ListType)
        state.print_whitespace(printer)
        printer.print_attribute(list_type)
        if list_type.element_type != element:
            printer.print_string(" -> ")
            printer.print_attribute(element)
        end_of_token(state)


@irdl_custom_directive
class ListTypeSet(CustomDirective):
    """`!util.list<T>`, or `type -> !util.list<?>`."""

    list_type: TypeDirective
    element_type: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        leading = parser.parse_type()
        list_type = parser.parse_type() if parser.parse_optional_punctuation("->") else leading
        if not isinstance(list_type, ListType):
            parser.raise_error("expected an !util.list<T> type")
        self.list_type.set(state, (list_type,))
        self.element_type.set(state, (list_type.element_type if list_type is leading else leading,))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        (list_type,), (element,) = self.list_type.get(op), self.element_type.get(op)
        assert isinstance(list_type, ListType)
        state.print_whitespace(printer)
        if list_type.element_type != element:
            printer.print_attribute(element)
            printer.print_string(" -> ")
        printer.print_attribute(list_type)
        end_of_token(state)


@irdl_custom_directive
class ShapedFunctionSignature(CustomDirective):
    """`(%arg0: type {attrs}) -> (type, %arg0 as type)`."""

    function_type: AttributeVariable
    tied_operands: AttributeVariable
    arg_attrs: AttributeVariable
    res_attrs: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        for name, value in parse_tied_signature(parser, named=True).properties(empty=True).items():
            state.properties[name] = value

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        function_type = self.function_type.get(op)
        assert isinstance(function_type, FunctionType)
        print_tied_signature(
            printer,
            function_type,
            tied_values(self.tied_operands.get(op)),
            dictionaries(self.arg_attrs.get(op)),
            dictionaries(self.res_attrs.get(op)),
        )
        end_of_token(state)
