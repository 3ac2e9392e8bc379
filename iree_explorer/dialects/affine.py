"""The `affine` dialect: index arithmetic by affine maps, and conditions by affine sets.

`affine.for`, `load`, `store` and `yield` are xDSL's; the others are defined here, in MLIR's text. Fields are named as in MLIR's
AffineOps.td, the source of all facts here together with AffineOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from typing_extensions import override
from xdsl.dialects.affine import ForOp, LoadOp, StoreOp, YieldOp
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    AffineMapAttr,
    AffineSetAttr,
    DenseArrayBase,
    IndexType,
    IntegerAttr,
    UnitAttr,
    i1,
    i64,
)
from xdsl.dialects.utils import get_dynamic_index_list, print_dynamic_index_list
from xdsl.ir import Dialect, Region, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    base,
    operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure, RecursivelySpeculatable, RecursiveMemoryEffect
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.attr_dict import print_attr_dict
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.index_lists import parse_index_list
from iree_explorer.ir.assembly.region_syntax import (
    parse_optional_arrow_types,
    parse_region_with_terminator,
    print_optional_arrow_types,
)
from iree_explorer.ir.block_traits import NoRegionArguments, SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import RegionBranchOpInterface

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


class MapOp(IRDLOperation):
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


@irdl_custom_directive
class MixedBasis(CustomDirective):
    """`(%a, 8)`: sizes that are integers or values."""

    dynamic: VariadicOperandVariable
    static: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        dynamic, static = parse_index_list(parser, parser.Delimiter.PAREN)
        self.dynamic.set(state, dynamic)
        self.static.set(state, DenseArrayBase.from_list(i64, static))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        static = self.static.get(op)
        assert isinstance(static, DenseArrayBase)
        state.print_whitespace(printer)
        print_dynamic_index_list(
            printer, DYNAMIC_INDEX, self.dynamic.get(op), static.get_values(), delimiter=Parser.Delimiter.PAREN
        )
        end_of_token(state)


@irdl_custom_directive
class DisjointFlag(CustomDirective):
    """`disjoint`, or nothing. In the generic form the property is `disjoint` or `disjoint = false` (MLIR: UnitProp)."""

    disjoint: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        if parser.parse_optional_keyword("disjoint") is not None:
            self.disjoint.set(state, UnitAttr())

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        if self.disjoint.get(op) in (UnitAttr(), IntegerAttr(1, i1)):
            state.print_whitespace(printer)
            printer.print_string("disjoint")
            end_of_token(state)


BASIS = DenseArrayBase.constr(i64)


@irdl_op_definition
class DelinearizeIndexOp(IRDLOperation):
    """The digits of an index in a mixed basis, outermost first; one more digit than sizes: the outermost is unbounded."""

    name = "affine.delinearize_index"
    linear_index = operand_def(IndexType())
    dynamic_basis = var_operand_def(IndexType())
    static_basis = prop_def(BASIS)
    multi_index = var_result_def(IndexType())
    custom_directives = (MixedBasis,)
    assembly_format = (
        "$linear_index `into` custom<MixedBasis>($dynamic_basis, $static_basis) attr-dict `:` type($multi_index)"
    )
    traits = traits_def(Pure())

    @property
    def basis(self) -> list[SSAValue | int]:
        """The sizes, outermost first."""
        return get_dynamic_index_list(self.static_basis.get_values(), self.dynamic_basis, DYNAMIC_INDEX)

    @override
    def verify_(self) -> None:
        if len(self.multi_index) not in (len(self.static_basis), len(self.static_basis) + 1):
            raise VerifyException("should return an index for each basis element and up to one extra index")


@irdl_op_definition
class LinearizeIndexOp(IRDLOperation):
    """The index of which the operands are the digits; `disjoint` promises that no digit reaches its size."""

    name = "affine.linearize_index"
    multi_index = var_operand_def(IndexType())
    dynamic_basis = var_operand_def(IndexType())
    static_basis = prop_def(BASIS)
    disjoint = opt_prop_def(base(UnitAttr) | base(IntegerAttr))
    linear_index = result_def(IndexType())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DisjointFlag, MixedBasis)
    assembly_format = (
        "custom<DisjointFlag>($disjoint) ` ` `[` $multi_index `]` `by` custom<MixedBasis>($dynamic_basis, $static_basis) "
        "attr-dict `:` type($linear_index)"
    )
    traits = traits_def(Pure())

    @property
    def basis(self) -> list[SSAValue | int]:
        """The sizes, outermost first."""
        return get_dynamic_index_list(self.static_basis.get_values(), self.dynamic_basis, DYNAMIC_INDEX)

    @override
    def verify_(self) -> None:
        if len(self.multi_index) not in (len(self.static_basis), len(self.static_basis) + 1):
            raise VerifyException("should be passed a basis element for each index except possibly the first")


@irdl_op_definition
class IfOp(IRDLOperation, RegionBranchOpInterface):
    """Runs a region if the operands are in an affine set; `else_region` may have no block."""

    name = "affine.if"
    condition = prop_def(AffineSetAttr)
    operands_ = var_operand_def(IndexType())
    results_ = var_result_def(AnyAttr())
    then_region = region_def("single_block")
    else_region = region_def()
    traits = traits_def(
        SingleBlockImplicitTerminator(YieldOp), NoRegionArguments(), RecursiveMemoryEffect(), RecursivelySpeculatable()
    )

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        if source is not None:
            return (None,)
        return self.then_region, self.else_region if self.else_region.blocks else None

    @override
    def verify_(self) -> None:
        set_ = self.condition.data
        if len(self.operands) != set_.num_dims + set_.num_symbols:
            raise VerifyException("operand count and integer set dimension and symbol count must match")
        if self.results and not self.else_region.blocks:
            raise VerifyException("must have an else block if defining values")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> IfOp:
        condition = parser.parse_attribute()
        dims, symbols = parse_dims_and_symbols(parser)
        types = parse_optional_arrow_types(parser)
        then_region = parse_region_with_terminator(parser, YieldOp)
        has_else = parser.parse_optional_keyword("else") is not None
        else_region = parse_region_with_terminator(parser, YieldOp) if has_else else Region()
        return cls.build(
            operands=[(*dims, *symbols)],
            result_types=[types],
            regions=[then_region, else_region],
            properties={"condition": condition},
            attributes=parser.parse_optional_attr_dict(),
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_attribute(self.condition)
        print_dims_and_symbols(printer, self.operands, self.condition.data.num_dims)
        print_optional_arrow_types(printer, self.result_types)
        for keyword, region in ((" ", self.then_region), (" else ", self.else_region)):
            if region.blocks:
                printer.print_string(keyword)
                printer.print_region(region, print_empty_block=False, print_block_terminators=bool(self.results))
        print_attr_dict(printer, self, {})


Affine = Dialect(
    "affine",
    [ApplyOp, MinOp, MaxOp, DelinearizeIndexOp, LinearizeIndexOp, IfOp, ForOp, LoadOp, StoreOp, YieldOp],
    [],
)
