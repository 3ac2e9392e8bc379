"""The ops of iree_linalg_ext."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.dialects.iree_linalg_ext import IREELinalgExt
from iree_explorer.ir.interfaces.effects import is_memory_effect_free
from iree_explorer.syntax import parse
from tests.unit.dialects.texts import assert_round_trips, error_of, function

PLACES_AND_ORDERS_ALIASES = """\
#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d4, d3)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d4, d2)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> ()>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>
"""

PLACES_AND_ORDERS_ARGUMENTS = (
    "tensor<8xi32>; tensor<8x1xi32>; tensor<16xi32>; tensor<4x4xf32>; tensor<8xi32>; tensor<8x4xf32>; "
    "tensor<4x4xf32>; tensor<4xf32>; tensor<4x4xi32>; tensor<4x2xf32>; tensor<4x2xi32>; tensor<4xi32>; index; "
    "tensor<4x8xf32>; tensor<4xf32>; tensor<1x10x10x4xf32>; tensor<8x8x1x2x2x4xf32>; tensor<3x3x4x8xf32>; "
    "tensor<8x8x4x8xf32>; tensor<2x3x4xf32>; tensor<2x5x4xf32>; tensor<2x5x6xf32>; f32; tensor<2x3x6xf32>; "
    "tensor<2x3xf32>; tensor<2x3x5xi1>"
)

PLACES_AND_ORDERS = """\
%0 = iree_linalg_ext.scatter dimension_map = [0] unique_indices(true) ins(%arg0, %arg1 : tensor<8xi32>, \
tensor<8x1xi32>) outs(%arg2 : tensor<16xi32>) {
^bb0(%arg26: i32, %arg27: i32):
  iree_linalg_ext.yield %arg26 : i32
} -> tensor<16xi32>
%1 = iree_linalg_ext.gather {x} dimension_map = [0] ins(%arg3, %arg4 : tensor<4x4xf32>, tensor<8xi32>) \
outs(%arg5 : tensor<8x4xf32>) -> tensor<8x4xf32>
%2 = iree_linalg_ext.map_load %arg6 into %arg6 {
^bb0(%arg26: index, %arg27: index):
  iree_linalg_ext.yield %arg27, %arg26, %arg22 : index, index, f32
} : tensor<4x4xf32> into tensor<4x4xf32> -> tensor<4x4xf32>
%3 = iree_linalg_ext.map_store %arg6 into %arg6 {
^bb0(%arg26: index, %arg27: index):
  %true = arith.constant true
  iree_linalg_ext.yield %arg27, %arg26, %true : index, index, i1
} : tensor<4x4xf32> into tensor<4x4xf32> -> tensor<4x4xf32>
%4:2 = iree_linalg_ext.sort dimension(1) outs(%arg6, %arg8 : tensor<4x4xf32>, tensor<4x4xi32>) {
^bb0(%arg26: f32, %arg27: f32, %arg28: i32, %arg29: i32):
  %15 = arith.cmpf ogt, %arg26, %arg27 : f32
  iree_linalg_ext.yield %15 : i1
} -> tensor<4x4xf32>, tensor<4x4xi32>
%5:2 = iree_linalg_ext.scan {foo = 1 : i32} dimension(1) inclusive(false) ins(%arg6 : tensor<4x4xf32>) \
outs(%arg6, %arg7 : tensor<4x4xf32>, tensor<4xf32>) {
^bb0(%arg26: f32, %arg27: f32):
  %15 = arith.addf %arg26, %arg27 : f32
  iree_linalg_ext.yield %15 : f32
} -> tensor<4x4xf32>, tensor<4xf32>
%6:2 = iree_linalg_ext.topk dimension(1) ins(%arg6, %arg8 : tensor<4x4xf32>, tensor<4x4xi32>) outs(%arg9, \
%arg10 : tensor<4x2xf32>, tensor<4x2xi32>) {
^bb0(%arg26: f32, %arg27: f32):
  %15 = arith.cmpf ogt, %arg26, %arg27 : f32
  iree_linalg_ext.yield %15 : i1
} -> tensor<4x2xf32>, tensor<4x2xi32>
%7:2 = iree_linalg_ext.topk_v2 dimension(1) is_sorted ins(%arg6 : tensor<4x4xf32>) outs(%arg9, %arg10 : \
tensor<4x2xf32>, tensor<4x2xi32>) {
^bb0(%arg26: f32, %arg27: f32):
  %15 = arith.cmpf ogt, %arg26, %arg27 : f32
  iree_linalg_ext.yield %15 : i1
} -> tensor<4x2xf32>, tensor<4x2xi32>
%8 = iree_linalg_ext.topk_v2 dimension(1) ins(%arg6 : tensor<4x4xf32>) outs(%arg9 : tensor<4x2xf32>) {
^bb0(%arg26: f32, %arg27: f32):
  %15 = arith.cmpf ogt, %arg26, %arg27 : f32
  iree_linalg_ext.yield %15 : i1
} -> tensor<4x2xf32>
%9:2 = iree_linalg_ext.arg_compare dimension(1) ins(%arg6 : tensor<4x4xf32>) outs(%arg7, %arg11 : \
tensor<4xf32>, tensor<4xi32>) index_base(%arg12 : index) {
^bb0(%arg26: f32, %arg27: f32):
  %15 = arith.cmpf ogt, %arg26, %arg27 : f32
  iree_linalg_ext.yield %15 : i1
} -> tensor<4xf32>, tensor<4xi32>
%10:2 = iree_linalg_ext.fft ins(%arg12, %arg14, %arg14 : index, tensor<4xf32>, tensor<4xf32>) outs(%arg13, \
%arg13 : tensor<4x8xf32>, tensor<4x8xf32>) : tensor<4x8xf32>, tensor<4x8xf32>
%11:2 = iree_linalg_ext.fft ins(%arg12 : index) outs(%arg13, %arg13 : tensor<4x8xf32>, tensor<4x8xf32>) : \
tensor<4x8xf32>, tensor<4x8xf32>
%12 = iree_linalg_ext.winograd.input_transform output_tile_size(6) kernel_size(3) image_dimensions([1, 2]) \
ins(%arg15 : tensor<1x10x10x4xf32>) outs(%arg16 : tensor<8x8x1x2x2x4xf32>) -> tensor<8x8x1x2x2x4xf32>
%13 = iree_linalg_ext.winograd.filter_transform output_tile_size(6) kernel_size(3) kernel_dimensions([0, 1]) \
ins(%arg17 : tensor<3x3x4x8xf32>) outs(%arg18 : tensor<8x8x4x8xf32>) -> tensor<8x8x4x8xf32>
%14 = iree_linalg_ext.attention <indexing_maps = [#map, #map1, #map2, #map3, #map4]> ins(%arg19, %arg20, \
%arg21, %arg22 : tensor<2x3x4xf32>, tensor<2x5x4xf32>, tensor<2x5x6xf32>, f32) outs(%arg23 : \
tensor<2x3x6xf32>) {
^bb0(%arg26: f32):
  iree_linalg_ext.yield %arg26 : f32
} -> tensor<2x3x6xf32>"""

TRANSFORMS_ALIASES = """\
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
"""

TRANSFORMS_ARGUMENTS = "tensor<2x34x34x640xf32>; tensor<2x1024x5760xf32>; tensor<4x4xf32>; tensor<4xf32>; index; f32"

TRANSFORMS = """\
%0 = iree_linalg_ext.im2col strides = [1, 1] dilations = [1, 1] kernel_size = [3, 3] offsets = [0, 0, 0] \
output_sizes = [[2], [32, 32], [3, 3, 640]] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [0, 1, \
2] output_perm = [0, 1, 2] ins(%arg0 : tensor<2x34x34x640xf32>) outs(%arg1 : tensor<2x1024x5760xf32>) -> \
tensor<2x1024x5760xf32>
%1 = iree_linalg_ext.custom_op{indexing_maps = [#map, #map], iterator_types = \
[#iree_linalg_ext.iterator_type<parallel>, #iree_linalg_ext.iterator_type<parallel>]} ins(%arg2 : \
tensor<4x4xf32>) outs(%arg2 : tensor<4x4xf32>) {
^bb0(%arg6: tensor<?x?xf32>, %arg7: tensor<?x?xf32>):
  iree_linalg_ext.yield %arg6 : tensor<?x?xf32>
} -> tensor<4x4xf32>
%2:2 = iree_linalg_ext.exp_reduction{indexing_maps = [#map, #map1, #map1], iterator_types = \
[#iree_linalg_ext.iterator_type<parallel>, #iree_linalg_ext.iterator_type<reduction>], exp_reduced_operands = \
[1]} ins(%arg2 : tensor<4x4xf32>) outs(%arg3, %arg3 : tensor<4xf32>, tensor<4xf32>) {
^bb0(%arg6: f32, %arg7: f32, %arg8: f32):
  %4 = arith.addf %arg6, %arg8 : f32
  iree_linalg_ext.yield %arg7, %4 : f32, f32
} -> tensor<4xf32>, tensor<4xf32>
%3 = iree_linalg_ext.im2col strides = [1, 1] dilations = [1, 1] kernel_size = [3, 3] offsets = [0, %arg4, 0] \
output_sizes = [[2], [32, 32], [3, 3, 640]] batch_pos = [0] m_pos = [1, 2] k_pos = [3] input_k_perm = [0, 1, \
2] output_perm = [0, 1, 2] input_pad_low = [0, 1, 1, 0] input_pad_high = [0, 1, 1, 0] pad_value(%arg5 : f32) \
ins(%arg0 : tensor<2x34x34x640xf32>) outs(%arg1 : tensor<2x1024x5760xf32>) -> tensor<2x1024x5760xf32>"""


def test_ops_print_back() -> None:
    assert_round_trips(PLACES_AND_ORDERS, PLACES_AND_ORDERS_ARGUMENTS, PLACES_AND_ORDERS_ALIASES)


def test_transforms_print_back() -> None:
    assert_round_trips(TRANSFORMS, TRANSFORMS_ARGUMENTS, TRANSFORMS_ALIASES)


def test_ops_on_tensors_have_no_effects() -> None:
    text = PLACES_AND_ORDERS_ALIASES + function(PLACES_AND_ORDERS, PLACES_AND_ORDERS_ARGUMENTS)
    ops = [op for op in parse(text).op.walk() if op.name.startswith("iree_linalg_ext.")]
    assert {op.name for op in ops} < {op.name for op in IREELinalgExt.operations}
    assert all(is_memory_effect_free(op) for op in ops)


def test_a_sort_of_a_buffer_has_effects() -> None:
    text = function(
        "iree_linalg_ext.sort dimension(0) outs(%arg0 : memref<4xf32>) {\n^bb0(%a: f32, %b: f32):\n"
        "  %0 = arith.cmpf ogt, %a, %b : f32\n  iree_linalg_ext.yield %0 : i1\n}",
        "memref<4xf32>",
    )
    sort = next(op for op in parse(text).op.walk() if op.name == "iree_linalg_ext.sort")
    assert not is_memory_effect_free(sort)


@given(batch=st.integers(1, 5), depth=st.integers(1, 2), source=st.lists(st.integers(1, 5), min_size=2, max_size=3))
def test_a_gather_has_the_shape_of_its_indices_and_slices(batch: int, depth: int, source: list[int]) -> None:
    slices = source[depth:]
    output = "x".join(map(str, [batch, *slices]))
    types = ["x".join(map(str, source)) + "xf32", f"{batch}x{depth}xi32", f"{output}xf32"]
    tensors = [f"tensor<{type_}>" for type_ in types]
    gather = (
        f"%0 = iree_linalg_ext.gather dimension_map = {list(range(depth))} "
        f"ins(%arg0, %arg1 : {tensors[0]}, {tensors[1]}) outs(%arg2 : {tensors[2]}) -> {tensors[2]}"
    )
    assert_round_trips(gather, ";".join(tensors))
    wrong = tensors[1].replace(f"<{batch}x", f"<{batch + 1}x")
    message = error_of(gather.replace(tensors[1], wrong), ";".join([tensors[0], wrong, tensors[2]]))
    assert "mismatch in shape of indices and output value at dim#0" in message


REGION = "{{\n^bb0(%a: {0}, %b: {0}):\n  {1}\n  iree_linalg_ext.yield {2}\n}} -> {3}"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "%0 = iree_linalg_ext.sort dimension(1) outs(%arg0 : tensor<4xf32>) "
            + REGION.format("f32", "%0 = arith.cmpf ogt, %a, %b : f32", "%0 : i1", "tensor<4xf32>"),
            "dimension must be within (0, 1]",
        ),
        (
            "%0 = iree_linalg_ext.sort dimension(0) outs(%arg0 : tensor<4xf32>) "
            + REGION.format("f32", "%0 = arith.addf %a, %b : f32", "%0 : f32", "tensor<4xf32>"),
            "expected region to yield 'i1', but got 'f32'",
        ),
        (
            "%0 = iree_linalg_ext.sort dimension(0) outs(%arg0 : tensor<4xf32>) "
            + REGION.format("f64", "%0 = arith.cmpf ogt, %a, %b : f64", "%0 : i1", "tensor<4xf32>"),
            "region block argument #0 should be of type 'f32' but got 'f64'",
        ),
        (
            "%0:2 = iree_linalg_ext.scan dimension(0) inclusive(true) ins(%arg0 : tensor<4xf32>) "
            "outs(%arg0, %arg0 : tensor<4xf32>, tensor<4xf32>) "
            + REGION.format("f32", "%0 = arith.addf %a, %b : f32", "%0 : f32", "tensor<4xf32>, tensor<4xf32>"),
            "incompatible input/accumulator shapes",
        ),
        (
            (
                "%0 = iree_linalg_ext.gather dimension_map = [1] ins(%arg0, %arg1 : tensor<4xf32>, tensor<2x1xi32>) "
                "outs(%arg2 : tensor<2xf32>) -> tensor<2xf32>"
            ),
            "dimension map is invalid.",
        ),
        (
            (
                "%0:2 = iree_linalg_ext.fft ins(%arg3 : index) outs(%arg4, %arg4 : tensor<6xf32>, tensor<6xf32>) "
                ": tensor<6xf32>, tensor<6xf32>"
            ),
            "only powers of 2 are handled currently",
        ),
        (
            (
                "%0 = iree_linalg_ext.map_load %arg0 into %arg0 {\n^bb0(%i: index):\n"
                "  iree_linalg_ext.yield %i : index\n} : tensor<4xf32> into tensor<4xf32> -> tensor<4xf32>"
            ),
            "expected transformation_region to yield a value for each source dimension and a padding value",
        ),
        (
            "iree_linalg_ext.attention {indexing_maps = []}",
            "properties dictionary is missing required attribute: indexing_maps",
        ),
        ("iree_linalg_ext.attention <maps = []>", "duplicate or unknown property in properties dictionary: maps"),
    ],
)
def test_wrong_ops_are_refused(body: str, message: str) -> None:
    assert message in error_of(body, "tensor<4xf32>; tensor<2x1xi32>; tensor<2xf32>; index; tensor<6xf32>")
