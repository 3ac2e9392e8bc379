#map = affine_map<()[s0, s1] -> (s0 + s1)>
#map1 = affine_map<()[s0] -> (s0 + 3)>
#map2 = affine_map<()[s0, s1] -> (s0 + s1 * 2)>
#map3 = affine_map<()[s0] -> (s0 + 6)>
module {
  util.func public @f0(%arg0: index, %arg1: index, %arg2: f32) -> tensor<?x?xf32> {
    %0 = affine.apply #map()[%arg0, %arg1]
    %1 = affine.apply #map1()[%arg1]
    %2 = tensor.empty(%0, %1) : tensor<?x?xf32>
    %3 = linalg.fill ins(%arg2 : f32) outs(%2 : tensor<?x?xf32>) -> tensor<?x?xf32>
    util.return %3 : tensor<?x?xf32>
  }
  util.func public @f1(%arg0: tensor<?x5xf32>, %arg1: index, %arg2: f32) -> tensor<?x?xf32> {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %arg0, %c0 : tensor<?x5xf32>
    %0 = affine.apply #map2()[%dim, %arg1]
    %1 = affine.apply #map3()[%arg1]
    %2 = tensor.empty(%0, %1) : tensor<?x?xf32>
    %3 = linalg.fill ins(%arg2 : f32) outs(%2 : tensor<?x?xf32>) -> tensor<?x?xf32>
    util.return %3 : tensor<?x?xf32>
  }
}


// -----
module {
  util.func public @f0(%arg0: index, %arg1: f32) -> tensor<?x8xf32> {
    %0 = tensor.empty(%arg0) : tensor<?x4xf32>
    %concat = tensor.concat dim(1) %0, %0 : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x8xf32>
    %1 = linalg.fill ins(%arg1 : f32) outs(%concat : tensor<?x8xf32>) -> tensor<?x8xf32>
    util.return %1 : tensor<?x8xf32>
  }
  util.func public @f1(%arg0: f32, %arg1: f32, %arg2: index) -> (tensor<2x8xf32>, tensor<2x8xf32>) {
    %cst = arith.constant 1.000000e+00 : f32
    %0 = tensor.empty() : tensor<2x4xf32>
    %1 = linalg.fill ins(%arg0 : f32) outs(%0 : tensor<2x4xf32>) -> tensor<2x4xf32>
    %2 = linalg.fill ins(%arg1 : f32) outs(%0 : tensor<2x4xf32>) -> tensor<2x4xf32>
    %concat = tensor.concat dim(1) %1, %2 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>
    %concat_0 = tensor.concat dim(1) %0, %0 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%concat_0 : tensor<2x8xf32>) -> tensor<2x8xf32>
    util.return %concat, %3 : tensor<2x8xf32>, tensor<2x8xf32>
  }
}


// -----
#map = affine_map<()[s0] -> (s0 * 2)>
module {
  util.func public @f0(%arg0: f32, %arg1: tensor<2x2xf32>) -> tensor<4x4xf32> {
    %0 = tensor.empty() : tensor<4x4xf32>
    %1 = linalg.fill ins(%arg0 : f32) outs(%0 : tensor<4x4xf32>) -> tensor<4x4xf32>
    %inserted_slice = tensor.insert_slice %arg1 into %1[1, 1] [2, 2] [1, 1] : tensor<2x2xf32> into tensor<4x4xf32>
    util.return %inserted_slice : tensor<4x4xf32>
  }
  util.func public @f1(%arg0: f32, %arg1: tensor<?x2xf32>, %arg2: index, %arg3: index, %arg4: tensor<2x4xf32>) -> tensor<8x4xf32> {
    %0 = tensor.empty() : tensor<8x4xf32>
    %1 = linalg.fill ins(%arg0 : f32) outs(%0 : tensor<8x4xf32>) -> tensor<8x4xf32>
    %padded = tensor.pad %arg1 low[%arg2, 0] high[1, 1] {
    ^bb0(%arg5: index, %arg6: index):
      tensor.yield %arg0 : f32
    } : tensor<?x2xf32> to tensor<?x3xf32>
    %dim = tensor.dim %arg1, %arg3 : tensor<?x2xf32>
    %inserted_slice = tensor.insert_slice %arg4 into %1[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<8x4xf32>
    %inserted_slice_0 = tensor.insert_slice %padded into %inserted_slice[%arg3, 1] [%dim, 3] [1, 1] : tensor<?x3xf32> into tensor<8x4xf32>
    util.return %inserted_slice_0 : tensor<8x4xf32>
  }
  util.func public @f2(%arg0: f32, %arg1: tensor<?x2xf32>, %arg2: index, %arg3: index, %arg4: tensor<2x1xf32>) -> tensor<8x4xf32> {
    %c0 = arith.constant 0 : index
    %0 = tensor.empty() : tensor<8x4xf32>
    %1 = linalg.fill ins(%arg0 : f32) outs(%0 : tensor<8x4xf32>) -> tensor<8x4xf32>
    %inserted_slice = tensor.insert_slice %arg4 into %1[0, 0] [2, 1] [1, 1] : tensor<2x1xf32> into tensor<8x4xf32>
    %2 = affine.apply #map()[%arg2]
    %dim = tensor.dim %arg1, %c0 : tensor<?x2xf32>
    %inserted_slice_0 = tensor.insert_slice %arg1 into %inserted_slice[%2, 1] [%dim, 2] [1, 1] : tensor<?x2xf32> into tensor<8x4xf32>
    util.return %inserted_slice_0 : tensor<8x4xf32>
  }
}


// -----
module {
  util.func public @f0(%arg0: tensor<4xf32>) -> tensor<2x4xf32> {
    %0 = tensor.empty() : tensor<2x4xf32>
    %broadcasted = linalg.broadcast ins(%arg0 : tensor<4xf32>) outs(%0 : tensor<2x4xf32>) dimensions = [0] 
    util.return %broadcasted : tensor<2x4xf32>
  }
  util.func public @f1(%arg0: tensor<4x3xf32>) -> tensor<2x3x4xf32> {
    %0 = tensor.empty() : tensor<2x3x4xf32>
    %1 = tensor.empty() : tensor<3x4xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<4x3xf32>) outs(%1 : tensor<3x4xf32>) permutation = [1, 0] 
    %broadcasted = linalg.broadcast ins(%transposed : tensor<3x4xf32>) outs(%0 : tensor<2x3x4xf32>) dimensions = [0] 
    util.return %broadcasted : tensor<2x3x4xf32>
  }
  util.func public @f2(%arg0: tensor<?x3xf32>, %arg1: index, %arg2: tensor<2x3x?xf32>) -> tensor<2x3x?xf32> {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %arg0, %c0 : tensor<?x3xf32>
    %0 = tensor.empty(%dim) : tensor<3x?xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<?x3xf32>) outs(%0 : tensor<3x?xf32>) permutation = [1, 0] 
    %broadcasted = linalg.broadcast ins(%transposed : tensor<3x?xf32>) outs(%arg2 : tensor<2x3x?xf32>) dimensions = [0] 
    util.return %broadcasted : tensor<2x3x?xf32>
  }
  util.func public @f3(%arg0: tensor<3xf32>, %arg1: tensor<5x3x4xf32>) -> tensor<5x3x4xf32> {
    %broadcasted = linalg.broadcast ins(%arg0 : tensor<3xf32>) outs(%arg1 : tensor<5x3x4xf32>) dimensions = [2, 0] 
    util.return %broadcasted : tensor<5x3x4xf32>
  }
}


// -----
#map = affine_map<()[s0] -> (s0 * 2)>
#map1 = affine_map<()[s0] -> (s0 + 1)>
#map2 = affine_map<()[s0, s1] -> (s0 + s1)>
#map3 = affine_map<()[s0] -> (s0 + 2)>
#map4 = affine_map<()[s0, s1] -> (s0 * 5 + s1)>
module {
  util.func public @f0(%arg0: tensor<?x4xf32>, %arg1: index) -> tensor<?x16xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = affine.apply #map()[%arg1]
    %padded = tensor.pad %arg0 low[%0, 4] high[1, 8] {
    ^bb0(%arg2: index, %arg3: index):
      tensor.yield %cst : f32
    } : tensor<?x4xf32> to tensor<?x16xf32>
    util.return %padded : tensor<?x16xf32>
  }
  util.func public @f1(%arg0: tensor<?x4xf32>, %arg1: index, %arg2: index) -> tensor<?x16xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = affine.apply #map1()[%arg2]
    %1 = affine.apply #map2()[%arg2, %arg1]
    %padded = tensor.pad %arg0 low[%1, 4] high[%0, 8] {
    ^bb0(%arg3: index, %arg4: index):
      tensor.yield %cst : f32
    } : tensor<?x4xf32> to tensor<?x16xf32>
    util.return %padded : tensor<?x16xf32>
  }
  util.func public @f2(%arg0: tensor<?xf32>, %arg1: index, %arg2: index) -> tensor<?xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = affine.apply #map3()[%arg2]
    %1 = affine.apply #map4()[%arg1, %arg2]
    %padded = tensor.pad %arg0 low[%1] high[%0] {
    ^bb0(%arg3: index):
      tensor.yield %cst : f32
    } : tensor<?xf32> to tensor<?xf32>
    util.return %padded : tensor<?xf32>
  }
}

