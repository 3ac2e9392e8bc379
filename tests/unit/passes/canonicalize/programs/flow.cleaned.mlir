module {
  util.func public @f(%arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    %0 = flow.tensor.transfer %arg0 : tensor<4xf32> to #hal.device.promise<@a>
    %1 = flow.tensor.transfer %arg0 : tensor<4xf32> to #hal.device.promise<@b>
    util.return %1, %0 : tensor<4xf32>, tensor<4xf32>
  }
}


// -----
module {
  util.func public @f() -> tensor<?x4xi32> {
    %0 = flow.tensor.constant dense<2> : tensor<2x4xi32>
    %c2 = arith.constant 2 : index
    %1 = util.optimization_barrier %c2 : index
    %2 = flow.tensor.reshape %0 : tensor<2x4xi32> -> tensor<?x4xi32>{%1}
    util.return %2 : tensor<?x4xi32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4xf32>, %arg1: tensor<?xf32>, %arg2: index) -> (tensor<4xf32>, tensor<?xf32>) {
    %0 = flow.tensor.tie_shape %arg1 : tensor<?xf32>{%arg2}
    util.return %arg0, %0 : tensor<4xf32>, tensor<?xf32>
  }
}


// -----
module {
  func.func @f(%arg0: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>) {
    %0 = iree_tensor_ext.dispatch.tensor.load %arg0, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>> -> tensor<4xf32>
    %1 = util.optimization_barrier %0 : tensor<4xf32>
    return
  }
}

