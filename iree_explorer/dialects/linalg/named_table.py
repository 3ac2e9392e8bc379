"""The table of named ops: loops, indexing maps and what is computed.

A row reads like an einsum: `"n ow f +kw +c", "n ow:kw c, kw c f -> n ow f"` are five loops, two of them (`+`) reductions,
two inputs and an output. `ow:kw` is `ow * stride + kw * dilation`, `ow+kw` the plain sum; an empty input is a scalar.

Source: MLIR LinalgNamedStructuredOps.yaml (of the LLVM in the 3.13.0 wheel).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.ir.affine import AffineExpr, AffineMap

from iree_explorer.dialects.linalg.bodies import (
    BodyFunction,
    multiply_add_body,
    pooling_body,
    quantized_multiply_add_body,
)
from iree_explorer.dialects.linalg.structured import PARALLEL, REDUCTION


@dataclass(frozen=True)
class NamedOpDefinition:
    """One row of the table."""

    loops: str
    operands: str
    body: BodyFunction

    @property
    def is_strided(self) -> bool:
        """Whether the op has `strides` and `dilations`."""
        return ":" in self.operands

    def loop_names(self) -> list[str]:
        """The loops, outermost first."""
        return [name.removeprefix("+") for name in self.loops.split()]

    def iterators(self) -> list[str]:
        """Per loop, its iterator type."""
        return [REDUCTION if name.startswith("+") else PARALLEL for name in self.loops.split()]

    def maps(self, strides: Sequence[int] | None, dilations: Sequence[int] | None) -> list[AffineMap]:
        """Per operand, its indexing map; strides and dilations of None are all 1."""
        names = self.loop_names()
        inputs, output = self.operands.split("->")
        return [
            AffineMap(len(names), 0, _index_exprs(operand, names, strides, dilations))
            for operand in (*inputs.split(","), output)
        ]


def _index_exprs(
    operand: str, names: Sequence[str], strides: Sequence[int] | None, dilations: Sequence[int] | None
) -> tuple[AffineExpr, ...]:
    def loop(name: str) -> AffineExpr:
        return AffineExpr.dimension(names.index(name))

    exprs: list[AffineExpr] = []
    windows = 0
    for index in operand.split():
        if ":" in index:
            outer, inner = index.split(":")
            stride = 1 if strides is None else strides[windows]
            dilation = 1 if dilations is None else dilations[windows]
            exprs.append(loop(outer) * stride + loop(inner) * dilation)
            windows += 1
        elif "+" in index:
            outer, inner = index.split("+")
            exprs.append(loop(outer) + loop(inner))
        else:
            exprs.append(loop(index))
    return tuple(exprs)


MAX = pooling_body("max_signed")
MIN = pooling_body("min_signed")
MAX_UNSIGNED = pooling_body("max_unsigned")
MIN_UNSIGNED = pooling_body("min_unsigned")
SUM = pooling_body("add")
MULTIPLY_ADD = multiply_add_body
QUANTIZED = quantized_multiply_add_body

CONTRACTIONS: dict[str, tuple[str, str, BodyFunction]] = {
    "batch_matvec": ("b m +k", "b m k, b k -> b m", MULTIPLY_ADD),
    "batch_mmt4d": ("b m n +k m0 n0 +k0", "b m k m0 k0, b n k n0 k0 -> b m n m0 n0", MULTIPLY_ADD),
    "batch_vecmat": ("b n +k", "b k, b k n -> b n", MULTIPLY_ADD),
    "dot": ("+m", "m, m ->", MULTIPLY_ADD),
    "matvec": ("m +n", "m n, n -> m", MULTIPLY_ADD),
    "mmt4d": ("m n +k m0 n0 +k0", "m k m0 k0, n k n0 k0 -> m n m0 n0", MULTIPLY_ADD),
    "quantized_batch_matmul": ("b m n +k", "b m k, b k n, , -> b m n", QUANTIZED),
    "quantized_matmul": ("m n +k", "m k, k n, , -> m n", QUANTIZED),
    "vecmat": ("n +m", "m, m n -> n", MULTIPLY_ADD),
}
"""Products of matrices and vectors. (`matmul`, `batch_matmul` and `batch_reduce_matmul` take maps of their own: contractions.py.)"""

CONVOLUTIONS: dict[str, tuple[str, str, BodyFunction]] = {
    "conv_1d": ("ow +kw", "ow+kw, kw -> ow", MULTIPLY_ADD),
    "conv_1d_ncw_fcw": ("n f ow +c +kw", "n c ow:kw, f c kw -> n f ow", MULTIPLY_ADD),
    "conv_1d_nwc_wcf": ("n ow f +kw +c", "n ow:kw c, kw c f -> n ow f", MULTIPLY_ADD),
    "conv_2d": ("oh ow +kh +kw", "oh+kh ow+kw, kh kw -> oh ow", MULTIPLY_ADD),
    "conv_2d_nchw_fchw": ("n f oh ow +c +kh +kw", "n c oh:kh ow:kw, f c kh kw -> n f oh ow", MULTIPLY_ADD),
    "conv_2d_nchw_fchw_q": ("n f oh ow +c +kh +kw", "n c oh:kh ow:kw, f c kh kw, , -> n f oh ow", QUANTIZED),
    "conv_2d_ngchw_fgchw": ("n g fg oh ow +c +kh +kw", "n g c oh:kh ow:kw, fg g c kh kw -> n g fg oh ow", MULTIPLY_ADD),
    "conv_2d_ngchw_gfchw": ("n g fg oh ow +c +kh +kw", "n g c oh:kh ow:kw, g fg c kh kw -> n g fg oh ow", MULTIPLY_ADD),
    "conv_2d_ngchw_gfchw_q": (
        "n g fg oh ow +c +kh +kw",
        "n g c oh:kh ow:kw, g fg c kh kw, , -> n g fg oh ow",
        QUANTIZED,
    ),
    "conv_2d_nhwc_fhwc": ("n oh ow f +kh +kw +c", "n oh:kh ow:kw c, f kh kw c -> n oh ow f", MULTIPLY_ADD),
    "conv_2d_nhwc_fhwc_q": ("n oh ow f +kh +kw +c", "n oh:kh ow:kw c, f kh kw c, , -> n oh ow f", QUANTIZED),
    "conv_2d_nhwc_hwcf": ("n oh ow f +kh +kw +c", "n oh:kh ow:kw c, kh kw c f -> n oh ow f", MULTIPLY_ADD),
    "conv_2d_nhwc_hwcf_q": ("n oh ow f +kh +kw +c", "n oh:kh ow:kw c, kh kw c f, , -> n oh ow f", QUANTIZED),
    "conv_2d_nhwgc_gfhwc": ("n oh ow g fg +kh +kw +c", "n oh:kh ow:kw g c, g fg kh kw c -> n oh ow g fg", MULTIPLY_ADD),
    "conv_2d_nhwgc_gfhwc_q": (
        "n oh ow g fg +kh +kw +c",
        "n oh:kh ow:kw g c, g fg kh kw c, , -> n oh ow g fg",
        QUANTIZED,
    ),
    "conv_3d": ("od oh ow +kd +kh +kw", "od+kd oh+kh ow+kw, kd kh kw -> od oh ow", MULTIPLY_ADD),
    "conv_3d_ncdhw_fcdhw": (
        "n f od oh ow +c +kd +kh +kw",
        "n c od:kd oh:kh ow:kw, f c kd kh kw -> n f od oh ow",
        MULTIPLY_ADD,
    ),
    "conv_3d_ndhwc_dhwcf": (
        "n od oh ow f +kd +kh +kw +c",
        "n od:kd oh:kh ow:kw c, kd kh kw c f -> n od oh ow f",
        MULTIPLY_ADD,
    ),
    "conv_3d_ndhwc_dhwcf_q": (
        "n od oh ow f +kd +kh +kw +c",
        "n od:kd oh:kh ow:kw c, kd kh kw c f, , -> n od oh ow f",
        QUANTIZED,
    ),
    "depthwise_conv_1d_ncw_cw": ("n ow ic +kw", "n ic ow:kw, ic kw -> n ic ow", MULTIPLY_ADD),
    "depthwise_conv_1d_nwc_wc": ("n ow ic +kw", "n ow:kw ic, kw ic -> n ow ic", MULTIPLY_ADD),
    "depthwise_conv_1d_nwc_wcm": ("n ow ic cm +kw", "n ow:kw ic, kw ic cm -> n ow ic cm", MULTIPLY_ADD),
    "depthwise_conv_2d_nchw_chw": ("n oh ow ic +kh +kw", "n ic oh:kh ow:kw, ic kh kw -> n ic oh ow", MULTIPLY_ADD),
    "depthwise_conv_2d_nhwc_hwc": ("n oh ow ic +kh +kw", "n oh:kh ow:kw ic, kh kw ic -> n oh ow ic", MULTIPLY_ADD),
    "depthwise_conv_2d_nhwc_hwc_q": ("n oh ow ic +kh +kw", "n oh:kh ow:kw ic, kh kw ic, , -> n oh ow ic", QUANTIZED),
    "depthwise_conv_2d_nhwc_hwcm": (
        "n oh ow ic cm +kh +kw",
        "n oh:kh ow:kw ic, kh kw ic cm -> n oh ow ic cm",
        MULTIPLY_ADD,
    ),
    "depthwise_conv_2d_nhwc_hwcm_q": (
        "n oh ow ic cm +kh +kw",
        "n oh:kh ow:kw ic, kh kw ic cm, , -> n oh ow ic cm",
        QUANTIZED,
    ),
    "depthwise_conv_3d_ncdhw_cdhw": (
        "n od oh ow +kd +kh +kw ic",
        "n ic od:kd oh:kh ow:kw, ic kd kh kw -> n ic od oh ow",
        MULTIPLY_ADD,
    ),
    "depthwise_conv_3d_ndhwc_dhwc": (
        "n od oh ow +kd +kh +kw ic",
        "n od:kd oh:kh ow:kw ic, kd kh kw ic -> n od oh ow ic",
        MULTIPLY_ADD,
    ),
    "depthwise_conv_3d_ndhwc_dhwcm": (
        "n od oh ow cm +kd +kh +kw ic",
        "n od:kd oh:kh ow:kw ic, kd kh kw ic cm -> n od oh ow ic cm",
        MULTIPLY_ADD,
    ),
}
"""Convolutions; `_q` ops subtract zero points first."""

POOLINGS: dict[str, tuple[str, str, BodyFunction]] = {
    "pooling_nchw_max": ("n c oh ow +kh +kw", "n c oh:kh ow:kw, kh kw -> n c oh ow", MAX),
    "pooling_nchw_sum": ("n c oh ow +kh +kw", "n c oh:kh ow:kw, kh kw -> n c oh ow", SUM),
    "pooling_ncw_max": ("n c ow +kw", "n c ow:kw, kw -> n c ow", MAX),
    "pooling_ncw_sum": ("n c ow +kw", "n c ow:kw, kw -> n c ow", SUM),
    "pooling_ndhwc_max": ("n od oh ow c +kd +kh +kw", "n od:kd oh:kh ow:kw c, kd kh kw -> n od oh ow c", MAX),
    "pooling_ndhwc_min": ("n od oh ow c +kd +kh +kw", "n od:kd oh:kh ow:kw c, kd kh kw -> n od oh ow c", MIN),
    "pooling_ndhwc_sum": ("n od oh ow c +kd +kh +kw", "n od:kd oh:kh ow:kw c, kd kh kw -> n od oh ow c", SUM),
    "pooling_nhwc_max": ("n oh ow c +kh +kw", "n oh:kh ow:kw c, kh kw -> n oh ow c", MAX),
    "pooling_nhwc_max_unsigned": ("n oh ow c +kh +kw", "n oh:kh ow:kw c, kh kw -> n oh ow c", MAX_UNSIGNED),
    "pooling_nhwc_min": ("n oh ow c +kh +kw", "n oh:kh ow:kw c, kh kw -> n oh ow c", MIN),
    "pooling_nhwc_min_unsigned": ("n oh ow c +kh +kw", "n oh:kh ow:kw c, kh kw -> n oh ow c", MIN_UNSIGNED),
    "pooling_nhwc_sum": ("n oh ow c +kh +kw", "n oh:kh ow:kw c, kh kw -> n oh ow c", SUM),
    "pooling_nwc_max": ("n ow c +kw", "n ow:kw c, kw -> n ow c", MAX),
    "pooling_nwc_max_unsigned": ("n ow c +kw", "n ow:kw c, kw -> n ow c", MAX_UNSIGNED),
    "pooling_nwc_min": ("n ow c +kw", "n ow:kw c, kw -> n ow c", MIN),
    "pooling_nwc_min_unsigned": ("n ow c +kw", "n ow:kw c, kw -> n ow c", MIN_UNSIGNED),
    "pooling_nwc_sum": ("n ow c +kw", "n ow:kw c, kw -> n ow c", SUM),
}
"""Poolings; the second input has the shape of the window."""

NAMED_OP_DEFINITIONS: dict[str, NamedOpDefinition] = {
    f"linalg.{name}": NamedOpDefinition(*row) for name, row in (CONTRACTIONS | CONVOLUTIONS | POOLINGS).items()
}
"""Op name → its row."""
