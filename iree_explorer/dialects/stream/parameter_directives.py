"""The `custom<…>` directives of parameter ops. IREE: StreamOps.cpp, parse… and print… of the same names.

Rows of gathers and scatters repeat what all of them share (scope, resource); IREE checks that they agree by the names
in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from typing_extensions import override
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    CustomDirective,
    OperandVariable,
    OptionalOperandVariable,
    ParsingState,
    PrintingState,
    TypeDirective,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.ir.assembly.directives import end_of_line, end_of_token, parse_sizes


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


def _print_part(printer: Printer, operand: SSAValue, size: SSAValue, words: Sequence[tuple[str, SSAValue]]) -> None:
    """Prints `%operand[%a to %b for %c] : type{%size}`."""
    printer.print_operand(operand)
    _print_bracket(printer, words)
    printer.print_string(" : ")
    _print_sized_type(printer, operand.type, size)


def _print_bracket(printer: Printer, words: Sequence[tuple[str, SSAValue]]) -> None:
    printer.print_string("[")
    for word, value in words:
        printer.print_string(word)
        printer.print_operand(value)
    printer.print_string("]")


def _print_rows(printer: Printer, state: PrintingState, count: int, print_row: Callable[[int], None]) -> None:
    with printer.indented():
        for index in range(count):
            printer.print_string(",\n" if index else "\n")
            print_row(index)
    printer.print_string("\n")
    end_of_line(state)


def _print_sized_type(printer: Printer, type_: Attribute, size: SSAValue) -> None:
    printer.print_attribute(type_)
    with printer.in_braces():
        printer.print_operand(size)


@dataclass
class _Rows:
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
        scope, key = parse_reference(parser)
        self.keys.append(key)
        with parser.in_square_brackets():
            self.key_offsets.append(parser.parse_unresolved_operand())
        return scope

    def parse_resource(
        self, parser: Parser, *, with_ends: bool
    ) -> tuple[UnresolvedOperand, Attribute, UnresolvedOperand]:
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
        self,
        parser: Parser,
        scope: UnresolvedOperand | None,
        resource: tuple[UnresolvedOperand, Attribute, UnresolvedOperand],
        what: str,
    ) -> None:
        if self.resource is None:
            self.scope = scope
            self.resource, self.type, self.size = resource
            return
        same = (
            _name(scope) == _name(self.scope)
            and _name(resource[0]) == _name(self.resource)
            and resource[1] == self.type
            and _name(resource[2]) == _name(self.size)
        )
        if not same:
            parser.raise_error(f"each operation must use the same {what}")

    def set_resource(
        self, state: ParsingState, resource: OperandVariable, type_: TypeDirective, size: OperandVariable
    ) -> None:
        assert self.resource is not None
        assert self.type is not None
        assert self.size is not None
        resource.set(state, self.resource)
        type_.set(state, (self.type,))
        size.set(state, self.size)


def _name(operand: UnresolvedOperand | None) -> str | None:
    return None if operand is None else operand.operand_name


def _parse_gather(parser: Parser, *, with_ends: bool) -> _Rows:
    rows = _Rows()

    def parse_row() -> None:
        scope = rows.parse_reference(parser)
        parser.parse_punctuation("->")
        target = rows.parse_resource(parser, with_ends=with_ends)
        rows.share(parser, scope, target, "scope and target resource")

    parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_row)
    return rows


def _parse_scatter(parser: Parser, *, with_ends: bool) -> _Rows:
    rows = _Rows()

    def parse_row() -> None:
        source = rows.parse_resource(parser, with_ends=with_ends)
        parser.parse_punctuation("->")
        scope = rows.parse_reference(parser)
        rows.share(parser, scope, source, "source resource and scope")

    parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_row)
    return rows


@irdl_custom_directive
class ParameterReference(CustomDirective):
    """`%key` or `%scope::%key`."""

    scope: OptionalOperandVariable
    key: OperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        scope, key = parse_reference(parser)
        self.scope.set(state, scope)
        self.key.set(state, key)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        print_reference(printer, self.scope.get(op), self.key.get(op))
        end_of_token(state)


@irdl_custom_directive
class ParameterLoadOperations(CustomDirective):
    """`%scope::%key[%offset] : type{%size}`, one a line."""

    scope: OptionalOperandVariable
    keys: VariadicOperandVariable
    offsets: VariadicOperandVariable
    types: TypeDirective
    sizes: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        rows = _Rows()
        scopes: list[UnresolvedOperand | None] = []
        types: list[Attribute] = []
        sizes: list[UnresolvedOperand] = []

        def parse_row() -> None:
            scopes.append(rows.parse_reference(parser))
            if _name(scopes[-1]) != _name(scopes[0]):
                parser.raise_error("each operation must use the same scope")
            parser.parse_punctuation(":")
            types.append(parser.parse_type())
            with parser.in_braces():
                sizes.append(parser.parse_unresolved_operand())

        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_row)
        self.scope.set(state, scopes[0])
        self.keys.set(state, rows.keys)
        self.offsets.set(state, rows.key_offsets)
        self.types.set(state, types)
        self.sizes.set(state, sizes)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        scope, keys, offsets = self.scope.get(op), self.keys.get(op), self.offsets.get(op)
        types, sizes = self.types.get(op), self.sizes.get(op)

        def print_row(index: int) -> None:
            print_reference(printer, scope, keys[index])
            _print_bracket(printer, (("", offsets[index]),))
            printer.print_string(" : ")
            _print_sized_type(printer, types[index], sizes[index])

        _print_rows(printer, state, len(keys), print_row)


@irdl_custom_directive
class AsyncParameterGatherOperations(CustomDirective):
    """`%scope::%key[%offset] -> %target[%offset to %end for %length] : type{%size}`, one a line."""

    source_scope: OptionalOperandVariable
    source_keys: VariadicOperandVariable
    source_offsets: VariadicOperandVariable
    target: OperandVariable
    target_type: TypeDirective
    target_size: OperandVariable
    target_offsets: VariadicOperandVariable
    target_ends: VariadicOperandVariable
    target_lengths: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        rows = _parse_gather(parser, with_ends=True)
        self.source_scope.set(state, rows.scope)
        self.source_keys.set(state, rows.keys)
        self.source_offsets.set(state, rows.key_offsets)
        rows.set_resource(state, self.target, self.target_type, self.target_size)
        self.target_offsets.set(state, rows.offsets)
        self.target_ends.set(state, rows.ends)
        self.target_lengths.set(state, rows.lengths)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        scope, keys, key_offsets = self.source_scope.get(op), self.source_keys.get(op), self.source_offsets.get(op)
        target, size = self.target.get(op), self.target_size.get(op)
        offsets, ends, lengths = self.target_offsets.get(op), self.target_ends.get(op), self.target_lengths.get(op)

        def print_row(index: int) -> None:
            print_reference(printer, scope, keys[index])
            _print_bracket(printer, (("", key_offsets[index]),))
            printer.print_string(" -> ")
            _print_part(printer, target, size, (("", offsets[index]), (" to ", ends[index]), (" for ", lengths[index])))

        _print_rows(printer, state, len(keys), print_row)


@irdl_custom_directive
class AsyncParameterScatterOperations(CustomDirective):
    """`%source[%offset to %end for %length] : type{%size} -> %scope::%key[%offset]`, one a line."""

    source: OperandVariable
    source_type: TypeDirective
    source_size: OperandVariable
    source_offsets: VariadicOperandVariable
    source_ends: VariadicOperandVariable
    source_lengths: VariadicOperandVariable
    target_scope: OptionalOperandVariable
    target_keys: VariadicOperandVariable
    target_offsets: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        rows = _parse_scatter(parser, with_ends=True)
        rows.set_resource(state, self.source, self.source_type, self.source_size)
        self.source_offsets.set(state, rows.offsets)
        self.source_ends.set(state, rows.ends)
        self.source_lengths.set(state, rows.lengths)
        self.target_scope.set(state, rows.scope)
        self.target_keys.set(state, rows.keys)
        self.target_offsets.set(state, rows.key_offsets)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        scope, keys, key_offsets = self.target_scope.get(op), self.target_keys.get(op), self.target_offsets.get(op)
        source, size = self.source.get(op), self.source_size.get(op)
        offsets, ends, lengths = self.source_offsets.get(op), self.source_ends.get(op), self.source_lengths.get(op)

        def print_row(index: int) -> None:
            _print_part(printer, source, size, (("", offsets[index]), (" to ", ends[index]), (" for ", lengths[index])))
            printer.print_string(" -> ")
            print_reference(printer, scope, keys[index])
            _print_bracket(printer, (("", key_offsets[index]),))

        _print_rows(printer, state, len(keys), print_row)


@irdl_custom_directive
class CmdParameterGatherOperations(CustomDirective):
    """`%scope::%key[%offset] -> %target[%offset for %length] : type{%size}`, one a line."""

    source_scope: OptionalOperandVariable
    source_keys: VariadicOperandVariable
    source_offsets: VariadicOperandVariable
    target: OperandVariable
    target_type: TypeDirective
    target_size: OperandVariable
    target_offsets: VariadicOperandVariable
    target_lengths: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        rows = _parse_gather(parser, with_ends=False)
        self.source_scope.set(state, rows.scope)
        self.source_keys.set(state, rows.keys)
        self.source_offsets.set(state, rows.key_offsets)
        rows.set_resource(state, self.target, self.target_type, self.target_size)
        self.target_offsets.set(state, rows.offsets)
        self.target_lengths.set(state, rows.lengths)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        scope, keys, key_offsets = self.source_scope.get(op), self.source_keys.get(op), self.source_offsets.get(op)
        target, size = self.target.get(op), self.target_size.get(op)
        offsets, lengths = self.target_offsets.get(op), self.target_lengths.get(op)

        def print_row(index: int) -> None:
            print_reference(printer, scope, keys[index])
            _print_bracket(printer, (("", key_offsets[index]),))
            printer.print_string(" -> ")
            _print_part(printer, target, size, (("", offsets[index]), (" for ", lengths[index])))

        _print_rows(printer, state, len(keys), print_row)


@irdl_custom_directive
class CmdParameterScatterOperations(CustomDirective):
    """`%source[%offset for %length] : type{%size} -> %scope::%key[%offset]`, one a line."""

    source: OperandVariable
    source_type: TypeDirective
    source_size: OperandVariable
    source_offsets: VariadicOperandVariable
    source_lengths: VariadicOperandVariable
    target_scope: OptionalOperandVariable
    target_keys: VariadicOperandVariable
    target_offsets: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        rows = _parse_scatter(parser, with_ends=False)
        rows.set_resource(state, self.source, self.source_type, self.source_size)
        self.source_offsets.set(state, rows.offsets)
        self.source_lengths.set(state, rows.lengths)
        self.target_scope.set(state, rows.scope)
        self.target_keys.set(state, rows.keys)
        self.target_offsets.set(state, rows.key_offsets)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        scope, keys, key_offsets = self.target_scope.get(op), self.target_keys.get(op), self.target_offsets.get(op)
        source, size = self.source.get(op), self.source_size.get(op)
        offsets, lengths = self.source_offsets.get(op), self.source_lengths.get(op)

        def print_row(index: int) -> None:
            _print_part(printer, source, size, (("", offsets[index]), (" for ", lengths[index])))
            printer.print_string(" -> ")
            print_reference(printer, scope, keys[index])
            _print_bracket(printer, (("", key_offsets[index]),))

        _print_rows(printer, state, len(keys), print_row)
