"""The `affine` dialect: index arithmetic by affine maps, conditions by affine sets, loops with affine bounds.

`affine.load` and `affine.store` are xDSL's; the others are defined here, in MLIR's text.
"""

from xdsl.dialects.affine import LoadOp, StoreOp
from xdsl.ir import Dialect

from iree_explorer.dialects.affine.indices import DelinearizeIndexOp, LinearizeIndexOp
from iree_explorer.dialects.affine.maps import ApplyOp, MapOp, MaxOp, MinOp
from iree_explorer.dialects.affine.regions import ForOp, IfOp, YieldOp

__all__ = [
    "Affine",
    "ApplyOp",
    "DelinearizeIndexOp",
    "ForOp",
    "IfOp",
    "LinearizeIndexOp",
    "MapOp",
    "MaxOp",
    "MinOp",
    "YieldOp",
]

Affine = Dialect(
    "affine",
    [ApplyOp, MinOp, MaxOp, DelinearizeIndexOp, LinearizeIndexOp, IfOp, ForOp, LoadOp, StoreOp, YieldOp],
    [],
)
