"""Parts and other shapes of buffers are those that the real tool lets through, and refused in its words."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.fuzz.compare import first_error

BUFFERS = {
    "a": "memref<8x16x4xf32>",
    "d": "memref<?x?x?xf32>",
    "s": "memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>>",
    "q": "memref<8x16x4xf32, strided<[?, ?, ?], offset: ?>>",
    "u": "memref<1x4x1x5xf32>",
    "m": "memref<8x16xf32, affine_map<(d0, d1) -> (d1, d0)>>",
    "p": "memref<8x16x4xf32, 3>",
    "z": "memref<f32>",
}
OPS = (
    "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1]>>",
    "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32>",
    "%0 = memref.subview %a[1, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1]>>",
    "%0 = memref.subview %a[1, 0, 0] [4, 4, 4] [1, 1, 2] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x3xf32, strided<[64, 4, 1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xi32, strided<[64, 4, 1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1], offset: 64>, 2>",
    "%0 = memref.subview %p[1, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32, 3> to memref<4x4x4xf32, strided<[64, 4, 1], offset: 64>, 3>",
    "%0 = memref.subview %a[1, 0, 0] [1, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4xf32, strided<[4, 1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [1, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4xf32, strided<[64, 1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [1, 1, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<1x4xf32, strided<[4, 1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [1, 1, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<1x4xf32, strided<[64, 1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [1, 1, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<1x4xf32, strided<[7, 1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [1, 1, 1] [1, 1, 1] : memref<8x16x4xf32> to memref<f32, strided<[], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [1, 1, 1] [1, 1, 1] : memref<8x16x4xf32> to memref<1xf32, strided<[1], offset: 64>>",
    "%0 = memref.subview %a[1, 0, 0] [1, 1, 1] [1, 1, 1] : memref<8x16x4xf32> to memref<1xf32, strided<[4], offset: 64>>",
    "%0 = memref.subview %a[%i, 0, 0] [1, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4xf32, strided<[4, 1], offset: ?>>",
    "%0 = memref.subview %a[%i, 0, 0] [1, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4xf32, strided<[4, 1], offset: 4>>",
    "%0 = memref.subview %a[%i, 0, 0] [%i, 4, 4] [%i, 1, 1] : memref<8x16x4xf32> to memref<?x4x4xf32, strided<[?, 4, 1], offset: ?>>",
    "%0 = memref.subview %a[%i, 0, 0] [%i, 4, 4] [%i, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[?, 4, 1], offset: ?>>",
    "%0 = memref.subview %a[7, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1], offset: 448>>",
    "%0 = memref.subview %a[9, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1], offset: 576>>",
    "%0 = memref.subview %a[0, 0] [4, 4] [1, 1] : memref<8x16x4xf32> to memref<4x4xf32, strided<[64, 4]>>",
    "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1]>>",
    "%0 = memref.subview %a[0, -1, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1]>>",
    "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4x1xf32, strided<[64, 4, 1, 1]>>",
    "%0 = memref.subview %d[0, 0, 0] [4, 4, 4] [1, 1, 1] : memref<?x?x?xf32> to memref<4x4x4xf32, strided<[?, ?, 1]>>",
    "%0 = memref.subview %d[0, 0, 1] [4, 4, 4] [1, 1, 1] : memref<?x?x?xf32> to memref<4x4x4xf32, strided<[?, ?, 1], offset: 1>>",
    "%0 = memref.subview %d[0, 1, 1] [1, 1, 4] [1, 1, 1] : memref<?x?x?xf32> to memref<1x4xf32, strided<[?, 1], offset: ?>>",
    "%0 = memref.subview %d[0, 1, 1] [1, 4, 1] [1, 1, 1] : memref<?x?x?xf32> to memref<4xf32, strided<[?], offset: ?>>",
    "%0 = memref.subview %d[0, 1, 1] [1, 1, 1] [1, 1, 1] : memref<?x?x?xf32> to memref<f32, strided<[], offset: ?>>",
    "%0 = memref.subview %q[0, 0, 0] [1, 1, 4] [1, 1, 1] : memref<8x16x4xf32, strided<[?, ?, ?], offset: ?>> to memref<1x4xf32, strided<[?, ?], offset: ?>>",
    "%0 = memref.subview %s[0, 0, 0] [1, 1, 4] [1, 1, 1] : memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>> to memref<4xf32, strided<[1], offset: 3>>",
    "%0 = memref.subview %s[0, 0, 0] [1, 1, 4] [1, 1, 1] : memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>> to memref<4xf32>",
    "%0 = memref.subview %u[0, 0, 0, 0] [1, 4, 1, 5] [1, 1, 1, 1] : memref<1x4x1x5xf32> to memref<4x5xf32, strided<[5, 1]>>",
    "%0 = memref.subview %u[0, 0, 0, 0] [1, 4, 1, 5] [1, 1, 1, 1] : memref<1x4x1x5xf32> to memref<4x5xf32>",
    "%0 = memref.subview %u[0, 0, 0, 0] [1, 4, 1, 5] [1, 1, 1, 1] : memref<1x4x1x5xf32> to memref<1x4x5xf32, strided<[20, 5, 1]>>",
    "%0 = memref.subview %u[0, 0, 0, 0] [1, 4, 1, 5] [1, 1, 1, 1] : memref<1x4x1x5xf32> to memref<4x1x5xf32, strided<[5, 5, 1]>>",
    "%0 = memref.subview %m[0, 0] [1, 4] [1, 1] : memref<8x16xf32, affine_map<(d0, d1) -> (d1, d0)>> to memref<4xf32, strided<[1]>>",
    "%0 = memref.subview %z[] [] [] : memref<f32> to memref<f32>",
    "%0 = memref.subview %z[] [] [] : memref<f32> to memref<f32, strided<[]>>",
    "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1, 1] {x} : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[64, 4, 1]>>",
    "%0 = memref.subview %a[0, 0, 0] [0, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<0x4x4xf32, strided<[64, 4, 1]>>",
    "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [-1, 1, 1] : memref<8x16x4xf32> to memref<4x4x4xf32, strided<[-64, 4, 1]>>",
    "%0 = memref.subview %a : memref<8x16x4xf32> to memref<4x4x4xf32>",
    "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1, 1] : tensor<8x16x4xf32> to memref<4x4x4xf32>",
    "%0 = memref.subview %a[0, 0, 0] [4, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to tensor<4x4x4xf32>",
    '%0 = "memref.subview"(%a) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: 0, 0, 0>, static_sizes = array<i64: 4, 4, 4>, static_strides = array<i64: 1, 1, 1>}> : (memref<8x16x4xf32>) -> memref<4x4x4xf32>',
    '%0 = "memref.subview"(%a) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: 0, 0, 0>, static_sizes = array<i64: 4, 4, 4>}> : (memref<8x16x4xf32>) -> memref<4x4x4xf32>',
    "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<128x4xf32>",
    "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<128x5xf32>",
    "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<128x4xi32>",
    "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<?x4xf32>",
    "%0 = memref.collapse_shape %a [[0, 1]] : memref<8x16x4xf32> into memref<128xf32>",
    "%0 = memref.collapse_shape %a [[0, 1], [2], [3]] : memref<8x16x4xf32> into memref<128x4xf32>",
    "%0 = memref.collapse_shape %a [[0, 2], [1]] : memref<8x16x4xf32> into memref<32x16xf32>",
    "%0 = memref.collapse_shape %a [[0, 1], [2, 3]] : memref<8x16x4xf32> into memref<128x4xf32>",
    "%0 = memref.collapse_shape %a [[0, 1], []] : memref<8x16x4xf32> into memref<128x1xf32>",
    "%0 = memref.collapse_shape %a [] : memref<8x16x4xf32> into memref<f32>",
    "%0 = memref.collapse_shape %d [[0, 1], [2]] : memref<?x?x?xf32> into memref<?x?xf32>",
    "%0 = memref.collapse_shape %d [[0, 1], [2]] : memref<?x?x?xf32> into memref<?x4xf32>",
    "%0 = memref.collapse_shape %s [[0, 1], [2]] : memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>> into memref<128x4xf32, strided<[4, 1], offset: 3>>",
    "%0 = memref.collapse_shape %s [[0, 1], [2]] : memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>> into memref<128x4xf32>",
    "%0 = memref.collapse_shape %q [[0, 1], [2]] : memref<8x16x4xf32, strided<[?, ?, ?], offset: ?>> into memref<128x4xf32, strided<[?, ?], offset: ?>>",
    "%0 = memref.collapse_shape %a [[0], [1], [2]] : memref<8x16x4xf32> into memref<8x16x4xf32>",
    "%0 = memref.collapse_shape %u [[0, 1], [2, 3]] : memref<1x4x1x5xf32> into memref<4x5xf32>",
    "%0 = memref.collapse_shape %m [[0, 1]] : memref<8x16xf32, affine_map<(d0, d1) -> (d1, d0)>> into memref<128xf32>",
    "%0 = memref.collapse_shape %p [[0, 1], [2]] : memref<8x16x4xf32, 3> into memref<128x4xf32>",
    "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<128x4x1xf32>",
    "%0 = memref.collapse_shape %a [[0, 1], [2]] : memref<8x16x4xf32> into memref<8x16x4x1xf32>",
    '%0 = memref.collapse_shape %a [[0, "a"], [2]] : memref<8x16x4xf32> into memref<128x4xf32>',
    "%0 = memref.collapse_shape %a 3 : memref<8x16x4xf32> into memref<128x4xf32>",
    "%0 = memref.expand_shape %a [[0, 1], [2], [3]] output_shape [2, 4, 16, 4] : memref<8x16x4xf32> into memref<2x4x16x4xf32>",
    "%0 = memref.expand_shape %a [[0, 1], [2], [3]] output_shape [2, 4, 16, 5] : memref<8x16x4xf32> into memref<2x4x16x4xf32>",
    "%0 = memref.expand_shape %a [[0, 1], [2], [3]] output_shape [2, 4, 16] : memref<8x16x4xf32> into memref<2x4x16x4xf32>",
    "%0 = memref.expand_shape %a [[0, 1], [2], [3]] output_shape [2, %i, 16, 4] : memref<8x16x4xf32> into memref<2x4x16x4xf32>",
    "%0 = memref.expand_shape %a [[0, 1], [2]] output_shape [2, 4, 16, 4] : memref<8x16x4xf32> into memref<2x4x16x4xf32>",
    "%0 = memref.expand_shape %a [[0, 1], [2], [3]] output_shape [2, 3, 16, 4] : memref<8x16x4xf32> into memref<2x3x16x4xf32>",
    "%0 = memref.expand_shape %a [[0, 1], [2]] output_shape [128, 4] : memref<8x16x4xf32> into memref<128x4xf32>",
    "%0 = memref.expand_shape %d [[0, 1], [2], [3]] output_shape [%i, 4, %i, %i] : memref<?x?x?xf32> into memref<?x4x?x?xf32>",
    "%0 = memref.expand_shape %d [[0, 1], [2], [3]] output_shape [2, 4, %i, %i] : memref<?x?x?xf32> into memref<2x4x?x?xf32>",
    "%0 = memref.expand_shape %s [[0, 1], [2], [3]] output_shape [2, 4, 16, 4] : memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>> into memref<2x4x16x4xf32, strided<[256, 64, 4, 1], offset: 3>>",
    "%0 = memref.expand_shape %s [[0, 1], [2], [3]] output_shape [2, 4, 16, 4] : memref<8x16x4xf32, strided<[64, 4, 1], offset: 3>> into memref<2x4x16x4xf32>",
    "%0 = memref.expand_shape %z [] output_shape [1, 1] : memref<f32> into memref<1x1xf32>",
    "%0 = memref.expand_shape %z [] output_shape [1, 2] : memref<f32> into memref<1x2xf32>",
    "%0 = memref.assume_alignment %a, 64 : memref<8x16x4xf32>",
    "%0 = memref.assume_alignment %a, 3 : memref<8x16x4xf32>",
    "%0 = memref.assume_alignment %a, 0 : memref<8x16x4xf32>",
    "%0 = memref.assume_alignment %a, -4 : memref<8x16x4xf32>",
    "%0 = memref.assume_alignment %a, 1 : memref<8x16x4xf32>",
    "%0 = memref.assume_alignment %a, 64 : i32 : memref<8x16x4xf32>",
    "%0 = memref.assume_alignment %a, 64 {x} : memref<8x16x4xf32>",
    "%0 = memref.assume_alignment %a, 64.0 : memref<8x16x4xf32>",
    '%0 = "memref.assume_alignment"(%a) <{alignment = 4 : i32}> : (memref<8x16x4xf32>) -> memref<8x16x5xf32>',
    "%0 = memref.extract_aligned_pointer_as_index %a : memref<8x16x4xf32> -> index",
)


@pytest.mark.parametrize("op", OPS)
def test_an_op_is_printed_or_refused_as_by_the_real_tool(op: str) -> None:
    arguments = ", ".join(f"%{name}: {type_}" for name, type_ in BUFFERS.items())
    text = f"func.func @f({arguments}, %i: index) {{\n  {op}\n  return\n}}\n"
    wanted, messages = oracle.iree_opt(text)
    if wanted is not None:
        assert print_module(parse(text).op).rstrip() == wanted.rstrip()
        return
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert first_error(str(caught.value)) == first_error(messages)
