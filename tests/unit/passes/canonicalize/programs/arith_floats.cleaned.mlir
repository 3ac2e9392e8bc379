module {
  util.func public @zeros(%arg0: f32) -> (f32, f32, f32, f32, f32, f32) {
    %cst = arith.constant -0.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : f32
    %0 = arith.mulf %arg0, %cst_0 fastmath<nsz> : f32
    %1 = arith.addf %arg0, %cst_0 : f32
    util.return %arg0, %arg0, %cst_0, %0, %cst, %1 : f32, f32, f32, f32, f32, f32
  }
}


// -----
module {
  util.func public @extended(%arg0: i8) -> (f32, f32, f32, f32) {
    %0 = arith.extsi %arg0 : i8 to i32
    %1 = arith.sitofp %arg0 : i8 to f32
    %2 = arith.uitofp %arg0 : i8 to f32
    %3 = arith.uitofp %arg0 : i8 to f32
    %4 = arith.uitofp %0 : i32 to f32
    util.return %1, %2, %3, %4 : f32, f32, f32, f32
  }
}


// -----
module {
  util.func public @compared(%arg0: i8, %arg1: i64) -> (i1, i1, i1, i1, i1, i1, i1, i1) {
    %false = arith.constant false
    %true = arith.constant true
    %c-2_i8 = arith.constant -2 : i8
    %c2_i8 = arith.constant 2 : i8
    %cst = arith.constant 1.000000e+10 : f32
    %0 = arith.sitofp %arg1 : i64 to f32
    %1 = arith.cmpi sle, %arg0, %c2_i8 : i8
    %2 = arith.cmpi sge, %arg0, %c-2_i8 : i8
    %3 = arith.cmpf ogt, %0, %cst : f32
    util.return %1, %2, %true, %false, %true, %true, %false, %3 : i1, i1, i1, i1, i1, i1, i1, i1
  }
}


// -----
module {
  util.func public @wide() -> (f80, f80, i1, f128, f32) {
    %cst = arith.constant 3.000000e+00 : f80
    %true = arith.constant true
    %cst_0 = arith.constant 7.000000e+00 : f80
    %cst_1 = arith.constant -2.500000e+00 : f128
    %cst_2 = arith.constant 1.500000e+00 : f32
    util.return %cst, %cst_0, %true, %cst_1, %cst_2 : f80, f80, i1, f128, f32
  }
}

