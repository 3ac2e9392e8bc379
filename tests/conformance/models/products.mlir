// Matrix products of narrow types, of odd batches, of any number of rows.

func.func @quantised(%a: tensor<5x33xi8>, %b: tensor<33x7xi8>, %s: tensor<7xf32>) -> (tensor<5x7xi32>, tensor<5x7xi8>) {
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<5x33xi8>, tensor<33x7xi8>) -> tensor<5x7xi32>
  %f = stablehlo.convert %0 : (tensor<5x7xi32>) -> tensor<5x7xf32>
  %sb = stablehlo.broadcast_in_dim %s, dims = [1] : (tensor<7xf32>) -> tensor<5x7xf32>
  %m = stablehlo.multiply %f, %sb : tensor<5x7xf32>
  %r = stablehlo.round_nearest_even %m : tensor<5x7xf32>
  %lo = stablehlo.constant dense<-128.0> : tensor<f32>
  %hi = stablehlo.constant dense<127.0> : tensor<f32>
  %c = stablehlo.clamp %lo, %r, %hi : (tensor<f32>, tensor<5x7xf32>, tensor<f32>) -> tensor<5x7xf32>
  %q = stablehlo.convert %c : (tensor<5x7xf32>) -> tensor<5x7xi8>
  return %0, %q : tensor<5x7xi32>, tensor<5x7xi8>
}

func.func @f16_in_f32(%a: tensor<6x32xf16>, %b: tensor<32x8xf16>) -> tensor<6x8xf32> {
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<6x32xf16>, tensor<32x8xf16>) -> tensor<6x8xf32>
  return %0 : tensor<6x8xf32>
}

func.func @bf16_in_f32(%a: tensor<6x32xbf16>, %b: tensor<32x8xbf16>) -> tensor<6x8xf32> {
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<6x32xbf16>, tensor<32x8xbf16>) -> tensor<6x8xf32>
  return %0 : tensor<6x8xf32>
}

func.func @f8(%a: tensor<6x32xf8E4M3FN>, %b: tensor<32x8xf8E4M3FN>) -> tensor<6x8xf32> {
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<6x32xf8E4M3FN>, tensor<32x8xf8E4M3FN>) -> tensor<6x8xf32>
  return %0 : tensor<6x8xf32>
}

func.func @i4(%a: tensor<6x32xi4>, %b: tensor<32x8xi4>) -> tensor<6x8xi32> {
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<6x32xi4>, tensor<32x8xi4>) -> tensor<6x8xi32>
  return %0 : tensor<6x8xi32>
}

func.func @batches(%x: tensor<3x4x5x6xf32>, %y: tensor<4x7x6x3xf32>) -> tensor<3x4x5x7xf32> {
  %0 = stablehlo.dot_general %x, %y, batching_dims = [0, 1] x [3, 0], contracting_dims = [3] x [2] : (tensor<3x4x5x6xf32>, tensor<4x7x6x3xf32>) -> tensor<3x4x5x7xf32>
  return %0 : tensor<3x4x5x7xf32>
}

func.func @any_batch(%x: tensor<?x16xf32>, %w: tensor<16x8xf32>, %b: tensor<8xf32>) -> tensor<?x8xf32> {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?x16xf32>
  %z = arith.constant 0.0 : f32
  %e = tensor.empty(%d) : tensor<?x8xf32>
  %fl = linalg.fill ins(%z : f32) outs(%e : tensor<?x8xf32>) -> tensor<?x8xf32>
  %m = linalg.matmul ins(%x, %w : tensor<?x16xf32>, tensor<16x8xf32>) outs(%fl : tensor<?x8xf32>) -> tensor<?x8xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i,j)->(i,j)>, affine_map<(i,j)->(j)>, affine_map<(i,j)->(i,j)>], iterator_types = ["parallel","parallel"]} ins(%m, %b : tensor<?x8xf32>, tensor<8xf32>) outs(%e : tensor<?x8xf32>) {
  ^bb0(%u: f32, %v: f32, %w2: f32):
   %s = arith.addf %u, %v : f32
   %t = arith.maximumf %s, %z : f32
   linalg.yield %t : f32
  } -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}
