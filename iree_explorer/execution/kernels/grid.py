"""Grids: kernels that ask which workgroup they are run once for each."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table, returns
from iree_explorer.execution.code.steps import Frame, Step
from iree_explorer.execution.fields import integer
from iree_explorer.execution.kernels.affine import AFFINE
from iree_explorer.execution.kernels.arith import ARITH
from iree_explorer.execution.kernels.casts import CASTS
from iree_explorer.execution.kernels.scope import GRID, KernelScope

GRIDS: Table[KernelScope] = Table()
Sizes = tuple[int, int, int]

_ID, _COUNT, _SIZE = (f"stream.dispatch.workgroup.{what}" for what in ("id", "count", "size"))
_ONE = ((0, 0, 0), (1, 1, 1))


def asks_for_place(function: Operation) -> bool:
    """Whether a kernel is written for one workgroup of several."""
    return any(op.name in (_ID, _COUNT) for op in function.walk())


@GRIDS.lowers(_ID, _COUNT)
def _place(op: Operation, scope: KernelScope) -> Step:
    what, dimension, target = int(op.name == _COUNT), integer(op, "dimension"), scope.slot(op.results[0])

    def step(frame: Frame) -> None:
        frame[target] = np.int64((frame[GRID] or _ONE)[what][dimension])

    return step


@GRIDS.lowers(_SIZE)
def _size(op: Operation, scope: KernelScope) -> None:
    """On a CPU, a workgroup is one invocation."""
    scope.constant(op.results[0], np.int64(1))


COUNTS: Table[Scope] = Table(ARITH, CASTS, AFFINE)
"""What occurs where an export computes the sizes of its grid."""
COUNTS.leaves("stream.return")(returns)


@COUNTS.lowers(
    "iree_tensor_ext.dispatch.workgroup_count_from_slice",
    "iree_tensor_ext.dispatch.workgroup_count_split_reduction_modifier",
)
def _from_slice(op: Operation, scope: Scope) -> None:
    """Of kernels that code generation has yet to cut into tiles: here one workgroup does all."""
    for result in op.results:
        scope.constant(result, np.int64(1))


def sizes_of_grid(export: Operation) -> Callable[[Sequence[Any]], Sizes]:
    """The function from a dispatch's workload to the sizes of the grid.

    Raises:
        ExecutionError: the export does not say, or in a way that is not supported.
    """
    region = export.regions[0]
    if region.blocks.first is None:
        raise ExecutionError("a kernel that asks for its workgroup, of an export that does not say how many there are")
    code = Scope(COUNTS).code(region)

    def sizes(workload: Sequence[Any]) -> Sizes:
        x, y, z = (int(size) for size in code(list(workload)))
        return x, y, z

    return sizes
