module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: !stream.resource<external>, %arg2: index, %arg3: !stream.timepoint, %arg4: !stream.timepoint) -> (!stream.resource<external>, !stream.timepoint) {
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %0 = stream.timepoint.join max(%arg3, %arg4) => !stream.timepoint
    %results, %result_timepoint = stream.async.execute await(%0) => with(%arg0 as %arg5: !stream.resource<external>{%arg2}, %arg1 as %arg6: !stream.resource<external>{%arg2}) -> %arg0{%arg2} {
      %1 = stream.async.copy %arg6[%c0 to %c4], %arg5[%c0 to %c4], %c4 : !stream.resource<external>{%arg2} -> %arg5 as !stream.resource<external>{%arg2}
      stream.yield %1 : !stream.resource<external>{%arg2}
    } => !stream.timepoint
    util.return %results, %result_timepoint : !stream.resource<external>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index) -> (!stream.resource<external>, !stream.timepoint) {
    %c0_i8 = arith.constant 0 : i8
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %results, %result_timepoint = stream.async.execute with(%arg0 as %arg2: !stream.resource<external>{%arg1}) -> %arg0{%arg1} {
      %0 = stream.async.fill %c0_i8, %arg2[%c0 to %c4 for %c4] : i8 -> %arg2 as !stream.resource<external>{%arg1}
      stream.yield %0 : !stream.resource<external>{%arg1}
    } => !stream.timepoint
    util.return %results, %result_timepoint : !stream.resource<external>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: !stream.resource<external>, %arg2: index) -> (!stream.resource<external>, !stream.timepoint) {
    %results:2, %result_timepoint = stream.async.execute with(%arg0 as %arg3: !stream.resource<external>{%arg2}) -> (!stream.resource<external>{%arg2}, !stream.resource<external>{%arg2}) {
      %0 = stream.async.clone %arg3 : !stream.resource<external>{%arg2} -> !stream.resource<external>{%arg2}
      %1 = stream.async.clone %arg3 : !stream.resource<external>{%arg2} -> !stream.resource<external>{%arg2}
      stream.yield %0, %1 : !stream.resource<external>{%arg2}, !stream.resource<external>{%arg2}
    } => !stream.timepoint
    util.return %results#1, %result_timepoint : !stream.resource<external>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index) -> (!stream.resource<external>, !stream.timepoint) {
    %0 = stream.timepoint.immediate => !stream.timepoint
    util.return %arg0, %0 : !stream.resource<external>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: index, %arg2: index, %arg3: !stream.timepoint) -> (!stream.timepoint, !stream.timepoint) {
    %c16 = arith.constant 16 : index
    %c0_i32 = arith.constant 0 : i32
    %0 = stream.timepoint.immediate => !stream.timepoint
    %c32 = arith.constant 32 : index
    %1 = stream.cmd.execute with(%arg0 as %arg4: !stream.resource<transient>{%arg1}) {
      stream.cmd.serial {
        stream.cmd.fill %c0_i32, %arg4[%c32 for %c16] : i32 -> !stream.resource<transient>{%arg1}
        stream.cmd.flush %arg4[%c16 for %c16] : !stream.resource<transient>{%arg1}
      }
    } => !stream.timepoint
    util.return %0, %1 : !stream.timepoint, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: index, %arg2: index, %arg3: !stream.timepoint) -> (!stream.timepoint, !stream.timepoint) {
    %c32 = arith.constant 32 : index
    %c0 = arith.constant 0 : index
    %0 = stream.timepoint.immediate => !stream.timepoint
    %1 = stream.cmd.execute await(%arg3) => with(%arg0 as %arg4: !stream.resource<transient>{%arg1}) {
      stream.cmd.flush %arg4[%c32 for %c0] : !stream.resource<transient>{%arg1}
    } => !stream.timepoint
    util.return %0, %1 : !stream.timepoint, !stream.timepoint
  }
}

