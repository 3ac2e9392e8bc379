"""Rules of `memref.*` ops that see the memory of a buffer as another one. # MLIR: MemRefOps.cpp.

Those on what `memref.extract_strided_metadata` says are not here.
"""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType
from xdsl.dialects.memref import ViewOp
from xdsl.ir import SSAValue

from iree_explorer.dialects.memref.layouts import (
    Layout,
    collapsed_type,
    dropped_dimensions,
    layout_of,
    part_layout,
    strided,
    without,
)
from iree_explorer.dialects.memref.ops import CastOp
from iree_explorer.dialects.memref.reshapes import CollapseShapeOp, ExpandShapeOp
from iree_explorer.dialects.memref.views import ReinterpretCastOp, SubviewOp
from iree_explorer.ir.reassociation import verified_groups
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.facts.slices import Mixed, Slice, known, known_sizes, static_numbers, values_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands
from iree_explorer.passes.canonicalize.memref.buffers import says_as_much
from iree_explorer.passes.canonicalize.reshapes import Reshapes


def _buffer(value: SSAValue) -> MemRefType:
    assert isinstance(value.type, MemRefType)
    return value.type


def _are(numbers: Mixed, wanted: int) -> bool:
    return all(known(number, DYNAMIC_INDEX) == wanted for number in numbers)


def _cast(value: SSAValue, like: SSAValue) -> CastOp:
    return CastOp.create(operands=[value], result_types=[like.type])


# --- memref.reinterpret_cast ---


def _fold_reinterpret_cast(op: ReinterpretCastOp) -> Folded | None:
    """Takes the memory from where it comes; as the buffer that it is, it is that."""
    source = definition(op.source)
    if isinstance(source, ReinterpretCastOp | CastOp | SubviewOp) and _begins_with(source):
        set_operands(op, {0: source.source})
        return ()
    is_whole = op.source.type == op.result.type and DYNAMIC_INDEX not in _buffer(op.result).get_shape()
    return (op.source,) if is_whole and op.static_offsets.get_values()[0] == 0 else None


def _begins_with(op: ReinterpretCastOp | CastOp | SubviewOp) -> bool:
    """Whether an op keeps the first byte of the memory, which is all that a `memref.reinterpret_cast` asks for."""
    return not isinstance(op, SubviewOp) or _are(Slice.of(op).offsets, 0)


@pattern("ReinterpretCastOpConstantFolder")
def _reinterpret_as_known(op: ReinterpretCastOp, rewriter: Rewriter) -> bool:
    """Takes what is known of the offset, the sizes and the strides into the type."""
    type_, part = _buffer(op.result), Slice.of(op)
    layout = layout_of(type_)
    if layout is None:
        return False
    said = (([layout.offset], part.offsets), (type_.get_shape(), part.sizes), (layout.strides, part.strides))
    numbers = [
        [known(value, value) if number == DYNAMIC_INDEX else number for number, value in zip(*pair, strict=True)]
        for pair in said
    ]
    found = Slice(*numbers)
    if sum(map(len, found.groups())) == sum(map(len, part.groups())):
        return False
    (offset,), sizes, strides = map(static_numbers, numbers)
    if any(number < 0 and number != DYNAMIC_INDEX for number in (offset, *sizes)):
        return False
    new = ReinterpretCastOp.build(
        operands=[op.source, *found.groups()],
        properties=found.properties(),
        result_types=[strided(type_, sizes, Layout(offset, strides))],
    )
    rewriter.replace_op_with(op, _cast(rewriter.insert(new).result, op.result))
    return True


# --- memref.subview ---


def _fold_subview(op: SubviewOp) -> Folded | None:
    """All of a buffer is the buffer; all of a part is the part."""
    type_, part, layout = _buffer(op.result), Slice.of(op), layout_of(op.result.type)
    if op.source.type != type_ or layout is None:
        return None
    if DYNAMIC_INDEX not in (*type_.get_shape(), layout.offset, *layout.strides):
        return (op.source,)
    source = definition(op.source)
    is_all = isinstance(source, SubviewOp) and part.sizes == Slice.of(source).sizes
    return (op.source,) if is_all and _are(part.offsets, 0) and _are(part.strides, 1) else None


def _part(op: SubviewOp, source: SSAValue, part: Slice, like: MemRefType) -> SubviewOp | None:
    """A fresh `memref.subview` without the dimensions that the result of `op` is without as a part of a buffer `like`."""
    whole, type_ = layout_of(source.type), _buffer(source)
    offsets, sizes, strides = map(static_numbers, (part.offsets, part.sizes, part.strides))
    dropped = dropped_dimensions(like, op.result.type, static_numbers(Slice.of(op).sizes))
    if whole is None or dropped is None:
        return None
    layout = part_layout(whole, offsets, strides)
    made = strided(type_, without(sizes, dropped), Layout(layout.offset, without(layout.strides, dropped)))
    return SubviewOp.build(operands=[source, *part.groups()], properties=part.properties(), result_types=[made])


@pattern("OpWithOffsetSizesAndStridesConstantArgumentFolder")
def _constant_part(op: SubviewOp, rewriter: Rewriter) -> bool:
    """Takes a part whose place is known."""
    part, type_ = Slice.of(op), _buffer(op.source)
    new = _part(op, op.source, part, type_) if part.fold() and part.is_within(type_.get_shape()) else None
    if new is None:
        return False
    rewriter.replace_op_with(op, _cast(rewriter.insert(new).result, op.result))
    return True


@pattern("SubViewOpMemRefCastFolder")
def _part_before_cast(op: SubviewOp, rewriter: Rewriter) -> bool:
    """Takes a part of the buffer before its cast."""
    source = definition(op.source)
    if any(constant_integer(operand) is not None for operand in op.operands) or not isinstance(source, CastOp):
        return False
    if not says_as_much(source.source.type, source.dest.type):
        return False
    new = _part(op, source.source, Slice.of(op), _buffer(op.source))
    if new is None:
        return False
    rewriter.replace_op_with(op, _cast(rewriter.insert(new).result, op.result))
    return True


@pattern("TrivialSubViewOpFolder")
def _all_of_buffer(op: SubviewOp, rewriter: Rewriter) -> bool:
    """All of a buffer is the buffer, of another type."""
    part, shape = Slice.of(op), list(_buffer(op.source).get_shape())
    is_all = _are(part.offsets, 0) and _are(part.strides, 1) and DYNAMIC_INDEX not in shape
    if not is_all or [known(size, DYNAMIC_INDEX) for size in part.sizes] != shape:
        return False
    if len(shape) != _buffer(op.result).get_num_dims():
        return False
    if op.source.type == op.result.type:
        rewriter.replace_op(op, (op.source,))
    else:
        rewriter.replace_op_with(op, _cast(op.source, op.result))
    return True


# --- memref.view ---


@pattern("ViewOpShapeFolder")
def _view_of_constant_sizes(op: ViewOp, rewriter: Rewriter) -> bool:
    """Constant sizes go into the type."""
    type_ = _buffer(op.result)
    sizes = known_sizes(op.result, op.sizes)
    dynamic = values_of(sizes)
    if len(dynamic) == len(op.sizes):
        return False
    made = MemRefType(type_.element_type, static_numbers(sizes), type_.layout, type_.memory_space)
    new = rewriter.insert(ViewOp.build(operands=[op.source, op.byte_shift, dynamic], result_types=[made]))
    rewriter.replace_op_with(op, _cast(new.result, op.result))
    return True


# --- memref.collapse_shape, expand_shape ---


_RESHAPES = Reshapes(CollapseShapeOp, ExpandShapeOp, CastOp)


@pattern("CollapseShapeOpMemRefCastFolder")
def _collapse_before_cast(op: CollapseShapeOp, rewriter: Rewriter) -> bool:
    """Collapses the buffer before its cast."""
    source = definition(op.src)
    if not isinstance(source, CastOp) or not says_as_much(source.source.type, source.dest.type):
        return False
    type_ = collapsed_type(_buffer(source.source), verified_groups(op.reassociation))
    if type_ is None:
        return False
    if type_ == op.result.type:
        rewriter.set_operand(op, 0, source.source)
        return True
    new = CollapseShapeOp.create(
        operands=[source.source], result_types=[type_], properties={"reassociation": op.reassociation}
    )
    rewriter.replace_op_with(op, _cast(rewriter.insert(new).result, op.result))
    return True


RULES = (
    OpRules("memref.collapse_shape", (*_RESHAPES.collapse_patterns(), _collapse_before_cast), _RESHAPES.fold),
    OpRules("memref.expand_shape", _RESHAPES.expand_patterns(), _RESHAPES.fold),
    OpRules("memref.reinterpret_cast", (_reinterpret_as_known,), _fold_reinterpret_cast),
    OpRules("memref.subview", (_constant_part, _part_before_cast, _all_of_buffer), _fold_subview),
    OpRules("memref.view", (_view_of_constant_sizes,)),
)
