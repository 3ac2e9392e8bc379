module {
  func.func @f(%arg0: i32, %arg1: i32, %arg2: index) -> (i32, i1, i32, i32, i32, i32, i32, index) {
    %c0_i32 = arith.constant 0 : i32
    %c-3_i32 = arith.constant -3 : i32
    %true = arith.constant true
    %0 = arith.addi %arg0, %arg1 : i32
    %1 = arith.cmpi slt, %arg0, %c0_i32 : i32
    %2 = arith.extsi %1 : i1 to i32
    %3 = arith.muli %arg0, %arg1 : i32
    %4 = arith.addi %arg2, %arg2 : index
    %5 = arith.addi %2, %c-3_i32 : i32
    return %arg0, %true, %0, %c-3_i32, %arg0, %5, %3, %4 : i32, i1, i32, i32, i32, i32, i32, index
  }
}


// -----
module {
  func.func @g(%arg0: i8, %arg1: i1, %arg2: vector<4xi8>, %arg3: index) -> (i8, i8, i1, i1, i8, i8, index, i1, i1, vector<4xi8>, i1, i1) {
    %false = arith.constant false
    %c-2 = arith.constant -2 : index
    %c99_i8 = arith.constant 99 : i8
    %c-1_i8 = arith.constant -1 : i8
    %true = arith.constant true
    %c0_i8 = arith.constant 0 : i8
    %0 = arith.cmpi slt, %arg0, %c0_i8 : i8
    %1 = arith.extsi %0 : i1 to i8
    %low, %high = arith.mulsi_extended %arg1, %true : i1
    %2 = arith.addi %arg2, %arg2 : vector<4xi8>
    return %arg0, %1, %low, %high, %c-1_i8, %c99_i8, %c-2, %true, %false, %2, %true, %false : i8, i8, i1, i1, i8, i8, index, i1, i1, vector<4xi8>, i1, i1
  }
}


// -----
module {
  func.func @h(%arg0: i32, %arg1: i32) -> i32 {
    %0 = arith.muli %arg0, %arg1 : i32
    return %0 : i32
  }
}

