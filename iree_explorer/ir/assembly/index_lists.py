"""Lists of integers and values, `[1, %n, 3]`, as offsets, sizes and strides are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, i64
from xdsl.dialects.utils import DynamicIndexList as XdslDynamicIndexList
from xdsl.dialects.utils import print_dynamic_index_list
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.ir.assembly.directives import end_of_token

_CONTEXT = " in dynamic index list"


def parse_index_list(
    parser: Parser, delimiter: Parser.Delimiter = Parser.Delimiter.SQUARE
) -> tuple[Sequence[UnresolvedOperand], Sequence[int]]:
    """Reads a list: its values, and its integers with `DYNAMIC_INDEX` for each value.

    # MLIR: ViewLikeInterface.cpp, parseDynamicIndexList
    """
    values: list[UnresolvedOperand] = []

    def parse_element() -> int:
        value = parser.parse_optional_unresolved_operand()
        if value is None:
            return parser.parse_integer()
        values.append(value)
        return DYNAMIC_INDEX

    return values, parser.parse_comma_separated_list(delimiter, parse_element, _CONTEXT)


@irdl_custom_directive
class DynamicIndexList(XdslDynamicIndexList):
    """As xDSL's, but that it reads what MLIR reads, `true` and `false` too, and refuses the rest in its words."""

    dynamic_position: VariadicOperandVariable
    static_position: AttributeVariable

    DELIMITER: ClassVar = Parser.Delimiter.SQUARE

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        dynamic, static = parse_index_list(parser, self.DELIMITER)
        self.dynamic_position.set(state, dynamic)
        self.static_position.set(state, DenseArrayBase.from_list(i64, static))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        static = self.static_position.get(op)
        assert isinstance(static, DenseArrayBase)
        state.print_whitespace(printer)
        values, integers = self.dynamic_position.get(op), static.get_values()
        print_dynamic_index_list(printer, DYNAMIC_INDEX, values, integers, delimiter=self.DELIMITER)


@irdl_custom_directive
class StartsForLengths(CustomDirective):
    """`%start, … for %length, …`; MLIR writes the blanks around `for` where there are none of them, too."""

    starts: VariadicOperandVariable
    lengths: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        self.starts.parse(parser, state)
        parser.parse_keyword("for")
        self.lengths.parse(parser, state)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        printer.print_list(self.starts.get(op), printer.print_operand)
        printer.print_string(" for ")
        printer.print_list(self.lengths.get(op), printer.print_operand)
        end_of_token(state)
