module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index) -> (!stream.resource<external>, !stream.resource<*>) {
    %0 = stream.async.cast %arg0 : !stream.resource<*>{%arg1} -> !stream.resource<external>{%arg1}
    util.return %0, %arg0 : !stream.resource<external>, !stream.resource<*>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: index) -> !stream.timepoint {
    %c0 = arith.constant 0 : index
    %0 = stream.cmd.execute with(%arg0 as %arg2: !stream.resource<transient>{%arg1}) {
      stream.cmd.discard %arg2[%c0 for %arg1] : !stream.resource<transient>{%arg1}
    } => !stream.timepoint
    util.return %0 : !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: index, %arg2: !stream.timepoint) -> !stream.resource<transient> {
    util.return %arg0 : !stream.resource<transient>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: index) -> !stream.resource<transient> {
    %0 = util.optimization_barrier %arg0 : !stream.resource<transient>
    util.return %0 : !stream.resource<transient>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index) -> (!stream.resource<*>, !stream.resource<*>) {
    util.return %arg0, %arg0 : !stream.resource<*>, !stream.resource<*>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index, %arg2: index) -> (f32, f32) {
    %c4 = arith.constant 4 : index
    %c0 = arith.constant 0 : index
    %0 = arith.addi %arg2, %c4 : index
    %1 = stream.async.slice %arg0[%arg2 to %0] : !stream.resource<*>{%arg1} -> !stream.resource<*>{%c4}
    %2 = stream.async.transfer %1 : !stream.resource<*>{%c4} -> !stream.resource<staging>{%c4}
    %3 = stream.async.load %2[%c0] : !stream.resource<staging>{%c4} -> f32
    %4 = stream.async.transfer %arg0 : !stream.resource<*>{%arg1} -> !stream.resource<staging>{%arg1}
    %5 = stream.tensor.load %4[%arg2] : tensor<4xf32> in !stream.resource<staging>{%arg1} -> f32
    util.return %3, %5 : f32, f32
  }
}


// -----
module {
  util.func public @f(%arg0: !util.buffer, %arg1: i64, %arg2: index, %arg3: index, %arg4: index) -> (!stream.resource<constant>, !stream.resource<constant>, !stream.timepoint, !stream.timepoint) {
    %0 = arith.index_cast %arg4 : index to i64
    %1 = arith.addi %arg1, %0 : i64
    %result, %result_timepoint = stream.async.parameter.load %arg0::%arg0[%1] : !stream.resource<constant>{%arg3} => !stream.timepoint
    %2 = arith.index_cast %arg4 : index to i64
    %3 = arith.addi %arg1, %2 : i64
    %result_0, %result_timepoint_1 = stream.async.parameter.load %arg0::%arg0[%3] : !stream.resource<constant>{%arg3} => !stream.timepoint
    util.return %result, %result_0, %result_timepoint, %result_timepoint_1 : !stream.resource<constant>, !stream.resource<constant>, !stream.timepoint, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !util.buffer, %arg1: i64, %arg2: index, %arg3: index, %arg4: index) -> (!stream.resource<constant>, !stream.timepoint) {
    %0 = arith.index_cast %arg4 : index to i64
    %1 = arith.addi %arg1, %0 : i64
    %results, %result_timepoint = stream.cmd.parameter.load {
      %arg0::%arg0[%1] : !stream.resource<constant>{%arg3}
    } => !stream.timepoint
    util.return %results, %result_timepoint : !stream.resource<constant>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !util.buffer, %arg1: i64, %arg2: !stream.resource<transient>, %arg3: index, %arg4: index, %arg5: index) -> (!stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint) {
    %0 = arith.index_cast %arg5 : index to i64
    %1 = arith.addi %arg1, %0 : i64
    %2 = stream.cmd.parameter.read %arg0::%arg0[%1] -> %arg2[%arg5 for %arg4] : !stream.resource<transient>{%arg3} => !stream.timepoint
    %3 = arith.index_cast %arg5 : index to i64
    %4 = arith.addi %arg1, %3 : i64
    %5 = stream.cmd.parameter.write %arg2[%arg5 for %arg4] : !stream.resource<transient>{%arg3} -> %arg0::%arg0[%4] => !stream.timepoint
    %6 = stream.cmd.parameter.gather {
      %arg0::%arg0[%arg1] -> %arg2[%arg5 for %arg4] : !stream.resource<transient>{%arg3}
    } => !stream.timepoint
    %7 = stream.cmd.parameter.scatter {
      %arg2[%arg5 for %arg4] : !stream.resource<transient>{%arg3} -> %arg0::%arg0[%arg1]
    } => !stream.timepoint
    util.return %2, %5, %6, %7 : !stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !util.buffer, %arg1: i64, %arg2: index, %arg3: index, %arg4: index) -> (!stream.resource<transient>, !stream.timepoint) {
    %0 = arith.index_cast %arg4 : index to i64
    %1 = arith.addi %arg1, %0 : i64
    %2 = arith.addi %arg4, %arg3 : index
    %3 = stream.async.alloca : !stream.resource<transient>{%arg2}
    %result, %result_timepoint = stream.async.parameter.read %arg0::%arg0[%1] -> %3[%arg4 to %2 for %arg3] : !stream.resource<transient>{%arg2} => !stream.timepoint
    util.return %result, %result_timepoint : !stream.resource<transient>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !util.buffer, %arg1: i64, %arg2: !stream.resource<transient>, %arg3: index, %arg4: index, %arg5: index) -> (!stream.resource<transient>, !stream.resource<transient>, !stream.timepoint, !stream.timepoint) {
    %0 = arith.index_cast %arg5 : index to i64
    %1 = arith.addi %arg1, %0 : i64
    %2 = arith.addi %arg5, %arg4 : index
    %result, %result_timepoint = stream.async.parameter.gather {
      %arg0::%arg0[%1] -> %arg2[%arg5 to %2 for %arg4] : !stream.resource<transient>{%arg3}
    } : !stream.resource<transient> => !stream.timepoint
    %3 = arith.addi %arg5, %arg4 : index
    %4 = arith.index_cast %arg5 : index to i64
    %5 = arith.addi %arg1, %4 : i64
    %result_0, %result_timepoint_1 = stream.async.parameter.scatter {
      %arg2[%arg5 to %3 for %arg4] : !stream.resource<transient>{%arg3} -> %arg0::%arg0[%5]
    } : !stream.resource<transient> => !stream.timepoint
    util.return %result, %result_0, %result_timepoint, %result_timepoint_1 : !stream.resource<transient>, !stream.resource<transient>, !stream.timepoint, !stream.timepoint
  }
}


// -----
module {
  stream.cmd.func private @extern(%arg0[%arg1 for %arg2]: !stream.resource<transient>, %arg3: i32)
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: index, %arg2: index, %arg3: index, %arg4: i32) -> !stream.timepoint {
    %0 = stream.cmd.execute with(%arg0 as %arg5: !stream.resource<transient>{%arg1}) {
      stream.cmd.call @extern(rw %arg5[%arg3 for %arg2], %arg4) : (!stream.resource<transient>{%arg1}, i32) -> ()
    } => !stream.timepoint
    util.return %0 : !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: !stream.resource<transient>, %arg2: index) -> (!stream.resource<transient>, !stream.timepoint) {
    %result, %result_timepoint = stream.resource.transients %arg0 : !stream.resource<transient>{%arg2} from %arg1 : !stream.resource<transient>{%arg2} => !stream.timepoint
    %result_0, %result_timepoint_1 = stream.resource.transients await(%result_timepoint) => %arg0 : !stream.resource<transient>{%arg2} from %arg1 : !stream.resource<transient>{%arg2} => !stream.timepoint
    util.return %result_0, %result_timepoint_1 : !stream.resource<transient>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.fence, %arg1: !hal.device) -> !hal.fence {
    util.return %arg0 : !hal.fence
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index) -> (!stream.resource<*>, index) {
    util.return %arg0, %arg1 : !stream.resource<*>, index
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.buffer, %arg1: index, %arg2: index, %arg3: i32, %arg4: tensor<4xf32>) -> (!hal.buffer_view, tensor<4xf32>) {
    %view = hal.buffer_view.create buffer(%arg0 : !hal.buffer)[%arg1, %arg2] shape([%arg2]) type(%arg3) encoding(%arg3) : !hal.buffer_view
    %0 = hal.tensor.transients %arg4 : tensor<4xf32> from %arg0 : !hal.buffer
    util.return %view, %0 : !hal.buffer_view, tensor<4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.buffer_view, %arg1: tensor<4xf32>) -> (!hal.buffer_view, tensor<4xf32>) {
    util.return %arg0, %arg1 : !hal.buffer_view, tensor<4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: !util.buffer, %arg1: index, %arg2: index, %arg3: index, %arg4: i1, %arg5: !util.buffer) -> (!util.buffer, index, !util.buffer) {
    %buffer_span = util.buffer.subspan %arg0[%arg3] : !util.buffer{%arg1} -> !util.buffer{%arg2}
    %0 = util.optimization_barrier %buffer_span : !util.buffer
    %1 = arith.addi %arg3, %arg3 : index
    %buffer_span_0 = util.buffer.subspan %arg0[%1] : !util.buffer{%arg1} -> !util.buffer{%arg3}
    %buffer_size = util.buffer.size %arg5 : !util.buffer
    %2 = arith.select %arg4, %buffer_size, %arg1 : index
    util.return %buffer_span_0, %2, %arg0 : !util.buffer, index, !util.buffer
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: index) -> (index, index, !util.buffer) {
    %buffer_cst = util.buffer.constant : !util.buffer = "12"
    %min, %max = util.range.extents [%arg0 for %arg1], [%arg1 for %arg0], [%arg0 for %arg0] : index
    util.return %min, %max, %buffer_cst : index, index, !util.buffer
  }
}

