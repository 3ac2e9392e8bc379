"""Fourier and Winograd transforms against numpy."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.execution.kernels.linalg_ext.transforms import butterflies, winograd_matrices


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
