module {
  func.func @kernel(%arg0: memref<4x?xf32, strided<[8, 1], offset: ?>>, %arg1: index, %arg2: memref<f32>) {
    %0 = iree_codegen.load_from_buffer %arg0 {a} : memref<4x?xf32, strided<[8, 1], offset: ?>> -> tensor<4x8xf32>
    %1 = iree_codegen.fusion_barrier %0 : tensor<4x8xf32>
    %2:2 = iree_codegen.query_tile_sizes tensor<4x8xf32> -> index, index
    iree_codegen.workgroup_count_hint(4, %arg1, %2#0)
    iree_codegen.workgroup_count_hint() {a}
    %3 = iree_codegen.ukernel.generic "mmt4d" ins(%0, %arg2 : tensor<4x8xf32>, memref<f32>) outs(%1 : tensor<4x8xf32>) (%arg1 : index) fn_def_attrs {b = 1 : i32} strided_dims([[0, 5], []]) -> tensor<4x8xf32>
    iree_codegen.ukernel.generic "nothing"
    iree_codegen.store_to_buffer %3, %arg0 : tensor<4x8xf32> into memref<4x?xf32, strided<[8, 1], offset: ?>>
    return
  }
  iree_codegen.dispatch_config @kernel workgroup_size = [4, 1] subgroup_size = 32 workgroup_local_memory = 5 {
  ^bb0(%arg0: !hal.device):
    %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
    iree_codegen.yield %x, %y, %z : index, index, index
  }
  iree_codegen.dispatch_config @kernel {
    %c1 = arith.constant 1 : index
    iree_codegen.yield {a} %c1, %c1, %c1 : index, index, index
  } {a}
}
