module {
  util.func public @f(%arg0: index, %arg1: index) {
    %c0 = arith.constant 0 : index
    %c-1 = arith.constant -1 : index
    %c1 = arith.constant 1 : index
    %0 = arith.addi %arg0, %c1 overflow<nsw> : index
    %1 = arith.addi %arg0, %c-1 overflow<nsw> : index
    scf.for %arg2 = %c0 to %c1 step %arg1 {
      %4 = util.optimization_barrier %arg0 : index
    }
    scf.for %arg2 = %c0 to %c1 step %c-1 {
      %4 = util.optimization_barrier %arg0 : index
    }
    scf.for %arg2 = %c1 to %0 step %c0 {
      %4 = util.optimization_barrier %arg0 : index
    }
    scf.for %arg2 = %arg0 to %1 step %c0 {
      %4 = util.optimization_barrier %arg0 : index
    }
    scf.for %arg2 = %arg0 to %0 step %c-1 {
      %4 = util.optimization_barrier %arg0 : index
    }
    %2 = util.optimization_barrier %arg0 : index
    %3 = util.optimization_barrier %arg1 : index
    scf.for %arg2 = %arg1 to %arg0 step %arg0 {
      %4 = util.optimization_barrier %arg1 : index
    }
    util.return
  }
}

