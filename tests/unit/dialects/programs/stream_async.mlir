#device_target_local = #hal.device.target<"local"> : !hal.device
module {
  util.global private @device = #device_target_local
  stream.executable private @ex {
    stream.executable.export public @kernel workgroups(%arg0: index) -> (index, index, index) {
      %c1 = arith.constant 1 : index
      stream.return %arg0, %c1, %c1 : index, index, index
    }
    stream.executable.export public @other as("alias") 
    builtin.module {
      func.func @kernel(%arg0: !stream.binding, %arg1: index) {
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> tensor<?xf32>{%arg1}
        %workgroup_id_0 = stream.dispatch.workgroup.id[0] : index
        %workgroup_count_1 = stream.dispatch.workgroup.count[1] : index
        %workgroup_size_2 = stream.dispatch.workgroup.size[2] : index
        return
      }
    }
  }
  stream.async.func private @extern(%arg0: !stream.resource<*>, %arg1: index) -> !stream.resource<*>
  stream.async.func private @tied(%arg0: !stream.resource<*>, %arg1: index) -> (%arg0, !stream.resource<external>) attributes {nosideeffects}
  util.func private @f(%arg0: i32, %arg1: i1, %arg2: index, %arg3: index, %arg4: index, %arg5: !stream.resource<*>, %arg6: !stream.resource<transient>, %arg7: !stream.resource<staging>, %arg8: !stream.resource<external>, %arg9: !stream.timepoint, %arg10: !stream.channel) {
    %0 = stream.async.alloca : !stream.resource<transient>{%arg2}
    %1 = stream.async.alloca on(#hal.device.affinity<@device>) : !stream.resource<transient>{%arg2}
    %cst = stream.async.constant : !stream.resource<constant>{%arg2} = dense<[1, 2]> : tensor<2xi32>
    %cst_0 = stream.async.constant on(#hal.device.affinity<@device, [0, 2]>) await(%arg9) : !stream.resource<constant>{%arg2} = #stream.parameter.named<"a"::"b"> : tensor<2xi32>
    %2 = stream.async.splat %arg0 : i32 -> !stream.resource<*>{%arg2}
    %3 = stream.async.splat on(#hal.device.promise<@device>) await(%arg9) %arg0 : i32 -> !stream.resource<*>{%arg2}
    %4 = stream.async.clone %arg5 : !stream.resource<*>{%arg2} -> !stream.resource<transient>{%arg3}
    %5 = stream.async.slice %arg5[%arg2 to %arg3] : !stream.resource<*>{%arg3} -> !stream.resource<*>{%arg4}
    %6 = stream.async.fill %arg0, %arg5[%arg2 to %arg3 for %arg4] : i32 -> %arg5 as !stream.resource<*>{%arg3}
    %7 = stream.async.update %arg6, %arg5[%arg2 to %arg3] : !stream.resource<transient>{%arg4} -> %arg5 as !stream.resource<*>{%arg3}
    %8 = stream.async.copy on(#hal.device.affinity<@device>) %arg6[%arg2 to %arg3], %arg5[%arg2 to %arg3], %arg4 : !stream.resource<transient>{%arg3} -> %arg5 as !stream.resource<*>{%arg3}
    %9 = stream.async.collective<all_reduce with sum : f32>[%arg4] channel(%arg10) %arg6[%arg2 to %arg3 for %arg4], %arg5[%arg2 to %arg3 for %arg4] : !stream.resource<transient>{%arg3} -> %arg5 as !stream.resource<*>{%arg3}
    %10 = stream.async.collective<broadcast : si8>[%arg4] on(#hal.device.affinity<@device>) channel(%arg10) source(%arg0) %arg6[%arg2 to %arg3 for %arg4], %arg5[%arg2 to %arg3 for %arg4] : !stream.resource<transient>{%arg3} -> %arg5 as !stream.resource<*>{%arg3}
    %11 = stream.async.collective<send : f32>[%arg4] channel(%arg10) target(%arg0) %arg6[%arg2 to %arg3 for %arg4], %arg5[%arg2 to %arg3 for %arg4] : !stream.resource<transient>{%arg3} -> %arg5 as !stream.resource<*>{%arg3}
    %12 = stream.async.barrier %arg5 : !stream.resource<*>{%arg2}
    %13 = stream.async.transfer %arg5 : !stream.resource<*>{%arg2} -> !stream.resource<staging>{%arg2}
    %14 = stream.async.transfer on(#hal.device.affinity<@device>) %arg7 : !stream.resource<staging>{%arg2} from(#hal.device.affinity<@device, [1]>) -> to(#hal.device.promise<@device>) !stream.resource<external>{%arg2}
    %15 = stream.async.cast %arg5 : !stream.resource<*>{%arg2} -> !stream.resource<transient>{%arg2}
    %16 = stream.async.load %arg7[%arg2] : !stream.resource<staging>{%arg3} -> f32
    %17 = stream.async.store %16, %arg7[%arg2] : f32 -> %arg7 as !stream.resource<staging>{%arg3}
    %18 = stream.async.dispatch @ex::@kernel[%arg2](%arg5[%arg2 to %arg3 for %arg4], %arg0) : (!stream.resource<*>{%arg3}, i32) -> !stream.resource<*>{%arg4}
    %19:2 = stream.async.dispatch on(#hal.device.affinity<@device>) {@ex::@kernel, @ex::@alias}[%arg2](%arg5[%arg2 to %arg3 for %arg4], %arg6[%arg2 to %arg3 for %arg4]) {a = 1 : i64} : (!stream.resource<*>{%arg3}, !stream.resource<transient>{%arg3}) -> (%arg5{%arg3}, %arg6 as !stream.resource<external>{%arg3})
    stream.async.dispatch @ex::@alias(%arg5[%arg2 to %arg3 for %arg4]) : (!stream.resource<*>{%arg3}) -> ()
    %20 = stream.async.call @extern(%arg5[%arg2 to %arg3 for %arg4], %arg2) : (!stream.resource<*>{%arg3}, index) -> !stream.resource<*>{%arg4}
    %21:2 = stream.async.call on(#hal.device.affinity<@device>) @tied(%arg5[%arg2 to %arg3 for %arg4], %arg2) : (!stream.resource<*>{%arg3}, index) -> (%arg5{%arg3}, !stream.resource<external>{%arg4})
    %results, %result_timepoint = stream.async.execute on(#hal.device.affinity<@device>) await(%arg9) => with(%arg5 as %arg11: !stream.resource<*>{%arg3}) -> %arg5{%arg3} {
      %22 = stream.async.concurrent with(%arg11 as %arg12: !stream.resource<*>{%arg3}) -> %arg11{%arg3} {
        %23 = stream.async.fill %arg0, %arg12[%arg2 to %arg3 for %arg4] : i32 -> %arg12 as !stream.resource<*>{%arg3}
        stream.yield %23 : !stream.resource<*>{%arg3}
      }
      stream.yield %22 : !stream.resource<*>{%arg3}
    } => !stream.timepoint
    %result_timepoint_1 = stream.async.execute with() {
      stream.yield
    } => !stream.timepoint
    %results_2:2, %result_timepoint_3 = stream.async.execute with(%arg5 as %arg11: !stream.resource<*>{%arg3}, %arg6 as %arg12: !stream.resource<transient>{%arg4}) -> (!stream.resource<*>{%arg2}, %arg6{%arg4}) {
      %22 = stream.async.splat %arg0 : i32 -> !stream.resource<*>{%arg2}
      stream.yield %22, %arg12 : !stream.resource<*>{%arg2}, !stream.resource<transient>{%arg4}
    } => !stream.timepoint attributes {x}
    util.return
  }
}
