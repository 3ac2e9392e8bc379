"""Several allocations as one: packed slices and constant pools. IREE: StreamOps.td, OpGroupResourceOps."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IndexType, IntegerAttr
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    opt_operand_def,
    opt_prop_def,
    prop_def,
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
    TypeDirective,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.constraints import AFFINITY, CONSTANT_OR_VARIABLE_RESOURCE, INDEX, TIMEPOINT
from iree_explorer.ir.assembly.directives import end_of_line, end_of_token, parse_sizes, print_sizes
from iree_explorer.ir.attribute_parts import parse_integer_attribute
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    OpAsmOpInterface,
    SizeAwareOpInterface,
    TimelineOpInterface,
)


@irdl_custom_directive
class PackSliceRanges(CustomDirective):
    """`[start, end] = %size`, one a line."""

    lifetime_intervals: AttributeVariable
    dynamic_slice_sizes: VariadicOperandVariable
    packed_offset_types: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        bounds: list[IntegerAttr] = []
        sizes: list[UnresolvedOperand] = []
        while parser.parse_optional_punctuation("["):
            bounds.append(parse_integer_attribute(parser, INDEX))
            parser.parse_punctuation(",")
            bounds.append(parse_integer_attribute(parser, INDEX))
            parser.parse_punctuation("]")
            parser.parse_punctuation("=")
            sizes.append(parser.parse_unresolved_operand())
            if parser.parse_optional_punctuation(",") is None:
                break
        self.lifetime_intervals.set(state, ArrayAttr(bounds))
        self.dynamic_slice_sizes.set(state, sizes)
        self.packed_offset_types.set(state, [INDEX] * len(sizes))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        intervals = self.lifetime_intervals.get(op)
        assert isinstance(intervals, ArrayAttr)
        bounds = [entry.value.data for entry in intervals if isinstance(entry, IntegerAttr)]
        sizes = self.dynamic_slice_sizes.get(op)
        for index, size in enumerate(sizes):
            printer.print_string(f"{',' if index else ''}\n  [{bounds[2 * index]}, {bounds[2 * index + 1]}] = ")
            printer.print_operand(size)
        printer.print_string("\n" if sizes else "")
        end_of_line(state)


@irdl_op_definition
class ResourcePackOp(IRDLOperation, OpAsmOpInterface, AffinityOpInterface):
    """Offsets of slices in one allocation, so that slices that live at the same time do not overlap.

    IREE leaves its results numbered, unlike those of other ops of several results.
    """

    name = "stream.resource.pack"

    offset = opt_operand_def(INDEX)
    lifetime_intervals = prop_def(ArrayAttr[IntegerAttr[IndexType]])
    dynamic_slice_sizes = var_operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    total_length = result_def(INDEX)
    packed_offsets = var_result_def(INDEX)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (PackSliceRanges,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`offset` `(` $offset^ `)`)? `slices` `(` `{` "
        "custom<PackSliceRanges>($lifetime_intervals, $dynamic_slice_sizes, type($packed_offsets)) `}` `)` `:` "
        "type($total_length) attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        if len(self.lifetime_intervals) != 2 * len(self.packed_offsets):
            raise VerifyException("requires a [start, end] range for each slice")
        if len(self.dynamic_slice_sizes) != len(self.packed_offsets):
            raise VerifyException("requires a size for each slice")


@irdl_custom_directive
class ConstantValueList(CustomDirective):
    """`type{%size} = value`, one a line."""

    result_types: TypeDirective
    result_sizes: VariadicOperandVariable
    values: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        types: list[Attribute] = []
        sizes: list[UnresolvedOperand] = []
        values: list[Attribute] = []

        def parse_one() -> None:
            types.append(parser.parse_type())
            sizes.extend(parse_sizes(parser, types[-1]))
            parser.parse_punctuation("=")
            values.append(parser.parse_attribute())

        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_one)
        self.result_types.set(state, types)
        self.result_sizes.set(state, sizes)
        self.values.set(state, ArrayAttr(values))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        values = self.values.get(op)
        assert isinstance(values, ArrayAttr)
        sizes = iter(self.result_sizes.get(op))
        for index, (type_, value) in enumerate(zip(self.result_types.get(op), values.data, strict=True)):
            printer.print_string(",\n  " if index else "\n  ")
            printer.print_attribute(type_)
            print_sizes(printer, type_, sizes)
            printer.print_string(" = ")
            printer.print_attribute(value)
        end_of_token(state)


@irdl_op_definition
class ResourceConstantsOp(IRDLOperation, AffinityOpInterface, TimelineOpInterface, SizeAwareOpInterface):
    """Resources with constant contents, loaded together."""

    name = "stream.resource.constants"

    values = prop_def(ArrayAttr)
    result_sizes = var_operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    results_ = var_result_def(CONSTANT_OR_VARIABLE_RESOURCE)
    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(Pure())
    custom_directives = (ConstantValueList,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? attr-dict `:` custom<ConstantValueList>(type($results_), $result_sizes, $values) "
        "`\\n` ` ` ` ` `=` `` `>` type($result_timepoint)"
    )

    @override
    def set_await_timepoint(self, timepoint: SSAValue | None) -> None:
        """Changes nothing: constants wait for nothing."""

    @override
    def size_of_result(self, result: int) -> SSAValue | None:
        return self.result_sizes[result] if result < len(self.result_sizes) else None

    @override
    def verify_(self) -> None:
        count = len(self.results_)
        if len(self.result_sizes) != count or len(self.values) != count:
            raise VerifyException("mismatched constant/result counts")
        if len({result.type for result in self.results_}) > 1:
            raise VerifyException("all results must be of the same type")
