"""Ops of the tensor dialect that break their rules, and functions that end wrongly, are refused in the real tool's words."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.fuzz.compare import first_error

ARGUMENTS = (
    "%t: tensor<4x?xf32>, %u: tensor<*xf32>, %i: index, %f: f32, %j: i32, %s: tensor<2xindex>, %w: tensor<2xi32>, "
    "%z: tensor<f32>, %v: vector<4xf32>, %d: tensor<?xindex>, %q: tensor<4x2xf32>, %r: tensor<8xf32>, %n: tensor<?xf32>, "
    "%m: memref<4x?xf32>, %o: tensor<1x1xf32>, %p: tensor<4x2x3x?xf32>, %y: tensor<?x?xf32>"
)

OPS = (
    '"tensor.cast"(%i) : (index) -> tensor<4xf32>',
    '"tensor.cast"(%t) : (tensor<4x?xf32>) -> f32',
    "tensor.cast %t : tensor<4x?xf32> to tensor<5x?xf32>",
    "tensor.cast %t : tensor<4x?xf32> to f32",
    '"tensor.dim"(%t, %t) : (tensor<4x?xf32>, tensor<4x?xf32>) -> index',
    '"tensor.dim"(%f, %i) : (f32, index) -> index',
    '"tensor.dim"(%t, %i) : (tensor<4x?xf32>, index) -> i32',
    "tensor.dim %v, %i : vector<4xf32>",
    '"tensor.concat"() <{dim = 0 : i64}> : () -> tensor<4xf32>',
    '"tensor.concat"(%t, %f) <{dim = 0 : i64}> : (tensor<4x?xf32>, f32) -> tensor<4xf32>',
    '"tensor.concat"(%t, %t) <{dim = 0 : i64}> : (tensor<4x?xf32>, tensor<4x?xf32>) -> f32',
    '"tensor.concat"(%t, %t) <{dim = 0 : i32}> : (tensor<4x?xf32>, tensor<4x?xf32>) -> tensor<8x?xf32>',
    '"tensor.concat"(%t, %t) : (tensor<4x?xf32>, tensor<4x?xf32>) -> tensor<8x?xf32>',
    "tensor.concat dim(0) %t, %t : (tensor<4x?xf32>, tensor<4x?xf32>) -> tensor<9x?xf32>",
    "tensor.concat dim(2) %t, %q : (tensor<4x?xf32>, tensor<4x2xf32>) -> tensor<4x9xf32>",
    "tensor.concat dim(1) %t, %r : (tensor<4x?xf32>, tensor<8xf32>) -> tensor<4x9xf32>",
    "tensor.concat dim(0) %t, %q : (tensor<4x?xf32>, tensor<4x2xf32>) -> tensor<8x?xf64>",
    '"tensor.reshape"(%t, %t) : (tensor<4x?xf32>, tensor<4x?xf32>) -> tensor<4x?xf32>',
    '"tensor.reshape"(%f, %s) : (f32, tensor<2xindex>) -> tensor<4x?xf32>',
    '"tensor.reshape"(%t, %s) : (tensor<4x?xf32>, tensor<2xindex>) -> f32',
    "tensor.reshape %t(%w) : (tensor<4x?xf32>, tensor<2xi32>) -> tensor<4x?xf64>",
    "tensor.reshape %t(%w) : (tensor<4x?xf32>, tensor<2xi32>) -> tensor<4xf32>",
    "tensor.reshape %q(%w) : (tensor<4x2xf32>, tensor<2xi32>) -> tensor<4x3xf32>",
    "tensor.reshape %q(%d) : (tensor<4x2xf32>, tensor<?xindex>) -> tensor<8xf32>",
    "tensor.reshape %q(%d) : (tensor<4x2xf32>, f32) -> f32",
    "tensor.reshape %q(%d) : (tensor<4x2xf32>) -> tensor<2x4xf32>",
    '"tensor.expand_shape"(%r, %i) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>, index) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [[0, 1]]}> : (tensor<8xf32>) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [[0, 1]], static_output_shape = array<i32: 4, 2>}> : (tensor<8xf32>) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [0, 1], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = 3 : i32, static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%r, %f) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>, f32) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%f) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (f32) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> f32',
    '"tensor.expand_shape"(%r) <{reassociation = [[0, 2]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [[0], [1]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> tensor<4x3xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> tensor<8xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> tensor<4x?xf32>',
    '"tensor.expand_shape"(%r) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (tensor<8xf32>) -> tensor<4x2xf64>',
    "tensor.expand_shape %n [[0, 1]] output_shape [%f, 2] : tensor<?xf32> into tensor<?x2xf32>",
    "tensor.expand_shape %n [[0, 1]] output_shape : tensor<?xf32> into tensor<?x2xf32>",
    "tensor.expand_shape %n [[0, 1]] : tensor<?xf32> into tensor<?x2xf32>",
    "tensor.expand_shape %n 3 output_shape [%i, 2] : tensor<?xf32> into tensor<?x2xf32>",
    "tensor.expand_shape %n [[0, 1]] output_shape [%i, 2] : f32 into tensor<?x2xf32>",
    "tensor.expand_shape %z [] output_shape [2, 1] : tensor<f32> into tensor<2x1xf32>",
    "tensor.collapse_shape %q [[0, 1]] : tensor<4x2xf32> into tensor<9xf32>",
    "tensor.collapse_shape %q [[0, 1]] : tensor<4x2xf32> into f32",
    "tensor.collapse_shape %q [[0], [1]] : tensor<4x2xf32> into tensor<8xf32>",
    "tensor.collapse_shape %q [[0], [2]] : tensor<4x2xf32> into tensor<4x2xf32>",
    "tensor.collapse_shape %q [[0, 1]] : tensor<4x2xf32> into tensor<8xf64>",
    "tensor.collapse_shape %q [0, 1] : tensor<4x2xf32> into tensor<8xf64>",
    "tensor.collapse_shape %t [[0, 1]] : tensor<4x?xf32> into tensor<8xf32>",
    "tensor.collapse_shape %z [[]] : tensor<f32> into tensor<1xf32>",
    '"tensor.from_elements"() : () -> f32',
    '"tensor.from_elements"(%f, %i) : (f32, index) -> tensor<2xf32>',
    "tensor.from_elements %f, %f : tensor<3xf32>",
    "tensor.from_elements %f, %f : tensor<?xf32>",
    "tensor.from_elements %f, %f : tensor<*xf32>",
    "tensor.from_elements %f, %i : tensor<2x1xf32>",
    '"tensor.splat"(%f) : (f32) -> tensor<?xf32>',
    '"tensor.splat"(%f, %f) : (f32, f32) -> tensor<?xf32>',
    '"tensor.splat"(%t) : (tensor<4x?xf32>) -> tensor<?xf32>',
    '"tensor.splat"(%f) : (f32) -> f32',
    "tensor.splat %f : tensor<*xf32>",
    "tensor.splat %f[%f] : tensor<?xf32>",
    "tensor.extract %u[%i, %i] : tensor<*xf32>",
    "tensor.insert %i into %t[%i, %i] : tensor<4x?xf32>",
    "tensor.insert %f into %t[%i, %i] : f32",
    '"tensor.extract"() : () -> f32',
    '"tensor.insert"(%f) : (f32) -> f32',
    '"tensor.empty"(%f) : (f32) -> tensor<?xf32>',
    "tensor.empty(%i) : f32",
    "tensor.rank %m : memref<4x?xf32>",
    "tensor.generate %i { ^bb0(%x: index): tensor.yield %i : index } : tensor<?xf32>",
    "tensor.generate %i { ^bb0(%x: index): return } : tensor<?xf32>",
    '"tensor.expand_shape"(%n, %i) <{reassociation = [[]], static_output_shape = array<i64: -9223372036854775808, 3>}> : (tensor<?xf32>, index) -> tensor<4x?xf32>',
    '"tensor.expand_shape"(%q) <{reassociation = [[0, 1]], static_output_shape = array<i64: 8>}> : (tensor<4x2xf32>) -> tensor<8xf32>',
    '"tensor.expand_shape"(%q) <{reassociation = [[1], [0]], static_output_shape = array<i64: 4, 2>}> : (tensor<4x2xf32>) -> tensor<4x2xf32>',
    '"tensor.expand_shape"(%q) <{reassociation = [[0], [1]], static_output_shape = array<i64: 2, 4>}> : (tensor<4x2xf32>) -> tensor<2x4xf32>',
    "tensor.collapse_shape %q [] : tensor<4x2xf32> into tensor<f32>",
    "tensor.collapse_shape %p [[1, 0], [2, 3]] : tensor<4x2x3x?xf32> into tensor<8x?xf32>",
    "tensor.collapse_shape %r [[0]] : tensor<8xf32> into tensor<8x?xf32>",
    "tensor.reshape %q(%r) : tensor<8xf32>",
    "tensor.concat dim(0) %q, %y : (tensor<4x2xf32>) -> tensor<?x3xf32>",
    'tensor.concat dim("a") %q, %y : (tensor<4x2xf32>) -> tensor<?x3xf32>',
    "tensor.concat dim(0 : i32) %q, %y : (tensor<4x2xf32>) -> tensor<?x3xf32>",
    "tensor.concat dim(0) %q, %q : (tensor<4x2xf32>, tensor<4x2xf32>) -> (tensor<?x2xf32>, i32)",
    "tensor.concat dim(0) %q, %q : (tensor<4x2xf32>, tensor<4x2xf32>) -> ()",
)
"""Each is refused for another reason."""

FUNCTIONS = (
    "func.func @f() -> i32 { util.unreachable }",
    'func.func @f(%a: i32) -> i64 { "iree_linalg_ext.yield"(%a) : (i32) -> () }',
    'func.func @f(%a: i32) -> i64 { "flow.return"(%a, %a) : (i32, i32) -> () }',
    "func.func @f(%a: i32) -> i64 { return %a : i32 }",
    "func.func @f(%a: i32) -> i64 { util.unreachable ^bb1: return }",
    'func.func @f(%a: i32) -> i64 { return %a : i32 ^bb1: %b = "tensor.extract"(%a) : (i32) -> i32 return %a : i32 }',
    'func.func @f(%a: f32) { %0 = "flow.tensor.splat"(%a) : (f32) -> tensor<4xi32> return }',
    'func.func @f(%a: vector<4xi32>) { %0 = "arith.cmpi"(%a, %a) <{predicate = 0 : i64}> : (vector<4xi32>, vector<4xi32>) -> vector<3xi1> return }',
)


@pytest.mark.parametrize(
    "text", [*(f"util.func private @f({ARGUMENTS}) {{\n%e = {op}\nutil.return\n}}\n" for op in OPS), *FUNCTIONS]
)
def test_it_is_refused_as_in_the_real_tool(text: str) -> None:
    accepted, messages = oracle.iree_opt(text)
    assert accepted is None
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert first_error(str(caught.value)) == first_error(messages)


def test_a_tensor_without_dimensions_is_expanded_and_unranked_ones_are_reshaped() -> None:
    ops = (
        "tensor.expand_shape %z [] output_shape [1, 1] : tensor<f32> into tensor<1x1xf32>",
        "tensor.reshape %u(%d) : (tensor<*xf32>, tensor<?xindex>) -> tensor<*xf32>",
        "tensor.bitcast %q : tensor<4x2xf32> to tensor<4x?xi32>",
    )
    lines = "\n".join(f"%e{number} = {op}" for number, op in enumerate(ops))
    text = f"util.func private @f({ARGUMENTS}) {{\n{lines}\nutil.return\n}}\n"
    want, _ = oracle.iree_opt(text)
    assert want is not None
    assert print_module(parse(text).op).rstrip() == want.rstrip()
