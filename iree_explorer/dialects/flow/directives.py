"""The `custom<…>` directives of the flow dialect alone. IREE: FlowOps.cpp, UtilOps.cpp."""

from __future__ import annotations

from typing_extensions import override
from xdsl.ir import Attribute, SSAValue
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

from iree_explorer.ir.assembly.directives import end_of_token, parse_sizes, print_sizes
from iree_explorer.ir.interfaces import TiedOpInterface, tied_operands_attr
from iree_explorer.ir.typed_attribute import type_of_attribute


@irdl_custom_directive
class TypedConstant(CustomDirective):
    """`value`, which has the type of the result (ODS: AllTypesMatch of an attribute and a result)."""

    value: AttributeVariable
    type: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        value = parser.parse_attribute()
        type_ = type_of_attribute(value)
        if type_ is None:
            parser.raise_error("expected an attribute that has a type")
        self.value.set(state, value)
        self.type.set(state, (type_,))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        value = self.value.get(op)
        assert value is not None
        state.print_whitespace(printer)
        printer.print_attribute(value)
        end_of_token(state)


def _parse_tied_tensor(
    result: TypeDirective, dims: VariadicOperandVariable, parser: Parser, state: ParsingState
) -> None:
    if parser.parse_optional_unresolved_operand() is not None:
        parser.parse_keyword("as")
    type_ = parser.parse_type()
    result.set(state, (type_,))
    dims.set(state, parse_sizes(parser, type_))


def _print_tied_tensor(
    result: TypeDirective, dims: VariadicOperandVariable, printer: Printer, state: PrintingState, op: IRDLOperation
) -> None:
    state.print_whitespace(printer)
    tied = op.tied_operand_index(0) if isinstance(op, TiedOpInterface) else None
    if tied is not None:
        printer.print_operand(op.operands[tied])
        printer.print_string(" as ")
    (type_,) = result.get(op)
    printer.print_attribute(type_)
    print_sizes(printer, type_, iter(dims.get(op)))
    end_of_token(state)


@irdl_custom_directive
class ShapedTiedTensor(CustomDirective):
    """`%operand as tensor{%dim}` (ShapedTiedResult of a result with any number of dimensions)."""

    type: TypeDirective
    dims: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        _parse_tied_tensor(self.type, self.dims, parser, state)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        _print_tied_tensor(self.type, self.dims, printer, state, op)


@irdl_custom_directive
class StoredTiedTensor(CustomDirective):
    """As `ShapedTiedTensor`; the op stores that its result is tied."""

    type: TypeDirective
    dims: VariadicOperandVariable
    tied_operands: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        _parse_tied_tensor(self.type, self.dims, parser, state)
        self.tied_operands.set(state, tied_operands_attr((0,)))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        _print_tied_tensor(self.type, self.dims, printer, state, op)


@irdl_custom_directive
class ShapedOperandList(CustomDirective):
    """`%value : type{%dim}, …`."""

    values: VariadicOperandVariable
    types: TypeDirective
    dims: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        values: list[UnresolvedOperand] = []
        types: list[Attribute] = []
        dims: list[UnresolvedOperand] = []

        def parse_one() -> None:
            values.append(parser.parse_unresolved_operand())
            parser.parse_punctuation(":")
            types.append(parser.parse_type())
            dims.extend(parse_sizes(parser, types[-1]))

        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_one)
        self.values.set(state, values)
        self.types.set(state, types)
        self.dims.set(state, dims)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        dims = iter(self.dims.get(op))

        def print_one(value: SSAValue) -> None:
            printer.print_operand(value)
            printer.print_string(" : ")
            printer.print_attribute(value.type)
            print_sizes(printer, value.type, dims)

        printer.print_list(self.values.get(op), print_one)
        end_of_token(state)
