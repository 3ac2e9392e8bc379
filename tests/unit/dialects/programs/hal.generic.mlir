#device_target_cuda = #hal.device.target<"cuda"> : !hal.device
#executable_target_embedded_elf_x86_64 = #hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic"}>
#device_target_local_0_ = #hal.device.target<"local", {ordinal = 0 : index}, [#executable_target_embedded_elf_x86_64]> : !hal.device
"builtin.module"() ({
  "util.global"() <{initial_value = #device_target_local_0_, sym_name = "device_a", sym_visibility = "private", type = !hal.device}> : () -> ()
  "util.global"() <{initial_value = #device_target_cuda, sym_name = "device_b", sym_visibility = "private", type = !hal.device}> : () -> ()
  "util.func"() <{function_type = (tensor<?xf32>) -> (), sym_name = "sink", sym_visibility = "private"}> ({
  }) {hal.abi.convention = #hal.abi.convention<coarse_fences>, one = #executable_target_embedded_elf_x86_64} : () -> ()
  "util.func"() <{function_type = (i32, index, index, !hal.device, !hal.buffer_view, !hal.buffer, !hal.fence, tensor<?x4xf32>, !hal.allocator) -> (), sym_name = "f", sym_visibility = "private"}> ({
  ^bb0(%arg0: i32, %arg1: index, %arg2: index, %arg3: !hal.device, %arg4: !hal.buffer_view, %arg5: !hal.buffer, %arg6: !hal.fence, %arg7: tensor<?x4xf32>, %arg8: !hal.allocator):
    %0 = "hal.tensor.import"(%arg4, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 0, 0>, target_encoding = tensor<?x4xf32>}> : (!hal.buffer_view, index) -> tensor<?x4xf32>
    %1 = "hal.tensor.import"(%arg4, %arg6) <{affinity = #hal.device.affinity<@device_a>, consume, name = "name", operandSegmentSizes = array<i32: 1, 0, 1, 0>, target_encoding = tensor<4xf32>}> : (!hal.buffer_view, !hal.fence) -> tensor<4xi32>
    %2 = "hal.tensor.export"(%arg7, %arg1) <{source_encoding = tensor<?x4xf32>}> : (tensor<?x4xf32>, index) -> !hal.buffer_view
    %3 = "hal.tensor.export"(%1) <{affinity = #hal.device.affinity<@device_a>, name = "x", source_encoding = tensor<4xf32>}> : (tensor<4xi32>) -> !hal.buffer_view
    %4 = "hal.tensor.alias"(%1, %arg5, %arg6) <{affinity = #hal.device.affinity<@device_a>, operandSegmentSizes = array<i32: 1, 0, 1, 1>}> : (tensor<4xi32>, !hal.buffer, !hal.fence) -> tensor<4xi32>
    %5:2 = "hal.tensor.barrier"(%arg7, %1, %arg6) : (tensor<?x4xf32>, tensor<4xi32>, !hal.fence) -> (tensor<?x4xf32>, tensor<4xi32>)
    %6 = "hal.tensor.transients"(%arg7, %arg1, %arg5) : (tensor<?x4xf32>, index, !hal.buffer) -> tensor<?x4xf32>
    %7 = "hal.fence.create"(%arg3) <{flags = 0 : i64}> : (!hal.device) -> !hal.fence
    %8 = "hal.fence.join"(%arg6, %7) <{flags = 0 : i64}> : (!hal.fence, !hal.fence) -> !hal.fence
    "hal.fence.signal"(%arg6) : (!hal.fence) -> ()
    %9 = "hal.fence.await"(%arg0, %arg6, %8) <{flags = 0 : i64}> : (i32, !hal.fence, !hal.fence) -> i32
    %10 = "hal.element_type"() <{type = f32}> : () -> i32
    %11 = "hal.encoding_type"() : () -> i32
    %12 = "hal.buffer_view.create"(%arg5, %arg1, %arg2, %arg0, %arg0, %arg1, %arg2) : (!hal.buffer, index, index, i32, i32, index, index) -> !hal.buffer_view
    %13 = "hal.buffer_view.buffer"(%arg4) : (!hal.buffer_view) -> !hal.buffer
    "hal.buffer_view.assert"(%arg4, %arg0, %arg0, %arg1, %arg2) <{message = "input0"}> : (!hal.buffer_view, i32, i32, index, index) -> ()
    %14 = "hal.buffer_view.rank"(%arg4) : (!hal.buffer_view) -> index
    %15 = "hal.buffer_view.dim"(%arg4) <{index = 1 : index}> : (!hal.buffer_view) -> index
    %16 = "hal.buffer_view.element_type"(%arg4) : (!hal.buffer_view) -> i32
    %17 = "hal.buffer_view.encoding_type"(%arg4) : (!hal.buffer_view) -> i32
    "hal.buffer_view.trace"(%arg4, %arg4) <{key = "t"}> : (!hal.buffer_view, !hal.buffer_view) -> ()
    %18 = "hal.buffer.length"(%arg5) : (!hal.buffer) -> index
    %19 = "hal.buffer.subspan"(%arg5, %arg1, %arg2) : (!hal.buffer, index, index) -> !hal.buffer
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
