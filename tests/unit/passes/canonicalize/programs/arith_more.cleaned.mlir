module {
  func.func @f(%arg0: i32, %arg1: i32) -> (i32, i32, i32, i32, i32, i32) {
    %c0_i32 = arith.constant 0 : i32
    %c-1_i32 = arith.constant -1 : i32
    %c1_i32 = arith.constant 1 : i32
    %0 = arith.divsi %arg1, %c0_i32 : i32
    return %c1_i32, %c0_i32, %c-1_i32, %c0_i32, %c0_i32, %0 : i32, i32, i32, i32, i32, i32
  }
}


// -----
module {
  func.func @f(%arg0: i32, %arg1: i32, %arg2: i8, %arg3: i8) -> (i32, i32, i32, i32) {
    %c6_i32 = arith.constant 6 : i32
    %0 = arith.xori %arg0, %c6_i32 : i32
    %1 = arith.andi %arg0, %arg1 : i32
    %2 = arith.ori %arg2, %arg3 : i8
    %3 = arith.extui %2 : i8 to i32
    %4 = arith.ori %arg0, %arg1 : i32
    return %0, %1, %3, %4 : i32, i32, i32, i32
  }
}


// -----
module {
  func.func @f(%arg0: index, %arg1: index) -> (index, index, index) {
    %0 = arith.minsi %arg0, %arg1 : index
    %1 = arith.minui %arg0, %arg1 : index
    return %0, %1, %arg1 : index, index, index
  }
}


// -----
module {
  func.func @f(%arg0: f32, %arg1: f32) -> (f32, f32, f32, f32, f32) {
    %cst = arith.constant 0x7FC00000 : f32
    %cst_0 = arith.constant 0.000000e+00 : f32
    %0 = arith.addf %arg0, %cst_0 : f32
    %1 = arith.subf %arg0, %arg1 : f32
    %2 = arith.negf %arg0 : f32
    return %arg0, %0, %1, %2, %cst : f32, f32, f32, f32, f32
  }
}


// -----
module {
  func.func @f(%arg0: index, %arg1: i32) -> (index, index, i32, i8, i64) {
    %0 = arith.index_cast %arg0 : index to i32
    %1 = arith.index_cast %0 : i32 to index
    %2 = arith.trunci %arg1 : i32 to i8
    %3 = arith.extsi %arg1 : i32 to i64
    return %1, %arg0, %arg1, %2, %3 : index, index, i32, i8, i64
  }
}

