// casts of another dialect to what there is, or was before
util.func public @f(%t: tensor<4xf32>, %u: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32>, tensor<4xf32>) {
  %0 = builtin.unrealized_conversion_cast %t : tensor<4xf32> to tensor<4xf32>
  %1:2 = builtin.unrealized_conversion_cast %t, %u : tensor<4xf32>, tensor<4xi32> to memref<4xf32>, memref<4xi32>
  %2:2 = builtin.unrealized_conversion_cast %1#0, %1#1 : memref<4xf32>, memref<4xi32> to tensor<4xf32>, tensor<4xi32>
  %3:2 = builtin.unrealized_conversion_cast %1#1, %1#0 : memref<4xi32>, memref<4xf32> to tensor<4xf32>, tensor<4xi32>
  %4 = builtin.unrealized_conversion_cast %1#0 : memref<4xf32> to tensor<4xf32>
  util.return %0, %2#0, %2#1, %3#0, %3#1, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32>, tensor<4xf32>
}
