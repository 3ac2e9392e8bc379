module {
  util.func public @functions() -> (f32, f64, f32, f64, f32, f64, f32) {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : f64
    %cst_1 = arith.constant 2.000000e+00 : f32
    %cst_2 = arith.constant -2.000000e+00 : f64
    %cst_3 = arith.constant 2.560000e+02 : f32
    %cst_4 = arith.constant -5.120000e+02 : f64
    %cst_5 = arith.constant 5.000000e-01 : f32
    util.return %cst, %cst_0, %cst_1, %cst_2, %cst_3, %cst_4, %cst_5 : f32, f64, f32, f64, f32, f64, f32
  }
}


// -----
module {
  util.func public @unknown() -> (f32, f64, f32, f64, f16, f16, f16, f64) {
    %cst = arith.constant 0x7FF8000000000000 : f64
    %cst_0 = arith.constant -2.000000e+00 : f32
    %cst_1 = arith.constant -2.000000e+00 : f64
    %cst_2 = arith.constant 1.500000e+00 : f16
    %0 = math.log %cst_0 : f32
    %1 = math.log1p %cst_1 : f64
    %2 = math.rsqrt %cst_0 : f32
    %3 = math.sqrt %cst_1 : f64
    %4 = math.exp %cst_2 : f16
    %5 = math.round %cst_2 : f16
    %6 = math.trunc %cst_2 : f16
    util.return %0, %1, %2, %3, %4, %5, %6, %cst : f32, f64, f32, f64, f16, f16, f16, f64
  }
}


// -----
module {
  util.func public @exact() -> (f16, bf16, f32, f32, f32, f16, i1, i1, i1, i1, i1) {
    %cst = arith.constant -0.000000e+00 : f16
    %cst_0 = arith.constant 2.000000e+00 : bf16
    %cst_1 = arith.constant 2.000000e+00 : f32
    %cst_2 = arith.constant -3.000000e+00 : f32
    %cst_3 = arith.constant -2.000000e+00 : f32
    %cst_4 = arith.constant -5.000000e-01 : f16
    %true = arith.constant true
    %false = arith.constant false
    util.return %cst, %cst_0, %cst_1, %cst_2, %cst_3, %cst_4, %true, %false, %false, %false, %true : f16, bf16, f32, f32, f32, f16, i1, i1, i1, i1, i1
  }
}


// -----
module {
  util.func public @integers() -> (i8, i8, i8, i32, i32, i32, i8, i32, i32, i32) {
    %c29_i32 = arith.constant 29 : i32
    %c-1_i32 = arith.constant -1 : i32
    %c0_i32 = arith.constant 0 : i32
    %c-128_i8 = arith.constant -128 : i8
    %c8_i8 = arith.constant 8 : i8
    %c32_i32 = arith.constant 32 : i32
    %c-2147483648_i32 = arith.constant -2147483648 : i32
    %c7_i8 = arith.constant 7 : i8
    %0 = math.ipowi %c0_i32, %c-1_i32 : i32
    util.return %c-128_i8, %c8_i8, %c8_i8, %c32_i32, %c-2147483648_i32, %c0_i32, %c7_i8, %c-1_i32, %0, %c29_i32 : i8, i8, i8, i32, i32, i32, i8, i32, i32, i32
  }
}


// -----
module {
  util.func public @shaped() -> (tensor<2xf32>, vector<2xf64>, tensor<2xf32>, tensor<2xf16>, tensor<2xf32>, tensor<0xf32>, vector<2xi32>, tensor<2xi8>, vector<2xi1>, tensor<2xi1>) {
    %cst = arith.constant dense<false> : vector<2xi1>
    %cst_0 = arith.constant dense<[4, -1]> : tensor<2xi8>
    %cst_1 = arith.constant dense<[0, 3]> : vector<2xi32>
    %cst_2 = arith.constant dense<> : tensor<0xf32>
    %cst_3 = arith.constant dense<[1.600000e+01, 8.100000e+01]> : tensor<2xf32>
    %cst_4 = arith.constant dense<[-2.000000e+00, 1.000000e+00]> : tensor<2xf16>
    %cst_5 = arith.constant dense<[4.000000e+00, -9.000000e+00]> : tensor<2xf32>
    %cst_6 = arith.constant dense<[2.000000e+00, 3.000000e+00]> : tensor<2xf32>
    %cst_7 = arith.constant dense<0.000000e+00> : vector<2xf64>
    %0 = math.sqrt %cst_5 : tensor<2xf32>
    %1 = math.isnan %cst_5 : tensor<2xf32>
    util.return %cst_6, %cst_7, %0, %cst_4, %cst_3, %cst_2, %cst_1, %cst_0, %cst, %1 : tensor<2xf32>, vector<2xf64>, tensor<2xf32>, tensor<2xf16>, tensor<2xf32>, tensor<0xf32>, vector<2xi32>, tensor<2xi8>, vector<2xi1>, tensor<2xi1>
  }
}


// -----
module {
  util.func public @sincos() -> (f32, f32, f16) {
    %cst = arith.constant 5.000000e-01 : f16
    %cst_0 = arith.constant 0.000000e+00 : f32
    %cst_1 = arith.constant 1.000000e+00 : f32
    %sin, %cos = math.sincos %cst : f16
    util.return %cst_0, %cst_1, %sin : f32, f32, f16
  }
}

