"""The `vector` dialect: kernels once they are vectorized. xDSL's ops, and those that it has not. MLIR: VectorOps.td."""

from xdsl.dialects.vector import (
    BitcastOp,
    BroadcastOp,
    CreateMaskOp,
    ExtractOp,
    FMAOp,
    InsertOp,
    LoadOp,
    MaskedLoadOp,
    MaskedStoreOp,
    PrintOp,
    ShuffleOp,
    StoreOp,
    TransferReadOp,
    TransferWriteOp,
)
from xdsl.ir import Dialect

from iree_explorer.dialects.vector.contraction import (
    CombiningKindAttr,
    ContractionOp,
    IteratorTypeAttr,
    MultiDimReductionOp,
    ReductionOp,
)
from iree_explorer.dialects.vector.layout_ops import (
    ConstantMaskOp,
    DeinterleaveOp,
    FromElementsOp,
    GatherOp,
    InterleaveOp,
    ShapeCastOp,
    StepOp,
    ToElementsOp,
    TransposeOp,
    VectorScaleOp,
)
from iree_explorer.dialects.vector.slices import ExtractStridedSliceOp, InsertStridedSliceOp

_XDSL = [
    BitcastOp,
    BroadcastOp,
    CreateMaskOp,
    ExtractOp,
    FMAOp,
    InsertOp,
    LoadOp,
    MaskedLoadOp,
    MaskedStoreOp,
    PrintOp,
    ShuffleOp,
    StoreOp,
    TransferReadOp,
    TransferWriteOp,
]
_OURS = [
    ConstantMaskOp,
    ContractionOp,
    DeinterleaveOp,
    ExtractStridedSliceOp,
    FromElementsOp,
    GatherOp,
    InsertStridedSliceOp,
    InterleaveOp,
    MultiDimReductionOp,
    ReductionOp,
    ShapeCastOp,
    StepOp,
    ToElementsOp,
    TransposeOp,
    VectorScaleOp,
]

Vector = Dialect("vector", [*_XDSL, *_OURS], [CombiningKindAttr, IteratorTypeAttr])
