"""The ops of the async phase that allocate, fill, move and slice resources. IREE: StreamOps.td, OpGroupAsyncOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.ir import Attribute
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import AlwaysSpeculatable, MemoryAllocEffect, Pure

from iree_explorer.dialects.stream.constraints import (
    AFFINITY,
    ANY_STREAM_RESOURCE,
    FILL_PATTERN,
    INDEX,
    STREAM_OR_STAGING_RESOURCE,
    TIMEPOINT,
)
from iree_explorer.dialects.stream.rules import READ, WRITE, whole
from iree_explorer.dialects.stream.types import Lifetime, ResourceType
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    AsyncAccessOpInterface,
    AsyncAccessRange,
    FirstOperandTied,
    HoistableOpInterface,
    OpAsmOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TiedResourcePassthrough,
    TimelineOpInterface,
)


@irdl_op_definition
class AsyncAllocaOp(IRDLOperation, AffinityOpInterface, StreamableOpInterface, SizeAwareOpInterface):
    """Allocates a resource whose contents are not defined."""

    name = "stream.async.alloca"
    RESULT_SIZE: ClassVar = "storage_size"

    storage_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect())
    assembly_format = "(`on` `(` $affinity^ `)`)? attr-dict `:` type($result) `{` $storage_size `}`"

    @override
    def is_metadata(self) -> bool:
        return True

    @override
    def prefer_clone_to_consumers(self) -> bool:
        return True


@irdl_op_definition
class AsyncConstantOp(
    IRDLOperation,
    OpAsmOpInterface,
    AffinityOpInterface,
    TimelineOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    HoistableOpInterface,
    SizeAwareOpInterface,
):
    """A resource with constant contents."""

    name = "stream.async.constant"
    RESULT_NAMES: ClassVar = ("cst",)
    RESULT_SIZE: ClassVar = "result_size"

    await_timepoint = opt_operand_def(TIMEPOINT)
    value = prop_def()
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)`)? `:` "
        "type($result) `` `{` $result_size `}` `=` $value attr-dict-with-keyword"
    )

    @override
    def is_metadata(self) -> bool:
        return True

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return [whole(WRITE, self.result, self.result_size)]


@irdl_op_definition
class AsyncSplatOp(
    IRDLOperation,
    AffinityOpInterface,
    TimelineOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    HoistableOpInterface,
    SizeAwareOpInterface,
):
    """A resource filled with a pattern all over."""

    name = "stream.async.splat"
    RESULT_SIZE: ClassVar = "result_size"

    await_timepoint = opt_operand_def(TIMEPOINT)
    value = operand_def(FILL_PATTERN)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)`)? $value `:` type($value) `->` "
        "type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )

    @override
    def prefer_clone_to_consumers(self) -> bool:
        return True

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return [whole(WRITE, self.result, self.result_size)]


@irdl_op_definition
class AsyncCloneOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    HoistableOpInterface,
    SizeAwareOpInterface,
):
    """A copy of a whole resource, possibly of another lifetime."""

    name = "stream.async.clone"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def(ANY_STREAM_RESOURCE)
    source_size = operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `:` type($source) `` `{` $source_size `}` `->` "
        "type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )

    @override
    def prefer_clone_to_consumers(self) -> bool:
        return True

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return [
            whole(READ, self.source, self.source_size),
            whole(WRITE, self.result, self.result_size),
        ]


@irdl_op_definition
class AsyncSliceOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    HoistableOpInterface,
    SizeAwareOpInterface,
):
    """A copy of bytes `[source_offset, source_end)`."""

    name = "stream.async.slice"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    source = operand_def(T)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    source_end = operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `[` $source_offset `to` $source_end `]` `:` "
        "type($source) `` `{` $source_size `}` `->` type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return [
            AsyncAccessRange(READ, self.source, self.source_offset, self.source_end, self.result_size),
            whole(WRITE, self.result, self.result_size),
        ]


@irdl_op_definition
class AsyncBarrierOp(
    IRDLOperation,
    AffinityOpInterface,
    TiedResourcePassthrough,
    StreamableOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
):
    """Ends a region: what uses the result runs after what made the source."""

    name = "stream.async.barrier"
    OPERAND_SIZES: ClassVar = ("size",)
    RESULT_SIZE: ClassVar = "size"

    T: ClassVar = VarConstraint("T", STREAM_OR_STAGING_RESOURCE)

    source = operand_def(T)
    size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    assembly_format = "(`on` `(` $affinity^ `)`)? $source `:` type($source) `` `{` $size `}` attr-dict-with-keyword"

    @override
    def is_metadata(self) -> bool:
        return True


@irdl_op_definition
class AsyncTransferOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    HoistableOpInterface,
    SizeAwareOpInterface,
):
    """Brings a resource to another device or lifetime. IREE: StreamOps.cpp, AsyncTransferOp::getAffinityAttr."""

    name = "stream.async.transfer"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def(STREAM_OR_STAGING_RESOURCE)
    source_size = operand_def(INDEX)
    result_size = operand_def(INDEX)
    source_affinity = opt_prop_def(AFFINITY)
    target_affinity = opt_prop_def(AFFINITY)
    execution_affinity = opt_prop_def(AFFINITY)
    result = result_def(STREAM_OR_STAGING_RESOURCE)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $execution_affinity^ `)`)? $source `:` type($source) `` `{` $source_size `}` "
        "(`from` `(` $source_affinity^ `)`)? `->` (`to` `(` $target_affinity^ `)`)? "
        "type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )

    @property
    @override
    def affinity_attr(self) -> Attribute | None:
        return self.execution_affinity or self.default_execution_affinity

    @affinity_attr.setter
    def affinity_attr(self, value: Attribute | None) -> None:
        self.execution_affinity = value

    @property
    def default_execution_affinity(self) -> Attribute | None:
        """Where the transfer runs if it does not say: at the target for what comes from the host, else the source."""
        source, result = self.source.type, self.result.type
        assert isinstance(source, ResourceType)
        assert isinstance(result, ResourceType)
        if source.data is Lifetime.STAGING and result.data is Lifetime.STAGING:
            return self.source_affinity
        if source.data in (Lifetime.EXTERNAL, Lifetime.STAGING):
            return self.target_affinity
        return self.source_affinity

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return [
            whole(READ, self.source, self.source_size),
            whole(WRITE, self.result, self.result_size),
        ]
