#device_target_local = #hal.device.target<"local"> : !hal.device
"builtin.module"() ({
  "util.global"() <{initial_value = #device_target_local, sym_name = "device", sym_visibility = "private", type = !hal.device}> : () -> ()
  "flow.executable"() <{sym_name = "ex", sym_visibility = "private"}> ({
    "flow.executable.export"() <{function_ref = @kernel, sym_name = "kernel", sym_visibility = "public"}> ({
    ^bb0(%arg20: index):
      "flow.return"(%arg20, %arg20, %arg20) : (index, index, index) -> ()
    }) : () -> ()
    "builtin.module"() ({
      "func.func"() <{function_type = (!iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>, index) -> (), sym_name = "kernel"}> ({
      ^bb0(%arg17: !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, %arg18: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>, %arg19: index):
        %36 = "arith.constant"() <{value = 0 : index}> : () -> index
        %37 = "flow.dispatch.workgroup.id"() <{dimension = 0 : index}> : () -> index
        %38 = "flow.dispatch.workgroup.count"() <{dimension = 1 : index}> : () -> index
        %39 = "flow.dispatch.workgroup.size"() <{dimension = 2 : index}> : () -> index
        %40 = "flow.dispatch.tie_shape"(%arg17, %arg19) : (!iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, index) -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>
        "func.return"() : () -> ()
      }) : () -> ()
    }) : () -> ()
    "flow.executable_end"() : () -> ()
  }) : () -> ()
  "flow.func"() <{arg_attrs = [{}, {}], function_type = (tensor<?x4xf32>, index) -> tensor<?x4xf32>, res_attrs = [{}], sym_name = "g", sym_visibility = "private", tied_operands = [0 : index]}> ({
  }) : () -> ()
  "util.func"() <{function_type = (i32, i64, index, index, tensor<?x4xf32>, tensor<4xf32>, !util.buffer) -> (), sym_name = "f", sym_visibility = "private"}> ({
  ^bb0(%arg10: i32, %arg11: i64, %arg12: index, %arg13: index, %arg14: tensor<?x4xf32>, %arg15: tensor<4xf32>, %arg16: !util.buffer):
    %6 = "flow.tensor.constant"() <{value = dense<1> : tensor<4xi32>}> : () -> tensor<4xi32>
    %7 = "flow.tensor.dynamic_constant"() <{value = dense<1> : tensor<4xi32>}> : () -> tensor<?xi32>
    %8 = "flow.tensor.tie_shape"(%arg14, %arg12) : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %9 = "flow.tensor.reshape"(%arg14, %arg12, %arg12) <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (tensor<?x4xf32>, index, index) -> tensor<4x?xf32>
    %10 = "flow.tensor.bitcast"(%arg15) <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (tensor<4xf32>) -> tensor<4xi32>
    %11 = "flow.tensor.load"(%arg14, %arg12, %arg12, %arg13) <{operandSegmentSizes = array<i32: 1, 1, 2>}> : (tensor<?x4xf32>, index, index, index) -> f32
    %12 = "flow.tensor.store"(%11, %arg14, %arg12, %arg12, %arg13) <{operandSegmentSizes = array<i32: 1, 1, 1, 2>}> : (f32, tensor<?x4xf32>, index, index, index) -> tensor<?x4xf32>
    %13 = "flow.tensor.alloca"(%arg12) : (index) -> tensor<?xf32>
    %14 = "flow.tensor.empty"(%arg12) : (index) -> tensor<?xf32>
    %15 = "flow.tensor.splat"(%arg10, %arg12) : (i32, index) -> tensor<?xi32>
    %16 = "flow.tensor.clone"(%arg14, %arg12) {stream.affinity = #hal.device.affinity<@device>} : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %17 = "flow.tensor.encode"(%arg14, %arg12, %arg12) <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (tensor<?x4xf32>, index, index) -> tensor<?x4xf32, 3 : i32>
    %18 = "flow.tensor.barrier"(%arg14, %arg12) <{target = #hal.device.affinity<@device>}> : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %19 = "flow.tensor.transfer"(%arg14, %arg12) <{target = #hal.device.affinity<@device>}> : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %20 = "flow.tensor.slice"(%arg14, %arg12, %arg12, %arg13, %arg12, %arg13, %arg12, %arg13) <{operandSegmentSizes = array<i32: 1, 1, 2, 2, 2>}> : (tensor<?x4xf32>, index, index, index, index, index, index, index) -> tensor<?x?xf32>
    %21 = "flow.tensor.update"(%arg14, %arg12, %arg12, %arg13, %arg14, %arg12) <{operandSegmentSizes = array<i32: 1, 1, 2, 1, 1>}> : (tensor<?x4xf32>, index, index, index, tensor<?x4xf32>, index) -> tensor<?x4xf32>
    "flow.tensor.trace"(%arg14, %arg15, %arg12) <{key = "key", operandSegmentSizes = array<i32: 2, 1>}> : (tensor<?x4xf32>, tensor<4xf32>, index) -> ()
    %22 = "flow.dispatch"(%arg12, %arg14, %arg10, %arg12) <{entry_points = [@ex::@kernel], operandSegmentSizes = array<i32: 1, 2, 1, 0>, tied_operands = [-1 : index]}> : (index, tensor<?x4xf32>, i32, index) -> tensor<4xf32>
    %23:2 = "flow.dispatch"(%arg13, %arg14, %arg12, %arg12, %arg13) <{entry_points = [@ex::@kernel, @ex::@b], operandSegmentSizes = array<i32: 1, 1, 1, 2>, tied_operands = [0 : index, -1 : index]}> {stream.affinity = #hal.device.affinity<@device>} : (index, tensor<?x4xf32>, index, index, index) -> (tensor<?x4xf32>, tensor<?xi32>)
    %24 = "flow.call"(%arg14, %arg12, %arg12, %arg12) <{callee = @g, operandSegmentSizes = array<i32: 2, 1, 1>, tied_operands = [0 : index]}> : (tensor<?x4xf32>, index, index, index) -> tensor<?x4xf32>
    %25 = "flow.parameter.load"(%arg16, %arg16, %arg11) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> : (!util.buffer, !util.buffer, i64) -> tensor<4xf32>
    %26 = "flow.parameter.write"(%arg15, %arg16, %arg11) <{operandSegmentSizes = array<i32: 1, 0, 0, 1, 1>}> : (tensor<4xf32>, !util.buffer, i64) -> tensor<4xf32>
    %27 = "flow.channel.default"() : () -> !flow.channel
    %28 = "flow.channel.split"(%27, %arg12, %arg13) : (!flow.channel, index, index) -> !flow.channel
    %29 = "flow.channel.rank"(%27) : (!flow.channel) -> index
    %30 = "flow.channel.count"(%27) : (!flow.channel) -> index
    %31 = "flow.collective.all_gather"(%arg15, %arg15, %27) <{element_type = 9 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> tensor<4xf32>
    %32 = "flow.collective.all_to_all"(%arg15, %arg15, %27) <{element_type = 11 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> tensor<4xf32>
    %33 = "flow.collective.all_reduce"(%arg15, %arg15, %27) <{element_type = 9 : i32, reduction_op = 1 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> tensor<4xf32>
    %34 = "flow.collective.reduce_scatter"(%arg15, %arg15, %27) <{element_type = 9 : i32, reduction_op = 3 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> tensor<4xf32>
    %35 = "flow.collective.send_recv"(%arg15, %arg15, %27, %arg12, %arg13) <{element_type = 9 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel, index, index) -> tensor<4xf32>
    "util.return"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (tensor<?x4xf32>, index, tensor<4xf32>) -> (tensor<?x4xf32>, tensor<4xf32>), sym_name = "dispatches", sym_visibility = "public", tied_operands = [-1 : index, -1 : index]}> ({
  ^bb0(%arg0: tensor<?x4xf32>, %arg1: index, %arg2: tensor<4xf32>):
    %0:2 = "flow.dispatch.region"(%arg1, %arg1) <{operandSegmentSizes = array<i32: 1, 1>}> ({
      %5 = "arith.addf"(%arg2, %arg2) <{fastmath = #arith.fastmath<none>}> : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      "flow.return"(%arg0, %5) : (tensor<?x4xf32>, tensor<4xf32>) -> ()
    }, {
    ^bb0(%arg9: index):
      "flow.return"(%arg9, %arg9, %arg9) : (index, index, index) -> ()
    }) {x = 2 : i32} : (index, index) -> (tensor<?x4xf32>, tensor<4xf32>)
    "flow.dispatch.region"() <{operandSegmentSizes = array<i32: 0, 0>}> ({
      %4 = "arith.addf"(%arg2, %arg2) <{fastmath = #arith.fastmath<none>}> : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      "flow.return"() {x} : () -> ()
    }, {
    }) : () -> ()
    %1:2 = "flow.dispatch.workgroups"(%arg1, %arg1, %0#0, %arg1, %arg1, %arg1) <{operandSegmentSizes = array<i32: 2, 2, 1, 1>, tied_operands = [0 : index, -1 : index]}> ({
    ^bb0(%arg6: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>, %arg7: index, %arg8: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>):
      %3 = "flow.dispatch.workgroup.id"() <{dimension = 0 : index}> : () -> index
      "flow.return"() : () -> ()
    }, {
    ^bb0(%arg4: index, %arg5: index):
      "flow.return"(%arg4, %arg5, %arg4) : (index, index, index) -> ()
    }) {x = 1 : i32} : (index, index, tensor<?x4xf32>, index, index, index) -> (tensor<?x4xf32>, tensor<4xf32>)
    %2 = "flow.dispatch.workgroups"() <{operandSegmentSizes = array<i32: 0, 0, 0, 0>, tied_operands = [-1 : index]}> ({
    ^bb0(%arg3: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>):
      "flow.return"() : () -> ()
    }, {
    }) : () -> tensor<4xf32>
    "util.return"(%1#0, %2) : (tensor<?x4xf32>, tensor<4xf32>) -> ()
  }) : () -> ()
}) : () -> ()
