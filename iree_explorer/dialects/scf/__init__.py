"""The `scf` dialect: structured conditions and loops.

All ops are defined here: xDSL 0.75 lacks `forall`, and prints the others in its own way.
"""

from xdsl.ir import Dialect

from iree_explorer.dialects.scf.branches import ExecuteRegionOp, IfOp, IndexSwitchOp
from iree_explorer.dialects.scf.loops import ForOp, WhileOp
from iree_explorer.dialects.scf.parallel import ForallOp, InParallelOp, ParallelOp, ReduceOp, ReduceReturnOp
from iree_explorer.dialects.scf.terminators import ConditionOp, YieldOp

__all__ = [
    "ConditionOp",
    "ExecuteRegionOp",
    "ForOp",
    "ForallOp",
    "IfOp",
    "InParallelOp",
    "IndexSwitchOp",
    "ParallelOp",
    "ReduceOp",
    "ReduceReturnOp",
    "Scf",
    "WhileOp",
    "YieldOp",
]

Scf = Dialect(
    "scf",
    [
        ConditionOp,
        ExecuteRegionOp,
        ForOp,
        ForallOp,
        IfOp,
        InParallelOp,
        IndexSwitchOp,
        ParallelOp,
        ReduceOp,
        ReduceReturnOp,
        WhileOp,
        YieldOp,
    ],
    [],
)
