"""Fences: points in time of programs with an asynchronous interface. IREE: HALOps.td, OpGroupFenceOps."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import IntegerType
from xdsl.irdl import IRDLOperation, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.traits import MemoryAllocEffect

from iree_explorer.dialects.hal.bit_fields import Flags
from iree_explorer.dialects.hal.types import DeviceType, FenceType
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface

I32 = IntegerType(32)
DEVICE = DeviceType()
FENCE = FenceType()


FENCE_FLAGS = Flags.attribute("valid FenceFlag")
WAIT_FLAGS = Flags.attribute("valid WaitFlag")


@irdl_op_definition
class FenceCreateOp(IRDLOperation, OpAsmOpInterface):
    """A fence that is not signalled yet."""

    name = "hal.fence.create"
    RESULT_NAMES: ClassVar = ("fence",)

    device = operand_def(DEVICE)
    flags = prop_def(FENCE_FLAGS)
    result = result_def(FENCE)

    traits = traits_def(MemoryAllocEffect())
    custom_directives = (Flags,)
    assembly_format = "`device` `(` $device `:` type($device) `)` `flags` `(` custom<Flags>($flags) `)` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class FenceJoinOp(IRDLOperation, OpAsmOpInterface):
    """A fence that is signalled when all of several are."""

    name = "hal.fence.join"
    RESULT_NAMES: ClassVar = ("fence",)

    flags = prop_def(FENCE_FLAGS)
    fences = var_operand_def(FENCE)
    result = result_def(FENCE)

    custom_directives = (Flags,)
    assembly_format = (
        "`at` `(` `[` $fences `]` `)` `flags` `(` custom<Flags>($flags) `)` `->` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class FenceQueryOp(IRDLOperation):
    """Whether a fence is signalled, as a status."""

    name = "hal.fence.query"

    fence = operand_def(FENCE)
    status = result_def(I32)

    assembly_format = "`<` $fence `:` type($fence) `>` `:` type($status) attr-dict-with-keyword"


@irdl_op_definition
class FenceFailOp(IRDLOperation):
    """Makes a fence fail with a status."""

    name = "hal.fence.fail"

    fence = operand_def(FENCE)
    status = operand_def(I32)

    assembly_format = "`<` $fence `:` type($fence) `>` `status` `(` $status `)` attr-dict-with-keyword"


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
    flags = prop_def(WAIT_FLAGS)
    fences = var_operand_def(FENCE)
    status = result_def(I32)

    custom_directives = (Flags,)
    assembly_format = (
        "`until` `(` `[` $fences `]` `)` `timeout_millis` `(` $timeout_millis `)` `flags` `(` custom<Flags>($flags) `)` "
        "`:` type($status) attr-dict-with-keyword"
    )
