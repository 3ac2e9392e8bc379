"""im2col, exp_reduction and custom_op against naive numpy."""

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from tests.unit.execution.kernel_calls import call

IM2COL = """func.func @f(%i: tensor<2x6x5x3xf32>, %o: tensor<2x2x2x18xf32>) -> tensor<2x2x2x18xf32> {
  %0 = iree_linalg_ext.im2col strides = [1, 2, 1] dilations = [1, 1, 2] kernel_size = [1, 3, 2] offsets = [0, 0, 0, 0]
    output_sizes = [[2], [2], [2], [1, 3, 2, 3]] batch_pos = [] m_pos = [0, 1, 2] k_pos = [3]
    input_k_perm = [0, 1, 2, 3] output_perm = [0, 1, 2, 3]
    ins(%i : tensor<2x6x5x3xf32>) outs(%o : tensor<2x2x2x18xf32>) -> tensor<2x2x2x18xf32>
  return %0 : tensor<2x2x2x18xf32>
}"""


def windows(image: np.ndarray) -> np.ndarray:
    """3x2 windows with strides 2, 1 and dilations 1, 2, channels last: (n, 2, 2, 3, 2, c)."""
    rows = [[image[:, 2 * y : 2 * y + 3, x : x + 3 : 2] for x in range(2)] for y in range(2)]
    return np.stack([np.stack(row, axis=1) for row in rows], axis=1)


def test_windows_side_by_side() -> None:
    image = np.random.default_rng(0).random((2, 6, 5, 3), np.float32)
    (found,) = call(IM2COL, image, np.zeros((2, 2, 2, 18), np.float32))
    np.testing.assert_array_equal(found, windows(image).reshape(2, 2, 2, 18))


def test_windows_in_the_order_of_the_filter_and_with_the_result_turned() -> None:
    image = np.random.default_rng(1).random((2, 6, 5, 3), np.float32)
    text = IM2COL.replace("[1, 3, 2, 3]]", "[3, 1, 3, 2]]").replace(
        "input_k_perm = [0, 1, 2, 3]", "input_k_perm = [3, 0, 1, 2]"
    )
    text = text.replace("output_perm = [0, 1, 2, 3]", "output_perm = [3, 0, 1, 2]").replace("2x2x2x18", "18x2x2x2")
    (found,) = call(text, image, np.zeros((18, 2, 2, 2), np.float32))
    want = windows(image).transpose(5, 3, 4, 0, 1, 2).reshape(18, 2, 2, 2)
    np.testing.assert_array_equal(found, want)


def test_windows_with_padding() -> None:
    image = np.random.default_rng(2).random((2, 4, 3, 3), np.float32)
    text = (
        IM2COL.replace("2x6x5x3", "2x4x3x3")
        .replace("2x2x2x18", "2x2x2x20")
        .replace(
            "    ins(",
            "    input_pad_low = [0, 1, 1, 0] input_pad_high = [0, 1, 1, 0] output_pad_low = [0, 0, 0, 0] "
            "output_pad_high = [0, 0, 0, 2] pad_value(%p : f32)\n    ins(",
        )
        .replace("{\n", "{\n  %p = arith.constant 7.0 : f32\n", 1)
    )
    (found,) = call(text, image, np.zeros((2, 2, 2, 20), np.float32))
    padded = np.pad(image, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=7)
    np.testing.assert_array_equal(found[..., :18], windows(padded).reshape(2, 2, 2, 18))
    assert (found[..., 18:] == 7).all()


def test_a_window_that_leaves_the_input_is_an_error() -> None:
    with pytest.raises(ExecutionError, match="a window leaves the input"):
        call(
            IM2COL.replace("2x6x5x3", "2x4x5x3"),
            np.zeros((2, 4, 5, 3), np.float32),
            np.zeros((2, 2, 2, 18), np.float32),
        )


EXP = """func.func @f(%x: tensor<3x5xf32>, %v: tensor<5x2xf32>, %m: tensor<3xf32>, %s: tensor<3x2xf32>, %a: tensor<3x2xf32>)
    -> (tensor<3xf32>, tensor<3x2xf32>, tensor<3x2xf32>) {
  %0:3 = iree_linalg_ext.exp_reduction {
    indexing_maps = [affine_map<(i, n, k) -> (i, k)>, affine_map<(i, n, k) -> (k, n)>, affine_map<(i, n, k) -> (i)>,
                     affine_map<(i, n, k) -> (i, n)>, affine_map<(i, n, k) -> (i, n)>],
    iterator_types = [#iree_linalg_ext.iterator_type<parallel>, #iree_linalg_ext.iterator_type<parallel>,
                      #iree_linalg_ext.iterator_type<reduction>],
    exp_reduced_operands = [1, 2]
  } ins(%x, %v : tensor<3x5xf32>, tensor<5x2xf32>) outs(%m, %s, %a : tensor<3xf32>, tensor<3x2xf32>, tensor<3x2xf32>) {
  ^bb0(%e: f32, %w: f32, %t: f32, %u: f32, %b: f32):
    %1 = arith.addf %e, %u : f32
    %2 = arith.mulf %e, %w : f32
    %3 = arith.addf %2, %b : f32
    iree_linalg_ext.yield %t, %1, %3 : f32, f32, f32
  } -> tensor<3xf32>, tensor<3x2xf32>, tensor<3x2xf32>
  return %0#0, %0#1, %0#2 : tensor<3xf32>, tensor<3x2xf32>, tensor<3x2xf32>
}"""


def test_a_reduction_rescaled_by_its_maximum() -> None:
    numbers = np.random.default_rng(3)
    x, v = (20 * numbers.standard_normal(s).astype(np.float32) for s in ((3, 5), (5, 2)))
    m = numbers.standard_normal(3).astype(np.float32)
    s, a = (numbers.standard_normal((3, 2)).astype(np.float32) for _ in range(2))
    top, total, acc = m, s, a
    for k in range(5):  # as the compiler's code goes: one term after the other
        new = np.maximum(top, x[:, k])
        norm, e = np.exp2(top - new)[:, None], np.exp2(x[:, k] - new)[:, None]
        total, acc, top = total * norm + e, acc * norm + e * v[k], new
    found = call(EXP, x, v, m, s, a)
    for have, want in zip(found, (top, total, acc), strict=True):
        np.testing.assert_allclose(have, want, rtol=1e-5)


CUSTOM = """func.func @f(%a: tensor<4x6xf32>, %b: tensor<6x5xf32>, %k: f32, %o: tensor<4x5xf32>) -> tensor<4x5xf32> {
  %0 = iree_linalg_ext.custom_op {
    indexing_maps = [affine_map<(d0, d1)[s0] -> (d0, s0)>, affine_map<(d0, d1)[s0] -> (s0, d1)>,
                     affine_map<(d0, d1)[s0] -> ()>, affine_map<(d0, d1)[s0] -> (d0, d1)>],
    iterator_types = [#iree_linalg_ext.iterator_type<parallel>, #iree_linalg_ext.iterator_type<parallel>]
  } ins(%a, %b, %k : tensor<4x6xf32>, tensor<6x5xf32>, f32) outs(%o : tensor<4x5xf32>) {
  ^bb0(%l: tensor<?x?xf32>, %r: tensor<?x?xf32>, %c: f32, %t: tensor<?x?xf32>):
    %f = linalg.fill ins(%c : f32) outs(%t : tensor<?x?xf32>) -> tensor<?x?xf32>
    %m = linalg.matmul ins(%l, %r : tensor<?x?xf32>, tensor<?x?xf32>) outs(%f : tensor<?x?xf32>) -> tensor<?x?xf32>
    iree_linalg_ext.yield %m : tensor<?x?xf32>
  } -> tensor<4x5xf32>
  return %0 : tensor<4x5xf32>
}"""


def test_a_computation_of_tiles() -> None:
    a, b = (np.random.default_rng(n).random(s, np.float32) for n, s in enumerate(((4, 6), (6, 5))))
    (found,) = call(CUSTOM, a, b, np.float32(2), np.zeros((4, 5), np.float32))
    np.testing.assert_allclose(found, a @ b + 2, rtol=1e-6)


def test_the_only_tile_starts_at_0() -> None:
    text = CUSTOM.replace("    %f = ", "    %i = iree_linalg_ext.index 1 : index\n    %n = arith.index_cast %i : index to i32\n"
        "    %p = arith.sitofp %n : i32 to f32\n    %f = ").replace("linalg.fill ins(%c", "linalg.fill ins(%p")  # fmt: skip
    a, b = (np.random.default_rng(n).random(s, np.float32) for n, s in enumerate(((4, 6), (6, 5))))
    (found,) = call(text, a, b, np.float32(2), np.zeros((4, 5), np.float32))
    np.testing.assert_allclose(found, a @ b, rtol=1e-6)
