"""Conditions by affine sets, and loops with affine bounds.

Fields are named as in MLIR's AffineOps.td; a group of results is `results_`. Source of all facts: AffineOps.td, AffineOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from typing_extensions import override
from xdsl.dialects.builtin import AffineMapAttr, AffineSetAttr, IndexType, IntegerAttr
from xdsl.ir import Attribute, Region, SSAValue
from xdsl.ir.affine import AffineConstantExpr, AffineExpr, AffineMap
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    prop_def,
    region_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import IsTerminator, Pure, RecursivelySpeculatable, RecursiveMemoryEffect, ReturnLike
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.affine.maps import parse_dims_and_symbols, print_dims_and_symbols
from iree_explorer.dialects.affine.symbols import verify_dims_and_symbols
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat, print_attr_dict
from iree_explorer.ir.assembly.mlir_parser import MLIRParser
from iree_explorer.ir.assembly.region_syntax import (
    parse_arrow_types,
    parse_assignments,
    parse_optional_arrow_types,
    parse_region_with_terminator,
    print_assignments,
    print_loop_body,
    print_optional_arrow_types,
)
from iree_explorer.ir.attribute_parts import parse_attribute_with_type, parse_integer_attribute
from iree_explorer.ir.block_traits import NoRegionArguments, SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import RegionBranchOpInterface, RegionBranchTerminatorOpInterface

_PARENTS = ("affine.for", "affine.if", "affine.parallel")


@irdl_op_definition
class YieldOp(IRDLOperation, RegionBranchTerminatorOpInterface):
    """Ends a region with values."""

    name = "affine.yield"
    operands_ = var_operand_def(AnyAttr())
    assembly_format = "attr-dict ($operands_^ `:` type($operands_))?"
    traits = traits_def(IsTerminator(), ReturnLike(), Pure())

    @override
    def verify_(self) -> None:
        parent = self.parent_op()
        if parent is None or parent.name not in _PARENTS:
            raise VerifyException("only terminates affine.if/for/parallel regions")
        if len(parent.results) != len(self.operands):
            raise VerifyException("parent of yield must have same number of results as the yield operands")
        if parent.result_types != self.operand_types:
            raise VerifyException("types mismatch between yield op and its parent")


@irdl_op_definition
class IfOp(IRDLOperation, RegionBranchOpInterface, CustomAssemblyFormat):
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
        verify_dims_and_symbols(self, self.operands, set_.num_dims)
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


@irdl_op_definition
class ForOp(IRDLOperation, RegionBranchOpInterface, CustomAssemblyFormat):
    """Counts from the greatest result of one map up to below the least of another.

    The region's arguments are the counter and the carried values.
    """

    name = "affine.for"
    lower_bound_operands = var_operand_def(IndexType())
    upper_bound_operands = var_operand_def(IndexType())
    inits = var_operand_def(AnyAttr())
    lower_bound_map = prop_def(AffineMapAttr, prop_name="lowerBoundMap")
    upper_bound_map = prop_def(AffineMapAttr, prop_name="upperBoundMap")
    step = prop_def(IntegerAttr)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(SingleBlockImplicitTerminator(YieldOp), RecursiveMemoryEffect(), RecursivelySpeculatable())

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return self.region, None

    @override
    def entry_operands(self, target: Region | None) -> Sequence[SSAValue]:
        return self.inits

    @override
    def successor_inputs(self, target: Region | None) -> Sequence[SSAValue]:
        return self.results if target is None else self.region.block.args[1:]

    @override
    def verify_(self) -> None:
        if not isinstance(self.step.type, IndexType):
            raise VerifyException("attribute 'step' failed to satisfy constraint: index attribute")
        for bound, map_, operands in (
            ("lower", self.lower_bound_map.data, self.lower_bound_operands),
            ("upper", self.upper_bound_map.data, self.upper_bound_operands),
        ):
            # Differs: MLIR does not look.
            if len(operands) != map_.num_dims + map_.num_symbols:
                raise VerifyException(
                    f"{bound} bound operand count and affine map dimension and symbol count must match"
                )

    @override
    def verify_regions(self) -> None:
        # MLIR: LoopLikeInterface.cpp, verifyLoopLikeOpInterface
        arguments = self.region.block.args
        if not arguments or not isinstance(arguments[0].type, IndexType):
            raise VerifyException("expected body to have an index argument for the induction variable")
        verify_dims_and_symbols(self, self.lower_bound_operands, self.lower_bound_map.data.num_dims)
        verify_dims_and_symbols(self, self.upper_bound_operands, self.upper_bound_map.data.num_dims)
        if len(self.inits) != len(self.results):
            raise VerifyException("mismatch between the number of loop-carried values and results")
        if len(self.inits) != len(arguments) - 1:
            counts = f"{len(self.inits)} != {len(arguments) - 1}"
            raise VerifyException(f"different number of inits and region iter_args: {counts}")
        super().verify_regions()

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ForOp:
        counter = parser.parse_argument(expect_type=False)
        parser.parse_punctuation("=")
        lower_map, lower = _parse_bound(parser, "max")
        if parser.parse_optional_keyword("to") is None:
            _refuse(parser, "expected 'to' between bounds", parser.pos)
        upper_map, upper = _parse_bound(parser, "min")
        step = _parse_step(parser) if parser.parse_optional_keyword("step") is not None else 1
        arguments, inits, types = _parse_iter_args(parser)
        entry = [counter.resolve(IndexType()), *(a.resolve(type_) for a, type_ in zip(arguments, types, strict=True))]
        return cls.build(
            operands=[lower, upper, inits],
            result_types=[types],
            regions=[parse_region_with_terminator(parser, YieldOp, entry)],
            properties={
                "lowerBoundMap": lower_map,
                "upperBoundMap": upper_map,
                "step": IntegerAttr.from_index_int_value(step),
            },
            attributes=parser.parse_optional_attr_dict(),
        )

    @override
    def print(self, printer: Printer) -> None:
        counter, *carried = self.region.block.args
        printer.print_string(" ")
        printer.print_ssa_value(counter)
        printer.print_string(" = ")
        _print_bound(printer, "max ", self.lower_bound_map, self.lower_bound_operands)
        printer.print_string(" to ")
        _print_bound(printer, "min ", self.upper_bound_map, self.upper_bound_operands)
        if (step := self.step.value.data) != 1:
            printer.print_string(f" step {step}")
        if carried:
            printer.print_string(" iter_args")
            print_assignments(printer, carried, self.inits)
            printer.print_string(" -> (")
            printer.print_list(self.result_types, printer.print_attribute)
            printer.print_string(")")
        print_loop_body(printer, self.region, gives_values=bool(carried))
        print_attr_dict(printer, self, {})


def _parse_bound(parser: Parser, prefix: str) -> tuple[AffineMapAttr, Sequence[SSAValue]]:
    """Reads a constant, a value, or a map with its operands; a map of several results has a prefix.

    # MLIR: AffineOps.cpp, parseBound
    """
    has_prefix = parser.parse_optional_keyword(prefix) is not None
    if (operand := parser.parse_optional_operand(IndexType())) is not None:
        return AffineMapAttr(AffineMap(0, 1, (AffineExpr.symbol(0),))), (operand,)
    start = parser.pos
    attribute = parse_attribute_with_type(parser, IndexType())
    if isinstance(attribute, IntegerAttr):
        return AffineMapAttr(AffineMap.constant_map(attribute.value.data)), ()
    if not isinstance(attribute, AffineMapAttr):
        _refuse(parser, "expected valid affine map representation for loop bounds", start)
    map_ = attribute.data
    dims, symbols = parse_dims_and_symbols(parser)
    if len(dims) != map_.num_dims:
        _refuse(parser, "dim operand count and affine map dim count must match", start)
    if len(symbols) != map_.num_symbols:
        _refuse(parser, "symbol operand count and affine map symbol count must match", start)
    if len(map_.results) > 1 and not has_prefix:
        bound = "lower" if prefix == "max" else "upper"
        _refuse(parser, f"{bound} loop bound affine map with multiple results requires '{prefix}' prefix", start)
    return attribute, (*dims, *symbols)


def _refuse(parser: Parser, message: str, at: int) -> NoReturn:
    parser.raise_error(f"custom op '{ForOp.name}' {message}", at)


def _print_bound(printer: Printer, prefix: str, bound: AffineMapAttr, operands: Sequence[SSAValue]) -> None:
    # MLIR: AffineOps.cpp, printBound
    map_ = bound.data
    if len(map_.results) == 1:
        [result] = map_.results
        if isinstance(result, AffineConstantExpr) and not operands:
            printer.print_string(str(result.value))
            return
        if map_.num_dims == 0 and map_.num_symbols == 1 and result == AffineExpr.symbol(0):
            printer.print_operand(operands[0])
            return
    else:
        printer.print_string(prefix)
    printer.print_attribute(bound)
    print_dims_and_symbols(printer, operands, map_.num_dims)


def _parse_step(parser: Parser) -> int:
    start = parser.pos
    step = parse_integer_attribute(parser, IndexType()).value.data
    if step <= 0:
        _refuse(parser, "expected step to be representable as a positive signed integer", start)
    return step


def _parse_iter_args(
    parser: Parser,
) -> tuple[Sequence[Parser.UnresolvedArgument], Sequence[SSAValue], Sequence[Attribute]]:
    """Reads `iter_args(%argument = %init, …) -> (type, …)`, or nothing."""
    if parser.parse_optional_keyword("iter_args") is None:
        return (), (), ()
    arguments, operands = parse_assignments(parser, "affine.for")
    types = parse_arrow_types(parser)
    if len(types) != len(arguments):
        assert isinstance(parser, MLIRParser)
        _refuse(parser, "mismatch between the number of loop-carried values and results", parser.op_offset)
    return arguments, parser.resolve_operands(operands, types, parser.pos), types
