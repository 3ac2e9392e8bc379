"""Parts of tensors: offsets, sizes and steps, as far as they are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, i64
from xdsl.dialects.utils import get_dynamic_index_list
from xdsl.ir import SSAValue

from iree_explorer.ir.interfaces.slices import OffsetSizeAndStrideOpInterface, out_of_bounds
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.facts.integers import constant_integer

Mixed = list[SSAValue | int]
"""Numbers that are in the op, and values for the others. # MLIR: OpFoldResult."""


@dataclass
class Slice:
    """Where a part begins, how large it is and its steps, one each for each dimension of the whole."""

    offsets: Mixed
    sizes: Mixed
    strides: Mixed

    @staticmethod
    def of(op: OffsetSizeAndStrideOpInterface) -> Slice:
        """The part that an op is about."""
        return Slice(
            *(
                get_dynamic_index_list(static.get_values(), list(dynamic), DYNAMIC_INDEX)
                for static, dynamic in (
                    (op.static_offsets, op.offsets),
                    (op.static_sizes, op.sizes),
                    (op.static_strides, op.strides),
                )
            )
        )

    def fold(self, *, zero_strides: bool = False) -> bool:
        """Makes numbers of constants in the first of the three that has any; returns whether one has.

        Offsets and sizes below zero stay as they are, and steps of zero unless `zero_strides`.

        # MLIR: ViewLikeInterface.h, OpWithOffsetSizesAndStridesConstantArgumentFolder
        """
        for values in (self.offsets, self.sizes, self.strides):
            folded = [known(value, value) for value in values]
            for place, number in enumerate(folded):
                is_step = values is self.strides
                if isinstance(number, int) and (number == 0 and not zero_strides if is_step else number < 0):
                    folded[place] = values[place]
            if folded != values:
                values[:] = folded
                return True
        return False

    def dropped(self, shape: Sequence[int]) -> list[bool]:
        """For each dimension whether a part of this shape is without it. # MLIR: computeRankReductionMask."""
        to_drop, kept = len(self.sizes) - len(shape), 0
        found: list[bool] = []
        for size in self.sizes:
            is_gone = bool(to_drop) and known(size, DYNAMIC_INDEX) == 1 and (kept >= len(shape) or shape[kept] != 1)
            found.append(is_gone)
            to_drop -= is_gone
            kept += not is_gone
        return found

    def shape_like(self, shape: Sequence[int]) -> list[int]:
        """The sizes without the dimensions that a part of this shape has dropped. # IREE: getDroppedDims."""
        return [_number(size) for size, is_gone in zip(self.sizes, self.dropped(shape), strict=True) if not is_gone]

    def is_within(self, shape: Sequence[int]) -> bool:
        """Whether it may lie within a tensor of this shape. # MLIR: ViewLikeInterface.cpp, verifyInBoundsSlice."""
        parts = zip(*(map(_number, values) for values in (self.offsets, self.sizes, self.strides)), strict=True)
        return all(out_of_bounds(0, length, *part) is None for length, part in zip(shape, parts, strict=True))

    def is_all_of(self, shape: Sequence[int]) -> bool:
        """Whether it is the whole of a tensor of this shape, which is static."""
        starts, steps = (
            all(value == number for value in values) for values, number in ((self.offsets, 0), (self.strides, 1))
        )
        return starts and steps and self.sizes == list(shape)

    def is_same_as(self, other: Slice) -> bool:
        """Whether both are the same part: the same numbers, the same values."""
        pairs = ((self.offsets, other.offsets), (self.sizes, other.sizes), (self.strides, other.strides))
        return all(are_same(a, b) for a, b in pairs)

    def groups(self) -> list[list[SSAValue]]:
        """The values among offsets, sizes and strides."""
        return [values_of(mixed) for mixed in (self.offsets, self.sizes, self.strides)]

    def properties(self) -> dict[str, Any]:
        """What is known of offsets, sizes and strides."""
        names = ("static_offsets", "static_sizes", "static_strides")
        return {
            name: DenseArrayBase.from_list(i64, static_numbers(values))
            for name, values in zip(names, (self.offsets, self.sizes, self.strides), strict=True)
        }


def _number(value: SSAValue | int) -> int:
    return value if isinstance(value, int) else DYNAMIC_INDEX


def mixed_sizes(value: SSAValue, dims: Sequence[SSAValue]) -> Mixed:
    """The sizes of a value with a shape: those of its type, and `dims` for the dynamic ones."""
    return get_dynamic_index_list(shape_of(value.type) or (), list(dims), DYNAMIC_INDEX)


def known_sizes(value: SSAValue, dims: Sequence[SSAValue]) -> Mixed:
    """As `mixed_sizes`, with numbers for constants that can be sizes."""
    sizes = mixed_sizes(value, dims)
    return [number if isinstance(number := known(size, size), int) and number >= 0 else size for size in sizes]


def static_numbers(mixed: Mixed) -> list[int]:
    """The numbers as an op or a type holds them."""
    return list(map(_number, mixed))


def values_of(mixed: Mixed) -> list[SSAValue]:
    """The values among them."""
    return [value for value in mixed if isinstance(value, SSAValue)]


def are_same(one: Mixed, other: Mixed) -> bool:
    """Whether they are the same numbers or values. # MLIR: StaticValueUtils.cpp, isEqualConstantIntOrValueArray."""
    return len(one) == len(other) and all(a is b or known(a, a) == known(b, b) for a, b in zip(one, other, strict=True))


def known(value: SSAValue | int, otherwise: SSAValue | int) -> SSAValue | int:
    """The number that a value is; `otherwise` where it is not known."""
    number = value if isinstance(value, int) else constant_integer(value)
    return otherwise if number is None else number
