#device_target_local = #hal.device.target<"local"> : !hal.device
"builtin.module"() ({
  "util.global"() <{initial_value = #device_target_local, sym_name = "device", sym_visibility = "private", type = !hal.device}> : () -> ()
  "util.func"() <{function_type = (i32, i64, index, index, index, !stream.resource<*>, !stream.resource<transient>, !stream.resource<staging>, !stream.resource<external>, !stream.timepoint, !hal.buffer_view, !hal.fence, !util.buffer, !stream.file, !stream.test.fence) -> (), sym_name = "f", sym_visibility = "private"}> ({
  ^bb0(%arg0: i32, %arg1: i64, %arg2: index, %arg3: index, %arg4: index, %arg5: !stream.resource<*>, %arg6: !stream.resource<transient>, %arg7: !stream.resource<staging>, %arg8: !stream.resource<external>, %arg9: !stream.timepoint, %arg10: !hal.buffer_view, %arg11: !hal.fence, %arg12: !util.buffer, %arg13: !stream.file, %arg14: !stream.test.fence):
    %0 = "stream.resource.alloc"(%arg2) : (index) -> !stream.resource<transient>
    %1 = "stream.resource.alloc"(%arg2) <{affinity = #hal.device.affinity<@device>, uninitialized}> : (index) -> !stream.resource<variable>
    %2:2 = "stream.resource.alloca"(%arg2, %arg9) <{affinity = #hal.device.affinity<@device>}> : (index, !stream.timepoint) -> (!stream.resource<transient>, !stream.timepoint)
    %3:2 = "stream.resource.alloca"(%arg2) <{indeterminate_lifetime}> : (index) -> (!stream.resource<transient>, !stream.timepoint)
    %4 = "stream.resource.dealloca"(%arg6, %arg2, %arg9) <{affinity = #hal.device.affinity<@device>}> : (!stream.resource<transient>, index, !stream.timepoint) -> !stream.timepoint
    %5 = "stream.resource.dealloca"(%arg6, %arg2) <{prefer_origin}> : (!stream.resource<transient>, index) -> !stream.timepoint
    "stream.resource.retain"(%arg6, %arg2) : (!stream.resource<transient>, index) -> ()
    %6 = "stream.resource.release"(%arg6, %arg2) : (!stream.resource<transient>, index) -> i1
    %7 = "stream.resource.is_terminal"(%arg6, %arg2) : (!stream.resource<transient>, index) -> i1
    %8 = "stream.resource.size"(%arg6) : (!stream.resource<transient>) -> index
    %9 = "stream.resource.size"(%arg6) <{affinity = #hal.device.affinity<@device>}> : (!stream.resource<transient>) -> index
    %10:2 = "stream.resource.try_map"(%arg12, %arg2, %arg3) <{affinity = #hal.device.affinity<@device>}> : (!util.buffer, index, index) -> (i1, !stream.resource<constant>)
    %11 = "stream.resource.load"(%arg7, %arg3, %arg2) : (!stream.resource<staging>, index, index) -> i32
    "stream.resource.store"(%arg7, %arg3, %arg2, %arg0) : (!stream.resource<staging>, index, index, i32) -> ()
    %12:3 = "stream.resource.pack"(%arg2, %arg3, %arg4) <{lifetime_intervals = [0 : index, 1 : index, 1 : index, 2 : index], operandSegmentSizes = array<i32: 1, 2>}> : (index, index, index) -> (index, index, index)
    %13:2 = "stream.resource.pack"(%arg3) <{affinity = #hal.device.affinity<@device>, lifetime_intervals = [0 : index, 0 : index], operandSegmentSizes = array<i32: 0, 1>}> : (index) -> (index, index)
    %14:3 = "stream.resource.constants"(%arg2, %arg3) <{affinity = #hal.device.affinity<@device>, values = [dense<1> : tensor<4xi32>, #stream.parameter.named<"k"> : tensor<4xi32>]}> : (index, index) -> (!stream.resource<constant>, !stream.resource<constant>, !stream.timepoint)
    %15 = "stream.resource.subview"(%arg6, %arg3, %arg2, %arg4) : (!stream.resource<transient>, index, index, index) -> !stream.resource<transient>
    %16:2 = "stream.resource.transients"(%arg6, %arg2, %arg7, %arg3, %arg9) : (!stream.resource<transient>, index, !stream.resource<staging>, index, !stream.timepoint) -> (!stream.resource<transient>, !stream.timepoint)
    %17 = "stream.timepoint.immediate"() : () -> !stream.timepoint
    %18 = "stream.timepoint.import"(%arg11) <{affinity = #hal.device.affinity<@device>}> : (!hal.fence) -> !stream.timepoint
    %19 = "stream.timepoint.export"(%arg9) : (!stream.timepoint) -> !hal.fence
    "stream.timepoint.chain_external"(%arg9, %arg11) : (!stream.timepoint, !hal.fence) -> ()
    %20 = "stream.timepoint.join"(%arg9, %17) : (!stream.timepoint, !stream.timepoint) -> !stream.timepoint
    %21:2 = "stream.timepoint.barrier"(%arg6, %arg2) <{affinity = #hal.device.affinity<@device>}> : (!stream.resource<transient>, index) -> (!stream.resource<transient>, !stream.timepoint)
    %22:2 = "stream.timepoint.await"(%arg6, %arg7, %arg2, %arg3, %arg9) <{operandSegmentSizes = array<i32: 2, 2, 1>}> : (!stream.resource<transient>, !stream.resource<staging>, index, index, !stream.timepoint) -> (!stream.resource<transient>, !stream.resource<staging>)
    %23 = "stream.timepoint.await"(%arg6, %arg2, %arg9) <{operandSegmentSizes = array<i32: 1, 1, 1>, sync}> : (!stream.resource<transient>, index, !stream.timepoint) -> !stream.resource<transient>
    %24 = "stream.file.constant"(%arg12, %arg3, %arg2, %arg2) <{affinity = #hal.device.affinity<@device>}> : (!util.buffer, index, index, index) -> !stream.file
    %25 = "stream.file.read"(%arg13, %arg1, %arg6, %arg4, %arg2, %arg3, %arg9) : (!stream.file, i64, !stream.resource<transient>, index, index, index, !stream.timepoint) -> !stream.timepoint
    %26 = "stream.file.write"(%arg6, %arg4, %arg2, %arg13, %arg1, %arg3) : (!stream.resource<transient>, index, index, !stream.file, i64, index) -> !stream.timepoint
    %27 = "stream.channel.create"(%arg12, %arg2, %arg3) <{affinity = #hal.device.affinity<@device>, group = "g", operandSegmentSizes = array<i32: 1, 1, 1>}> : (!util.buffer, index, index) -> !stream.channel
    %28 = "stream.channel.create"() <{operandSegmentSizes = array<i32: 0, 0, 0>}> : () -> !stream.channel
    %29 = "stream.channel.split"(%27, %arg2, %arg3) : (!stream.channel, index, index) -> !stream.channel
    %30 = "stream.channel.rank"(%27) : (!stream.channel) -> index
    %31 = "stream.channel.count"(%27) : (!stream.channel) -> index
    %32:2 = "stream.context.resolve"() <{affinity = #hal.device.affinity<@device>}> : () -> (!hal.device, i64)
    %33:3 = "stream.test.timeline_op"(%arg5, %arg6, %arg2, %arg3, %arg2, %arg4, %arg9, %17) <{await_limit = 2 : i64, operandSegmentSizes = array<i32: 2, 2, 2, 2>, tied_operands = [-1 : index, -1 : index]}> : (!stream.resource<*>, !stream.resource<transient>, index, index, index, index, !stream.timepoint, !stream.timepoint) -> (!stream.resource<*>, !stream.resource<transient>, !stream.timepoint)
    %34 = "stream.test.timeline_aware"(%arg2, %arg14, %arg14) <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (index, !stream.test.fence, !stream.test.fence) -> index
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
