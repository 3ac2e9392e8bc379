"""`keyword = [0, 1]`: dimensions in the text of linalg ops. MLIR: printDenseI64ArrayAttr, parseDenseI64ArrayAttr."""

from __future__ import annotations

from xdsl.dialects.builtin import DenseArrayBase, IntegerType, i64
from xdsl.parser import Parser
from xdsl.printer import Printer


def parse_index_array(parser: Parser, keyword: str) -> DenseArrayBase[IntegerType]:
    """Reads `keyword = [0, 1]`."""
    parser.parse_keyword(keyword)
    parser.parse_punctuation("=")
    values = parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_integer)
    return DenseArrayBase.from_list(i64, values)


def print_index_array(printer: Printer, keyword: str, values: DenseArrayBase[IntegerType]) -> None:
    """Prints ` keyword = [0, 1] `, with a blank at the end as MLIR does."""
    printer.print_string(f" {keyword} = [{', '.join(str(value) for value in values.get_values())}] ")
