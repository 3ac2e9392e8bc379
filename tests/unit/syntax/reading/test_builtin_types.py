"""Builtin types are read, and refused at MLIR's place in MLIR's words."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module

_HEAD = "util.func private @f() attributes {a = "

SAME = [
    "tensor<4xvector<4xf32>>",
    "tensor<4x!util.buffer>",
    "tensor<*xcomplex<f32>>",
    'tensor<?x0x4xf32, "encoding">',
    "vector<4x[4]x2xf32>",
    "vector<f32>",
    "memref<4xmemref<f32>>",
    "memref<4xf32, strided<[1]>, 1>",
    "memref<*xf32, 1>",
    "tuple<>",
    "tuple<tensor<f32>, none>",
    "array<i1: true>",
]

WRITTEN_OTHERWISE = [
    ("tensor<4 x f32>", "tensor<4xf32>"),
    ("tensor<00x4xf32>", "tensor<0x4xf32>"),
    ("tensor<4xf32,>", "tensor<4xf32>"),
    ("tensor<* x f32>", "tensor<*xf32>"),
    ("memref<4xf32, 0>", "memref<4xf32>"),
    ("memref<*xf32, 0>", "memref<*xf32>"),
    ("memref<4xf32, 0 : i32>", "memref<4xf32>"),
    ("memref<4xf32, affine_map<(d0) -> (d0)>, 1>", "memref<4xf32, 1>"),
    ("array<i8: 255>", "array<i8: -1>"),
]

REFUSED = [
    ("tensor<4xtensor<4xf32>>", 49, "invalid tensor element type"),
    ("tensor<*xnone>", 49, "invalid tensor element type"),
    ("tensor<4xf32", 52, "expected '>' in tensor type"),
    ("tensor f32", 46, "expected '<' in tensor type"),
    ("tensor<4>", 48, "expected 'x' in dimension list"),
    ("tensor<9223372036854775808xf32>", 47, "invalid dimension"),
    ("tensor<*xf32, 3>", 56, "cannot apply encoding to unranked tensor"),
    ("vector<4x!util.buffer>", 40, "failed to verify 'elementType': VectorElementTypeInterface instance"),
    ("vector<4x0xf32>", 40, "vector types must have positive constant sizes but got 4, 0"),
    ("vector<[4x4]xf32>", 49, "missing ']' closing scalable dimension"),
    ("vector<?xf32>", 47, "expected non-function type"),
    ("memref<4xtensor<f32>>", 49, "invalid memref element type"),
    ("memref<4xf32", 52, "expected ',' or '>' in memref type"),
    ("memref<4xf32, >", 53, "expected list element"),
    ("memref<4xf32, 1, 2>", 58, "multiple memory spaces specified in memref type"),
    ("memref<4xf32, 1, strided<[1]>>", 69, "expected memory space to be last in memref type"),
    ("memref<4xf32, strided<[1, 2]>>", 40, "expected the number of strides to match the rank"),
    ("memref<4xf32, affine_map<(a, b) -> (a)>>", 40, "memref layout mismatch between rank and affine map: 1 != 2"),
    ("memref<*xf32, strided<[1]>>", 66, "cannot have affine map for unranked memref type"),
    ("complex<index>", 48, "invalid element type for complex"),
    ("tuple<i32,>", 50, "expected non-function type"),
    ("array<i3: 1>", 46, "element type bitwidth must be a multiple of 8"),
    ("array<i1: 1>", 51, "expected 'true' or 'false' values for i1 type"),
    ("array<f32: true>", 51, "expected floating point literal"),
    ("array<index: 1>", 46, "expected integer or float type, got: 'index'"),
    ("i99999999999", 40, "invalid integer width"),
]


@pytest.mark.parametrize(("text", "printed"), [*((text, text) for text in SAME), *WRITTEN_OTHERWISE])
def test_types_are_printed_as_mlir_prints_them(text: str, printed: str) -> None:
    assert print_module(parse(f"{_HEAD}{text}}}").op) == f"module {{\n  {_HEAD}{printed}}}\n}}\n"


@pytest.mark.parametrize(("text", "column", "message"), REFUSED)
def test_types_that_cannot_be(text: str, column: int, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(f"{_HEAD}{text}}}\n")
    assert str(caught.value).endswith(f":1:{column}: error: {message}")
