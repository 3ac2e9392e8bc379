"""How each output of a structured op can be made of whole arrays: what its body folds with, and which products it sums."""

from dataclasses import dataclass

from xdsl.ir import Block, BlockArgument, Operation, Region, SSAValue

from iree_explorer.execution.fields import integer
from iree_explorer.execution.kernels.combiners import NEUTRAL, Combiner, combiner
from iree_explorer.execution.kernels.contraction import Contraction
from iree_explorer.execution.kernels.space import Access
from iree_explorer.execution.values.elements import element_of

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


def enclosing(op: Operation) -> Region | None:
    """The region of the structured op that a `linalg.index` belongs to."""
    parent = op.parent_op()
    while parent is not None and not parent.name.startswith(("linalg.", "iree_linalg_ext.")):
        op, parent = parent, parent.parent_op()
    return op.parent.parent if op.parent is not None else None


@dataclass(frozen=True, slots=True)
class Plan:
    """How one output can be made of whole arrays.

    Attributes:
        access: of the output.
        term: the value that is stored or folded; of a contraction the left factor.
        fold: how terms are folded; None stores the term.
        factor: of a contraction the right factor.
        contraction: how products are summed.
        skipped: ops of the body that the fold stands for.
    """

    access: Access
    term: SSAValue
    fold: Combiner | None = None
    factor: SSAValue | None = None
    contraction: Contraction | None = None
    skipped: tuple[Operation, ...] = ()

    @property
    def terms(self) -> tuple[SSAValue, ...]:
        """Values of the body that are needed after it."""
        return (self.term,) if self.factor is None else (self.term, self.factor)


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
    if not isinstance(op, Operation) or len(op.operands) != 2 or not value.has_one_use():
        return None
    fold = combiner(op.name, element_of(value.type))
    if fold is None:
        return None
    for accumulator, term in (op.operands, tuple(reversed(op.operands))):
        is_own = isinstance(accumulator, BlockArgument) and accumulator.index == len(shape.inputs) + number
        if is_own and accumulator.has_one_use() and not facts.accumulators_of(term):
            return op, term, fold
    return None


def _contraction_of(
    op: Operation, term: SSAValue, fold: Combiner, access: Access, shape: Shape, facts: Dependence
) -> Plan | None:
    """The plan for a sum of products of values that do not both vary along all loops."""
    product = term.owner
    if not isinstance(product, Operation) or product.name != _PRODUCTS.get(op.name) or not term.has_one_use():
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


def starts_neutral(plan: Plan, initial: SSAValue) -> bool:
    """Whether a fold of floats starts from the number that changes nothing, so that it need not be looked at."""
    if plan.fold is None or not plan.fold.element.is_float:
        return False
    number = filled_with(initial)
    return number is not None and number == NEUTRAL.get(plan.fold.ufunc)


def filled_with(value: SSAValue) -> float | None:
    """The float that all elements of a tensor are, where that shows in the IR: a fill, or an op whose body yields a constant."""
    op = value.owner
    if not isinstance(op, Operation) or not op.name.startswith("linalg."):
        return None
    scalar: SSAValue | None = None
    if op.name == "linalg.fill" and op.operands:
        scalar = op.operands[0]
    elif op.name == "linalg.generic" and len(op.results) == 1 and (block := op.regions[0].blocks.first) is not None:
        scalar = block.last_op.operands[0] if block.last_op is not None else None
    source = scalar.owner if scalar is not None else None
    if not isinstance(source, Operation) or source.name != "arith.constant":
        return None
    data = getattr(getattr(source.properties.get("value"), "value", None), "data", None)
    return data if isinstance(data, float) else None
