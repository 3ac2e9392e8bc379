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


// -----
module {
  util.func public @a(%arg0: tensor<10x4xf32>, %arg1: tensor<1x2xi32>, %arg2: tensor<1xf32>) -> tensor<1xf32> {
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %extracted = tensor.extract %arg1[%c0, %c0] : tensor<1x2xi32>
    %0 = arith.index_cast %extracted : i32 to index
    %extracted_0 = tensor.extract %arg1[%c0, %c1] : tensor<1x2xi32>
    %1 = arith.index_cast %extracted_0 : i32 to index
    %extracted_slice = tensor.extract_slice %arg0[%1, %0] [1, 1] [1, 1] : tensor<10x4xf32> to tensor<1x1xf32>
    %collapsed = tensor.collapse_shape %extracted_slice [[0, 1]] : tensor<1x1xf32> into tensor<1xf32>
    util.return %collapsed : tensor<1xf32>
  }
  util.func public @b(%arg0: tensor<10x?xf32>, %arg1: tensor<1xi64>, %arg2: tensor<?xf32>) -> tensor<?xf32> {
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %extracted = tensor.extract %arg1[%c0] : tensor<1xi64>
    %0 = arith.index_cast %extracted : i64 to index
    %dim = tensor.dim %arg0, %c1 : tensor<10x?xf32>
    %extracted_slice = tensor.extract_slice %arg0[%0, 0] [1, %dim] [1, 1] : tensor<10x?xf32> to tensor<1x?xf32>
    %collapsed = tensor.collapse_shape %extracted_slice [[0, 1]] : tensor<1x?xf32> into tensor<?xf32>
    util.return %collapsed : tensor<?xf32>
  }
  util.func public @c(%arg0: tensor<10x7xf32>, %arg1: tensor<1x1x1xi64>, %arg2: tensor<1x1x7xf32>) -> tensor<1x1x7xf32> {
    %c0 = arith.constant 0 : index
    %extracted = tensor.extract %arg1[%c0, %c0, %c0] : tensor<1x1x1xi64>
    %0 = arith.index_cast %extracted : i64 to index
    %extracted_slice = tensor.extract_slice %arg0[%0, 0] [1, 7] [1, 1] : tensor<10x7xf32> to tensor<1x7xf32>
    %expanded = tensor.expand_shape %extracted_slice [[0, 1], [2]] output_shape [1, 1, 7] : tensor<1x7xf32> into tensor<1x1x7xf32>
    util.return %expanded : tensor<1x1x7xf32>
  }
  util.func public @d(%arg0: tensor<10x7xf32>, %arg1: tensor<2x1xi64>, %arg2: tensor<2x7xf32>) -> tensor<2x7xf32> {
    %0 = iree_linalg_ext.gather dimension_map = [0] ins(%arg0, %arg1 : tensor<10x7xf32>, tensor<2x1xi64>) outs(%arg2 : tensor<2x7xf32>) -> tensor<2x7xf32>
    util.return %0 : tensor<2x7xf32>
  }
  util.func public @e(%arg0: tensor<10x7xf32>, %arg1: tensor<1x1xi64>, %arg2: tensor<1x7xf32>) -> tensor<1x7xf32> {
    %c0 = arith.constant 0 : index
    %extracted = tensor.extract %arg1[%c0, %c0] : tensor<1x1xi64>
    %0 = arith.index_cast %extracted : i64 to index
    %extracted_slice = tensor.extract_slice %arg0[%0, 0] [1, 7] [1, 1] : tensor<10x7xf32> to tensor<1x7xf32>
    util.return %extracted_slice : tensor<1x7xf32>
  }
  util.func public @f(%arg0: tensor<10x?xf32>, %arg1: tensor<1x1x1xi64>, %arg2: tensor<1x1x?xf32>) -> tensor<1x1x?xf32> {
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %extracted = tensor.extract %arg1[%c0, %c0, %c0] : tensor<1x1x1xi64>
    %0 = arith.index_cast %extracted : i64 to index
    %dim = tensor.dim %arg0, %c1 : tensor<10x?xf32>
    %extracted_slice = tensor.extract_slice %arg0[%0, 0] [1, %dim] [1, 1] : tensor<10x?xf32> to tensor<1x?xf32>
    %expanded = tensor.expand_shape %extracted_slice [[0, 1], [2]] output_shape [1, 1, %dim] : tensor<1x?xf32> into tensor<1x1x?xf32>
    util.return %expanded : tensor<1x1x?xf32>
  }
}

