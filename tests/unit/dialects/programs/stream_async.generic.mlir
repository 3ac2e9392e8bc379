#device_target_local = #hal.device.target<"local"> : !hal.device
"builtin.module"() ({
  "util.global"() <{initial_value = #device_target_local, sym_name = "device", sym_visibility = "private", type = !hal.device}> : () -> ()
  "stream.executable"() <{sym_name = "ex", sym_visibility = "private"}> ({
    "stream.executable.export"() <{function_ref = @kernel, sym_name = "kernel", sym_visibility = "public"}> ({
    ^bb0(%arg17: index):
      %35 = "arith.constant"() <{value = 1 : index}> : () -> index
      "stream.return"(%arg17, %35, %35) : (index, index, index) -> ()
    }) : () -> ()
    "stream.executable.export"() <{function_ref = @other, sym_name = "alias", sym_visibility = "public"}> ({
    }) : () -> ()
    "builtin.module"() ({
      "func.func"() <{function_type = (!stream.binding, index) -> (), sym_name = "kernel"}> ({
      ^bb0(%arg15: !stream.binding, %arg16: index):
        %30 = "arith.constant"() <{value = 0 : index}> : () -> index
        %31 = "stream.binding.subspan"(%arg15, %30, %arg16) : (!stream.binding, index, index) -> tensor<?xf32>
        %32 = "stream.dispatch.workgroup.id"() <{dimension = 0 : index}> : () -> index
        %33 = "stream.dispatch.workgroup.count"() <{dimension = 1 : index}> : () -> index
        %34 = "stream.dispatch.workgroup.size"() <{dimension = 2 : index}> : () -> index
        "func.return"() : () -> ()
      }) : () -> ()
    }) : () -> ()
    "stream.executable.end"() : () -> ()
  }) : () -> ()
  "stream.async.func"() <{arg_attrs = [{}, {}], function_type = (!stream.resource<*>, index) -> !stream.resource<*>, res_attrs = [{}], sym_name = "extern", sym_visibility = "private", tied_operands = [-1 : index]}> ({
  }) : () -> ()
  "stream.async.func"() <{arg_attrs = [{}, {}], function_type = (!stream.resource<*>, index) -> (!stream.resource<*>, !stream.resource<external>), res_attrs = [{}, {}], sym_name = "tied", sym_visibility = "private", tied_operands = [0 : index, -1 : index]}> ({
  }) {nosideeffects} : () -> ()
  "util.func"() <{function_type = (i32, i1, index, index, index, !stream.resource<*>, !stream.resource<transient>, !stream.resource<staging>, !stream.resource<external>, !stream.timepoint, !stream.channel) -> (), sym_name = "f", sym_visibility = "private"}> ({
  ^bb0(%arg0: i32, %arg1: i1, %arg2: index, %arg3: index, %arg4: index, %arg5: !stream.resource<*>, %arg6: !stream.resource<transient>, %arg7: !stream.resource<staging>, %arg8: !stream.resource<external>, %arg9: !stream.timepoint, %arg10: !stream.channel):
    %0 = "stream.async.alloca"(%arg2) : (index) -> !stream.resource<transient>
    %1 = "stream.async.alloca"(%arg2) <{affinity = #hal.device.affinity<@device>}> : (index) -> !stream.resource<transient>
    %2 = "stream.async.constant"(%arg2) <{value = dense<[1, 2]> : tensor<2xi32>}> : (index) -> !stream.resource<constant>
    %3 = "stream.async.constant"(%arg9, %arg2) <{affinity = #hal.device.affinity<@device, [0, 2]>, value = #stream.parameter.named<"a"::"b"> : tensor<2xi32>}> : (!stream.timepoint, index) -> !stream.resource<constant>
    %4 = "stream.async.splat"(%arg0, %arg2) : (i32, index) -> !stream.resource<*>
    %5 = "stream.async.splat"(%arg9, %arg0, %arg2) <{affinity = #hal.device.promise<@device>}> : (!stream.timepoint, i32, index) -> !stream.resource<*>
    %6 = "stream.async.clone"(%arg5, %arg2, %arg3) : (!stream.resource<*>, index, index) -> !stream.resource<transient>
    %7 = "stream.async.slice"(%arg5, %arg3, %arg2, %arg3, %arg4) : (!stream.resource<*>, index, index, index, index) -> !stream.resource<*>
    %8 = "stream.async.fill"(%arg5, %arg3, %arg2, %arg3, %arg4, %arg0) : (!stream.resource<*>, index, index, index, index, i32) -> !stream.resource<*>
    %9 = "stream.async.update"(%arg5, %arg3, %arg2, %arg3, %arg6, %arg4) : (!stream.resource<*>, index, index, index, !stream.resource<transient>, index) -> !stream.resource<*>
    %10 = "stream.async.copy"(%arg5, %arg3, %arg2, %arg3, %arg6, %arg3, %arg2, %arg3, %arg4) <{affinity = #hal.device.affinity<@device>}> : (!stream.resource<*>, index, index, index, !stream.resource<transient>, index, index, index, index) -> !stream.resource<*>
    %11 = "stream.async.collective"(%arg5, %arg3, %arg2, %arg3, %arg4, %arg6, %arg3, %arg2, %arg3, %arg4, %arg4, %arg10) <{op = #stream.collective<all_reduce with sum : f32>}> : (!stream.resource<*>, index, index, index, index, !stream.resource<transient>, index, index, index, index, index, !stream.channel) -> !stream.resource<*>
    %12 = "stream.async.collective"(%arg5, %arg3, %arg2, %arg3, %arg4, %arg6, %arg3, %arg2, %arg3, %arg4, %arg4, %arg10, %arg0) <{affinity = #hal.device.affinity<@device>, op = #stream.collective<broadcast : si8>}> : (!stream.resource<*>, index, index, index, index, !stream.resource<transient>, index, index, index, index, index, !stream.channel, i32) -> !stream.resource<*>
    %13 = "stream.async.collective"(%arg5, %arg3, %arg2, %arg3, %arg4, %arg6, %arg3, %arg2, %arg3, %arg4, %arg4, %arg10, %arg0) <{op = #stream.collective<send : f32>}> : (!stream.resource<*>, index, index, index, index, !stream.resource<transient>, index, index, index, index, index, !stream.channel, i32) -> !stream.resource<*>
    %14 = "stream.async.barrier"(%arg5, %arg2) : (!stream.resource<*>, index) -> !stream.resource<*>
    %15 = "stream.async.transfer"(%arg5, %arg2, %arg2) : (!stream.resource<*>, index, index) -> !stream.resource<staging>
    %16 = "stream.async.transfer"(%arg7, %arg2, %arg2) <{execution_affinity = #hal.device.affinity<@device>, source_affinity = #hal.device.affinity<@device, [1]>, target_affinity = #hal.device.promise<@device>}> : (!stream.resource<staging>, index, index) -> !stream.resource<external>
    %17 = "stream.async.cast"(%arg5, %arg2, %arg2) : (!stream.resource<*>, index, index) -> !stream.resource<transient>
    %18 = "stream.async.load"(%arg7, %arg3, %arg2) : (!stream.resource<staging>, index, index) -> f32
    %19 = "stream.async.store"(%arg7, %arg3, %arg2, %18) : (!stream.resource<staging>, index, index, f32) -> !stream.resource<staging>
    %20 = "stream.async.dispatch"(%arg2, %arg5, %arg0, %arg3, %arg2, %arg3, %arg4, %arg4) <{entry_points = [@ex::@kernel], operandSegmentSizes = array<i32: 1, 2, 1, 1, 1, 1, 1>, tied_operands = [-1 : index]}> : (index, !stream.resource<*>, i32, index, index, index, index, index) -> !stream.resource<*>
    %21:2 = "stream.async.dispatch"(%arg2, %arg5, %arg6, %arg3, %arg3, %arg2, %arg2, %arg3, %arg3, %arg4, %arg4, %arg3, %arg3) <{affinity = #hal.device.affinity<@device>, entry_points = [@ex::@kernel, @ex::@alias], operandSegmentSizes = array<i32: 1, 2, 2, 2, 2, 2, 2>, tied_operands = [0 : index, 1 : index]}> {a = 1 : i64} : (index, !stream.resource<*>, !stream.resource<transient>, index, index, index, index, index, index, index, index, index, index) -> (!stream.resource<*>, !stream.resource<external>)
    "stream.async.dispatch"(%arg5, %arg3, %arg2, %arg3, %arg4) <{entry_points = [@ex::@alias], operandSegmentSizes = array<i32: 0, 1, 1, 1, 1, 1, 0>}> : (!stream.resource<*>, index, index, index, index) -> ()
    %22 = "stream.async.call"(%arg5, %arg2, %arg3, %arg2, %arg3, %arg4, %arg4) <{callee = @extern, operandSegmentSizes = array<i32: 2, 1, 1, 1, 1, 1>, tied_operands = [-1 : index]}> : (!stream.resource<*>, index, index, index, index, index, index) -> !stream.resource<*>
    %23:2 = "stream.async.call"(%arg5, %arg2, %arg3, %arg2, %arg3, %arg4, %arg3, %arg4) <{affinity = #hal.device.affinity<@device>, callee = @tied, operandSegmentSizes = array<i32: 2, 1, 1, 1, 1, 2>, tied_operands = [0 : index, -1 : index]}> : (!stream.resource<*>, index, index, index, index, index, index, index) -> (!stream.resource<*>, !stream.resource<external>)
    %24:2 = "stream.async.execute"(%arg5, %arg3, %arg3, %arg9) <{affinity = #hal.device.affinity<@device>, operandSegmentSizes = array<i32: 1, 1, 1, 1>, tied_operands = [0 : index]}> ({
    ^bb0(%arg13: !stream.resource<*>):
      %28 = "stream.async.concurrent"(%arg13, %arg3, %arg3) <{operandSegmentSizes = array<i32: 1, 1, 1>, tied_operands = [0 : index]}> ({
      ^bb0(%arg14: !stream.resource<*>):
        %29 = "stream.async.fill"(%arg14, %arg3, %arg2, %arg3, %arg4, %arg0) : (!stream.resource<*>, index, index, index, index, i32) -> !stream.resource<*>
        "stream.yield"(%29, %arg3) : (!stream.resource<*>, index) -> ()
      }) : (!stream.resource<*>, index, index) -> !stream.resource<*>
      "stream.yield"(%28, %arg3) : (!stream.resource<*>, index) -> ()
    }) : (!stream.resource<*>, index, index, !stream.timepoint) -> (!stream.resource<*>, !stream.timepoint)
    %25 = "stream.async.execute"() <{operandSegmentSizes = array<i32: 0, 0, 0, 0>}> ({
      "stream.yield"() : () -> ()
    }) : () -> !stream.timepoint
    %26:3 = "stream.async.execute"(%arg5, %arg6, %arg3, %arg4, %arg2, %arg4) <{operandSegmentSizes = array<i32: 2, 2, 2, 0>, tied_operands = [-1 : index, 1 : index]}> ({
    ^bb0(%arg11: !stream.resource<*>, %arg12: !stream.resource<transient>):
      %27 = "stream.async.splat"(%arg0, %arg2) : (i32, index) -> !stream.resource<*>
      "stream.yield"(%27, %arg12, %arg2, %arg4) : (!stream.resource<*>, !stream.resource<transient>, index, index) -> ()
    }) {x} : (!stream.resource<*>, !stream.resource<transient>, index, index, index, index) -> (!stream.resource<*>, !stream.resource<transient>, !stream.timepoint)
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
