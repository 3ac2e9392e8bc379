"""Gathers and scatters against numpy."""

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from tests.unit.execution.kernel_calls import call


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
