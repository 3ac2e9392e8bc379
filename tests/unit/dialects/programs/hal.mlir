#device_target_cuda = #hal.device.target<"cuda"> : !hal.device
#executable_target_embedded_elf_x86_64 = #hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic"}>
#device_target_local_0_ = #hal.device.target<"local", {ordinal = 0 : index}, [#executable_target_embedded_elf_x86_64]> : !hal.device
module {
  util.global private @device_a = #device_target_local_0_
  util.global private @device_b = #device_target_cuda
  util.func private @sink(%arg0: tensor<?xf32>) attributes {hal.abi.convention = #hal.abi.convention<coarse_fences>, one = #executable_target_embedded_elf_x86_64}
  util.func private @f(%arg0: i32, %arg1: index, %arg2: index, %arg3: !hal.device, %arg4: !hal.buffer_view, %arg5: !hal.buffer, %arg6: !hal.fence, %arg7: tensor<?x4xf32>, %arg8: !hal.allocator) {
    %0 = hal.tensor.import %arg4 : !hal.buffer_view -> tensor<?x4xf32>{%arg1}
    %1 = hal.tensor.import on(#hal.device.affinity<@device_a>) wait(%arg6) => consume %arg4 "name" : !hal.buffer_view -> tensor<4xf32> as tensor<4xi32>
    %2 = hal.tensor.export %arg7 : tensor<?x4xf32>{%arg1} -> !hal.buffer_view
    %3 = hal.tensor.export on(#hal.device.affinity<@device_a>) %1 "x" : tensor<4xf32> as tensor<4xi32> -> !hal.buffer_view
    %4 = hal.tensor.alias on(#hal.device.affinity<@device_a>) wait(%arg6) => %1 : tensor<4xi32> to %arg5 : !hal.buffer
    %5:2 = hal.tensor.barrier join(%arg7, %1 : tensor<?x4xf32>, tensor<4xi32>) => %arg6 : !hal.fence
    %6 = hal.tensor.transients %arg7 : tensor<?x4xf32>{%arg1} from %arg5 : !hal.buffer
    %fence = hal.fence.create device(%arg3 : !hal.device) flags("None") : !hal.fence
    %fence_0 = hal.fence.join at([%arg6, %fence]) flags("None") -> !hal.fence
    hal.fence.signal<%arg6 : !hal.fence>
    %status = hal.fence.await until([%arg6, %fence_0]) timeout_millis(%arg0) flags("None") : i32
    %element_type_f32 = hal.element_type<f32> : i32
    %dense_row_major = hal.encoding_type<dense_row_major> : i32
    %view = hal.buffer_view.create buffer(%arg5 : !hal.buffer)[%arg1, %arg2] shape([%arg1, %arg2]) type(%arg0) encoding(%arg0) : !hal.buffer_view
    %buffer = hal.buffer_view.buffer<%arg4 : !hal.buffer_view> : !hal.buffer
    hal.buffer_view.assert<%arg4 : !hal.buffer_view> message("input0") shape([%arg1, %arg2]) type(%arg0) encoding(%arg0)
    %7 = hal.buffer_view.rank<%arg4 : !hal.buffer_view> : index
    %8 = hal.buffer_view.dim<%arg4 : !hal.buffer_view>[1] : index
    %9 = hal.buffer_view.element_type<%arg4 : !hal.buffer_view> : i32
    %10 = hal.buffer_view.encoding_type<%arg4 : !hal.buffer_view> : i32
    hal.buffer_view.trace "t" = %arg4, %arg4 : !hal.buffer_view, !hal.buffer_view
    %length = hal.buffer.length<%arg5 : !hal.buffer> : index
    %buffer_1 = hal.buffer.subspan<%arg5 : !hal.buffer>[%arg1, %arg2] : !hal.buffer
    util.return
  }
}
