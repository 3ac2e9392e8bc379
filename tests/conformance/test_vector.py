"""Ops of `vector` are read, verified and printed as iree-opt does it: what is valid in full, of the rest the first error."""

import pytest

from tests.conformance.answers import our_answer, real_answer

HEAD = (
    "func.func @f(%a: vector<2x8xf32>, %b: vector<8x2xf32>, %c: vector<2x2xf32>, %d: vector<4xf32>, %e: vector<8xf32>, "
    "%h: vector<8xf16>, %i4: vector<4xi32>, %i: i32, %x: f32, %y: f16) {\n"
)

BODIES = (
    "%6 = vector.from_elements %x, %x : vector<3xf32>",
    "%6 = vector.from_elements %x, %a : vector<2xf32>",
    "%6 = vector.from_elements %x : f32",
    "%6 = vector.to_elements %a : vector<2x8xf32>",
    "%6 = vector.to_elements %x : f32",
    '%6 = "vector.to_elements"(%a) : (vector<2x8xf32>) -> f32',
    '%6 = "vector.from_elements"(%x) : (f32) -> vector<2xf32>',
    '%6 = "vector.from_elements"(%i, %i) : (i32, i32) -> vector<2xf32>',
    "%6 = vector.from_elements %x : vector<f32>",
    "%6 = vector.from_elements %x : vector<[1]xf32>",
    "%6 = vector.shape_cast %a : vector<2x8xf32> to vector<8xf32>",
    "%6 = vector.shape_cast %a : vector<2x8xf32> to vector<16xi32>",
    "%6 = vector.shape_cast %a : vector<2x8xf32> to vector<[16]xf32>",
    "%6 = vector.shape_cast %x : f32 to vector<1xf32>",
    "%6 = vector.transpose %a, [1, 0] : vector<2x8xf32> to vector<8xf32>",
    "%6 = vector.transpose %a, [1] : vector<2x8xf32> to vector<8x2xf32>",
    "%6 = vector.transpose %a, [1, 1] : vector<2x8xf32> to vector<8x8xf32>",
    "%6 = vector.transpose %a, [0, 2] : vector<2x8xf32> to vector<2x8xf32>",
    "%6 = vector.transpose %a, [-1, 0] : vector<2x8xf32> to vector<2x8xf32>",
    "%6 = vector.transpose %a, [1, 0] : vector<2x8xf32> to vector<2x8xf32>",
    "%6 = vector.transpose %a, [1, 0] : vector<2x8xf32> to vector<8x2xi32>",
    "%6 = vector.step : vector<4xi32>",
    "%6 = vector.step : vector<4x4xindex>",
    "%6 = vector.constant_mask [4, 4] : vector<4xi1>",
    "%6 = vector.constant_mask [5] : vector<4xi1>",
    "%6 = vector.constant_mask [-1] : vector<4xi1>",
    "%6 = vector.constant_mask [0, 2] : vector<4x4xi1>",
    "%6 = vector.constant_mask [0] : vector<i1>",
    "%6 = vector.constant_mask [0, 0] : vector<i1>",
    "%6 = vector.constant_mask [0] : vector<4xi32>",
    "%6 = vector.insert_strided_slice %d, %a offsets = [0], strides = [1] : vector<4xf32> into vector<2x8xf32>",
    "%6 = vector.insert_strided_slice %d, %a offsets = [0, 1], strides = [1, 1] : vector<4xf32> into vector<2x8xf32>",
    "%6 = vector.insert_strided_slice %d, %a offsets = [0, 5], strides = [1] : vector<4xf32> into vector<2x8xf32>",
    "%6 = vector.insert_strided_slice %d, %a offsets = [2, 0], strides = [1] : vector<4xf32> into vector<2x8xf32>",
    "%6 = vector.insert_strided_slice %d, %a offsets = [0, 0], strides = [2] : vector<4xf32> into vector<2x8xf32>",
    "%6 = vector.insert_strided_slice %a, %d offsets = [0], strides = [1, 1] : vector<2x8xf32> into vector<4xf32>",
    "%6 = vector.insert_strided_slice %i4, %a offsets = [0, 0], strides = [1] : vector<4xi32> into vector<2x8xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [0, 0], sizes = [1], strides = [1] : vector<2x8xf32> to vector<1x8xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [0], sizes = [1], strides = [1] : vector<2x8xf32> to vector<1x8xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [0, 0, 0], sizes = [1, 1, 1], strides = [1, 1, 1] : vector<2x8xf32> to vector<1x8xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [3], sizes = [1], strides = [1] : vector<2x8xf32> to vector<1x8xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [0], sizes = [3], strides = [1] : vector<2x8xf32> to vector<3x8xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [1], sizes = [2], strides = [1] : vector<2x8xf32> to vector<2x8xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [1], sizes = [1], strides = [2] : vector<2x8xf32> to vector<1x8xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [1], sizes = [1], strides = [1] : vector<2x8xf32> to vector<1x7xf32>",
    "%6 = vector.extract_strided_slice %a offsets = [], sizes = [], strides = [] : vector<2x8xf32> to vector<2x8xf32>",
    "%6 = vector.interleave %d, %d : vector<4xf32> -> vector<4xf32>",
    "%6:2 = vector.deinterleave %d : vector<4xf32> -> vector<4xf32>",
    "%2 = vector.multi_reduction <add>, %a, %e [1] : vector<2x8xf32> to vector<8xf32>",
    "%2 = vector.multi_reduction <xor>, %a, %e [0] : vector<2x8xf32> to vector<8xf32>",
    "%2 = vector.multi_reduction <foo>, %a, %e [0] : vector<2x8xf32> to vector<8xf32>",
    "%2 = vector.multi_reduction <add>, %a, %x [0] : vector<2x8xf32> to f32",
    "%2 = vector.multi_reduction <add>, %a, %a [] : vector<2x8xf32> to vector<2x8xf32>",
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"], fastmath = #arith.fastmath<fast>, kind = #vector.kind<maxnumf>, other} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    "%0 = vector.contract {indexing_maps = []} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>",
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "foo", "reduction"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d0)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2 + 1)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2)[s0] -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "parallel"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %c {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %e : vector<2x8xf32>, vector<8x2xf32> into vector<8xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d1)>], iterator_types = ["parallel", "parallel", "reduction"]} %a, %b, %e : vector<2x8xf32>, vector<8x2xf32> into vector<8xf32>',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"], kind = #vector.kind<minsi>} %e, %e, %x : vector<8xf32>, vector<8xf32> into f32',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"], kind = #vector.kind<maximumf>} %e, %e, %x : vector<8xf32>, vector<8xf32> into f32',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]} %h, %h, %x : vector<8xf16>, vector<8xf16> into f32',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]} %h, %e, %x : vector<8xf16>, vector<8xf32> into f32',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]} %e, %e, %i : vector<8xf32>, vector<8xf32> into f32',
    '%0 = vector.contract {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["reduction"]} %e, %e, %e : vector<8xf32>, vector<8xf32> into vector<8xf32>',
    "%0 = vector.reduction <add>, %h : vector<8xf16> into f16",
    "%0 = vector.reduction <add>, %h, %y fastmath<fast> {tag} : vector<8xf16> into f16",
    "%0 = vector.reduction <foo>, %h : vector<8xf16> into f16",
    "%0 = vector.reduction <xor>, %h : vector<8xf16> into f16",
    "%0 = vector.reduction <add>, %a : vector<2x8xf32> into f32",
    "%0 = vector.reduction <add>, %h : vector<8xf16> into f32",
    "util.optimization_barrier {a = #vector.kind<maximumnumf>, b = #vector.iterator_type<parallel>} %x : f32",
    "util.optimization_barrier {a = #vector.kind<foo>} %x : f32",
    "util.optimization_barrier {a = #vector.iterator_type<foo>} %x : f32",
)
"""Of functions, each about another rule."""


@pytest.mark.parametrize("body", BODIES)
def test_the_same_answer(body: str) -> None:
    text = f"{HEAD}{body}\nreturn\n}}\n"
    assert our_answer(text) == real_answer(text)
