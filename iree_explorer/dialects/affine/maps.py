"""Affine maps applied to indices. Fields are named as in MLIR's AffineOps.td, the source of all facts here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from typing_extensions import override
from xdsl.dialects.builtin import AffineMapAttr, IndexType
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation, prop_def, result_def, traits_def, var_operand_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat, print_attr_dict
from iree_explorer.ir.definition import irdl_op_definition

MapOpT = TypeVar("MapOpT", bound="MapOp")


def parse_dims_and_symbols(parser: Parser) -> tuple[Sequence[SSAValue], Sequence[SSAValue]]:
    """Reads `(%dim, …)[%symbol, …]`; the symbols may be missing."""
    index = IndexType()
    dims = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_unresolved_operand)
    symbols = parser.parse_optional_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_unresolved_operand)
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
        map_ = parser.parse_attribute()
        if not isinstance(map_, AffineMapAttr):
            parser.raise_error("expected an affine map")
        dims, symbols = parse_dims_and_symbols(parser)
        if len(dims) != map_.data.num_dims:
            parser.raise_error("dimension or symbol index mismatch")
        op = cls(map_, (*dims, *symbols))
        op.attributes.update(parser.parse_optional_attr_dict())
        return op

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


@irdl_op_definition
class MinOp(MapOp):
    """The least result of the map."""

    name = "affine.min"


@irdl_op_definition
class MaxOp(MapOp):
    """The greatest result of the map."""

    name = "affine.max"
