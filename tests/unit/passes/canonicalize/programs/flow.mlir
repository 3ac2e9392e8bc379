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
