"""Windows side by side, against naive numpy."""

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
