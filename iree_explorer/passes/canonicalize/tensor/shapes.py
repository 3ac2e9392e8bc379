"""Rules of `tensor.*` ops on shapes. # MLIR: TensorOps.cpp; IREE: UtilDialect.cpp, FlowOpFolders.cpp."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, IntegerAttr, TensorType
from xdsl.ir import Attribute, Operation, OpResult, Region, SSAValue

from iree_explorer.analysis.values import InsertionPoint
from iree_explorer.dialects.tensor import CastOp, DimOp, EmptyOp, GenerateOp, InsertOp, RankOp
from iree_explorer.dialects.tensor.slices import ExtractSliceOp, InsertSliceOp
from iree_explorer.ir.interfaces import ShapeAwareOpInterface
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.facts.shapes import known_dims, says_as_much
from iree_explorer.passes.canonicalize.facts.slices import Slice, known_sizes, mixed_sizes, static_numbers, values_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands
from iree_explorer.passes.canonicalize.tensor.building import cast, tensor_like


def _fold_rank(op: RankOp) -> Folded | None:
    """The rank is in the type."""
    shape = shape_of(op.tensor.type)
    return None if shape is None else (_index(len(shape)),)


def _index(number: int) -> IntegerAttr[IndexType]:
    return IntegerAttr(number, IndexType())


# --- tensor.dim ---


def _fold_dim(op: DimOp) -> Folded | None:
    """A static dimension is in the type; ops that make tensors say the others."""
    number, shape = constant_integer(op.index), shape_of(op.source.type)
    if shape is None or number is None or not 0 <= number < len(shape):
        return None
    if shape[number] != DYNAMIC_INDEX:
        return (_index(shape[number]),)
    source = definition(op.source)
    if isinstance(source, GenerateOp):
        return (_dynamic(shape, number, source.dynamic_extents),)
    if isinstance(source, ExtractSliceOp) and len(shape_of(source.source.type) or ()) == len(shape):
        size = Slice.of(source).sizes[number]
        return (size,) if isinstance(size, SSAValue) else None
    if isinstance(source, CastOp) and says_as_much(source.source.type, source.dest.type):
        set_operands(op, {0: source.source})
        return ()
    return None


def _dynamic(shape: tuple[int, ...], number: int, sizes: Sequence[SSAValue]) -> SSAValue:
    """The value of a dynamic dimension among the sizes of all of them."""
    return sizes[shape[:number].count(DYNAMIC_INDEX)]


def _dynamic_number(op: DimOp) -> int | None:
    """The number of the dimension that is asked for, where it is known which and the type does not say how long it is."""
    number, shape = constant_integer(op.index), shape_of(op.source.type)
    is_dynamic = (
        shape is not None and number is not None and number in range(len(shape)) and shape[number] == DYNAMIC_INDEX
    )
    return number if is_dynamic else None


def _replace_by(op: DimOp, number: int, sizes: Sequence[SSAValue], rewriter: Rewriter) -> bool:
    shape = shape_of(op.source.type)
    assert shape is not None
    if len(sizes) != shape.count(DYNAMIC_INDEX):
        return False
    rewriter.replace_op(op, (_dynamic(shape, number, sizes),))
    return True


@pattern("FoldDimOp", root="tensor.dim")
def _fold_dim_of_shape_aware(op: DimOp, rewriter: Rewriter) -> bool:
    """An op that makes a tensor of dynamic dimensions is given them."""
    source, number = definition(op.source), _dynamic_number(op)
    if not isinstance(source, ShapeAwareOpInterface) or number is None:
        return False
    return _replace_by(op, number, source.result_dynamic_dims(_result_number(op.source)), rewriter)


def _result_number(value: SSAValue) -> int:
    assert isinstance(value, OpResult)
    return value.index


@pattern("ResolveShapedDim", root="tensor.dim")
def _resolve_shaped_dim(op: DimOp, rewriter: Rewriter) -> bool:
    """A dimension is what the op that makes the tensor's storage, or one that uses the tensor, says."""
    number = _dynamic_number(op)
    assert op.parent is not None
    point = InsertionPoint(op.parent, op, rewriter.order)
    sizes = None if number is None else next(known_dims(op.source, point), None)
    return number is not None and sizes is not None and _replace_by(op, number, sizes, rewriter)


@pattern("DimOfCastOp")
def _dim_of_cast(op: DimOp, rewriter: Rewriter) -> bool:
    """A cast changes no dimension."""
    source = definition(op.source)
    if not isinstance(source, CastOp):
        return False
    rewriter.replace_op_with(op, DimOp.create(operands=[source.source, op.index], result_types=[IndexType()]))
    return True


@pattern("DimOfDestStyleOp")
def _dim_of_destination_style(op: DimOp, rewriter: Rewriter) -> bool:
    """What goes into a tensor's place has its dimensions."""
    source = definition(op.source)
    place = None if source is None else _place_of(source, _result_number(op.source))
    if place is None:
        return False
    rewriter.set_operand(op, 0, place)
    return True


def _place_of(op: Operation, result: int) -> SSAValue | None:
    """The tensor in whose place a result goes. # MLIR: DestinationStyleOpInterface::getTiedOpOperand."""
    if isinstance(op, InsertOp | InsertSliceOp):
        return op.dest
    if op.dialect_name() not in ("linalg", "iree_linalg_ext"):
        return None
    outputs: Sequence[SSAValue] = getattr(op, "outputs", ())
    return outputs[result] if len(outputs) == len(op.results) else None


@pattern("FoldTensorEmptyWithDimOp", root="tensor.dim")
def _dim_of_empty(op: DimOp, rewriter: Rewriter) -> bool:
    """A dimension of an empty tensor is the one that it is given."""
    source, number = definition(op.source), _dynamic_number(op)
    if not isinstance(source, EmptyOp) or number is None:
        return False
    return _replace_by(op, number, source.dynamic_sizes, rewriter)


# --- tensor.cast ---


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
    if any(len(known_sizes) > 1 for known_sizes in sizes):
        return None
    return tuple(next(iter(known_sizes), DYNAMIC_INDEX) for known_sizes in sizes)


@pattern("FoldTensorEmptyWithCastOp", root="tensor.cast")
def _cast_of_empty(op: CastOp, rewriter: Rewriter) -> bool:
    """An empty tensor is made with the shape that it is cast to, where that says more."""
    source, type_ = definition(op.source), op.dest.type
    if not isinstance(source, EmptyOp) or not says_as_much(type_, op.source.type):
        return False
    sizes = zip(mixed_sizes(op.source, source.dynamic_sizes), shape_of(type_) or (), strict=True)
    dynamic = [size for size, to in sizes if to == DYNAMIC_INDEX and isinstance(size, SSAValue)]
    rewriter.replace_op_with(op, EmptyOp(dynamic, type_))
    return True


# --- tensor.empty, generate ---


def _with_constant_dims(
    tensor: SSAValue, dynamic: Sequence[SSAValue]
) -> tuple[TensorType[Attribute], list[SSAValue]] | None:
    """The type with the dynamic dimensions that are constants, and the values for the others; None: none is constant."""
    sizes = known_sizes(tensor, dynamic)
    left = values_of(sizes)
    return None if len(left) == len(dynamic) else (tensor_like(tensor.type, static_numbers(sizes)), left)


@pattern("ReplaceEmptyTensorStaticShapeDims")
def _empty_of_constant_dims(op: EmptyOp, rewriter: Rewriter) -> bool:
    """Constant dimensions go into the type."""
    found = _with_constant_dims(op.result, op.dynamic_sizes)
    if found is None:
        return False
    type_, dynamic = found
    new = rewriter.insert(EmptyOp(dynamic, type_))
    rewriter.replace_op_with(op, cast(new.result, op.result.type))
    return True


@pattern("StaticTensorGenerate")
def _generate_of_constant_dims(op: GenerateOp, rewriter: Rewriter) -> bool:
    """Constant dimensions go into the type."""
    found = _with_constant_dims(op.result, op.dynamic_extents)
    if found is None:
        return False
    type_, dynamic = found
    new = rewriter.insert(GenerateOp.create(operands=dynamic, result_types=[type_], regions=[Region()]))
    op.body.move_blocks(new.body)
    rewriter.replace_op_with(op, cast(new.result, op.result.type))
    return True


RULES = (
    OpRules("flow.tensor.reshape", (_resolve_shaped_dim,)),
    OpRules("tensor.cast", (_chained_cast,), _fold_cast),
    OpRules("tensor.dim", (_dim_of_cast, _dim_of_destination_style), _fold_dim),
    OpRules("tensor.empty", (_cast_of_empty, _dim_of_empty, _empty_of_constant_dims)),
    OpRules("tensor.generate", (_generate_of_constant_dims,)),
    OpRules("tensor.rank", fold=_fold_rank),
    OpRules("util.*", (_fold_dim_of_shape_aware,)),
)
