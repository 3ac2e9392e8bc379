module {
  util.func public @sizes() -> (index, index, index, index, index) {
    %c12 = arith.constant 12 : index
    %c9 = arith.constant 9 : index
    %c2 = arith.constant 2 : index
    %c5 = arith.constant 5 : index
    util.return %c12, %c9, %c2, %c5, %c12 : index, index, index, index, index
  }
}


// -----
module {
  util.func public @aligned() -> (index, index, index) {
    %c16 = arith.constant 16 : index
    %c4 = arith.constant 4 : index
    %c8 = arith.constant 8 : index
    util.return %c16, %c4, %c8 : index, index, index
  }
}


// -----
module {
  util.func public @extents(%arg0: index) -> (index, index, i1) {
    %c0 = arith.constant 0 : index
    %true = arith.constant true
    %c1 = arith.constant 1 : index
    %0 = arith.addi %arg0, %arg0 : index
    %1 = arith.subi %0, %c1 : index
    util.return %c0, %1, %true : index, index, i1
  }
}

