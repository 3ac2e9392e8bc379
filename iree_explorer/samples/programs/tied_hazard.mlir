// Tied operands: a dispatch rewrites the first half of a buffer in place while others read it. Readers of the
// half that is written must wait (a hazard by byte range); a reader of the other half may share its wave.
#executable_target_embedded_elf_x86_64 = #hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic", cpu_features = "", data_layout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128", iree.encoding.resolver = #iree_cpu.cpu_encoding_resolver<>, max_stack_allocation_size = 32768 : i64, native_vector_size = 16 : i64, target_triple = "x86_64-unknown-unknown-eabi-elf"}>
#map = affine_map<(d0) -> (d0)>
#device_target_local = #hal.device.target<"local", [#executable_target_embedded_elf_x86_64]> : !hal.device
module attributes {stream.affinity.default = #hal.device.affinity<@__device_0>} {
  util.global private @__device_0 = #device_target_local
  stream.executable private @negate_inplace {
    stream.executable.export public @negate_inplace workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @negate_inplace(%arg0: !stream.binding) {
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<512xf32>>
        %1 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0], sizes = [512], strides = [1] : !iree_tensor_ext.dispatch.tensor<readwrite:tensor<512xf32>> -> tensor<512xf32>
        %2 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%1 : tensor<512xf32>) {
        ^bb0(%out: f32):
          %3 = arith.negf %out : f32
          linalg.yield %3 : f32
        } -> tensor<512xf32>
        iree_tensor_ext.dispatch.tensor.store %2, %0, offsets = [0], sizes = [512], strides = [1] : tensor<512xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<512xf32>>
        return
      }
    }
  }
  stream.executable private @double_half {
    stream.executable.export public @double_half workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @double_half(%arg0: !stream.binding, %arg1: !stream.binding) {
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<512xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<512xf32>>
        %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0], sizes = [512], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<512xf32>> -> tensor<512xf32>
        %3 = tensor.empty() : tensor<512xf32>
        %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%2 : tensor<512xf32>) outs(%3 : tensor<512xf32>) {
        ^bb0(%in: f32, %out: f32):
          %5 = arith.addf %in, %in : f32
          linalg.yield %5 : f32
        } -> tensor<512xf32>
        iree_tensor_ext.dispatch.tensor.store %4, %1, offsets = [0], sizes = [512], strides = [1] : tensor<512xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<512xf32>>
        return
      }
    }
  }
  stream.executable private @add_half {
    stream.executable.export public @add_half workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @add_half(%arg0: !stream.binding, %arg1: !stream.binding, %arg2: !stream.binding) {
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<512xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<512xf32>>
        %2 = stream.binding.subspan %arg2[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<512xf32>>
        %3 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0], sizes = [512], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<512xf32>> -> tensor<512xf32>
        %4 = iree_tensor_ext.dispatch.tensor.load %1, offsets = [0], sizes = [512], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<512xf32>> -> tensor<512xf32>
        %5 = tensor.empty() : tensor<512xf32>
        %6 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%3, %4 : tensor<512xf32>, tensor<512xf32>) outs(%5 : tensor<512xf32>) {
        ^bb0(%in: f32, %in_0: f32, %out: f32):
          %7 = arith.addf %in, %in_0 : f32
          linalg.yield %7 : f32
        } -> tensor<512xf32>
        iree_tensor_ext.dispatch.tensor.store %6, %2, offsets = [0], sizes = [512], strides = [1] : tensor<512xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<512xf32>>
        return
      }
    }
  }
  util.func public @main(%arg0: !hal.buffer_view) -> (!hal.buffer_view, !hal.buffer_view) {
    %c0 = arith.constant 0 : index
    %c2048 = arith.constant 2048 : index
    %c4096 = arith.constant 4096 : index
    %0 = stream.tensor.import on(#hal.device.affinity<@__device_0>) %arg0 : !hal.buffer_view -> tensor<1024xf32> in !stream.resource<external>{%c4096}
    %1 = stream.async.clone on(#hal.device.affinity<@__device_0>) %0 : !stream.resource<external>{%c4096} -> !stream.resource<external>{%c4096}
    %2 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @double_half::@double_half(%1[%c0 to %c2048 for %c2048]) : (!stream.resource<external>{%c4096}) -> !stream.resource<transient>{%c2048}
    %3 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @double_half::@double_half(%1[%c2048 to %c4096 for %c2048]) : (!stream.resource<external>{%c4096}) -> !stream.resource<transient>{%c2048}
    %4 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @negate_inplace::@negate_inplace(%1[%c0 to %c2048 for %c2048]) : (!stream.resource<external>{%c4096}) -> %1{%c4096}
    %5 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @add_half::@add_half(%2[%c0 to %c2048 for %c2048], %3[%c0 to %c2048 for %c2048]) : (!stream.resource<transient>{%c2048}, !stream.resource<transient>{%c2048}) -> !stream.resource<external>{%c2048}
    %6 = stream.tensor.export on(#hal.device.affinity<@__device_0>) %4 : tensor<1024xf32> in !stream.resource<external>{%c4096} -> !hal.buffer_view
    %7 = stream.tensor.export on(#hal.device.affinity<@__device_0>) %5 : tensor<512xf32> in !stream.resource<external>{%c2048} -> !hal.buffer_view
    util.return %6, %7 : !hal.buffer_view, !hal.buffer_view
  }
}
