"""The `tensor` dialect: making, slicing and reshaping tensor values.

Source of all facts: MLIR TensorOps.td, TensorOps.cpp.
"""

from __future__ import annotations

from xdsl.ir import Dialect

from iree_explorer.dialects.tensor.elements import ExtractOp, FromElementsOp, InsertOp, SplatOp
from iree_explorer.dialects.tensor.ops import (
    BitcastOp,
    EmptyOp,
    GatherOp,
    GenerateOp,
    PadOp,
    RankOp,
    ScatterOp,
    YieldOp,
)
from iree_explorer.dialects.tensor.shapes import CastOp, CollapseShapeOp, ConcatOp, DimOp, ExpandShapeOp, ReshapeOp
from iree_explorer.dialects.tensor.slices import ExtractSliceOp, InsertSliceOp, ParallelInsertSliceOp

__all__ = [
    "BitcastOp",
    "CastOp",
    "CollapseShapeOp",
    "ConcatOp",
    "DimOp",
    "EmptyOp",
    "ExpandShapeOp",
    "ExtractOp",
    "ExtractSliceOp",
    "FromElementsOp",
    "GatherOp",
    "GenerateOp",
    "InsertOp",
    "InsertSliceOp",
    "PadOp",
    "ParallelInsertSliceOp",
    "RankOp",
    "ReshapeOp",
    "ScatterOp",
    "SplatOp",
    "Tensor",
    "YieldOp",
]

Tensor = Dialect(
    "tensor",
    [
        BitcastOp,
        CastOp,
        CollapseShapeOp,
        ConcatOp,
        DimOp,
        EmptyOp,
        ExpandShapeOp,
        ExtractOp,
        ExtractSliceOp,
        FromElementsOp,
        GatherOp,
        GenerateOp,
        InsertOp,
        InsertSliceOp,
        PadOp,
        ParallelInsertSliceOp,
        RankOp,
        ReshapeOp,
        ScatterOp,
        SplatOp,
        YieldOp,
    ],
    [],
)
