"""`linalg.index`: the counters of loops as arrays, found in slots."""

from collections.abc import Sequence

import numpy as np
from xdsl.ir import Block

from iree_explorer.execution.code.scope import Scope
from iree_explorer.execution.kernels.plans import enclosing, index_dim
from iree_explorer.execution.values.elements import Array


def ramp(dim: int, sizes: Sequence[int], first: int = 0) -> Array:
    """`first`, `first` + 1, … along `dim`, size 1 along the others."""
    return np.arange(first, first + sizes[dim]).reshape([-1 if d == dim else 1 for d in range(len(sizes))])


def index_slots(scope: Scope, block: Block) -> list[tuple[int, int]]:
    """For each dimension that a `linalg.index` of this very op asks for: the dimension and the slot it is read from."""
    found: dict[int, int] = {}
    for op in block.walk():
        if op.name == "linalg.index" and enclosing(op) is block.parent:
            dim = index_dim(op)
            if dim not in found:
                found[dim] = scope.new_slot()
            scope.slots[op.results[0]] = found[dim]
    return list(found.items())
