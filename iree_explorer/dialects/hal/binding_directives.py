"""Lists of buffers that kernels are bound to. IREE: HALOps.cpp, parseBindings, parseBindingTable."""

from __future__ import annotations

from typing_extensions import override
from xdsl.ir import Attribute
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    CustomDirective,
    ParsingState,
    PrintingState,
    TypeDirective,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.ir.assembly.directives import end_of_line


@irdl_custom_directive
class Bindings(CustomDirective):
    """`(%buffer : type)[%offset, %length]`, one a line, at least one in a text."""

    buffers: VariadicOperandVariable
    buffer_types: TypeDirective
    offsets: VariadicOperandVariable
    lengths: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        buffers: list[UnresolvedOperand] = []
        types: list[Attribute] = []
        offsets: list[UnresolvedOperand] = []
        lengths: list[UnresolvedOperand] = []

        def parse_binding() -> None:
            with parser.in_parens():
                buffers.append(parser.parse_unresolved_operand())
                parser.parse_punctuation(":")
                types.append(parser.parse_type())
            with parser.in_square_brackets():
                offsets.append(parser.parse_unresolved_operand())
                parser.parse_punctuation(",")
                lengths.append(parser.parse_unresolved_operand())

        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_binding)
        self.buffers.set(state, buffers)
        self.buffer_types.set(state, types)
        self.offsets.set(state, offsets)
        self.lengths.set(state, lengths)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        bindings = zip(self.buffers.get(op), self.offsets.get(op), self.lengths.get(op), strict=True)
        for number, (buffer, offset, length) in enumerate(bindings):
            printer.print_string(", \n  (" if number else "\n  (")
            printer.print_operand(buffer)
            printer.print_string(" : ")
            printer.print_attribute(buffer.type)
            printer.print_string(")[")
            printer.print_operand(offset)
            printer.print_string(", ")
            printer.print_operand(length)
            printer.print_string("]")
        printer.print_string("\n")
        end_of_line(state)
