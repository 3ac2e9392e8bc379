"""Pieces of text that ops with regions share: result types, assignments to region arguments, hidden terminators.

Source: MLIR AsmPrinter.cpp (printArrowTypeList), OpImplementation.h (parseAssignmentList), OpDefinition.h
(SingleBlockImplicitTerminator).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from xdsl.dialects.builtin import FunctionType
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import IsTerminator


def parse_optional_arrow_types(parser: Parser) -> Sequence[Attribute]:
    """Reads what `parse_arrow_types` does; nothing: no types."""
    return () if parser.parse_optional_punctuation("->") is None else _parse_types(parser)


def parse_arrow_types(parser: Parser) -> Sequence[Attribute]:
    """Reads `-> type` or `-> (type, …)`."""
    parser.parse_punctuation("->")
    return _parse_types(parser)


def _parse_types(parser: Parser) -> Sequence[Attribute]:
    types = parser.parse_optional_comma_separated_list(parser.Delimiter.PAREN, parser.parse_type)
    return (parser.parse_type(),) if types is None else types


def print_optional_arrow_types(printer: Printer, types: Sequence[Attribute]) -> None:
    """Prints ` -> type` or ` -> (type, …)`; nothing where there are no types."""
    if not types:
        return
    printer.print_string(" -> ")
    in_parens = len(types) != 1 or isinstance(types[0], FunctionType)
    printer.print_string("(" if in_parens else "")
    printer.print_list(types, printer.print_attribute)
    printer.print_string(")" if in_parens else "")


def print_loop_body(printer: Printer, region: Region, *, gives_values: bool) -> None:
    """Prints ` {…}` without the arguments, which stand above; the terminator only where it gives values, else it is plain."""
    printer.print_string(" ")
    printer.print_region(
        region, print_entry_block_args=False, print_empty_block=False, print_block_terminators=gives_values
    )


Assignments: TypeAlias = tuple[Sequence[Parser.UnresolvedArgument], Sequence[UnresolvedOperand]]
"""Arguments of a region, and what they are at first."""


def parse_assignments(parser: Parser, op_name: str) -> Assignments:
    """Reads `(%argument = %operand, …)`. MLIR: OpAsmParser::parseAssignmentList."""
    found = parse_optional_assignments(parser)
    return parser.raise_error(f"custom op '{op_name}' expected '('") if found is None else found


def parse_optional_assignments(parser: Parser) -> Assignments | None:
    """Reads `(%argument = %operand, …)`; None: nothing like it comes next."""
    arguments: list[Parser.UnresolvedArgument] = []
    operands: list[UnresolvedOperand] = []

    def parse_assignment() -> None:
        arguments.append(parser.parse_argument(expect_type=False))
        parser.parse_punctuation("=")
        operands.append(parser.parse_unresolved_operand())

    read = parser.parse_optional_comma_separated_list(parser.Delimiter.PAREN, parse_assignment)
    return None if read is None else (arguments, operands)


def print_assignments(printer: Printer, arguments: Iterable[SSAValue], operands: Iterable[SSAValue]) -> None:
    """Prints `(%argument = %operand, …)`."""
    with printer.in_parens():
        for index, (argument, operand) in enumerate(zip(arguments, operands, strict=True)):
            printer.print_string(", " if index else "")
            printer.print_ssa_value(argument)
            printer.print_string(" = ")
            printer.print_operand(operand)


def add_terminator(region: Region, terminator: type[IRDLOperation]) -> Region:
    """Ends the region's last block in an op without operands, where it has no terminator; gives `region`.

    # MLIR: OpDefinition.cpp, ensureRegionTerminator
    """
    if not region.blocks:
        region.add_block(Block())
    if (block := region.blocks.last) is not None and not _is_terminated(block.last_op):
        definition = terminator.get_irdl_definition()
        regions = [Region(Block()) for _ in definition.regions]
        block.add_op(terminator.build(operands=[()] * len(definition.operands), regions=regions))
    return region


def _is_terminated(last: Operation | None) -> bool:
    return last is not None and last.has_trait(IsTerminator, value_if_unregistered=False)


def parse_region_with_terminator(
    parser: Parser, terminator: type[IRDLOperation], arguments: Sequence[Parser.Argument] | None = None
) -> Region:
    """Reads a region of which the terminator may be left out."""
    return add_terminator(parser.parse_region(arguments), terminator)
