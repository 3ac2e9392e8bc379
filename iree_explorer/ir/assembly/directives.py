"""The `custom<…>` directives of assembly formats that several dialects share, one class each.

A directive reads its part of an op's text into the parsing state and prints it back. Names and texts are those of
IREE's ODS; where C++ overloads a directive by its parameters, there is one class per overload here.

Source of the texts: IREE UtilOps.cpp, the functions parse… and print… of the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    OperandVariable,
    ParsingState,
    PrintingState,
    TypeDirective,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.ir.assembly.columns import ColumnPrinter, sized_type_texts
from iree_explorer.ir.assembly.located_state import raise_counts
from iree_explorer.ir.interfaces import UNTIED, TiedOpInterface, number_of_sizes, tied_operands_attr


def end_of_token(state: PrintingState) -> None:
    """Tells the format that an ordinary token was printed last: a space is due before the next one."""
    state.should_emit_space, state.last_was_punctuation = True, False


def end_of_line(state: PrintingState) -> None:
    """Tells the format that a line was ended: no space is due before the next token."""
    state.should_emit_space, state.last_was_punctuation = False, True


def parse_operands(parser: Parser, count: int) -> Sequence[UnresolvedOperand]:
    """Reads `%a, %b, …`, so many of them. MLIR: AsmParserImpl.h, parseOperandList of a required number."""
    place = parser.pos
    operands = parser.parse_optional_undelimited_comma_separated_list(
        parser.parse_optional_unresolved_operand, parser.parse_unresolved_operand
    )
    if operands is None:
        is_list = parser.lexer.input.at(place) in ("(", "[")
        parser.raise_error("unexpected delimiter" if is_list else "expected operand")
    if len(operands) != count:
        parser.raise_error(f"expected {count} operands", place)
    return operands


def parse_sizes(parser: Parser, type_: Attribute) -> list[UnresolvedOperand]:
    """Reads `{%a, %b}` behind `type_`; nothing where the type has no sizes."""
    count = number_of_sizes(type_)
    if not count:
        return []
    parser.parse_punctuation("{")
    sizes = [parser.parse_unresolved_operand()]
    for _ in range(count - 1):
        parser.parse_punctuation(",")
        sizes.append(parser.parse_unresolved_operand())
    parser.parse_punctuation("}")
    return sizes


def print_sizes(printer: Printer, type_: Attribute, sizes: Iterator[SSAValue]) -> None:
    """Prints `{%a, %b}` behind `type_`, taking as many values from `sizes` as the type has sizes."""
    count = number_of_sizes(type_)
    if not count:
        return
    values = [*islice(sizes, count)]
    if not values:
        printer.print_string("{<<INVALID>>}")
        return
    # Written out, and not `in_braces`: large programs print as many of these as operands.
    printer.print_string("{")
    printer.print_operand(values[0])
    for value in values[1:]:
        printer.print_string(", ")
        printer.print_operand(value)
    printer.print_string("}")


@dataclass
class SizedTypes:
    """Types with the sizes behind them, in order."""

    types: list[Attribute] = field(default_factory=list[Attribute])
    sizes: list[UnresolvedOperand] = field(default_factory=list[UnresolvedOperand])


def parse_shaped_type_list(parser: Parser) -> SizedTypes:
    """Reads `type{%size}, type, …`, one or more."""
    found = SizedTypes()

    def parse_one() -> None:
        type_ = parser.parse_type()
        found.types.append(type_)
        found.sizes.extend(parse_sizes(parser, type_))

    parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_one)
    return found


def print_shaped_type_list(printer: Printer, types: Sequence[Attribute], sizes: Iterable[SSAValue]) -> None:
    """Prints `type{%size}, type, …`."""
    remaining = iter(sizes)

    def print_one(type_: Attribute) -> None:
        printer.print_attribute(type_)
        print_sizes(printer, type_, remaining)

    printer.print_list(types, print_one)


def find_tied_operand(parser: Parser, operands: Sequence[UnresolvedOperand], tied: UnresolvedOperand) -> int:
    """The place of `tied` among `operands`; an error where it is none of them."""
    names = [(operand.operand_name, operand.index) for operand in operands]
    if (tied.operand_name, tied.index) not in names:
        parser.raise_error(
            f"tied operand not found for result reference %{tied.operand_name}", tied.span.start, tied.span.end
        )
    return names.index((tied.operand_name, tied.index))


@dataclass
class TiedTypes(SizedTypes):
    """Result types, the sizes behind them, and per result the operand it is tied to or -1."""

    tied: list[int] = field(default_factory=list[int])

    def tied_attr(self) -> ArrayAttr[Attribute]:
        """The ties as an op stores them."""
        return ArrayAttr[Attribute](list(tied_operands_attr(self.tied)))


def parse_tied_type(
    parser: Parser, operands: Sequence[UnresolvedOperand], operand_types: Sequence[Attribute]
) -> tuple[Attribute, int]:
    """Reads `type`, `%operand` or `%operand as type`; gives the type and the tied operand's place or -1."""
    reference = parser.parse_optional_unresolved_operand()
    if reference is None:
        return parser.parse_type(), UNTIED
    index = find_tied_operand(parser, operands, reference)
    if parser.parse_optional_keyword("as"):
        return parser.parse_type(), index
    return operand_types[index], index


def parse_tied_results(
    parser: Parser, operands: Sequence[UnresolvedOperand], operand_types: Sequence[Attribute], *, sized: bool
) -> TiedTypes:
    """Reads one result, or any number of them in parentheses; with sizes behind the types where `sized`."""
    found = TiedTypes()

    def parse_one() -> None:
        type_, tied = parse_tied_type(parser, operands, operand_types)
        found.types.append(type_)
        found.tied.append(tied)
        if sized:
            found.sizes.extend(parse_sizes(parser, type_))

    if parser.parse_optional_punctuation("("):
        if not parser.parse_optional_punctuation(")"):
            parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_one)
            parser.parse_punctuation(")")
    else:
        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_one)
    return found


def print_tied_type(printer: Printer, op: Operation, result: int, type_: Attribute) -> None:
    """Prints result number `result` of type `type_`, as `type`, `%operand` or `%operand as type`."""
    tied = op.tied_operand_index(result) if isinstance(op, TiedOpInterface) else None
    if tied is not None:
        operand = op.operands[tied]
        printer.print_operand(operand)
        if operand.type == type_:
            return
        printer.print_string(" as ")
    printer.print_attribute(type_)


def print_tied_results(
    printer: Printer, op: Operation, types: Sequence[Attribute], sizes: Iterable[SSAValue] | None
) -> None:
    """Prints the results, in parentheses unless there is just one; with sizes where `sizes` is not None."""
    known = None if sizes is None else [*sizes]
    remaining = None if known is None else iter(known)

    def print_one(entry: tuple[int, Attribute]) -> None:
        print_tied_type(printer, op, *entry)
        if remaining is not None:
            print_sizes(printer, entry[1], remaining)

    texts = None
    if (
        known is not None
        and isinstance(printer, ColumnPrinter)
        and isinstance(op, TiedOpInterface)
        and not op.used_ties()
    ):
        texts = sized_type_texts(printer, types, known)
    printer.print_string("(" if len(types) != 1 else "")
    if texts is not None:
        printer.print_string(", ".join(texts))
    else:
        printer.print_list(enumerate(types), print_one)
    printer.print_string(")" if len(types) != 1 else "")


@irdl_custom_directive
class ShapedTypeList(CustomDirective):
    """`type{%size}, type, …`; sets the sizes too."""

    types: TypeDirective
    sizes: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        found = parse_shaped_type_list(parser)
        self.types.set(state, found.types)
        self.sizes.set(state, found.sizes)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        print_shaped_type_list(printer, self.types.get(op), self.sizes.get(op))
        end_of_token(state)

    @override
    def set_empty(self, state: ParsingState) -> None:
        self.types.set_empty(state)
        self.sizes.set_empty(state)


@irdl_custom_directive
class ShapedTypeListOfBoth(CustomDirective):
    """`type{%size}, type, …` where operands and results have the same types (ShapedTypeList of three parameters)."""

    types: TypeDirective
    result_types: TypeDirective
    sizes: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        found = parse_shaped_type_list(parser)
        self.types.set(state, found.types)
        self.result_types.set(state, found.types)
        self.sizes.set(state, found.sizes)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        print_shaped_type_list(printer, self.types.get(op), self.sizes.get(op))
        end_of_token(state)


@irdl_custom_directive
class ShapedTiedResult(CustomDirective):
    """`%operand as type{%size}`: the one result, tied to the first operand of the tied range."""

    type: TypeDirective
    size: OperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        if parser.parse_optional_unresolved_operand() is not None:
            parser.parse_keyword("as")
        type_ = parser.parse_type()
        self.type.set(state, (type_,))
        sizes = parse_sizes(parser, type_)
        if len(sizes) != 1:
            parser.raise_error("expected a type with one size")
        self.size.set(state, sizes[0])

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        tied = op.tied_operand_index(0) if isinstance(op, TiedOpInterface) else None
        if tied is not None:
            printer.print_operand(op.operands[tied])
            printer.print_string(" as ")
        (type_,) = self.type.get(op)
        printer.print_attribute(type_)
        print_sizes(printer, type_, iter((self.size.get(op),)))
        end_of_token(state)


@irdl_custom_directive
class ShapedFunctionType(CustomDirective):
    """`(type{%size}, …) -> (%operand as type{%size}, …)`; sets sizes and ties too."""

    operands: VariadicOperandVariable
    operand_types: TypeDirective
    operand_sizes: VariadicOperandVariable
    result_types: TypeDirective
    result_sizes: VariadicOperandVariable
    tied_operands: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        parser.parse_punctuation("(")
        inputs = SizedTypes()
        if not parser.parse_optional_punctuation(")"):
            inputs = parse_shaped_type_list(parser)
            parser.parse_punctuation(")")
        parser.parse_punctuation("->")
        operands = state.operands[self.operands.index] or ()
        if len(operands) != len(inputs.types):
            raise_counts(self.operands, len(operands), len(inputs.types), parser, state)
        results = parse_tied_results(parser, operands, inputs.types, sized=True)
        self.operand_types.set(state, inputs.types)
        self.operand_sizes.set(state, inputs.sizes)
        self.result_types.set(state, results.types)
        self.result_sizes.set(state, results.sizes)
        if results.tied:
            self.tied_operands.set(state, results.tied_attr())

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        with printer.in_parens():
            print_shaped_type_list(printer, self.operand_types.get(op), self.operand_sizes.get(op))
        printer.print_string(" -> ")
        print_tied_results(printer, op, self.result_types.get(op), self.result_sizes.get(op))
        end_of_token(state)


@irdl_custom_directive
class OperandTypeList(CustomDirective):
    """`(type, …)`, without aliases."""

    types: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        self.types.set(state, parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_type))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        assert isinstance(printer, ColumnPrinter)
        state.print_whitespace(printer)
        with printer.in_parens():
            printer.print_list(self.types.get(op), printer.print_without_aliases)
        end_of_token(state)


@irdl_custom_directive
class TiedFunctionResultList(CustomDirective):
    """`type`, or `(type, %operand, %operand as type)`; sets the ties too."""

    operands: VariadicOperandVariable
    operand_types: TypeDirective
    result_types: TypeDirective
    tied_operands: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        operands = state.operands[self.operands.index] or ()
        operand_types = state.operand_types[self.operands.index] or ()
        results = parse_tied_results(parser, operands, operand_types, sized=False)
        self.result_types.set(state, results.types)
        if results.tied:
            self.tied_operands.set(state, results.tied_attr())

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        print_tied_results(printer, op, self.result_types.get(op), None)
        end_of_token(state)
