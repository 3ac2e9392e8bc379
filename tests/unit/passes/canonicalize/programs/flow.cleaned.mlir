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


// -----
module {
  util.func public @f(%arg0: tensor<4x?xf32>, %arg1: index, %arg2: index) -> (tensor<4x?xf32>, tensor<?x4xi32>, tensor<?x4xf32>) {
    %0 = flow.tensor.reshape %arg0 : tensor<4x?xf32>{%arg1} -> tensor<?x4xf32>{%arg1}
    %1 = flow.tensor.bitcast %arg0 : tensor<4x?xf32>{%arg1} -> tensor<?x4xi32>{%arg1}
    util.return %arg0, %1, %0 : tensor<4x?xf32>, tensor<?x4xi32>, tensor<?x4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<0x?xf32>, %arg1: index, %arg2: tensor<4xf32>, %arg3: f32) -> (tensor<0x?xf32>, tensor<?x0xf32>, tensor<2x2xf32>, tensor<0xf32>, tensor<4xf32>) {
    %0 = flow.tensor.empty : tensor<0x?xf32>{%arg1}
    %1 = flow.tensor.empty : tensor<?x0xf32>{%arg1}
    %2 = flow.tensor.empty : tensor<2x2xf32>
    %3 = flow.tensor.empty : tensor<0xf32>
    util.return %0, %1, %2, %3, %arg2 : tensor<0x?xf32>, tensor<?x0xf32>, tensor<2x2xf32>, tensor<0xf32>, tensor<4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: f32, %arg1: index) -> (i32, tensor<2x2xi32>, tensor<1x2xi32>, tensor<3x3xi32>, f32, tensor<4xf32>, tensor<2xi1>) {
    %cst = arith.constant dense<[false, true]> : tensor<2xi1>
    %c3_i32 = arith.constant 3 : i32
    %cst_0 = arith.constant dense<[[1, 9], [3, 4]]> : tensor<2x2xi32>
    %cst_1 = arith.constant dense<[[3, 4]]> : tensor<1x2xi32>
    %cst_2 = arith.constant dense<[[0, 0, 0], [0, 1, 2], [0, 3, 4]]> : tensor<3x3xi32>
    %0 = flow.tensor.splat %arg0 : tensor<4xf32>
    util.return %c3_i32, %cst_0, %cst_1, %cst_2, %arg0, %0, %cst : i32, tensor<2x2xi32>, tensor<1x2xi32>, tensor<3x3xi32>, f32, tensor<4xf32>, tensor<2xi1>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<8xf32>, %arg1: tensor<8xf32>, %arg2: index) -> (tensor<1xf32>, tensor<8xf32>, tensor<2xf32>) {
    %cst = arith.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
    %c1 = arith.constant 1 : index
    %0 = arith.addi %arg2, %c1 : index
    %1 = flow.tensor.slice %arg0[%0 for %c1] : tensor<8xf32> -> tensor<1xf32>
    util.return %1, %arg1, %cst : tensor<1xf32>, tensor<8xf32>, tensor<2xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x?xf32>, %arg1: index) -> (tensor<?x4xf32>, tensor<4x?xi32>) {
    %0 = flow.tensor.transfer %arg0 : tensor<4x?xf32>{%arg1} to #hal.device.promise<@a>
    %1 = flow.tensor.reshape %0 : tensor<4x?xf32>{%arg1} -> tensor<?x4xf32>{%arg1}
    %2 = flow.tensor.barrier %arg0 : tensor<4x?xf32>{%arg1} on #hal.device.promise<@a>
    %3 = flow.tensor.bitcast %2 : tensor<4x?xf32>{%arg1} -> tensor<4x?xi32>{%arg1}
    util.return %1, %3 : tensor<?x4xf32>, tensor<4x?xi32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x?xf32>, %arg1: index) -> tensor<4x?xf32> {
    util.return %arg0 : tensor<4x?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<?x?xf32>, %arg1: index, %arg2: tensor<8x8xf32>, %arg3: tensor<4x?xf32>) -> (tensor<?x?xf32>, tensor<?x8xf32>) {
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %0 = flow.tensor.update %arg2, %arg0[%c0, %c4] : tensor<8x8xf32> -> %arg0 as tensor<?x?xf32>{%arg1, %arg1}
    %1 = flow.tensor.update %arg3, %arg2[%c0, %c4] : tensor<4x?xf32>{%c4} -> %arg2 as tensor<8x8xf32>
    %cast = tensor.cast %1 : tensor<8x8xf32> to tensor<?x8xf32>
    util.return %0, %cast : tensor<?x?xf32>, tensor<?x8xf32>
  }
}

