"""The `custom<…>` directives of parameter ops. IREE: StreamOps.cpp, parse… and print… of the same names."""

from __future__ import annotations

from typing_extensions import override
from xdsl.ir import Attribute
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

from iree_explorer.dialects.stream.parameter_rows import (
    ParsedRows,
    PrintedRows,
    parse_gather,
    parse_reference,
    parse_scatter,
    print_bracket,
    print_reference,
    print_rows,
    print_sized_type,
    raise_unshared,
    text_name,
)
from iree_explorer.ir.assembly.directives import end_of_token


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
        rows = ParsedRows()
        scopes: list[UnresolvedOperand | None] = []
        types: list[Attribute] = []
        sizes: list[UnresolvedOperand] = []

        def parse_row() -> None:
            scopes.append(rows.parse_reference(parser))
            parser.parse_punctuation(":")
            types.append(parser.parse_type())
            with parser.in_braces():
                sizes.append(parser.parse_unresolved_operand())
            if text_name(scopes[-1]) != text_name(scopes[0]):
                raise_unshared(parser, state.op_type.name, "scope")

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
            print_bracket(printer, (("", offsets[index]),))
            printer.print_string(" : ")
            print_sized_type(printer, types[index], sizes[index])

        print_rows(printer, state, len(keys), print_row)


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
        rows = parse_gather(parser, state.op_type.name, with_ends=True)
        rows.set_references(state, self.source_scope, self.source_keys, self.source_offsets)
        rows.set_resource(state, self.target, self.target_type, self.target_size)
        self.target_offsets.set(state, rows.offsets)
        self.target_ends.set(state, rows.ends)
        self.target_lengths.set(state, rows.lengths)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        references = self.source_scope.get(op), self.source_keys.get(op), self.source_offsets.get(op)
        resource = self.target.get(op), self.target_size.get(op)
        columns = (
            ("", self.target_offsets.get(op)),
            (" to ", self.target_ends.get(op)),
            (" for ", self.target_lengths.get(op)),
        )
        PrintedRows(references, resource, columns).print_gather(printer, state)


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
        rows = parse_scatter(parser, state.op_type.name, with_ends=True)
        rows.set_resource(state, self.source, self.source_type, self.source_size)
        self.source_offsets.set(state, rows.offsets)
        self.source_ends.set(state, rows.ends)
        self.source_lengths.set(state, rows.lengths)
        rows.set_references(state, self.target_scope, self.target_keys, self.target_offsets)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        references = self.target_scope.get(op), self.target_keys.get(op), self.target_offsets.get(op)
        resource = self.source.get(op), self.source_size.get(op)
        columns = (
            ("", self.source_offsets.get(op)),
            (" to ", self.source_ends.get(op)),
            (" for ", self.source_lengths.get(op)),
        )
        PrintedRows(references, resource, columns).print_scatter(printer, state)


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
        rows = parse_gather(parser, state.op_type.name, with_ends=False)
        rows.set_references(state, self.source_scope, self.source_keys, self.source_offsets)
        rows.set_resource(state, self.target, self.target_type, self.target_size)
        self.target_offsets.set(state, rows.offsets)
        self.target_lengths.set(state, rows.lengths)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        references = self.source_scope.get(op), self.source_keys.get(op), self.source_offsets.get(op)
        resource = self.target.get(op), self.target_size.get(op)
        columns = (("", self.target_offsets.get(op)), (" for ", self.target_lengths.get(op)))
        PrintedRows(references, resource, columns).print_gather(printer, state)


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
        rows = parse_scatter(parser, state.op_type.name, with_ends=False)
        rows.set_resource(state, self.source, self.source_type, self.source_size)
        self.source_offsets.set(state, rows.offsets)
        self.source_lengths.set(state, rows.lengths)
        rows.set_references(state, self.target_scope, self.target_keys, self.target_offsets)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        references = self.target_scope.get(op), self.target_keys.get(op), self.target_offsets.get(op)
        resource = self.source.get(op), self.source_size.get(op)
        columns = (("", self.source_offsets.get(op)), (" for ", self.source_lengths.get(op)))
        PrintedRows(references, resource, columns).print_scatter(printer, state)
