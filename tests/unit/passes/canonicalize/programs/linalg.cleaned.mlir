module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> tensor<4xf32> {
    return %arg0 : tensor<4xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: tensor<?xf32>) -> tensor<?xf32> {
    %cast = tensor.cast %arg0 : tensor<4xf32> to tensor<?xf32>
    return %cast : tensor<?xf32>
  }
}


// -----
module {
  func.func @f(%arg0: memref<4xf32>) {
    return
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>, %arg2: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    return %arg1, %arg0 : tensor<4xf32>, tensor<4xf32>
  }
}


// -----
#map = affine_map<(d0) -> (d0)>
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> tensor<?xf32> {
    %0 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg0 : tensor<4xf32>) outs(%arg1 : tensor<4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %1 = arith.addf %in, %out : f32
      linalg.yield %1 : f32
    } -> tensor<4xf32>
    %cast = tensor.cast %0 : tensor<4xf32> to tensor<?xf32>
    return %cast : tensor<?xf32>
  }
}


// -----
#map = affine_map<(d0) -> (d0)>
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: tensor<?xf32>) -> tensor<?xf32> {
    %cast = tensor.cast %arg1 : tensor<?xf32> to tensor<4xf32>
    %0 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg0 : tensor<4xf32>) outs(%cast : tensor<4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %1 = arith.addf %in, %out : f32
      linalg.yield %1 : f32
    } -> tensor<4xf32>
    %cast_0 = tensor.cast %0 : tensor<4xf32> to tensor<?xf32>
    return %cast_0 : tensor<?xf32>
  }
}


// -----
module {
  func.func @f(%arg0: memref<0x4xf32>, %arg1: memref<4x4xf32>, %arg2: memref<0x4xf32>) {
    return
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: f32) -> tensor<?xf32> {
    %0 = linalg.fill ins(%arg1 : f32) outs(%arg0 : tensor<4xf32>) -> tensor<4xf32>
    %cast = tensor.cast %0 : tensor<4xf32> to tensor<?xf32>
    return %cast : tensor<?xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: f32) -> f32 {
    return %arg1 : f32
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: f32) -> tensor<2x2xf32> {
    %expanded = tensor.expand_shape %arg0 [[0, 1]] output_shape [2, 2] : tensor<4xf32> into tensor<2x2xf32>
    %0 = linalg.fill ins(%arg1 : f32) outs(%expanded : tensor<2x2xf32>) -> tensor<2x2xf32>
    return %0 : tensor<2x2xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: f32) -> tensor<6xf32> {
    %0 = tensor.empty() : tensor<6xf32>
    %1 = linalg.fill ins(%arg1 : f32) outs(%0 : tensor<6xf32>) -> tensor<6xf32>
    return %1 : tensor<6xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> tensor<4xf32> {
    return %arg0 : tensor<4xf32>
  }
}


// -----
module {
  func.func @f(%arg0: f32, %arg1: tensor<4xf32>) -> tensor<4xf32> {
    %0 = linalg.fill ins(%arg0 : f32) outs(%arg1 : tensor<4xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4x8xf32>, %arg1: tensor<4x8xf32>) -> tensor<4x8xf32> {
    return %arg0 : tensor<4x8xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4x8xf32>, %arg1: tensor<8x4xf32>, %arg2: tensor<4x8xf32>) -> tensor<4x8xf32> {
    return %arg0 : tensor<4x8xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4x8xf32>, %arg1: tensor<8x4xf32>, %arg2: f32) -> tensor<8x4xf32> {
    %0 = linalg.fill ins(%arg2 : f32) outs(%arg1 : tensor<8x4xf32>) -> tensor<8x4xf32>
    return %0 : tensor<8x4xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4x8xf32>, %arg1: tensor<4x8xf32>) -> tensor<4x8xf32> {
    return %arg0 : tensor<4x8xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4x4xf32>, %arg1: tensor<?x?xf32>) -> tensor<?x?xf32> {
    %cast = tensor.cast %arg1 : tensor<?x?xf32> to tensor<4x4xf32>
    %0 = linalg.matmul ins(%arg0, %arg0 : tensor<4x4xf32>, tensor<4x4xf32>) outs(%cast : tensor<4x4xf32>) -> tensor<4x4xf32>
    %cast_0 = tensor.cast %0 : tensor<4x4xf32> to tensor<?x?xf32>
    return %cast_0 : tensor<?x?xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<?x?xf32>, %arg1: tensor<?x?xf32>) -> tensor<4x?xf32> {
    %cast = tensor.cast %arg1 : tensor<?x?xf32> to tensor<4x?xf32>
    %cast_0 = tensor.cast %arg0 : tensor<?x?xf32> to tensor<4x?xf32>
    %0 = linalg.matmul ins(%cast_0, %arg0 : tensor<4x?xf32>, tensor<?x?xf32>) outs(%cast : tensor<4x?xf32>) -> tensor<4x?xf32>
    return %0 : tensor<4x?xf32>
  }
}


// -----
module {
  func.func @f(%arg0: index, %arg1: f32) -> tensor<4xf32> {
    %0 = tensor.empty() : tensor<4xf32>
    %1 = linalg.fill ins(%arg1 : f32) outs(%0 : tensor<4xf32>) -> tensor<4xf32>
    return %1 : tensor<4xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: tensor<4x8xf32>, %arg2: tensor<2x4x8xf32>) -> tensor<2x4x8xf32> {
    %broadcasted = linalg.broadcast ins(%arg0 : tensor<4xf32>) outs(%arg2 : tensor<2x4x8xf32>) dimensions = [0, 2] 
    return %broadcasted : tensor<2x4x8xf32>
  }
}


// -----
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: f32, %arg2: index) -> tensor<?xf32> {
    %inserted = tensor.insert %arg1 into %arg0[%arg2] : tensor<4xf32>
    %cast = tensor.cast %inserted : tensor<4xf32> to tensor<?xf32>
    return %cast : tensor<?xf32>
  }
}


// -----
#map = affine_map<(d0) -> ()>
#map1 = affine_map<(d0) -> (d0)>
module {
  func.func @f(%arg0: tensor<4xf32>, %arg1: f32, %arg2: tensor<4xf32>) -> tensor<4xf32> {
    %0 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel"]} ins(%arg1 : f32) outs(%arg2 : tensor<4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}


// -----
#map = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @f(%arg0: tensor<1x4xindex>, %arg1: tensor<?x1xindex>) -> (tensor<1x4xindex>, tensor<?x1xindex>) {
    %0 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel"]} outs(%arg0 : tensor<1x4xindex>) {
    ^bb0(%out: index):
      %2 = linalg.index 1 : index
      linalg.yield %2 : index
    } -> tensor<1x4xindex>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel"]} outs(%arg1 : tensor<?x1xindex>) {
    ^bb0(%out: index):
      %2 = linalg.index 0 : index
      linalg.yield %2 : index
    } -> tensor<?x1xindex>
    return %0, %1 : tensor<1x4xindex>, tensor<?x1xindex>
  }
}

