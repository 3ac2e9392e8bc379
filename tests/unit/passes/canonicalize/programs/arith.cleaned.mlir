module {
  func.func @a(%arg0: index, %arg1: index, %arg2: i1, %arg3: i32) -> (index, index, index, i1, i32, index) {
    %true = arith.constant true
    %c4 = arith.constant 4 : index
    %c-2 = arith.constant -2 : index
    %c6 = arith.constant 6 : index
    %c3 = arith.constant 3 : index
    %0 = arith.addi %arg0, %c3 : index
    %1 = arith.muli %0, %c6 : index
    %2 = arith.addi %1, %c-2 : index
    %3 = arith.cmpi sgt, %arg0, %c3 : index
    %4 = arith.select %arg2, %arg0, %c4 : index
    %5 = arith.xori %arg2, %true : i1
    %6 = arith.extui %5 : i1 to i32
    %7 = arith.addi %arg3, %6 : i32
    return %2, %4, %c4, %3, %7, %arg0 : index, index, index, i1, i32, index
  }
}


// -----
module {
  func.func @b(%arg0: i32) -> i32 {
    %c12_i32 = arith.constant 12 : i32
    %0 = arith.cmpi eq, %arg0, %c12_i32 : i32
    cf.cond_br %0, ^bb1(%c12_i32 : i32), ^bb2
  ^bb1(%1: i32):  // pred: ^bb0
    return %1 : i32
  ^bb2:  // pred: ^bb0
    return %c12_i32 : i32
  }
}

