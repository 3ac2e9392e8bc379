// transfers one after the other, to the same place
util.func public @f(%t: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = flow.tensor.transfer %t : tensor<4xf32> to #hal.device.promise<@a>
  %1 = flow.tensor.transfer %0 : tensor<4xf32> to #hal.device.promise<@b>
  %2 = flow.tensor.transfer %0 : tensor<4xf32> to #hal.device.promise<@a>
  util.return %1, %2 : tensor<4xf32>, tensor<4xf32>
}

// -----
// constant of a shape that is not to be seen
util.func public @f() -> tensor<?x4xi32> {
  %0 = flow.tensor.dynamic_constant dense<2> : tensor<2x4xi32> -> tensor<?x4xi32>
  util.return %0 : tensor<?x4xi32>
}

// -----
// a tie of a static shape
util.func public @f(%t: tensor<4xf32>, %u: tensor<?xf32>, %n: index) -> (tensor<4xf32>, tensor<?xf32>) {
  %0 = flow.tensor.tie_shape %t : tensor<4xf32>
  %1 = flow.tensor.tie_shape %u : tensor<?xf32>{%n}
  util.return %0, %1 : tensor<4xf32>, tensor<?xf32>
}

// -----
// a tie of the static shape of a binding
func.func @f(%t: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>) {
  %0 = flow.dispatch.tie_shape %t : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>
  %1 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>> -> tensor<4xf32>
  util.optimization_barrier %1 : tensor<4xf32>
  return
}
