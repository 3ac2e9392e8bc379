"""What devices do in the order of their queues. IREE: HALOps.td, OpGroupDeviceOps (`hal.device.queue.*`)."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.irdl import IRDLOperation, SameVariadicOperandSize, operand_def, prop_def, result_def, var_operand_def
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.binding_directives import Bindings
from iree_explorer.dialects.hal.bit_fields import AllocaFlags, DeallocaFlags, Flags, MemoryAccesses
from iree_explorer.dialects.hal.constraints import (
    BUFFER,
    COMMAND_BUFFER,
    DEVICE,
    FENCE,
    FILE,
    FILL_PATTERN,
    HOST_BUFFER,
    I32,
    I64,
    INDEX,
)
from iree_explorer.dialects.util.value_ops import NullOp
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface, SizeAwareOpInterface
from iree_explorer.ir.interfaces.value_rules import ValueRules

EXECUTE_FLAGS = Flags.attribute("valid ExecuteFlag")
QUEUE = "`<` $device `:` type($device) `>` `affinity` `(` $queue_affinity `)` "
FENCES = QUEUE + "`wait` `(` $wait_fence `)` `signal` `(` $signal_fence `)` "
TARGET = "`target` `(` $target_buffer `:` type($target_buffer) `)` `` `[` $target_offset `]` `length` `(` $length `)` "
FLAGS = "`flags` `(` custom<Flags>($flags) `)` attr-dict-with-keyword"


class DeviceQueueOp(IRDLOperation, ValueRules):
    """An op that a queue begins when one fence is signalled, and that signals another when it is done.

    Its first operands are the device, the queues and the two fences. Each op lists them itself: what a base has, xDSL puts
    behind what an op adds.
    """

    @override
    def verify_(self) -> None:
        # IREE: HALOps.cpp, verifyDeviceQueueFences
        wait_fence, signal_fence = self.operands[2:4]
        if wait_fence is signal_fence and not isinstance(wait_fence.owner, NullOp):
            raise VerifyException("device queue operations cannot wait and signal on the same fence.")


@irdl_op_definition
class DeviceQueueAllocaOp(DeviceQueueOp, OpAsmOpInterface, SizeAwareOpInterface):
    """A new buffer, from a pool of the device."""

    name = "hal.device.queue.alloca"
    RESULT_NAMES: ClassVar = ("transient_buffer",)
    RESULT_SIZE: ClassVar = "result_size"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    pool = operand_def(I64)
    memory_types = operand_def(I32)
    buffer_usage = operand_def(I32)
    result_size = operand_def(INDEX)
    flags = prop_def(AllocaFlags.attribute("valid AllocaFlag"))
    result = result_def(BUFFER)

    custom_directives = (AllocaFlags,)
    assembly_format = FENCES + (
        "`pool` `(` $pool `)` `type` `(` $memory_types `)` `usage` `(` $buffer_usage `)` "
        "`flags` `(` custom<AllocaFlags>($flags) `)` `:` type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class DeviceQueueDeallocaOp(DeviceQueueOp):
    """Gives a buffer's memory back."""

    name = "hal.device.queue.dealloca"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    buffer = operand_def(BUFFER)
    flags = prop_def(DeallocaFlags.attribute("valid DeallocaFlag"))

    custom_directives = (DeallocaFlags,)
    assembly_format = FENCES + (
        "`buffer` `(` $buffer `:` type($buffer) `)` `flags` `(` custom<DeallocaFlags>($flags) `)` attr-dict-with-keyword"
    )


@irdl_op_definition
class DeviceQueueFillOp(DeviceQueueOp):
    """Fills a part of a buffer with a pattern."""

    name = "hal.device.queue.fill"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    target_buffer = operand_def(BUFFER)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    pattern = operand_def(FILL_PATTERN)
    flags = prop_def(Flags.attribute("valid FillFlag"))

    custom_directives = (Flags,)
    assembly_format = FENCES + TARGET + "`pattern` `(` $pattern `:` type($pattern) `)` " + FLAGS


@irdl_op_definition
class DeviceQueueUpdateOp(DeviceQueueOp):
    """Writes bytes of the host to a buffer."""

    name = "hal.device.queue.update"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    source_buffer = operand_def(HOST_BUFFER)
    source_offset = operand_def(INDEX)
    target_buffer = operand_def(BUFFER)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    flags = prop_def(Flags.attribute("valid UpdateFlag"))

    custom_directives = (Flags,)
    assembly_format = (
        FENCES + "`source` `(` $source_buffer `:` type($source_buffer) `)` `` `[` $source_offset `]` " + TARGET + FLAGS
    )


@irdl_op_definition
class DeviceQueueCopyOp(DeviceQueueOp):
    """Copies a part of a buffer to another."""

    name = "hal.device.queue.copy"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    source_buffer = operand_def(BUFFER)
    source_offset = operand_def(INDEX)
    target_buffer = operand_def(BUFFER)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    flags = prop_def(Flags.attribute("valid CopyFlag"))

    custom_directives = (Flags,)
    assembly_format = (
        FENCES + "`source` `(` $source_buffer `:` type($source_buffer) `)` `` `[` $source_offset `]` " + TARGET + FLAGS
    )


@irdl_op_definition
class DeviceQueueReadOp(DeviceQueueOp):
    """Reads a part of a file into a buffer."""

    name = "hal.device.queue.read"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    source_file = operand_def(FILE)
    source_offset = operand_def(I64)
    target_buffer = operand_def(BUFFER)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    flags = prop_def(Flags.attribute("valid ReadFlag"))

    custom_directives = (Flags,)
    assembly_format = (
        FENCES + "`source` `(` $source_file `:` type($source_file) `)` `` `[` $source_offset `]` " + TARGET + FLAGS
    )


@irdl_op_definition
class DeviceQueueWriteOp(DeviceQueueOp):
    """Writes a part of a buffer to a file."""

    name = "hal.device.queue.write"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    source_buffer = operand_def(BUFFER)
    source_offset = operand_def(INDEX)
    target_file = operand_def(FILE)
    target_offset = operand_def(I64)
    length = operand_def(INDEX)
    flags = prop_def(Flags.attribute("valid WriteFlag"))

    custom_directives = (Flags,)
    assembly_format = FENCES + (
        "`source` `(` $source_buffer `:` type($source_buffer) `)` `` `[` $source_offset `]` "
        "`target` `(` $target_file `:` type($target_file) `)` `` `[` $target_offset `]` `length` `(` $length `)` "
        + FLAGS
    )


@irdl_op_definition
class DeviceQueueBarrierOp(DeviceQueueOp):
    """Does nothing but wait and signal."""

    name = "hal.device.queue.barrier"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    flags = prop_def(EXECUTE_FLAGS)

    custom_directives = (Flags,)
    assembly_format = FENCES + FLAGS


@irdl_op_definition
class DeviceQueueExecuteOp(DeviceQueueOp):
    """Runs a command buffer."""

    name = "hal.device.queue.execute"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    command_buffer = operand_def(COMMAND_BUFFER)
    flags = prop_def(EXECUTE_FLAGS)

    custom_directives = (Flags,)
    assembly_format = FENCES + "`commands` `(` $command_buffer `)` " + FLAGS


@irdl_op_definition
class DeviceQueueExecuteIndirectOp(DeviceQueueOp):
    """Runs a command buffer with buffers in the place of its bindings."""

    name = "hal.device.queue.execute.indirect"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    wait_fence = operand_def(FENCE)
    signal_fence = operand_def(FENCE)
    command_buffer = operand_def(COMMAND_BUFFER)
    binding_buffers = var_operand_def(BUFFER)
    binding_offsets = var_operand_def(INDEX)
    binding_lengths = var_operand_def(INDEX)
    flags = prop_def(EXECUTE_FLAGS)

    irdl_options = (SameVariadicOperandSize(),)
    custom_directives = (Bindings, Flags)
    assembly_format = FENCES + (
        "`commands` `(` $command_buffer `)` `bindings` `(` `[` "
        "custom<Bindings>($binding_buffers, type($binding_buffers), $binding_offsets, $binding_lengths) `]` `)` "
        + FLAGS
    )


@irdl_op_definition
class DeviceQueueFlushOp(IRDLOperation):
    """Has the device begin with what its queues hold."""

    name = "hal.device.queue.flush"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)

    assembly_format = QUEUE + "attr-dict-with-keyword"


@irdl_op_definition
class ExFileFromMemoryOp(IRDLOperation, OpAsmOpInterface):
    """A part of the host's memory as a file."""

    name = "hal.ex.file.from_memory"
    RESULT_NAMES: ClassVar = ("memory_file",)

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    access = prop_def(MemoryAccesses.attribute("valid MemoryAccess"))
    buffer = operand_def(HOST_BUFFER)
    offset = operand_def(INDEX)
    length = operand_def(INDEX)
    flags = operand_def(I32)
    result = result_def(FILE)

    custom_directives = (MemoryAccesses,)
    assembly_format = (
        "`device` `(` $device `:` type($device) `)` `affinity` `(` $queue_affinity `)` "
        "`access` `(` custom<MemoryAccesses>($access) `)` `buffer` `(` $buffer `:` type($buffer) `)` "
        "`` `[` $offset `for` $length `]` `flags` `(` $flags `)` `:` type($result) attr-dict-with-keyword"
    )
