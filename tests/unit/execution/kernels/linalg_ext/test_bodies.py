"""exp_reduction and custom_op against naive numpy."""

import numpy as np

from tests.unit.execution.kernel_calls import call

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
