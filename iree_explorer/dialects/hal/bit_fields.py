"""Bits of the HAL's ops and the words they are written as. IREE: HALAttrs.td, the bit enumerations."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import i64
from xdsl.irdl.declarative_assembly_format import AttributeVariable, irdl_custom_directive

from iree_explorer.ir.assembly.enum_directives import BitEnumDirective


@irdl_custom_directive
class Flags(BitEnumDirective):
    """Flags of ops that have none so far. Each op has an enumeration of its own, by name."""

    value: AttributeVariable

    CASES: ClassVar = {"None": 0, "Reserved": 1}
    number_type = i64


@irdl_custom_directive
class AllocaFlags(BitEnumDirective):
    """How a queue allocates."""

    value: AttributeVariable

    CASES: ClassVar = {"None": 0, "IndeterminateLifetime": 1}
    number_type = i64


@irdl_custom_directive
class DeallocaFlags(BitEnumDirective):
    """How a queue deallocates."""

    value: AttributeVariable

    CASES: ClassVar = {"None": 0, "PreferOrigin": 1}
    number_type = i64


@irdl_custom_directive
class MemoryTypes(BitEnumDirective):
    """Where memory is and who sees it."""

    value: AttributeVariable

    CASES: ClassVar = {
        "None": 0x00,
        "Optimal": 0x01,
        "HostVisible": 0x02,
        "HostCoherent": 0x04,
        "HostCached": 0x08,
        "HostLocal": 0x46,
        "DeviceVisible": 0x10,
        "DeviceLocal": 0x30,
    }


@irdl_custom_directive
class BufferUsages(BitEnumDirective):
    """What a buffer may be used for."""

    value: AttributeVariable

    CASES: ClassVar = {
        "None": 0x00000000,
        "TransferSource": 0x00000001,
        "TransferTarget": 0x00000002,
        "Transfer": 0x00000003,
        "DispatchIndirectParameters": 0x00000100,
        "DispatchUniformRead": 0x00000200,
        "DispatchStorageRead": 0x00000400,
        "DispatchStorageWrite": 0x00000800,
        "DispatchStorage": 0x00000C00,
        "DispatchImageRead": 0x00001000,
        "DispatchImageWrite": 0x00002000,
        "DispatchImage": 0x00003000,
        "SharingExport": 0x00010000,
        "SharingReplicate": 0x00020000,
        "SharingConcurrent": 0x00040000,
        "SharingImmutable": 0x00080000,
        "MappingScoped": 0x01000000,
        "MappingPersistent": 0x02000000,
        "MappingOptional": 0x04000000,
        "MappingAccessRandom": 0x08000000,
        "MappingAccessSequentialWrite": 0x10000000,
        "Mapping": 0x09000000,
    }


@irdl_custom_directive
class MemoryAccesses(BitEnumDirective):
    """How memory is accessed."""

    value: AttributeVariable

    CASES: ClassVar = {
        "None": 0x00,
        "Read": 0x01,
        "Write": 0x02,
        "Discard": 0x04,
        "MayAlias": 0x08,
        "Unaligned": 0x10,
        "Any": 0x20,
    }


@irdl_custom_directive
class CommandBufferModes(BitEnumDirective):
    """How a command buffer is recorded and submitted."""

    value: AttributeVariable

    CASES: ClassVar = {"None": 0x00, "OneShot": 0x01, "AllowInlineExecution": 0x10}


@irdl_custom_directive
class CommandCategories(BitEnumDirective):
    """Which commands a command buffer may hold."""

    value: AttributeVariable

    CASES: ClassVar = {"None": 0, "Transfer": 1, "Dispatch": 2}


@irdl_custom_directive
class ExecutionStages(BitEnumDirective):
    """Between which parts of their work commands wait for each other."""

    value: AttributeVariable

    CASES: ClassVar = {
        "None": 0x00,
        "CommandIssue": 0x01,
        "CommandProcess": 0x02,
        "Dispatch": 0x04,
        "Transfer": 0x08,
        "CommandRetire": 0x10,
        "Host": 0x20,
    }


MEMORY_TYPES = MemoryTypes.attribute("valid MemoryType")
BUFFER_USAGES = BufferUsages.attribute("valid BufferUsage")
