"""Rules of `tensor.*` ops on elements. # MLIR: TensorOps.cpp."""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseIntOrFPElementsAttr, TensorType
from xdsl.ir import Attribute, SSAValue

from iree_explorer.dialects.tensor import CastOp, ExtractOp, FromElementsOp, GenerateOp, InsertOp, SplatOp
from iree_explorer.ir.interfaces.effects import would_be_trivially_dead
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.elements import dense_of, element_of, element_place
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.tensor.building import as_type
from iree_explorer.syntax.dense import is_splat

# --- tensor.extract ---


def _fold_extract(op: ExtractOp) -> Folded | None:
    """An element of what elements were put together to, of a constant, or the one that was put in."""
    source, shape = definition(op.tensor), shape_of(op.tensor.type)
    numbers = [constant_integer(index) for index in op.indices]
    known = [number for number in numbers if number is not None]
    place = None if shape is None or len(known) < len(numbers) else element_place(shape, known)
    if isinstance(source, FromElementsOp):
        return None if place is None else (source.elements[place],)
    if isinstance(source, InsertOp) and len(known) == len(numbers):
        return (source.scalar,) if known == [constant_integer(index) for index in source.indices] else None
    constant = constant_value(op.tensor)
    if not isinstance(constant, DenseIntOrFPElementsAttr) or (place is None and not is_splat(constant)):
        return None
    return (element_of(constant, place or 0),)


@pattern("ExtractFromTensorCast")
def _extract_from_cast(op: ExtractOp, rewriter: Rewriter) -> bool:
    """A cast changes no element."""
    source = definition(op.tensor)
    if not isinstance(source, CastOp) or not isinstance(source.source.type, TensorType):
        return False
    rewriter.replace_op_with(op, ExtractOp.create(operands=[source.source, *op.indices], result_types=[op.result.type]))
    return True


@pattern("ExtractFromTensorGenerate", root="tensor.extract")
def _extract_from_generate(op: ExtractOp, rewriter: Rewriter) -> bool:
    """Computes the one element alone."""
    source = definition(op.tensor)
    if not isinstance(source, GenerateOp) or not would_be_trivially_dead(source):
        return False
    values: dict[SSAValue, SSAValue] = dict(zip(source.body.block.args, op.indices, strict=True))
    *ops, last = source.body.block.ops
    for inner in ops:
        copy = rewriter.insert(inner.clone(values))
        values.update(zip(inner.results, copy.results, strict=True))
    element = last.operands[0]
    rewriter.replace_op(op, (values.get(element, element),))
    return True


# --- tensor.from_elements, insert, splat ---


def _fold_from_elements(op: FromElementsOp) -> Folded | None:
    """Constant elements are a constant tensor."""
    elements = [constant_value(element) for element in op.elements]
    known = [element for element in elements if element is not None]
    return _constant(op.result.type, known) if len(known) == len(elements) else None


def _constant(type_: Attribute, elements: list[Attribute]) -> Folded | None:
    assert isinstance(type_, TensorType)
    made = None if DYNAMIC_INDEX in type_.get_shape() else dense_of(type_, elements)
    return None if made is None else (made,)


def _fold_splat(op: SplatOp) -> Folded | None:
    """A constant all over is a constant tensor."""
    value = constant_value(op.input)
    return None if value is None else _constant(op.aggregate.type, [value])


def _fold_insert(op: InsertOp) -> Folded | None:
    """A constant tensor holds the element already, as all its elements are the same."""
    scalar, tensor = constant_value(op.scalar), constant_value(op.dest)
    if scalar is None or not isinstance(tensor, DenseIntOrFPElementsAttr) or not is_splat(tensor):
        return None
    return (tensor,) if element_of(tensor, 0) == scalar else None


@pattern("FoldTensorCastProducerOp", root="tensor.insert")
def _insert_into_cast(op: InsertOp, rewriter: Rewriter) -> bool:
    """Changes a tensor before it is cast to a type that says less."""
    source = definition(op.dest)
    if not isinstance(source, CastOp) or not says_as_much(source.source.type, source.dest.type):
        return False
    new = InsertOp.create(operands=[op.scalar, source.source, *op.indices], result_types=[source.source.type])
    rewriter.replace_op(op, (as_type(rewriter.insert(new).result, op.result.type, rewriter),))
    return True


RULES = (
    OpRules("tensor.extract", (_extract_from_cast,), _fold_extract),
    OpRules("tensor.from_elements", fold=_fold_from_elements),
    OpRules("tensor.generate", (_extract_from_generate,)),
    OpRules("tensor.insert", fold=_fold_insert),
    OpRules("tensor.splat", fold=_fold_splat),
    OpRules("tensor.*", (_insert_into_cast,)),
)
