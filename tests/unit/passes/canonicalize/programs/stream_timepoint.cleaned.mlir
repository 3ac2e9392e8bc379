module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index) -> !stream.resource<external> {
    util.return %arg0 : !stream.resource<external>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index, %arg2: !stream.timepoint) {
    util.return
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: !stream.resource<external>, %arg2: index, %arg3: !stream.timepoint) -> (!stream.resource<external>, !stream.resource<external>, !stream.resource<external>) {
    %0:2 = stream.timepoint.await %arg3 => %arg0, %arg1 : !stream.resource<external>{%arg2}, !stream.resource<external>{%arg2}
    util.return %0#0, %0#1, %0#0 : !stream.resource<external>, !stream.resource<external>, !stream.resource<external>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: !stream.resource<external>, %arg2: index, %arg3: !stream.timepoint, %arg4: !stream.timepoint) -> (!stream.resource<external>, !stream.resource<external>, !stream.resource<external>) {
    %0:2 = stream.timepoint.await %arg3 => %arg0, %arg1 : !stream.resource<external>{%arg2}, !stream.resource<external>{%arg2}
    %1 = stream.timepoint.await %arg4 => %arg0 : !stream.resource<external>{%arg2}
    util.return %0#0, %1, %0#1 : !stream.resource<external>, !stream.resource<external>, !stream.resource<external>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index, %arg2: !stream.timepoint) -> (!stream.resource<external>, index) {
    %0 = util.optimization_barrier %arg1 : index
    %1 = stream.timepoint.await %arg2 => %arg0 : !stream.resource<external>{%arg1}
    %2 = util.optimization_barrier %1 : !stream.resource<external>
    util.return %2, %0 : !stream.resource<external>, index
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index, %arg2: !stream.timepoint, %arg3: i1) -> !stream.resource<external> {
    cf.cond_br %arg3, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    %0 = stream.timepoint.await %arg2 => %arg0 : !stream.resource<external>{%arg1}
    %1 = util.optimization_barrier %0 : !stream.resource<external>
    util.return %1 : !stream.resource<external>
  ^bb2:  // pred: ^bb0
    %2 = util.optimization_barrier %arg0 : !stream.resource<external>
    util.return %2 : !stream.resource<external>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index, %arg2: index, %arg3: !stream.timepoint) -> !stream.resource<external> {
    %c16 = arith.constant 16 : index
    %0 = stream.timepoint.await %arg3 => %arg0 : !stream.resource<external>{%arg1}
    %1 = stream.resource.subview %0[%c16] : !stream.resource<external>{%arg1} -> !stream.resource<external>{%arg2}
    util.return %1 : !stream.resource<external>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.timepoint, %arg1: !stream.timepoint, %arg2: !stream.timepoint) -> (!stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint) {
    %0 = stream.timepoint.immediate => !stream.timepoint
    %1 = stream.timepoint.join max(%arg0, %arg1) => !stream.timepoint
    %2 = stream.timepoint.join max(%arg0, %arg2) => !stream.timepoint
    %3 = stream.timepoint.join max(%arg1, %arg0, %arg2) => !stream.timepoint
    util.return %1, %2, %3, %arg2, %0 : !stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index, %arg2: !stream.timepoint) -> (!stream.resource<transient>, !stream.timepoint, !stream.resource<external>, !stream.timepoint) {
    %0 = stream.timepoint.immediate => !stream.timepoint
    %1 = stream.resource.alloc uninitialized : !stream.resource<transient>{%arg1}
    util.return %1, %0, %arg0, %arg2 : !stream.resource<transient>, !stream.timepoint, !stream.resource<external>, !stream.timepoint
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.fence, %arg1: !hal.device) -> !hal.fence {
    util.return %arg0 : !hal.fence
  }
}

