"builtin.module"() ({
  "func.func"() <{function_type = (memref<4x?xf32, strided<[8, 1], offset: ?>>, index, memref<f32>) -> (), sym_name = "kernel"}> ({
  ^bb0(%arg1: memref<4x?xf32, strided<[8, 1], offset: ?>>, %arg2: index, %arg3: memref<f32>):
    %2 = "iree_codegen.load_from_buffer"(%arg1) {a} : (memref<4x?xf32, strided<[8, 1], offset: ?>>) -> tensor<4x8xf32>
    %3 = "iree_codegen.fusion_barrier"(%2) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    %4:2 = "iree_codegen.query_tile_sizes"() <{tensor_type = tensor<4x8xf32>}> : () -> (index, index)
    "iree_codegen.workgroup_count_hint"(%arg2, %4#0) <{static_sizes = array<i64: 4, -9223372036854775808, -9223372036854775808>}> : (index, index) -> ()
    "iree_codegen.workgroup_count_hint"() <{static_sizes = array<i64>}> {a} : () -> ()
    %5 = "iree_codegen.ukernel.generic"(%2, %arg3, %3, %arg2) <{fn_def_attrs = {b = 1 : i32}, operandSegmentSizes = array<i32: 2, 1, 1>, strided_dims = [[0, 5], []], u_kernel_fn_name = "mmt4d"}> : (tensor<4x8xf32>, memref<f32>, tensor<4x8xf32>, index) -> tensor<4x8xf32>
    "iree_codegen.ukernel.generic"() <{operandSegmentSizes = array<i32: 0, 0, 0>, u_kernel_fn_name = "nothing"}> : () -> ()
    "iree_codegen.store_to_buffer"(%5, %arg1) : (tensor<4x8xf32>, memref<4x?xf32, strided<[8, 1], offset: ?>>) -> ()
    "func.return"() : () -> ()
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
