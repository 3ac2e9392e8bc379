"""Affine maps applied to indices. Fields are named as in MLIR's AffineOps.td, the source of all facts here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from typing_extensions import override
from xdsl.dialects.builtin import AffineMapAttr, IndexType
from xdsl.ir import SSAValue
from xdsl.ir.affine import AffineDimExpr, AffineMap, AffineSymExpr
from xdsl.irdl import IRDLOperation, prop_def, result_def, traits_def, var_operand_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.affine_text import expression_text
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat, print_attr_dict
from iree_explorer.ir.assembly.columns import ColumnPrinter
from iree_explorer.ir.assembly.mlir_parser import MLIRParser
from iree_explorer.ir.definition import irdl_op_definition

MapOpT = TypeVar("MapOpT", bound="MapOp")


def parse_dims_and_symbols(parser: Parser) -> tuple[Sequence[SSAValue], Sequence[SSAValue]]:
    """Reads `(%dim, …)[%symbol, …]`; the symbols may be missing."""
    index = IndexType()
    dims = parser.parse_comma_separated_list(
        parser.Delimiter.PAREN, parser.parse_unresolved_operand, " in operand list"
    )
    symbols = parser.parse_optional_comma_separated_list(
        parser.Delimiter.SQUARE, parser.parse_unresolved_operand, " in operand list"
    )
    return (
        [parser.resolve_operand(dim, index) for dim in dims],
        [parser.resolve_operand(symbol, index) for symbol in symbols or ()],
    )


def print_dims_and_symbols(printer: Printer, operands: Sequence[SSAValue], num_dims: int) -> None:
    """Prints `(%dim, …)[%symbol, …]`."""
    with printer.in_parens():
        printer.print_list(operands[:num_dims], printer.print_operand)
    if len(operands) > num_dims:
        with printer.in_square_brackets():
            printer.print_list(operands[num_dims:], printer.print_operand)


def result_texts(printer: Printer, map_: AffineMap, operands: Sequence[SSAValue]) -> list[str]:
    """The results of a map of values: `%dim + 1`, `symbol(%symbol)`. # MLIR: AsmPrinter.cpp, printAffineMapOfSSAIds."""
    assert isinstance(printer, ColumnPrinter)
    texts = printer.texts_of_values(operands)

    def name_of(expr: AffineDimExpr | AffineSymExpr) -> str:
        if isinstance(expr, AffineDimExpr):
            return texts[expr.position]
        return f"symbol({texts[map_.num_dims + expr.position]})"

    return [expression_text(result, name_of) for result in map_.results]


class MapOp(IRDLOperation, CustomAssemblyFormat):
    """An index from an affine map, applied to dimensions and then symbols."""

    map = prop_def(AffineMapAttr)
    map_operands = var_operand_def(IndexType())
    result = result_def(IndexType())
    traits = traits_def(Pure())

    def __init__(self, map_: AffineMapAttr, operands: Sequence[SSAValue]):
        super().__init__(operands=[operands], properties={"map": map_}, result_types=[IndexType()])

    @override
    def verify_(self) -> None:
        map_ = self.map.data
        if len(self.map_operands) != map_.num_dims + map_.num_symbols:
            raise VerifyException("operand count and affine map dimension and symbol count must match")

    @classmethod
    @override
    def parse(cls: type[MapOpT], parser: Parser) -> MapOpT:
        place = parser.pos
        map_ = parser.parse_attribute()
        if not isinstance(map_, AffineMapAttr):
            parser.raise_error(f"custom op '{cls.name}' invalid kind of attribute specified", place)
        dims, symbols = parse_dims_and_symbols(parser)
        cls._check_space(parser, map_.data, len(dims), len(symbols))
        op = cls.create(
            operands=[*dims, *symbols],
            result_types=[IndexType()] * cls._result_count(map_.data),
            properties={"map": map_},
        )
        op.attributes.update(parser.parse_optional_attr_dict())
        return op

    @classmethod
    def _result_count(cls, map_: AffineMap) -> int:  # noqa: ARG003  (a hook)
        """How many results an op with this map has as it is read."""
        return 1

    @classmethod
    def _check_space(cls, parser: Parser, map_: AffineMap, dims: int, symbols: int) -> None:
        """Refuses operands that were written for other dimensions and symbols than the map's, before the op is made."""

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_attribute(self.map)
        print_dims_and_symbols(printer, self.map_operands, self.map.data.num_dims)
        print_attr_dict(printer, self, {})


@irdl_op_definition
class ApplyOp(MapOp):
    """The only result of the map."""

    name = "affine.apply"

    @override
    def verify_(self) -> None:
        super().verify_()
        if len(self.map.data.results) != 1:
            raise VerifyException("mapping must produce one value")

    @classmethod
    @override
    def _result_count(cls, map_: AffineMap) -> int:
        return len(map_.results)

    @classmethod
    @override
    def _check_space(cls, parser: Parser, map_: AffineMap, dims: int, symbols: int) -> None:
        if (dims, symbols) != (map_.num_dims, map_.num_symbols):
            assert isinstance(parser, MLIRParser)
            parser.raise_error(f"custom op '{cls.name}' dimension or symbol index mismatch", parser.op_offset)


class ExtremeOp(MapOp):
    """One of the results of the map."""

    @override
    def verify_(self) -> None:
        super().verify_()
        if not self.map.data.results:
            raise VerifyException("affine map expect at least one result")


@irdl_op_definition
class MinOp(ExtremeOp):
    """The least result of the map."""

    name = "affine.min"


@irdl_op_definition
class MaxOp(ExtremeOp):
    """The greatest result of the map."""

    name = "affine.max"
