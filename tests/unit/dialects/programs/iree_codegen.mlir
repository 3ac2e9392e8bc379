#map = affine_map<(d0, d1) -> (d0 * 8 + d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d2, d1)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1)>
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
  func.func @hints(%arg0: memref<4x?xf32, strided<[?, 1], offset: ?>, 3>, %arg1: tensor<64xf32>, %arg2: memref<f32>, %arg3: memref<4x8xf32, #map>) -> index {
    %base_buffer, %offset, %sizes:2, %strides:2 = iree_codegen.extract_strided_metadata %arg0 : memref<4x?xf32, strided<[?, 1], offset: ?>, 3> -> memref<f32, 3>, index, index, index, index, index
    %base_buffer_0, %offset_1 = iree_codegen.extract_strided_metadata %arg2 : memref<f32> -> memref<f32>, index {a = 3 : i64}
    %base_buffer_2, %offset_3, %sizes_4:2, %strides_5:2 = iree_codegen.extract_strided_metadata %arg3 : memref<4x8xf32, #map> -> memref<f32>, index, index, index, index, index
    %0 = iree_codegen.null_pointer {b}
    %1 = iree_codegen.swizzle_hint %arg1[#iree_codegen.rotate_rows<64, 4> {a}] : tensor<64xf32>
    %2 = iree_codegen.swizzle_hint %arg2[#iree_codegen.xor_shuffle<64, 4>] : memref<f32>
    %3 = iree_codegen.index_hint %sizes#1(#iree_gpu.lane_constant<4>) : index
    %4 = iree_codegen.index_hint %3(#iree_gpu.lane_increment<4, aligned>) {a} : index
    %5 = iree_codegen.index_hint %4("anything") : index
    return %5 : index
  }
  func.func @tiles(%arg0: tensor<?x?x4xf16>, %arg1: tensor<?x?x4xf16>, %arg2: tensor<?x?x4xf32>) -> tensor<?x?x4xf32> {
    %0 = iree_codegen.inner_tiled ins(%arg0, %arg1) outs(%arg2) <indexing_maps = [#map1, #map2, #map3], iterator_types = [#linalg.iterator_type<parallel>, #linalg.iterator_type<parallel>, #linalg.iterator_type<reduction>], kind = #iree_gpu.mma_layout<MFMA_F32_16x16x16_F16>, semantics = #iree_gpu.mma_semantics<distributed = true, opaque = false>> : tensor<?x?x4xf16>, tensor<?x?x4xf16> into tensor<?x?x4xf32>
    return %0 : tensor<?x?x4xf32>
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
