import pytest

from tests.unit.dialects.texts import assert_round_trips, error_of

ARGUMENTS = "index; f32; tensor<4xf32>; tensor<?x?xf32>; tensor<2xindex>; tensor<*xf32>; tensor<1x2x1xindex>"

BODY = """\
%0 = tensor.empty() : tensor<4xf32>
%1 = tensor.empty(%arg0, %arg0) {x} : tensor<?x?xf32>
%extracted = tensor.extract %arg2[%arg0] : tensor<4xf32>
%inserted = tensor.insert %arg1 into %arg2[%arg0] : tensor<4xf32>
%extracted_slice = tensor.extract_slice %arg3[0, %arg0] [1, 4] [1, 1] : tensor<?x?xf32> to tensor<4xf32>
%inserted_slice = tensor.insert_slice %arg2 into %arg3[0, %arg0] [1, 4] [1, 1] : tensor<4xf32> into tensor<?x?xf32>
%cast = tensor.cast %arg2 : tensor<4xf32> to tensor<?xf32>
%dim = tensor.dim %arg3, %arg0 : tensor<?x?xf32>
%collapsed = tensor.collapse_shape %arg3 [[0, 1]] : tensor<?x?xf32> into tensor<?xf32>
%expanded = tensor.expand_shape %arg2 [[0, 1]] output_shape [2, 2] : tensor<4xf32> into tensor<2x2xf32>
%expanded_0 = tensor.expand_shape %cast [[0, 1]] output_shape [%arg0, 2] : tensor<?xf32> into tensor<?x2xf32>
%from_elements = tensor.from_elements %arg1, %arg1 : tensor<2xf32>
%splat = tensor.splat %arg1[%arg0] : tensor<?x4xf32>
%generated = tensor.generate %arg0 {
^bb0(%arg7: index):
  tensor.yield %arg1 : f32
} : tensor<?xf32>
%reshape = tensor.reshape %arg2(%arg4) : (tensor<4xf32>, tensor<2xindex>) -> tensor<2x2xf32>
%concat = tensor.concat dim(0) %arg2, %arg2 {x} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
%2 = tensor.bitcast %arg2 : tensor<4xf32> to tensor<4xi32>
%rank = tensor.rank %arg5 : tensor<*xf32>
%padded = tensor.pad %arg3 nofold low[%arg0, 0] high[0, %arg0] {
^bb0(%arg7: index, %arg8: index):
  tensor.yield %arg1 : f32
} {y} : tensor<?x?xf32> to tensor<?x?xf32>
%gather = tensor.gather %arg3[%arg6] gather_dims([0]) unique : (tensor<?x?xf32>, tensor<1x2x1xindex>) -> tensor<1x2x1x?xf32>
%scatter = tensor.scatter %gather into %arg3[%arg6] scatter_dims([0]) unique : \
(tensor<1x2x1x?xf32>, tensor<?x?xf32>, tensor<1x2x1xindex>) -> tensor<?x?xf32>"""


def test_ops_print_back_with_their_names() -> None:
    assert_round_trips(BODY, ARGUMENTS)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("%0 = tensor.empty() : tensor<?xf32>", "incorrect number of dynamic sizes, has 0, expected 1"),
        ("%0 = tensor.bitcast %arg2 : tensor<4xf32> to tensor<4xi64>", "are cast incompatible"),
        ("%0 = tensor.generate { ^bb0(%i: index): tensor.yield %arg1 : f32 } : tensor<?xf32>", "dynamic extents"),
        ("%0 = tensor.generate { ^bb0(%i: i32): tensor.yield %arg1 : f32 } : tensor<4xf32>", "one body argument"),
        (
            "%0 = tensor.extract_slice %arg2[0] [2] [1] : tensor<4xf32> to tensor<3xf32>",
            "expected type to be 'tensor<2xf32>' or a rank-reduced version. (size mismatch)",
        ),
        (
            "%0 = tensor.extract_slice %arg2[0] [2] [1] : tensor<4xf32> to tensor<2x1xf32>",
            "expected rank to be smaller or equal to the other rank.",
        ),
        (
            "%0 = tensor.extract_slice %arg2[0] [2] [1] : tensor<4xf32> to tensor<2xi32>",
            "expected element type to be 'f32'",
        ),
        (
            "%0 = tensor.extract_slice %arg2[4] [1] [1] : tensor<4xf32> to tensor<1xf32>",
            "offset 0 is out-of-bounds: 4 >= 4",
        ),
        (
            "%0 = tensor.insert_slice %arg2 into %arg2[1] [4] [1] : tensor<4xf32> into tensor<4xf32>",
            "slice along dimension 0 runs out-of-bounds: 4 >= 4",
        ),
        (
            "%0 = tensor.pad %arg2 low[1] high[2] { ^bb0(%i: index): tensor.yield %arg1 : f32 } : tensor<4xf32> to tensor<8xf32>",
            "specified type 'tensor<8xf32>' does not match the inferred type 'tensor<7xf32>'",
        ),
        (
            "%0 = tensor.pad %arg2 low[1, 0] high[2] { ^bb0(%i: index): tensor.yield %arg1 : f32 } : tensor<4xf32> to tensor<7xf32>",
            "failed to infer expectedType from sourceType 'tensor<4xf32>', specified resultType is 'tensor<7xf32>'",
        ),
        (
            "%0 = tensor.pad %arg2 low[1] high[2] { ^bb0: tensor.yield %arg1 : f32 } : tensor<4xf32> to tensor<7xf32>",
            "expected the block to have 1 arguments",
        ),
        (
            "%0 = tensor.pad %arg2 low[1] high[2] { ^bb0(%i: i32): tensor.yield %arg1 : f32 } : tensor<4xf32> to tensor<7xf32>",
            "expected block argument 1 to be an index",
        ),
        (
            "%0 = tensor.pad %arg2 low[1] high[2] { ^bb0(%i: index): tensor.yield %i : index } : tensor<4xf32> to tensor<7xf32>",
            "expected yield type to match shape element type",
        ),
    ],
)
def test_wrong_types_are_refused(body: str, message: str) -> None:
    assert message in error_of(body, ARGUMENTS)


_WHOLE, _PLACES, _SLICES = "tensor<4x4x4xf32>", "tensor<1x2x2xindex>", "tensor<1x2x4xf32>"
_SLICES_EXPECTED = "type mismatch: expected 'tensor<1x2x1x1x4xf32>' or its rank-reduced variant 'tensor<1x2x4xf32>'"


@pytest.mark.parametrize(
    ("dims", "places", "slices", "message"),
    [
        ("", _PLACES, _SLICES, "dims must be non-empty"),
        ("0, 1, 2, 3", "tensor<1x2x4xindex>", _SLICES, "dims overflow {whole} rank"),
        ("0", _PLACES, _SLICES, "dims length must match the size of last dimension of indices"),
        ("0", "tensor<index>", _SLICES, "dims length must match the size of last dimension of indices"),
        ("0, -1", _PLACES, _SLICES, "dims value must be non-negative"),
        ("0, 3", _PLACES, _SLICES, "dims value must be smaller than {whole} rank"),
        ("1, 1", _PLACES, _SLICES, "dims values must be strictly increasing"),
        ("0, 1", _PLACES, "tensor<1x2x5xf32>", "{part} " + _SLICES_EXPECTED + " (got: 'tensor<1x2x5xf32>')"),
        ("0, 1", "tensor<1x2x2xf32>", _SLICES, "must be ranked tensor of signless integer or index values"),
    ],
)
def test_coordinates_are_those_of_dimensions(dims: str, places: str, slices: str, message: str) -> None:
    gather = f"%0 = tensor.gather %arg0[%arg1] gather_dims([{dims}]) : ({_WHOLE}, {places}) -> {slices}"
    scatter = f"%0 = tensor.scatter %arg2 into %arg0[%arg1] scatter_dims([{dims}]) unique : ({slices}, {_WHOLE}, {places}) -> {_WHOLE}"
    arguments = f"{_WHOLE}; {places}; {slices}"
    assert message.format(whole="source", part="result") in error_of(gather, arguments)
    assert message.format(whole="dest", part="source") in error_of(scatter, arguments)


def test_slices_are_scattered_to_places_of_their_own() -> None:
    types = f"({_SLICES}, {_WHOLE}, {_PLACES}) -> {_WHOLE}"
    scatter = f"%0 = tensor.scatter %arg2 into %arg0[%arg1] scatter_dims([0, 1]) : {types}"
    assert "requires 'unique' attribute to be set" in error_of(scatter, f"{_WHOLE}; {_PLACES}; {_SLICES}")
