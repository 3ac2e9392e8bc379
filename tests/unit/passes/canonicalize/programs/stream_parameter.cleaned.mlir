module {
  util.func public @f(%arg0: !util.buffer, %arg1: !util.buffer, %arg2: index, %arg3: !stream.timepoint) -> (!stream.resource<constant>, !stream.timepoint) {
    %c0_i64 = arith.constant 0 : i64
    %c8 = arith.constant 8 : index
    %results, %result_timepoint = stream.cmd.parameter.load await(%arg3) => {
      %arg0::%arg1[%c0_i64] : !stream.resource<constant>{%arg2}
    } => !stream.timepoint
    %0 = stream.timepoint.await %result_timepoint => %results : !stream.resource<constant>{%arg2}
    %1 = stream.resource.subview %0[%c8] : !stream.resource<constant>{%arg2} -> !stream.resource<constant>{%c8}
    util.return %1, %result_timepoint : !stream.resource<constant>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: index, %arg2: !util.buffer, %arg3: !util.buffer, %arg4: index, %arg5: !stream.timepoint) -> (!stream.resource<transient>, !stream.timepoint) {
    %c8_i64 = arith.constant 8 : i64
    %c8 = arith.constant 8 : index
    %0 = arith.addi %arg4, %c8 : index
    %result, %result_timepoint = stream.async.parameter.write await(%arg5) %arg0[%c8 to %0 for %arg4] -> %arg2::%arg3[%c8_i64] : !stream.resource<transient>{%arg1} => !stream.timepoint
    util.return %result, %result_timepoint : !stream.resource<transient>, !stream.timepoint
  }
}

