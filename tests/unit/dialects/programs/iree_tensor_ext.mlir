module {
  util.func private @f(%arg0: index, %arg1: index, %arg2: tensor<?x4xf32>, %arg3: tensor<4xf32>, %arg4: tensor<?xi32>, %arg5: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>, %arg6: !iree_tensor_ext.dispatch.tensor<readonly:i32>) -> (index, index, index) {
    %0 = iree_tensor_ext.bitcast %arg2 : tensor<?x4xf32>{%arg0} -> tensor<?x4xi32>{%arg0}
    %1 = iree_tensor_ext.bitcast %arg3 : tensor<4xf32> -> tensor<2xf64>
    %2 = iree_tensor_ext.dispatch.tensor.load %arg5, offsets = [0, 0], sizes = [%arg0, 4], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>{%arg0} -> tensor<?x4xf32>
    iree_tensor_ext.dispatch.tensor.store %2, %arg5, offsets = [%arg1, 0], sizes = [%arg0, 4], strides = [%arg1, 1] : tensor<?x4xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>{%arg0}
    %3 = iree_tensor_ext.dispatch.workload.ordinal %arg0, 1 : index
    %4 = iree_tensor_ext.compute_barrier.start %arg2 : tensor<?x4xf32>{%arg0} -> tensor<?x4xf32>
    %5 = iree_tensor_ext.compute_barrier.end %arg3 : tensor<4xf32> -> tensor<4xf32>
    %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice(%arg0, %arg1)
    %result_x, %result_y, %result_z = iree_tensor_ext.dispatch.workgroup_count_split_reduction_modifier workgroups(%x, %y, %z) workload(%arg0, %arg1)
    %6 = iree_tensor_ext.cast_to_ragged_shape %arg2 ragged_dim(0) column_lengths(%arg4) num_ragged_rows(%arg0) {a} : (tensor<?x4xf32>{%arg0}, tensor<?xi32>) -> tensor<?x?x4xf32, #iree_tensor_ext.ragged_shape<0>>
    %7 = iree_tensor_ext.linearize_ragged_dims %6 : tensor<?x?x4xf32, #iree_tensor_ext.ragged_shape<0>> -> tensor<?x4xf32>{%arg0}
    util.return %x, %y, %z : index, index, index
  }
}
