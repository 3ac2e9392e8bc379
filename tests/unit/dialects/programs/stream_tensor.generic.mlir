#device_target_local = #hal.device.target<"local"> : !hal.device
"builtin.module"() ({
  "util.global"() <{initial_value = #device_target_local, sym_name = "device", sym_visibility = "private", type = !hal.device}> : () -> ()
  "stream.executable"() <{sym_name = "ex", sym_visibility = "private"}> ({
    "stream.executable.export"() <{function_ref = @kernel, sym_name = "kernel", sym_visibility = "public"}> ({
    }) : () -> ()
    "stream.executable.end"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (i32, index, index, index, !stream.resource<*>, !stream.resource<transient>, !stream.resource<staging>, !stream.timepoint, !hal.buffer_view, !hal.fence, !util.buffer, !stream.file) -> (), sym_name = "f", sym_visibility = "private"}> ({
  ^bb0(%arg0: i32, %arg1: index, %arg2: index, %arg3: index, %arg4: !stream.resource<*>, %arg5: !stream.resource<transient>, %arg6: !stream.resource<staging>, %arg7: !stream.timepoint, %arg8: !hal.buffer_view, %arg9: !hal.fence, %arg10: !util.buffer, %arg11: !stream.file):
    %0 = "stream.tensor.import"(%arg8, %arg1, %arg2) <{result_encoding = tensor<?x5xf32>}> : (!hal.buffer_view, index, index) -> !stream.resource<external>
    %1 = "stream.tensor.import"(%arg8, %arg2) <{affinity = #hal.device.affinity<@device>, consume, result_encoding = tensor<5xf32>}> : (!hal.buffer_view, index) -> !stream.resource<external>
    %2 = "stream.tensor.export"(%0, %arg1, %arg2) <{source_encoding = tensor<?x5xf32>}> : (!stream.resource<external>, index, index) -> tensor<?x5xf32>
    %3 = "stream.tensor.export"(%1, %arg2) <{affinity = #hal.device.affinity<@device>, source_encoding = tensor<5xf32>}> : (!stream.resource<external>, index) -> !hal.buffer_view
    "stream.tensor.trace"(%arg6, %arg6, %arg2, %arg2, %arg1) <{key = "key", operandSegmentSizes = array<i32: 2, 2, 1>, resource_encodings = [tensor<?x5xf32>, tensor<5xf32>]}> : (!stream.resource<staging>, !stream.resource<staging>, index, index, index) -> ()
    %4 = "stream.tensor.sizeof"(%arg1, %arg2) <{encoding = tensor<?x?xf32>}> : (index, index) -> index
    %5 = "stream.tensor.sizeof"() <{affinity = #hal.device.affinity<@device>, encoding = tensor<4xf32>}> : () -> index
    %6 = "stream.tensor.empty"(%arg1, %arg2) <{result_encoding = tensor<?xf32>}> : (index, index) -> !stream.resource<*>
    %7 = "stream.tensor.constant"(%arg1) <{result_encoding = tensor<?x2xi32>, value = dense<1> : tensor<2x2xi32>}> : (index) -> !stream.resource<constant>
    %8 = "stream.tensor.splat"(%arg0, %arg1, %arg2) <{result_encoding = tensor<?xi32>}> : (i32, index, index) -> !stream.resource<*>
    %9 = "stream.tensor.clone"(%arg4, %arg1, %arg2, %arg1, %arg2) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>, result_encoding = tensor<1x?xf32>, source_encoding = tensor<?xf32>}> : (!stream.resource<*>, index, index, index, index) -> !stream.resource<transient>
    %10 = "stream.tensor.encode"(%arg4, %arg1, %arg2, %arg1, %arg2) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>, result_encoding = tensor<?xf32, 3 : i32>, source_encoding = tensor<?xf32>}> : (!stream.resource<*>, index, index, index, index) -> !stream.resource<*>
    %11 = "stream.tensor.slice"(%arg4, %arg1, %arg2, %arg2, %arg1, %arg2, %arg3, %arg3, %arg3, %arg3, %arg2) <{operandSegmentSizes = array<i32: 1, 2, 1, 2, 2, 2, 1>, result_encoding = tensor<?x?xf32>, source_encoding = tensor<?x?xf32>}> : (!stream.resource<*>, index, index, index, index, index, index, index, index, index, index) -> !stream.resource<*>
    %12 = "stream.tensor.fill"(%arg4, %arg1, %arg2, %arg1, %arg2, %arg0) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1>, target_encoding = tensor<?xi32>}> : (!stream.resource<*>, index, index, index, index, i32) -> !stream.resource<*>
    %13 = "stream.tensor.fill"(%arg4, %arg2, %arg0) <{operandSegmentSizes = array<i32: 1, 0, 1, 0, 0, 1>, target_encoding = tensor<i32>}> : (!stream.resource<*>, index, i32) -> !stream.resource<*>
    %14 = "stream.tensor.update"(%arg4, %arg1, %arg2, %arg1, %arg5, %arg3, %arg2) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1>, target_encoding = tensor<?xi32>, update_encoding = tensor<?xi32>}> : (!stream.resource<*>, index, index, index, !stream.resource<transient>, index, index) -> !stream.resource<*>
    %15 = "stream.tensor.load"(%arg6, %arg1, %arg2, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>, source_encoding = tensor<?xi32>}> : (!stream.resource<staging>, index, index, index) -> i32
    %16 = "stream.tensor.load"(%arg6, %arg2) <{operandSegmentSizes = array<i32: 1, 0, 1, 0>, source_encoding = tensor<vector<4xf32>>}> : (!stream.resource<staging>, index) -> vector<4xf32>
    %17 = "stream.tensor.store"(%arg6, %arg1, %arg2, %arg1, %arg2, %arg0) <{operandSegmentSizes = array<i32: 1, 1, 1, 2, 1>, target_encoding = tensor<?x2xi32>}> : (!stream.resource<staging>, index, index, index, index, i32) -> !stream.resource<staging>
    %18 = "stream.tensor.dispatch"(%arg1, %arg4, %arg0, %arg2, %arg1, %arg3, %arg1) <{entry_points = [@ex::@kernel], operandSegmentSizes = array<i32: 1, 2, 1, 1, 1, 1>, operand_encodings = [tensor<?xf32>, !util.unused], result_encodings = [tensor<?xf32>], tied_operands = [-1 : index]}> : (index, !stream.resource<*>, i32, index, index, index, index) -> !stream.resource<*>
    %19:2 = "stream.tensor.dispatch"(%arg4, %arg2, %arg1, %arg2, %arg3, %arg1) <{affinity = #hal.device.affinity<@device>, entry_points = [@ex::@kernel, @ex::@other], operandSegmentSizes = array<i32: 0, 1, 1, 1, 2, 1>, operand_encodings = [tensor<?xf32>], result_encodings = [tensor<?xf32>, tensor<4xf32>], tied_operands = [0 : index, -1 : index]}> : (!stream.resource<*>, index, index, index, index, index) -> (!stream.resource<*>, !stream.resource<external>)
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
