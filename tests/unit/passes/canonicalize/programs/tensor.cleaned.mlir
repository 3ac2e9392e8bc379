module {
  util.func public @f(%arg0: tensor<4x?xf32>, %arg1: index, %arg2: index) -> (index, index, index, index, index) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c4 = arith.constant 4 : index
    %dim = tensor.dim %arg0, %c1 : tensor<4x?xf32>
    util.return %c2, %c4, %arg2, %arg1, %dim : index, index, index, index, index
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x?xf32>, %arg1: tensor<?xf32>) -> (tensor<4x?xf32>, tensor<?x?xf32>, tensor<?xf32>) {
    %cast = tensor.cast %arg0 : tensor<4x?xf32> to tensor<?x?xf32>
    %cast_0 = tensor.cast %arg1 : tensor<?xf32> to tensor<8xf32>
    %cast_1 = tensor.cast %cast_0 : tensor<8xf32> to tensor<?xf32>
    util.return %arg0, %cast, %cast_1 : tensor<4x?xf32>, tensor<?x?xf32>, tensor<?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: f32, %arg1: f32, %arg2: index) -> (f32, i32, i32, i1, f32) {
    %c4_i32 = arith.constant 4 : i32
    %c7_i32 = arith.constant 7 : i32
    %false = arith.constant false
    %splat = tensor.splat %arg0 : tensor<8xf32>
    %extracted = tensor.extract %splat[%arg2] : tensor<8xf32>
    util.return %arg1, %c4_i32, %c7_i32, %false, %extracted : f32, i32, i32, i1, f32
  }
}

