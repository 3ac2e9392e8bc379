module {
  func.func @s(%arg0: i32, %arg1: index, %arg2: index) -> index {
    %c1 = arith.constant 1 : index
    cf.switch %arg0 : i32, [
      default: ^bb1(%arg1 : index),
      43: ^bb1(%arg2 : index),
      44: ^bb2
    ]
  ^bb1(%0: index):  // 2 preds: ^bb0, ^bb0
    return %0 : index
  ^bb2:  // pred: ^bb0
    return %c1 : index
  }
}


// -----
module {
  func.func @t(%arg0: i1, %arg1: index, %arg2: index, %arg3: i1) -> index {
    cf.cond_br %arg3, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    %0 = "test.x"(%arg1) : (index) -> index
    return %0 : index
  ^bb2:  // pred: ^bb0
    return %arg2 : index
  }
}


// -----
module {
  func.func @l(%arg0: index, %arg1: index, %arg2: index) -> index {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    cf.br ^bb1(%c0, %arg1 : index, index)
  ^bb1(%0: index, %1: index):  // 2 preds: ^bb0, ^bb2
    %2 = arith.cmpi slt, %0, %arg0 : index
    cf.cond_br %2, ^bb2, ^bb3
  ^bb2:  // pred: ^bb1
    %3 = arith.addi %0, %c1 : index
    cf.br ^bb1(%3, %1 : index, index)
  ^bb3:  // pred: ^bb1
    return %1 : index
  }
}


// -----
module {
  func.func @m(%arg0: i1, %arg1: index, %arg2: index) {
    cf.cond_br %arg0, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    "test.use"(%arg1, %arg2) : (index, index) -> ()
    return
  ^bb2:  // pred: ^bb0
    "test.use"(%arg2, %arg2) : (index, index) -> ()
    return
  }
}


// -----
module {
  func.func private @use(i32)
  func.func @from_a_switch(%arg0: i32, %arg1: i32) -> i32 {
    return %arg1 : i32
  }
  func.func @from_branches(%arg0: i1, %arg1: i32) -> i32 {
    cf.cond_br %arg0, ^bb2, ^bb1
  ^bb1:  // pred: ^bb0
    call @use(%arg1) : (i32) -> ()
    cf.br ^bb2
  ^bb2:  // 2 preds: ^bb0, ^bb1
    %0 = arith.addi %arg1, %arg1 : i32
    return %0 : i32
  }
  func.func @around_a_loop(%arg0: i1, %arg1: i32) -> i32 {
    cf.br ^bb1(%arg1 : i32)
  ^bb1(%0: i32):  // 2 preds: ^bb0, ^bb1
    call @use(%0) : (i32) -> ()
    cf.cond_br %arg0, ^bb1(%0 : i32), ^bb2
  ^bb2:  // pred: ^bb1
    return %0 : i32
  }
}


// -----
module {
  func.func @first(%arg0: i1, %arg1: i32, %arg2: i32) -> i32 {
    return %arg1 : i32
  }
  func.func @second(%arg0: i1, %arg1: i32) -> i32 {
    return %arg1 : i32
  }
  func.func private @use(i32)
  func.func @after_an_effect(%arg0: i1, %arg1: i32) -> i32 {
    cf.cond_br %arg0, ^bb1(%arg1 : i32), ^bb2
  ^bb1(%0: i32):  // pred: ^bb0
    return %0 : i32
  ^bb2:  // pred: ^bb0
    call @use(%arg1) : (i32) -> ()
    ub.unreachable
  }
}


// -----
module {
  util.func public @circle(%arg0: i1, %arg1: i32) {
    cf.cond_br %arg0, ^bb1, ^bb4
  ^bb1:  // pred: ^bb0
    cf.switch %arg1 : i32, [
      default: ^bb2,
      2: ^bb3
    ]
  ^bb2:  // pred: ^bb1
    cf.br ^bb5
  ^bb3:  // pred: ^bb1
    cf.br ^bb5
  ^bb4:  // pred: ^bb0
    util.return
  ^bb5:  // 3 preds: ^bb2, ^bb3, ^bb5
    cf.br ^bb5
  }
}

