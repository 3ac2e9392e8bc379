"""Sequential loops of the `scf` dialect.

Fields are named as in MLIR's SCFOps.td; a group of results is `results_`. Source of all facts: MLIR SCFOps.td, SCF.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IndexType, IntegerAttr, UnitAttr
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    region_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import (
    ConditionallySpeculatable,
    ConstantLike,
    RecursivelySpeculatable,
    RecursiveMemoryEffect,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.scf.terminators import ConditionOp, YieldOp
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.assembly.mlir_parser import MLIRParser, NumberedArgument
from iree_explorer.ir.assembly.region_syntax import (
    parse_arrow_types,
    parse_assignments,
    parse_optional_assignments,
    parse_region_with_terminator,
    print_assignments,
    print_loop_body,
)
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import (
    RegionBranchOpInterface,
    region_terminator,
)
from iree_explorer.ir.type_constraints import SIGNLESS_INTEGER_OR_INDEX


class SpeculatableIfStepIsOne(ConditionallySpeculatable):
    """A loop of step 1 surely ends. MLIR: SCF.cpp, ForOp::getSpeculatability."""

    @classmethod
    @override
    def is_speculatable(cls, op: Operation) -> bool:
        assert isinstance(op, ForOp)
        step = ConstantLike.get_constant_value(op.step)
        return isinstance(step, IntegerAttr) and step.value.data == 1 and RecursivelySpeculatable.is_speculatable(op)


@irdl_op_definition
class ForOp(IRDLOperation, RegionBranchOpInterface, CustomAssemblyFormat):
    """Counts from `lower_bound` up to below `upper_bound`; the region's arguments are the counter and the carried values."""

    name = "scf.for"
    T: ClassVar = VarConstraint("T", SIGNLESS_INTEGER_OR_INDEX)
    lower_bound = operand_def(T)
    upper_bound = operand_def(T)
    step = operand_def(T)
    init_args = var_operand_def(AnyAttr())
    unsigned_cmp = opt_prop_def(UnitAttr, prop_name="unsignedCmp")
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    traits = traits_def(SingleBlockImplicitTerminator(YieldOp), RecursiveMemoryEffect(), SpeculatableIfStepIsOne())

    def __init__(
        self,
        lower_bound: Operation | SSAValue,
        upper_bound: Operation | SSAValue,
        step: Operation | SSAValue,
        init_args: Sequence[SSAValue],
        region: Region,
    ):
        super().__init__(
            operands=[lower_bound, upper_bound, step, init_args],
            result_types=[[value.type for value in init_args]],
            regions=[region],
        )

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return self.region, None

    @override
    def entry_operands(self, target: Region | None) -> Sequence[SSAValue]:
        return self.init_args

    @override
    def successor_inputs(self, target: Region | None) -> Sequence[SSAValue]:
        return self.results if target is None else self.region.block.args[1:]

    @override
    def verify_(self) -> None:
        if len(self.init_args) != len(self.results):
            raise VerifyException("mismatch in number of loop-carried values and defined values")

    @override
    def verify_regions(self) -> None:
        # MLIR: SCF.cpp, ForOp::verifyRegions; LoopLikeInterface.cpp, verifyLoopLikeOpInterface
        arguments = self.region.block.args
        if not arguments or arguments[0].type != self.lower_bound.type:
            raise VerifyException("expected induction variable to be same type as bounds and step")
        if len(self.init_args) != len(arguments) - 1:
            counts = f"{len(self.init_args)} != {len(arguments) - 1}"
            raise VerifyException(f"different number of inits and region iter_args: {counts}")
        yielded = () if (last := region_terminator(self.region)) is None else last.operands
        if yielded and len(yielded) != len(self.init_args):
            counts = f"{len(self.init_args)} != {len(yielded)}"
            raise VerifyException(f"different number of region iter_args and yielded values: {counts}")
        super().verify_regions()

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ForOp:
        unsigned = parser.parse_optional_keyword("unsigned") is not None
        counter = parser.parse_unresolved_operand()
        parser.parse_punctuation("=")
        bounds = [parser.parse_unresolved_operand()]
        for keyword in ("to", "step"):
            parser.parse_keyword(keyword)
            bounds.append(parser.parse_unresolved_operand())
        arguments, operands, types = _parse_iter_args(parser)
        type_ = parser.parse_type() if parser.parse_optional_punctuation(":") else IndexType()
        entry = [
            NumberedArgument(counter.span, type_, number=counter.index),
            *(argument.resolve(t) for argument, t in zip(arguments, types, strict=True)),
        ]
        region = parse_region_with_terminator(parser, YieldOp, entry)
        # MLIR: SCF.cpp, ForOp::parse: what the region defines is no operand.
        lower, upper, step = (parser.resolve_operand(bound, type_) for bound in bounds)
        carried = parser.resolve_operands(operands, types, parser.pos)
        op = cls(lower, upper, step, carried, region)
        op.attributes.update(parser.parse_optional_attr_dict())
        if unsigned:
            op.unsigned_cmp = UnitAttr()
        return op

    @override
    def print(self, printer: Printer) -> None:
        counter, *carried = self.region.block.args
        printer.print_string(" " if self.unsigned_cmp is None else " unsigned ")
        printer.print_ssa_value(counter)
        for word, bound in ((" = ", self.lower_bound), (" to ", self.upper_bound), (" step ", self.step)):
            printer.print_string(word)
            printer.print_operand(bound)
        if carried:
            printer.print_string(" iter_args")
            print_assignments(printer, carried, self.init_args)
            printer.print_string(" -> (")
            printer.print_list(self.result_types, printer.print_attribute)
            printer.print_string(")")
        if not isinstance(counter.type, IndexType):
            printer.print_string("  : ")  # MLIR prints two blanks before the colon.
            printer.print_attribute(counter.type)
        print_loop_body(printer, self.region, gives_values=bool(carried))
        printer.print_op_attributes(self.attributes)


def _parse_iter_args(
    parser: Parser,
) -> tuple[Sequence[Parser.UnresolvedArgument], Sequence[UnresolvedOperand], Sequence[Attribute]]:
    if parser.parse_optional_keyword("iter_args") is None:
        return (), (), ()
    arguments, operands = parse_assignments(parser, "scf.for")
    types = parse_arrow_types(parser)
    if len(types) != len(arguments):
        assert isinstance(parser, MLIRParser)
        message = "custom op 'scf.for' mismatch in number of loop-carried values and defined values"
        parser.raise_error(message, parser.op_offset)
    return arguments, operands, types


@irdl_op_definition
class WhileOp(IRDLOperation, RegionBranchOpInterface, CustomAssemblyFormat):
    """Runs `before`, and while its condition holds `after` and `before` again."""

    name = "scf.while"
    inits = var_operand_def(AnyAttr())
    results_ = var_result_def(AnyAttr())
    before = region_def("single_block")
    after = region_def("single_block")
    traits = traits_def(RecursiveMemoryEffect())

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return (None, self.after) if source is self.before else (self.before,)

    @override
    def entry_operands(self, target: Region | None) -> Sequence[SSAValue]:
        return self.inits

    @override
    def verify_(self) -> None:
        condition = region_terminator(self.before)
        if not isinstance(condition, ConditionOp):
            raise VerifyException("expects the 'before' region to terminate with 'scf.condition'")
        if not isinstance(region_terminator(self.after), YieldOp):
            raise VerifyException("expects the 'after' region to terminate with 'scf.yield'")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> WhileOp:
        arguments, operands = parse_optional_assignments(parser) or ((), ())
        parser.parse_punctuation(":")
        type_ = parser.parse_function_type()
        if len(type_.inputs) != len(operands):
            parser.raise_error(
                f"expected as many input types as operands (expected {len(operands)} got {len(type_.inputs)})"
            )
        inits = parser.resolve_operands(operands, type_.inputs.data, parser.pos)
        before = parser.parse_region(
            [argument.resolve(t) for argument, t in zip(arguments, type_.inputs.data, strict=True)]
        )
        parser.parse_keyword("do")
        after = parser.parse_region()
        if not after.blocks:
            after.add_block(Block())
        attributes = parser.parse_optional_attr_dict_with_keyword()
        return cls.build(
            operands=[inits],
            result_types=[type_.outputs.data],
            regions=[before, after],
            attributes={} if attributes is None else attributes.data,
        )

    @override
    def print(self, printer: Printer) -> None:
        if self.inits:
            printer.print_string(" ")
            print_assignments(printer, self.before.block.args, self.inits)
        printer.print_string(" : ")
        printer.print_operation_type(self)
        printer.print_string(" ")
        printer.print_region(self.before, print_entry_block_args=False)
        printer.print_string(" do ")
        printer.print_region(self.after)
        printer.print_op_attributes(self.attributes, print_keyword=True)
