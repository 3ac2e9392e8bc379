// workloads
util.func public @ordinals(%a: index) -> (index, index, index) {
  %c2 = arith.constant 2 : index
  %0 = iree_tensor_ext.dispatch.workload.ordinal %c2, 0 : index
  %1 = iree_tensor_ext.dispatch.workload.ordinal %a, 1 : index
  %2 = iree_tensor_ext.dispatch.workload.ordinal %1, 2 : index
  %3 = iree_tensor_ext.dispatch.workload.ordinal %2, 2 : index
  util.return %0, %2, %3 : index, index, index
}
// -----
// barriers in a row
util.func public @barriers(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = iree_tensor_ext.compute_barrier.start %a : tensor<4xf32> -> tensor<4xf32>
  %1 = iree_tensor_ext.compute_barrier.start %0 : tensor<4xf32> -> tensor<4xf32>
  %2 = iree_tensor_ext.compute_barrier.end %1 : tensor<4xf32> -> tensor<4xf32>
  %3 = iree_tensor_ext.compute_barrier.end %2 : tensor<4xf32> -> tensor<4xf32>
  util.return %3 : tensor<4xf32>
}
