"builtin.module"() ({
  "util.func"() <{function_type = (index, index, tensor<?x4xf32>, tensor<4xf32>, tensor<?xi32>, !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>, !iree_tensor_ext.dispatch.tensor<readonly:i32>) -> (index, index, index), sym_name = "f", sym_visibility = "private", tied_operands = [-1 : index, -1 : index, -1 : index]}> ({
  ^bb0(%arg0: index, %arg1: index, %arg2: tensor<?x4xf32>, %arg3: tensor<4xf32>, %arg4: tensor<?xi32>, %arg5: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>, %arg6: !iree_tensor_ext.dispatch.tensor<readonly:i32>):
    %0 = "iree_tensor_ext.bitcast"(%arg2, %arg0, %arg0) <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (tensor<?x4xf32>, index, index) -> tensor<?x4xi32>
    %1 = "iree_tensor_ext.bitcast"(%arg3) <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (tensor<4xf32>) -> tensor<2xf64>
    %2 = "iree_tensor_ext.dispatch.tensor.load"(%arg5, %arg0, %arg0) <{operandSegmentSizes = array<i32: 1, 1, 0, 1, 0>, static_offsets = array<i64: 0, 0>, static_sizes = array<i64: -9223372036854775808, 4>, static_strides = array<i64: 1, 1>}> : (!iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>, index, index) -> tensor<?x4xf32>
    "iree_tensor_ext.dispatch.tensor.store"(%2, %arg5, %arg0, %arg1, %arg0, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1>, static_offsets = array<i64: -9223372036854775808, 0>, static_sizes = array<i64: -9223372036854775808, 4>, static_strides = array<i64: -9223372036854775808, 1>}> : (tensor<?x4xf32>, !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>, index, index, index, index) -> ()
    %3 = "iree_tensor_ext.dispatch.workload.ordinal"(%arg0) <{ordinal = 1 : index}> : (index) -> index
    %4 = "iree_tensor_ext.compute_barrier.start"(%arg2, %arg0) : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %5 = "iree_tensor_ext.compute_barrier.end"(%arg3) : (tensor<4xf32>) -> tensor<4xf32>
    %6:3 = "iree_tensor_ext.dispatch.workgroup_count_from_slice"(%arg0, %arg1) : (index, index) -> (index, index, index)
    %7:3 = "iree_tensor_ext.dispatch.workgroup_count_split_reduction_modifier"(%6#0, %6#1, %6#2, %arg0, %arg1) : (index, index, index, index, index) -> (index, index, index)
    %8 = "iree_tensor_ext.cast_to_ragged_shape"(%arg2, %arg4, %arg0, %arg0) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>, raggedDim = 0 : index}> {a} : (tensor<?x4xf32>, tensor<?xi32>, index, index) -> tensor<?x?x4xf32, #iree_tensor_ext.ragged_shape<0>>
    %9 = "iree_tensor_ext.linearize_ragged_dims"(%8, %arg0) : (tensor<?x?x4xf32, #iree_tensor_ext.ragged_shape<0>>, index) -> tensor<?x4xf32>
    "util.return"(%6#0, %6#1, %6#2) : (index, index, index) -> ()
  }) : () -> ()
}) : () -> ()
