module {
  func.func @a(%arg0: i1, %arg1: i1, %arg2: index, %arg3: index) -> (index, index, i1) {
    %true = arith.constant true
    %false = arith.constant false
    %0 = arith.select %arg0, %arg3, %arg2 : index
    %1 = arith.xori %arg0, %true : i1
    %2 = scf.if %arg0 -> (index) {
      %3 = "test.b"(%true) : (i1) -> index
      "test.x"() : () -> ()
      "test.y"(%3) : (index) -> ()
      scf.if %arg1 {
        "test.z"() : () -> ()
      }
      scf.yield %3 : index
    } else {
      %3 = "test.a"(%false) : (i1) -> index
      scf.yield %3 : index
    }
    return %2, %0, %1 : index, index, i1
  }
}


// -----
module {
  func.func @f(%arg0: index, %arg1: index, %arg2: index) -> (index, index, index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %0 = scf.for %arg3 = %c0 to %arg0 step %c1 iter_args(%arg4 = %arg2) -> (index) {
      %3 = "test.u"(%arg3, %arg1, %arg4, %arg4) : (index, index, index, index) -> index
      scf.yield %3 : index
    }
    %1 = "test.v"(%c0, %arg1) : (index, index) -> index
    %2:2 = scf.for %arg3 = %c0 to %c4 step %c1 iter_args(%arg4 = %1, %arg5 = %arg1) -> (index, index) {
      %3 = "test.w"(%arg3, %arg4) : (index, index) -> index
      %4 = arith.addi %arg5, %3 : index
      scf.yield %3, %4 : index, index
    }
    return %arg1, %0, %2#0 : index, index, index
  }
}


// -----
module {
  func.func @w(%arg0: index, %arg1: index) -> (index, index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %true = arith.constant true
    %0 = scf.while (%arg2 = %c0) : (index) -> index {
      %1 = arith.cmpi slt, %arg2, %arg0 : index
      scf.condition(%1) %arg2 : index
    } do {
    ^bb0(%arg2: index):
      %1 = "test.t"(%arg2, %true) : (index, i1) -> index
      "test.p"(%true, %1) : (i1, index) -> ()
      %2 = arith.addi %arg2, %c1 : index
      scf.yield %2 : index
    }
    return %0, %arg1 : index, index
  }
}


// -----
module {
  func.func @e(%arg0: i1, %arg1: index) -> index {
    cf.cond_br %arg0, ^bb1, ^bb2(%arg1 : index)
  ^bb1:  // pred: ^bb0
    %0 = "test.x"() : () -> index
    cf.br ^bb2(%0 : index)
  ^bb2(%1: index):  // 2 preds: ^bb0, ^bb1
    %2 = "test.x"(%1) : (index) -> index
    %3 = "test.y"() : () -> index
    %4 = arith.addi %2, %3 : index
    return %4 : index
  }
}

