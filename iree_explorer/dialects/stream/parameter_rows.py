"""References to parameters, and the rows of their gathers and scatters, as text. IREE: StreamOps.cpp.

Rows repeat what all of them share (scope, resource); IREE checks that they agree by the names in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from xdsl.ir import Attribute, SSAValue
from xdsl.irdl.declarative_assembly_format import (
    OperandVariable,
    OptionalOperandVariable,
    ParsingState,
    PrintingState,
    TypeDirective,
    VariadicOperandVariable,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.ir.assembly.directives import end_of_line, parse_sizes


def parse_reference(parser: Parser) -> tuple[UnresolvedOperand | None, UnresolvedOperand]:
    """Reads `%key` or `%scope::%key`."""
    first = parser.parse_unresolved_operand()
    if not parser.parse_optional_punctuation(":"):
        return None, first
    parser.parse_punctuation(":")
    return first, parser.parse_unresolved_operand()


def print_reference(printer: Printer, scope: SSAValue | None, key: SSAValue) -> None:
    """Prints `%key` or `%scope::%key`."""
    if scope is not None:
        printer.print_operand(scope)
        printer.print_string("::")
    printer.print_operand(key)


def print_bracket(printer: Printer, words: Sequence[tuple[str, SSAValue]]) -> None:
    """Prints `[%a to %b for %c]`, where each value follows its word."""
    printer.print_string("[")
    for word, value in words:
        printer.print_string(word)
        printer.print_operand(value)
    printer.print_string("]")


def print_rows(printer: Printer, state: PrintingState, count: int, print_row: Callable[[int], None]) -> None:
    """Prints so many rows, one a line."""
    with printer.indented():
        for index in range(count):
            printer.print_string(",\n" if index else "\n")
            print_row(index)
    printer.print_string("\n")
    end_of_line(state)


def print_sized_type(printer: Printer, type_: Attribute, size: SSAValue) -> None:
    """Prints `type{%size}`."""
    printer.print_attribute(type_)
    with printer.in_braces():
        printer.print_operand(size)


@dataclass
class ParsedRows:
    """What the rows of a gather or scatter say, in order; what they share is that of the first row."""

    keys: list[UnresolvedOperand] = field(default_factory=list[UnresolvedOperand])
    key_offsets: list[UnresolvedOperand] = field(default_factory=list[UnresolvedOperand])
    offsets: list[UnresolvedOperand] = field(default_factory=list[UnresolvedOperand])
    ends: list[UnresolvedOperand] = field(default_factory=list[UnresolvedOperand])
    lengths: list[UnresolvedOperand] = field(default_factory=list[UnresolvedOperand])
    scope: UnresolvedOperand | None = None
    resource: UnresolvedOperand | None = None
    type: Attribute | None = None
    size: UnresolvedOperand | None = None

    def parse_reference(self, parser: Parser) -> UnresolvedOperand | None:
        """Reads `%scope::%key[%offset]`; gives the scope."""
        scope, key = parse_reference(parser)
        self.keys.append(key)
        with parser.in_square_brackets():
            self.key_offsets.append(parser.parse_unresolved_operand())
        return scope

    def parse_resource(
        self, parser: Parser, *, with_ends: bool
    ) -> tuple[UnresolvedOperand, Attribute, UnresolvedOperand]:
        """Reads `%resource[%offset to %end for %length] : type{%size}`; gives the resource, its type and its size."""
        resource = parser.parse_unresolved_operand()
        with parser.in_square_brackets():
            self.offsets.append(parser.parse_unresolved_operand())
            if with_ends:
                parser.parse_keyword("to")
                self.ends.append(parser.parse_unresolved_operand())
            parser.parse_keyword("for")
            self.lengths.append(parser.parse_unresolved_operand())
        parser.parse_punctuation(":")
        type_ = parser.parse_type()
        (size,) = parse_sizes(parser, type_) or (parser.raise_error("expected a type with one size"),)
        return resource, type_, size

    def share(
        self, scope: UnresolvedOperand | None, resource: tuple[UnresolvedOperand, Attribute, UnresolvedOperand]
    ) -> bool:
        """Keeps the scope and resource of the first row; whether those of another one are the same, as they must be."""
        if self.resource is None:
            self.scope = scope
            self.resource, self.type, self.size = resource
            return True
        return (
            text_name(scope) == text_name(self.scope)
            and text_name(resource[0]) == text_name(self.resource)
            and resource[1] == self.type
            and text_name(resource[2]) == text_name(self.size)
        )

    def set_references(
        self,
        state: ParsingState,
        scope: OptionalOperandVariable,
        keys: VariadicOperandVariable,
        offsets: VariadicOperandVariable,
    ) -> None:
        """Gives the op the scope, the keys and their offsets."""
        scope.set(state, self.scope)
        keys.set(state, self.keys)
        offsets.set(state, self.key_offsets)

    def set_resource(
        self, state: ParsingState, resource: OperandVariable, type_: TypeDirective, size: OperandVariable
    ) -> None:
        """Gives the op the resource."""
        assert self.resource is not None
        assert self.type is not None
        assert self.size is not None
        resource.set(state, self.resource)
        type_.set(state, (self.type,))
        size.set(state, self.size)


@dataclass(frozen=True)
class PrintedRows:
    """What the rows of a gather or scatter show: parameters, and parts of one resource.

    Attributes:
        references: the scope, and of each row the key and the offset of a parameter.
        resource: the resource and its size.
        columns: what stands in the brackets of the resource: a word, and its value of each row.
    """

    references: tuple[SSAValue | None, Sequence[SSAValue], Sequence[SSAValue]]
    resource: tuple[SSAValue, SSAValue]
    columns: Sequence[tuple[str, Sequence[SSAValue]]]

    def print_gather(self, printer: Printer, state: PrintingState) -> None:
        """Prints rows `reference -> resource`."""

        def print_row(index: int) -> None:
            self._print_reference(printer, index)
            printer.print_string(" -> ")
            self._print_part(printer, index)

        print_rows(printer, state, len(self.references[1]), print_row)

    def print_scatter(self, printer: Printer, state: PrintingState) -> None:
        """Prints rows `resource -> reference`."""

        def print_row(index: int) -> None:
            self._print_part(printer, index)
            printer.print_string(" -> ")
            self._print_reference(printer, index)

        print_rows(printer, state, len(self.references[1]), print_row)

    def _print_reference(self, printer: Printer, index: int) -> None:
        scope, keys, offsets = self.references
        print_reference(printer, scope, keys[index])
        print_bracket(printer, (("", offsets[index]),))

    def _print_part(self, printer: Printer, index: int) -> None:
        resource, size = self.resource
        printer.print_operand(resource)
        print_bracket(printer, [(word, values[index]) for word, values in self.columns])
        printer.print_string(" : ")
        print_sized_type(printer, resource.type, size)


def text_name(operand: UnresolvedOperand | None) -> str | None:
    """What the text calls an operand, where there is one."""
    return None if operand is None else operand.operand_name


def raise_unshared(parser: Parser, op_name: str, what: str) -> NoReturn:
    """Tells that a row of an op has another scope or resource than the first.

    Raises:
        ParseError: always.
    """
    parser.raise_error(f"custom op '{op_name}' each operation must use the same {what}")


def parse_gather(parser: Parser, op_name: str, *, with_ends: bool) -> ParsedRows:
    """Reads rows `reference -> resource` of an op."""
    rows = ParsedRows()

    def parse_row() -> None:
        scope = rows.parse_reference(parser)
        parser.parse_punctuation("->")
        target = rows.parse_resource(parser, with_ends=with_ends)
        if not rows.share(scope, target):
            raise_unshared(parser, op_name, "scope and target resource")

    parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_row)
    return rows


def parse_scatter(parser: Parser, op_name: str, *, with_ends: bool) -> ParsedRows:
    """Reads rows `resource -> reference` of an op."""
    rows = ParsedRows()

    def parse_row() -> None:
        source = rows.parse_resource(parser, with_ends=with_ends)
        parser.parse_punctuation("->")
        scope = rows.parse_reference(parser)
        if not rows.share(scope, source):
            raise_unshared(parser, op_name, "source resource and scope")

    parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_row)
    return rows
