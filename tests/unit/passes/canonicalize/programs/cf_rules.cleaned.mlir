module {
  func.func @f() {
    return
  }
}


// -----
module {
  func.func @f(%arg0: i1, %arg1: i32, %arg2: i32) -> i32 {
    cf.cond_br %arg0, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    %0 = util.optimization_barrier %arg1 : i32
    return %0 : i32
  ^bb2:  // pred: ^bb0
    return %arg2 : i32
  }
}


// -----
module {
  func.func @f(%arg0: i32, %arg1: i32) -> i32 {
    return %arg1 : i32
  }
}


// -----
module {
  func.func @f(%arg0: i32, %arg1: i32, %arg2: i32) -> i32 {
    cf.switch %arg0 : i32, [
      default: ^bb1,
      1: ^bb2
    ]
  ^bb1:  // pred: ^bb0
    %0 = util.optimization_barrier %arg1 : i32
    cf.switch %arg0 : i32, [
      default: ^bb3,
      2: ^bb4
    ]
  ^bb2:  // pred: ^bb0
    return %arg1 : i32
  ^bb3:  // pred: ^bb1
    return %arg2 : i32
  ^bb4:  // pred: ^bb1
    return %0 : i32
  }
}


// -----
module {
  func.func @f(%arg0: i1, %arg1: i1, %arg2: i32) {
    %0 = arith.andi %arg0, %arg1 : i1
    scf.if %0 {
      %1 = util.optimization_barrier %arg2 : i32
    }
    scf.if %arg1 {
      %1 = util.optimization_barrier %arg2 : i32
    }
    return
  }
}


// -----
module {
  func.func @f(%arg0: i1, %arg1: i32) -> (i1, i1, i32) {
    %true = arith.constant true
    %0 = arith.xori %arg0, %true : i1
    %1 = scf.if %arg0 -> (i32) {
      %2 = util.optimization_barrier %arg1 : i32
      scf.yield %2 : i32
    } else {
      %2 = util.optimization_barrier %arg1 : i32
      scf.yield %2 : i32
    }
    return %arg0, %0, %1 : i1, i1, i32
  }
}


// -----
module {
  func.func @f(%arg0: i32, %arg1: i32) -> (i32, i32) {
    %0:2 = scf.while (%arg2 = %arg0, %arg3 = %arg1) : (i32, i32) -> (i32, i32) {
      %1 = arith.cmpi slt, %arg2, %arg3 : i32
      scf.condition(%1) %arg2, %arg3 : i32, i32
    } do {
    ^bb0(%arg2: i32, %arg3: i32):
      %1 = util.optimization_barrier %arg3 : i32
      %2 = util.optimization_barrier %arg2 : i32
      scf.yield %1, %2 : i32, i32
    }
    return %0#1, %0#0 : i32, i32
  }
}


// -----
module {
  util.func public @f(%arg0: i32) -> i32 {
    util.unreachable "never"
  }
}


// -----
module {
  util.func public @f(%arg0: i1, %arg1: i32) -> i32 {
    %0 = ub.poison : i32
    %1 = scf.if %arg0 -> (i32) {
      util.scf.unreachable "never"
      scf.yield %0 : i32
    } else {
      %2 = util.optimization_barrier %arg1 : i32
      scf.yield %2 : i32
    }
    util.return %1 : i32
  }
}

