"""Rules of `tensor.*` ops on shapes that are known. # MLIR: TensorOps.cpp.

Those of slices, pads and elements are not here.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseIntOrFPElementsAttr, IndexType, IntegerAttr
from xdsl.dialects.tensor import CastOp, DimOp, ExtractOp, FromElementsOp
from xdsl.ir import Attribute, SSAValue

from iree_explorer.dialects.tensor import EmptyOp, GenerateOp, RankOp
from iree_explorer.dialects.type_constraints import shape_of
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.elements import element_of, element_place
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.syntax.dense import is_splat


def _fold_rank(op: RankOp) -> Folded | None:
    """The rank is in the type."""
    shape = shape_of(op.tensor.type)
    return None if shape is None else (_index(len(shape)),)


def _fold_dim(op: DimOp) -> Folded | None:
    """A static dimension is in the type; a generated tensor has those that it is given."""
    shape, number = shape_of(op.source.type), constant_integer(op.index)
    if shape is None or number is None or not 0 <= number < len(shape):
        return None
    if shape[number] != DYNAMIC_INDEX:
        return (_index(shape[number]),)
    source = definition(op.source)
    return (_dynamic(shape, number, source.dynamic_extents),) if isinstance(source, GenerateOp) else None


def _index(number: int) -> IntegerAttr[IndexType]:
    return IntegerAttr(number, IndexType())


def _dynamic(shape: tuple[int, ...], number: int, sizes: Sequence[SSAValue]) -> SSAValue:
    """The value of a dynamic dimension among the sizes of all of them."""
    return sizes[shape[:number].count(DYNAMIC_INDEX)]


@pattern("FoldTensorEmptyWithDimOp", root="tensor.dim")
def _dim_of_empty(op: DimOp, rewriter: Rewriter) -> bool:
    """A dimension of an empty tensor is the one that it is given."""
    source, shape, number = definition(op.source), shape_of(op.source.type), constant_integer(op.index)
    if not isinstance(source, EmptyOp) or shape is None or number is None or not 0 <= number < len(shape):
        return False
    if shape[number] != DYNAMIC_INDEX:
        return False
    rewriter.replace_op(op, (_dynamic(shape, number, source.dynamic_sizes),))
    return True


@pattern("DimOfCastOp")
def _dim_of_cast(op: DimOp, rewriter: Rewriter) -> bool:
    """A cast changes no dimension."""
    source = definition(op.source)
    if not isinstance(source, CastOp):
        return False
    rewriter.replace_op_with(op, DimOp(source.source, op.index))
    return True


def _fold_cast(op: CastOp) -> Folded | None:
    """A cast to the type that it has."""
    return (op.source,) if op.source.type == op.dest.type else None


@pattern("ChainedTensorCast")
def _chained_cast(op: CastOp, rewriter: Rewriter) -> bool:
    """Of two casts one is left, where no size is checked by the first alone."""
    source = definition(op.source)
    if not isinstance(source, CastOp):
        return False
    joined = _joined(source.source.type, op.source.type, op.dest.type)
    if joined is None or joined != _joined(source.source.type, op.dest.type):
        return False
    rewriter.replace_op_with(op, CastOp.create(operands=[source.source], result_types=[op.dest.type]))
    return True


def _joined(*types: Attribute) -> tuple[int, ...] | None:
    """What several types of one tensor say of its shape together; None: they contradict each other."""
    shapes = [shape for type_ in types if (shape := shape_of(type_)) is not None]
    if len({len(shape) for shape in shapes}) > 1:
        return None
    sizes = [{size for size in dims if size != DYNAMIC_INDEX} for dims in zip(*shapes, strict=True)]
    if any(len(known) > 1 for known in sizes):
        return None
    return tuple(next(iter(known), DYNAMIC_INDEX) for known in sizes)


def _fold_extract(op: ExtractOp) -> Folded | None:
    """An element of what elements were put together to, or of a constant."""
    source, shape = definition(op.tensor), shape_of(op.tensor.type)
    numbers = [constant_integer(index) for index in op.indices]
    known = [number for number in numbers if number is not None]
    place = None if shape is None or len(known) < len(numbers) else element_place(shape, known)
    if isinstance(source, FromElementsOp):
        return None if place is None else (source.elements[place],)
    constant = constant_value(op.tensor)
    if not isinstance(constant, DenseIntOrFPElementsAttr) or (place is None and not is_splat(constant)):
        return None
    return (element_of(constant, place or 0),)


RULES = (
    OpRules("tensor.cast", (_chained_cast,), _fold_cast),
    OpRules("tensor.dim", (_dim_of_cast,), _fold_dim),
    OpRules("tensor.empty", (_dim_of_empty,)),
    OpRules("tensor.extract", fold=_fold_extract),
    OpRules("tensor.rank", fold=_fold_rank),
)
