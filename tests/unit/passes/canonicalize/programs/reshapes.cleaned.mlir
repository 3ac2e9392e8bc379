module {
  util.func public @a(%arg0: tensor<3x3x1x96xf32>) -> tensor<9x96xf32> {
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2, 3]] : tensor<3x3x1x96xf32> into tensor<9x96xf32>
    util.return %collapsed : tensor<9x96xf32>
  }
  util.func public @b(%arg0: tensor<?x?xf32>, %arg1: index, %arg2: index) -> tensor<?x?xf32> {
    %collapsed = tensor.collapse_shape %arg0 [[0, 1]] : tensor<?x?xf32> into tensor<?xf32>
    %expanded = tensor.expand_shape %collapsed [[0, 1]] output_shape [%arg1, %arg2] : tensor<?xf32> into tensor<?x?xf32>
    util.return %expanded : tensor<?x?xf32>
  }
  util.func public @c(%arg0: tensor<?x?xf32>, %arg1: index, %arg2: index) -> tensor<?x?x?xf32> {
    %expanded = tensor.expand_shape %arg0 [[0, 1], [2]] output_shape [%arg1, 4, %arg2] : tensor<?x?xf32> into tensor<?x4x?xf32>
    %cast = tensor.cast %expanded : tensor<?x4x?xf32> to tensor<?x?x?xf32>
    util.return %cast : tensor<?x?x?xf32>
  }
  util.func public @d(%arg0: tensor<?xf32>, %arg1: index, %arg2: index) -> (tensor<?x?xf32>, tensor<?xf32>) {
    %c12 = arith.constant 12 : index
    %0 = arith.muli %arg2, %c12 overflow<nsw> : index
    %expanded = tensor.expand_shape %arg0 [[0, 1]] output_shape [%arg1, %0] : tensor<?xf32> into tensor<?x?xf32>
    util.return %expanded, %arg0 : tensor<?x?xf32>, tensor<?xf32>
  }
  util.func public @e(%arg0: tensor<12x8xf32>, %arg1: index) -> tensor<?x4x?xf32> {
    %cast = tensor.cast %arg0 : tensor<12x8xf32> to tensor<12x?xf32>
    %expanded = tensor.expand_shape %cast [[0, 1], [2]] output_shape [3, 4, %arg1] : tensor<12x?xf32> into tensor<3x4x?xf32>
    %cast_0 = tensor.cast %expanded : tensor<3x4x?xf32> to tensor<?x4x?xf32>
    util.return %cast_0 : tensor<?x4x?xf32>
  }
  util.func public @f(%arg0: tensor<1x1xf32>, %arg1: tensor<1x1x1xf32>, %arg2: tensor<2x2x?xf32>, %arg3: tensor<?x2x3x5xf32>, %arg4: index) -> (tensor<1x1x1xf32>, tensor<1x1xf32>, tensor<2x?xf32>, tensor<?x15xf32>) {
    %expanded = tensor.expand_shape %arg0 [[0], [1, 2]] output_shape [1, 1, 1] : tensor<1x1xf32> into tensor<1x1x1xf32>
    %collapsed = tensor.collapse_shape %arg1 [[0], [1, 2]] : tensor<1x1x1xf32> into tensor<1x1xf32>
    %collapsed_0 = tensor.collapse_shape %arg2 [[0, 1, 2]] : tensor<2x2x?xf32> into tensor<?xf32>
    %expanded_1 = tensor.expand_shape %collapsed_0 [[0, 1]] output_shape [2, %arg4] : tensor<?xf32> into tensor<2x?xf32>
    %collapsed_2 = tensor.collapse_shape %arg3 [[0, 1], [2, 3]] : tensor<?x2x3x5xf32> into tensor<?x15xf32>
    util.return %expanded, %collapsed, %expanded_1, %collapsed_2 : tensor<1x1x1xf32>, tensor<1x1xf32>, tensor<2x?xf32>, tensor<?x15xf32>
  }
}


// -----
module {
  util.func public @g(%arg0: memref<3x3x1x96xf32>, %arg1: memref<4x8x2xf32, strided<[16, 2, 1], offset: ?>>) -> (memref<9x96xf32>, memref<64xf32, strided<[1], offset: ?>>) {
    %collapse_shape = memref.collapse_shape %arg0 [[0, 1], [2, 3]] : memref<3x3x1x96xf32> into memref<9x96xf32>
    %collapse_shape_0 = memref.collapse_shape %arg1 [[0, 1], [2]] : memref<4x8x2xf32, strided<[16, 2, 1], offset: ?>> into memref<32x2xf32, strided<[2, 1], offset: ?>>
    %collapse_shape_1 = memref.collapse_shape %collapse_shape_0 [[0, 1]] : memref<32x2xf32, strided<[2, 1], offset: ?>> into memref<64xf32, strided<[1], offset: ?>>
    util.return %collapse_shape, %collapse_shape_1 : memref<9x96xf32>, memref<64xf32, strided<[1], offset: ?>>
  }
}

