"""Parallel loops of the `scf` dialect.

Fields are named as in MLIR's SCFOps.td; a group of results is `results_`. Source of all facts: MLIR SCFOps.td, SCF.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, DenseArrayBase, IndexType, IntegerType, i64
from xdsl.dialects.utils import (
    print_dynamic_index_list,
)
from xdsl.ir import Attribute, Block, Region, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    traits_def,
    var_operand_def,
    var_region_def,
    var_result_def,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import IsTerminator, NoTerminator, Pure, RecursiveMemoryEffect
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.arith.constant import integer_of
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat, print_attr_dict
from iree_explorer.ir.assembly.index_lists import parse_index_list
from iree_explorer.ir.assembly.region_syntax import (
    parse_assignments,
    parse_optional_arrow_types,
    parse_region_with_terminator,
    print_assignments,
    print_loop_body,
    print_optional_arrow_types,
)
from iree_explorer.ir.block_traits import ParentOneOf
from iree_explorer.ir.defects import NestedDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import (
    ParallelCombiningOpInterface,
    RegionBranchOpInterface,
    region_terminator,
)

INDEX_ARRAY = DenseArrayBase.constr(i64)


@irdl_op_definition
class InParallelOp(IRDLOperation, CustomAssemblyFormat):
    """Ends a `scf.forall`: its ops say what each iteration contributes to the shared outputs."""

    name = "scf.forall.in_parallel"
    region = region_def("single_block")
    traits = traits_def(ParentOneOf(("scf.forall",)), IsTerminator(), NoTerminator(), Pure())

    @override
    def verify_(self) -> None:
        forall = self.parent_op()
        assert isinstance(forall, ForallOp)
        shared = forall.region.block.args[len(forall.static_upper_bound) :]
        for op in self.region.block.ops:
            if not isinstance(op, ParallelCombiningOpInterface):
                raise VerifyException("expected only ParallelCombiningOpInterface ops")
            if op.updated_destination not in shared:
                raise NestedDefect(op, "may only insert into an output block argument")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> InParallelOp:
        region = parser.parse_region()
        if not region.blocks:
            region.add_block(Block())
        return cls.build(regions=[region], attributes=parser.parse_optional_attr_dict())

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_region(self.region, print_entry_block_args=False, print_empty_block=False)
        printer.print_op_attributes(self.attributes)


@irdl_op_definition
class ForallOp(IRDLOperation, RegionBranchOpInterface, CustomAssemblyFormat):
    """Iterations of any order over a box; the region's arguments are the counters and the shared outputs.

    A bound or step is the integer of `static_…`, or where that is the dynamic marker the next of `dynamic_…`.
    """

    name = "scf.forall"
    dynamic_lower_bound = var_operand_def(IndexType())
    dynamic_upper_bound = var_operand_def(IndexType())
    dynamic_step = var_operand_def(IndexType())
    static_lower_bound = prop_def(INDEX_ARRAY, prop_name="staticLowerBound")
    static_upper_bound = prop_def(INDEX_ARRAY, prop_name="staticUpperBound")
    static_step = prop_def(INDEX_ARRAY, prop_name="staticStep")
    outputs = var_operand_def(AnyAttr())
    mapping = opt_prop_def(ArrayAttr)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(RecursiveMemoryEffect())

    @property
    def is_normalized(self) -> bool:
        """Whether all counters go from 0 in steps of 1, also where constant ops say so: printed as `in (bounds)`."""
        lower = _known_bounds(self.dynamic_lower_bound, self.static_lower_bound)
        step = _known_bounds(self.dynamic_step, self.static_step)
        return set(lower) <= {0} and set(step) <= {1}

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return self.region, None

    @override
    def verify_(self) -> None:
        rank = len(self.static_upper_bound)
        arguments = self.region.block.arg_types
        if len(arguments) != rank + len(self.outputs):
            raise VerifyException(f"region expects {rank + len(self.outputs)} arguments")
        if any(not isinstance(type_, IndexType) for type_ in arguments[:rank]):
            raise VerifyException("expects the counters to be of type index")
        if not (list(arguments[rank:]) == [output.type for output in self.outputs] == list(self.result_types)):
            raise VerifyException("types of shared outputs, region arguments and results must be the same")
        if not isinstance(region_terminator(self.region), InParallelOp):
            raise VerifyException("expects region to terminate with 'scf.forall.in_parallel'")

    @override
    def verify_regions(self) -> None:
        """Control carries no values: nothing."""

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ForallOp:
        counters = parser.parse_comma_separated_list(
            parser.Delimiter.PAREN, lambda: parser.parse_argument(expect_type=False)
        )
        if parser.parse_optional_keyword("in") is not None:
            upper = _parse_bounds(parser)
            lower, step = ((), [0] * len(upper[1])), ((), [1] * len(upper[1]))
        else:
            parser.parse_punctuation("=")
            lower = _parse_bounds(parser)
            parser.parse_keyword("to")
            upper = _parse_bounds(parser)
            parser.parse_keyword("step")
            step = _parse_bounds(parser)
        arguments, outputs = (
            parse_assignments(parser, cls.name) if parser.parse_optional_keyword("shared_outs") else ((), ())
        )
        types = parse_optional_arrow_types(parser)
        if len(types) != len(outputs):
            parser.raise_error(f"mismatch between out operands and types: {len(outputs)} and {len(types)}")
        entry = [counter.resolve(IndexType()) for counter in counters]
        entry += [argument.resolve(type_) for argument, type_ in zip(arguments, types, strict=True)]
        resolved = parser.resolve_operands(outputs, types, parser.pos)
        region = parse_region_with_terminator(parser, InParallelOp, entry)
        attributes = parser.parse_optional_attr_dict()
        properties: dict[str, Attribute] = {
            "staticLowerBound": DenseArrayBase.from_list(i64, lower[1]),
            "staticUpperBound": DenseArrayBase.from_list(i64, upper[1]),
            "staticStep": DenseArrayBase.from_list(i64, step[1]),
        }
        if (mapping := attributes.pop("mapping", None)) is not None:
            properties["mapping"] = mapping
        dynamic = [[parser.resolve_operand(value, IndexType()) for value in bound[0]] for bound in (lower, upper, step)]
        return cls.build(
            operands=[*dynamic, resolved],
            result_types=[types],
            regions=[region],
            properties=properties,
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        rank = len(self.static_upper_bound)
        printer.print_string(" ")
        with printer.in_parens():
            printer.print_list(self.region.block.args[:rank], printer.print_ssa_value)
        if self.is_normalized:
            printer.print_string(" in ")
            _print_bounds(printer, self.dynamic_upper_bound, self.static_upper_bound)
        else:
            printer.print_string(" = ")
            _print_bounds(printer, self.dynamic_lower_bound, self.static_lower_bound)
            printer.print_string(" to ")
            _print_bounds(printer, self.dynamic_upper_bound, self.static_upper_bound)
            printer.print_string(" step ")
            _print_bounds(printer, self.dynamic_step, self.static_step)
        if self.outputs:
            printer.print_string(" shared_outs")
            print_assignments(printer, self.region.block.args[rank:], self.outputs)
            printer.print_string(" -> (")
            printer.print_list(self.result_types, printer.print_attribute)
            printer.print_string(")")
        print_loop_body(printer, self.region, gives_values=bool(self.results))
        print_attr_dict(printer, self, {"mapping": self.mapping})


def _known_bounds(dynamic: Sequence[SSAValue], static: DenseArrayBase[IntegerType]) -> list[int | None]:
    """Each bound as a number; None: it is not known."""
    values = iter(dynamic)
    return [integer_of(next(values)) if bound == DYNAMIC_INDEX else bound for bound in static.get_values()]


def _parse_bounds(parser: Parser) -> tuple[Sequence[UnresolvedOperand], Sequence[int]]:
    return parse_index_list(parser, parser.Delimiter.PAREN)


def _print_bounds(printer: Printer, dynamic: Sequence[SSAValue], static: DenseArrayBase[IntegerType]) -> None:
    values = static.get_values()
    print_dynamic_index_list(printer, DYNAMIC_INDEX, dynamic, values, delimiter=Parser.Delimiter.PAREN)


@irdl_op_definition
class ReduceReturnOp(IRDLOperation):
    """Ends one reduction of `scf.reduce`."""

    name = "scf.reduce.return"
    result = operand_def(AnyAttr())
    assembly_format = "$result attr-dict `:` type($result)"
    traits = traits_def(ParentOneOf(("scf.reduce",)), IsTerminator(), Pure())


@irdl_op_definition
class ReduceOp(IRDLOperation):
    """Ends a `scf.parallel`: what each iteration contributes and, one region each, how two contributions become one."""

    name = "scf.reduce"
    operands_ = var_operand_def(AnyAttr())
    reductions = var_region_def("single_block")
    traits = traits_def(ParentOneOf(("scf.parallel",)), IsTerminator(), RecursiveMemoryEffect())

    @override
    def verify_(self) -> None:
        if len(self.operands) != len(self.reductions):
            raise VerifyException("must have as many reduction regions as operands")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ReduceOp:
        operands: Sequence[SSAValue] = ()
        if parser.parse_optional_punctuation("(") is not None:
            unresolved = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_unresolved_operand)
            parser.parse_punctuation(":")
            types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
            parser.parse_punctuation(")")
            operands = parser.resolve_operands(unresolved, types, parser.pos)
        regions: list[Region] = []
        while (region := parser.parse_optional_region()) is not None:
            regions.append(region)
            if parser.parse_optional_punctuation(",") is None:
                break
        return cls.build(operands=[operands], regions=[regions], attributes=parser.parse_optional_attr_dict())

    @override
    def print(self, printer: Printer) -> None:
        if self.operands:
            with printer.in_parens():
                printer.print_list(self.operands, printer.print_operand)
                printer.print_string(" : ")
                printer.print_list(self.operand_types, printer.print_attribute)
        printer.print_string(" ")
        printer.print_list(self.reductions, printer.print_region)
        printer.print_op_attributes(self.attributes)


@irdl_op_definition
class ParallelOp(IRDLOperation, RegionBranchOpInterface, CustomAssemblyFormat):
    """A nest of loops of which the iterations may run in any order, with reductions."""

    name = "scf.parallel"
    lower_bound = var_operand_def(IndexType())
    upper_bound = var_operand_def(IndexType())
    step = var_operand_def(IndexType())
    init_vals = var_operand_def(AnyAttr())
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(RecursiveMemoryEffect())

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return self.region, None

    @override
    def verify_(self) -> None:
        rank = len(self.lower_bound)
        if not (rank == len(self.upper_bound) == len(self.step) == len(self.region.block.args)):
            raise VerifyException("expects as many bounds, steps and region arguments")
        reduce = region_terminator(self.region)
        if not isinstance(reduce, ReduceOp) or list(reduce.operand_types) != list(self.result_types):
            raise VerifyException("expects body to terminate with 'scf.reduce' of the results' types")
        if [value.type for value in self.init_vals] != list(self.result_types):
            raise VerifyException("types of initial values and results must be the same")

    @override
    def verify_regions(self) -> None:
        """Control carries no values: nothing."""

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ParallelOp:
        counters = parser.parse_comma_separated_list(
            parser.Delimiter.PAREN, lambda: parser.parse_argument(expect_type=False)
        )
        bounds: list[Sequence[SSAValue]] = []
        parser.parse_punctuation("=")
        bounds.append(_parse_index_operands(parser))
        for keyword in ("to", "step"):
            parser.parse_keyword(keyword)
            bounds.append(_parse_index_operands(parser))
        inits: Sequence[UnresolvedOperand] = ()
        if parser.parse_optional_keyword("init") is not None:
            inits = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_unresolved_operand)
        types = parse_optional_arrow_types(parser)
        resolved = parser.resolve_operands(inits, types, parser.pos)
        entry = [counter.resolve(IndexType()) for counter in counters]
        region = parse_region_with_terminator(parser, ReduceOp, entry)
        return cls.build(
            operands=[*bounds, resolved],
            result_types=[types],
            regions=[region],
            attributes=parser.parse_optional_attr_dict(),
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        with printer.in_parens():
            printer.print_list(self.region.block.args, printer.print_ssa_value)
        for word, values in ((" = ", self.lower_bound), (" to ", self.upper_bound), (" step ", self.step)):
            printer.print_string(word)
            with printer.in_parens():
                printer.print_list(values, printer.print_operand)
        if self.init_vals:
            printer.print_string(" init ")
            with printer.in_parens():
                printer.print_list(self.init_vals, printer.print_operand)
        print_optional_arrow_types(printer, self.result_types)
        printer.print_string(" ")
        printer.print_region(self.region, print_entry_block_args=False, print_empty_block=False)
        printer.print_op_attributes(self.attributes)


def _parse_index_operands(parser: Parser) -> Sequence[SSAValue]:
    unresolved = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_unresolved_operand)
    return [parser.resolve_operand(value, IndexType()) for value in unresolved]
