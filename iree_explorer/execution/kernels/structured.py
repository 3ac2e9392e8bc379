"""Structured ops (`linalg.generic` and all that means the same) over whole arrays.

The body is evaluated once on arrays that broadcast over the loop dimensions. A result that folds over loops is recognised by
the op that combines the accumulator with a term: sums of products become matrix products, other folds ufunc reductions.
Only a body that does anything else with its accumulator runs once per point of the reduced loops, whole arrays at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from xdsl.ir import Block, BlockArgument, Operation, Region, SSAValue

from iree_explorer.execution.elements import Array, element_of
from iree_explorer.execution.fields import integer
from iree_explorer.execution.kernels.combiners import Combiner, combiner
from iree_explorer.execution.kernels.contraction import Contraction
from iree_explorer.execution.kernels.space import Access, Space, points
from iree_explorer.execution.program import Frame, Scope, Step, Steps, single_block

_PRODUCTS = {"arith.addf": "arith.mulf", "arith.addi": "arith.muli", "complex.add": "complex.mul"}


@dataclass(frozen=True, slots=True)
class Shape:
    """The parts of a structured op that do not depend on its body."""

    inputs: tuple[Access, ...]
    outputs: tuple[Access, ...]

    @property
    def rank(self) -> int:
        """Number of loop dimensions."""
        return self.outputs[0].rank


class Dependence:
    """What each value of a body depends on: loop dimensions, and accumulators (by output number)."""

    def __init__(self, block: Block, shape: Shape) -> None:
        self.dims: dict[SSAValue, frozenset[int]] = {}
        self.accumulators: dict[SSAValue, frozenset[int]] = {}
        self._block = block
        count = len(shape.inputs)
        for number, argument in enumerate(block.args):
            is_input = number < count
            access = shape.inputs[number] if is_input else shape.outputs[number - count]
            self.dims[argument] = access.dims
            self.accumulators[argument] = frozenset() if is_input else frozenset({number - count})
        for op in block.ops:
            self._visit(op)

    def _visit(self, op: Operation) -> None:
        used = list(op.operands)
        for inner in op.walk():
            used += inner.operands
        dims = frozenset[int]().union(*(self.dims.get(value, frozenset()) for value in used))
        for inner in op.walk():
            if inner.name == "linalg.index":
                dims |= {index_dim(inner)}
        accumulators = frozenset[int]().union(*(self.accumulators.get(value, frozenset()) for value in used))
        for result in op.results:
            self.dims[result] = dims
            self.accumulators[result] = accumulators

    def dims_of(self, value: SSAValue) -> frozenset[int]:
        """Loop dimensions along which the value may vary."""
        return self.dims.get(value, frozenset())

    def accumulators_of(self, value: SSAValue) -> frozenset[int]:
        """Outputs whose current value it reads."""
        return self.accumulators.get(value, frozenset())


def index_dim(op: Operation) -> int:
    """The dimension of a `linalg.index`."""
    return integer(op, "dim")


@dataclass(frozen=True, slots=True)
class Finish:
    """How one output is made once the terms are known.

    Attributes:
        access: of the output.
        term: slot of the value that is stored or folded; for a contraction, of the left factor.
        fold: None stores the term.
        factor: slot of the right factor of a contraction.
        contraction: how to sum the products.
    """

    access: Access
    term: int
    fold: Combiner | None = None
    factor: int = 0
    contraction: Contraction | None = None

    def __call__(self, frame: Frame, initial: Array, sizes: tuple[int, ...]) -> Array:
        """The output."""
        term = np.asarray(frame[self.term])
        if self.fold is None:
            return self.access.arrange(np.broadcast_to(term, sizes))
        start = _ascending(self.access, initial)
        if self.contraction is not None:
            factor = np.asarray(frame[self.factor])
            left, right = _full_rank(term, len(sizes)), _full_rank(factor, len(sizes))
            return self.access.arrange(self.contraction(start, left, right, sizes))
        axes = tuple(dim for dim in range(len(sizes)) if dim not in self.access.dims)
        return self.access.arrange(self.fold.fold(start, np.broadcast_to(term, sizes), axes))


def _full_rank(array: Array, rank: int) -> Array:
    return array.reshape((1,) * rank) if array.ndim == 0 else array


def _ascending(access: Access, array: Array) -> Array:
    """An output's initial value over its loop dimensions alone, ascending."""
    named = [dim for dim in access.bare_dims if dim is not None]
    if len(named) != len(access.bare_dims):
        array = array[tuple(0 if dim is None else slice(None) for dim in access.bare_dims)]
    return array.transpose([int(i) for i in np.argsort(named)])


class Vectorised:
    """A body whose terms are evaluated once over whole arrays."""

    def __init__(self, scope: Scope, block: Block, shape: Shape, finishes: list["Plan"]) -> None:
        skipped = {op for plan in finishes for op in plan.skipped}
        ops = [op for op in block.ops if op is not block.last_op and op not in skipped]
        self.space = Space((*shape.inputs, *shape.outputs), len(shape.outputs))
        self.accesses = (*shape.inputs, *shape.outputs)
        self.used = _used(block)
        self.arguments = scope.slots_of(block.args)
        self.indices = index_slots(scope, block)
        self.steps: Steps = scope.steps(ops)
        self.finishes = tuple(plan.finish(scope) for plan in finishes)
        self.outputs = len(shape.inputs)

    def __call__(self, frame: Frame, operands: Sequence[Array]) -> list[Array]:
        """The outputs for inputs and initial outputs, in order."""
        sizes = self.space.sizes(operands)
        for number in self.used:
            frame[self.arguments[number]] = self.accesses[number].view(operands[number], sizes)
        for dim, slot in self.indices:
            frame[slot] = ramp(dim, sizes)
        self.steps.run(frame)
        return [finish(frame, operands[self.outputs + i], sizes) for i, finish in enumerate(self.finishes)]


def _used(block: Block) -> tuple[int, ...]:
    return tuple(number for number, argument in enumerate(block.args) if argument.first_use is not None)


def ramp(dim: int, sizes: Sequence[int]) -> Array:
    """0, 1, … along `dim`, size 1 along the others."""
    return np.arange(sizes[dim]).reshape([-1 if d == dim else 1 for d in range(len(sizes))])


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


def enclosing(op: Operation) -> Region | None:
    """The region of the structured op that a `linalg.index` belongs to."""
    parent = op.parent_op()
    while parent is not None and not parent.name.startswith(("linalg.", "iree_linalg_ext.")):
        op, parent = parent, parent.parent_op()
    return op.parent.parent if op.parent is not None else None


class PointByPoint:
    """A body that uses its accumulator in its own way: run once per point of the reduced loops."""

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


@dataclass(frozen=True, slots=True)
class Plan:
    """How one output can be made of whole arrays: which body values are terms, which ops the fold stands for."""

    access: Access
    term: SSAValue
    fold: Combiner | None = None
    factor: SSAValue | None = None
    contraction: Contraction | None = None
    skipped: tuple[Operation, ...] = ()

    def finish(self, scope: Scope) -> Finish:
        """The same with slots."""
        factor = scope.slot(self.factor) if self.factor is not None else 0
        return Finish(self.access, scope.slot(self.term), self.fold, factor, self.contraction)


def plan_output(shape: Shape, number: int, value: SSAValue, facts: Dependence) -> Plan | None:
    """The plan for one output; None where its body must run point by point."""
    access = shape.outputs[number]
    if not access.is_projection:
        return None
    if len(access.dims) == shape.rank:
        return Plan(access, value)
    if not facts.accumulators_of(value):
        return None
    folded = _fold_of(value, number, shape, facts)
    if folded is None:
        return None
    op, term, fold = folded
    return _contraction_of(op, term, fold, access, shape, facts) or Plan(access, term, fold, skipped=(op,))


def _fold_of(
    value: SSAValue, number: int, shape: Shape, facts: Dependence
) -> tuple[Operation, SSAValue, Combiner] | None:
    """The op that folds, its term, and how: for `value = fold(accumulator, term)`."""
    op = value.owner
    if not isinstance(op, Operation) or len(op.operands) != 2 or not _is_used_once(value):
        return None
    fold = combiner(op.name, element_of(value.type))
    if fold is None:
        return None
    for accumulator, term in (op.operands, tuple(reversed(op.operands))):
        is_own = isinstance(accumulator, BlockArgument) and accumulator.index == len(shape.inputs) + number
        if is_own and _is_used_once(accumulator) and not facts.accumulators_of(term):
            return op, term, fold
    return None


def _is_used_once(value: SSAValue) -> bool:
    return value.has_one_use()


def _contraction_of(
    op: Operation, term: SSAValue, fold: Combiner, access: Access, shape: Shape, facts: Dependence
) -> Plan | None:
    """The plan for a sum of products of values that do not both vary along all loops."""
    product = term.owner
    if not isinstance(product, Operation) or product.name != _PRODUCTS.get(op.name) or not _is_used_once(term):
        return None
    left, right = product.operands
    dims = facts.dims_of(left), facts.dims_of(right)
    reduced = frozenset(range(shape.rank)) - access.dims
    if not (dims[0] & dims[1] & reduced) or dims[0] == dims[1]:
        return None
    bits = magnitude_bits(left) + magnitude_bits(right)
    contraction = Contraction.of(*dims, access.dims, shape.rank, fold.element, bits)
    return Plan(access, left, fold, right, contraction, (op, product))


def magnitude_bits(value: SSAValue, depth: int = 4) -> int:
    """Bits that the absolute value of an integer surely fits, by how it was extended."""
    element = element_of(value.type)
    op = value.owner
    if not element.is_integer or not isinstance(op, Operation) or depth == 0:
        return element.bits
    if op.name in ("arith.extsi", "arith.extui", "arith.index_cast"):
        return min(element.bits, magnitude_bits(op.operands[0], depth - 1) + 1)
    if op.name in ("arith.addi", "arith.subi"):
        return min(element.bits, 1 + max(magnitude_bits(operand, depth - 1) for operand in op.operands))
    return element.bits


def structured(scope: Scope, op: Operation, shape: Shape, region: Region, operands: Sequence[SSAValue]) -> Step:
    """The step of a structured op with a body; `operands` are its inputs, then its outputs."""
    block = single_block(region)
    facts = Dependence(block, shape)
    assert block.last_op is not None
    plans = [plan_output(shape, number, value, facts) for number, value in enumerate(block.last_op.operands)]
    whole = [plan for plan in plans if plan is not None]
    run = Vectorised(scope, block, shape, whole) if len(whole) == len(plans) else PointByPoint(scope, block, shape)
    sources, targets = scope.slots_of(operands), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        values = [np.asarray(frame[slot]) for slot in sources]
        for slot, value in zip(targets, run(frame, values), strict=True):
            frame[slot] = value

    return step
