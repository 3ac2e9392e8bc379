"""The `affine` dialect: index arithmetic by affine maps, loads and stores at them, conditions by affine sets, loops with affine bounds."""

from xdsl.ir import Dialect

from iree_explorer.dialects.affine.accesses import LoadOp, StoreOp
from iree_explorer.dialects.affine.indices import DelinearizeIndexOp, LinearizeIndexOp
from iree_explorer.dialects.affine.maps import ApplyOp, MapOp, MaxOp, MinOp
from iree_explorer.dialects.affine.parallel import ParallelOp
from iree_explorer.dialects.affine.regions import ForOp, IfOp, YieldOp

__all__ = [
    "Affine",
    "ApplyOp",
    "DelinearizeIndexOp",
    "ForOp",
    "IfOp",
    "LinearizeIndexOp",
    "LoadOp",
    "MapOp",
    "MaxOp",
    "MinOp",
    "ParallelOp",
    "StoreOp",
    "YieldOp",
]

Affine = Dialect(
    "affine",
    [ApplyOp, MinOp, MaxOp, DelinearizeIndexOp, LinearizeIndexOp, IfOp, ForOp, ParallelOp, LoadOp, StoreOp, YieldOp],
    [],
)
