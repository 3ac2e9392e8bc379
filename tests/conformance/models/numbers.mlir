// Random bits, bit patterns, integers at their ends, complex numbers, Fourier transforms.

func.func @three_fry(%s: tensor<2xui64>) -> (tensor<2xui64>, tensor<10xui32>) {
  %st, %o = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<10xui32>)
  return %st, %o : tensor<2xui64>, tensor<10xui32>
}

func.func @philox(%s: tensor<2xui64>) -> (tensor<2xui64>, tensor<10xui64>) {
  %st, %o = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<10xui64>)
  return %st, %o : tensor<2xui64>, tensor<10xui64>
}

func.func @bits(%x: tensor<16xf32>, %u: tensor<8xi32>) -> (tensor<16xi32>, tensor<8xf32>, tensor<8x4xi8>) {
  %0 = stablehlo.bitcast_convert %x : (tensor<16xf32>) -> tensor<16xi32>
  %1 = stablehlo.bitcast_convert %u : (tensor<8xi32>) -> tensor<8xf32>
  %2 = stablehlo.bitcast_convert %u : (tensor<8xi32>) -> tensor<8x4xi8>
  return %0, %1, %2 : tensor<16xi32>, tensor<8xf32>, tensor<8x4xi8>
}

func.func @integers(%a: tensor<12xi32>, %b: tensor<12xi32>, %u: tensor<12xui8>) -> (tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xf32>, tensor<12xui8>) {
  %0 = stablehlo.shift_left %a, %b : tensor<12xi32>
  %1 = stablehlo.shift_right_arithmetic %a, %b : tensor<12xi32>
  %2 = stablehlo.shift_right_logical %a, %b : tensor<12xi32>
  %3 = stablehlo.divide %a, %b : tensor<12xi32>
  %4 = stablehlo.remainder %a, %b : tensor<12xi32>
  %5 = stablehlo.popcnt %a : tensor<12xi32>
  %6 = stablehlo.count_leading_zeros %a : tensor<12xi32>
  %7 = stablehlo.convert %u : (tensor<12xui8>) -> tensor<12xf32>
  %8 = stablehlo.add %u, %u : tensor<12xui8>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8 : tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xi32>, tensor<12xf32>, tensor<12xui8>
}

func.func @complex_numbers(%a: tensor<8xcomplex<f32>>, %b: tensor<8xcomplex<f32>>) -> (tensor<8xcomplex<f32>>, tensor<8xcomplex<f32>>, tensor<8xf32>, tensor<8xcomplex<f32>>, tensor<8xcomplex<f32>>) {
  %m = stablehlo.multiply %a, %b : tensor<8xcomplex<f32>>
  %d = stablehlo.divide %a, %b : tensor<8xcomplex<f32>>
  %ab = stablehlo.abs %a : (tensor<8xcomplex<f32>>) -> tensor<8xf32>
  %e = stablehlo.exponential %a : tensor<8xcomplex<f32>>
  %l = stablehlo.log %a : tensor<8xcomplex<f32>>
  return %m, %d, %ab, %e, %l : tensor<8xcomplex<f32>>, tensor<8xcomplex<f32>>, tensor<8xf32>, tensor<8xcomplex<f32>>, tensor<8xcomplex<f32>>
}

func.func @spectrum(%x: tensor<4x16xf32>) -> tensor<4x9xcomplex<f32>> {
  %0 = stablehlo.fft %x, type = RFFT, length = [16] : (tensor<4x16xf32>) -> tensor<4x9xcomplex<f32>>
  return %0 : tensor<4x9xcomplex<f32>>
}

func.func @place_of_largest(%x: tensor<4x33xf32>) -> (tensor<4xf32>, tensor<4xi32>) {
  %ninf = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %io = stablehlo.iota dim = 1 : tensor<4x33xi32>
  %r:2 = stablehlo.reduce(%x init: %ninf), (%io init: %z) across dimensions = [1] : (tensor<4x33xf32>, tensor<4x33xi32>, tensor<f32>, tensor<i32>) -> (tensor<4xf32>, tensor<4xi32>)
  reducer(%a: tensor<f32>, %b: tensor<f32>) (%c: tensor<i32>, %d: tensor<i32>) {
   %gt = stablehlo.compare GT, %a, %b, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
   %ne = stablehlo.compare NE, %a, %a, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
   %g = stablehlo.or %gt, %ne : tensor<i1>
   %eq = stablehlo.compare EQ, %a, %b, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
   %li = stablehlo.compare LT, %c, %d, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
   %el = stablehlo.and %eq, %li : tensor<i1>
   %pick = stablehlo.or %g, %el : tensor<i1>
   %v = stablehlo.select %g, %a, %b : tensor<i1>, tensor<f32>
   %i = stablehlo.select %pick, %c, %d : tensor<i1>, tensor<i32>
   stablehlo.return %v, %i : tensor<f32>, tensor<i32>
  }
  return %r#0, %r#1 : tensor<4xf32>, tensor<4xi32>
}
