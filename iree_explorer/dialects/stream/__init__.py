"""The stream dialect: asynchronous work on resources."""

from xdsl.ir import Dialect

from iree_explorer.dialects.stream import attributes as _attributes
from iree_explorer.dialects.stream import types as _types
from iree_explorer.dialects.stream.async_access_ops import AsyncCastOp, AsyncCollectiveOp, AsyncLoadOp, AsyncStoreOp
from iree_explorer.dialects.stream.async_calls import AsyncDispatchOp
from iree_explorer.dialects.stream.async_ops import (
    AsyncAllocaOp,
    AsyncBarrierOp,
    AsyncCloneOp,
    AsyncConstantOp,
    AsyncCopyOp,
    AsyncFillOp,
    AsyncSliceOp,
    AsyncSplatOp,
    AsyncTransferOp,
    AsyncUpdateOp,
)
from iree_explorer.dialects.stream.async_regions import AsyncConcurrentOp, AsyncExecuteOp, YieldOp
from iree_explorer.dialects.stream.executable_ops import (
    BindingSubspanOp,
    DispatchWorkgroupCountOp,
    DispatchWorkgroupIDOp,
    DispatchWorkgroupSizeOp,
    ExecutableEndOp,
    ExecutableExportOp,
    ExecutableOp,
    ReturnOp,
)
from iree_explorer.dialects.stream.resource_ops import (
    ResourceAllocaOp,
    ResourceAllocOp,
    ResourceDeallocaOp,
    ResourceIsTerminalOp,
    ResourceLoadOp,
    ResourceReleaseOp,
    ResourceRetainOp,
    ResourceSizeOp,
    ResourceStoreOp,
    ResourceSubviewOp,
    ResourceTransientsOp,
    ResourceTryMapOp,
)
from iree_explorer.dialects.stream.tensor_io_ops import TensorExportOp, TensorImportOp, TensorTraceOp
from iree_explorer.dialects.stream.timepoint_ops import (
    TimepointAwaitOp,
    TimepointBarrierOp,
    TimepointChainExternalOp,
    TimepointExportOp,
    TimepointImmediateOp,
    TimepointImportOp,
    TimepointJoinOp,
)

OPERATIONS = (
    AsyncAllocaOp,
    AsyncBarrierOp,
    AsyncCastOp,
    AsyncCloneOp,
    AsyncCollectiveOp,
    AsyncConcurrentOp,
    AsyncConstantOp,
    AsyncCopyOp,
    AsyncDispatchOp,
    AsyncExecuteOp,
    AsyncFillOp,
    AsyncLoadOp,
    AsyncSliceOp,
    AsyncSplatOp,
    AsyncStoreOp,
    AsyncTransferOp,
    AsyncUpdateOp,
    BindingSubspanOp,
    DispatchWorkgroupCountOp,
    DispatchWorkgroupIDOp,
    DispatchWorkgroupSizeOp,
    ExecutableEndOp,
    ExecutableExportOp,
    ExecutableOp,
    ResourceAllocOp,
    ResourceAllocaOp,
    ResourceDeallocaOp,
    ResourceIsTerminalOp,
    ResourceLoadOp,
    ResourceReleaseOp,
    ResourceRetainOp,
    ResourceSizeOp,
    ResourceStoreOp,
    ResourceSubviewOp,
    ResourceTransientsOp,
    ResourceTryMapOp,
    ReturnOp,
    TensorExportOp,
    TensorImportOp,
    TensorTraceOp,
    TimepointAwaitOp,
    TimepointBarrierOp,
    TimepointChainExternalOp,
    TimepointExportOp,
    TimepointImmediateOp,
    TimepointImportOp,
    TimepointJoinOp,
    YieldOp,
)

Stream = Dialect(
    "stream",
    list(OPERATIONS),
    [
        _types.BindingType,
        _types.ChannelType,
        _types.FileType,
        _types.ResourceType,
        _types.TestFenceType,
        _types.TimepointType,
        _attributes.CollectiveAttr,
        _attributes.NamedParameterAttr,
        _attributes.PartitioningConfigAttr,
        _attributes.ResourceConfigAttr,
        _attributes.TimepointAttr,
    ],
)
