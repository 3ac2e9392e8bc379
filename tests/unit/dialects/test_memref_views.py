"""What parts and other shapes of buffers are like."""

import pytest

from iree_explorer.errors import ExplorerError
from iree_explorer.syntax import parse
from tests.unit.dialects.refusals import refusal

_BUFFERS = (
    "%a: memref<8x16x4xf32>, %d: memref<?x?x?xf32>, %s: memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>>, %i: index, "
    "%m: memref<8x16xf32, affine_map<(d0, d1) -> (d1, d0)>>, %p: memref<8x16x4xf32, 3>, %z: memref<f32>"
)


@pytest.mark.parametrize(
    ("op", "message"),
    [
        (
            "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32>",
            "expected result type to be 'memref<4x4x4xf32, strided<[64, 4, 1]>>' or a rank-reduced version. (mismatch of result layout), but got 'memref<4x4x4xf32>'",
        ),
        (
            "%0 = memref.subview %a[1, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x3xf32, strided<[64, 4, 1], offset: 64>>",
            "expected result type to be 'memref<4x4x4xf32, strided<[64, 4, 1], offset: 64>>' or a rank-reduced version. (mismatch of result sizes), but got 'memref<4x4x3xf32, strided<[64, 4, 1], offset: 64>>'",
        ),
        (
            "%0 = memref.subview %a[1, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xi32, strided<[64, 4, 1], offset: 64>>",
            "expected result element type to be 'f32', but got 'memref<4x4x4xi32, strided<[64, 4, 1], offset: 64>>'",
        ),
        (
            "%0 = memref.subview %a[1, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1], offset: 64>, 2>",
            "different memory spaces specified for base memref type 'memref<8x16x4xf32>' and subview memref type 'memref<4x4x4xf32, strided<[64, 4, 1], offset: 64>, 2>'",
        ),
        (
            "%0 = memref.subview %a[7, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1], offset: 448>>",
            "slice along dimension 0 runs out-of-bounds: 10 >= 8",
        ),
        (
            "%0 = memref.subview %a[9, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1], offset: 576>>",
            "offset 0 is out-of-bounds: 9 >= 8",
        ),
        (
            "%0 = memref.subview %a[0, 0] [4, 4] [1, 1] : memref<8x16x4xf32> to memref<4x4xf32, strided<[64, 4]>>",
            "expected 3 offset values, got 2",
        ),
        (
            "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1]>>",
            "expected mixed sizes rank to match mixed strides rank (3 vs 2) so the rank of the result type is well-formed.",
        ),
        (
            "%0 = memref.subview %a[0, -1, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1]>>",
            "expected offsets to be non-negative, but got -1",
        ),
        (
            "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4x1xf32, strided<[64, 4, 1, 1]>>",
            "expected result rank to be smaller or equal to the source rank, but got 'memref<4x4x4x1xf32, strided<[64, 4, 1, 1]>>'",
        ),
        (
            "%0 = memref.subview %m[0, 0] [1, 4] [1, 1] : memref<8x16xf32, affine_map<(d0, d1) -> (d1, d0)>> to memref<4xf32, strided<[1]>>",
            "base type 'memref<8x16xf32, affine_map<(d0, d1) -> (d1, d0)>>' is not strided",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<128x5xf32>",
            "'memref.collapse_shape' op collapsed dim size (5) must equal reassociation group size (4)",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<128x4xi32>",
            "'memref.collapse_shape' op expected collapsed type to be 'memref<128x4xf32>' but found 'memref<128x4xi32>'",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<?x4xf32>",
            "'memref.collapse_shape' op collapsed dim (0) must be dynamic if and only if reassociation group is dynamic",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 1]] : memref<8x16x4xf32> into memref<128xf32>",
            "'memref.collapse_shape' op expanded rank (3) inconsistent with number of reassociation indices (2)",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 1], [2], [3]] : memref<8x16x4xf32> into memref<128x4xf32>",
            "'memref.collapse_shape' op invalid number of reassociation groups: found 3, expected 2",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 2], [1]] : memref<8x16x4xf32> into memref<32x16xf32>",
            "'memref.collapse_shape' op reassociation indices must be contiguous",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 1], [2, 3]] : memref<8x16x4xf32> into memref<128x4xf32>",
            "'memref.collapse_shape' op reassociation index 3 is out of bounds",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 1], []] : memref<8x16x4xf32> into memref<128x1xf32>",
            "'memref.collapse_shape' op reassociation indices must not be empty",
        ),
        (
            "%0 = memref.collapse_shape %a [] : memref<8x16x4xf32> into memref<f32>",
            "'memref.collapse_shape' op rank 0 memrefs can only be extended/collapsed with/from ones",
        ),
        (
            "%0 = memref.collapse_shape %m [[0, 1]] : memref<8x16xf32, affine_map<(d0, d1) -> (d1, d0)>> into memref<128xf32>",
            "'memref.collapse_shape' op operand #0 must be strided memref of any non-token type values, but got 'memref<8x16xf32, affine_map<(d0, d1) -> (d1, d0)>>'",
        ),
        (
            "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<8x16x4x1xf32>",
            "'memref.collapse_shape' op has source rank 3 and result rank 4. This is not a collapse (3 < 4).",
        ),
        (
            '%0 = memref.collapse_shape %a [[0, "a"], [2]] : memref<8x16x4xf32> into memref<128x4xf32>',
            "'memref.collapse_shape' op attribute 'reassociation' failed to satisfy constraint: Array of 64-bit integer array attributes",
        ),
        (
            "%0 = memref.expand_shape %a [[0, 1], [2], [3]] output_shape [2, 4, 16, 5] : memref<8x16x4xf32> into memref<2x4x16x4xf32>",
            "'memref.expand_shape' op invalid output shape provided at pos 3",
        ),
        (
            "%0 = memref.expand_shape %a [[0, 1], [2], [3]] output_shape [2, 4, 16] : memref<8x16x4xf32> into memref<2x4x16x4xf32>",
            "'memref.expand_shape' op expected number of static shape bounds to be equal to the output rank (4) but found 3 inputs instead",
        ),
        (
            "%0 = memref.expand_shape %a [[0, 1], [2], [3]] output_shape [2, %i, 16, 4] : memref<8x16x4xf32> into memref<2x4x16x4xf32>",
            "'memref.expand_shape' op incorrect number of dynamic sizes, has 1, expected 0",
        ),
        (
            "%0 = memref.expand_shape %a [[0, 1], [2]] output_shape [128, 4] : memref<8x16x4xf32> into memref<128x4xf32>",
            "'memref.expand_shape' op has source rank 3 and result rank 2. This is not an expansion (3 > 2).",
        ),
        (
            "%0 = memref.expand_shape %s [[0, 1], [2], [3]] output_shape [2, 4, 16, 4] : memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>> into memref<2x4x16x4xf32>",
            "'memref.expand_shape' op expected expanded type to be 'memref<2x4x16x4xf32, strided<[256, 64, 4, 1], offset: 3>>' but found 'memref<2x4x16x4xf32>'",
        ),
        (
            "%0 = memref.assume_alignment %a, 3 : memref<8x16x4xf32>",
            "'memref.assume_alignment' op alignment must be power of 2",
        ),
        (
            "%0 = memref.assume_alignment %a, 0 : memref<8x16x4xf32>",
            "'memref.assume_alignment' op attribute 'alignment' failed to satisfy constraint: 32-bit signless integer attribute whose value is positive",
        ),
    ],
)
def test_a_view_is_of_the_memory_that_there_is(op: str, message: str) -> None:
    place, words = refusal(f"func.func @f({_BUFFERS}) {{\n  {op}\n  return\n}}\n")
    assert place == (2, 8)
    assert words == message


_MAPPED = "memref<64x64xf32, affine_map<({}) -> ({})>>"


@pytest.mark.parametrize(
    ("offsets", "dims", "place"),
    [
        ("[%i, 0]", "d0, d1)[s0", "d0 * 128 + s0 + d1"),
        ("[0, 0]", "d0, d1", "d0 * 128 + d1"),
        ("[0, 5]", "d0, d1", "d0 * 128 + d1 + 5"),
        ("[0, 5]", "d0, d1", "(d0 * 2) * 64 + d1 + 5"),
    ],
)
def test_a_map_may_say_where_a_part_lies(offsets: str, dims: str, place: str) -> None:
    type_ = _MAPPED.format(dims, place).replace(")[s0)", ")[s0]")
    part = f"%0 = memref.subview %m{offsets} [64, 64] [1, 1] : memref<256x128xf32> to {type_}"
    parse(f"func.func @f(%m: memref<256x128xf32>, %i: index) {{\n{part}\nreturn\n}}")


@pytest.mark.parametrize("place", ["d0 * 64 + d1", "d0 * 128 + d1 + 1", "(d0 floordiv 2) * 128 + d1", "d1, d0"])
def test_a_map_may_not_say_that_a_part_lies_elsewhere(place: str) -> None:
    type_ = _MAPPED.format("d0, d1", place)
    part = f"%0 = memref.subview %m[0, 0] [64, 64] [1, 1] : memref<256x128xf32> to {type_}"
    with pytest.raises(ExplorerError, match="mismatch of result layout"):
        parse(f"func.func @f(%m: memref<256x128xf32>) {{\n{part}\nreturn\n}}")
