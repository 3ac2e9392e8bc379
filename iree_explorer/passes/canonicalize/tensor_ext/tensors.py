"""Rules of loads from and stores to bindings, and of bit casts. # IREE: TensorExtOpFolders.cpp.

Those that look for dimensions on other ops are not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, TensorType, i64
from xdsl.dialects.tensor import CastOp
from xdsl.dialects.utils import get_dynamic_index_list
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.iree_tensor_ext import (
    BitCastOp,
    DispatchTensorLoadOp,
    DispatchTensorStoreOp,
    is_rank_reduced,
)
from iree_explorer.dialects.tensor import EmptyOp
from iree_explorer.dialects.type_constraints import element_type, shape_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.facts.shapes import have_same_shape
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern

_Mixed = list[SSAValue | int]
_SliceOp = DispatchTensorLoadOp | DispatchTensorStoreOp


@dataclass
class _Slice:
    """Where a part begins, how large it is and its steps, one each for each dimension of the whole."""

    offsets: _Mixed
    sizes: _Mixed
    strides: _Mixed

    @staticmethod
    def of(op: _SliceOp) -> _Slice:
        return _Slice(
            *(
                get_dynamic_index_list(static.get_values(), list(dynamic), DYNAMIC_INDEX)
                for static, dynamic in (
                    (op.static_offsets, op.offsets),
                    (op.static_sizes, op.sizes),
                    (op.static_strides, op.strides),
                )
            )
        )

    def fold(self) -> bool:
        """Makes numbers of constants in the first of the three that has any; returns whether one has."""
        for values in (self.offsets, self.sizes, self.strides):
            folded = [_known(value, value) for value in values]
            if folded != values:
                values[:] = folded
                return True
        return False

    def shape_like(self, shape: Sequence[int]) -> list[int]:
        """The sizes without the dimensions that a part of this shape has dropped. # IREE: getDroppedDims."""
        sizes = [_known(size, DYNAMIC_INDEX) for size in self.sizes]
        to_drop = len(sizes) - len(shape)
        kept: list[int] = []
        for size in sizes:
            assert isinstance(size, int)
            if to_drop and size == 1 and (len(kept) >= len(shape) or shape[len(kept)] != 1):
                to_drop -= 1
            else:
                kept.append(size)
        return kept

    def groups(self) -> list[list[SSAValue]]:
        """The values among offsets, sizes and strides."""
        all_ = (self.offsets, self.sizes, self.strides)
        return [[value for value in values if isinstance(value, SSAValue)] for values in all_]

    def properties(self) -> dict[str, Any]:
        """What is known of offsets, sizes and strides."""
        names = ("static_offsets", "static_sizes", "static_strides")
        return {
            name: DenseArrayBase.from_list(i64, [v if isinstance(v, int) else DYNAMIC_INDEX for v in values])
            for name, values in zip(names, (self.offsets, self.sizes, self.strides), strict=True)
        }


def _known(value: SSAValue | int, otherwise: SSAValue | int) -> SSAValue | int:
    """The number that a value is; `otherwise` where it is not known."""
    number = value if isinstance(value, int) else constant_integer(value)
    return otherwise if number is None else number


@pattern("DispatchTensorLoadOpWithOffsetSizesAndStridesConstantArgumentFolder")
def _fold_load_constants(op: DispatchTensorLoadOp, rewriter: Rewriter) -> bool:
    """Loads from where it is known."""
    part, type_ = _Slice.of(op), op.result.type
    assert isinstance(type_, TensorType)
    if not part.fold():
        return False
    loaded = TensorType(type_.element_type, part.shape_like(type_.get_shape()))
    new = DispatchTensorLoadOp.build(
        operands=[op.source, list(op.source_dims), *part.groups()], properties=part.properties(), result_types=[loaded]
    )
    value = rewriter.insert(new).result
    if loaded != type_:
        value = rewriter.insert(CastOp(value, type_)).dest
    rewriter.replace_op(op, (value,))
    return True


@pattern("DispatchTensorStoreOpWithOffsetSizesAndStridesConstantArgumentFolder")
def _fold_store_constants(op: DispatchTensorStoreOp, rewriter: Rewriter) -> bool:
    """Stores to where it is known."""
    part, type_, value = _Slice.of(op), op.value.type, op.value
    assert isinstance(type_, TensorType)
    if not part.fold():
        return False
    stored = TensorType(type_.element_type, part.shape_like(type_.get_shape()))
    if stored != type_:
        value = rewriter.insert(CastOp(value, stored)).dest
    rewriter.replace_op_with(op, _store(op, value, part))
    return True


def _store(op: DispatchTensorStoreOp, value: SSAValue, part: _Slice) -> Operation:
    return DispatchTensorStoreOp.build(
        operands=[value, op.target, list(op.target_dims), *part.groups()], properties=part.properties()
    )


@pattern("FoldCastOpIntoDispatchStoreOp")
def _fold_cast_into_store(op: DispatchTensorStoreOp, rewriter: Rewriter) -> bool:
    """Stores what was cast to a type that says less."""
    cast = definition(op.value)
    if not isinstance(cast, CastOp) or not isinstance(cast.source.type, TensorType):
        return False
    shape, less = cast.source.type.get_shape(), shape_of(cast.dest.type)
    says_as_much = less is not None and all(b in (a, DYNAMIC_INDEX) for a, b in zip(shape, less, strict=True))
    if not says_as_much or not is_rank_reduced(op.static_sizes.get_values(), shape):
        return False
    rewriter.replace_op_with(op, _store(op, cast.source, _Slice.of(op)))
    return True


# --- Bit casts ---


def _fold_bitcast(op: BitCastOp) -> Folded | None:
    """The same shape of the same elements is the same tensor."""
    if element_type(op.source.type) != element_type(op.result.type):
        return None
    is_same = have_same_shape(op.source.type, list(op.source_dims), op.result.type, list(op.result_dims))
    return (op.source,) if is_same else None


@pattern("ReplaceBitCastIfTensorOperandEmpty")
def _bitcast_of_empty(op: BitCastOp, rewriter: Rewriter) -> bool:
    """Contents that are not defined are not as another type either."""
    if not isinstance(definition(op.source), EmptyOp):
        return False
    rewriter.replace_op_with(op, EmptyOp(list(op.result_dims), op.result.type))
    return True


@pattern("ChainedBitCast")
def _chained_bitcast(op: BitCastOp, rewriter: Rewriter) -> bool:
    """Of two bit casts one is left."""
    source = definition(op.source)
    if not isinstance(source, BitCastOp):
        return False
    new = BitCastOp.build(
        operands=[source.source, list(source.source_dims), list(op.result_dims)], result_types=[op.result.type]
    )
    rewriter.replace_op_with(op, new)
    return True


RULES = (
    OpRules("iree_tensor_ext.bitcast", (_bitcast_of_empty, _chained_bitcast), _fold_bitcast),
    OpRules("iree_tensor_ext.dispatch.tensor.load", (_fold_load_constants,)),
    OpRules("iree_tensor_ext.dispatch.tensor.store", (_fold_store_constants, _fold_cast_into_store)),
)
