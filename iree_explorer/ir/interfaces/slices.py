"""Parts of tensors: where one begins, how large it is, its steps; and what a part may be. MLIR: ViewLikeInterface.td, .cpp."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, IndexType, TensorType, i64
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import AttrSizedOperandSegments, IRDLOperation, prop_def, traits_def, var_operand_def
from xdsl.traits import OpTrait

from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.type_constraints import element_type, is_rank_reduced, shape_of

INDEX_ARRAY = DenseArrayBase.constr(i64)


class _PartIsSound(OpTrait):
    """There are as many numbers and values as dimensions. MLIR: ViewLikeInterface.cpp, verifyOffsetSizeAndStrideOp."""

    @override
    def verify(self, op: Operation) -> None:
        assert isinstance(op, OffsetSizeAndStrideOpInterface)
        offsets, sizes, strides = (
            static.get_values() for static in (op.static_offsets, op.static_sizes, op.static_strides)
        )
        _verify_values("sizes", op.sizes, sizes)
        _verify_values("strides", op.strides, strides)
        _verify_values("offsets", op.offsets, offsets)
        rank = op.sliced_rank
        offset_rank = 1 if op.has_one_offset else rank
        if len(offsets) != len(sizes) and not len(offsets) == offset_rank == 1:
            raise PlainDefect(_MIXED.format("offsets", "sizes", len(offsets), len(sizes)))
        if len(sizes) != len(strides):
            raise PlainDefect(_MIXED.format("sizes", "strides", len(sizes), len(strides)))
        for name, values, count in (("offset", offsets, offset_rank), ("size", sizes, rank), ("stride", strides, rank)):
            if len(values) != count:
                raise PlainDefect(f"expected {count} {name} values, got {len(values)}")
        for name, values in (("offsets", offsets), ("sizes", sizes)):
            for value in values:
                if value < 0 and value != DYNAMIC_INDEX:
                    raise PlainDefect(f"expected {name} to be non-negative, but got {value}")


_MIXED = "expected mixed {} rank to match mixed {} rank ({} vs {}) so the rank of the result type is well-formed."


def _verify_values(name: str, values: Sequence[SSAValue], static: Sequence[int]) -> None:
    dynamic = static.count(DYNAMIC_INDEX)
    if len(values) != dynamic:
        raise PlainDefect(
            f"expected the number of '{name}' to match the number of dynamic entries in 'static_{name}' "
            f"({len(values)} vs {dynamic})"
        )


class OffsetSizeAndStrideOpInterface(IRDLOperation):
    """An op on a part of a tensor: one number each for each dimension, `DYNAMIC_INDEX` where a value says it."""

    offsets = var_operand_def(IndexType())
    sizes = var_operand_def(IndexType())
    strides = var_operand_def(IndexType())
    static_offsets = prop_def(INDEX_ARRAY)
    static_sizes = prop_def(INDEX_ARRAY)
    static_strides = prop_def(INDEX_ARRAY)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(_PartIsSound())

    @property
    @abstractmethod
    def sliced_rank(self) -> int:
        """How many dimensions the whole has. MLIR: getArrayAttrMaxRanks."""

    @property
    def has_one_offset(self) -> bool:
        """Whether there is one offset for all dimensions."""
        return False


def verify_part_type(sizes: Sequence[int], element: Attribute, part: Attribute) -> None:
    """Checks that `part` is of `element`s and of these sizes, or without some dimensions of size 1.

    MLIR: BuiltinTypes.cpp, isRankReducedType; TensorOps.cpp, produceSliceErrorMsg.
    """
    shape = shape_of(part) or ()
    if len(shape) > len(sizes):
        raise PlainDefect("expected rank to be smaller or equal to the other rank. ")
    if not is_rank_reduced(sizes, shape):
        expected = TensorType(element, sizes)
        raise PlainDefect(f"expected type to be '{expected}' or a rank-reduced version. (size mismatch) ")
    if element != element_type(part):
        raise PlainDefect(f"expected element type to be '{element}'")


def out_of_bounds(number: int, length: int, offset: int, size: int, stride: int) -> str | None:
    """What is wrong with a part in dimension `number` of a tensor; `DYNAMIC_INDEX` stands for what is not known; None: nothing.

    MLIR: ViewLikeInterface.cpp, verifyInBoundsSlice.
    """
    if DYNAMIC_INDEX in (length, offset):
        return None
    if offset >= length:
        return f"offset {number} is out-of-bounds: {offset} >= {length}"
    if DYNAMIC_INDEX in (size, stride) or size == 0:
        return None
    last = offset + (size - 1) * stride
    return f"slice along dimension {number} runs out-of-bounds: {last} >= {length}" if last >= length else None


def verify_in_bounds(op: OffsetSizeAndStrideOpInterface, shape: Sequence[int]) -> None:
    """Checks that a part lies within a whole of this shape, as far as it is known."""
    places = zip(
        shape,
        op.static_offsets.get_values(),
        op.static_sizes.get_values(),
        op.static_strides.get_values(),
        strict=True,
    )
    for number, place in enumerate(places):
        words = out_of_bounds(number, *place)
        if words is not None:
            raise PlainDefect(words)
