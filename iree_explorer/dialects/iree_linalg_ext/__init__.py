"""IREE's extensions of linalg: ops on whole tensors that are no plain nests of loops.

Source of all facts: IREE LinalgExtOps.td, LinalgExtPureOps.td, LinalgExtBase.td.
"""

from xdsl.ir import Dialect

from iree_explorer.dialects.iree_linalg_ext.attention import (
    AttentionOp,
    CustomOp,
    ExpReductionOp,
    OnlineAttentionOp,
)
from iree_explorer.dialects.iree_linalg_ext.base import (
    IndexOp,
    IteratorTypeAttr,
    LinalgExtOp,
    SplitReductionMappingAttr,
    YieldOp,
)
from iree_explorer.dialects.iree_linalg_ext.indexed import GatherOp, MapLoadOp, MapStoreOp, ScatterOp
from iree_explorer.dialects.iree_linalg_ext.ordered import ArgCompareOp, ScanOp, SortOp, TopkOp, TopkV2Op
from iree_explorer.dialects.iree_linalg_ext.transforms import FftOp, Im2colOp
from iree_explorer.dialects.iree_linalg_ext.winograd import (
    WinogradFilterTransformOp,
    WinogradInputTransformOp,
    WinogradOutputTransformOp,
)

__all__ = [
    "ArgCompareOp",
    "AttentionOp",
    "CustomOp",
    "ExpReductionOp",
    "FftOp",
    "GatherOp",
    "IREELinalgExt",
    "Im2colOp",
    "IndexOp",
    "IteratorTypeAttr",
    "LinalgExtOp",
    "MapLoadOp",
    "MapStoreOp",
    "OnlineAttentionOp",
    "ScanOp",
    "ScatterOp",
    "SortOp",
    "SplitReductionMappingAttr",
    "TopkOp",
    "TopkV2Op",
    "WinogradFilterTransformOp",
    "WinogradInputTransformOp",
    "WinogradOutputTransformOp",
    "YieldOp",
]

IREELinalgExt = Dialect(
    "iree_linalg_ext",
    [
        ScatterOp, GatherOp, MapLoadOp, MapStoreOp,
        SortOp, ScanOp, TopkOp, TopkV2Op, ArgCompareOp,
        AttentionOp, OnlineAttentionOp, ExpReductionOp, CustomOp,
        FftOp, Im2colOp, WinogradInputTransformOp, WinogradFilterTransformOp, WinogradOutputTransformOp,
        IndexOp, YieldOp,
    ],
    [IteratorTypeAttr, SplitReductionMappingAttr],
)  # fmt: skip
