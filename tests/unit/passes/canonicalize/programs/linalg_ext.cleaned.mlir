module {
  func.func @f(%arg0: tensor<4x8xf32>, %arg1: tensor<4x8xf32>) -> tensor<4x8xf32> {
    %0 = linalg.copy ins(%arg0 : tensor<4x8xf32>) outs(%arg1 : tensor<4x8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4x4xf32>, %arg1: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
    %false = arith.constant false
    %true = arith.constant true
    %0 = iree_linalg_ext.map_store %arg0 into %arg1 {
    ^bb0(%arg2: index, %arg3: index):
      iree_linalg_ext.yield %arg3, %arg2, %true : index, index, i1
    } : tensor<4x4xf32> into tensor<4x4xf32> -> tensor<4x4xf32>
    %1 = iree_linalg_ext.map_store %arg0 into %arg1 {
    ^bb0(%arg2: index, %arg3: index):
      iree_linalg_ext.yield %arg2, %arg3, %false : index, index, i1
    } : tensor<4x4xf32> into tensor<4x4xf32> -> tensor<4x4xf32>
    return %0, %1 : tensor<4x4xf32>, tensor<4x4xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4x8xf32>, %arg1: tensor<4x8xf32>, %arg2: f32) -> tensor<4x8xf32> {
    %0 = linalg.copy ins(%arg0 : tensor<4x8xf32>) outs(%arg1 : tensor<4x8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<8xf32>, %arg1: tensor<8xi32>, %arg2: tensor<8xi64>) -> tensor<8xi64> {
    %0:2 = iree_linalg_ext.sort dimension(0) outs(%arg0, %arg2 : tensor<8xf32>, tensor<8xi64>) {
    ^bb0(%arg3: f32, %arg4: f32, %arg5: i64, %arg6: i64):
      %1 = arith.cmpf olt, %arg3, %arg4 : f32
      iree_linalg_ext.yield %1 : i1
    } -> tensor<8xf32>, tensor<8xi64>
    return %0#1 : tensor<8xi64>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<8xf32>) -> tensor<?xf32> {
    %0 = iree_linalg_ext.sort dimension(0) outs(%arg0 : tensor<8xf32>) {
    ^bb0(%arg1: f32, %arg2: f32):
      %1 = arith.cmpf olt, %arg1, %arg2 : f32
      iree_linalg_ext.yield %1 : i1
    } -> tensor<8xf32>
    %cast = tensor.cast %0 : tensor<8xf32> to tensor<?xf32>
    return %cast : tensor<?xf32>
  }
}

