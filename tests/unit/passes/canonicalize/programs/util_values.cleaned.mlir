module {
  util.func public @f(%arg0: !util.variant, %arg1: !hal.fence) -> (i1, i1, i1, !hal.fence, !hal.fence) {
    %true = arith.constant true
    %false = arith.constant false
    %0 = util.null : !hal.fence
    util.return %true, %false, %true, %0, %arg1 : i1, i1, i1, !hal.fence, !hal.fence
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: index, %arg2: index) -> (index, index, index, index, index, index, index) {
    %c5 = arith.constant 5 : index
    %c1 = arith.constant 1 : index
    %0 = arith.maxui %arg0, %arg1 : index
    %1 = util.range.min %arg0, %arg1, %c5 : index
    %2 = arith.addi %arg0, %arg1 : index
    %3 = arith.subi %2, %c1 : index
    %4 = util.range.min %arg0, %arg1, %arg2 : index
    util.return %c1, %arg0, %0, %1, %arg0, %3, %4 : index, index, index, index, index, index, index
  }
}


// -----
module {
  util.func public @f(%arg0: index) -> (index, index, index, index) {
    %c8 = arith.constant 8 : index
    %c64 = arith.constant 64 : index
    %c16 = arith.constant 16 : index
    %0 = util.align %arg0, %c64 : index
    %1 = arith.muli %arg0, %c64 : index
    util.return %c16, %0, %1, %c8 : index, index, index, index
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: i32, %arg2: i32) -> (i32, i32, i32) {
    %c7_i32 = arith.constant 7 : i32
    %0 = util.optimization_barrier %c7_i32 : i32
    util.return %arg2, %arg2, %0 : i32, i32, i32
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: index) -> (index, index, index) {
    %c4 = arith.constant 4 : index
    %0 = util.assume.int %arg0<umin = 0, umax = 32, udiv = 16> : index
    util.return %0, %0, %c4 : index, index, index
  }
}


// -----
#map = affine_map<()[s0] -> (s0 * 16384)>
#map1 = affine_map<()[s0] -> (s0 * 4 + 8)>
#map2 = affine_map<()[s0] -> (s0 * 24 - ((s0 * 3) floordiv 2) * 16)>
module {
  util.func public @f(%arg0: index) -> (index, index, index, index) {
    %c8 = arith.constant 8 : index
    %0 = affine.apply #map()[%arg0]
    %1 = affine.apply #map1()[%arg0]
    %2 = util.align %1, %c8 : index
    %3 = affine.apply #map2()[%arg0]
    util.return %0, %1, %2, %3 : index, index, index, index
  }
}

