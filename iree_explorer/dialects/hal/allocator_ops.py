"""Memory of devices: where it comes from and what it is good for. IREE: HALOps.td, OpGroupAllocatorOps and OpGroupBufferOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Attribute
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    SameVariadicOperandSize,
    operand_def,
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
    TypeDirective,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import AlwaysSpeculatable, ConstantLike, MemoryReadEffect, MemoryWriteEffect, Pure

from iree_explorer.dialects.hal.bit_fields import BUFFER_USAGES, MEMORY_TYPES, BufferUsages, MemoryTypes
from iree_explorer.dialects.hal.constraints import (
    ALLOCATOR,
    BUFFER,
    DEVICE,
    HOST_BUFFER,
    I1,
    I32,
    I64,
    INDEX,
    SCALAR_OR_VECTOR,
)
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.enum_directives import EnumDirective
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface, SizeAwareOpInterface


@irdl_custom_directive
class DeviceQueueAffinityList(CustomDirective):
    """`[(%device, %queues : type, type), …]`, one a line."""

    devices: VariadicOperandVariable
    device_types: TypeDirective
    queue_affinities: VariadicOperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        devices: list[UnresolvedOperand] = []
        types: list[Attribute] = []
        affinities: list[UnresolvedOperand] = []

        def parse_pair() -> None:
            with parser.in_parens():
                devices.append(parser.parse_unresolved_operand())
                parser.parse_punctuation(",")
                affinities.append(parser.parse_unresolved_operand())
                parser.parse_punctuation(":")
                types.append(parser.parse_type())
                parser.parse_punctuation(",")
                parser.parse_type()

        with parser.in_square_brackets():
            parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_pair)
        self.devices.set(state, devices)
        self.device_types.set(state, types)
        self.queue_affinities.set(state, affinities)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        pairs = zip(self.devices.get(op), self.queue_affinities.get(op), strict=True)
        printer.print_string("[")
        with printer.indented():
            for number, (device, affinity) in enumerate(pairs):
                printer.print_string(",\n(" if number else "\n(")
                printer.print_operand(device)
                printer.print_string(", ")
                printer.print_operand(affinity)
                printer.print_string(" : ")
                printer.print_attribute(device.type)
                printer.print_string(", ")
                printer.print_attribute(affinity.type)
                printer.print_string(")")
        printer.print_string("\n]")
        end_of_token(state)


@irdl_op_definition
class AllocatorSelectOp(IRDLOperation, OpAsmOpInterface):
    """The device, of several, whose memory all of them can use."""

    name = "hal.allocator.select"
    RESULT_NAMES: ClassVar = ("device", "queue_affinity")

    devices = var_operand_def(DEVICE)
    queue_affinities = var_operand_def(I64)
    memory_types = operand_def(I32)
    buffer_usage = operand_def(I32)
    selected_device = result_def(DEVICE)
    selected_queue_affinity = result_def(I64)

    irdl_options = (SameVariadicOperandSize(),)
    traits = traits_def(Pure())
    custom_directives = (DeviceQueueAffinityList,)
    assembly_format = (
        "`from` `(` custom<DeviceQueueAffinityList>($devices, type($devices), $queue_affinities) `)` "
        "`type` `(` $memory_types `)` `usage` `(` $buffer_usage `)` "
        "`:` type($selected_device) `,` type($selected_queue_affinity) attr-dict-with-keyword"
    )


@irdl_op_definition
class AllocatorAllocateOp(IRDLOperation, OpAsmOpInterface, SizeAwareOpInterface):
    """A new buffer, of the bytes that are asked for or more."""

    name = "hal.allocator.allocate"
    RESULT_NAMES: ClassVar = ("buffer",)
    RESULT_SIZE: ClassVar = "result_size"

    allocator = operand_def(ALLOCATOR)
    queue_affinity = operand_def(I64)
    memory_types = operand_def(I32)
    buffer_usage = operand_def(I32)
    result_size = operand_def(INDEX)
    result = result_def(BUFFER)

    assembly_format = (
        "`<` $allocator `:` type($allocator) `>` `affinity` `(` $queue_affinity `)` `type` `(` $memory_types `)` "
        "`usage` `(` $buffer_usage `)` `:` type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class AllocatorImportOp(IRDLOperation, OpAsmOpInterface, SizeAwareOpInterface):
    """Memory of the host as a buffer of a device, and whether that is possible."""

    name = "hal.allocator.import"
    RESULT_NAMES: ClassVar = ("did_import", "mapped")
    RESULT_SIZE: ClassVar = "length"

    allocator = operand_def(ALLOCATOR)
    queue_affinity = operand_def(I64)
    memory_types = operand_def(I32)
    buffer_usage = operand_def(I32)
    source = operand_def(HOST_BUFFER)
    offset = operand_def(INDEX)
    length = operand_def(INDEX)
    did_import = result_def(I1)
    result = result_def(BUFFER)

    assembly_format = (
        "`<` $allocator `:` type($allocator) `>` `source` `(` $source `:` type($source) `)` "
        "`` `[` $offset `,` $length `]` `affinity` `(` $queue_affinity `)` `type` `(` $memory_types `)` "
        "`usage` `(` $buffer_usage `)` `:` type($did_import) `,` type($result) attr-dict-with-keyword"
    )


@irdl_custom_directive
class Lifetime(EnumDirective):
    """How long a resource lives. IREE: HALAttrs.td, HAL_LifetimeAttr."""

    value: AttributeVariable

    words = ("*", "external", "staging", "transient", "variable", "constant")
    quoted = frozenset({"*"})


@irdl_op_definition
class AllocatorResolveMemoryPropertiesOp(IRDLOperation, OpAsmOpInterface):
    """Which memory a resource of a lifetime needs on the devices of an affinity."""

    name = "hal.allocator.resolve_memory_properties"
    RESULT_NAMES: ClassVar = ("memory_types", "buffer_usage")

    affinity = opt_prop_def(AnyAttr())
    lifetime = prop_def(Lifetime.attribute("IREE HAL value lifetime"))
    memory_types = result_def(I32)
    buffer_usage = result_def(I32)

    traits = traits_def(Pure())
    custom_directives = (Lifetime,)
    assembly_format = (
        "(`for` `(` $affinity^ `)`)? `lifetime` `(` custom<Lifetime>($lifetime) `)` "
        "`:` type($memory_types) `,` type($buffer_usage) attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferAssertOp(IRDLOperation):
    """Stops the program where a buffer is not good for what it is used for."""

    name = "hal.buffer.assert"

    buffer = operand_def(BUFFER)
    message = prop_def(StringAttr)
    allocator = operand_def(ALLOCATOR)
    minimum_length = operand_def(INDEX)
    memory_types = prop_def(MEMORY_TYPES)
    buffer_usage = prop_def(BUFFER_USAGES)

    custom_directives = (MemoryTypes, BufferUsages)
    assembly_format = (
        "`<` $buffer `:` type($buffer) `>` `message` `(` $message `)` `allocator` `(` $allocator `:` type($allocator) `)` "
        "`minimum_length` `(` $minimum_length `)` `type` `(` custom<MemoryTypes>($memory_types) `)` "
        "`usage` `(` custom<BufferUsages>($buffer_usage) `)` attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferAllocationPreserveOp(IRDLOperation):
    """Makes the caller an owner of a buffer's memory."""

    name = "hal.buffer.allocation.preserve"

    buffer = operand_def(BUFFER)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    assembly_format = "`<` $buffer `:` type($buffer) `>` attr-dict-with-keyword"


@irdl_op_definition
class BufferAllocationDiscardOp(IRDLOperation, OpAsmOpInterface):
    """Ends the caller's ownership of a buffer's memory, and tells whether it was the last one."""

    name = "hal.buffer.allocation.discard"
    RESULT_NAMES: ClassVar = ("was_terminal",)

    buffer = operand_def(BUFFER)
    result = result_def(I1)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    assembly_format = "`<` $buffer `:` type($buffer) `>` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class BufferAllocationIsTerminalOp(IRDLOperation, OpAsmOpInterface):
    """Whether a buffer's memory has one owner left."""

    name = "hal.buffer.allocation.is_terminal"
    RESULT_NAMES: ClassVar = ("is_terminal",)

    buffer = operand_def(BUFFER)
    result = result_def(I1)

    traits = traits_def(MemoryReadEffect())
    assembly_format = "`<` $buffer `:` type($buffer) `>` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class BufferLoadOp(IRDLOperation):
    """A value that the host reads from a buffer."""

    name = "hal.buffer.load"

    source_buffer = operand_def(BUFFER)
    source_offset = operand_def(INDEX)
    result = result_def(SCALAR_OR_VECTOR)

    traits = traits_def(AlwaysSpeculatable(), MemoryReadEffect())
    assembly_format = "`<` $source_buffer `:` type($source_buffer) `>` `` `[` $source_offset `]` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class BufferStoreOp(IRDLOperation):
    """Writes a value of the host to a buffer."""

    name = "hal.buffer.store"

    value = operand_def(SCALAR_OR_VECTOR)
    target_buffer = operand_def(BUFFER)
    target_offset = operand_def(INDEX)

    traits = traits_def(MemoryWriteEffect())
    assembly_format = (
        "`<` $target_buffer `:` type($target_buffer) `>` `` `[` $target_offset `]` `value` `(` $value `:` type($value) `)` "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferUsageOp(IRDLOperation, OpAsmOpInterface):
    """The runtime's number for what a buffer is used for."""

    name = "hal.buffer_usage"
    RESULT_NAMES: ClassVar = ("buffer_usage",)

    usage = prop_def(BUFFER_USAGES)
    result = result_def(I32)

    traits = traits_def(ConstantLike(), Pure())
    custom_directives = (BufferUsages,)
    assembly_format = "`<` custom<BufferUsages>($usage) `>` attr-dict `:` type($result)"


@irdl_op_definition
class MemoryTypeOp(IRDLOperation, OpAsmOpInterface):
    """The runtime's number for a kind of memory."""

    name = "hal.memory_type"
    RESULT_NAMES: ClassVar = ("memory_type",)

    type = prop_def(MEMORY_TYPES)
    result = result_def(I32)

    traits = traits_def(ConstantLike(), Pure())
    custom_directives = (MemoryTypes,)
    assembly_format = "`<` custom<MemoryTypes>($type) `>` attr-dict `:` type($result)"
