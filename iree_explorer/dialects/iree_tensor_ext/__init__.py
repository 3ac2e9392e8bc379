"""The iree_tensor_ext dialect: how kernels see tensors in bindings. IREE: TensorExtOps.td, TensorExtTypes.cpp."""

from xdsl.ir import Dialect

from iree_explorer.dialects.iree_tensor_ext.ops import (
    DISPATCH_TENSOR,
    BitCastOp,
    ComputeBarrierEndOp,
    ComputeBarrierStartOp,
    DispatchTensorLoadOp,
    DispatchTensorStoreOp,
    DispatchWorkgroupCountFromSliceOp,
    DispatchWorkgroupCountSplitReductionModifierOp,
    DispatchWorkloadOrdinalOp,
)
from iree_explorer.dialects.iree_tensor_ext.ragged_shape import (
    CastToRaggedShapeOp,
    LinearizeRaggedDimsOp,
    RaggedShapeAttr,
)
from iree_explorer.dialects.iree_tensor_ext.types import DispatchTensorType, TensorAccess

__all__ = [
    "DISPATCH_TENSOR",
    "BitCastOp",
    "CastToRaggedShapeOp",
    "ComputeBarrierEndOp",
    "ComputeBarrierStartOp",
    "DispatchTensorLoadOp",
    "DispatchTensorStoreOp",
    "DispatchTensorType",
    "DispatchWorkgroupCountFromSliceOp",
    "DispatchWorkgroupCountSplitReductionModifierOp",
    "DispatchWorkloadOrdinalOp",
    "IREETensorExt",
    "LinearizeRaggedDimsOp",
    "RaggedShapeAttr",
    "TensorAccess",
]

IREETensorExt = Dialect(
    "iree_tensor_ext",
    [
        BitCastOp,
        CastToRaggedShapeOp,
        LinearizeRaggedDimsOp,
        ComputeBarrierEndOp,
        ComputeBarrierStartOp,
        DispatchTensorLoadOp,
        DispatchTensorStoreOp,
        DispatchWorkgroupCountFromSliceOp,
        DispatchWorkgroupCountSplitReductionModifierOp,
        DispatchWorkloadOrdinalOp,
    ],
    [DispatchTensorType, RaggedShapeAttr],
)
