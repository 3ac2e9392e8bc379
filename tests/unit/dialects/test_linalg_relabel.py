"""What `linalg.transpose`, `broadcast` and `map` are like, beyond what all structured ops are."""

import pytest

from tests.unit.dialects.refusals import refusal


@pytest.mark.parametrize(
    ("arguments", "op", "message"),
    [
        (
            "%a: memref<4x8xf32>, %b: memref<8x4xf32>",
            "linalg.transpose ins(%a : memref<4x8xf32>) outs(%b : memref<8x4xf32>) permutation = [0, 1]",
            "'linalg.transpose' op dim(result, 0) = 8 doesn't match dim(input, permutation[0]) = 4",
        ),
        (
            "%a: memref<4x8xf32>, %b: memref<?x4xf32>",
            "linalg.transpose ins(%a : memref<4x8xf32>) outs(%b : memref<?x4xf32>) permutation = [1, 0]",
            "'linalg.transpose' op dim(result, 0) = -9223372036854775808 doesn't match dim(input, permutation[0]) = 8",
        ),
        (
            "%a: memref<4x8xf32>, %b: memref<8x4xf32>",
            "linalg.transpose ins(%a : memref<4x8xf32>) outs(%b : memref<8x4xf32>) permutation = [1, 1]",
            "'linalg.transpose' op permutation is not valid",
        ),
        (
            "%a: memref<4x8xf32>, %b: memref<8x4xf32>",
            "linalg.transpose ins(%a : memref<4x8xf32>) outs(%b : memref<8x4xf32>) permutation = [1, 0, 2]",
            "'linalg.transpose' op size of permutation 3 does not match the argument rank 2",
        ),
        (
            "%a: memref<4x8xf32>, %b: memref<8x4x1xf32>",
            "linalg.transpose ins(%a : memref<4x8xf32>) outs(%b : memref<8x4x1xf32>) permutation = [1, 0]",
            "'linalg.transpose' op input rank (2) does not match init rank (3)",
        ),
        (
            "%a: memref<4x8xf32>, %b: memref<8x4xi32>",
            "linalg.transpose ins(%a : memref<4x8xf32>) outs(%b : memref<8x4xi32>) permutation = [1, 0]",
            "'linalg.yield' op type of yield operand 1 ('f32') doesn't match the element type of the enclosing linalg.generic op ('i32')",
        ),
        (
            "%a: f32, %b: memref<f32>",
            "linalg.transpose ins(%a : f32) outs(%b : memref<f32>) permutation = []",
            "'linalg.transpose' op operand #0 must be memref of any non-token type values or ranked tensor of any non-token type values, but got 'f32'",
        ),
        (
            "%a: memref<4xf32>, %b: memref<4x8xf32>",
            "linalg.broadcast ins(%a : memref<4xf32>) outs(%b : memref<4x8xf32>) dimensions = [0]",
            "'linalg.broadcast' op input dim 0 should match init dim 1. input: 4, init: 8",
        ),
        (
            "%a: memref<4xf32>, %b: memref<4x8xf32>",
            "linalg.broadcast ins(%a : memref<4xf32>) outs(%b : memref<4x8xf32>) dimensions = [2]",
            "'linalg.broadcast' op dimension 0 is out of range. expected range: [0, 1], got: 2",
        ),
        (
            "%a: memref<4xf32>, %b: memref<4x8xf32>",
            "linalg.broadcast ins(%a : memref<4xf32>) outs(%b : memref<4x8xf32>) dimensions = [-1]",
            "'linalg.broadcast' op dimension 0 is out of range. expected range: [0, 1], got: -1",
        ),
        (
            "%a: memref<4xf32>, %b: memref<4x8x2xf32>",
            "linalg.broadcast ins(%a : memref<4xf32>) outs(%b : memref<4x8x2xf32>) dimensions = [1, 1]",
            "'linalg.broadcast' op dimensions should not contain duplicates",
        ),
        (
            "%a: memref<4xf32>, %b: memref<?x8xf32>",
            "linalg.broadcast ins(%a : memref<4xf32>) outs(%b : memref<?x8xf32>) dimensions = [1]",
            "'linalg.broadcast' op input dim 0 should match init dim 0. input: 4, init: -9223372036854775808",
        ),
        (
            "%a: f32, %b: memref<8xf32>",
            "linalg.broadcast ins(%a : f32) outs(%b : memref<8xf32>) dimensions = [0]",
            "'linalg.broadcast' op operand #0 must be memref of any non-token type values or ranked tensor of any non-token type values, but got 'f32'",
        ),
        (
            "%a: tensor<4xf32>, %b: tensor<?xf32>",
            "%0 = linalg.map { arith.addf } ins(%a, %a : tensor<4xf32>, tensor<4xf32>) outs(%b : tensor<?xf32>)",
            "'linalg.map' op expected shape of input (4) to match shape of output (-9223372036854775808)",
        ),
        (
            "%a: tensor<4xf32>, %b: tensor<5xf32>",
            "%0 = linalg.map { arith.addf } ins(%a, %a : tensor<4xf32>, tensor<4xf32>) outs(%b : tensor<5xf32>)",
            "'linalg.map' op expected shape of input (4) to match shape of output (5)",
        ),
        (
            "%a: tensor<4x2xf32>, %b: tensor<5xf32>",
            "%0 = linalg.map { arith.addf } ins(%a, %a : tensor<4x2xf32>, tensor<4x2xf32>) outs(%b : tensor<5xf32>)",
            "'linalg.map' op expected shape of input (4, 2) to match shape of output (5)",
        ),
        (
            "%a: tensor<4xf32>, %b: tensor<4xf32>",
            "%0 = linalg.map ins(%a : tensor<4xf32>) outs(%b : tensor<4xf32>) (%x: f32) { linalg.yield %x : f32 }",
            "'linalg.map' op expects number of operands to match the arity of mapper, but got: 2 and 1",
        ),
        (
            "%a: tensor<4xf32>, %b: tensor<4xf32>",
            "%0 = linalg.map ins(%a : tensor<4xf32>) outs(%b : tensor<4xf32>) (%x: i32, %y: f32) { linalg.yield %y : f32 }",
            "'linalg.map' op expected element type of input 'f32' to match bbArg type 'i32'",
        ),
        (
            "%a: tensor<4xf32>, %b: tensor<4xf32>",
            "%0 = linalg.map ins(%a : tensor<4xf32>) outs(%b : tensor<4xf32>) (%x: f32, %y: i32) { linalg.yield %x : f32 }",
            "'linalg.map' op expected type of bb argument #1 ('i32') to match element or self type of the corresponding operand ('f32')",
        ),
        (
            "%a: tensor<4xf32>, %b: tensor<4xf32>",
            "%0 = linalg.map ins(%a : tensor<4xf32>) outs(%b : tensor<4xf32>) (%x: f32, %y: f32) { linalg.yield %x, %y : f32, f32 }",
            "'linalg.yield' op expected number of yield values (2) to match the number of inits / outs operands of the enclosing LinalgOp (1)",
        ),
        (
            "%a: tensor<4x8xf32>, %b: tensor<?xf32>",
            "%0 = linalg.reduce { arith.addf } ins(%a : tensor<4x8xf32>) outs(%b : tensor<?xf32>) dimensions = [0]",
            "'linalg.reduce' op init dimensions [-9223372036854775808] doesn't match input dimensions after reduction [8]",
        ),
    ],
)
def test_sizes_and_types_are_those_of_the_operands(arguments: str, op: str, message: str) -> None:
    place, words = refusal(f"func.func @f({arguments}) {{\n  {op}\n  return\n}}\n")
    assert place[0] == 2
    assert words == message
