// what was packed is what was unpacked, and the other way around
util.func public @f(%a: tensor<16x32xf32>, %e: tensor<16x32xf32>, %d: tensor<4x2x8x8xf32>) -> (tensor<4x2x8x8xf32>, tensor<16x32xf32>, tensor<4x2x8x8xf32>) {
  %c8 = arith.constant 8 : index
  %cast = tensor.cast %d : tensor<4x2x8x8xf32> to tensor<4x2x?x8xf32>
  %0 = linalg.pack %a outer_dims_perm = [1, 0] inner_dims_pos = [0, 1] inner_tiles = [%c8, 8] into %cast : tensor<16x32xf32> -> tensor<4x2x?x8xf32>
  %1 = linalg.unpack %0 outer_dims_perm = [1, 0] inner_dims_pos = [0, 1] inner_tiles = [%c8, 8] into %e : tensor<4x2x?x8xf32> -> tensor<16x32xf32>
  %2 = linalg.unpack %d outer_dims_perm = [1, 0] inner_dims_pos = [0, 1] inner_tiles = [8, 8] into %1 : tensor<4x2x8x8xf32> -> tensor<16x32xf32>
  %3 = linalg.pack %2 outer_dims_perm = [1, 0] inner_dims_pos = [0, 1] inner_tiles = [8, 8] into %d : tensor<16x32xf32> -> tensor<4x2x8x8xf32>
  %4 = linalg.pack %2 outer_dims_perm = [1, 0] inner_dims_pos = [1, 0] inner_tiles = [8, 8] into %d : tensor<16x32xf32> -> tensor<4x2x8x8xf32>
  util.return %3, %1, %4 : tensor<4x2x8x8xf32>, tensor<16x32xf32>, tensor<4x2x8x8xf32>
}

// -----
// constants, and tiles that need no filling
util.func public @f(%a: tensor<16x?xf32>, %x: f32, %d: tensor<2x?x8xf32>, %e: tensor<2x8xf32>) -> (tensor<2x?x8xf32>, tensor<2x8xf32>, tensor<2x8xf32>, tensor<12xf32>) {
  %zero = arith.constant 0.0 : f32
  %ones = arith.constant dense<1.0> : tensor<12xf32>
  %zeros = arith.constant dense<0.0> : tensor<12xf32>
  %packed = arith.constant dense<2.0> : tensor<2x8xf32>
  %f = tensor.empty() : tensor<12xf32>
  %0 = linalg.pack %a padding_value(%x : f32) inner_dims_pos = [0] inner_tiles = [8] into %d : tensor<16x?xf32> -> tensor<2x?x8xf32>
  %1 = linalg.pack %ones padding_value(%zero : f32) inner_dims_pos = [0] inner_tiles = [8] into %e : tensor<12xf32> -> tensor<2x8xf32>
  %2 = linalg.pack %zeros padding_value(%zero : f32) inner_dims_pos = [0] inner_tiles = [8] into %e : tensor<12xf32> -> tensor<2x8xf32>
  %3 = linalg.unpack %packed inner_dims_pos = [0] inner_tiles = [8] into %f : tensor<2x8xf32> -> tensor<12xf32>
  util.return %0, %1, %2, %3 : tensor<2x?x8xf32>, tensor<2x8xf32>, tensor<2x8xf32>, tensor<12xf32>
}

// -----
// sizes that the other operand says, and casts
util.func public @f(%a: tensor<16x32xf32>, %b: tensor<?x16x?xf32>, %t: index, %d: tensor<?x2x?x8xf32>, %e: tensor<?x16x7xf32>) -> (tensor<?x2x?x8xf32>, tensor<?x?xf32>, tensor<?x16x7xf32>) {
  %cast = tensor.cast %b : tensor<?x16x?xf32> to tensor<?x?x?xf32>
  %5 = tensor.cast %a : tensor<16x32xf32> to tensor<16x?xf32>
  %6 = tensor.cast %5 : tensor<16x?xf32> to tensor<?x?xf32>
  %7 = tensor.empty(%t, %t) : tensor<?x?x8x8xf32>
  %0 = linalg.pack %cast inner_dims_pos = [1] inner_tiles = [8] into %d : tensor<?x?x?xf32> -> tensor<?x2x?x8xf32>
  %1 = linalg.pack %6 inner_dims_pos = [0, 1] inner_tiles = [8, 8] into %7 : tensor<?x?xf32> -> tensor<?x?x8x8xf32>
  %2 = linalg.unpack %1 inner_dims_pos = [0, 1] inner_tiles = [8, 8] into %6 : tensor<?x?x8x8xf32> -> tensor<?x?xf32>
  %3 = linalg.unpack %d inner_dims_pos = [1] inner_tiles = [8] into %e : tensor<?x2x?x8xf32> -> tensor<?x16x7xf32>
  util.return %0, %2, %3 : tensor<?x2x?x8xf32>, tensor<?x?xf32>, tensor<?x16x7xf32>
}
