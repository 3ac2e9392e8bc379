"""Devices: which there are, and what the host asks them. IREE: HALOps.td, OpGroupDeviceOps and DeviceManagementOps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IndexType, IntegerAttr, IntegerType, StringAttr
from xdsl.ir import Attribute, SSAValue, TypedAttribute
from xdsl.irdl import (
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_result_def,
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

from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.hal.affinity import DeviceAffinityAttr
from iree_explorer.dialects.hal.types import AllocatorType, DeviceType
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.type_constraints import TypeIs

INDEX = IndexType()
I64 = IntegerType(64)
DEVICE = DeviceType()
ALLOCATOR = AllocatorType()


@irdl_op_definition
class DeviceResolveOp(IRDLOperation, OpAsmOpInterface):
    """The device of an affinity, its allocator, or the queues to use; without an affinity, any device."""

    name = "hal.device.resolve"

    affinity = opt_prop_def(TypeIs("a device affinity", lambda attribute: isinstance(attribute, DeviceAffinityAttr)))
    results_ = var_result_def(
        TypeIs(
            "device or allocator or 64-bit signless integer",
            lambda type_: isinstance(type_, DeviceType | AllocatorType) or type_ == I64,
        )
    )

    traits = traits_def(Pure())
    assembly_format = "(`on` `(` $affinity^ `)`)? attr-dict `:` type($results_)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        names: dict[Attribute, str] = {DEVICE: "device", ALLOCATOR: "allocator"}
        for result in self.results:
            yield result, names.get(result.type, "queue_affinity")


@irdl_op_definition
class DeviceAllocatorOp(IRDLOperation, OpAsmOpInterface):
    """The allocator of a device."""

    name = "hal.device.allocator"
    RESULT_NAMES: ClassVar = ("allocator",)

    device = operand_def(DEVICE)
    result = result_def(ALLOCATOR)

    traits = traits_def(Pure())
    assembly_format = "`<` $device `:` type($device) `>` `:` type($result) attr-dict-with-keyword"


@irdl_custom_directive
class QueryKey(CustomDirective):
    """`"category" :: "key"`; a `$category` of xDSL would take the `:` after it for the type of the string."""

    category: AttributeVariable
    key: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        self.category.set(state, StringAttr(parser.parse_str_literal()))
        parser.parse_punctuation(":")
        parser.parse_punctuation(":")
        self.key.set(state, StringAttr(parser.parse_str_literal()))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        self.category.print(printer, state, op)
        printer.print_string(" ::")
        self.key.print(printer, state, op)


@irdl_op_definition
class DeviceQueryOp(IRDLOperation, OpAsmOpInterface):
    """A number that a device has under a key, and whether it has one."""

    name = "hal.device.query"
    RESULT_NAMES: ClassVar = ("ok", "value")

    device = operand_def(DEVICE)
    category = prop_def(StringAttr)
    key = prop_def(StringAttr)
    default_value = opt_prop_def(TypedAttribute)
    ok = result_def(IntegerType(1))
    value = result_def()

    traits = traits_def(Pure())
    custom_directives = (QueryKey,)
    assembly_format = (
        "`<` $device `:` type($device) `>` `key` `(` custom<QueryKey>($category, $key) `)` `:` type($ok) `,` type($value) "
        "(`=` $default_value^)? attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        # IREE: HALOps.cpp, DeviceQueryOp::verify
        if self.default_value is not None and self.default_value.get_type() != self.value.type:
            raise VerifyException("type mismatch between result and default value")


@irdl_op_definition
class DevicesCountOp(IRDLOperation, OpAsmOpInterface):
    """How many devices there are."""

    name = "hal.devices.count"
    RESULT_NAMES: ClassVar = ("device_count",)

    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "attr-dict `:` type($result)"


@irdl_op_definition
class DevicesGetOp(IRDLOperation, OpAsmOpInterface):
    """The device of an index, from 0 on."""

    name = "hal.devices.get"

    index = operand_def(INDEX)
    result = result_def(DEVICE)

    traits = traits_def(Pure())
    assembly_format = "$index attr-dict `:` type($result)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        origin = self.index.owner
        if isinstance(origin, ConstantOp) and isinstance(origin.value, IntegerAttr):
            yield self.result, f"device_{origin.value.value.data % 2**64}"
        else:
            yield self.result, "device_n"
