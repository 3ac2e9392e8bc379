module {
  stream.executable private @e {
    stream.executable.export public @d 
  }
  util.func public @f(%arg0: !stream.resource<transient>, %arg1: index, %arg2: index, %arg3: index) -> !stream.timepoint {
    %c0 = arith.constant 0 : index
    %c8 = arith.constant 8 : index
    %c0_i32 = arith.constant 0 : i32
    %0 = arith.addi %arg3, %c8 : index
    %1 = arith.addi %arg3, %c8 : index
    %2 = arith.addi %arg3, %c8 : index
    %3 = arith.addi %arg3, %c8 : index
    %4 = stream.cmd.execute with(%arg0 as %arg4: !stream.resource<transient>{%arg1}) {
      stream.cmd.copy %arg4[%arg3], %arg4[%0], %c8 : !stream.resource<transient>{%arg1} -> !stream.resource<transient>{%arg1}
      stream.cmd.invalidate %arg4[%1 for %c8] : !stream.resource<transient>{%arg1}
      stream.cmd.discard %arg4[%2 for %c8] : !stream.resource<transient>{%arg1}
      stream.cmd.dispatch @e::@d(%c0_i32 : i32) {
        ro %arg4[%3 for %c8] : !stream.resource<transient>{%arg1},
        wo %arg4[%c0 for %c8] : !stream.resource<transient>{%arg1}
      }
    } => !stream.timepoint
    util.return %4 : !stream.timepoint
  }
}

