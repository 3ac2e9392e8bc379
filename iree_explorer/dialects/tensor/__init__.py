"""The `tensor` dialect: making, slicing and reshaping tensor values.

Most ops are xDSL's; here are those that xDSL 0.74 lacks, `tensor.empty` with attributes, and the names of all results.
Source of all facts: MLIR TensorOps.td, TensorOps.cpp.
"""

from __future__ import annotations

from xdsl.dialects.tensor import (
    CastOp,
    CollapseShapeOp,
    ConcatOp,
    DimOp,
    ExpandShapeOp,
    ExtractOp,
    FromElementsOp,
    InsertOp,
    ReshapeOp,
    SplatOp,
)
from xdsl.ir import Dialect, Operation

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
from iree_explorer.dialects.tensor.slices import ExtractSliceOp, InsertSliceOp, ParallelInsertSliceOp
from iree_explorer.ir.interfaces import ASM_RESULT_NAMES, always_named

__all__ = [
    "BitcastOp",
    "EmptyOp",
    "ExtractSliceOp",
    "GatherOp",
    "GenerateOp",
    "InsertSliceOp",
    "PadOp",
    "ParallelInsertSliceOp",
    "RankOp",
    "ScatterOp",
    "Tensor",
    "YieldOp",
]

_NAMES: dict[type[Operation], str] = {
    CastOp: "cast",
    CollapseShapeOp: "collapsed",
    ConcatOp: "concat",
    DimOp: "dim",
    ExpandShapeOp: "expanded",
    ExtractOp: "extracted",
    ExtractSliceOp: "extracted_slice",
    FromElementsOp: "from_elements",
    InsertOp: "inserted",
    InsertSliceOp: "inserted_slice",
    ReshapeOp: "reshape",
    SplatOp: "splat",
}
"""How the result of each of xDSL's ops is called. MLIR: TensorOps.cpp, getAsmResultNames."""


ASM_RESULT_NAMES.update({op: always_named(name) for op, name in _NAMES.items()})

_OURS = [BitcastOp, EmptyOp, GatherOp, GenerateOp, PadOp, ParallelInsertSliceOp, RankOp, ScatterOp, YieldOp]

Tensor = Dialect("tensor", [*_NAMES, *_OURS], [])
