"""The `custom<…>` directives of async ops and executables. IREE: StreamOps.cpp, parse… and print… of the same names."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IndexType, SymbolRefAttr
from xdsl.ir import Attribute, Region, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    OptionalOperandVariable,
    ParsingState,
    PrintingState,
    RegionVariable,
    TypeDirective,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.ir.assembly.columns import ColumnPrinter, sized_type_texts
from iree_explorer.ir.assembly.directives import (
    TiedTypes,
    end_of_token,
    parse_sizes,
    parse_tied_results,
    print_sizes,
    print_tied_results,
)
from iree_explorer.ir.assembly.function_syntax import parse_arguments
from iree_explorer.ir.assembly.located_state import note_place
from iree_explorer.ir.attribute_parts import parse_attribute_of
from iree_explorer.ir.interfaces import SizeAwareType
from iree_explorer.ir.storage import type_of


@irdl_custom_directive
class AwaitOrColon(CustomDirective):
    """`await(%timepoint) =>`, or `:` where nothing is awaited (ODS: an optional group with an alternative)."""

    await_timepoint: OptionalOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        if parser.parse_optional_keyword("await") is None:
            parser.parse_optional_punctuation(":")
            self.await_timepoint.set_empty(state)
            return
        with parser.in_parens():
            self.await_timepoint.set(state, parser.parse_unresolved_operand())
        parser.parse_punctuation("=")
        parser.parse_punctuation(">")

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        await_timepoint = self.await_timepoint.get(op)
        state.print_whitespace(printer)
        if await_timepoint is None:
            printer.print_string(":")
        else:
            printer.print_string("await(")
            printer.print_operand(await_timepoint)
            printer.print_string(") =>")
        end_of_token(state)


@irdl_custom_directive
class DispatchEntryPoints(CustomDirective):
    """`@executable::@export`, or several of them in braces."""

    entry_points: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        is_list = parser.parse_optional_punctuation("{") is not None
        found = [parse_attribute_of(parser, SymbolRefAttr)]
        while is_list and parser.parse_optional_punctuation(",") is not None:
            found.append(parse_attribute_of(parser, SymbolRefAttr))
        if is_list:
            parser.parse_punctuation("}")
        self.entry_points.set(state, ArrayAttr(found))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        entry_points = self.entry_points.get(op)
        assert isinstance(entry_points, ArrayAttr)
        if len(entry_points.data) == 1:
            printer.print_attribute(entry_points.data[0])
        else:
            with printer.in_braces():
                printer.print_list(entry_points.data, printer.print_attribute)
        end_of_token(state)


@irdl_custom_directive
class DispatchOperands(CustomDirective):
    """`(%resource[%offset to %end for %length], %value, …)`."""

    operands: VariadicOperandVariable
    offsets: VariadicOperandVariable
    ends: VariadicOperandVariable
    lengths: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        operands: list[UnresolvedOperand] = []
        offsets: list[UnresolvedOperand] = []
        ends: list[UnresolvedOperand] = []
        lengths: list[UnresolvedOperand] = []

        def parse_one() -> None:
            operands.append(parser.parse_unresolved_operand())
            if parser.parse_optional_punctuation("["):
                offsets.append(parser.parse_unresolved_operand())
                parser.parse_keyword("to")
                ends.append(parser.parse_unresolved_operand())
                parser.parse_keyword("for")
                lengths.append(parser.parse_unresolved_operand())
                parser.parse_punctuation("]")

        note_place(self.operands, parser, state)
        parser.parse_comma_separated_list(parser.Delimiter.PAREN, parse_one)
        self.operands.set(state, operands)
        self.offsets.set(state, offsets)
        self.ends.set(state, ends)
        self.lengths.set(state, lengths)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        ranges = zip(self.offsets.get(op), self.ends.get(op), self.lengths.get(op), strict=True)

        def print_one(operand: SSAValue) -> None:
            printer.print_operand(operand)
            if isinstance(operand.type, SizeAwareType):
                offset, end, length = next(ranges)
                printer.print_string("[")
                printer.print_operand(offset)
                printer.print_string(" to ")
                printer.print_operand(end)
                printer.print_string(" for ")
                printer.print_operand(length)
                printer.print_string("]")

        with printer.in_parens():
            printer.print_list(self.operands.get(op), print_one)
        end_of_token(state)


class _Captures:
    """`(%operand as %argument: type{%size}, …)`: what a region sees of the outside."""

    def __init__(self) -> None:
        self.operands: list[UnresolvedOperand] = []
        self.arguments: list[Parser.Argument] = []
        self.sizes: list[UnresolvedOperand] = []

    @property
    def types(self) -> list[Attribute]:
        return [argument.type for argument in self.arguments]


def parse_captures(parser: Parser) -> _Captures:
    """Reads the captures of a region op, in parentheses."""
    found = _Captures()

    def parse_one() -> None:
        found.operands.append(parser.parse_unresolved_operand())
        parser.parse_keyword("as")
        argument = parser.parse_argument()
        found.arguments.append(argument)
        found.sizes.extend(parse_sizes(parser, argument.type))

    parser.parse_comma_separated_list(parser.Delimiter.PAREN, parse_one)
    return found


def print_captures(
    printer: Printer, operands: VariadicOperandVariable, sizes: VariadicOperandVariable, body: Region, op: IRDLOperation
) -> None:
    """Prints the captures of a region op, in parentheses."""
    captured, arguments, known = operands.get(op), body.block.args, sizes.get(op)
    remaining = iter(known)

    def print_one(capture: tuple[SSAValue, SSAValue]) -> None:
        operand, argument = capture
        printer.print_operand(operand)
        printer.print_string(" as ")
        printer.print_operand(argument)
        printer.print_string(": ")
        printer.print_attribute(argument.type)
        print_sizes(printer, argument.type, remaining)

    with printer.in_parens():
        texts = _capture_texts(printer, captured, arguments, known) if isinstance(printer, ColumnPrinter) else None
        if texts is not None:
            printer.print_string(", ".join(texts))
        else:
            printer.print_list(zip(captured, arguments, strict=True), print_one)


def _capture_texts(
    printer: ColumnPrinter, captured: Sequence[SSAValue], arguments: Sequence[SSAValue], sizes: Sequence[SSAValue]
) -> list[str] | None:
    """The text of each capture; None: some can only be printed one by one (see `sized_type_texts`)."""
    types = sized_type_texts(printer, [*map(type_of, arguments)], sizes)
    if types is None:
        return None
    names = printer.texts_of_values(captured), printer.texts_of_values(arguments)
    return [f"{outside} as {inside}: {type_}" for outside, inside, type_ in zip(*names, types, strict=True)]


@irdl_custom_directive
class ResourceRegion(CustomDirective):
    """`(%operand as %argument: type{%size}) -> results { … }`."""

    operands: VariadicOperandVariable
    operand_types: TypeDirective
    operand_sizes: VariadicOperandVariable
    result_types: TypeDirective
    result_sizes: VariadicOperandVariable
    tied_operands: AttributeVariable
    body: RegionVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        captures = parse_captures(parser)
        results = TiedTypes()
        if parser.parse_optional_punctuation("->"):
            results = parse_tied_results(parser, captures.operands, captures.types, sized=True)
        self.operands.set(state, captures.operands)
        self.operand_types.set(state, captures.types)
        self.operand_sizes.set(state, captures.sizes)
        self.result_types.set(state, results.types)
        self.result_sizes.set(state, results.sizes)
        if results.tied:
            self.tied_operands.set(state, results.tied_attr())
        self.body.set(state, parser.parse_region(captures.arguments))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        body = self.body.get(op)
        print_captures(printer, self.operands, self.operand_sizes, body, op)
        result_types = self.result_types.get(op)
        if result_types:
            printer.print_string(" -> ")
            print_tied_results(printer, op, result_types, self.result_sizes.get(op))
        printer.print_string(" ")
        printer.print_region(body, print_entry_block_args=False, print_empty_block=False)
        end_of_token(state)


def parse_grid_region(parser: Parser, op_name: str) -> Region:
    """Reads `(%arguments) -> (index, index, index) { … }`, the region of an op that computes its grid."""
    arguments = parse_arguments(parser)
    parser.parse_punctuation("->")
    types = parser.parse_optional_comma_separated_list(parser.Delimiter.PAREN, parser.parse_type)
    if (types or [parser.parse_type()]) != [IndexType()] * 3:
        parser.raise_error(f"custom op '{op_name}' workgroup count region must return the XYZ dimension counts")
    return parser.parse_region(arguments)


def print_grid_region(printer: Printer, body: Region) -> None:
    """Prints what `parse_grid_region` reads."""
    with printer.in_parens():
        printer.print_list(body.block.args, printer.print_block_argument)
    printer.print_string(" -> (index, index, index) ")
    printer.print_region(body, print_entry_block_args=False, print_empty_block=False)


@irdl_custom_directive
class WorkgroupCountRegion(CustomDirective):
    """`workgroups(%arguments) -> (index, index, index) { … }`, or nothing."""

    body: RegionVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        is_there = parser.parse_optional_keyword("workgroups") is not None
        self.body.set(state, parse_grid_region(parser, state.op_type.name) if is_there else Region())

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        end_of_token(state)
        body = self.body.get(op)
        if not body.blocks:
            return
        printer.print_string("workgroups")
        print_grid_region(printer, body)
        end_of_token(state)
