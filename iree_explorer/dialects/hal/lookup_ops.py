"""Executables and their functions, as the host asks for them. IREE: HALOps.td, OpGroupExecutableOps."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import FlatSymbolRefAttrConstr, SymbolRefAttr
from xdsl.irdl import IRDLOperation, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.traits import Pure

from iree_explorer.dialects.hal.constraints import DEVICE, EXECUTABLE, I32, I64, INDEX
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface


@irdl_op_definition
class ExecutableCreateOp(IRDLOperation, OpAsmOpInterface):
    """An executable for a device, specialized with constants."""

    name = "hal.executable.create"
    RESULT_NAMES: ClassVar = ("executable",)

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    executable_target = prop_def(SymbolRefAttr)
    constants = var_operand_def(I32)
    result = result_def(EXECUTABLE)

    traits = traits_def(Pure())
    assembly_format = (
        "`device` `(` $device `:` type($device) `)` `affinity` `(` $queue_affinity `)` `target` `(` $executable_target `)` "
        "(`constants` `(` `[` $constants^ `]` `)`)? `:` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class ExecutableLookupOp(IRDLOperation, OpAsmOpInterface):
    """The executable that was made for a device."""

    name = "hal.executable.lookup"
    RESULT_NAMES: ClassVar = ("exe",)

    device = operand_def(DEVICE)
    executable = prop_def(FlatSymbolRefAttrConstr)
    result = result_def(EXECUTABLE)

    traits = traits_def(Pure())
    assembly_format = "`device` `(` $device `:` type($device) `)` `executable` `(` $executable `)` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ExecutableLookupFunctionOp(IRDLOperation, OpAsmOpInterface):
    """A function of an executable, by its number in the runtime."""

    name = "hal.executable.lookup.function"
    RESULT_NAMES: ClassVar = ("function_id",)

    executable = operand_def(EXECUTABLE)
    entry_point = prop_def(SymbolRefAttr)
    result = result_def(I64)

    traits = traits_def(Pure())
    assembly_format = (
        "`target` `(` $executable `:` type($executable) `)` `function` `(` $entry_point `)` `:` type($result) "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class ExecutableExportOrdinalOp(IRDLOperation, OpAsmOpInterface):
    """The place of an export in its executable."""

    name = "hal.executable.export.ordinal"
    RESULT_NAMES: ClassVar = ("ordinal",)

    entry_point = prop_def(SymbolRefAttr)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "`target` `(` $entry_point `)` `:` type($result) attr-dict-with-keyword"
