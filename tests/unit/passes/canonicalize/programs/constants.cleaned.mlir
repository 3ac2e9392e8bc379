module {
  util.func public @f(%arg0: i32, %arg1: i1) -> (i32, i32) {
    %c4_i32 = arith.constant 4 : i32
    %c2_i32 = arith.constant 2 : i32
    %c3_i32 = arith.constant 3 : i32
    %0 = arith.addi %arg0, %arg0 : i32
    %1 = arith.addi %0, %c3_i32 : i32
    %2 = scf.if %arg1 -> (i32) {
      %3 = "test.use"(%c3_i32, %c4_i32, %c2_i32) : (i32, i32, i32) -> i32
      scf.yield %3 : i32
    } else {
      scf.yield %c2_i32 : i32
    }
    util.return %1, %2 : i32, i32
  }
}


// -----
module {
  util.func public @f() -> (i32, i32, f32, f32) {
    %cst = arith.constant -0.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : f32
    %c7_i32 = arith.constant 7 : i32
    %c21_i32 = arith.constant 21 : i32
    util.return %c7_i32, %c21_i32, %cst_0, %cst : i32, i32, f32, f32
  }
}

