"""The stream dialect: asynchronous work on resources.

IREE: Stream/IR/StreamOps.td. One module per group of ops; `OPERATIONS` has them all.
"""

from xdsl.ir import Dialect

from iree_explorer.dialects.stream import attributes as _attributes
from iree_explorer.dialects.stream import types as _types
from iree_explorer.dialects.stream.async_access_ops import (
    AsyncCastOp,
    AsyncCollectiveOp,
    AsyncLoadOp,
    AsyncStoreOp,
)
from iree_explorer.dialects.stream.async_calls import (
    AsyncCallOp,
    AsyncDispatchOp,
    AsyncFuncOp,
)
from iree_explorer.dialects.stream.async_ops import (
    AsyncAllocaOp,
    AsyncBarrierOp,
    AsyncCloneOp,
    AsyncConstantOp,
    AsyncSliceOp,
    AsyncSplatOp,
    AsyncTransferOp,
)
from iree_explorer.dialects.stream.async_parameter_ops import (
    AsyncParameterGatherOp,
    AsyncParameterLoadOp,
    AsyncParameterReadOp,
    AsyncParameterScatterOp,
    AsyncParameterWriteOp,
    TensorParameterLoadOp,
    TensorParameterWriteOp,
)
from iree_explorer.dialects.stream.async_update_ops import AsyncCopyOp, AsyncFillOp, AsyncUpdateOp
from iree_explorer.dialects.stream.cmd_calls import (
    CmdCallOp,
    CmdDispatchOp,
    CmdFuncOp,
)
from iree_explorer.dialects.stream.cmd_ops import (
    CmdCollectiveOp,
    CmdCopyOp,
    CmdDiscardOp,
    CmdFillOp,
    CmdFlushOp,
    CmdInvalidateOp,
)
from iree_explorer.dialects.stream.cmd_parameter_ops import (
    CmdParameterGatherOp,
    CmdParameterLoadOp,
    CmdParameterReadOp,
    CmdParameterScatterOp,
    CmdParameterWriteOp,
)
from iree_explorer.dialects.stream.device_ops import (
    ChannelCountOp,
    ChannelCreateOp,
    ChannelRankOp,
    ChannelSplitOp,
    ContextResolveOp,
    FileConstantOp,
    FileReadOp,
    FileWriteOp,
)
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
from iree_explorer.dialects.stream.packing_ops import (
    ResourceConstantsOp,
    ResourcePackOp,
)
from iree_explorer.dialects.stream.region_ops import (
    AsyncConcurrentOp,
    AsyncExecuteOp,
    CmdConcurrentOp,
    CmdExecuteOp,
    CmdSerialOp,
    YieldOp,
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
from iree_explorer.dialects.stream.tensor_dispatch_ops import (
    TensorDispatchOp,
)
from iree_explorer.dialects.stream.tensor_io_ops import (
    TensorExportOp,
    TensorImportOp,
    TensorTraceOp,
)
from iree_explorer.dialects.stream.tensor_ops import (
    TensorCloneOp,
    TensorConstantOp,
    TensorEmptyOp,
    TensorEncodeOp,
    TensorSizeOfOp,
    TensorSliceOp,
    TensorSplatOp,
)
from iree_explorer.dialects.stream.tensor_update_ops import TensorFillOp, TensorLoadOp, TensorStoreOp, TensorUpdateOp
from iree_explorer.dialects.stream.test_ops import (
    TestTimelineAwareOp,
    TestTimelineOp,
)
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
    AsyncCallOp,
    AsyncCastOp,
    AsyncCloneOp,
    AsyncCollectiveOp,
    AsyncConcurrentOp,
    AsyncConstantOp,
    AsyncCopyOp,
    AsyncDispatchOp,
    AsyncExecuteOp,
    AsyncFillOp,
    AsyncFuncOp,
    AsyncLoadOp,
    AsyncParameterGatherOp,
    AsyncParameterLoadOp,
    AsyncParameterReadOp,
    AsyncParameterScatterOp,
    AsyncParameterWriteOp,
    AsyncSliceOp,
    AsyncSplatOp,
    AsyncStoreOp,
    AsyncTransferOp,
    AsyncUpdateOp,
    BindingSubspanOp,
    ChannelCountOp,
    ChannelCreateOp,
    ChannelRankOp,
    ChannelSplitOp,
    CmdCallOp,
    CmdCollectiveOp,
    CmdConcurrentOp,
    CmdCopyOp,
    CmdDiscardOp,
    CmdDispatchOp,
    CmdExecuteOp,
    CmdFillOp,
    CmdFlushOp,
    CmdFuncOp,
    CmdInvalidateOp,
    CmdParameterGatherOp,
    CmdParameterLoadOp,
    CmdParameterReadOp,
    CmdParameterScatterOp,
    CmdParameterWriteOp,
    CmdSerialOp,
    ContextResolveOp,
    DispatchWorkgroupCountOp,
    DispatchWorkgroupIDOp,
    DispatchWorkgroupSizeOp,
    ExecutableEndOp,
    ExecutableExportOp,
    ExecutableOp,
    FileConstantOp,
    FileReadOp,
    FileWriteOp,
    ResourceAllocOp,
    ResourceAllocaOp,
    ResourceConstantsOp,
    ResourceDeallocaOp,
    ResourceIsTerminalOp,
    ResourceLoadOp,
    ResourcePackOp,
    ResourceReleaseOp,
    ResourceRetainOp,
    ResourceSizeOp,
    ResourceStoreOp,
    ResourceSubviewOp,
    ResourceTransientsOp,
    ResourceTryMapOp,
    ReturnOp,
    TensorCloneOp,
    TensorConstantOp,
    TensorDispatchOp,
    TensorEmptyOp,
    TensorEncodeOp,
    TensorExportOp,
    TensorFillOp,
    TensorImportOp,
    TensorLoadOp,
    TensorParameterLoadOp,
    TensorParameterWriteOp,
    TensorSizeOfOp,
    TensorSliceOp,
    TensorSplatOp,
    TensorStoreOp,
    TensorTraceOp,
    TensorUpdateOp,
    TestTimelineAwareOp,
    TestTimelineOp,
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
