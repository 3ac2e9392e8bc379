"""The `memref` dialect: buffers, which kernels written by hand load from and store to.

Most ops are xDSL's; ours are those whose text xDSL 0.75 does not know or writes in another way. Here are the names of results, too.
"""

from __future__ import annotations

from xdsl.dialects.memref import (
    AllocaScopeOp,
    AllocaScopeReturnOp,
    AssumeAlignmentOp,
    AtomicRMWOp,
    CollapseShapeOp,
    DeallocOp,
    DmaStartOp,
    DmaWaitOp,
    ExpandShapeOp,
    ExtractAlignedPointerAsIndexOp,
    ExtractStridedMetaDataOp,
    SubviewOp,
    ViewOp,
)
from xdsl.ir import Dialect, Operation

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
from iree_explorer.dialects.memref.views import DimOp, ReinterpretCastOp
from iree_explorer.ir.interfaces import ASM_RESULT_NAMES, always_named

_NAMES: dict[type[Operation], str] = {
    AssumeAlignmentOp: "assume_align",
    CollapseShapeOp: "collapse_shape",
    ExpandShapeOp: "expand_shape",
    ExtractAlignedPointerAsIndexOp: "intptr",
    SubviewOp: "subview",
    ViewOp: "view",
}
"""How the result of each of xDSL's ops is called. MLIR: MemRefOps.cpp, getAsmResultNames."""


ASM_RESULT_NAMES.update({op: always_named(name) for op, name in _NAMES.items()})

_UNNAMED = [
    AllocaScopeOp,
    AllocaScopeReturnOp,
    AtomicRMWOp,
    DeallocOp,
    DmaStartOp,
    DmaWaitOp,
    ExtractStridedMetaDataOp,
]
_OURS = [
    AllocOp,
    AllocaOp,
    CastOp,
    CopyOp,
    DimOp,
    GetGlobalOp,
    GlobalOp,
    LoadOp,
    MemorySpaceCastOp,
    RankOp,
    ReinterpretCastOp,
    StoreOp,
]

MemRef = Dialect("memref", [*_NAMES, *_UNNAMED, *_OURS], [])
