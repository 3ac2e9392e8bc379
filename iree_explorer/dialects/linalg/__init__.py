"""The `linalg` dialect: structured ops on whole tensors, and the relayouts around them.

All ops are defined here. xDSL 0.75 lacks most of them, and its named ops come without the regions that say what they compute.
`LinalgOp` (structured.py) is what all structured ops have in common.
"""

from xdsl.ir import Dialect

from iree_explorer.dialects.linalg.attributes import (
    ElementwiseKind,
    ElementwiseKindAttr,
    IteratorTypeAttr,
    TypeFn,
    TypeFnAttr,
)
from iree_explorer.dialects.linalg.combiners import MapOp, ReduceOp
from iree_explorer.dialects.linalg.contractions import (
    BatchMatmulOp,
    BatchReduceMatmulOp,
    ContractionOp,
    ContractOp,
    ElementwiseOp,
    MatmulOp,
)
from iree_explorer.dialects.linalg.generic import GenericOp, IndexOp, YieldOp
from iree_explorer.dialects.linalg.named import NAMED_OPS, CopyOp, FillOp, FillRng2DOp, NamedOp
from iree_explorer.dialects.linalg.relabel import BroadcastOp, TransposeOp
from iree_explorer.dialects.linalg.relayout import PackOp, SoftmaxOp, UnPackOp
from iree_explorer.dialects.linalg.structured import PARALLEL, REDUCTION, LinalgOp

__all__ = [
    "NAMED_OPS",
    "PARALLEL",
    "REDUCTION",
    "BatchMatmulOp",
    "BatchReduceMatmulOp",
    "BroadcastOp",
    "ContractOp",
    "ContractionOp",
    "CopyOp",
    "ElementwiseKind",
    "ElementwiseKindAttr",
    "ElementwiseOp",
    "FillOp",
    "FillRng2DOp",
    "GenericOp",
    "IndexOp",
    "IteratorTypeAttr",
    "Linalg",
    "LinalgOp",
    "MapOp",
    "MatmulOp",
    "NamedOp",
    "PackOp",
    "ReduceOp",
    "SoftmaxOp",
    "TransposeOp",
    "TypeFn",
    "TypeFnAttr",
    "UnPackOp",
    "YieldOp",
]

Linalg = Dialect(
    "linalg",
    [
        GenericOp, IndexOp, YieldOp,
        MatmulOp, BatchMatmulOp, BatchReduceMatmulOp, ContractOp, ElementwiseOp,
        FillOp, CopyOp, FillRng2DOp, *NAMED_OPS.values(),
        MapOp, ReduceOp, TransposeOp, BroadcastOp,
        PackOp, UnPackOp, SoftmaxOp,
    ],
    [IteratorTypeAttr, TypeFnAttr, ElementwiseKindAttr],
)  # fmt: skip
