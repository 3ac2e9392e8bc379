"""Fences: points in time of programs with an asynchronous interface. IREE: HALOps.td, OpGroupFenceOps."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import I64, IntegerAttr, IntegerType
from xdsl.irdl import IRDLOperation, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.irdl.declarative_assembly_format import AttributeVariable, irdl_custom_directive
from xdsl.traits import MemoryAllocEffect

from iree_explorer.dialects.hal.types import DeviceType, FenceType
from iree_explorer.ir.assembly.enum_directives import EnumDirective
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface

I32 = IntegerType(32)
DEVICE = DeviceType()
FENCE = FenceType()


@irdl_custom_directive
class Flags(EnumDirective):
    """`"None"`. IREE: HALAttrs.td, FenceFlagBitfieldAttr and WaitFlagBitfieldAttr."""

    value: AttributeVariable

    words = ("None", "Reserved")
    number_type = IntegerType(64)
    quoted = frozenset({"None"})


@irdl_op_definition
class FenceCreateOp(IRDLOperation, OpAsmOpInterface):
    """A fence that is not signalled yet."""

    name = "hal.fence.create"
    RESULT_NAMES: ClassVar = ("fence",)

    device = operand_def(DEVICE)
    flags = prop_def(IntegerAttr[I64])
    result = result_def(FENCE)

    traits = traits_def(MemoryAllocEffect())
    custom_directives = (Flags,)
    assembly_format = "`device` `(` $device `:` type($device) `)` `flags` `(` custom<Flags>($flags) `)` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class FenceJoinOp(IRDLOperation, OpAsmOpInterface):
    """A fence that is signalled when all of several are."""

    name = "hal.fence.join"
    RESULT_NAMES: ClassVar = ("fence",)

    flags = prop_def(IntegerAttr[I64])
    fences = var_operand_def(FENCE)
    result = result_def(FENCE)

    custom_directives = (Flags,)
    assembly_format = (
        "`at` `(` `[` $fences `]` `)` `flags` `(` custom<Flags>($flags) `)` `->` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class FenceSignalOp(IRDLOperation):
    """Signals a fence."""

    name = "hal.fence.signal"

    fence = operand_def(FENCE)

    assembly_format = "`<` $fence `:` type($fence) `>` attr-dict-with-keyword"


@irdl_op_definition
class FenceAwaitOp(IRDLOperation, OpAsmOpInterface):
    """Waits until fences are signalled."""

    name = "hal.fence.await"
    RESULT_NAMES: ClassVar = ("status",)

    timeout_millis = operand_def(I32)
    flags = prop_def(IntegerAttr[I64])
    fences = var_operand_def(FENCE)
    status = result_def(I32)

    custom_directives = (Flags,)
    assembly_format = (
        "`until` `(` `[` $fences `]` `)` `timeout_millis` `(` $timeout_millis `)` `flags` `(` custom<Flags>($flags) `)` "
        "`:` type($status) attr-dict-with-keyword"
    )
