// Of two reshapes one is left, where the groups of both say how.
util.func @a(%a: tensor<3x3x1x96xf32>) -> tensor<9x96xf32> {
  %0 = tensor.collapse_shape %a [[0,1,2,3]] : tensor<3x3x1x96xf32> into tensor<864xf32>
  %1 = tensor.expand_shape %0 [[0,1]] output_shape [9, 96] : tensor<864xf32> into tensor<9x96xf32>
  util.return %1 : tensor<9x96xf32>
}
util.func @b(%a: tensor<?x?xf32>, %m : index, %n: index) -> tensor<?x?xf32> {
  %0 = tensor.collapse_shape %a [[0,1]] : tensor<?x?xf32> into tensor<?xf32>
  %1 = tensor.expand_shape %0 [[0,1]] output_shape [%m, %n] : tensor<?xf32> into tensor<?x?xf32>
  util.return %1 : tensor<?x?xf32>
}
util.func @c(%a: tensor<?x?xf32>, %m : index, %n: index) -> tensor<?x?x?xf32> {
  %0 = tensor.expand_shape %a [[0,1], [2]] output_shape [%m, 4, %n] : tensor<?x?xf32> into tensor<?x4x?xf32>
  %1 = tensor.expand_shape %0 [[0, 1], [2], [3]] output_shape [%m, 1, 4, %n] : tensor<?x4x?xf32> into tensor<?x1x4x?xf32>
  %2 = tensor.collapse_shape %1 [[0], [1,2], [3]] : tensor<?x1x4x?xf32> into tensor<?x4x?xf32>
  %3 = tensor.cast %2 : tensor<?x4x?xf32> to tensor<?x?x?xf32>
  util.return %3 : tensor<?x?x?xf32>
}
util.func @d(%a: tensor<?xf32>, %m : index, %n: index) -> (tensor<?x?xf32>, tensor<?xf32>) {
  %c3 = arith.constant 3 : index
  %0 = tensor.expand_shape %a [[0,1,2,3]] output_shape [%m, 4, %n, %c3] : tensor<?xf32> into tensor<?x4x?x?xf32>
  %1 = tensor.collapse_shape %0 [[0], [1,2, 3]] : tensor<?x4x?x?xf32> into tensor<?x?xf32>
  %2 = tensor.collapse_shape %0 [[0, 1,2, 3]] : tensor<?x4x?x?xf32> into tensor<?xf32>
  util.return %1, %2 : tensor<?x?xf32>, tensor<?xf32>
}
util.func @e(%a: tensor<12x8xf32>, %m : index) -> tensor<?x4x?xf32> {
  %c3 = arith.constant 3 : index
  %0 = tensor.cast %a : tensor<12x8xf32> to tensor<?x?xf32>
  %1 = tensor.expand_shape %0 [[0,1],[2]] output_shape [%c3, 4, %m] : tensor<?x?xf32> into tensor<?x4x?xf32>
  util.return %1 : tensor<?x4x?xf32>
}
util.func @f(%a: tensor<1x1xf32>, %b: tensor<1x1x1xf32>, %c: tensor<2x2x?xf32>, %e: tensor<?x2x3x5xf32>, %n: index) -> (tensor<1x1x1xf32>, tensor<1x1xf32>, tensor<2x?xf32>, tensor<?x15xf32>) {
  %0 = tensor.collapse_shape %a [] : tensor<1x1xf32> into tensor<f32>
  %1 = tensor.expand_shape %0 [] output_shape [1,1,1] : tensor<f32> into tensor<1x1x1xf32>
  %2 = tensor.collapse_shape %b [] : tensor<1x1x1xf32> into tensor<f32>
  %3 = tensor.expand_shape %2 [] output_shape [1,1] : tensor<f32> into tensor<1x1xf32>
  %4 = tensor.collapse_shape %c [[0,1,2]] : tensor<2x2x?xf32> into tensor<?xf32>
  %5 = tensor.expand_shape %4 [[0,1]] output_shape [2,%n] : tensor<?xf32> into tensor<2x?xf32>
  %6 = tensor.collapse_shape %e [[0,1,2,3]] : tensor<?x2x3x5xf32> into tensor<?xf32>
  %7 = tensor.expand_shape %6 [[0,1]] output_shape [%n,15] : tensor<?xf32> into tensor<?x15xf32>
  util.return %1, %3, %5, %7: tensor<1x1x1xf32>, tensor<1x1xf32>, tensor<2x?xf32>, tensor<?x15xf32>
}

// -----
// Buffers are reshaped once too, where their elements lie one after the other.
util.func @g(%a: memref<3x3x1x96xf32>, %b: memref<4x8x2xf32, strided<[16,2,1], offset: ?>>) -> (memref<9x96xf32>, memref<64xf32, strided<[1], offset: ?>>) {
  %0 = memref.collapse_shape %a [[0,1,2,3]] : memref<3x3x1x96xf32> into memref<864xf32>
  %1 = memref.expand_shape %0 [[0,1]] output_shape [9, 96] : memref<864xf32> into memref<9x96xf32>
  %2 = memref.collapse_shape %b [[0,1],[2]] : memref<4x8x2xf32, strided<[16,2,1], offset: ?>> into memref<32x2xf32, strided<[2,1], offset: ?>>
  %3 = memref.collapse_shape %2 [[0,1]] : memref<32x2xf32, strided<[2,1], offset: ?>> into memref<64xf32, strided<[1], offset: ?>>
  util.return %1, %3 : memref<9x96xf32>, memref<64xf32, strided<[1], offset: ?>>
}
