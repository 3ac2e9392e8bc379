"""Where the elements of a buffer lie: its offset and strides, and those of parts and other shapes of it. MLIR: MemRefOps.cpp.

`DYNAMIC_INDEX` stands for what is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from xdsl.dialects.builtin import DYNAMIC_INDEX, AffineMapAttr, MemRefType, NoneAttr, StridedLayoutAttr
from xdsl.ir import Attribute
from xdsl.ir.affine import AffineBinaryOpExpr, AffineConstantExpr, AffineDimExpr, AffineExpr, AffineMap

from iree_explorer.ir.affine_expressions import ADD, MUL, add, is_symbolic, mul
from iree_explorer.ir.type_constraints import TypeIs

_ZERO, _ONE = AffineConstantExpr(0), AffineConstantExpr(1)


class Layout(NamedTuple):
    """The place of the first element, and per dimension how far neighbours are apart, in elements."""

    offset: int
    strides: Sequence[int]


def layout_of(type_: Attribute) -> Layout | None:
    """The layout of a buffer; None: a map says where elements lie, and they are at no fixed distances."""
    assert isinstance(type_, MemRefType)
    if isinstance(type_.layout, AffineMapAttr):
        return _layout_of_map(type_.layout.data)
    strides = type_.get_strides()
    if strides is None:
        return None
    offset, *strides = (DYNAMIC_INDEX if number is None else number for number in (type_.get_offset(), *strides))
    return Layout(offset, strides)


def has_strides(type_: Attribute) -> bool:
    """Whether a type is of buffers whose elements are at fixed distances, as far as that is known."""
    return isinstance(type_, MemRefType) and layout_of(type_) is not None


def _layout_of_map(map_: AffineMap) -> Layout | None:
    """# MLIR: BuiltinTypes.cpp, getStridesAndOffset."""
    if len(map_.results) != 1:
        return None
    places: list[AffineExpr] = [_ZERO] * (1 + map_.num_dims)
    if not _add_terms(map_.results[0], _ONE, places):
        return None
    offset, *strides = (each.value if isinstance(each, AffineConstantExpr) else DYNAMIC_INDEX for each in places)
    return Layout(offset, strides)


def _add_terms(expr: AffineExpr, factor: AffineExpr, places: list[AffineExpr]) -> bool:
    """Adds `factor` times `expr` to the offset and to the strides, which follow it; False: it is no sum of multiples."""
    if isinstance(expr, AffineBinaryOpExpr):
        lhs, rhs = expr.lhs, expr.rhs
        if expr.kind is ADD:
            return _add_terms(lhs, factor, places) and _add_terms(rhs, factor, places)
        if expr.kind is not MUL:
            return False
        inner, by = (rhs, lhs) if is_symbolic(lhs) else (lhs, rhs)
        return _add_terms(inner, mul(factor, by), places)
    number = 1 + expr.position if isinstance(expr, AffineDimExpr) else 0
    places[number] = add(places[number], factor if number else mul(factor, expr))
    return True


STRIDED_MEMREF = TypeIs("strided memref of any non-token type values", has_strides, (MemRefType,))


def is_contiguous(type_: MemRefType) -> bool:
    """Whether the elements lie one after the other because the type says so. # MLIR: MemRefLayoutAttrInterface::isIdentity."""
    return type_.layout in (NoneAttr(), StridedLayoutAttr([1]))


def strided(like: MemRefType, shape: Sequence[int], layout: Layout) -> MemRefType:
    """The type of buffers of a shape and layout, with the elements and the memory space of another."""
    offset, *strides = (None if number == DYNAMIC_INDEX else number for number in (layout.offset, *layout.strides))
    return MemRefType(like.element_type, shape, StridedLayoutAttr(strides, offset), like.memory_space)


def plain(like: MemRefType, shape: Sequence[int]) -> MemRefType:
    """The type of buffers of a shape whose elements lie one after the other."""
    return MemRefType(like.element_type, shape, memory_space=like.memory_space)


def times(a: int, b: int) -> int:
    """The product, as far as it is known. # MLIR: SaturatedInteger."""
    if 0 in (a, b):
        return 0
    return DYNAMIC_INDEX if DYNAMIC_INDEX in (a, b) else a * b


def _plus(a: int, b: int) -> int:
    return DYNAMIC_INDEX if DYNAMIC_INDEX in (a, b) else a + b


# --- Parts ---


def part_layout(whole: Layout, offsets: Sequence[int], strides: Sequence[int]) -> Layout:
    """The layout of a part that begins at `offsets` and takes each `strides`-th element. # MLIR: SubViewOp::inferResultType."""
    offset = whole.offset
    for number, stride in zip(offsets, whole.strides, strict=True):
        offset = _plus(offset, times(number, stride))
    return Layout(offset, [times(a, b) for a, b in zip(whole.strides, strides, strict=True)])


def dropped_dimensions(whole: Attribute, part: Attribute, sizes: Sequence[int]) -> list[bool] | None:
    """For each dimension of a buffer whether `part`, of these sizes of it, is without it; None: no choice fits.

    # MLIR: computeMemRefRankReductionMask
    """
    assert isinstance(whole, MemRefType)
    assert isinstance(part, MemRefType)
    count = whole.get_num_dims() - part.get_num_dims()
    if not count:
        return [False] * len(sizes)
    are_one = [size == 1 for size in sizes]
    if sum(are_one) == count:
        return are_one
    layouts = layout_of(whole), layout_of(part)
    if layouts[0] is None or layouts[1] is None:
        return None
    strides, kept = layouts[0].strides, layouts[1].strides
    if any(set(each[:-1]) - {DYNAMIC_INDEX} for each in (strides, kept)):
        by_strides = _dropped_by_strides(strides, kept, are_one)
        if by_strides is not None and sum(by_strides) == count:
            return by_strides
    return _dropped_by_sizes(sizes, part.get_shape())


def _dropped_by_strides(strides: Sequence[int], kept: Sequence[int], are_one: Sequence[bool]) -> list[bool] | None:
    """Those of size 1 whose strides are gone; None: there is a stride that was not there."""
    left, wanted = Counter(strides), Counter(kept)
    dropped = list(are_one)
    for number, stride in enumerate(strides):
        if not are_one[number]:
            continue
        if left[stride] < wanted[stride]:
            return None
        dropped[number] = left[stride] > wanted[stride]
        left[stride] -= dropped[number]
    return dropped


def _dropped_by_sizes(sizes: Sequence[int], kept: Sequence[int]) -> list[bool] | None:
    """Those that are left over where each size that is kept is the first that fits; None: one fits nowhere."""
    dropped, start = [True] * len(sizes), 0
    for size in kept:
        place = next((place for place in range(start, len(sizes)) if sizes[place] == size), None)
        if place is None:
            return None
        dropped[place], start = False, place + 1
    return dropped


def without(numbers: Sequence[int], dropped: Sequence[bool]) -> list[int]:
    """The numbers of the dimensions that are not dropped."""
    return [number for number, is_gone in zip(numbers, dropped, strict=True) if not is_gone]


# --- Other shapes ---


def expanded_type(source: MemRefType, shape: Sequence[int], groups: Sequence[Sequence[int]]) -> MemRefType | None:
    """The type where each dimension is split into a group of those of `shape`; None: not known. # MLIR: computeExpandedType."""
    layout = layout_of(source)
    if is_contiguous(source):
        return plain(source, shape)
    if layout is None:
        return None
    strides = [1] * len(shape)
    for group, stride in zip(groups, layout.strides, strict=True):
        for dimension in reversed(group):
            strides[dimension] = stride
            stride = times(stride, shape[dimension])
    return strided(source, shape, Layout(layout.offset, strides))


def collapsed_layout(source: MemRefType, groups: Sequence[Sequence[int]]) -> Layout | None:
    """The layout where each group of dimensions is joined; None: the elements of a group do not lie one after the other.

    # MLIR: computeCollapsedLayoutMap
    """
    layout, shape = layout_of(source), source.get_shape()
    assert layout is not None
    strides: list[int] = []
    for group in groups:
        # How far the elements of a dimension of size 1 are apart says nothing.
        last = next((dimension for dimension in reversed(group) if shape[dimension] != 1), group[0])
        is_known = shape[last] != DYNAMIC_INDEX or last == group[0]
        strides.append(layout.strides[last] if is_known else DYNAMIC_INDEX)
        expected = strides[-1]
        for dimension in reversed(group[1:]):
            expected = times(expected, shape[dimension])
            found = layout.strides[dimension - 1]
            is_known = shape[dimension - 1] != 1 and DYNAMIC_INDEX not in (expected, found)
            if is_known and expected != found:
                return None
    return Layout(layout.offset, strides)


def collapsed_type(source: MemRefType, groups: Sequence[Sequence[int]]) -> MemRefType | None:
    """The type where each group of dimensions is joined; None: as `collapsed_layout`, or a map says where elements lie.

    # MLIR: CollapseShapeOp::computeCollapsedType
    """
    shape: list[int] = []
    for group in groups:
        size = 1
        for dimension in group:
            size = times(size, source.get_shape()[dimension])
        shape.append(size)
    if is_contiguous(source):
        return plain(source, shape)
    layout = None if layout_of(source) is None else collapsed_layout(source, groups)
    return None if layout is None else strided(source, shape, layout)
