"""The types of the HAL dialect: handles of the runtime's objects. IREE: HALTypes.td."""

from xdsl.ir import ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition


@irdl_attr_definition
class AllocatorType(ParametrizedAttribute, TypeAttribute):
    """`!hal.allocator`."""

    name = "hal.allocator"


@irdl_attr_definition
class BufferType(ParametrizedAttribute, TypeAttribute):
    """`!hal.buffer`: memory of a device."""

    name = "hal.buffer"


@irdl_attr_definition
class BufferViewType(ParametrizedAttribute, TypeAttribute):
    """`!hal.buffer_view`: a buffer with the shape and element type of a tensor."""

    name = "hal.buffer_view"


@irdl_attr_definition
class ChannelType(ParametrizedAttribute, TypeAttribute):
    """`!hal.channel`: the participants of a collective operation."""

    name = "hal.channel"


@irdl_attr_definition
class CommandBufferType(ParametrizedAttribute, TypeAttribute):
    """`!hal.command_buffer`."""

    name = "hal.command_buffer"


@irdl_attr_definition
class DeviceType(ParametrizedAttribute, TypeAttribute):
    """`!hal.device`."""

    name = "hal.device"


@irdl_attr_definition
class EventType(ParametrizedAttribute, TypeAttribute):
    """`!hal.event`."""

    name = "hal.event"


@irdl_attr_definition
class ExecutableType(ParametrizedAttribute, TypeAttribute):
    """`!hal.executable`."""

    name = "hal.executable"


@irdl_attr_definition
class FenceType(ParametrizedAttribute, TypeAttribute):
    """`!hal.fence`: signalled when work is done."""

    name = "hal.fence"


@irdl_attr_definition
class FileType(ParametrizedAttribute, TypeAttribute):
    """`!hal.file`."""

    name = "hal.file"


@irdl_attr_definition
class SemaphoreType(ParametrizedAttribute, TypeAttribute):
    """`!hal.semaphore`."""

    name = "hal.semaphore"
