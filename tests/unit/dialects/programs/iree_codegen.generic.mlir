#map = affine_map<(d0, d1) -> (d0 * 8 + d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d2, d1)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1)>
"builtin.module"() ({
  "func.func"() <{function_type = (memref<4x?xf32, strided<[8, 1], offset: ?>>, index, memref<f32>) -> (), sym_name = "kernel"}> ({
  ^bb0(%arg8: memref<4x?xf32, strided<[8, 1], offset: ?>>, %arg9: index, %arg10: memref<f32>):
    %12 = "iree_codegen.load_from_buffer"(%arg8) {a} : (memref<4x?xf32, strided<[8, 1], offset: ?>>) -> tensor<4x8xf32>
    %13 = "iree_codegen.fusion_barrier"(%12) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    %14:2 = "iree_codegen.query_tile_sizes"() <{tensor_type = tensor<4x8xf32>}> : () -> (index, index)
    "iree_codegen.workgroup_count_hint"(%arg9, %14#0) <{static_sizes = array<i64: 4, -9223372036854775808, -9223372036854775808>}> : (index, index) -> ()
    "iree_codegen.workgroup_count_hint"() <{static_sizes = array<i64>}> {a} : () -> ()
    %15 = "iree_codegen.ukernel.generic"(%12, %arg10, %13, %arg9) <{fn_def_attrs = {b = 1 : i32}, operandSegmentSizes = array<i32: 2, 1, 1>, strided_dims = [[0, 5], []], u_kernel_fn_name = "mmt4d"}> : (tensor<4x8xf32>, memref<f32>, tensor<4x8xf32>, index) -> tensor<4x8xf32>
    "iree_codegen.ukernel.generic"() <{operandSegmentSizes = array<i32: 0, 0, 0>, u_kernel_fn_name = "nothing"}> : () -> ()
    "iree_codegen.store_to_buffer"(%15, %arg8) : (tensor<4x8xf32>, memref<4x?xf32, strided<[8, 1], offset: ?>>) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (memref<4x?xf32, strided<[?, 1], offset: ?>, 3>, tensor<64xf32>, memref<f32>, memref<4x8xf32, #map>) -> index, sym_name = "hints"}> ({
  ^bb0(%arg4: memref<4x?xf32, strided<[?, 1], offset: ?>, 3>, %arg5: tensor<64xf32>, %arg6: memref<f32>, %arg7: memref<4x8xf32, #map>):
    %3:6 = "iree_codegen.extract_strided_metadata"(%arg4) : (memref<4x?xf32, strided<[?, 1], offset: ?>, 3>) -> (memref<f32, 3>, index, index, index, index, index)
    %4:2 = "iree_codegen.extract_strided_metadata"(%arg6) {a = 3 : i64} : (memref<f32>) -> (memref<f32>, index)
    %5:6 = "iree_codegen.extract_strided_metadata"(%arg7) : (memref<4x8xf32, #map>) -> (memref<f32>, index, index, index, index, index)
    %6 = "iree_codegen.null_pointer"() {b} : () -> !iree_codegen.null_pointer
    %7 = "iree_codegen.swizzle_hint"(%arg5) <{swizzle = #iree_codegen.rotate_rows<64, 4>}> {a} : (tensor<64xf32>) -> tensor<64xf32>
    %8 = "iree_codegen.swizzle_hint"(%arg6) <{swizzle = #iree_codegen.xor_shuffle<64, 4>}> : (memref<f32>) -> memref<f32>
    %9 = "iree_codegen.index_hint"(%3#3) <{hint = #iree_gpu.lane_constant<4>}> : (index) -> index
    %10 = "iree_codegen.index_hint"(%9) <{hint = #iree_gpu.lane_increment<4, aligned>}> {a} : (index) -> index
    %11 = "iree_codegen.index_hint"(%10) <{hint = "anything"}> : (index) -> index
    "func.return"(%11) : (index) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<?x?x4xf16>, tensor<?x?x4xf16>, tensor<?x?x4xf32>) -> tensor<?x?x4xf32>, sym_name = "tiles"}> ({
  ^bb0(%arg1: tensor<?x?x4xf16>, %arg2: tensor<?x?x4xf16>, %arg3: tensor<?x?x4xf32>):
    %2 = "iree_codegen.inner_tiled"(%arg1, %arg2, %arg3) <{indexing_maps = [#map1, #map2, #map3], iterator_types = [#linalg.iterator_type<parallel>, #linalg.iterator_type<parallel>, #linalg.iterator_type<reduction>], kind = #iree_gpu.mma_layout<MFMA_F32_16x16x16_F16>, operandSegmentSizes = array<i32: 2, 1>, semantics = #iree_gpu.mma_semantics<distributed = true, opaque = false>}> : (tensor<?x?x4xf16>, tensor<?x?x4xf16>, tensor<?x?x4xf32>) -> tensor<?x?x4xf32>
    "func.return"(%2) : (tensor<?x?x4xf32>) -> ()
  }) : () -> ()
  "iree_codegen.dispatch_config"() <{function_ref = @kernel, subgroup_size = 32 : i64, workgroup_local_memory = 5 : index, workgroup_size = array<i64: 4, 1>}> ({
  ^bb0(%arg0: !hal.device):
    %1:3 = "iree_tensor_ext.dispatch.workgroup_count_from_slice"() : () -> (index, index, index)
    "iree_codegen.yield"(%1#0, %1#1, %1#2) : (index, index, index) -> ()
  }) : () -> ()
  "iree_codegen.dispatch_config"() <{function_ref = @kernel}> ({
    %0 = "arith.constant"() <{value = 1 : index}> : () -> index
    "iree_codegen.yield"(%0, %0, %0) {a} : (index, index, index) -> ()
  }) {a} : () -> ()
}) : () -> ()
