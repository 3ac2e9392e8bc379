"""tensor.gather and tensor.scatter against numpy's own indexing."""

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from tests.unit.execution.kernel_calls import call


@pytest.mark.parametrize("result", ["2x5x3x1", "2x5x3"])
def test_gathers(result: str) -> None:
    text = """func.func @f(%s: tensor<4x3x6xf32>, %i: tensor<2x5x2xindex>) -> tensor<RESULTxf32> {
  %0 = tensor.gather %s[%i] gather_dims([0, 2]) : (tensor<4x3x6xf32>, tensor<2x5x2xindex>) -> tensor<RESULTxf32>
  return %0 : tensor<RESULTxf32>
}""".replace("RESULT", "2x5x1x3x1" if result.endswith("x1") else result)
    numbers = np.random.default_rng(0)
    array = numbers.random((4, 3, 6), np.float32)
    places = np.stack([numbers.integers(0, 4, (2, 5)), numbers.integers(0, 6, (2, 5))], axis=-1)
    (found,) = call(text, array, places)
    want = array[places[..., 0], :, places[..., 1]]
    np.testing.assert_array_equal(found.reshape(want.shape), want)
    assert found.shape == ((2, 5, 1, 3, 1) if result.endswith("x1") else (2, 5, 3))
    with pytest.raises(ExecutionError, match=r"leave dimension 0 of 4"):
        call(text, array, places + 4)


def test_scatters() -> None:
    text = """func.func @f(%s: tensor<2x1x3xf32>, %d: tensor<4x3xf32>, %i: tensor<2x1xindex>) -> tensor<4x3xf32> {
  %0 = tensor.scatter %s into %d[%i] scatter_dims([0]) unique : (tensor<2x1x3xf32>, tensor<4x3xf32>, tensor<2x1xindex>) -> tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}"""
    rows, target = np.arange(6, dtype=np.float32).reshape(2, 1, 3), np.zeros((4, 3), np.float32)
    (found,) = call(text, rows, target, np.array([[3], [1]]))
    np.testing.assert_array_equal(found, [[0, 0, 0], [3, 4, 5], [0, 0, 0], [0, 1, 2]])
    assert not target.any()
