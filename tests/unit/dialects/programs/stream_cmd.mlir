#device_target_local = #hal.device.target<"local"> : !hal.device
module {
  util.global private @device = #device_target_local
  stream.executable private @ex {
    stream.executable.export public @kernel workgroups(%arg0: index) -> (index, index, index) {
      stream.return %arg0, %arg0, %arg0 : index, index, index
    }
    builtin.module {
      func.func @kernel(%arg0: !stream.binding, %arg1: i32) {
        return
      }
    }
  }
  stream.cmd.func private @extern(%arg0[%arg1 for %arg2]: !stream.resource<*>, %arg3: i32)
  util.func private @f(%arg0: i32, %arg1: i64, %arg2: index, %arg3: index, %arg4: index, %arg5: !stream.resource<*>, %arg6: !stream.resource<transient>, %arg7: !stream.resource<constant>, %arg8: !stream.timepoint, %arg9: !stream.channel, %arg10: !util.buffer) {
    %0 = stream.cmd.execute on(#hal.device.affinity<@device>) await(%arg8) => with(%arg6 as %arg11: !stream.resource<transient>{%arg3}, %arg7 as %arg12: !stream.resource<constant>{%arg3}) {
      stream.cmd.flush %arg11[%arg2 for %arg3] : !stream.resource<transient>{%arg4}
      stream.cmd.flush to(#hal.device.affinity<@device>) %arg11[%arg2 for %arg3] : !stream.resource<transient>{%arg4}
      stream.cmd.invalidate from(#hal.device.affinity<@device>) %arg11[%arg2 for %arg3] : !stream.resource<transient>{%arg4}
      stream.cmd.discard %arg11[%arg2 for %arg3] : !stream.resource<transient>{%arg4}
      stream.cmd.fill %arg0, %arg11[%arg2 for %arg3] : i32 -> !stream.resource<transient>{%arg4}
      stream.cmd.concurrent {
        stream.cmd.copy %arg12[%arg2], %arg11[%arg2], %arg3 : !stream.resource<constant>{%arg4} -> !stream.resource<transient>{%arg4}
        stream.cmd.serial {
          stream.cmd.dispatch @ex::@kernel[%arg2](%arg0 : i32) {
            ro %arg12[%arg2 for %arg3] : !stream.resource<constant>{%arg4}
          }
          stream.cmd.dispatch {@ex::@kernel, @ex::@gone}[%arg2](%arg0 : i32) {
            rw %arg11[%arg2 for %arg3] : !stream.resource<transient>{%arg4}
          } attributes {q}
        }
      }
      stream.cmd.collective<all_reduce with sum : f32>[%arg2] channel(%arg9) {
        ro %arg12[%arg2 for %arg3] : !stream.resource<constant>{%arg4},
        wo %arg11[%arg2 for %arg3] : !stream.resource<transient>{%arg4}
      }
      stream.cmd.collective<recv : f32>[%arg2] channel(%arg9) param(%arg0 : i32) {
        wo %arg11[%arg2 for %arg3] : !stream.resource<transient>{%arg4}
      }
      stream.cmd.call @extern(rw %arg11[%arg2 for %arg3], %arg0) : (!stream.resource<transient>{%arg4}, i32) -> ()
    } => !stream.timepoint
    %results:2, %result_timepoint = stream.cmd.parameter.load on(#hal.device.affinity<@device>) await(%arg8) => {
      %arg10::%arg10[%arg1] : !stream.resource<constant>{%arg2},
      %arg10::%arg10[%arg1] : !stream.resource<constant>{%arg3}
    } => !stream.timepoint
    %1 = stream.cmd.parameter.read %arg10::%arg10[%arg1] -> %arg6[%arg2 for %arg3] : !stream.resource<transient>{%arg4} => !stream.timepoint
    %2 = stream.cmd.parameter.write %arg6[%arg2 for %arg3] : !stream.resource<transient>{%arg4} -> %arg10[%arg1] => !stream.timepoint
    %3 = stream.cmd.parameter.gather {
      %arg10::%arg10[%arg1] -> %arg6[%arg2 for %arg3] : !stream.resource<transient>{%arg4},
      %arg10::%arg10[%arg1] -> %arg6[%arg3 for %arg3] : !stream.resource<transient>{%arg4}
    } => !stream.timepoint
    %4 = stream.cmd.parameter.scatter await(%arg8) => {
      %arg6[%arg2 for %arg3] : !stream.resource<transient>{%arg4} -> %arg10[%arg1]
    } => !stream.timepoint
    %result, %result_timepoint_0 = stream.async.parameter.load on(#hal.device.affinity<@device>) await(%arg8) %arg10::%arg10[%arg1] : !stream.resource<constant>{%arg2} => !stream.timepoint
    %result_1, %result_timepoint_2 = stream.async.parameter.read %arg10[%arg1] -> %arg6[%arg2 to %arg3 for %arg4] : !stream.resource<transient>{%arg4} => !stream.timepoint
    %result_3, %result_timepoint_4 = stream.async.parameter.write %arg6[%arg2 to %arg3 for %arg4] -> %arg10::%arg10[%arg1] : !stream.resource<transient>{%arg4} => !stream.timepoint
    %result_5, %result_timepoint_6 = stream.async.parameter.gather {
      %arg10::%arg10[%arg1] -> %arg6[%arg2 to %arg3 for %arg4] : !stream.resource<transient>{%arg4},
      %arg10::%arg10[%arg1] -> %arg6[%arg3 to %arg4 for %arg2] : !stream.resource<transient>{%arg4}
    } : !stream.resource<transient> => !stream.timepoint
    %result_7, %result_timepoint_8 = stream.async.parameter.scatter await(%arg8) {
      %arg6[%arg2 to %arg3 for %arg4] : !stream.resource<transient>{%arg4} -> %arg10::%arg10[%arg1]
    } : !stream.resource<transient> => !stream.timepoint
    %5 = stream.tensor.parameter.load on(#hal.device.affinity<@device>) %arg10::%arg10[%arg1] : tensor<?xf32>{%arg2} in !stream.resource<constant>{%arg3}
    %6 = stream.tensor.parameter.write %arg6 -> %arg10[%arg1] : tensor<?xf32>{%arg2} in !stream.resource<transient>{%arg3}
    util.return
  }
}
