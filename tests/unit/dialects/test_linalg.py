"""The ops of linalg that are not in the table of named ops."""

import pytest

from iree_explorer.dialects import linalg
from iree_explorer.ir.interfaces.effects import is_memory_effect_free, is_speculatable
from iree_explorer.syntax import parse
from tests.unit.dialects.texts import assert_round_trips, error_of, function, reprinted

ALIASES = """\
#map = affine_map<(d0, d1, d2) -> (d2, d0)>
#map1 = affine_map<(d0, d1, d2) -> (d2, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1) -> (d1, d0)>
"""

ARGUMENTS = "f32; tensor<4x4xf32>; tensor<4xf32>; tensor<4x4xi32>; index; tensor<2x2x2x2xf32>; tensor<?x?x?x2xf32>"

BODY = """\
%0 = linalg.matmul indexing_maps = [#map, #map1, #map2] {foo} ins(%arg1, %arg1 : tensor<4x4xf32>, tensor<4x4xf32>) \
outs(%arg1 : tensor<4x4xf32>) -> tensor<4x4xf32>
%1 = linalg.contract indexing_maps = [#map, #map1, #map2] ins(%arg1, %arg1 : tensor<4x4xf32>, tensor<4x4xf32>) \
outs(%arg1 : tensor<4x4xf32>) -> tensor<4x4xf32>
%2 = linalg.elementwise <exp> ins(%arg1 : tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>) -> tensor<4x4xf32>
%3 = linalg.elementwise <add> indexing_maps = [#map3, #map4, #map3] {foo} \
ins(%arg1, %arg1 : tensor<4x4xf32>, tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>) -> tensor<4x4xf32>
%transposed = linalg.transpose ins(%arg1 : tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>) permutation = [1, 0] \n\
%broadcasted = linalg.broadcast ins(%arg2 : tensor<4xf32>) outs(%arg1 : tensor<4x4xf32>) dimensions = [1]  {foo}
%reduced = linalg.reduce { arith.addf } ins(%arg1 : tensor<4x4xf32>) outs(%arg2 : tensor<4xf32>) dimensions = [1] \n\
%reduced_0 = linalg.reduce ins(%arg1 : tensor<4x4xf32>) outs(%arg2 : tensor<4xf32>) dimensions = [1]  {aa}
  (%in: f32, %init: f32) {
    %8 = arith.subf %in, %init : f32
    %9 = arith.subf %in, %8 : f32
    linalg.yield %9 : f32
  }
%mapped = linalg.map { math.exp } ins(%arg1 : tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>)
%mapped_1 = linalg.map ins(%arg1, %arg1 : tensor<4x4xf32>, tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>) {x}
  (%in: f32, %in_3: f32, %init: f32) {
    %8 = arith.addf %in, %in_3 : f32
    %9 = arith.subf %in, %8 : f32
    linalg.yield %9 : f32
  }
%4 = linalg.softmax dimension(1) ins(%arg1 : tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>) -> tensor<4x4xf32>
%5:2 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} \
ins(%arg1 : tensor<4x4xf32>) outs(%arg1, %arg3 : tensor<4x4xf32>, tensor<4x4xi32>) attrs =  {foo = 1 : i32} {
^bb0(%in: f32, %out: f32, %out_3: i32):
  %8 = linalg.index 0 : index
  linalg.yield %in, %out_3 : f32, i32
} -> (tensor<4x4xf32>, tensor<4x4xi32>)
%6 = linalg.generic {doc = "x", indexing_maps = [#map3], iterator_types = ["parallel", "parallel"], \
library_call = "zz"} outs(%arg1 : tensor<4x4xf32>) {
^bb0(%out: f32):
  linalg.yield %out : f32
} -> tensor<4x4xf32>
%pack = linalg.pack %arg1 inner_dims_pos = [0, 1] inner_tiles = [2, 2] into %arg5 : \
tensor<4x4xf32> -> tensor<2x2x2x2xf32>
%pack_2 = linalg.pack %arg1 padding_value(%arg0 : f32) outer_dims_perm = [1, 0] inner_dims_pos = [0, 1] \
inner_tiles = [%arg4, 2] into %arg6 {foo} : tensor<4x4xf32> -> tensor<?x?x?x2xf32>
%unpack = linalg.unpack %arg5 outer_dims_perm = [1, 0] inner_dims_pos = [0, 1] inner_tiles = [2, 2] into %arg1 : \
tensor<2x2x2x2xf32> -> tensor<4x4xf32>
%7 = linalg.fill ins(%arg0 : f32) outs(%arg1 : tensor<4x4xf32>) -> tensor<4x4xf32>"""


def _op(name: str) -> linalg.LinalgOp:
    module = parse(ALIASES + function(BODY, ARGUMENTS)).op
    op = next(op for op in module.walk() if op.name == f"linalg.{name}")
    assert isinstance(op, linalg.LinalgOp)
    return op


def test_ops_print_back() -> None:
    assert_round_trips(BODY, ARGUMENTS, ALIASES)


def test_a_trait_may_be_an_alias() -> None:
    text = '#trait = {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}\n' + function(
        "%0 = linalg.generic #trait outs(%arg0 : tensor<4xf32>) {\n^bb0(%o: f32):\n linalg.yield %o : f32\n} "
        "-> tensor<4xf32>",
        "tensor<4xf32>",
    )
    op = next(op for op in parse(text).op.walk() if isinstance(op, linalg.GenericOp))
    assert op.iterators() == ["parallel"]


@pytest.mark.parametrize(
    ("name", "maps", "iterators"),
    [
        ("transpose", ["(d0, d1) -> (d1, d0)", "(d0, d1) -> (d0, d1)"], ["parallel"] * 2),
        ("broadcast", ["(d0, d1) -> (d0)", "(d0, d1) -> (d0, d1)"], ["parallel"] * 2),
        ("reduce", ["(d0, d1) -> (d0, d1)", "(d0, d1) -> (d0)"], ["parallel", "reduction"]),
        ("fill", ["(d0, d1) -> ()", "(d0, d1) -> (d0, d1)"], ["parallel"] * 2),
    ],
)
def test_maps_and_iterators(name: str, maps: list[str], iterators: list[str]) -> None:
    op = _op(name)
    assert [str(map_) for map_ in op.maps()] == maps
    assert list(op.iterators()) == iterators


def test_a_contraction_reduces_what_its_output_does_not_index() -> None:
    assert _op("contract").iterators() == ["parallel", "parallel", "reduction"]


def test_the_short_form_keeps_the_attributes_of_its_op() -> None:
    body = (
        "%mapped = linalg.map { arith.addf {fastmath = #arith.fastmath<fast>} } ins(%arg0, %arg0 : tensor<4xf32>, "
        "tensor<4xf32>) outs(%arg0 : tensor<4xf32>)"
    )
    assert reprinted(body, "tensor<4xf32>") == body


def test_no_effects_on_tensors_and_some_on_buffers() -> None:
    on_tensors = _op("fill")
    assert is_memory_effect_free(on_tensors)
    assert is_speculatable(on_tensors)
    text = function("linalg.fill ins(%arg0 : f32) outs(%arg1 : memref<4xf32>)", "f32; memref<4xf32>")
    on_buffers = next(op for op in parse(text).op.walk() if op.name == "linalg.fill")
    assert not is_memory_effect_free(on_buffers)
    assert not is_speculatable(on_buffers)


GENERIC = (
    "%0 = linalg.generic {{indexing_maps = [affine_map<{0}>, affine_map<{1}>], iterator_types = [{2}]}} "
    "ins(%arg0 : tensor<4x5xf32>) outs(%arg1 : tensor<4xf32>) {{\n^bb0(%a: f32, %b: {3}):\n"
    "  linalg.yield %a : f32\n}} -> {4}"
)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            ("(d0, d1) -> (d0, d1)", "(d0, d1) -> (d1)", '"parallel", "parallel"', "f32", "tensor<4xf32>"),
            "inferred input/output operand #1 has shape's dimension #0 to be 5, but found 4",
        ),
        (
            ("(d0, d1) -> (d0)", "(d0, d1) -> (d0)", '"parallel", "parallel"', "f32", "tensor<4xf32>"),
            "expected operand rank (2) to match the result rank of indexing_map #0 (1)",
        ),
        (
            ("(d0) -> (d0, d0)", "(d0) -> (d0)", '"parallel", "parallel"', "f32", "tensor<4xf32>"),
            "expected indexing_map #0 to have 2 dim(s) to match the number of loops",
        ),
        (
            ("(d0, d1) -> (d0, d1)", "(d0, d1) -> (d0)", '"parallel", "reduction"', "f64", "tensor<4xf32>"),
            "expected type of bb argument #1 ('f64') to match element or self type of the corresponding operand ('f32')",
        ),
        (
            ("(d0, d1) -> (d0, d1)", "(d0, d1) -> (d0)", '"parallel", "reduction"', "f32", "tensor<5xf32>"),
            "to match type of corresponding result ('tensor<5xf32>')",
        ),
        (
            ("(d0, d1) -> (d0, d1)", "(d0, d1) -> (d0)", '"parallel", "sideways"', "f32", "tensor<4xf32>"),
            "custom op 'linalg.generic' unexpected iterator_type (sideways)",
        ),
        (
            ("(d0, d1) -> (d0, d1)", "(d0, d1) -> (d0)", '"parallel", "window"', "f32", "tensor<4xf32>"),
            "custom op 'linalg.generic' unexpected iterator_type (window)",
        ),
    ],
)
def test_wrong_generics_are_refused(parts: tuple[str, ...], message: str) -> None:
    assert message in error_of(GENERIC.format(*parts), "tensor<4x5xf32>; tensor<4xf32>")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "%0 = linalg.fill ins(%arg0 : f64) outs(%arg1 : tensor<4x4xf32>) -> tensor<4x4xf32>",
            "expected fill value type",
        ),
        (
            "%0 = linalg.transpose ins(%arg1 : tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>) permutation = [1, 1]",
            "permutation is not valid",
        ),
        (
            "%0 = linalg.broadcast ins(%arg1 : tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>) dimensions = [1]",
            "input rank plus added dimensions does not match init rank",
        ),
        (
            "%0 = linalg.softmax dimension(2) ins(%arg1 : tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>) -> tensor<4x4xf32>",
            "incorrect dimension specified",
        ),
        (
            "%0 = linalg.pack %arg1 inner_dims_pos = [0] inner_tiles = [3] into %arg2 : tensor<4x4xf32> -> tensor<2x4x2xf32>",
            "mismatch in inner tile sizes",
        ),
        (
            "%0 = linalg.map { no.such } ins(%arg1 : tensor<4x4xf32>) outs(%arg1 : tensor<4x4xf32>)",
            "unregistered payload",
        ),
        ("%0 = linalg.index 0 : index", "expected parent op with LinalgOp interface"),
        (
            "%0 = linalg.index 9223372036854775808 : index",
            "attribute 'dim' failed to satisfy constraint: 64-bit signless integer attribute whose minimum value is 0",
        ),
    ],
)
def test_wrong_ops_are_refused(body: str, message: str) -> None:
    assert message in error_of(body, "f64; tensor<4x4xf32>; tensor<2x4x2xf32>")
