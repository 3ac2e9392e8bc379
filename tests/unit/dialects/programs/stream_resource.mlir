#device_target_local = #hal.device.target<"local"> : !hal.device
module {
  util.global private @device = #device_target_local
  util.func private @f(%arg0: i32, %arg1: i64, %arg2: index, %arg3: index, %arg4: index, %arg5: !stream.resource<*>, %arg6: !stream.resource<transient>, %arg7: !stream.resource<staging>, %arg8: !stream.resource<external>, %arg9: !stream.timepoint, %arg10: !hal.buffer_view, %arg11: !hal.fence, %arg12: !util.buffer, %arg13: !stream.file, %arg14: !stream.test.fence) {
    %0 = stream.resource.alloc : !stream.resource<transient>{%arg2}
    %1 = stream.resource.alloc uninitialized on(#hal.device.affinity<@device>) : !stream.resource<variable>{%arg2}
    %result, %result_timepoint = stream.resource.alloca uninitialized on(#hal.device.affinity<@device>) await(%arg9) => !stream.resource<transient>{%arg2} => !stream.timepoint
    %result_0, %result_timepoint_1 = stream.resource.alloca uninitialized indeterminate : !stream.resource<transient>{%arg2} => !stream.timepoint
    %2 = stream.resource.dealloca on(#hal.device.affinity<@device>) await(%arg9) => %arg6 : !stream.resource<transient>{%arg2} => !stream.timepoint
    %3 = stream.resource.dealloca origin %arg6 : !stream.resource<transient>{%arg2} => !stream.timepoint
    stream.resource.retain %arg6 : !stream.resource<transient>{%arg2}
    %is_terminal = stream.resource.release %arg6 : !stream.resource<transient>{%arg2}
    %is_terminal_2 = stream.resource.is_terminal %arg6 : !stream.resource<transient>{%arg2}
    %4 = stream.resource.size %arg6 : !stream.resource<transient>
    %5 = stream.resource.size %arg6 <affinity = #hal.device.affinity<@device>> : !stream.resource<transient>
    %did_map, %result_3 = stream.resource.try_map on(#hal.device.affinity<@device>) %arg12[%arg2] : !util.buffer -> i1, !stream.resource<constant>{%arg3}
    %6 = stream.resource.load %arg7[%arg2] : !stream.resource<staging>{%arg3} -> i32
    stream.resource.store %arg0, %arg7[%arg2] : i32 -> !stream.resource<staging>{%arg3}
    %7:3 = stream.resource.pack offset(%arg2) slices({
      [0, 1] = %arg3,
      [1, 2] = %arg4
    }) : index
    %8:2 = stream.resource.pack on(#hal.device.affinity<@device>) slices({
      [0, 0] = %arg3
    }) : index
    %results:2, %result_timepoint_4 = stream.resource.constants on(#hal.device.affinity<@device>) : 
      !stream.resource<constant>{%arg2} = dense<1> : tensor<4xi32>,
      !stream.resource<constant>{%arg3} = #stream.parameter.named<"k"> : tensor<4xi32>
      => !stream.timepoint
    %9 = stream.resource.subview %arg6[%arg2] : !stream.resource<transient>{%arg3} -> !stream.resource<transient>{%arg4}
    %result_5, %result_timepoint_6 = stream.resource.transients await(%arg9) => %arg6 : !stream.resource<transient>{%arg2} from %arg7 : !stream.resource<staging>{%arg3} => !stream.timepoint
    %10 = stream.timepoint.immediate => !stream.timepoint
    %11 = stream.timepoint.import on(#hal.device.affinity<@device>) %arg11 : (!hal.fence) => !stream.timepoint
    %12 = stream.timepoint.export %arg9 => (!hal.fence)
    stream.timepoint.chain_external %arg9 => (%arg11 : !hal.fence)
    %13 = stream.timepoint.join max(%arg9, %10) => !stream.timepoint
    %result_7, %result_timepoint_8 = stream.timepoint.barrier on(#hal.device.affinity<@device>) %arg6 : !stream.resource<transient>{%arg2} => !stream.timepoint
    %14:2 = stream.timepoint.await %arg9 => %arg6, %arg7 : !stream.resource<transient>{%arg2}, !stream.resource<staging>{%arg3}
    %15 = stream.timepoint.await sync %arg9 => %arg6 : !stream.resource<transient>{%arg2}
    %file = stream.file.constant on(#hal.device.affinity<@device>) %arg12[%arg2 for %arg2] : !util.buffer{%arg3} -> !stream.file
    %16 = stream.file.read await(%arg9) => %arg13[%arg1], %arg6[%arg2], %arg3 : !stream.file -> !stream.resource<transient>{%arg4} => !stream.timepoint
    %17 = stream.file.write : %arg6[%arg2], %arg13[%arg1], %arg3 : !stream.resource<transient>{%arg4} -> !stream.file => !stream.timepoint
    %channel = stream.channel.create on(#hal.device.affinity<@device>) id(%arg12) group("g") rank(%arg2) count(%arg3) : !stream.channel
    %channel_9 = stream.channel.create : !stream.channel
    %channel_10 = stream.channel.split %channel, %arg2, %arg3 : !stream.channel -> !stream.channel
    %ccl_rank = stream.channel.rank %channel : index
    %ccl_count = stream.channel.count %channel : index
    %18:2 = stream.context.resolve on(#hal.device.affinity<@device>) : !hal.device, i64
    %results_11:2, %result_timepoint_12 = stream.test.timeline_op await_limit(2) await(%arg9, %10) => with(%arg5, %arg6) : (!stream.resource<*>{%arg2}, !stream.resource<transient>{%arg3}) -> (!stream.resource<*>{%arg2}, !stream.resource<transient>{%arg4}) => !stream.timepoint
    %19 = stream.test.timeline_aware(%arg2) waits(%arg14) signals(%arg14) : (index) -> index
    util.return
  }
}
