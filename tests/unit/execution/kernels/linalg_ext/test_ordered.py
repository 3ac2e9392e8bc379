"""Scans and sorts against numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
