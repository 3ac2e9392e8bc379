// functions of the C library
util.func public @functions() -> (f32, f64, f32, f64, f32, f64, f32) {
  %c0 = arith.constant 0.0 : f32
  %c1 = arith.constant 1.0 : f64
  %c4 = arith.constant 4.0 : f32
  %c9 = arith.constant 9.0 : f64
  %cn = arith.constant -8.0 : f64
  %i3 = arith.constant 3 : i32
  %0 = math.exp %c0 : f32
  %1 = math.log %c1 : f64
  %2 = math.sqrt %c4 : f32
  %3 = math.cbrt %cn : f64
  %4 = math.powf %c4, %c4 : f32
  %5 = math.fpowi %cn, %i3 : f64, i32
  %6 = math.rsqrt %c4 : f32
  util.return %0, %1, %2, %3, %4, %5, %6 : f32, f64, f32, f64, f32, f64, f32
}
// -----
// what is not known: of negative numbers, of types that the C library lacks
util.func public @unknown() -> (f32, f64, f32, f64, f16, f16, f16, f64) {
  %cm = arith.constant -2.0 : f32
  %cn = arith.constant -2.0 : f64
  %h = arith.constant 1.5 : f16
  %c0 = arith.constant 0.0 : f64
  %0 = math.log %cm : f32
  %1 = math.log1p %cn : f64
  %2 = math.rsqrt %cm : f32
  %3 = math.sqrt %cn : f64
  %4 = math.exp %h : f16
  %5 = math.round %h : f16
  %6 = math.trunc %h : f16
  %7 = math.atan2 %c0, %c0 : f64
  util.return %0, %1, %2, %3, %4, %5, %6, %7 : f32, f64, f32, f64, f16, f16, f16, f64
}
// -----
// rounding, signs and kinds of numbers, of all types
util.func public @exact() -> (f16, bf16, f32, f32, f32, f16, i1, i1, i1, i1, i1) {
  %h = arith.constant -0.5 : f16
  %b = arith.constant 2.5 : bf16
  %f = arith.constant 2.5 : f32
  %n = arith.constant -2.5 : f32
  %inf = arith.constant 0x7F800000 : f32
  %tiny = arith.constant 1.0e-40 : f32
  %0 = math.ceil %h : f16
  %1 = math.floor %b : bf16
  %2 = math.roundeven %f : f32
  %3 = math.round %n : f32
  %4 = math.trunc %n : f32
  %5 = math.copysign %h, %h : f16
  %6 = math.isinf %inf : f32
  %7 = math.isfinite %inf : f32
  %8 = math.isnan %inf : f32
  %9 = math.isnormal %tiny : f32
  %10 = math.isnormal %n : f32
  util.return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10 : f16, bf16, f32, f32, f32, f16, i1, i1, i1, i1, i1
}
// -----
// bits and powers of integers
util.func public @integers() -> (i8, i8, i8, i32, i32, i32, i8, i32, i32, i32) {
  %s = arith.constant -128 : i8
  %z = arith.constant 0 : i8
  %five = arith.constant 5 : i32
  %two = arith.constant 2 : i32
  %big = arith.constant 31 : i32
  %minus = arith.constant -1 : i32
  %three = arith.constant -3 : i32
  %zero = arith.constant 0 : i32
  %0 = math.absi %s : i8
  %1 = math.cttz %z : i8
  %2 = math.ctlz %z : i8
  %3 = math.ctpop %minus : i32
  %4 = math.ipowi %two, %big : i32
  %5 = math.ipowi %five, %minus : i32
  %6 = math.cttz %s : i8
  %7 = math.ipowi %minus, %three : i32
  %8 = math.ipowi %zero, %minus : i32
  %9 = math.ctlz %five : i32
  util.return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9 : i8, i8, i8, i32, i32, i32, i8, i32, i32, i32
}
// -----
// tensors and vectors, element by element, if every element is known
util.func public @shaped() -> (tensor<2xf32>, vector<2xf64>, tensor<2xf32>, tensor<2xf16>, tensor<2xf32>, tensor<0xf32>, vector<2xi32>, tensor<2xi8>, vector<2xi1>, tensor<2xi1>) {
  %roots = arith.constant dense<[4.0, 9.0]> : tensor<2xf32>
  %signs = arith.constant dense<[4.0, -9.0]> : tensor<2xf32>
  %ones = arith.constant dense<1.0> : vector<2xf64>
  %halves = arith.constant dense<[-1.5, 1.5]> : tensor<2xf16>
  %nothing = arith.constant dense<> : tensor<0xf32>
  %bits = arith.constant dense<[1, -8]> : vector<2xi32>
  %powers = arith.constant dense<[2, -1]> : tensor<2xi8>
  %exponents = arith.constant dense<2> : tensor<2xi32>
  %0 = math.sqrt %roots : tensor<2xf32>
  %1 = math.log %ones : vector<2xf64>
  %2 = math.sqrt %signs : tensor<2xf32>
  %3 = math.floor %halves : tensor<2xf16>
  %4 = math.fpowi %signs, %exponents : tensor<2xf32>, tensor<2xi32>
  %5 = math.exp %nothing : tensor<0xf32>
  %6 = math.cttz %bits : vector<2xi32>
  %7 = math.ipowi %powers, %powers : tensor<2xi8>
  %8 = math.isnan %ones : vector<2xf64>
  %9 = math.isnan %signs : tensor<2xf32>
  util.return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9 : tensor<2xf32>, vector<2xf64>, tensor<2xf32>, tensor<2xf16>, tensor<2xf32>, tensor<0xf32>, vector<2xi32>, tensor<2xi8>, vector<2xi1>, tensor<2xi1>
}
// -----
// sine and cosine at once
util.func public @sincos() -> (f32, f32, f16) {
  %zero = arith.constant 0.0 : f32
  %half = arith.constant 0.5 : f16
  %sin, %cos = math.sincos %zero : f32
  %unknown:2 = math.sincos %half : f16
  util.return %sin, %cos, %unknown#0 : f32, f32, f16
}
