module {
  func.func @f(%arg0: i32, %arg1: i32) -> (i32, i32, i32, i32, i32, i32, i32, i32) {
    %c0_i32 = arith.constant 0 : i32
    %c-4_i32 = arith.constant -4 : i32
    %c6_i32 = arith.constant 6 : i32
    %c4_i32 = arith.constant 4 : i32
    %0 = arith.addi %arg0, %c4_i32 : i32
    %1 = arith.subi %c6_i32, %arg0 : i32
    %2 = arith.addi %arg1, %c-4_i32 : i32
    %3 = arith.subi %c4_i32, %arg1 : i32
    %4 = arith.subi %arg1, %c6_i32 : i32
    %5 = arith.subi %c-4_i32, %arg1 : i32
    %6 = arith.subi %c6_i32, %arg1 : i32
    %7 = arith.subi %c0_i32, %arg1 : i32
    return %0, %1, %2, %3, %4, %5, %6, %7 : i32, i32, i32, i32, i32, i32, i32, i32
  }
}


// -----
module {
  func.func @f(%arg0: i32, %arg1: i32) -> (i32, i32) {
    %0 = arith.subi %arg1, %arg0 : i32
    %1 = arith.subi %arg0, %arg1 : i32
    return %0, %1 : i32, i32
  }
}


// -----
module {
  func.func @f(%arg0: i32) -> (i32, i32, i32) {
    %c5_i32 = arith.constant 5 : i32
    %c7_i32 = arith.constant 7 : i32
    %c2_i32 = arith.constant 2 : i32
    %0 = arith.andi %arg0, %c2_i32 : i32
    %1 = arith.ori %arg0, %c7_i32 : i32
    %2 = arith.xori %arg0, %c5_i32 : i32
    return %0, %1, %2 : i32, i32, i32
  }
}


// -----
module {
  func.func @f(%arg0: i8, %arg1: i8) -> (i32, i32, i32, i32, i32) {
    %0 = arith.andi %arg0, %arg1 : i8
    %1 = arith.extsi %0 : i8 to i32
    %2 = arith.andi %arg0, %arg1 : i8
    %3 = arith.extui %2 : i8 to i32
    %4 = arith.ori %arg0, %arg1 : i8
    %5 = arith.extsi %4 : i8 to i32
    %6 = arith.xori %arg0, %arg1 : i8
    %7 = arith.extsi %6 : i8 to i32
    %8 = arith.xori %arg0, %arg1 : i8
    %9 = arith.extui %8 : i8 to i32
    return %1, %3, %5, %7, %9 : i32, i32, i32, i32, i32
  }
}


// -----
module {
  func.func @f(%arg0: i8, %arg1: i8, %arg2: i32) -> (i1, i1, i1) {
    %0 = arith.extsi %arg0 : i8 to i32
    %1 = arith.cmpi eq, %arg0, %arg1 : i8
    %2 = arith.cmpi ne, %arg0, %arg1 : i8
    %3 = arith.cmpi sge, %arg2, %0 : i32
    return %1, %2, %3 : i1, i1, i1
  }
}


// -----
module {
  func.func @f(%arg0: i1, %arg1: f32, %arg2: f32, %arg3: f32) -> (f32, f32) {
    %0 = arith.select %arg0, %arg3, %arg2 : f32
    %1 = arith.select %arg0, %arg1, %arg3 : f32
    return %0, %1 : f32, f32
  }
}


// -----
module {
  func.func @f(%arg0: i8, %arg1: i16, %arg2: index, %arg3: f32) -> (i32, index, index, index, f32, f32, i32, f32) {
    %0 = arith.extui %arg0 : i8 to i32
    %1 = arith.index_cast %arg0 : i8 to index
    %2 = arith.index_castui %arg0 : i8 to index
    %3 = arith.sitofp %arg0 : i8 to f32
    %4 = arith.uitofp %arg0 : i8 to f32
    %5 = arith.extui %arg1 : i16 to i32
    return %0, %1, %2, %arg2, %3, %4, %5, %arg3 : i32, index, index, index, f32, f32, i32, f32
  }
}


// -----
module {
  func.func @f(%arg0: f32, %arg1: f32) -> (f32, f32, f32) {
    %0 = arith.subf %arg1, %arg0 : f32
    %1 = arith.divf %arg0, %arg1 : f32
    %2 = arith.mulf %arg0, %arg1 : f32
    return %0, %1, %2 : f32, f32, f32
  }
}


// -----
module {
  func.func @f() -> (i32, i32, f64, f16, i8, i8, f32, f32, index, index, f32, i32) {
    %c251_i32 = arith.constant 251 : i32
    %c-5_i32 = arith.constant -5 : i32
    %cst = arith.constant 2.500000e+00 : f64
    %cst_0 = arith.constant 2.500000e+00 : f16
    %c2_i8 = arith.constant 2 : i8
    %cst_1 = arith.constant -5.000000e+00 : f32
    %cst_2 = arith.constant 2.510000e+02 : f32
    %c-5 = arith.constant -5 : index
    %c251 = arith.constant 251 : index
    %cst_3 = arith.constant 1.000000e+00 : f32
    %c1075838976_i32 = arith.constant 1075838976 : i32
    return %c251_i32, %c-5_i32, %cst, %cst_0, %c2_i8, %c2_i8, %cst_1, %cst_2, %c-5, %c251, %cst_3, %c1075838976_i32 : i32, i32, f64, f16, i8, i8, f32, f32, index, index, f32, i32
  }
}


// -----
module {
  func.func @f() -> (i32, i32, i32, i32, i32, i32, i32, i32, f32, f32, f32, f32, f32, f32, i1) {
    %c-9_i32 = arith.constant -9 : i32
    %c-5_i32 = arith.constant -5 : i32
    %c2147483644_i32 = arith.constant 2147483644 : i32
    %c2147483645_i32 = arith.constant 2147483645 : i32
    %c-4_i32 = arith.constant -4 : i32
    %c-1_i32 = arith.constant -1 : i32
    %c2_i32 = arith.constant 2 : i32
    %c-7_i32 = arith.constant -7 : i32
    %cst = arith.constant 7.500000e+00 : f32
    %cst_0 = arith.constant -1.500000e+00 : f32
    %cst_1 = arith.constant 2.000000e+00 : f32
    %cst_2 = arith.constant -7.500000e+00 : f32
    %true = arith.constant true
    return %c-9_i32, %c-5_i32, %c2147483644_i32, %c2147483645_i32, %c-4_i32, %c-1_i32, %c2_i32, %c-7_i32, %cst, %cst_0, %cst_1, %cst_2, %cst_1, %cst_2, %true : i32, i32, i32, i32, i32, i32, i32, i32, f32, f32, f32, f32, f32, f32, i1
  }
}

