#device_target_local = #hal.device.target<"local"> : !hal.device
"builtin.module"() ({
  "util.global"() <{initial_value = #device_target_local, sym_name = "device", sym_visibility = "private", type = !hal.device}> : () -> ()
  "flow.executable"() <{sym_name = "ex", sym_visibility = "private"}> ({
    "flow.executable.export"() <{function_ref = @kernel, sym_name = "kernel", sym_visibility = "public"}> ({
    ^bb0(%arg10: index):
      "flow.return"(%arg10, %arg10, %arg10) : (index, index, index) -> ()
    }) : () -> ()
    "builtin.module"() ({
      "func.func"() <{function_type = (!iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>, index) -> (), sym_name = "kernel"}> ({
      ^bb0(%arg7: !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, %arg8: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>, %arg9: index):
        %30 = "arith.constant"() <{value = 0 : index}> : () -> index
        %31 = "flow.dispatch.workgroup.id"() <{dimension = 0 : index}> : () -> index
        %32 = "flow.dispatch.workgroup.count"() <{dimension = 1 : index}> : () -> index
        %33 = "flow.dispatch.workgroup.size"() <{dimension = 2 : index}> : () -> index
        %34 = "flow.dispatch.tie_shape"(%arg7, %arg9) : (!iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, index) -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>
        "func.return"() : () -> ()
      }) : () -> ()
    }) : () -> ()
    "flow.executable_end"() : () -> ()
  }) : () -> ()
  "flow.func"() <{arg_attrs = [{}, {}], function_type = (tensor<?x4xf32>, index) -> tensor<?x4xf32>, res_attrs = [{}], sym_name = "g", sym_visibility = "private", tied_operands = [0 : index]}> ({
  }) : () -> ()
  "util.func"() <{function_type = (i32, i64, index, index, tensor<?x4xf32>, tensor<4xf32>, !util.buffer) -> (), sym_name = "f", sym_visibility = "private"}> ({
  ^bb0(%arg0: i32, %arg1: i64, %arg2: index, %arg3: index, %arg4: tensor<?x4xf32>, %arg5: tensor<4xf32>, %arg6: !util.buffer):
    %0 = "flow.tensor.constant"() <{value = dense<1> : tensor<4xi32>}> : () -> tensor<4xi32>
    %1 = "flow.tensor.dynamic_constant"() <{value = dense<1> : tensor<4xi32>}> : () -> tensor<?xi32>
    %2 = "flow.tensor.tie_shape"(%arg4, %arg2) : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %3 = "flow.tensor.reshape"(%arg4, %arg2, %arg2) <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (tensor<?x4xf32>, index, index) -> tensor<4x?xf32>
    %4 = "flow.tensor.bitcast"(%arg5) <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (tensor<4xf32>) -> tensor<4xi32>
    %5 = "flow.tensor.load"(%arg4, %arg2, %arg2, %arg3) <{operandSegmentSizes = array<i32: 1, 1, 2>}> : (tensor<?x4xf32>, index, index, index) -> f32
    %6 = "flow.tensor.store"(%5, %arg4, %arg2, %arg2, %arg3) <{operandSegmentSizes = array<i32: 1, 1, 1, 2>}> : (f32, tensor<?x4xf32>, index, index, index) -> tensor<?x4xf32>
    %7 = "flow.tensor.alloca"(%arg2) : (index) -> tensor<?xf32>
    %8 = "flow.tensor.empty"(%arg2) : (index) -> tensor<?xf32>
    %9 = "flow.tensor.splat"(%arg0, %arg2) : (i32, index) -> tensor<?xi32>
    %10 = "flow.tensor.clone"(%arg4, %arg2) {stream.affinity = #hal.device.affinity<@device>} : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %11 = "flow.tensor.encode"(%arg4, %arg2, %arg2) <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (tensor<?x4xf32>, index, index) -> tensor<?x4xf32, 3 : i32>
    %12 = "flow.tensor.barrier"(%arg4, %arg2) <{target = #hal.device.affinity<@device>}> : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %13 = "flow.tensor.transfer"(%arg4, %arg2) <{target = #hal.device.affinity<@device>}> : (tensor<?x4xf32>, index) -> tensor<?x4xf32>
    %14 = "flow.tensor.slice"(%arg4, %arg2, %arg2, %arg3, %arg2, %arg3, %arg2, %arg3) <{operandSegmentSizes = array<i32: 1, 1, 2, 2, 2>}> : (tensor<?x4xf32>, index, index, index, index, index, index, index) -> tensor<?x?xf32>
    %15 = "flow.tensor.update"(%arg4, %arg2, %arg2, %arg3, %arg4, %arg2) <{operandSegmentSizes = array<i32: 1, 1, 2, 1, 1>}> : (tensor<?x4xf32>, index, index, index, tensor<?x4xf32>, index) -> tensor<?x4xf32>
    "flow.tensor.trace"(%arg4, %arg5, %arg2) <{key = "key", operandSegmentSizes = array<i32: 2, 1>}> : (tensor<?x4xf32>, tensor<4xf32>, index) -> ()
    %16 = "flow.dispatch"(%arg2, %arg4, %arg0, %arg2) <{entry_points = [@ex::@kernel], operandSegmentSizes = array<i32: 1, 2, 1, 0>, tied_operands = [-1 : index]}> : (index, tensor<?x4xf32>, i32, index) -> tensor<4xf32>
    %17:2 = "flow.dispatch"(%arg3, %arg4, %arg2, %arg2, %arg3) <{entry_points = [@ex::@kernel, @ex::@b], operandSegmentSizes = array<i32: 1, 1, 1, 2>, tied_operands = [0 : index, -1 : index]}> {stream.affinity = #hal.device.affinity<@device>} : (index, tensor<?x4xf32>, index, index, index) -> (tensor<?x4xf32>, tensor<?xi32>)
    %18 = "flow.call"(%arg4, %arg2, %arg2, %arg2) <{callee = @g, operandSegmentSizes = array<i32: 2, 1, 1>, tied_operands = [0 : index]}> : (tensor<?x4xf32>, index, index, index) -> tensor<?x4xf32>
    %19 = "flow.parameter.load"(%arg6, %arg6, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> : (!util.buffer, !util.buffer, i64) -> tensor<4xf32>
    %20 = "flow.parameter.write"(%arg5, %arg6, %arg1) <{operandSegmentSizes = array<i32: 1, 0, 0, 1, 1>}> : (tensor<4xf32>, !util.buffer, i64) -> tensor<4xf32>
    %21 = "flow.channel.default"() : () -> !flow.channel
    %22 = "flow.channel.split"(%21, %arg2, %arg3) : (!flow.channel, index, index) -> !flow.channel
    %23 = "flow.channel.rank"(%21) : (!flow.channel) -> index
    %24 = "flow.channel.count"(%21) : (!flow.channel) -> index
    %25 = "flow.collective.all_gather"(%arg5, %arg5, %21) <{element_type = 9 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> tensor<4xf32>
    %26 = "flow.collective.all_to_all"(%arg5, %arg5, %21) <{element_type = 11 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> tensor<4xf32>
    %27 = "flow.collective.all_reduce"(%arg5, %arg5, %21) <{element_type = 9 : i32, reduction_op = 1 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> tensor<4xf32>
    %28 = "flow.collective.reduce_scatter"(%arg5, %arg5, %21) <{element_type = 9 : i32, reduction_op = 3 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> tensor<4xf32>
    %29 = "flow.collective.send_recv"(%arg5, %arg5, %21, %arg2, %arg3) <{element_type = 9 : i32, tied_operands = [0 : index]}> : (tensor<4xf32>, tensor<4xf32>, !flow.channel, index, index) -> tensor<4xf32>
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
