module {
  util.func public @f(%arg0: tensor<16x32xf32>, %arg1: tensor<16x32xf32>, %arg2: tensor<4x2x8x8xf32>) -> (tensor<4x2x8x8xf32>, tensor<16x32xf32>, tensor<4x2x8x8xf32>) {
    %unpack = linalg.unpack %arg2 outer_dims_perm = [1, 0] inner_dims_pos = [0, 1] inner_tiles = [8, 8] into %arg0 : tensor<4x2x8x8xf32> -> tensor<16x32xf32>
    %pack = linalg.pack %unpack outer_dims_perm = [1, 0] inner_dims_pos = [1, 0] inner_tiles = [8, 8] into %arg2 : tensor<16x32xf32> -> tensor<4x2x8x8xf32>
    util.return %arg2, %arg0, %pack : tensor<4x2x8x8xf32>, tensor<16x32xf32>, tensor<4x2x8x8xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<16x?xf32>, %arg1: f32, %arg2: tensor<2x?x8xf32>, %arg3: tensor<2x8xf32>) -> (tensor<2x?x8xf32>, tensor<2x8xf32>, tensor<2x8xf32>, tensor<12xf32>) {
    %cst = arith.constant dense<2.000000e+00> : tensor<12xf32>
    %cst_0 = arith.constant dense<0.000000e+00> : tensor<2x8xf32>
    %cst_1 = arith.constant 0.000000e+00 : f32
    %cst_2 = arith.constant dense<1.000000e+00> : tensor<12xf32>
    %pack = linalg.pack %arg0 inner_dims_pos = [0] inner_tiles = [8] into %arg2 : tensor<16x?xf32> -> tensor<2x?x8xf32>
    %pack_3 = linalg.pack %cst_2 padding_value(%cst_1 : f32) inner_dims_pos = [0] inner_tiles = [8] into %arg3 : tensor<12xf32> -> tensor<2x8xf32>
    util.return %pack, %pack_3, %cst_0, %cst : tensor<2x?x8xf32>, tensor<2x8xf32>, tensor<2x8xf32>, tensor<12xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<16x32xf32>, %arg1: tensor<?x16x?xf32>, %arg2: index, %arg3: tensor<?x2x?x8xf32>, %arg4: tensor<?x16x7xf32>) -> (tensor<?x2x?x8xf32>, tensor<?x?xf32>, tensor<?x16x7xf32>) {
    %pack = linalg.pack %arg1 inner_dims_pos = [1] inner_tiles = [8] into %arg3 : tensor<?x16x?xf32> -> tensor<?x2x?x8xf32>
    %cast = tensor.cast %arg0 : tensor<16x32xf32> to tensor<?x?xf32>
    %cast_0 = tensor.cast %arg3 : tensor<?x2x?x8xf32> to tensor<?x2x7x8xf32>
    %unpack = linalg.unpack %cast_0 inner_dims_pos = [1] inner_tiles = [8] into %arg4 : tensor<?x2x7x8xf32> -> tensor<?x16x7xf32>
    util.return %pack, %cast, %unpack : tensor<?x2x?x8xf32>, tensor<?x?xf32>, tensor<?x16x7xf32>
  }
}

