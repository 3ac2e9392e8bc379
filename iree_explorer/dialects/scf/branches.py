"""Conditions of the `scf` dialect, and regions that run once.

Fields are named as in MLIR's SCFOps.td; a group of results is `results_`. Source of all facts: MLIR SCFOps.td, SCF.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import DenseArrayBase, IndexType, UnitAttr, i1, i64
from xdsl.ir import Attribute, Operation, Region, SSAValue
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    traits_def,
    var_region_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import (
    RecursivelySpeculatable,
    RecursiveMemoryEffect,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.scf.terminators import YieldOp
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.assembly.region_syntax import (
    parse_optional_arrow_types,
    parse_region_with_terminator,
    print_optional_arrow_types,
)
from iree_explorer.ir.block_traits import NoRegionArguments, SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import (
    RegionBranchOpInterface,
    region_terminator,
)
from iree_explorer.ir.storage import written_name


@irdl_op_definition
class IfOp(IRDLOperation, RegionBranchOpInterface, CustomAssemblyFormat):
    """Runs one of two regions; `else_region` may have no block."""

    name = "scf.if"
    condition = operand_def(i1)
    results_ = var_result_def(AnyAttr())
    then_region = region_def("single_block")
    else_region = region_def()
    traits = traits_def(
        SingleBlockImplicitTerminator(YieldOp), NoRegionArguments(), RecursiveMemoryEffect(), RecursivelySpeculatable()
    )

    def __init__(
        self,
        condition: Operation | SSAValue,
        result_types: Sequence[Attribute],
        then_region: Region,
        else_region: Region | None = None,
    ):
        super().__init__(
            operands=[condition], result_types=[result_types], regions=[then_region, else_region or Region()]
        )

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        if source is not None:
            return (None,)
        return self.then_region, self.else_region if self.else_region.blocks else None

    @override
    def verify_(self) -> None:
        if self.results and not self.else_region.blocks:
            raise VerifyException("must have an else block if defining values")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> IfOp:
        condition = parser.parse_operand(i1)
        types = parse_optional_arrow_types(parser)
        then_region = parse_region_with_terminator(parser, YieldOp)
        has_else = parser.parse_optional_keyword("else") is not None
        else_region = parse_region_with_terminator(parser, YieldOp) if has_else else Region()
        op = cls(condition, types, then_region, else_region)
        op.attributes.update(parser.parse_optional_attr_dict())
        return op

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_operand(self.condition)
        if self.results:
            printer.print_string(" -> (")
            printer.print_list(self.result_types, printer.print_attribute)
            printer.print_string(")")
        for keyword, region in ((" ", self.then_region), (" else ", self.else_region)):
            if region.blocks:
                printer.print_string(keyword)
                printer.print_region(
                    region,
                    print_entry_block_args=False,
                    print_empty_block=False,
                    print_block_terminators=bool(self.results),
                )
        printer.print_op_attributes(self.attributes)


@irdl_op_definition
class ExecuteRegionOp(IRDLOperation, RegionBranchOpInterface, CustomAssemblyFormat):
    """Runs its region, of any number of blocks, once."""

    name = "scf.execute_region"
    no_inline = opt_prop_def(UnitAttr)
    results_ = var_result_def(AnyAttr())
    region = region_def()
    traits = traits_def(RecursiveMemoryEffect())

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return (self.region,) if source is None else (None,)

    @override
    def verify_(self) -> None:
        if not self.region.blocks:
            raise VerifyException("region needs to have at least one block")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ExecuteRegionOp:
        types = parse_optional_arrow_types(parser)
        no_inline = parser.parse_optional_keyword("no_inline") is not None
        region = parser.parse_region()
        return cls.build(
            result_types=[types],
            regions=[region],
            properties={"no_inline": UnitAttr()} if no_inline else {},
            attributes=parser.parse_optional_attr_dict(),
        )

    @override
    def print(self, printer: Printer) -> None:
        print_optional_arrow_types(printer, self.result_types)
        printer.print_string(" " if self.no_inline is None else " no_inline ")
        printer.print_region(self.region, print_entry_block_args=False)
        printer.print_op_attributes(self.attributes)


@irdl_op_definition
class IndexSwitchOp(IRDLOperation, RegionBranchOpInterface):
    """Runs the region of the case that equals the operand, else the default region."""

    name = "scf.index_switch"
    arg = operand_def(IndexType())
    cases = prop_def(DenseArrayBase.constr(i64))
    results_ = var_result_def(AnyAttr())
    default_region = region_def("single_block")
    case_regions = var_region_def("single_block")
    traits = traits_def(SingleBlockImplicitTerminator(YieldOp), RecursiveMemoryEffect())

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return (self.default_region, *self.case_regions) if source is None else (None,)

    @override
    def verify_(self) -> None:
        values = self.cases.get_values()
        if len(values) != len(self.case_regions):
            raise VerifyException(f"has {len(self.case_regions)} case regions but {len(values)} case values")
        if len(set(values)) != len(values):
            raise VerifyException("has duplicate case value")
        self._verify_yield(self.default_region, "default region")
        for number, region in enumerate(self.case_regions):
            self._verify_yield(region, f"case region #{number}")

    def _verify_yield(self, region: Region, name: str) -> None:
        # MLIR: SCF.cpp, IndexSwitchOp::verify
        terminator = region.block.last_op
        if not isinstance(terminator, YieldOp):
            found = "" if terminator is None else written_name(terminator)
            raise VerifyException(f"expected region to end with scf.yield, but got {found}")
        wanted, given = self.result_types, terminator.operand_types
        if len(given) != len(wanted):
            raise VerifyException(
                f"expected each region to return {len(wanted)} values, but {name} returns {len(given)}"
            )
        for number, (ours, theirs) in enumerate(zip(given, wanted, strict=True)):
            if ours != theirs:
                raise VerifyException(f"expected result #{number} of each region to be '{theirs}'")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> IndexSwitchOp:
        arg = parser.parse_operand(IndexType())
        attributes = parser.parse_optional_attr_dict()
        types: list[Attribute] = []
        if parser.parse_optional_punctuation("->") is not None:
            types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        values: list[int] = []
        regions: list[Region] = []
        while parser.parse_optional_keyword("case") is not None:
            values.append(parser.parse_integer())
            regions.append(parser.parse_region())
        parser.parse_keyword("default")
        default = parse_region_with_terminator(parser, YieldOp)
        return cls.build(
            operands=[arg],
            result_types=[types],
            regions=[default, regions],
            properties={"cases": DenseArrayBase.from_list(i64, values)},
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_operand(self.arg)
        printer.print_op_attributes(self.attributes)
        if self.result_types:
            printer.print_string(" -> ")
            printer.print_list(self.result_types, printer.print_attribute)
        # MLIR leaves a blank at the end of the line.
        printer.print_string(" ")
        for value, region in zip(self.cases.get_values(), self.case_regions, strict=True):
            printer.print_string(f"\ncase {value} ")
            printer.print_region(region, print_empty_block=False)
        printer.print_string("\ndefault ")
        last = region_terminator(self.default_region)
        is_told = last is not None and bool(last.operands or last.attributes)
        printer.print_region(self.default_region, print_empty_block=False, print_block_terminators=is_told)
