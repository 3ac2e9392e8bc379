module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index, %arg2: index, %arg3: i32, %arg4: i1) -> (index, index) {
    %0 = arith.select %arg4, %arg1, %arg2 : index
    util.return %arg1, %0 : index, index
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<staging>, %arg1: index, %arg2: index, %arg3: index, %arg4: index, %arg5: i1) -> (i32, !stream.resource<staging>, !stream.resource<staging>) {
    %c8 = arith.constant 8 : index
    %c16 = arith.constant 16 : index
    %0 = arith.addi %arg3, %c16 : index
    %1 = stream.resource.load %arg0[%0] : !stream.resource<staging>{%arg1} -> i32
    %2 = arith.addi %arg3, %c8 : index
    stream.resource.store %1, %arg0[%2] : i32 -> !stream.resource<staging>{%arg1}
    %3 = arith.select %arg5, %arg3, %arg4 : index
    %4 = stream.resource.subview %arg0[%3] : !stream.resource<staging>{%arg1} -> !stream.resource<staging>{%arg2}
    util.return %1, %arg0, %4 : i32, !stream.resource<staging>, !stream.resource<staging>
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: index, %arg2: index) -> (index, index, index, index, index, index) {
    %c0 = arith.constant 0 : index
    %0:4 = stream.resource.pack slices({
      [0, 5] = %arg1,
      [1, 2] = %arg2,
      [3, 8] = %arg1
    }) : index
    %1 = arith.addi %arg0, %0#3 : index
    %2 = arith.addi %arg0, %0#2 : index
    %3 = arith.addi %arg0, %0#1 : index
    util.return %arg1, %c0, %0#0, %1, %2, %3 : index, index, index, index, index, index
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.timepoint, %arg1: index) -> (!stream.timepoint, !stream.timepoint, !stream.resource<transient>, !stream.resource<transient>, !stream.timepoint) {
    %result, %result_timepoint = stream.resource.alloca uninitialized await(%arg0) => !stream.resource<transient>{%arg1} => !stream.timepoint
    %result_0, %result_timepoint_1 = stream.resource.alloca uninitialized await(%arg0) => !stream.resource<transient>{%arg1} => !stream.timepoint
    %0 = stream.timepoint.join max(%result_timepoint, %result_timepoint_1) => !stream.timepoint
    util.return %arg0, %arg0, %result, %result_0, %0 : !stream.timepoint, !stream.timepoint, !stream.resource<transient>, !stream.resource<transient>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: index) -> (index, index) {
    util.return %arg0, %arg1 : index, index
  }
}

