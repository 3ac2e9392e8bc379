"""Transforms by fixed matrices: the stages of an FFT, and Winograd's convolution."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Frame, Step, fill
from iree_explorer.execution.fields import integer, integers, segments
from iree_explorer.execution.values.elements import Array

TRANSFORMS: Table[Scope] = Table()


@TRANSFORMS.lowers("iree_linalg_ext.fft")
def _fft(op: Operation, scope: Scope) -> Step:
    flat = [value for part in segments(op) for value in part]
    stage, *coefficients = scope.slots_of(flat[:-2])
    sources, targets = scope.slots_of(flat[-2:]), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        real, imaginary = (np.asarray(frame[slot]) for slot in sources)
        whole = 1 << int(frame[stage])
        if coefficients:
            turn = tuple(np.asarray(frame[slot]) for slot in coefficients)
        else:
            angle = np.float32(-2 * np.pi) / np.float32(whole) * np.arange(whole // 2, dtype=np.float32)
            turn = np.cos(angle), np.sin(angle)
        fill(frame, targets, butterflies(real, imaginary, whole, *turn))

    return step


def butterflies(real: Array, imaginary: Array, whole: int, cos: Array, sin: Array) -> tuple[Array, Array]:
    """One stage of an FFT along the last axis, in blocks of `whole` elements: u + w·v and u - w·v.

    Args:
        real: parts of the numbers; the last axis is a multiple of `whole`.
        imaginary: likewise.
        whole: block length, a power of two.
        cos: real part of w, shape `(whole / 2,)`.
        sin: imaginary part of w, likewise.
    """
    half = whole // 2
    if real.shape[-1] % whole:
        raise ExecutionError(f"an FFT stage of {whole} elements over {real.shape[-1]}")
    blocks = (*real.shape[:-1], -1, 2, half)
    x, y = real.reshape(blocks), imaginary.reshape(blocks)
    u, v = x[..., 1, :], y[..., 1, :]
    moved_x, moved_y = cos * u - sin * v, cos * v + sin * u
    new_x = np.stack([x[..., 0, :] + moved_x, x[..., 0, :] - moved_x], axis=-2)
    new_y = np.stack([y[..., 0, :] + moved_y, y[..., 0, :] - moved_y], axis=-2)
    return new_x.reshape(real.shape), new_y.reshape(imaginary.shape)


_POINTS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5)
"""Where Winograd's F(6x6, 3x3) interpolates, besides infinity. Lavin and Gray, arXiv 1509.09308."""


@cache
def winograd_matrices() -> tuple[Array, Array, Array]:
    """B (8, 8), G (8, 3) and A (8, 6) of F(6x6, 3x3) in f64: a tile of the result is Aᵀ((G k Gᵀ) * (Bᵀ d B))A."""
    count = len(_POINTS) + 1
    b, g, a = np.zeros((count, count)), np.zeros((count, 3)), np.zeros((count, 6))
    for row, point in enumerate(_POINTS):
        others = [other for other in _POINTS if other != point]
        product = np.poly(others)[::-1]
        value = float(np.prod([point - other for other in others]))
        sign = -1.0 if row == 0 else 1.0
        b[: count - 1, row] = sign * product
        g[row] = sign * np.power(point, np.arange(3)) / value
        a[row] = np.power(point, np.arange(6))
    b[:, count - 1] = np.poly(_POINTS)[::-1]
    g[count - 1, 2] = a[count - 1, 5] = 1.0
    return b, g, a


def _matrices(op: Operation, dtype: Any) -> tuple[Array, Array, Array]:
    if (integer(op, "output_tile_size"), integer(op, "kernel_size")) != (6, 3):
        raise ExecutionError("only Winograd's F(6x6, 3x3) is supported")
    b, g, a = winograd_matrices()
    return b.astype(dtype), g.astype(dtype), a.astype(dtype)


def _is_channel_first(dims: Sequence[int]) -> bool:
    return tuple(dims) == (2, 3)


@TRANSFORMS.computes("iree_linalg_ext.winograd.input_transform")
def _input(op: Operation) -> Any:
    dims = integers(op, "image_dimensions")

    def transform(image: Array, output: Array) -> Array:
        b, _, _ = _matrices(op, image.dtype)
        image = np.moveaxis(image, 1, -1) if _is_channel_first(dims) else image
        _, _, count, rows, columns, channels = output.shape
        padded = np.zeros((count, rows * 6 + 2, columns * 6 + 2, channels), image.dtype)
        padded[:, : image.shape[1], : image.shape[2]] = image[:, : padded.shape[1], : padded.shape[2]]
        tiles = np.lib.stride_tricks.sliding_window_view(padded, (8, 8), axis=(1, 2))[:, ::6, ::6]
        return np.einsum("xi,nhwcxy,yj->ijnhwc", b, tiles, b, optimize=True).astype(output.dtype)

    return transform


@TRANSFORMS.computes("iree_linalg_ext.winograd.filter_transform")
def _filter(op: Operation) -> Any:
    is_first = tuple(integers(op, "kernel_dimensions")) == (2, 3)

    def transform(kernel: Array, output: Array) -> Array:
        _, g, _ = _matrices(op, kernel.dtype)
        spec = "ix,fcxy,jy->ijcf" if is_first else "ix,xycf,jy->ijcf"
        return np.einsum(spec, g, kernel, g, optimize=True).astype(output.dtype)

    return transform


@TRANSFORMS.computes("iree_linalg_ext.winograd.output_transform")
def _output(op: Operation) -> Any:
    dims = integers(op, "image_dimensions")

    def transform(tiles: Array, output: Array) -> Array:
        _, _, a = _matrices(op, tiles.dtype)
        _, _, count, rows, columns, channels = tiles.shape
        whole = np.einsum("ip,ijnhwc,jq->nhpwqc", a, tiles, a, optimize=True)
        whole = whole.reshape(count, rows * 6, columns * 6, channels)
        image = np.moveaxis(whole, -1, 1) if _is_channel_first(dims) else whole
        return image[tuple(slice(0, size) for size in output.shape)].astype(output.dtype)

    return transform
