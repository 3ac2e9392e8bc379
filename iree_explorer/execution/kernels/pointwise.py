"""Bodies that use their accumulator in their own way: run once per point of the reduced loops, whole arrays at a time."""

from collections.abc import Sequence

from xdsl.ir import Block

from iree_explorer.execution.code.scope import Scope
from iree_explorer.execution.code.steps import Frame
from iree_explorer.execution.kernels.indices import index_slots, ramp
from iree_explorer.execution.kernels.plans import Shape
from iree_explorer.execution.kernels.space import Space, points
from iree_explorer.execution.values.elements import Array


class PointByPoint:
    """The code of such an op."""

    def __init__(self, scope: Scope, block: Block, shape: Shape) -> None:
        self.space = Space((*shape.inputs, *shape.outputs), len(shape.outputs))
        self.accesses = (*shape.inputs, *shape.outputs)
        self.inputs = len(shape.inputs)
        self.arguments = scope.slots_of(block.args)
        self.indices = index_slots(scope, block)
        self.steps = scope.steps(op for op in block.ops if op is not block.last_op)
        assert block.last_op is not None
        self.yields = scope.slots_of(block.last_op.operands)
        kept = frozenset(range(shape.rank)).intersection(*(access.dims for access in shape.outputs))
        self.reduced = tuple(dim for dim in range(shape.rank) if dim not in kept)

    def __call__(self, frame: Frame, operands: Sequence[Array]) -> list[Array]:
        """The outputs for inputs and initial outputs, in order."""
        sizes = self.space.sizes(operands)
        views = [
            access.view(array, sizes) for access, array in zip(self.accesses[: self.inputs], operands, strict=False)
        ]
        totals = [array.copy() for array in operands[self.inputs :]]
        targets = [
            access.view(array, sizes) for access, array in zip(self.accesses[self.inputs :], totals, strict=True)
        ]
        views += targets
        for dim, slot in self.indices:
            frame[slot] = ramp(dim, sizes)
        ramps = {dim: frame[slot] for dim, slot in self.indices}
        for point in points(sizes, self.reduced):
            self._point(frame, views, targets, point, ramps)
        return totals

    def _point(
        self, frame: Frame, views: list[Array], targets: list[Array], point: tuple[int, ...], ramps: dict[int, Array]
    ) -> None:
        where = dict(zip(self.reduced, point, strict=True))
        for slot, view in zip(self.arguments, views, strict=True):
            frame[slot] = _slice(view, where)
        for dim, slot in self.indices:
            frame[slot] = _slice(ramps[dim], where)
        self.steps.run(frame)
        for target, slot in zip(targets, self.yields, strict=True):
            _slice(target, where)[...] = frame[slot]


def _slice(array: Array, where: dict[int, int]) -> Array:
    """The array at a point of some dims, which stay with size 1; dims of size 1 broadcast."""
    index: list[slice] = [slice(None)] * array.ndim
    for dim, place in where.items():
        if array.shape[dim] != 1:
            index[dim] = slice(place, place + 1)
    return array[tuple(index)]
