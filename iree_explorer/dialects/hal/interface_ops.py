"""What a kernel written by hand sees of its dispatch: the grid, constants, bindings. IREE: HALOps.td, OpGroupInterfaceOps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    AnyFloat,
    ArrayAttr,
    ComplexType,
    IndexType,
    IntegerAttr,
    IntegerType,
    ShapedType,
    StringAttr,
)
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
)
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.topology import (
    DESCRIPTOR_FLAGS,
    PipelineLayoutAttr,
    flags_of_number,
    number_of_flags,
    parse_flags,
    print_flags,
)
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.format_directives import OptionalString, StrippedAttribute
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface, ShapeAwareOpInterface, number_of_sizes
from iree_explorer.ir.type_constraints import TypeIs

INDEX = IndexType()
PRIMITIVE = TypeIs(
    "index or signless integer or floating-point or complex-type",
    lambda type_: isinstance(type_, IndexType | IntegerType | AnyFloat | ComplexType),
)


@irdl_custom_directive
class PipelineLayout(StrippedAttribute):
    """`#hal.pipeline.layout<…>` or `<…>`."""

    attribute: AttributeVariable

    KIND: ClassVar = PipelineLayoutAttr


@irdl_custom_directive
class DescriptorFlags(CustomDirective):
    """`ReadOnly` or `"ReadOnly|Indirect"`. IREE: HALAttrs.td, HAL_DescriptorFlagsAttr."""

    flags: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        flags = parse_flags(parser, DESCRIPTOR_FLAGS)
        self.flags.set(state, IntegerAttr(number_of_flags(flags, DESCRIPTOR_FLAGS), IntegerType(32)))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        flags = self.flags.get(op)
        assert isinstance(flags, IntegerAttr)
        print_flags(printer, flags_of_number(flags.value.data, DESCRIPTOR_FLAGS))
        end_of_token(state)

    @override
    def is_anchorable(self) -> bool:
        return True

    @override
    def is_present(self, op: IRDLOperation) -> bool:
        return self.flags.get(op) is not None


class InterfaceWorkgroupOp(IRDLOperation, OpAsmOpInterface):
    """A number about the grid that a kernel runs on, in dimension 0, 1 or 2."""

    PREFIX: ClassVar[str]

    dimension = prop_def(IntegerAttr[IndexType])
    upper_bound = opt_prop_def(IntegerAttr[IndexType])
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "`[` $dimension `]` (`upper_bound` $upper_bound^)? attr-dict `:` type($result)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        dimension = self.dimension.value.data
        if 0 <= dimension < 3:
            yield self.result, f"{self.PREFIX}{'xyz'[dimension]}"


@irdl_op_definition
class InterfaceWorkgroupIDOp(InterfaceWorkgroupOp):
    """The place of the running workgroup."""

    name = "hal.interface.workgroup.id"
    PREFIX: ClassVar = "workgroup_id_"


@irdl_op_definition
class InterfaceWorkgroupCountOp(InterfaceWorkgroupOp):
    """How many workgroups there are."""

    name = "hal.interface.workgroup.count"
    PREFIX: ClassVar = "workgroup_count_"


@irdl_op_definition
class InterfaceWorkgroupSizeOp(InterfaceWorkgroupOp):
    """How many invocations a workgroup has."""

    name = "hal.interface.workgroup.size"
    PREFIX: ClassVar = "workgroup_size_"


@irdl_op_definition
class ExecutableConstantLoadOp(IRDLOperation):
    """A constant that the executable was specialized with, by its key."""

    name = "hal.executable.constant.load"

    key = prop_def(StringAttr)
    result = result_def(PRIMITIVE)

    traits = traits_def(Pure())
    custom_directives = (OptionalString,)
    assembly_format = "custom<OptionalString>($key) attr-dict `:` type($result)"


@irdl_op_definition
class InterfaceConstantLoadOp(IRDLOperation):
    """A scalar that the dispatch was handed, by its number."""

    name = "hal.interface.constant.load"

    layout = prop_def(PipelineLayoutAttr)
    ordinal = prop_def(IntegerAttr[IndexType])
    alignment = opt_prop_def(IntegerAttr[IndexType])
    values = opt_prop_def(ArrayAttr[Attribute])
    result = result_def(PRIMITIVE)

    traits = traits_def(Pure())
    custom_directives = (PipelineLayout,)
    assembly_format = (
        "`layout` `(` custom<PipelineLayout>($layout) `)` `ordinal` `(` $ordinal `)` (`alignment` `(` $alignment^ `)`)? "
        "(`values` `(` $values^ `)`)? attr-dict `:` type($result)"
    )

    @override
    def verify_(self) -> None:
        # IREE: HALOps.cpp, InterfaceConstantLoadOp::verify
        if not 0 <= self.ordinal.value.data < self.layout.constants.data:
            raise VerifyException("push constant ordinal out of bounds")


@irdl_op_definition
class InterfaceBindingSubspanOp(IRDLOperation, ShapeAwareOpInterface):
    """A part of a binding, as the typed value that a kernel works on."""

    name = "hal.interface.binding.subspan"

    layout = prop_def(PipelineLayoutAttr)
    binding = prop_def(IntegerAttr[IndexType])
    byte_offset = opt_operand_def(INDEX)
    dynamic_dims = var_operand_def(INDEX)
    alignment = opt_prop_def(IntegerAttr[IndexType])
    descriptor_flags = opt_prop_def(IntegerAttr)
    result = result_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (PipelineLayout, DescriptorFlags)
    assembly_format = (
        "`layout` `(` custom<PipelineLayout>($layout) `)` `binding` `(` $binding `)` (`alignment` `(` $alignment^ `)`)? "
        "(`offset` `(` $byte_offset^ `)`)? (`flags` `(` custom<DescriptorFlags>($descriptor_flags)^ `)`)? "
        "attr-dict `:` type($result) (`{` $dynamic_dims^ `}`)?"
    )

    @override
    def result_dynamic_dims(self, result: int) -> Sequence[SSAValue]:
        return self.dynamic_dims

    @override
    def verify_(self) -> None:
        # IREE: HALOps.cpp, InterfaceBindingSubspanOp::verify
        type_, count = self.result.type, len(self.dynamic_dims)
        if isinstance(type_, ShapedType) and number_of_sizes(type_) != count:
            raise VerifyException(
                f"result type '{type_}' has {number_of_sizes(type_)} dynamic dimensions but {count} associated "
                "dimension SSA values"
            )
        layout, binding = self.layout, self.binding.value.data
        if not 0 <= binding < len(layout.bindings):
            raise VerifyException(f"binding ordinal {binding % 2**64} out of bounds in layout {layout}")
