"""Packing into tiles and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.kernels.packing import pack, unpack


@given(st.data())
def test_unpacking_undoes_packing(data: st.DataObject) -> None:
    rank = data.draw(st.integers(1, 3))
    shape = tuple(data.draw(st.integers(1, 5)) for _ in range(rank))
    where = data.draw(st.permutations(range(rank)))[: data.draw(st.integers(0, rank))]
    tiles = [data.draw(st.integers(1, 3)) for _ in where]
    order = data.draw(st.one_of(st.just([]), st.permutations(range(rank))))
    by_dim = dict(zip(where, tiles, strict=True))
    outer = [-(-shape[dim] // by_dim.get(dim, 1)) for dim in (order or range(rank))]
    source = np.arange(int(np.prod(shape))).reshape(shape)
    packed = pack(source, (*outer, *tiles), where, order, -1)
    for place in np.ndindex(packed.shape):
        at = dict(zip(order or range(rank), place[:rank], strict=True))
        inner = dict(zip(where, place[rank:], strict=True))
        index = tuple(at[dim] * by_dim.get(dim, 1) + inner.get(dim, 0) for dim in range(rank))
        inside = all(i < size for i, size in zip(index, shape, strict=True))
        assert packed[place] == (source[index] if inside else -1)
    np.testing.assert_array_equal(unpack(packed, shape, where, order), source)


def test_tiles_that_hold_too_little() -> None:
    with pytest.raises(ExecutionError, match=r"tiles hold \[4\] elements, but the source has \[5\]"):
        pack(np.zeros(5), (2, 2), [0], [], None)
