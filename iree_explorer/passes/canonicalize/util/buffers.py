"""Rules of `util.buffer.*`. # IREE: UtilOpFolders.cpp."""

from __future__ import annotations

from math import prod

from xdsl.dialects.builtin import (
    ComplexType,
    FixedBitwidthType,
    IndexType,
    IntegerAttr,
    IntegerType,
    StringAttr,
    TensorType,
    VectorType,
)
from xdsl.ir import Attribute, OpResult, SSAValue, TypedAttribute

from iree_explorer.analysis.values import find_size_value
from iree_explorer.dialects.arith.comparisons import SelectOp
from iree_explorer.dialects.util.attributes import CompositeAttr
from iree_explorer.dialects.util.buffer_ops import BufferConstantOp, BufferSizeOp, BufferStorageOp, BufferSubspanOp
from iree_explorer.ir.interfaces import TiedOpInterface
from iree_explorer.ir.typed_attribute import OwnTypeAttribute
from iree_explorer.passes.canonicalize.building import before, select
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.stream.common import byte_width
from iree_explorer.passes.canonicalize.stream.subviews import add

# --- util.buffer.subspan ---

_RANGES = {
    "hal.command_buffer.update_buffer": {1: 3},
    "util.buffer.compare": {0: 2, 3: 5},
    "util.buffer.copy": {0: 2, 3: 5},
    "util.buffer.fill": {1: 3},
    "util.buffer.hash": {0: 2},
    "util.buffer.load": {0: 2},
    "util.buffer.slice": {0: 2},
    "util.buffer.store": {1: 3},
    "util.buffer.subspan": {0: 2},
}
"""Op → numbers of the operands that are buffers of which it uses a range → number of the offset; the size is between.

# IREE: UtilInterfaces.td, SubrangeOperandOpInterface
"""


def _fold_subspan(op: BufferSubspanOp) -> Folded | None:
    """All of a buffer is that buffer."""
    return (op.source,) if op.source_size is op.result_size else None


def _find_subspan(value: SSAValue | None) -> BufferSubspanOp | None:
    """The subspan that `value` is, or is tied to. # IREE: UtilOps.cpp, BufferSubspanOp::findSubspanOp."""
    while isinstance(value, OpResult):
        op = value.op
        if isinstance(op, BufferSubspanOp):
            return op
        value = op.tied_operand_of(value) if isinstance(op, TiedOpInterface) else None
    return None


@pattern("FoldBufferSubspanOps")
def _fold_buffer_subspan_ops(op: BufferSubspanOp, rewriter: Rewriter) -> bool:
    """Takes the part from the whole buffer."""
    parent = _find_subspan(op.source)
    if parent is None:
        return False
    offset = add(rewriter, parent.source_offset, op.source_offset)
    new = _subspan(parent.source, parent.source_size, offset, op.result_size)
    rewriter.replace_op_with(op, new)
    return True


def _subspan(source: SSAValue, size: SSAValue, offset: SSAValue, result_size: SSAValue) -> BufferSubspanOp:
    return BufferSubspanOp.create(operands=[source, size, offset, result_size], result_types=[source.type])


@pattern("FoldBufferSubspanOpsIntoConsumers")
def _fold_buffer_subspan_ops_into_consumers(op: BufferSubspanOp, rewriter: Rewriter) -> bool:
    """Has users address the whole buffer."""
    changed = False
    for use in tuple(op.result.uses):
        user = use.operation
        offset = _RANGES.get(user.name, {}).get(use.index)
        if offset is None:
            continue
        changed = True
        rewriter.set_insertion_point(user)
        total = add(rewriter, op.source_offset, user.operands[offset])
        rewriter.set_operands(user, {use.index: op.source, use.index + 1: op.source_size, offset: total})
    return changed


@pattern("SinkSubspanAcrossSelectOps", root="arith.select")
def _sink_subspan_across_select_ops(op: SelectOp, rewriter: Rewriter) -> bool:
    """Selects the offset, where either choice is as large a part of the same buffer."""
    first, second = definition(op.true_value), definition(op.false_value)
    if not isinstance(first, BufferSubspanOp) or not isinstance(second, BufferSubspanOp):
        return False
    if first.source is not second.source or first.result_size is not second.result_size:
        return False
    offset = rewriter.insert(select(op.condition, first.source_offset, second.source_offset))
    rewriter.replace_op_with(op, _subspan(first.source, first.source_size, offset.results[0], first.result_size))
    return True


# --- util.buffer.size, storage ---


def _fold_size(op: BufferSizeOp) -> Folded | None:
    """The size that is known of the buffer, or that of a constant."""
    size = find_size_value(op.operand, before(op))
    if size is not None and size is not op.result:
        return (size,)
    source = definition(op.operand)
    known = _stored_bytes(source.value) if isinstance(source, BufferConstantOp) else None
    return None if known is None else (IntegerAttr(known, IndexType()),)


def _stored_bytes(value: Attribute) -> int | None:
    """How many bytes a constant takes; None: not known here. # IREE: UtilAttrs.cpp, SizedStorageAttr."""
    if isinstance(value, StringAttr):
        return len(value.data.encode(errors="surrogateescape"))
    if isinstance(value, CompositeAttr):
        return value.total_length.data
    type_ = value.get_type() if isinstance(value, TypedAttribute | OwnTypeAttribute) else None
    if not isinstance(type_, TensorType | VectorType):
        return None
    element = type_.get_element_type()
    if not isinstance(element, FixedBitwidthType | ComplexType):
        return None
    count = prod(type_.get_shape())
    if isinstance(element, IntegerType) and element.bitwidth in _PACKED:
        return -(-count * element.bitwidth // 8)
    return count * byte_width(element)


_PACKED = (2, 4)
"""Bits of integers that share a byte."""


@pattern("SelectBufferSizeOp")
def _select_buffer_size_op(op: BufferSizeOp, rewriter: Rewriter) -> bool:
    """Selects the size, where the buffer is one of two."""
    source = definition(op.operand)
    if not isinstance(source, SelectOp):
        return False
    first, second = (
        rewriter.insert_or_fold(BufferSizeOp.create(operands=[buffer], result_types=[IndexType()]))
        for buffer in (source.true_value, source.false_value)
    )
    rewriter.replace_op_with(op, select(source.condition, first, second))
    return True


@pattern("FoldSubspansIntoStorageOp")
def _fold_subspans_into_storage_op(op: BufferStorageOp, rewriter: Rewriter) -> bool:
    """Takes the memory of the whole buffer."""
    subspan = _find_subspan(op.operand)
    if subspan is None:
        return False
    rewriter.set_insertion_point_after(op)
    offset = add(rewriter, subspan.source_offset, op.offset)
    rewriter.set_operands(op, {0: subspan.source, 1: subspan.source_size})
    rewriter.replace_all_uses_with(op.offset, offset, spared=definition(offset))
    return True


RULES = (
    OpRules(
        "util.buffer.subspan",
        (_fold_buffer_subspan_ops, _fold_buffer_subspan_ops_into_consumers, _sink_subspan_across_select_ops),
        _fold_subspan,
    ),
    OpRules("util.buffer.size", (_select_buffer_size_op,), _fold_size),
    OpRules("util.buffer.storage", (_fold_subspans_into_storage_op,)),
)
