"""Bodies in blocks: indices that cut a space, buffers that values share, results computed where they are stored."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.execution.kernels import elementwise
from iree_explorer.execution.kernels.compiled import KernelCache
from iree_explorer.execution.kernels.elementwise import blocks
from iree_explorer.syntax import parse
from tests.unit.execution.kernel_calls import call
from tests.unit.execution.kernels.test_structured import generic

FUNCTIONS: dict[str, Any] = {
    "arith.addf": np.add,
    "arith.subf": np.subtract,
    "arith.mulf": np.multiply,
    "arith.maximumf": np.maximum,
}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(0, 4), st.integers(1, 200))
def test_blocks_cut_a_space_once(sizes: list[int], free: int, most: int) -> None:
    seen = np.zeros(sizes, np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elementwise, "BLOCK", most)
        for index in blocks(sizes, min(free, len(sizes))):
            assert len(index) <= free
            seen[index] += 1
            fits = math.prod(seen[index].shape) <= most
            assert fits or all(cut.stop - cut.start == 1 for cut in index[-1:]) or free == 0
    assert (seen == 1).all()


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=12
    ),
    st.lists(st.integers(0, 99), min_size=1, max_size=3),
    st.integers(0, 99),
)
def test_chains_of_ops_in_shared_buffers(ops: list[tuple[str, int, int]], yielded: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    arrays = [random.integers(-3, 4, shape).astype(np.float32) for shape in ((5, 6), (6,), (5,), (6, 5))]
    maps = ["d0, d1", "d1", "d0", "d1, d0"]
    values: list[tuple[str, np.ndarray]] = [
        ("%x0", arrays[0]), ("%x1", arrays[1][None]), ("%x2", arrays[2][:, None]), ("%x3", arrays[3].T)
    ]  # fmt: skip
    lines: list[str] = []
    for number, (op, left, right) in enumerate(ops):
        (a, x), (b, y) = values[left % len(values)], values[right % len(values)]
        lines.append(f"%v{number} = {op} {a}, {b} : f32")
        values.append((f"%v{number}", np.clip(FUNCTIONS[op](x, y), -1e30, 1e30)))
    results = [values[number % len(values)] for number in yielded]
    lines.append(f"linalg.yield {', '.join(name for name, _ in results)} : {', '.join(['f32'] * len(results))}")
    outputs = [np.zeros((5, 6), np.float32) for _ in results]
    types = [f"tensor<{'x'.join(map(str, array.shape))}xf32>" for array in (*arrays, *outputs)]
    text = generic([*maps, *["d0, d1"] * len(results)], types, "\n    ".join(lines), "pp", 4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elementwise, "BLOCK", 12)
        got = call(text, *arrays, *outputs)
    for value, (_, want) in zip(got, results, strict=True):
        if np.abs(want).max() < 2**24:  # whole numbers that f32 holds exactly
            np.testing.assert_array_equal(value, np.broadcast_to(want, (5, 6)))


STORED = """module {
  func.func @f(%a: !stream.binding, %b: !stream.binding) {
    %c0 = arith.constant 0 : index
    %two = arith.constant 2.0 : f32
    %zero = arith.constant 0.0 : f32
    %i = stream.binding.subspan %a[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x4xf32>>
    %o = stream.binding.subspan %b[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<6x6xf32>>
    %x = iree_tensor_ext.dispatch.tensor.load %i, offsets = [0, 0], sizes = [4, 4], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x4xf32>> -> tensor<4x4xf32>
    %e = tensor.empty() : tensor<4x4xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
    %p = linalg.matmul ins(%x, %x : tensor<4x4xf32>, tensor<4x4xf32>) outs(%f : tensor<4x4xf32>) -> tensor<4x4xf32>
    %y = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%p, %x : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) {
    ^bb0(%in: f32, %t: f32, %out: f32):
      %0 = arith.mulf %in, %two : f32
      %1 = arith.addf %0, %t : f32
      %2 = arith.subf %1, %in : f32
      linalg.yield %2 : f32
    } -> tensor<4x4xf32>
    iree_tensor_ext.dispatch.tensor.store %y, %o, offsets = [1, 2], sizes = [4, 4], strides = [1, 1] : tensor<4x4xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<6x6xf32>>
    return
  }
}"""


@pytest.mark.parametrize("is_aliased", [False, True])
def test_a_product_and_what_follows_are_computed_where_they_are_stored(*, is_aliased: bool) -> None:
    function = next(op for op in parse(STORED).op.walk() if op.name == "func.func")
    kernel = KernelCache().kernel(function)
    x = np.arange(16, dtype=np.float32).reshape(4, 4)
    for _ in range(2):
        data = np.full((6, 6), 7, np.float32)
        # The input's bytes may be the first ones of the output: then nothing is written before all is read.
        source = data.reshape(-1)[:16] if is_aliased else x.copy().reshape(-1)
        source[...] = x.reshape(-1)
        want = data.copy()
        want[1:5, 2:6] = x @ x + x.T
        kernel([source.view(np.uint8), data.reshape(-1).view(np.uint8)], is_aliased=is_aliased)
        np.testing.assert_array_equal(data, want)
    assert kernel.fills == {}
