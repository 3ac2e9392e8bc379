"""Rules of `memref.*` ops that make, copy, read and write buffers. # MLIR: MemRefOps.cpp."""

from __future__ import annotations

from typing import Any

from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, IntegerAttr, MemRefType
from xdsl.dialects.memref import DeallocOp, ViewOp
from xdsl.ir import Attribute, Operation, OpResult, SSAValue

from iree_explorer.dialects.memref.layouts import layout_of
from iree_explorer.dialects.memref.ops import AllocLikeOp, CastOp, CopyOp, MemorySpaceCastOp, RankOp, StoreOp
from iree_explorer.dialects.memref.views import DimOp, SubviewOp
from iree_explorer.ir.interfaces import ShapeAwareOpInterface
from iree_explorer.ir.storage import users_of
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much as is_known_as_well
from iree_explorer.passes.canonicalize.facts.slices import known_sizes, static_numbers, values_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands


def _fold_casts(op: Operation) -> Folded | None:
    """Uses a buffer as it is, not as what it was cast to. # MLIR: foldMemRefCast."""
    sources = {
        number: cast.source
        for number, operand in enumerate(op.operands)
        if isinstance(cast := definition(operand), CastOp) and isinstance(cast.source.type, MemRefType)
    }
    set_operands(op, sources)
    return () if sources else None


def _fold_rank(op: RankOp) -> Folded | None:
    """The rank is in the type."""
    shape = shape_of(op.memref.type)
    return None if shape is None else (IntegerAttr(len(shape), IndexType()),)


# --- memref.dim ---


def _fold_dim(op: DimOp) -> Folded | None:
    """A static dimension is in the type; an allocation, or a part, is given the others."""
    number, shape = constant_integer(op.index), shape_of(op.source.type)
    if shape is None or number is None or not 0 <= number < len(shape):
        return None
    if shape[number] != DYNAMIC_INDEX:
        return (IntegerAttr(shape[number], IndexType()),)
    source = definition(op.source)
    if isinstance(source, AllocLikeOp):
        return (source.dynamic_sizes[shape[:number].count(DYNAMIC_INDEX)],)
    if isinstance(source, SubviewOp | ViewOp):
        return (source.sizes[shape[:number].count(DYNAMIC_INDEX)],)
    return _fold_casts(op)


@pattern("FoldDimOp", root="memref.dim")
def _fold_dim_of_shape_aware(op: DimOp, rewriter: Rewriter) -> bool:
    """An op that makes a buffer of dynamic dimensions is given them."""
    source, number, shape = op.source, constant_integer(op.index), shape_of(op.source.type)
    if not isinstance(source, OpResult) or not isinstance(source.op, ShapeAwareOpInterface):
        return False
    if shape is None or number is None or not 0 <= number < len(shape):
        return False
    sizes = source.op.result_dynamic_dims(source.index)
    rewriter.replace_op(op, (sizes[shape[:number].count(DYNAMIC_INDEX)],))
    return True


# --- memref.cast, memory_space_cast ---


def _fold_cast(op: CastOp) -> Folded | None:
    """A cast to the type that it has; of two casts one is left."""
    return _fold_casts(op) or ((op.source,) if op.source.type == op.dest.type else None)


def _fold_memory_space_cast(op: MemorySpaceCastOp) -> Folded | None:
    """Of two casts one is left."""
    source = definition(op.source)
    if not isinstance(source, MemorySpaceCastOp):
        return (op.source,) if op.source.type == op.dest.type else None
    set_operands(op, {0: source.source})
    return ()


# --- memref.alloc, alloca ---


@pattern("SimplifyAllocConst")
def _allocate_constant_sizes(op: AllocLikeOp, rewriter: Rewriter) -> bool:
    """Constant sizes go into the type."""
    type_ = op.memref.type
    assert isinstance(type_, MemRefType)
    sizes = known_sizes(op.memref, op.dynamic_sizes)
    dynamic = values_of(sizes)
    if len(dynamic) == len(op.dynamic_sizes):
        return False
    alignment: Any = {} if op.alignment is None else {"alignment": op.alignment}
    new = rewriter.insert(
        type(op).build(
            operands=[dynamic, list(op.symbol_operands)],
            result_types=[MemRefType(type_.element_type, static_numbers(sizes), type_.layout, type_.memory_space)],
            properties=alignment,
        )
    )
    rewriter.replace_op_with(op, CastOp.create(operands=[new.memref], result_types=[type_]))
    return True


@pattern("SimplifyDeadAlloc")
def _drop_unread(op: AllocLikeOp, rewriter: Rewriter) -> bool:
    """A buffer that nobody reads need not be written."""
    users = users_of(op.memref)
    if not all(_only_writes(user, op.memref) for user in users):
        return False
    for user in users:
        rewriter.erase_op(user)
    rewriter.erase_op(op)
    return True


def _only_writes(user: Operation, buffer: SSAValue) -> bool:
    return user.name == DeallocOp.name or (isinstance(user, StoreOp) and user.value is not buffer)


# --- memref.copy ---


@pattern("FoldCopyOfCast")
def _copy_before_casts(op: CopyOp, rewriter: Rewriter) -> bool:
    """Copies from and to buffers as they are, where their types say more than those of their casts."""
    sources = {
        number: cast.source
        for number, operand in enumerate(op.operands)
        if isinstance(cast := definition(operand), CastOp) and says_as_much(cast.source.type, cast.dest.type)
    }
    if sources:
        rewriter.set_operands(op, sources)
    return bool(sources)


def says_as_much(one: Attribute, other: Attribute) -> bool:
    """Whether a type says all of a buffer that another says. # MLIR: CastOp::canFoldIntoConsumerOp."""
    if not isinstance(one, MemRefType) or not isinstance(other, MemRefType) or not is_known_as_well(one, other):
        return False
    a, b = layout_of(one), layout_of(other)
    if a is None or b is None:
        return False
    pairs = zip((a.offset, *a.strides), (b.offset, *b.strides), strict=False)
    return all(wanted in (DYNAMIC_INDEX, known) for known, wanted in pairs)


@pattern("FoldSelfCopy")
def _copy_to_itself(op: CopyOp, rewriter: Rewriter) -> bool:
    """A copy to where it comes from changes nothing."""
    if op.source is not op.target:
        return False
    rewriter.erase_op(op)
    return True


@pattern("FoldEmptyCopy")
def _copy_nothing(op: CopyOp, rewriter: Rewriter) -> bool:
    """There is nothing to copy."""
    if not any(0 in (shape_of(buffer.type) or ()) for buffer in op.operands):
        return False
    rewriter.erase_op(op)
    return True


_ALLOCATE = (_allocate_constant_sizes, _drop_unread)

RULES = (
    OpRules("memref.alloc", _ALLOCATE),
    OpRules("memref.alloca", _ALLOCATE),
    OpRules("memref.atomic_rmw", fold=_fold_casts),
    OpRules("memref.cast", fold=_fold_cast),
    OpRules("memref.copy", (_copy_before_casts, _copy_nothing, _copy_to_itself)),
    OpRules("memref.dealloc", fold=_fold_casts),
    OpRules("memref.dim", fold=_fold_dim),
    OpRules("memref.load", fold=_fold_casts),
    OpRules("memref.memory_space_cast", fold=_fold_memory_space_cast),
    OpRules("memref.rank", fold=_fold_rank),
    OpRules("memref.store", fold=_fold_casts),
    OpRules("util.*", (_fold_dim_of_shape_aware,)),
)
