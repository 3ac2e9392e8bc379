"""The `custom<…>` directives of tensor ops: types with the tensor they encode. IREE: StreamOps.cpp."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr
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

from iree_explorer.dialects.util.types import UnusedType
from iree_explorer.ir.assembly.directives import (
    end_of_line,
    end_of_token,
    find_tied_operand,
    parse_sizes,
    print_sizes,
    print_tied_type,
)
from iree_explorer.ir.assembly.located_state import raise_counts
from iree_explorer.ir.interfaces import UNTIED, tied_operands_attr


def encodings_of(variable: AttributeVariable, op: IRDLOperation) -> tuple[Attribute, ...]:
    """The types in the array attribute `variable` of `op`."""
    encodings = variable.get(op)
    assert isinstance(encodings, ArrayAttr)
    return tuple(encodings.data)


@dataclass
class EncodedTypes:
    """Per value: its type and the tensor type it encodes (`!util.unused`: none), with the sizes behind both."""

    types: list[Attribute] = field(default_factory=list[Attribute])
    sizes: list[UnresolvedOperand] = field(default_factory=list[UnresolvedOperand])
    encodings: list[Attribute] = field(default_factory=list[Attribute])
    dims: list[UnresolvedOperand] = field(default_factory=list[UnresolvedOperand])
    tied: list[int] = field(default_factory=list[int])


@irdl_custom_directive
class EncodedResourceOperands(CustomDirective):
    """`%resource : encoding{%dim} in type{%size}`, one a line."""

    resources: VariadicOperandVariable
    resource_types: TypeDirective
    resource_sizes: VariadicOperandVariable
    resource_encodings: AttributeVariable
    resource_encoding_dims: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        resources: list[UnresolvedOperand] = []
        found = EncodedTypes()

        def parse_one() -> None:
            resources.append(parser.parse_unresolved_operand())
            parser.parse_punctuation(":")
            encoding = parser.parse_type()
            found.encodings.append(encoding)
            found.dims.extend(parse_sizes(parser, encoding))
            parser.parse_keyword("in")
            type_ = parser.parse_type()
            found.types.append(type_)
            found.sizes.extend(parse_sizes(parser, type_))

        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_one)
        self.resources.set(state, resources)
        self.resource_types.set(state, found.types)
        self.resource_sizes.set(state, found.sizes)
        self.resource_encodings.set(state, ArrayAttr(found.encodings))
        self.resource_encoding_dims.set(state, found.dims)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        resources = self.resources.get(op)
        sizes = iter(self.resource_sizes.get(op))
        dims = iter(self.resource_encoding_dims.get(op))
        with printer.indented():
            for index, (resource, encoding) in enumerate(
                zip(resources, encodings_of(self.resource_encodings, op), strict=True)
            ):
                printer.print_string(",\n" if index else "\n")
                printer.print_operand(resource)
                printer.print_string(" : ")
                printer.print_attribute(encoding)
                print_sizes(printer, encoding, dims)
                printer.print_string(" in ")
                printer.print_attribute(resource.type)
                print_sizes(printer, resource.type, sizes)
        printer.print_string("\n")
        end_of_line(state)


def _parse_encoded_type(parser: Parser, found: EncodedTypes) -> None:
    first = parser.parse_type()
    first_sizes = parse_sizes(parser, first)
    if parser.parse_optional_keyword("in"):
        type_ = parser.parse_type()
        found.encodings.append(first)
        found.dims.extend(first_sizes)
        found.types.append(type_)
        found.sizes.extend(parse_sizes(parser, type_))
    else:
        found.encodings.append(UnusedType())
        found.types.append(first)
        found.sizes.extend(first_sizes)


def _parse_encoded_result(
    parser: Parser, operands: list[UnresolvedOperand], inputs: EncodedTypes, found: EncodedTypes
) -> None:
    first = parser.parse_type()
    first_sizes = parse_sizes(parser, first)
    if parser.parse_optional_keyword("in") is None:
        found.encodings.append(UnusedType())
        found.types.append(first)
        found.sizes.extend(first_sizes)
        found.tied.append(UNTIED)
        return
    found.encodings.append(first)
    found.dims.extend(first_sizes)
    reference = parser.parse_optional_unresolved_operand()
    tied = UNTIED if reference is None else find_tied_operand(parser, operands, reference)
    typed = reference is None or parser.parse_optional_keyword("as")
    type_ = parser.parse_type() if typed else inputs.types[tied]
    found.types.append(type_)
    found.sizes.extend(parse_sizes(parser, type_))
    found.tied.append(tied)


@irdl_custom_directive
class EncodedShapedFunctionType(CustomDirective):
    """`(encoding{%dim} in type{%size}, type) -> (encoding{%dim} in %operand as type{%size})`."""

    operands: VariadicOperandVariable
    operand_types: TypeDirective
    operand_sizes: VariadicOperandVariable
    operand_encodings: AttributeVariable
    operand_encoding_dims: VariadicOperandVariable
    result_types: TypeDirective
    result_sizes: VariadicOperandVariable
    result_encodings: AttributeVariable
    result_encoding_dims: VariadicOperandVariable
    tied_operands: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        inputs, outputs = EncodedTypes(), EncodedTypes()
        parser.parse_comma_separated_list(parser.Delimiter.PAREN, lambda: _parse_encoded_type(parser, inputs))
        parser.parse_punctuation("->")
        operands = list(state.operands[self.operands.index] or ())
        if len(operands) != len(inputs.types):
            raise_counts(self.operands, len(operands), len(inputs.types), parser, state)

        def parse_result() -> None:
            _parse_encoded_result(parser, operands, inputs, outputs)

        in_parens = parser.parse_optional_comma_separated_list(parser.Delimiter.PAREN, parse_result)
        if in_parens is None:
            parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_result)
        self._set(state, inputs, outputs)

    def _set(self, state: ParsingState, inputs: EncodedTypes, outputs: EncodedTypes) -> None:
        self.operand_types.set(state, inputs.types)
        self.operand_sizes.set(state, inputs.sizes)
        self.operand_encodings.set(state, ArrayAttr(inputs.encodings))
        self.operand_encoding_dims.set(state, inputs.dims)
        self.result_types.set(state, outputs.types)
        self.result_sizes.set(state, outputs.sizes)
        self.result_encodings.set(state, ArrayAttr(outputs.encodings))
        self.result_encoding_dims.set(state, outputs.dims)
        if outputs.tied:
            self.tied_operands.set(state, tied_operands_attr(outputs.tied))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        sizes, dims = iter(self.operand_sizes.get(op)), iter(self.operand_encoding_dims.get(op))

        def print_operand(entry: tuple[Attribute, Attribute]) -> None:
            type_, encoding = entry
            _print_encoding(printer, encoding, dims)
            printer.print_attribute(type_)
            print_sizes(printer, type_, sizes)

        types = self.operand_types.get(op)
        with printer.in_parens():
            encodings = encodings_of(self.operand_encodings, op)
            printer.print_list(zip(types, encodings, strict=True), print_operand)
        printer.print_string(" -> ")
        self._print_results(printer, op)
        end_of_token(state)

    def _print_results(self, printer: Printer, op: IRDLOperation) -> None:
        sizes, dims = iter(self.result_sizes.get(op)), iter(self.result_encoding_dims.get(op))

        def print_result(entry: tuple[int, tuple[Attribute, Attribute]]) -> None:
            index, (type_, encoding) = entry
            _print_encoding(printer, encoding, dims)
            print_tied_type(printer, op, index, type_)
            print_sizes(printer, type_, sizes)

        types = self.result_types.get(op)
        printer.print_string("(" if len(types) != 1 else "")
        encodings = encodings_of(self.result_encodings, op)
        printer.print_list(enumerate(zip(types, encodings, strict=True)), print_result)
        printer.print_string(")" if len(types) != 1 else "")


def _print_encoding(printer: Printer, encoding: Attribute, dims: Iterator[SSAValue]) -> None:
    if not isinstance(encoding, UnusedType):
        printer.print_attribute(encoding)
        print_sizes(printer, encoding, dims)
        printer.print_string(" in ")
