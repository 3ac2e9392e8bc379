"""What kernels record of themselves where they are instrumented. IREE: HALOps.td, OpGroupInstrumentOps."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import IntegerAttr, IntegerType, StringAttr
from xdsl.irdl import IRDLOperation, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.irdl.constraints import AnyAttr, VarConstraint
from xdsl.traits import Pure

from iree_explorer.dialects.hal.constraints import I32, INDEX
from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_MEMREF

I8_ATTRIBUTE = AttributeIs(
    "8-bit integer attribute",
    lambda value: isinstance(value, IntegerAttr) and isinstance(value.type, IntegerType) and value.type.bitwidth == 8,
    stored=IntegerAttr,
)
PLACE = "`` `[` $buffer `:` type($buffer) `for` $workgroup_key `]` "


@irdl_op_definition
class InstrumentWorkgroupOp(IRDLOperation):
    """The key under which a workgroup records."""

    name = "hal.instrument.workgroup"

    buffer = operand_def(ANY_MEMREF)
    dispatch_id = operand_def(I32)
    workgroup_key = result_def(INDEX)

    assembly_format = (
        "`` `[` $buffer `:` type($buffer) `]` `dispatch` `(` $dispatch_id `)` attr-dict `:` type($workgroup_key)"
    )


@irdl_op_definition
class InstrumentPrintOp(IRDLOperation):
    """Records a formatted string."""

    name = "hal.instrument.print"

    buffer = operand_def(ANY_MEMREF)
    workgroup_key = operand_def(INDEX)
    format = prop_def(StringAttr)
    values = var_operand_def()

    assembly_format = PLACE + "$format (`*` `(` $values^ `:` type($values) `)`)? attr-dict"


@irdl_op_definition
class InstrumentValueOp(IRDLOperation):
    """Records a value, which is its result as well."""

    name = "hal.instrument.value"

    T: ClassVar = VarConstraint("T", AnyAttr())

    buffer = operand_def(ANY_MEMREF)
    workgroup_key = operand_def(INDEX)
    ordinal = prop_def(I8_ATTRIBUTE)
    operand = operand_def(T)
    result = result_def(T)

    assembly_format = PLACE + "$ordinal `=` $operand attr-dict `:` type($operand)"


@irdl_op_definition
class InstrumentMemoryLoadOp(IRDLOperation):
    """Records a load from memory and the value read, which is its result as well."""

    name = "hal.instrument.memory.load"

    T: ClassVar = VarConstraint("T", AnyAttr())

    buffer = operand_def(ANY_MEMREF)
    workgroup_key = operand_def(INDEX)
    load_value = operand_def(T)
    base = operand_def(ANY_MEMREF)
    indices = var_operand_def(INDEX)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = PLACE + "$base `[` $indices `]` `,` $load_value attr-dict `:` type($base) `,` type($result)"


@irdl_op_definition
class InstrumentMemoryStoreOp(IRDLOperation):
    """Records a store to memory and the value written, which is its result as well."""

    name = "hal.instrument.memory.store"

    T: ClassVar = VarConstraint("T", AnyAttr())

    buffer = operand_def(ANY_MEMREF)
    workgroup_key = operand_def(INDEX)
    store_value = operand_def(T)
    base = operand_def(ANY_MEMREF)
    indices = var_operand_def(INDEX)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = PLACE + "$base `[` $indices `]` `,` $store_value attr-dict `:` type($base) `,` type($result)"
