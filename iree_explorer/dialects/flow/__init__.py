"""The flow dialect, as far as programs mix it with the stream dialect: tensors, dispatches, parameters, channels."""

from xdsl.ir import Dialect

from iree_explorer.dialects.flow.attributes import ChannelType, NamedParameterAttr
from iree_explorer.dialects.flow.channel_ops import ChannelCountOp, ChannelDefaultOp, ChannelRankOp, ChannelSplitOp
from iree_explorer.dialects.flow.collective_ops import COLLECTIVE_OPS
from iree_explorer.dialects.flow.dispatch_ops import (
    DispatchRegionOp,
    DispatchTieShapeOp,
    DispatchWorkgroupCountOp,
    DispatchWorkgroupIDOp,
    DispatchWorkgroupSizeOp,
    DispatchWorkgroupsOp,
    ReturnOp,
)
from iree_explorer.dialects.flow.place_ops import TensorBarrierOp, TensorTransferOp
from iree_explorer.dialects.flow.program_ops import (
    CallOp,
    DispatchOp,
    ExecutableEndOp,
    ExecutableExportOp,
    ExecutableOp,
    FuncOp,
    ParameterLoadOp,
    ParameterWriteOp,
)
from iree_explorer.dialects.flow.tensor_ops import (
    TensorAllocaOp,
    TensorBitCastOp,
    TensorCloneOp,
    TensorConstantOp,
    TensorDynamicConstantOp,
    TensorEmptyOp,
    TensorEncodeOp,
    TensorLoadOp,
    TensorReshapeOp,
    TensorSliceOp,
    TensorSplatOp,
    TensorStoreOp,
    TensorTieShapeOp,
    TensorTraceOp,
    TensorUpdateOp,
)

Flow = Dialect(
    "flow",
    [
        CallOp,
        ChannelCountOp,
        ChannelDefaultOp,
        ChannelRankOp,
        ChannelSplitOp,
        DispatchOp,
        DispatchRegionOp,
        DispatchTieShapeOp,
        DispatchWorkgroupCountOp,
        DispatchWorkgroupIDOp,
        DispatchWorkgroupSizeOp,
        DispatchWorkgroupsOp,
        ExecutableEndOp,
        ExecutableExportOp,
        ExecutableOp,
        FuncOp,
        ParameterLoadOp,
        ParameterWriteOp,
        ReturnOp,
        TensorAllocaOp,
        TensorBarrierOp,
        TensorBitCastOp,
        TensorCloneOp,
        TensorConstantOp,
        TensorDynamicConstantOp,
        TensorEmptyOp,
        TensorEncodeOp,
        TensorLoadOp,
        TensorReshapeOp,
        TensorSliceOp,
        TensorSplatOp,
        TensorStoreOp,
        TensorTieShapeOp,
        TensorTraceOp,
        TensorTransferOp,
        TensorUpdateOp,
        *COLLECTIVE_OPS,
    ],
    [ChannelType, NamedParameterAttr],
)
