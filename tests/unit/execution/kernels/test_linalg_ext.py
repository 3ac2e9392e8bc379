"""The iree_linalg_ext ops against numpy and naive loops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.kernels.linalg_ext.topk import insert
from iree_explorer.execution.kernels.linalg_ext.transforms import butterflies, winograd_matrices
from tests.unit.execution.kernel_calls import call


def _scan(inclusive: bool, axis: int, op: str = "arith.addf") -> str:
    rest = 4 if axis == 0 else 3
    return f"""func.func @f(%i: tensor<3x4xf32>, %o: tensor<3x4xf32>, %a: tensor<{rest}xf32>) -> (tensor<3x4xf32>, tensor<{rest}xf32>) {{
  %0:2 = iree_linalg_ext.scan dimension({axis}) inclusive({str(inclusive).lower()}) ins(%i : tensor<3x4xf32>) outs(%o, %a : tensor<3x4xf32>, tensor<{rest}xf32>) {{
  ^bb0(%x: f32, %y: f32):
    %1 = {op} %x, %y : f32
    iree_linalg_ext.yield %1 : f32
  }} -> tensor<3x4xf32>, tensor<{rest}xf32>
  return %0#0, %0#1 : tensor<3x4xf32>, tensor<{rest}xf32>
}}"""


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("op", ["arith.addf", "arith.subf"])
def test_scans(axis: int, op: str) -> None:
    source = np.random.default_rng(0).random((3, 4), np.float32)
    start = np.full(source.shape[1 - axis], 2, np.float32)
    sign = 1 if op == "arith.addf" else -1
    terms = np.moveaxis(source, axis, 0)
    running = [terms[0]]
    for term in terms[1:]:
        running.append(running[-1] + sign * term)
    got, last = call(_scan(True, axis, op), source, np.zeros_like(source), start)
    np.testing.assert_allclose(np.moveaxis(got, axis, 0), running, rtol=1e-6)
    np.testing.assert_allclose(last, running[-1], rtol=1e-6)
    shifted = [start]
    for term in terms[:-1]:
        shifted.append(shifted[-1] + sign * term)
    got, _ = call(_scan(False, axis, op), source, np.zeros_like(source), start)
    np.testing.assert_allclose(np.moveaxis(got, axis, 0), shifted, rtol=1e-6)


SORT = """func.func @f(%a: tensor<SIZExi32>, %b: tensor<SIZExi32>) -> (tensor<SIZExi32>, tensor<SIZExi32>) {
  %0:2 = iree_linalg_ext.sort dimension(0) outs(%a, %b : tensor<SIZExi32>, tensor<SIZExi32>) {
  ^bb0(%x: i32, %y: i32, %u: i32, %v: i32):
BODY
    iree_linalg_ext.yield %c : i1
  } -> tensor<SIZExi32>, tensor<SIZExi32>
  return %0#0, %0#1 : tensor<SIZExi32>, tensor<SIZExi32>
}"""
KNOWN = "    %c = arith.cmpi {}, %x, %y : i32"
UNKNOWN = "    %z = arith.constant 0 : i32\n    %d = arith.subi %x, %y : i32\n    %c = arith.cmpi {}, %d, %z : i32"


@given(
    st.lists(st.integers(-5, 5), min_size=1, max_size=9),
    st.sampled_from(["slt", "sgt"]),
    st.sampled_from([KNOWN, UNKNOWN]),
)
def test_sorts_carry_the_others_along(keys: list[int], predicate: str, body: str) -> None:
    text = SORT.replace("SIZE", str(len(keys))).replace("BODY", body.format(predicate))
    order = np.argsort(np.array(keys) * (1 if predicate == "slt" else -1), kind="stable")
    got, carried = call(text, np.array(keys, np.int32), np.arange(len(keys), dtype=np.int32))
    np.testing.assert_array_equal(got, np.array(keys)[order])
    np.testing.assert_array_equal(carried, order)


def _bubble(kept: list[int], places: list[int]) -> None:
    """A bubble sort, largest first, that swaps all but strictly ordered neighbours."""
    for sweep in range(len(kept) - 1):
        for j in range(len(kept) - 1 - sweep):
            if not kept[j] > kept[j + 1]:
                kept[j], kept[j + 1] = kept[j + 1], kept[j]
                places[j], places[j + 1] = places[j + 1], places[j]


@given(st.lists(st.integers(0, 4), max_size=12), st.integers(1, 6))
def test_equal_elements_of_a_topk_fall_as_bubble_sorting_leaves_them(values: list[int], count: int) -> None:
    kept, places = [-9 - i for i in range(count)], [0] * count
    for number, value in enumerate(values):
        carry, index = value, number
        for k in range(count):
            if carry > kept[k]:
                kept[k], carry = carry, kept[k]
                places[k], index = index, places[k]
            elif carry == kept[k] and index < places[k]:
                places[k], index = index, places[k]
        _bubble(kept, places)
    got = insert(values, range(len(values)), [-9 - i for i in range(count)], [0] * count, descending=True)
    assert got == (kept, places)


def _scatter(unique: bool, body: str) -> str:
    return f"""func.func @f(%u: tensor<3x2xi32>, %i: tensor<3x1xi32>, %o: tensor<4x2xi32>) -> tensor<4x2xi32> {{
  %0 = iree_linalg_ext.scatter dimension_map = [0] unique_indices({str(unique).lower()}) ins(%u, %i : tensor<3x2xi32>, tensor<3x1xi32>) outs(%o : tensor<4x2xi32>) {{
  ^bb0(%x: i32, %y: i32):
    {body}
  }} -> tensor<4x2xi32>
  return %0 : tensor<4x2xi32>
}}"""


def test_scatters_with_repeated_indices_go_in_order() -> None:
    updates = np.array([[1, 2], [10, 20], [100, 200]], np.int32)
    where, start = np.array([[2], [0], [2]], np.int32), np.ones((4, 2), np.int32)
    total = call(
        _scatter(False, "%1 = arith.addi %x, %y : i32\n    iree_linalg_ext.yield %1 : i32"), updates, where, start
    )[0]
    np.testing.assert_array_equal(total, [[11, 21], [1, 1], [102, 203], [1, 1]])
    last = call(_scatter(False, "iree_linalg_ext.yield %x : i32"), updates, where, start)[0]
    np.testing.assert_array_equal(last, [[10, 20], [1, 1], [100, 200], [1, 1]])


def test_a_scatter_out_of_range_is_an_error() -> None:
    where = np.array([[0], [4], [1]], np.int32)
    with pytest.raises(ExecutionError, match="index 4 is out of range for dimension 0 of size 4"):
        call(
            _scatter(True, "iree_linalg_ext.yield %x : i32"),
            np.ones((3, 2), np.int32),
            where,
            np.ones((4, 2), np.int32),
        )


def test_gather_of_slices() -> None:
    text = """func.func @f(%s: tensor<4x2xf32>, %i: tensor<3xi32>, %o: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %0 = iree_linalg_ext.gather dimension_map = [0] ins(%s, %i : tensor<4x2xf32>, tensor<3xi32>) outs(%o : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}"""
    table = np.arange(8, dtype=np.float32).reshape(4, 2)
    got = call(text, table, np.array([3, 0, 3], np.int32), np.zeros((3, 2), np.float32))[0]
    np.testing.assert_array_equal(got, table[[3, 0, 3]])


@given(st.integers(1, 5), st.integers(0, 9))
def test_fft_stages_make_an_fft(stages: int, seed: int) -> None:
    size = 1 << stages
    signal = np.random.default_rng(seed).standard_normal(size)
    order = [int(f"{i:0{stages}b}"[::-1], 2) for i in range(size)]
    real, imaginary = signal[order], np.zeros(size)
    for stage in range(1, stages + 1):
        angle = -2 * np.pi / (1 << stage) * np.arange(1 << (stage - 1))
        real, imaginary = butterflies(real, imaginary, 1 << stage, np.cos(angle), np.sin(angle))
    np.testing.assert_allclose(real + 1j * imaginary, np.fft.fft(signal), atol=1e-9)


def test_winograd_matrices_convolve() -> None:
    b, g, a = winograd_matrices()
    random = np.random.default_rng(4)
    tile, kernel = random.random((8, 8)), random.random((3, 3))
    got = a.T @ ((g @ kernel @ g.T) * (b.T @ tile @ b)) @ a
    windows = np.lib.stride_tricks.sliding_window_view(tile, (3, 3))
    np.testing.assert_allclose(got, np.einsum("yxpq,pq->yx", windows, kernel), rtol=1e-9)


@pytest.mark.parametrize("mask", ["", "xi1", "xf32"])
def test_attention(mask: str) -> None:
    random = np.random.default_rng(5)
    q, k, v = (random.standard_normal(shape).astype(np.float32) for shape in ((2, 3, 4), (2, 5, 4), (2, 5, 6)))
    maps = ["b, m, k1", "b, k2, k1", "b, k2, n", "", *(["b, m, k2"] if mask else []), "b, m, n"]
    affine = ", ".join(f"affine_map<(b, m, n, k1, k2) -> ({m})>" for m in maps)
    types = "tensor<2x3x4xf32>, tensor<2x5x4xf32>, tensor<2x5x6xf32>, f32" + (f", tensor<2x3x5{mask}>" if mask else "")
    masked = f"%m: tensor<2x3x5{mask}>, " if mask else ""
    text = f"""func.func @f(%q: tensor<2x3x4xf32>, %k: tensor<2x5x4xf32>, %v: tensor<2x5x6xf32>, %s: f32, {masked}%o: tensor<2x3x6xf32>) -> tensor<2x3x6xf32> {{
  %0 = iree_linalg_ext.attention {{indexing_maps = [{affine}]}} ins(%q, %k, %v, %s{", %m" if mask else ""} : {types}) outs(%o : tensor<2x3x6xf32>) {{
  ^bb0(%x: f32):
    iree_linalg_ext.yield %x : f32
  }} -> tensor<2x3x6xf32>
  return %0 : tensor<2x3x6xf32>
}}"""
    scores = q @ k.transpose(0, 2, 1) * 0.5
    extra: list[np.ndarray] = []
    if mask == "xi1":
        seen = random.random((2, 3, 5)) < 0.7
        seen[..., 0] = True
        scores, extra = np.where(seen, scores, -np.inf), [seen]
    elif mask:
        bias = random.standard_normal((2, 3, 5)).astype(np.float32)
        scores, extra = scores + bias, [bias]
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    want = weights / weights.sum(axis=-1, keepdims=True) @ v
    text = text.replace("attention {indexing_maps = [", "attention <indexing_maps = [").replace("]} ins", "]> ins")
    got = call(text, q, k, v, np.float32(0.5), *extra, np.zeros((2, 3, 6), np.float32))[0]
    np.testing.assert_allclose(got, want, rtol=1e-4, atol=1e-6)
