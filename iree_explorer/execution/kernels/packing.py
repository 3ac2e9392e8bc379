"""linalg.pack and linalg.unpack: tensors cut into tiles that become the innermost dimensions."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.values.elements import Array


def pack(source: Array, shape: tuple[int, ...], where: Sequence[int], order: Sequence[int], padding: Any) -> Array:
    """`source` in tiles.

    Args:
        source: rank r.
        shape: of the result: r outer sizes (permuted by `order`), then a tile size for each of `where`.
        where: dimensions that are tiled.
        order: permutation of the outer dimensions; empty is none.
        padding: fills incomplete tiles; None where there are none.
    """
    rank = source.ndim
    outer = _inverse(shape[:rank], order)
    tiles = _tile_sizes(rank, where, shape[rank:])
    full = [count * tile for count, tile in zip(outer, tiles, strict=True)]
    if tuple(full) != source.shape:
        source = _padded(source, full, padding)
    split = source.reshape([size for pair in zip(outer, tiles, strict=True) for size in pair])
    axes = [2 * dim for dim in (order or range(rank))] + [2 * dim + 1 for dim in where]
    untiled = [2 * dim + 1 for dim in range(rank) if dim not in where]
    return split.transpose(axes + untiled).reshape(shape)


def _padded(source: Array, full: Sequence[int], padding: Any) -> Array:
    if any(size < have for size, have in zip(full, source.shape, strict=True)):
        raise ExecutionError(f"tiles hold {list(full)} elements, but the source has {list(source.shape)}")
    padded: Array = np.full(full, source.dtype.type(0) if padding is None else padding, source.dtype)
    padded[tuple(slice(0, size) for size in source.shape)] = source
    return padded


def unpack(source: Array, shape: tuple[int, ...], where: Sequence[int], order: Sequence[int]) -> Array:
    """The tiles of `source` put back into a tensor of `shape`; padding is dropped."""
    rank = len(shape)
    outer = _inverse(source.shape[:rank], order)
    tiles = _tile_sizes(rank, where, source.shape[rank:])
    untiled = [dim for dim in range(rank) if dim not in where]
    spread = source.reshape((*source.shape, *(1 for _ in untiled)))
    placed = {dim: rank + place for place, dim in enumerate((*where, *untiled))}
    first = {dim: place for place, dim in enumerate(order or range(rank))}
    axes = [axis for dim in range(rank) for axis in (first[dim], placed[dim])]
    whole = spread.transpose(axes).reshape([count * tile for count, tile in zip(outer, tiles, strict=True)])
    return whole[tuple(slice(0, size) for size in shape)]


def _inverse(sizes: Sequence[int], order: Sequence[int]) -> list[int]:
    """Outer sizes by source dimension."""
    if not order:
        return list(sizes)
    by_dim = [0] * len(sizes)
    for place, dim in enumerate(order):
        by_dim[dim] = sizes[place]
    return by_dim


def _tile_sizes(rank: int, where: Sequence[int], inner: Sequence[int]) -> list[int]:
    tiles = [1] * rank
    for dim, size in zip(where, inner, strict=True):
        tiles[dim] = size
    return tiles
