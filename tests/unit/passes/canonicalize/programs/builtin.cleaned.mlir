module {
  util.func public @f(%arg0: tensor<4xf32>, %arg1: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32>, tensor<4xf32>) {
    %0:2 = builtin.unrealized_conversion_cast %arg0, %arg1 : tensor<4xf32>, tensor<4xi32> to memref<4xf32>, memref<4xi32>
    %1:2 = builtin.unrealized_conversion_cast %0#1, %0#0 : memref<4xi32>, memref<4xf32> to tensor<4xf32>, tensor<4xi32>
    %2 = builtin.unrealized_conversion_cast %0#0 : memref<4xf32> to tensor<4xf32>
    util.return %arg0, %arg0, %arg1, %1#0, %1#1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xi32>, tensor<4xf32>
  }
}

