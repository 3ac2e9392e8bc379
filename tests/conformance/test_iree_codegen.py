"""Ops of `iree_codegen` are read, verified and printed as iree-opt does it: what is valid in full, of the rest the first error."""

import pytest

from tests.conformance.answers import our_answer, real_answer

HEAD = "func.func @f(%t: tensor<4x8xf32>, %m: memref<4x?xf32, strided<[8, 1], offset: ?>>, %i: index, %k: i32, %u: tensor<*xf32>) {\n"

BODIES = (
    "%0 = iree_codegen.load_from_buffer %m : memref<4x?xf32, strided<[8, 1], offset: ?>> -> tensor<?x8xf32>",
    "%0 = iree_codegen.load_from_buffer %m : memref<4x?xf32, strided<[8, 1], offset: ?>> -> tensor<5x8xf32>",
    "%0 = iree_codegen.load_from_buffer %m : memref<4x?xf32, strided<[8, 1], offset: ?>> -> tensor<4xf32>",
    "%0 = iree_codegen.load_from_buffer %m : memref<4x?xf32, strided<[8, 1], offset: ?>> -> tensor<4x8xi32>",
    "%0 = iree_codegen.load_from_buffer %k : i32 -> tensor<4x8xi32>",
    "%0 = iree_codegen.load_from_buffer %m : memref<4x?xf32, strided<[8, 1], offset: ?>> -> i32",
    "%0 = iree_codegen.load_from_buffer %t : tensor<4x8xf32> -> tensor<4x8xf32>",
    '%0 = "iree_codegen.load_from_buffer"(%t) : (tensor<4x8xf32>) -> tensor<4x8xf32>',
    '%0 = "iree_codegen.load_from_buffer"(%m) : (memref<4x?xf32, strided<[8, 1], offset: ?>>) -> memref<4x8xf32>',
    '%0 = "iree_codegen.load_from_buffer"(%m) : (memref<4x?xf32, strided<[8, 1], offset: ?>>) -> tensor<*xf32>',
    '"iree_codegen.store_to_buffer"(%u, %m) : (tensor<*xf32>, memref<4x?xf32, strided<[8, 1], offset: ?>>) -> ()',
    "iree_codegen.store_to_buffer %t, %m : tensor<4x8xf32> into memref<4x?xf32, strided<[8, 1], offset: ?>>",
    "%0 = memref.alloc() : memref<8x4xf32>\niree_codegen.store_to_buffer %t, %0 : tensor<4x8xf32> into memref<8x4xf32>",
    '%0 = "iree_codegen.fusion_barrier"(%u) : (tensor<*xf32>) -> tensor<*xf32>',
    "%0 = iree_codegen.query_tile_sizes i32 -> index",
    '%0 = "iree_codegen.query_tile_sizes"() <{tensor_type = i32}> : () -> index',
    '%0 = "iree_codegen.query_tile_sizes"() <{tensor_type = tensor<4xf32>}> : () -> i32',
    "iree_codegen.workgroup_count_hint [4]",
    "iree_codegen.workgroup_count_hint (4, %k)",
    "iree_codegen.workgroup_count_hint (-4, %i)",
    'iree_codegen.ukernel.generic "a" outs(%k : i32)',
    'iree_codegen.ukernel.generic "a" strided_dims([0 : i64])',
    'iree_codegen.ukernel.generic "a" strided_dims(1)',
    'iree_codegen.ukernel.generic "a" fn_def_attrs 1',
    "iree_codegen.ukernel.generic",
    "iree_codegen.dispatch_config @f workgroup_size = [] {\n%0:3 = iree_tensor_ext.dispatch.workgroup_count_from_slice()\niree_codegen.yield %0#0, %0#1, %0#2 : index, index, index\n}",
    "iree_codegen.dispatch_config @f workgroup_size = [1, 2, 3, 4] {\n%0:3 = iree_tensor_ext.dispatch.workgroup_count_from_slice()\niree_codegen.yield %0#0, %0#1, %0#2 : index, index, index\n}",
    "iree_codegen.dispatch_config @f {\n}",
    "iree_codegen.dispatch_config @f {\niree_codegen.yield %i, %i, %i : index, index, index\n}",
    "iree_codegen.dispatch_config @f {\n%0 = arith.constant 1 : i32\niree_codegen.yield %0, %0, %0 : i32, i32, i32\n}",
    "iree_codegen.dispatch_config @f {\n^bb0:\n cf.br ^bb1\n^bb1:\niree_codegen.yield\n}",
    '"iree_codegen.dispatch_config"() <{function_ref = @f}> ({}) : () -> ()',
    '"iree_codegen.dispatch_config"() <{function_ref = @f::@g}> ({"iree_codegen.yield"() : () -> ()}) : () -> ()',
    '"iree_codegen.dispatch_config"() <{function_ref = @f, subgroup_size = 1 : i32}> ({"iree_codegen.yield"() : () -> ()}) : () -> ()',
    '"iree_codegen.dispatch_config"() <{function_ref = @f}> ({"func.return"() : () -> ()}) : () -> ()',
)


@pytest.mark.parametrize("body", BODIES)
def test_the_same_answer(body: str) -> None:
    text = f"{HEAD}{body}\nreturn\n}}\n"
    assert our_answer(text) == real_answer(text)


def test_what_is_read_from_a_buffer_and_never_used_goes() -> None:
    body = "%0 = iree_codegen.load_from_buffer %m : memref<4x?xf32, strided<[8, 1], offset: ?>> -> tensor<?x8xf32>\n"
    kept = (
        body
        + "iree_codegen.store_to_buffer %t, %m : tensor<4x8xf32> into memref<4x?xf32, strided<[8, 1], offset: ?>>\n"
    )
    kernel = '%1 = iree_codegen.ukernel.generic "a" ins(%i : index) outs(%t : tensor<4x8xf32>) -> tensor<4x8xf32>\n'
    text = f'{HEAD}{kept}{kernel}iree_codegen.ukernel.generic "b" ins(%m : memref<4x?xf32, strided<[8, 1], offset: ?>>)\nreturn\n}}\n'
    assert our_answer(text, "canonicalize") == real_answer(text, "canonicalize")
