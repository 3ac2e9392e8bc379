"""Command buffers and what is recorded into them. IREE: HALOps.td, OpGroupCommandBufferOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_operand_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.irdl.declarative_assembly_format import AttributeVariable, irdl_custom_directive
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.binding_directives import Bindings
from iree_explorer.dialects.hal.bit_fields import CommandBufferModes, CommandCategories, ExecutionStages, Flags
from iree_explorer.dialects.hal.collective import CollectiveAttr
from iree_explorer.dialects.hal.constraints import (
    BUFFER_OR_SLOT,
    CHANNEL,
    COMMAND_BUFFER,
    DEVICE,
    EXECUTABLE,
    FILL_PATTERN,
    HOST_BUFFER,
    I32,
    I64,
    INDEX,
)
from iree_explorer.ir.assembly.format_directives import StrippedAttribute
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface, SizeAwareOpInterface

COMMANDS = "`<` $command_buffer `:` type($command_buffer) `>` "
EXECUTION_STAGES = ExecutionStages.attribute("valid ExecutionStage")
DISPATCH_FLAGS = Flags.attribute("valid dispatch flags")


@irdl_op_definition
class CommandBufferCreateOp(IRDLOperation, OpAsmOpInterface):
    """An empty command buffer, with room for buffers that are bound later."""

    name = "hal.command_buffer.create"
    RESULT_NAMES: ClassVar = ("cmd",)

    device = operand_def(DEVICE)
    modes = prop_def(CommandBufferModes.attribute("valid CommandBufferMode"))
    command_categories = prop_def(CommandCategories.attribute("valid CommandCategory"))
    queue_affinity = operand_def(I64)
    binding_capacity = opt_operand_def(INDEX)
    result = result_def(COMMAND_BUFFER)

    custom_directives = (CommandBufferModes, CommandCategories)
    assembly_format = (
        "`device` `(` $device `:` type($device) `)` `mode` `(` custom<CommandBufferModes>($modes) `)` "
        "`categories` `(` custom<CommandCategories>($command_categories) `)` `affinity` `(` $queue_affinity `)` "
        "(`bindings` `(` $binding_capacity^ `)`)? `:` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class CommandBufferFinalizeOp(IRDLOperation):
    """Ends recording."""

    name = "hal.command_buffer.finalize"

    command_buffer = operand_def(COMMAND_BUFFER)

    assembly_format = COMMANDS + "attr-dict-with-keyword"


@irdl_op_definition
class CommandBufferDeviceOp(IRDLOperation):
    """The device that a command buffer was made for."""

    name = "hal.command_buffer.device"

    command_buffer = operand_def(COMMAND_BUFFER)
    device = result_def(DEVICE)

    traits = traits_def(Pure())
    assembly_format = COMMANDS + "`:` type($device) attr-dict-with-keyword"


@irdl_op_definition
class CommandBufferBeginDebugGroupOp(IRDLOperation):
    """Begins a group of commands, for tools that show them."""

    name = "hal.command_buffer.begin_debug_group"

    command_buffer = operand_def(COMMAND_BUFFER)
    label = prop_def(StringAttr)

    assembly_format = COMMANDS + "`label` `(` $label `)` attr-dict-with-keyword"


@irdl_op_definition
class CommandBufferEndDebugGroupOp(IRDLOperation):
    """Ends the group begun last."""

    name = "hal.command_buffer.end_debug_group"

    command_buffer = operand_def(COMMAND_BUFFER)

    assembly_format = COMMANDS + "attr-dict-with-keyword"


@irdl_op_definition
class CommandBufferExecutionBarrierOp(IRDLOperation):
    """Commands behind it wait for commands before it."""

    name = "hal.command_buffer.execution_barrier"

    command_buffer = operand_def(COMMAND_BUFFER)
    source_stage_mask = prop_def(EXECUTION_STAGES)
    target_stage_mask = prop_def(EXECUTION_STAGES)
    flags = prop_def(Flags.attribute("valid ExecutionBarrierFlag"))

    custom_directives = (ExecutionStages, Flags)
    assembly_format = COMMANDS + (
        "`source` `(` custom<ExecutionStages>($source_stage_mask) `)` "
        "`target` `(` custom<ExecutionStages>($target_stage_mask) `)` "
        "`flags` `(` custom<Flags>($flags) `)` attr-dict-with-keyword"
    )


@irdl_op_definition
class CommandBufferFillBufferOp(IRDLOperation):
    """Fills a part of a buffer with a pattern."""

    name = "hal.command_buffer.fill_buffer"

    command_buffer = operand_def(COMMAND_BUFFER)
    target_buffer = operand_def(BUFFER_OR_SLOT)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    pattern = operand_def(FILL_PATTERN)
    flags = prop_def(Flags.attribute("valid FillFlag"))

    custom_directives = (Flags,)
    assembly_format = COMMANDS + (
        "`target` `(` $target_buffer `:` type($target_buffer) `)` `` `[` $target_offset `,` $length `]` "
        "`pattern` `(` $pattern `:` type($pattern) `)` `flags` `(` custom<Flags>($flags) `)` attr-dict-with-keyword"
    )


@irdl_op_definition
class CommandBufferUpdateBufferOp(IRDLOperation, SizeAwareOpInterface):
    """Writes bytes of the host, as they are when this is recorded, to a buffer."""

    name = "hal.command_buffer.update_buffer"

    command_buffer = operand_def(COMMAND_BUFFER)
    source_buffer = operand_def(HOST_BUFFER)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    target_buffer = operand_def(BUFFER_OR_SLOT)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    flags = prop_def(Flags.attribute("valid UpdateFlag"))

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    custom_directives = (Flags,)
    assembly_format = COMMANDS + (
        "`source` `(` $source_buffer `:` type($source_buffer) `{` $source_size `}` `)` `` `[` $source_offset `]` "
        "`target` `(` $target_buffer `:` type($target_buffer) `)` `` `[` $target_offset `]` "
        "`length` `(` $length `)` `flags` `(` custom<Flags>($flags) `)` attr-dict-with-keyword"
    )

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return self.source_size if operand == 1 else None


@irdl_op_definition
class CommandBufferCopyBufferOp(IRDLOperation):
    """Copies a part of a buffer to another."""

    name = "hal.command_buffer.copy_buffer"

    command_buffer = operand_def(COMMAND_BUFFER)
    source_buffer = operand_def(BUFFER_OR_SLOT)
    source_offset = operand_def(INDEX)
    target_buffer = operand_def(BUFFER_OR_SLOT)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    flags = prop_def(Flags.attribute("valid CopyFlag"))

    custom_directives = (Flags,)
    assembly_format = COMMANDS + (
        "`source` `(` $source_buffer `:` type($source_buffer) `)` `` `[` $source_offset `]` "
        "`target` `(` $target_buffer `:` type($target_buffer) `)` `` `[` $target_offset `]` "
        "`length` `(` $length `)` `flags` `(` custom<Flags>($flags) `)` attr-dict-with-keyword"
    )


@irdl_custom_directive
class Collective(StrippedAttribute):
    """`<all_reduce with sum : f32>`."""

    attribute: AttributeVariable

    KIND: ClassVar = CollectiveAttr
    HAS_ALIAS: ClassVar = False


@irdl_op_definition
class CommandBufferCollectiveOp(IRDLOperation):
    """A collective operation of the participants of a channel."""

    name = "hal.command_buffer.collective"

    command_buffer = operand_def(COMMAND_BUFFER)
    channel = operand_def(CHANNEL)
    op = prop_def(CollectiveAttr)
    element_count = operand_def(INDEX)
    param = opt_operand_def(I32)
    send_buffer = opt_operand_def(BUFFER_OR_SLOT)
    send_offset = opt_operand_def(INDEX)
    send_length = opt_operand_def(INDEX)
    recv_buffer = opt_operand_def(BUFFER_OR_SLOT)
    recv_offset = opt_operand_def(INDEX)
    recv_length = opt_operand_def(INDEX)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (Collective,)
    assembly_format = COMMANDS + (
        "`channel` `(` $channel `:` type($channel) `)` `op` `(` custom<Collective>($op) `)` "
        "(`param` `(` $param^ `:` type($param) `)`)? "
        "(`send` `(` $send_buffer^ `:` type($send_buffer) `)` `` `[` $send_offset `,` $send_length `]`)? "
        "(`recv` `(` $recv_buffer^ `:` type($recv_buffer) `)` `` `[` $recv_offset `,` $recv_length `]`)? "
        "`count` `(` $element_count `)` attr-dict-with-keyword"
    )


BINDINGS = (
    "(`constants` `(` `[` $constants^ `]` `)`)? `bindings` `(` `[` "
    "custom<Bindings>($binding_buffers, type($binding_buffers), $binding_offsets, $binding_lengths) `]` `)` "
    "`flags` `(` custom<Flags>($flags) `)` attr-dict-with-keyword"
)


@irdl_op_definition
class CommandBufferDispatchOp(IRDLOperation):
    """Runs a function of an executable in a grid of workgroups."""

    name = "hal.command_buffer.dispatch"

    command_buffer = operand_def(COMMAND_BUFFER)
    executable = operand_def(EXECUTABLE)
    entry_point = operand_def(I64)
    workgroup_x = operand_def(INDEX)
    workgroup_y = operand_def(INDEX)
    workgroup_z = operand_def(INDEX)
    constants = var_operand_def(I32)
    binding_buffers = var_operand_def(BUFFER_OR_SLOT)
    binding_offsets = var_operand_def(INDEX)
    binding_lengths = var_operand_def(INDEX)
    flags = prop_def(DISPATCH_FLAGS)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (Bindings, Flags)
    assembly_format = COMMANDS + (
        "`target` `(` $executable `:` type($executable) `)` `` `[` $entry_point `]` "
        "`workgroups` `(` `[` $workgroup_x `,` $workgroup_y `,` $workgroup_z `]` `)` " + BINDINGS
    )

    @override
    def verify_(self) -> None:
        _verify_bindings(self)


@irdl_op_definition
class CommandBufferDispatchIndirectOp(IRDLOperation):
    """As `CommandBufferDispatchOp`, of a grid that stands in a buffer."""

    name = "hal.command_buffer.dispatch.indirect"

    command_buffer = operand_def(COMMAND_BUFFER)
    executable = operand_def(EXECUTABLE)
    entry_point = operand_def(I64)
    workgroups_buffer = operand_def(BUFFER_OR_SLOT)
    workgroups_offset = operand_def(INDEX)
    constants = var_operand_def(I32)
    binding_buffers = var_operand_def(BUFFER_OR_SLOT)
    binding_offsets = var_operand_def(INDEX)
    binding_lengths = var_operand_def(INDEX)
    flags = prop_def(DISPATCH_FLAGS)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (Bindings, Flags)
    assembly_format = COMMANDS + (
        "`target` `(` $executable `:` type($executable) `)` `` `[` $entry_point `]` "
        "`workgroups` `(` $workgroups_buffer `:` type($workgroups_buffer) `)` `` `[` $workgroups_offset `]` " + BINDINGS
    )

    @override
    def verify_(self) -> None:
        _verify_bindings(self)


def _verify_bindings(op: CommandBufferDispatchOp | CommandBufferDispatchIndirectOp) -> None:
    # IREE: HALOps.cpp, verifyDispatchBindings
    if not len(op.binding_buffers) == len(op.binding_offsets) == len(op.binding_lengths):
        raise VerifyException("requires that binding fields all have the same number of elements")
