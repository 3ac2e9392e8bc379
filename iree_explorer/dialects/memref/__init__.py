"""The `memref` dialect: buffers, which kernels written by hand load from and store to.

Most ops are xDSL's; ours are those whose text xDSL 0.75 does not know or writes in another way. Here are the names of results, too.
"""

from __future__ import annotations

from xdsl.dialects.memref import (
    AllocaScopeOp,
    AllocaScopeReturnOp,
    DeallocOp,
    DmaStartOp,
    DmaWaitOp,
    ExtractStridedMetaDataOp,
    ViewOp,
)
from xdsl.ir import Dialect

from iree_explorer.dialects.memref.atomics import AtomicRMWOp
from iree_explorer.dialects.memref.globals import GetGlobalOp, GlobalOp
from iree_explorer.dialects.memref.ops import (
    AllocaOp,
    AllocOp,
    CastOp,
    CopyOp,
    LoadOp,
    MemorySpaceCastOp,
    RankOp,
    StoreOp,
)
from iree_explorer.dialects.memref.reshapes import (
    AssumeAlignmentOp,
    CollapseShapeOp,
    ExpandShapeOp,
    ExtractAlignedPointerAsIndexOp,
)
from iree_explorer.dialects.memref.views import DimOp, ReinterpretCastOp, SubviewOp
from iree_explorer.ir.interfaces import ASM_RESULT_NAMES, always_named

# MLIR: MemRefOps.cpp, getAsmResultNames
ASM_RESULT_NAMES[ViewOp] = always_named("view")

_XDSL = [
    AllocaScopeOp,
    AllocaScopeReturnOp,
    DeallocOp,
    DmaStartOp,
    DmaWaitOp,
    ExtractStridedMetaDataOp,
    ViewOp,
]
_OURS = [
    AllocOp,
    AllocaOp,
    AssumeAlignmentOp,
    AtomicRMWOp,
    CastOp,
    CollapseShapeOp,
    CopyOp,
    DimOp,
    ExpandShapeOp,
    ExtractAlignedPointerAsIndexOp,
    GetGlobalOp,
    GlobalOp,
    LoadOp,
    MemorySpaceCastOp,
    RankOp,
    ReinterpretCastOp,
    StoreOp,
    SubviewOp,
]

MemRef = Dialect("memref", [*_XDSL, *_OURS], [])
