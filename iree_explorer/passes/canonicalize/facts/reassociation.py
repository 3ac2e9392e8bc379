"""How the dimensions of one shape join to those of another. # MLIR: ReshapeOpsUtils.cpp, ReshapeOpsUtils.h."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX

Groups = list[list[int]]
"""Per dimension of the smaller rank: the neighbouring dimensions of the larger one that it stands for."""


def joined(large: Groups, small: Groups) -> Groups | None:
    """The groups of two steps together, `large` those of more dimensions; None: no dimension is joined twice.

    # MLIR: composeReassociationIndices
    """
    if len(large) == len(small) or (small and len(large) != sum(map(len, small))):
        return None
    return [[dim for place in group for dim in large[place]] for group in small]


def covering(small: Groups, large: Groups) -> Groups | None:
    """Which groups of `large` are together each group of `small`; both are of the same dimensions. None: some overlap."""
    found: Groups = []
    place = 0
    for group in small:
        covered: list[int] = []
        while place < len(large):
            last = large[place][-1]
            if last > group[-1]:
                return None
            covered.append(place)
            place += 1
            if last == group[-1]:
                break
        found.append(covered)
    return found


def between(large: Sequence[int], small: Sequence[int], large_groups: Groups, small_groups: Groups) -> Groups | None:
    """The groups that join the shape `large` to `small`, where groups of both are joined to the same shape; None: not known.

    # MLIR: ComposeExpandOfCollapseOp, findCollapsingReassociation
    """
    if not large_groups:
        return _collapse(large, small)
    found: Groups = []
    for large_group, small_group in zip(large_groups, small_groups, strict=True):
        part, whole = ([shape[dim] for dim in group] for shape, group in ((large, large_group), (small, small_group)))
        if min(part.count(DYNAMIC_INDEX), whole.count(DYNAMIC_INDEX)) > 1:
            return None
        if len(part) == len(whole):
            groups = [[dim] for dim in range(len(part))] if part == whole else None
        else:
            groups = _collapse(part, whole)
        if groups is None:
            return None
        found += [[large_group[0] + dim for dim in group] for group in groups]
    return found


def _collapse(large: Sequence[int], small: Sequence[int]) -> Groups | None:
    """The groups that join one shape to the other, the same from the left and from the right but for sizes of 1.

    # MLIR: getReassociationIndicesForCollapse
    """
    if len(large) <= len(small):
        return None
    forward, backward = _from_left(large, small), _from_left(large[::-1], small[::-1])
    if forward is None or backward is None:
        return None
    mirrored = [{len(large) - 1 - dim for dim in dims} for dims in reversed(backward)]
    for dims, others in zip(forward, mirrored, strict=True):
        if others.isdisjoint(dims) or any(large[dim] != 1 for dim in others.symmetric_difference(dims)):
            return None
    return [list(dims) for dims in forward]


def _from_left(large: Sequence[int], small: Sequence[int]) -> list[range] | None:
    """For each size of `small` the first dimensions that join to it, the last one taking all that it can."""
    found: list[range] = []
    start = 0
    for number, size in enumerate(small):
        is_last = number == len(small) - 1
        dims = _dynamic(large, start, is_last) if size == DYNAMIC_INDEX else _of_size(large, start, size, is_last)
        if dims is None:
            return None
        if dims.start > start:  # What is skipped goes to the dimension before, if that may hold it.
            if number == 0 or small[number - 1] != DYNAMIC_INDEX:
                return None
            found[-1] = range(found[-1].start, dims.start)
        found.append(dims)
        start = dims.stop
    return found if start == len(large) else None


def _dynamic(shape: Sequence[int], start: int, takes_all: bool) -> range | None:
    """The dimensions from `start` to the next dynamic one, or to the end; None: there is no dynamic one."""
    if DYNAMIC_INDEX not in shape[start:]:
        return None
    return range(start, len(shape) if takes_all else shape.index(DYNAMIC_INDEX, start) + 1)


def _of_size(shape: Sequence[int], start: int, size: int, takes_all: bool) -> range | None:
    """The first static dimensions at or behind `start` whose product is `size`, with the 1s behind them if it takes all."""
    product, found = 1, None
    for end, length in enumerate(shape[start:], start):
        if found is not None and (not takes_all or length == DYNAMIC_INDEX or product * length > size):
            break
        if length == DYNAMIC_INDEX:
            product, start = 1, end + 1
            continue
        product *= length
        while product > size and start < end:
            product //= shape[start]
            start += 1
        if product == size or found is not None:
            found = range(start, end + 1)
    return found
