"""Kernels before they are executables of their own: ops on tensors that are to run together, and what they see of their grid.

IREE: FlowOps.td, OpGroupPartitionedRegionOps and OpGroupDispatchWorkgroupOps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IndexType, ShapedType, TensorType
from xdsl.ir import Attribute, Region, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import IsTerminator, Pure, ReturnLike
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.flow.dispatch_directives import (
    CountRegion,
    WorkgroupBody,
    parse_count_region,
    print_count_region,
)
from iree_explorer.dialects.iree_tensor_ext import DISPATCH_TENSOR
from iree_explorer.dialects.iree_tensor_ext.ops import verify_boundary_types, verify_dynamic_dims
from iree_explorer.dialects.stream.constraints import INDEX
from iree_explorer.dialects.stream.executable_ops import DispatchWorkgroupOp, verify_grid
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.assembly.directives import ShapedFunctionType, print_sizes
from iree_explorer.ir.defects import NestedDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import TiedOpInterface, number_of_sizes
from iree_explorer.ir.interfaces.control_flow import RegionBranchTerminatorOpInterface
from iree_explorer.ir.interfaces.named_dims import NamedDims
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.isolation import IsolatedFromAbove
from iree_explorer.ir.operands import segments_property
from iree_explorer.ir.storage import ops_of


@irdl_op_definition
class DispatchWorkgroupIDOp(DispatchWorkgroupOp):
    """The place of the running workgroup."""

    name = "flow.dispatch.workgroup.id"
    PREFIX: ClassVar = "workgroup_id_"


@irdl_op_definition
class DispatchWorkgroupCountOp(DispatchWorkgroupOp):
    """How many workgroups there are."""

    name = "flow.dispatch.workgroup.count"
    PREFIX: ClassVar = "workgroup_count_"


@irdl_op_definition
class DispatchWorkgroupSizeOp(DispatchWorkgroupOp):
    """How many invocations a workgroup has."""

    name = "flow.dispatch.workgroup.size"
    PREFIX: ClassVar = "workgroup_size_"


@irdl_op_definition
class DispatchTieShapeOp(IRDLOperation, NamedDims):
    """A tensor in a binding, with its dynamic dimensions."""

    name = "flow.dispatch.tie_shape"

    OPERAND_DIMS: ClassVar = {"operand": "dynamic_dims"}
    RESULT_DIMS: ClassVar = "dynamic_dims"

    T: ClassVar = VarConstraint("T", DISPATCH_TENSOR)

    operand = operand_def(T)
    dynamic_dims = var_operand_def(INDEX)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "$operand attr-dict `:` type($result) (`{` $dynamic_dims^ `}`)?"

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.operand,), self.dynamic_dims)


@irdl_op_definition
class ReturnOp(IRDLOperation, RegionBranchTerminatorOpInterface):
    """Ends a region and gives its results."""

    name = "flow.return"

    operands_ = var_operand_def()

    traits = traits_def(Pure(), ReturnLike(), IsTerminator())
    assembly_format = "attr-dict ($operands_^ `:` type($operands_))?"


def _verify_count(workload: Sequence[SSAValue], region: Region) -> None:
    """Checks a region that computes the grid, if there is one. IREE: FlowOps.cpp, verifyWorkgroupCountRegion."""
    if region.first_block is None:
        return
    arguments = region.first_block.args
    if len(workload) != len(arguments):
        counts = f"({len(workload)} vs {len(arguments)})"
        raise VerifyException(f"workload operands and workgroup count args mismatch {counts}")
    for number, (value, argument) in enumerate(zip(workload, arguments, strict=True)):
        if value.type != argument.type:
            types = f"operand is '{value.type}' but region captures '{argument.type}'"
            raise VerifyException(f"workload value {number} type mismatch; {types}")
    verify_grid(region, ReturnOp)


def _parse_dims(parser: Parser, type_: Attribute) -> list[UnresolvedOperand]:
    """Reads `{%a, %b}` behind a type with dynamic dimensions."""
    count = number_of_sizes(type_) if isinstance(type_, ShapedType) else 0
    if not count:
        return []
    start = parser.pos
    parser.parse_punctuation("{", " in operand list")
    dims = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_unresolved_operand)
    parser.parse_punctuation("}", " in operand list")
    if len(dims) != count:
        parser.raise_error(f"custom op '{DispatchRegionOp.name}' expected {count} operands", start)
    return dims


@irdl_op_definition
class DispatchRegionOp(IRDLOperation, NamedDims, CustomAssemblyFormat):
    """Ops that are to become one kernel; they use values from outside, and give tensors."""

    name = "flow.dispatch.region"

    result_dims = var_operand_def(INDEX)
    workload = var_operand_def(INDEX)
    results_ = var_result_def()
    body = region_def()
    workgroup_count = region_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        # IREE: FlowOps.cpp, DispatchRegionOp::verify
        if self.body.first_block is not None and self.body.first_block.args:
            raise VerifyException("expected no block arguments")
        for block in self.body.blocks:
            for op in ops_of(block):
                if isinstance(op, ReturnOp):
                    self._verify_return(op)
        if not all(isinstance(type_, TensorType) for type_ in self.result_types):
            raise VerifyException("only ranked tensor results are allowed")
        _verify_count(self.workload, self.workgroup_count)

    def _verify_return(self, op: ReturnOp) -> None:
        given, wanted = len(op.operands), len(self.results)
        if given != wanted:
            message = f"number of results ({wanted}) does not match number of returned values ({given})"
            raise NestedDefect(op, message)
        if op.operand_types != self.result_types:
            raise NestedDefect(op, "operand types do not match with parent results")

    @classmethod
    @override
    def parse(cls, parser: Parser) -> DispatchRegionOp:
        workload = parser.parse_optional_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_unresolved_operand)
        types: list[Attribute] = []
        dims: list[UnresolvedOperand] = []

        def parse_result() -> None:
            types.append(parser.parse_type())
            dims.extend(_parse_dims(parser, types[-1]))

        if parser.parse_optional_punctuation("->"):
            parser.parse_comma_separated_list(parser.Delimiter.PAREN, parse_result)
        attributes = parser.parse_optional_attr_dict_with_keyword()
        body = parser.parse_region()
        count = parse_count_region(parser, cls.name)
        operands = [parser.resolve_operand(value, IndexType()) for value in (*dims, *(workload or ()))]
        return cls.create(
            operands=operands,
            result_types=types,
            properties=segments_property(len(dims), len(operands) - len(dims)),
            attributes={} if attributes is None else attributes.data,
            regions=[body, count],
        )

    @override
    def print(self, printer: Printer) -> None:
        if self.workload:
            with printer.in_square_brackets():
                printer.print_list(self.workload, printer.print_operand)
        dims = iter(self.result_dims)

        def print_result(type_: Attribute) -> None:
            printer.print_attribute(type_)
            print_sizes(printer, type_, dims)

        printer.print_string(" -> ")
        with printer.in_parens():
            printer.print_list(self.result_types, print_result)
        printer.print_op_attributes(self.attributes, print_keyword=True)
        printer.print_string(" ")
        printer.print_region(self.body, print_block_terminators=self._prints_terminator())
        print_count_region(printer, self.workgroup_count)

    def _prints_terminator(self) -> bool:
        last = self.body.first_block and self.body.first_block.last_op
        return last is None or bool(last.operands or last.attributes or last.properties or last.results)


@irdl_op_definition
class DispatchWorkgroupsOp(IRDLOperation, TiedOpInterface, NamedDims):
    """A kernel beside its call: bindings of what it is called with, then of the results that are not tied, are its arguments."""

    name = "flow.dispatch.workgroups"

    OPERAND_DIMS: ClassVar = {"arguments": "argument_dims"}

    workload = var_operand_def(INDEX)
    arguments = var_operand_def()
    argument_dims = var_operand_def(INDEX)
    result_dims = var_operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    results_ = var_result_def()
    workgroup_body = region_def()
    workgroup_count = region_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure(), IsolatedFromAbove())
    custom_directives = (ShapedFunctionType, WorkgroupBody, CountRegion)
    assembly_format = (
        "(`[` $workload^ `]`)? `` `(` $arguments `)` `:` "
        "custom<ShapedFunctionType>(ref($arguments), type($arguments), $argument_dims, type($results_), $result_dims, "
        "$tied_operands) attr-dict-with-keyword `=` "
        "custom<WorkgroupBody>($workgroup_body) `` custom<CountRegion>($workgroup_count)"
    )

    @override
    def tied_operands_base(self) -> int:
        return len(self.workload)

    @override
    def verify_(self) -> None:
        # IREE: FlowOps.cpp, DispatchWorkgroupsOp::verify
        self.verify_tied_operands()
        verify_dynamic_dims(self.arguments, self.argument_dims)
        verify_dynamic_dims(self.results_, self.result_dims)
        verify_boundary_types(self)
        _verify_count(self.workload, self.workgroup_count)
