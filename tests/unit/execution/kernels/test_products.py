"""Products over groups of axes, and convolutions that lower to them, against independent numpy for any layout."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.execution.kernels import products
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.execution.kernels.products import Product
from iree_explorer.execution.kernels.workspace import Workspace
from tests.unit.execution.kernel_calls import call
from tests.unit.execution.kernels.test_structured import generic

GROUPS = st.lists(st.integers(1, 4), max_size=2)


def laid_out(random: np.random.Generator, shape: Sequence[int], dtype: Any) -> np.ndarray[Any, Any]:
    """Small whole numbers in an array of some layout: axes in any order in memory, perhaps with gaps."""
    order = random.permutation(len(shape))
    gaps = random.integers(1, 3, len(shape))
    whole = random.integers(-4, 5, [shape[axis] * gaps[axis] for axis in order]).astype(dtype)
    return whole.transpose(np.argsort(order))[(*(slice(None, None, gap) for gap in gaps), ...)]


@pytest.mark.parametrize("limits", [(1 << 22, 1 << 21), (64, 1), (1, 1)], ids=["whole", "in parts", "row by row"])
@given(GROUPS, GROUPS, GROUPS, GROUPS, st.sampled_from(["f4", "f2", "i1"]), st.integers(0, 999))
def test_any_layout(
    limits: tuple[int, int],
    batch: list[int],
    rows: list[int],
    columns: list[int],
    shared: list[int],
    dtype: str,
    seed: int,
) -> None:
    random = np.random.default_rng(seed)
    left = laid_out(random, (*batch, *rows, *shared), dtype)
    right = laid_out(random, (*batch, *shared, *columns), dtype)
    out = laid_out(random, (*batch, *rows, *columns), np.float32)
    letters = iter("abcdefgh")
    b, m, n, k = ("".join(next(letters) for _ in group) for group in (batch, rows, columns, shared))
    want = np.einsum(f"{b}{m}{k},{b}{k}{n}->{b}{m}{n}", left.astype(np.float64), right.astype(np.float64))
    product = Product(len(batch), len(rows), len(columns), len(shared), np.dtype(np.float32), Workspace())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(products, "PACKED", limits[0])
        patch.setattr(products, "GRAIN", limits[1])
        patch.setattr(PROCESSORS, "parts", lambda: 2)
        product(out, left, right)
    np.testing.assert_array_equal(out, want)


@given(
    st.integers(1, 2), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3),
    st.permutations("nyxf"), st.permutations("nyxc"), st.permutations("pqcf"), st.integers(0, 999),
)  # fmt: skip
def test_convolutions_of_any_layout(
    images: int,
    channels: int,
    window: int,
    stride: int,
    dilation: int,
    out_order: list[str],
    image_order: list[str],
    filter_order: list[str],
    seed: int,
) -> None:
    filters, side = 3, 4
    size = (side - 1) * stride + (window - 1) * dilation + 1
    loops = "nyxfpqc"
    random = np.random.default_rng(seed)
    image = random.integers(-4, 5, (images, size, size, channels)).astype(np.float32)
    kernel = random.integers(-4, 5, (window, window, channels, filters)).astype(np.float32)
    start = random.integers(-4, 5, (images, side, side, filters)).astype(np.float32)
    want = start.copy()
    for p, q in np.ndindex(window, window):
        rows, columns = (slice(i * dilation, i * dilation + (side - 1) * stride + 1, stride) for i in (p, q))
        want += np.einsum("nyxc,cf->nyxf", image[:, rows, columns], kernel[p, q])

    def dims(order: Sequence[str]) -> str:
        return ", ".join(f"d{loops.index(letter)}" for letter in order)

    moved = {"y": f"d1 * {stride} + d4 * {dilation}", "x": f"d2 * {stride} + d5 * {dilation}"}
    maps = [", ".join(moved.get(letter, f"d{loops.index(letter)}") for letter in image_order)]
    maps += [dims(filter_order), dims(out_order)]
    arrays = [
        np.ascontiguousarray(array.transpose([letters.index(letter) for letter in order]))
        for array, letters, order in (
            (image, "nyxc", image_order),
            (kernel, "pqcf", filter_order),
            (start, "nyxf", out_order),
        )
    ]
    types = [f"tensor<{'x'.join(map(str, array.shape))}xf32>" for array in arrays]
    body = "%0 = arith.mulf %x0, %x1 : f32\n    %1 = arith.addf %x2, %0 : f32\n    linalg.yield %1 : f32"
    got = call(generic(maps, types, body, "pppprrr", 2), *arrays)[0]
    np.testing.assert_array_equal(got, want.transpose(["nyxf".index(letter) for letter in out_order]))
