"""`hal.dispatch.extern`: a call of a kernel in object files, before devices are chosen. IREE: HALOps.td, HALOps.cpp."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IndexType, IntegerAttr, StringAttr
from xdsl.ir import Attribute, Region
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    opt_prop_def,
    prop_def,
    region_def,
    traits_def,
    var_operand_def,
    var_region_def,
    var_result_def,
)
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    VariadicRegionVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.executable_ops import (
    parse_condition_region,
    print_condition_region,
    verify_condition_region,
)
from iree_explorer.dialects.hal.export_ops import WorkgroupCountRegion, verify_count_region
from iree_explorer.dialects.hal.interface_ops import PipelineLayout
from iree_explorer.dialects.hal.topology import PipelineLayoutAttr
from iree_explorer.dialects.hal.types import DeviceType
from iree_explorer.dialects.iree_tensor_ext.ops import verify_boundary_types, verify_dynamic_dims
from iree_explorer.ir.assembly.directives import ShapedFunctionType, end_of_token
from iree_explorer.ir.assembly.format_directives import PropDictOfThree
from iree_explorer.ir.attribute_parts import parse_attribute_of, parse_integer_attribute
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import TiedOpInterface
from iree_explorer.ir.interfaces.named_dims import NamedDims
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.isolation import IsolatedFromAbove

INDEX = IndexType()


@irdl_custom_directive
class TargetConditionObjects(CustomDirective):
    """For each target a line: `#target if(%device: !hal.device) -> i1 { … } ordinal(n) = [#object, …]`, the condition or not."""

    targets: AttributeVariable
    ordinals: AttributeVariable
    objects: AttributeVariable
    conditions: VariadicRegionVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        targets: list[Attribute] = []
        conditions: list[Region] = []
        ordinals: list[Attribute] = []
        objects: list[Attribute] = []

        def parse_target() -> None:
            targets.append(parser.parse_attribute())
            has_condition = parser.parse_optional_keyword("if") is not None
            conditions.append(parse_condition_region(parser, state.op_type.name) if has_condition else Region())
            parser.parse_keyword("ordinal")
            with parser.in_parens():
                ordinals.append(parse_integer_attribute(parser, INDEX))
            parser.parse_punctuation("=")
            objects.append(parse_attribute_of(parser, ArrayAttr))

        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_target)
        for variable, found in ((self.targets, targets), (self.ordinals, ordinals), (self.objects, objects)):
            variable.set(state, ArrayAttr(found))
        self.conditions.set(state, conditions)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        targets, ordinals, objects = (variable.get(op) for variable in (self.targets, self.ordinals, self.objects))
        assert isinstance(targets, ArrayAttr)
        assert isinstance(ordinals, ArrayAttr)
        assert isinstance(objects, ArrayAttr)
        with printer.indented():
            lines = zip(targets, ordinals, objects, self.conditions.get(op), strict=True)
            for number, (target, ordinal, found, condition) in enumerate(lines):
                printer.print_string(",\n" if number else "\n")
                printer.print_attribute(target)
                if condition.blocks:
                    printer.print_string(" if")
                    print_condition_region(printer, condition)
                assert isinstance(ordinal, IntegerAttr)
                printer.print_string(f" ordinal({ordinal.value.data}) = ")
                printer.print_attribute(found)
        printer.print_string("\n")
        end_of_token(state)


@irdl_op_definition
class DispatchExternOp(IRDLOperation, TiedOpInterface, NamedDims):
    """A call of a kernel whose code stands in object files, of which each device has its own."""

    name = "hal.dispatch.extern"

    OPERAND_DIMS: ClassVar = {"arguments": "argument_dims"}

    export_name = prop_def(StringAttr)
    workload = var_operand_def(INDEX)
    arguments = var_operand_def()
    argument_dims = var_operand_def(INDEX)
    result_dims = var_operand_def(INDEX)
    layout = prop_def(PipelineLayoutAttr)
    targets = prop_def(ArrayAttr)
    target_ordinals = prop_def(ArrayAttr[IntegerAttr[IndexType]])
    target_objects = prop_def(ArrayAttr)
    workgroup_size = opt_prop_def(ArrayAttr[IntegerAttr[IndexType]])
    subgroup_size = opt_prop_def(IntegerAttr[IndexType])
    workgroup_local_memory = opt_prop_def(IntegerAttr[IndexType])
    tied_operands = opt_prop_def(TIED_OPERANDS)
    results_ = var_result_def()
    workgroup_count = region_def()
    target_regions = var_region_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure(), IsolatedFromAbove())
    custom_directives = (
        PipelineLayout,
        PropDictOfThree,
        ShapedFunctionType,
        TargetConditionObjects,
        WorkgroupCountRegion,
    )
    assembly_format = (
        "$export_name (`[` $workload^ `]`)? `` `(` $arguments `)` `:` "
        "custom<ShapedFunctionType>(ref($arguments), type($arguments), $argument_dims, type($results_), $result_dims, "
        "$tied_operands) `count` `` custom<WorkgroupCountRegion>($workgroup_count) "
        "`layout` `(` custom<PipelineLayout>($layout) `)` `objects` `(` `{` "
        "custom<TargetConditionObjects>($targets, $target_ordinals, $target_objects, $target_regions) `}` `)` "
        "custom<PropDictOfThree>($workgroup_size, $subgroup_size, $workgroup_local_memory) attr-dict-with-keyword"
    )

    @override
    def tied_operands_base(self) -> int:
        return len(self.workload)

    @override
    def verify_(self) -> None:
        # IREE: HALOps.cpp, DispatchExternOp::verify
        self.verify_tied_operands()
        verify_dynamic_dims(self.arguments, self.argument_dims)
        verify_dynamic_dims(self.results_, self.result_dims)
        verify_boundary_types(self)
        verify_count_region(self.workgroup_count)
        self._verify_workload()
        if len(self.targets) != len(self.target_objects):
            raise VerifyException("target and objects arrays must match")
        if len(self.targets) != len(self.target_regions):
            raise VerifyException("target and condition regions must match (but they may be empty)")
        for condition in self.target_regions:
            verify_condition_region(condition)

    def _verify_workload(self) -> None:
        entry = self.workgroup_count.first_block
        types = [argument.type for argument in entry.args] if entry is not None else []
        captured = [type_ for type_ in types if not isinstance(type_, DeviceType)]
        if len(self.workload) != len(captured):
            counts = f"({len(self.workload)} vs {len(captured)})"
            raise VerifyException(f"workload operands and workgroup count args mismatch {counts}")
