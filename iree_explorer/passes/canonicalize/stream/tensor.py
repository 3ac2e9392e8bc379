"""Rules of `stream.tensor.*`. # IREE: StreamOpFolders.cpp."""

from __future__ import annotations

from typing import Any

from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    AnyFloat,
    ArrayAttr,
    ComplexType,
    DenseIntOrFPElementsAttr,
    FloatAttr,
    IndexType,
    IntegerAttr,
    NoneAttr,
    ShapedType,
    TensorType,
)
from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.analysis.values import is_changed_in_place
from iree_explorer.dialects.stream.async_ops import AsyncTransferOp
from iree_explorer.dialects.stream.tensor_io_ops import TensorExportOp, TensorImportOp
from iree_explorer.dialects.stream.tensor_ops import (
    TensorCloneOp,
    TensorConstantOp,
    TensorEmptyOp,
    TensorEncodeOp,
    TensorSizeOfOp,
    TensorSliceOp,
    TensorSplatOp,
)
from iree_explorer.dialects.stream.tensor_update_ops import TensorLoadOp
from iree_explorer.dialects.stream.types import Lifetime, ResourceType
from iree_explorer.ir.interfaces.encodings import SerializableEncoding
from iree_explorer.ir.storage import users_of
from iree_explorer.passes.canonicalize.building import affinity_of, index_constant
from iree_explorer.passes.canonicalize.facts.constants import materialize
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.equivalence import same_but_operands
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.stream.common import (
    ELIDE_UNUSED_OP,
    narrow_fill_pattern,
    propagate_cloneable_ops,
    transfer,
    transfer_as,
)
from iree_explorer.passes.canonicalize.stream.dispatch import deduplicate_dispatch_entry_refs

# --- stream.tensor.import, export ---


def _fold_import(op: TensorImportOp) -> Folded | None:
    """An import of what was exported at the same place with the same size is what was exported."""
    source = definition(op.source)
    if isinstance(source, TensorExportOp) and op.affinity == source.affinity and op.result_size is source.source_size:
        return (source.source,)
    return None


def _fold_export(op: TensorExportOp) -> Folded | None:
    """An export of what was imported with the same facts is what was imported."""
    source = definition(op.source)
    if (
        isinstance(source, TensorImportOp)
        and source.source.type == op.result.type
        and source.result_encoding == op.source_encoding
        and tuple(source.result_encoding_dims) == tuple(op.source_encoding_dims)
        and source.result_size is op.source_size
        and source.affinity == op.affinity
    ):
        return (source.source,)
    return None


@pattern("DeduplicateTensorOp")
def _deduplicate_tensor_op(op: Any, rewriter: Rewriter) -> bool:
    """Uses the result of the nearest op before in the block that does the same to the same."""
    nearest: Operation | None = None
    for other in users_of(op.source):
        if (
            other is not op
            and other.parent is op.parent
            and same_but_operands(other, op)
            and tuple(other.operands) == tuple(op.operands)
            and rewriter.order.is_before(other, op)
            and (nearest is None or rewriter.order.is_before(nearest, other))
        ):
            nearest = other
    if nearest is None:
        return False
    rewriter.replace_op(op, nearest.results)
    return True


# --- stream.tensor.constant ---


@pattern("TensorConstantToEmpty")
def _tensor_constant_to_empty(op: TensorConstantOp, rewriter: Rewriter) -> bool:
    """A constant with a dimension of zero holds nothing."""
    if not _has_zero_dim(op.result_encoding, list(op.result_encoding_dims)):
        return False
    size = _size_of(op.result_encoding, list(op.result_encoding_dims), op, rewriter)
    empty = TensorEmptyOp.build(
        operands=[list(op.result_encoding_dims), size],
        result_types=[op.result.type],
        properties={"result_encoding": op.result_encoding, **affinity_of(op)},
    )
    rewriter.replace_op_with(op, empty)
    return True


def _has_zero_dim(encoding: Attribute, dims: list[SSAValue]) -> bool:
    if not isinstance(encoding, ShapedType):
        return False
    dynamic = iter(dims)
    return any(constant_integer(next(dynamic)) == 0 if d == DYNAMIC_INDEX else d == 0 for d in encoding.get_shape())


def _size_of(encoding: Attribute, dims: list[SSAValue], op: Operation, rewriter: Rewriter) -> SSAValue:
    size = TensorSizeOfOp.build(
        operands=[dims], result_types=[IndexType()], properties={"encoding": encoding, **affinity_of(op)}
    )
    return rewriter.insert(size).results[0]


@pattern("TensorConstantToSplat")
def _tensor_constant_to_splat(op: TensorConstantOp, rewriter: Rewriter) -> bool:
    """Fills with one element where all elements are the same, and makes that the constant."""
    element = _splat_element(op.value, rewriter)
    if element is None:
        return False
    dims = list(op.result_encoding_dims)
    size = _size_of(op.result_encoding, dims, op, rewriter)
    splat = TensorSplatOp.build(
        operands=[element, dims, size],
        result_types=[ResourceType(Lifetime.UNKNOWN)],
        properties={"result_encoding": op.result_encoding, **affinity_of(op)},
    )
    rewriter.insert(splat)
    moved = transfer(splat.results[0], size, size, op.result.type, source=op.affinity, target=op.affinity)
    rewriter.replace_op_with(op, moved)
    return True


def _splat_element(value: Attribute, rewriter: Rewriter) -> SSAValue | None:
    if not isinstance(value, DenseIntOrFPElementsAttr):
        return None
    data, size = value.data.data, value.get_element_type().size
    if not data or data != data[:size] * (len(data) // size):
        return None
    constant = materialize("complex", _first_element(value), value.get_element_type())
    return None if constant is None else rewriter.insert(constant).results[0]


def _first_element(value: DenseIntOrFPElementsAttr) -> Attribute:
    element_type: Any = value.get_element_type()
    if not isinstance(element_type, ComplexType):
        return next(iter(value.iter_attrs()))
    part = element_type.element_type
    number: Any = FloatAttr if isinstance(part, AnyFloat) else IntegerAttr
    first: Any = value.get_values()[0]
    return ArrayAttr([number(each, part) for each in first])


# --- stream.tensor.clone, encode, load ---


def _fold_clone(op: TensorCloneOp) -> Folded | None:
    """A clone that is used once is not needed."""
    return (op.source,) if op.result.has_one_use() and op.result.type == op.source.type else None


@pattern("ElideUnneededTensorClones")
def _elide_unneeded_tensor_clones(op: TensorCloneOp, rewriter: Rewriter) -> bool:
    """Drops a clone that nobody updates in place."""
    if op.result.type != op.source.type or is_changed_in_place(op.result):
        return False
    rewriter.replace_op(op, (op.source,))
    return True


def _fold_encode(op: TensorEncodeOp) -> Folded | None:
    """An encoding that changes nothing is none."""
    source, result = op.source_encoding, op.result_encoding
    return (op.source,) if source == result or (_is_plain(source) and _is_plain(result)) else None


def _is_plain(encoding: Attribute) -> bool:
    if not isinstance(encoding, TensorType):
        return False
    layout = encoding.encoding
    return isinstance(layout, NoneAttr) or (isinstance(layout, SerializableEncoding) and layout.is_identity_layout())


@pattern("FoldTensorCloneIntoLoad")
def _fold_tensor_clone_into_load(op: TensorLoadOp, rewriter: Rewriter) -> bool:
    """Transfers the element that is loaded, where a clone of the whole tensor was transferred for this load alone."""
    whole = definition(op.source)
    if not isinstance(whole, AsyncTransferOp) or not whole.result.has_one_use():
        return False
    clone = definition(whole.source)
    if not isinstance(clone, TensorCloneOp):
        return False
    encoding = op.source_encoding
    if not (clone.source_encoding == clone.result_encoding == encoding and isinstance(encoding, TensorType)):
        return False
    rewriter.replace_op_with(op, _load_of_element(op, whole, clone, encoding, rewriter))
    return True


def _load_of_element(
    op: TensorLoadOp, whole: AsyncTransferOp, clone: TensorCloneOp, encoding: Any, rewriter: Rewriter
) -> TensorLoadOp:
    rank = len(encoding.get_shape())
    one = rewriter.insert(index_constant(1)).result
    zero = rewriter.insert(index_constant(0)).result
    unit = TensorType(encoding.element_type, [1] * rank, encoding.encoding)
    size = _size_of(unit, [], clone, rewriter)
    part = TensorSliceOp.build(
        operands=[
            clone.source,
            list(clone.source_encoding_dims),
            clone.source_size,
            list(op.indices),
            [one] * rank,
            [],
            size,
        ],
        result_types=[clone.source.type],
        properties={"source_encoding": clone.source_encoding, "result_encoding": unit, **affinity_of(clone)},
    )
    rewriter.insert(part)
    staged = rewriter.insert(transfer_as(whole, part.results[0], size))
    return TensorLoadOp.build(
        operands=[staged.results[0], [], size, [zero] * rank],
        result_types=[op.result.type],
        properties={"source_encoding": unit},
    )


RULES = (
    OpRules("stream.tensor.import", (_deduplicate_tensor_op,), _fold_import),
    OpRules("stream.tensor.export", (_deduplicate_tensor_op,), _fold_export),
    OpRules("stream.tensor.constant", (_tensor_constant_to_empty, _tensor_constant_to_splat)),
    OpRules("stream.tensor.splat", (narrow_fill_pattern, ELIDE_UNUSED_OP)),
    OpRules("stream.tensor.clone", (propagate_cloneable_ops, _elide_unneeded_tensor_clones), _fold_clone),
    OpRules("stream.tensor.encode", fold=_fold_encode),
    OpRules("stream.tensor.fill", (narrow_fill_pattern,)),
    OpRules("stream.tensor.load", (_fold_tensor_clone_into_load,)),
    OpRules("stream.tensor.dispatch", (ELIDE_UNUSED_OP, deduplicate_dispatch_entry_refs)),
)
