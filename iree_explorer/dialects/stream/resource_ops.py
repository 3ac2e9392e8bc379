"""Resources as allocations: sizes, mappings, views, lifetimes. IREE: StreamOps.td, OpGroupResourceOps, OpGroupFileOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import UnitAttr
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import (
    AlwaysSpeculatable,
    MemoryAllocEffect,
    MemoryFreeEffect,
    MemoryWriteEffect,
    Pure,
)

from iree_explorer.dialects.stream.constraints import (
    AFFINITY,
    ANY_RESOURCE,
    ANY_STREAM_RESOURCE,
    BUFFER,
    I1,
    INDEX,
    PRIMITIVE_OR_VECTOR,
    STAGING_RESOURCE,
    TIMEPOINT,
)
from iree_explorer.dialects.stream.directives import AwaitOrColon
from iree_explorer.dialects.stream.phases import CmdPhaseOp
from iree_explorer.ir.assembly.format_directives import PropDict
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    FirstOperandTied,
    OpAsmOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TiedResourcePassthrough,
    TimelineOpInterface,
)


@irdl_op_definition
class ResourceAllocOp(IRDLOperation, AffinityOpInterface, SizeAwareOpInterface):
    """Allocates a resource, at once."""

    name = "stream.resource.alloc"
    RESULT_SIZE: ClassVar = "storage_size"

    storage_size = operand_def(INDEX)
    uninitialized = opt_prop_def(UnitAttr)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_RESOURCE)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect())
    assembly_format = "(`uninitialized` $uninitialized^)? (`on` `(` $affinity^ `)`)? attr-dict `:` type($result) `{` $storage_size `}`"


@irdl_op_definition
class ResourceAllocaOp(IRDLOperation, AffinityOpInterface, TimelineOpInterface, SizeAwareOpInterface):
    """Allocates a resource that is there once a timepoint is reached."""

    name = "stream.resource.alloca"
    RESULT_SIZE: ClassVar = "storage_size"

    storage_size = operand_def(INDEX)
    indeterminate_lifetime = opt_prop_def(UnitAttr)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_RESOURCE)
    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect())
    custom_directives = (AwaitOrColon,)
    assembly_format = (
        "`uninitialized` (`indeterminate` $indeterminate_lifetime^)? (`on` `(` $affinity^ `)`)? "
        "custom<AwaitOrColon>($await_timepoint) attr-dict type($result) `{` $storage_size `}` "
        "`=` `` `>` type($result_timepoint)"
    )


@irdl_op_definition
class ResourceDeallocaOp(IRDLOperation, AffinityOpInterface, TimelineOpInterface, SizeAwareOpInterface):
    """Frees a resource once a timepoint is reached."""

    name = "stream.resource.dealloca"
    OPERAND_SIZES: ClassVar = ("operand_size",)

    operand = operand_def(ANY_RESOURCE)
    operand_size = operand_def(INDEX)
    prefer_origin = opt_prop_def(UnitAttr)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(MemoryFreeEffect())
    assembly_format = (
        "(`origin` $prefer_origin^)? (`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)` `=` `` `>`)? "
        "$operand `:` type($operand) `{` $operand_size `}` `=` `` `>` type($result_timepoint) attr-dict"
    )


@irdl_op_definition
class ResourceRetainOp(IRDLOperation, CmdPhaseOp, SizeAwareOpInterface):
    """Keeps a resource alive."""

    name = "stream.resource.retain"
    OPERAND_SIZES: ClassVar = ("operand_size",)

    operand = operand_def(ANY_RESOURCE)
    operand_size = operand_def(INDEX)

    assembly_format = "$operand attr-dict `:` type($operand) `{` $operand_size `}`"


class ResourceTerminalOp(IRDLOperation, OpAsmOpInterface, CmdPhaseOp, SizeAwareOpInterface):
    """An op that tells whether nobody else holds a resource."""

    RESULT_NAMES: ClassVar = ("is_terminal",)
    OPERAND_SIZES: ClassVar = ("operand_size",)

    operand = operand_def(ANY_RESOURCE)
    operand_size = operand_def(INDEX)
    result = result_def(I1)

    assembly_format = "$operand attr-dict `:` type($operand) `{` $operand_size `}`"


@irdl_op_definition
class ResourceReleaseOp(ResourceTerminalOp):
    """Lets go of a resource; tells whether it may be freed."""

    name = "stream.resource.release"


@irdl_op_definition
class ResourceIsTerminalOp(ResourceTerminalOp):
    """Whether nobody else holds a resource."""

    name = "stream.resource.is_terminal"


@irdl_op_definition
class ResourceSizeOp(IRDLOperation, SizeAwareOpInterface):
    """The size of a resource in bytes."""

    name = "stream.resource.size"
    OPERAND_SIZES: ClassVar = ("result",)

    operand = operand_def(ANY_RESOURCE)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    custom_directives = (PropDict,)
    assembly_format = "$operand custom<PropDict>($affinity) attr-dict `:` type($operand)"


@irdl_op_definition
class ResourceTryMapOp(IRDLOperation, AffinityOpInterface, SizeAwareOpInterface):
    """A resource on the memory of a host buffer, if the device can."""

    name = "stream.resource.try_map"
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def(BUFFER)
    source_offset = operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    did_map = result_def(I1)
    result = result_def(ANY_STREAM_RESOURCE)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `[` $source_offset `]` `:` type($source) `->` "
        "type($did_map) `,` type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class ResourceLoadOp(IRDLOperation, SizeAwareOpInterface):
    """A number in a staging resource, by its place."""

    name = "stream.resource.load"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(STAGING_RESOURCE)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    result = result_def(PRIMITIVE_OR_VECTOR)

    assembly_format = (
        "$source `[` $source_offset `]` `:` type($source) `` `{` $source_size `}` `->` type($result) "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class ResourceStoreOp(IRDLOperation, SizeAwareOpInterface):
    """Writes a number to a staging resource."""

    name = "stream.resource.store"
    OPERAND_SIZES: ClassVar = ("target_size",)

    target = operand_def(STAGING_RESOURCE)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    value = operand_def(PRIMITIVE_OR_VECTOR)

    traits = traits_def(MemoryWriteEffect())
    assembly_format = (
        "$value `,` $target `[` $target_offset `]` `:` type($value) `->` type($target) `{` $target_size `}` "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class ResourceSubviewOp(IRDLOperation, StreamableOpInterface, SizeAwareOpInterface, FirstOperandTied):
    """A part of a resource, sharing its memory."""

    name = "stream.resource.subview"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    T: ClassVar = VarConstraint("T", ANY_RESOURCE)

    source = operand_def(T)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    result_size = operand_def(INDEX)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = (
        "$source `[` $source_offset `]` `:` type($source) `` `{` $source_size `}` `->` "
        "type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )

    @override
    def is_metadata(self) -> bool:
        return True


@irdl_op_definition
class ResourceTransientsOp(
    IRDLOperation,
    AffinityOpInterface,
    TiedResourcePassthrough,
    TimelineOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
):
    """A resource computed with temporary memory that the program was handed."""

    name = "stream.resource.transients"
    OPERAND_SIZES: ClassVar = ("resource_size",)
    RESULT_SIZE: ClassVar = "resource_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    resource = operand_def(T)
    resource_size = operand_def(INDEX)
    storage = operand_def(ANY_RESOURCE)
    storage_size = operand_def(INDEX)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)
    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)` `=` `` `>`)? "
        "$resource `:` type($resource) `` `{` $resource_size `}` `from` "
        "$storage `:` type($storage) `` `{` $storage_size `}` `=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def tied_operand_indices(self) -> list[int]:
        return [0, -1]
