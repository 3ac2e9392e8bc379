"""The regions of `flow.dispatch.region` and `flow.dispatch.workgroups` in the text. IREE: FlowOps.cpp."""

from __future__ import annotations

from typing_extensions import override
from xdsl.ir import Region
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    CustomDirective,
    ParsingState,
    PrintingState,
    RegionVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.dialects.stream.directives import parse_grid_region, print_grid_region
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.mlir_parser import MLIRParser


def parse_count_region(parser: Parser, op_name: str) -> Region:
    """Reads `count(%arguments) -> (index, index, index) { … }`, or nothing: no block."""
    if parser.parse_optional_keyword("count") is None:
        return Region()
    return parse_grid_region(parser, op_name)


def print_count_region(printer: Printer, region: Region) -> None:
    """Prints ` count(%arguments) -> (index, index, index) { … }`; nothing where there is no block."""
    if region.blocks:
        printer.print_string(" count")
        print_grid_region(printer, region)


@irdl_custom_directive
class CountRegion(CustomDirective):
    """` count(%arguments) -> (index, index, index) { … }`, or nothing."""

    body: RegionVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        self.body.set(state, parse_count_region(parser, state.op_type.name))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        print_count_region(printer, self.body.get(op))
        end_of_token(state)


@irdl_custom_directive
class WorkgroupBody(CustomDirective):
    """`(%argument: type, …) { … }` on a line of its own, indented by four spaces more than the op."""

    body: RegionVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        assert isinstance(parser, MLIRParser)
        arguments = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_argument)
        self.body.set(state, parser.parse_isolated_region(arguments))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        body = self.body.get(op)
        printer.print_string("\n    ")
        with printer.in_parens():
            printer.print_list(body.first_block.args if body.first_block else (), printer.print_block_argument)
        printer.print_string(" ")
        printer.print_region(body, print_entry_block_args=False, print_empty_block=False)
        end_of_token(state)
