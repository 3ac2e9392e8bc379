module {
  util.func public @f(%arg0: tensor<?x8xf32>, %arg1: tensor<?x?xf32>, %arg2: index, %arg3: index, %arg4: f32) -> (index, index, index, index, index, index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %dim = tensor.dim %arg1, %c1 : tensor<?x?xf32>
    %dim_0 = tensor.dim %arg0, %arg2 : tensor<?x8xf32>
    %dim_1 = tensor.dim %arg1, %c0 : tensor<?x?xf32>
    util.return %arg2, %arg3, %dim, %arg2, %dim_0, %dim_1 : index, index, index, index, index, index
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: f32) -> (tensor<?x4xf32>, tensor<4x4xf32>, tensor<?x?xf32>) {
    %0 = tensor.empty() : tensor<3x4xf32>
    %cast = tensor.cast %0 : tensor<3x4xf32> to tensor<?x4xf32>
    %1 = tensor.empty() : tensor<4x4xf32>
    %generated = tensor.generate %arg0 {
    ^bb0(%arg2: index, %arg3: index):
      tensor.yield %arg1 : f32
    } : tensor<3x?xf32>
    %cast_0 = tensor.cast %generated : tensor<3x?xf32> to tensor<?x?xf32>
    util.return %cast, %1, %cast_0 : tensor<?x4xf32>, tensor<4x4xf32>, tensor<?x?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x8xf32>, %arg1: f32, %arg2: index) -> (f32, f32, f32, tensor<?x?xf32>, tensor<2xf32>, tensor<4xf32>, tensor<2xf32>) {
    %cst = arith.constant dense<1.000000e+00> : tensor<4xf32>
    %cst_0 = arith.constant dense<1.000000e+00> : tensor<2xf32>
    %cst_1 = arith.constant 1.000000e+00 : f32
    %c1 = arith.constant 1 : index
    %extracted = tensor.extract %arg0[%arg2, %arg2] : tensor<4x8xf32>
    %inserted = tensor.insert %arg1 into %arg0[%arg2, %c1] : tensor<4x8xf32>
    %cast = tensor.cast %inserted : tensor<4x8xf32> to tensor<?x?xf32>
    util.return %extracted, %cst_1, %arg1, %cast, %cst_0, %cst, %cst_0 : f32, f32, f32, tensor<?x?xf32>, tensor<2xf32>, tensor<4xf32>, tensor<2xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x8xf32>, %arg1: index) -> (tensor<?x8xf32>, tensor<4x8xf32>, tensor<?x?xf32>, tensor<2x8xf32>, tensor<2x3xf32>, tensor<?xf32>) {
    %cst = arith.constant dense<1.000000e+00> : tensor<2x3xf32>
    %c9 = arith.constant 9 : index
    %extracted_slice = tensor.extract_slice %arg0[0, 0] [2, 8] [1, 1] : tensor<4x8xf32> to tensor<2x8xf32>
    %cast = tensor.cast %extracted_slice : tensor<2x8xf32> to tensor<?x8xf32>
    %extracted_slice_0 = tensor.extract_slice %arg0[%arg1, 0] [%arg1, %arg1] [1, 1] : tensor<4x8xf32> to tensor<?x?xf32>
    %extracted_slice_1 = tensor.extract_slice %arg0[0, 0] [2, 8] [1, 1] : tensor<4x8xf32> to tensor<2x8xf32>
    %extracted_slice_2 = tensor.extract_slice %arg0[1, 0] [1, %c9] [1, 1] : tensor<4x8xf32> to tensor<?xf32>
    util.return %cast, %arg0, %extracted_slice_0, %extracted_slice_1, %cst, %extracted_slice_2 : tensor<?x8xf32>, tensor<4x8xf32>, tensor<?x?xf32>, tensor<2x8xf32>, tensor<2x3xf32>, tensor<?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<?x4xf32>, %arg1: tensor<4x8xf32>, %arg2: tensor<2x4xf32>, %arg3: index) -> (tensor<4x8xf32>, tensor<?x?xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<2x4xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
    %cast = tensor.cast %arg0 : tensor<?x4xf32> to tensor<2x4xf32>
    %inserted_slice = tensor.insert_slice %cast into %arg1[2, %arg3] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x8xf32>
    %inserted_slice_0 = tensor.insert_slice %arg2 into %arg1[0, %arg3] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x8xf32>
    %cast_1 = tensor.cast %inserted_slice_0 : tensor<4x8xf32> to tensor<?x?xf32>
    %inserted_slice_2 = tensor.insert_slice %arg2 into %arg1[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x8xf32>
    util.return %inserted_slice, %cast_1, %inserted_slice_2, %arg1, %arg2, %inserted_slice_2, %arg1 : tensor<4x8xf32>, tensor<?x?xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<2x4xf32>, tensor<4x8xf32>, tensor<4x8xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<?x4xf32>, %arg1: tensor<4x8xf32>, %arg2: index) -> tensor<4x8xf32> {
    %extracted_slice = tensor.extract_slice %arg0[0, 0] [2, 4] [1, 1] : tensor<?x4xf32> to tensor<2x4xf32>
    %inserted_slice = tensor.insert_slice %extracted_slice into %arg1[%arg2, %arg2] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x8xf32>
    util.return %inserted_slice : tensor<4x8xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x8xf32>, %arg1: tensor<?x8xf32>, %arg2: tensor<4x?xf32>) -> (tensor<4x8xf32>, tensor<?x?xf32>) {
    %cast = tensor.cast %arg2 : tensor<4x?xf32> to tensor<4x8xf32>
    %concat = tensor.concat dim(0) %arg1, %cast : (tensor<?x8xf32>, tensor<4x8xf32>) -> tensor<?x8xf32>
    %cast_0 = tensor.cast %concat : tensor<?x8xf32> to tensor<?x?xf32>
    util.return %arg0, %cast_0 : tensor<4x8xf32>, tensor<?x?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x8xf32>, %arg1: tensor<?x8xf32>, %arg2: tensor<2x4x8xf32>, %arg3: f32, %arg4: index) -> (tensor<4x8xf32>, tensor<8xf32>, tensor<2x1xf32>, tensor<?xf32>, tensor<64xf32>, tensor<?x8xf32>, tensor<2x4xf32>) {
    %cst = arith.constant dense<1.000000e+00> : tensor<8xf32>
    %from_elements = tensor.from_elements %arg3, %arg3 : tensor<2x1xf32>
    %collapsed = tensor.collapse_shape %arg0 [[0, 1]] : tensor<4x8xf32> into tensor<32xf32>
    %cast = tensor.cast %collapsed : tensor<32xf32> to tensor<?xf32>
    %collapsed_0 = tensor.collapse_shape %arg2 [[0, 1, 2]] : tensor<2x4x8xf32> into tensor<64xf32>
    %splat = tensor.splat %arg3 : tensor<2x4xf32>
    util.return %arg0, %cst, %from_elements, %cast, %collapsed_0, %arg1, %splat : tensor<4x8xf32>, tensor<8xf32>, tensor<2x1xf32>, tensor<?xf32>, tensor<64xf32>, tensor<?x8xf32>, tensor<2x4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x8xf32>, %arg1: tensor<?x?xf32>, %arg2: f32, %arg3: index) -> (tensor<4x8xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<5x?xf32>, tensor<?x8xf32>) {
    %c1 = arith.constant 1 : index
    %padded = tensor.pad %arg0 low[1, 0] high[0, %arg3] {
    ^bb0(%arg4: index, %arg5: index):
      tensor.yield %arg2 : f32
    } : tensor<4x8xf32> to tensor<5x?xf32>
    %cast = tensor.cast %padded : tensor<5x?xf32> to tensor<?x?xf32>
    %padded_0 = tensor.pad %arg0 low[2, 1] high[0, %arg3] {
    ^bb0(%arg4: index, %arg5: index):
      tensor.yield %arg2 : f32
    } : tensor<4x8xf32> to tensor<6x?xf32>
    %cast_1 = tensor.cast %padded_0 : tensor<6x?xf32> to tensor<?x?xf32>
    %padded_2 = tensor.pad %arg1 low[%arg3, 0] high[1, 0] {
    ^bb0(%arg4: index, %arg5: index):
      tensor.yield %arg2 : f32
    } : tensor<?x?xf32> to tensor<5x?xf32>
    %padded_3 = tensor.pad %arg0 low[%arg3, 0] high[0, %c1] {
    ^bb0(%arg4: index, %arg5: index):
      tensor.yield %arg2 : f32
    } : tensor<4x8xf32> to tensor<?x8xf32>
    util.return %arg0, %cast, %cast_1, %arg1, %padded_2, %padded_3 : tensor<4x8xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<5x?xf32>, tensor<?x8xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<?x?xf32>, %arg1: tensor<?x?xf32>, %arg2: index) -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
    %c-4 = arith.constant -4 : index
    %c0 = arith.constant 0 : index
    %c-1 = arith.constant -1 : index
    %extracted_slice = tensor.extract_slice %arg0[%c-4, 1] [%arg2, %arg2] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
    %extracted_slice_0 = tensor.extract_slice %arg0[1, 1] [%arg2, %c-4] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
    %extracted_slice_1 = tensor.extract_slice %arg0[1, 1] [%arg2, %arg2] [0, 1] : tensor<?x?xf32> to tensor<?x?xf32>
    %extracted_slice_2 = tensor.extract_slice %arg0[1, 1] [%arg2, %arg2] [-4, -1] : tensor<?x?xf32> to tensor<?x?xf32>
    %inserted_slice = tensor.insert_slice %arg1 into %arg0[%c-4, 1] [%arg2, %c-1] [%c0, 1] : tensor<?x?xf32> into tensor<?x?xf32>
    util.return %extracted_slice, %extracted_slice_0, %extracted_slice_1, %extracted_slice_2, %inserted_slice : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
  }
}

