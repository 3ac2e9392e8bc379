#device_target_local = #hal.device.target<"local"> : !hal.device
"builtin.module"() ({
  "util.global"() <{initial_value = #device_target_local, sym_name = "device", sym_visibility = "private", type = !hal.device}> : () -> ()
  "stream.executable"() <{sym_name = "ex", sym_visibility = "private"}> ({
    "stream.executable.export"() <{function_ref = @kernel, sym_name = "kernel", sym_visibility = "public"}> ({
    ^bb0(%arg15: index):
      "stream.return"(%arg15, %arg15, %arg15) : (index, index, index) -> ()
    }) : () -> ()
    "builtin.module"() ({
      "func.func"() <{function_type = (!stream.binding, i32) -> (), sym_name = "kernel"}> ({
      ^bb0(%arg13: !stream.binding, %arg14: i32):
        "func.return"() : () -> ()
      }) : () -> ()
    }) : () -> ()
    "stream.executable.end"() : () -> ()
  }) : () -> ()
  "stream.cmd.func"() <{arg_attrs = [{}, {}, {}, {}], function_type = (!stream.resource<*>, index, index, i32) -> (), sym_name = "extern", sym_visibility = "private"}> ({
  }) : () -> ()
  "util.func"() <{function_type = (i32, i64, index, index, index, !stream.resource<*>, !stream.resource<transient>, !stream.resource<constant>, !stream.timepoint, !stream.channel, !util.buffer) -> (), sym_name = "f", sym_visibility = "private"}> ({
  ^bb0(%arg0: i32, %arg1: i64, %arg2: index, %arg3: index, %arg4: index, %arg5: !stream.resource<*>, %arg6: !stream.resource<transient>, %arg7: !stream.resource<constant>, %arg8: !stream.timepoint, %arg9: !stream.channel, %arg10: !util.buffer):
    %0 = "stream.cmd.execute"(%arg6, %arg7, %arg3, %arg3, %arg8) <{affinity = #hal.device.affinity<@device>, operandSegmentSizes = array<i32: 2, 2, 1>}> ({
    ^bb0(%arg11: !stream.resource<transient>, %arg12: !stream.resource<constant>):
      "stream.cmd.flush"(%arg11, %arg4, %arg2, %arg3) : (!stream.resource<transient>, index, index, index) -> ()
      "stream.cmd.flush"(%arg11, %arg4, %arg2, %arg3) <{source_affinity = #hal.device.affinity<@device>}> : (!stream.resource<transient>, index, index, index) -> ()
      "stream.cmd.invalidate"(%arg11, %arg4, %arg2, %arg3) <{source_affinity = #hal.device.affinity<@device>}> : (!stream.resource<transient>, index, index, index) -> ()
      "stream.cmd.discard"(%arg11, %arg4, %arg2, %arg3) : (!stream.resource<transient>, index, index, index) -> ()
      "stream.cmd.fill"(%arg11, %arg4, %arg2, %arg3, %arg0) : (!stream.resource<transient>, index, index, index, i32) -> ()
      "stream.cmd.concurrent"() ({
        "stream.cmd.copy"(%arg12, %arg4, %arg2, %arg11, %arg4, %arg2, %arg3) : (!stream.resource<constant>, index, index, !stream.resource<transient>, index, index, index) -> ()
        "stream.cmd.serial"() ({
          "stream.cmd.dispatch"(%arg2, %arg0, %arg12, %arg4, %arg2, %arg3) <{entry_points = [@ex::@kernel], operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1>, resource_accesses = [1 : i32]}> : (index, i32, !stream.resource<constant>, index, index, index) -> ()
          "stream.cmd.dispatch"(%arg2, %arg0, %arg11, %arg4, %arg2, %arg3) <{entry_points = [@ex::@kernel, @ex::@gone], operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1>, resource_accesses = [3 : i32]}> {q} : (index, i32, !stream.resource<transient>, index, index, index) -> ()
          "stream.yield"() : () -> ()
        }) : () -> ()
        "stream.yield"() : () -> ()
      }) : () -> ()
      "stream.cmd.collective"(%arg9, %arg2, %arg12, %arg11, %arg4, %arg4, %arg2, %arg2, %arg3, %arg3) <{op = #stream.collective<all_reduce with sum : f32>, operandSegmentSizes = array<i32: 1, 1, 0, 2, 2, 2, 2>, resource_accesses = [1 : i32, 2 : i32]}> : (!stream.channel, index, !stream.resource<constant>, !stream.resource<transient>, index, index, index, index, index, index) -> ()
      "stream.cmd.collective"(%arg9, %arg2, %arg0, %arg11, %arg4, %arg2, %arg3) <{op = #stream.collective<recv : f32>, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1>, resource_accesses = [2 : i32]}> : (!stream.channel, index, i32, !stream.resource<transient>, index, index, index) -> ()
      "stream.cmd.call"(%arg11, %arg0, %arg4, %arg2, %arg3) <{callee = @extern, operandSegmentSizes = array<i32: 2, 1, 1, 1, 0>, resource_operand_accesses = [3 : i32]}> : (!stream.resource<transient>, i32, index, index, index) -> ()
      "stream.yield"() : () -> ()
    }) : (!stream.resource<transient>, !stream.resource<constant>, index, index, !stream.timepoint) -> !stream.timepoint
    %1:3 = "stream.cmd.parameter.load"(%arg10, %arg10, %arg10, %arg1, %arg1, %arg2, %arg3, %arg8) <{affinity = #hal.device.affinity<@device>, operandSegmentSizes = array<i32: 1, 2, 2, 2, 1>}> : (!util.buffer, !util.buffer, !util.buffer, i64, i64, index, index, !stream.timepoint) -> (!stream.resource<constant>, !stream.resource<constant>, !stream.timepoint)
    %2 = "stream.cmd.parameter.read"(%arg10, %arg10, %arg1, %arg6, %arg4, %arg2, %arg3) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 0>}> : (!util.buffer, !util.buffer, i64, !stream.resource<transient>, index, index, index) -> !stream.timepoint
    %3 = "stream.cmd.parameter.write"(%arg6, %arg4, %arg2, %arg3, %arg10, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 0, 1, 1, 0>}> : (!stream.resource<transient>, index, index, index, !util.buffer, i64) -> !stream.timepoint
    %4 = "stream.cmd.parameter.gather"(%arg10, %arg10, %arg10, %arg1, %arg1, %arg6, %arg4, %arg2, %arg3, %arg3, %arg3) <{operandSegmentSizes = array<i32: 1, 2, 2, 1, 1, 2, 2, 0>}> : (!util.buffer, !util.buffer, !util.buffer, i64, i64, !stream.resource<transient>, index, index, index, index, index) -> !stream.timepoint
    %5 = "stream.cmd.parameter.scatter"(%arg6, %arg4, %arg2, %arg3, %arg10, %arg1, %arg8) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 0, 1, 1, 1>}> : (!stream.resource<transient>, index, index, index, !util.buffer, i64, !stream.timepoint) -> !stream.timepoint
    %6:2 = "stream.async.parameter.load"(%arg8, %arg10, %arg10, %arg1, %arg2) <{affinity = #hal.device.affinity<@device>, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : (!stream.timepoint, !util.buffer, !util.buffer, i64, index) -> (!stream.resource<constant>, !stream.timepoint)
    %7:2 = "stream.async.parameter.read"(%arg6, %arg4, %arg2, %arg3, %arg4, %arg10, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 0, 1, 1, 0>}> : (!stream.resource<transient>, index, index, index, index, !util.buffer, i64) -> (!stream.resource<transient>, !stream.timepoint)
    %8:2 = "stream.async.parameter.write"(%arg6, %arg4, %arg2, %arg3, %arg4, %arg10, %arg10, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 1, 0>}> : (!stream.resource<transient>, index, index, index, index, !util.buffer, !util.buffer, i64) -> (!stream.resource<transient>, !stream.timepoint)
    %9:2 = "stream.async.parameter.gather"(%arg10, %arg10, %arg10, %arg1, %arg1, %arg6, %arg4, %arg2, %arg3, %arg3, %arg4, %arg4, %arg2) <{operandSegmentSizes = array<i32: 1, 2, 2, 1, 1, 2, 2, 2, 0>}> : (!util.buffer, !util.buffer, !util.buffer, i64, i64, !stream.resource<transient>, index, index, index, index, index, index, index) -> (!stream.resource<transient>, !stream.timepoint)
    %10:2 = "stream.async.parameter.scatter"(%arg6, %arg4, %arg2, %arg3, %arg4, %arg10, %arg10, %arg1, %arg8) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 1, 1>}> : (!stream.resource<transient>, index, index, index, index, !util.buffer, !util.buffer, i64, !stream.timepoint) -> (!stream.resource<transient>, !stream.timepoint)
    %11 = "stream.tensor.parameter.load"(%arg10, %arg10, %arg1, %arg2, %arg3) <{affinity = #hal.device.affinity<@device>, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>, result_encoding = tensor<?xf32>}> : (!util.buffer, !util.buffer, i64, index, index) -> !stream.resource<constant>
    %12 = "stream.tensor.parameter.write"(%arg6, %arg2, %arg3, %arg10, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 1, 0, 1, 1>, source_encoding = tensor<?xf32>}> : (!stream.resource<transient>, index, index, !util.buffer, i64) -> !stream.resource<transient>
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
