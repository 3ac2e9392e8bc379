#device_target_local = #hal.device.target<"local"> : !hal.device
module {
  util.global private @device = #device_target_local
  flow.executable private @ex {
    flow.executable.export public @kernel workgroups(%arg0: index) -> (index, index, index) {
      flow.return %arg0, %arg0, %arg0 : index, index, index
    }
    builtin.module {
      func.func @kernel(%arg0: !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, %arg1: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>, %arg2: index) {
        %c0 = arith.constant 0 : index
        %workgroup_id_0 = flow.dispatch.workgroup.id[0] : index
        %workgroup_count_1 = flow.dispatch.workgroup.count[1] : index
        %workgroup_size_2 = flow.dispatch.workgroup.size[2] : index
        %0 = flow.dispatch.tie_shape %arg0 : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>{%arg2}
        return
      }
    }
  }
  flow.func private @g(%arg0: tensor<?x4xf32>, %arg1: index) -> %arg0
  util.func private @f(%arg0: i32, %arg1: i64, %arg2: index, %arg3: index, %arg4: tensor<?x4xf32>, %arg5: tensor<4xf32>, %arg6: !util.buffer) {
    %0 = flow.tensor.constant dense<1> : tensor<4xi32>
    %1 = flow.tensor.dynamic_constant dense<1> : tensor<4xi32> -> tensor<?xi32>
    %2 = flow.tensor.tie_shape %arg4 : tensor<?x4xf32>{%arg2}
    %3 = flow.tensor.reshape %arg4 : tensor<?x4xf32>{%arg2} -> tensor<4x?xf32>{%arg2}
    %4 = flow.tensor.bitcast %arg5 : tensor<4xf32> -> tensor<4xi32>
    %5 = flow.tensor.load %arg4[%arg2, %arg3] : tensor<?x4xf32>{%arg2}
    %6 = flow.tensor.store %5, %arg4[%arg2, %arg3] : tensor<?x4xf32>{%arg2}
    %7 = flow.tensor.alloca : tensor<?xf32>{%arg2}
    %8 = flow.tensor.empty : tensor<?xf32>{%arg2}
    %9 = flow.tensor.splat %arg0 : tensor<?xi32>{%arg2}
    %10 = flow.tensor.clone %arg4 : tensor<?x4xf32>{%arg2} attributes {stream.affinity = #hal.device.affinity<@device>}
    %11 = flow.tensor.encode %arg4 : tensor<?x4xf32>{%arg2} -> tensor<?x4xf32, 3 : i32>{%arg2}
    %12 = flow.tensor.barrier %arg4 : tensor<?x4xf32>{%arg2} on #hal.device.affinity<@device>
    %13 = flow.tensor.transfer %arg4 : tensor<?x4xf32>{%arg2} to #hal.device.affinity<@device>
    %14 = flow.tensor.slice %arg4[%arg2, %arg3 for %arg2, %arg3] : tensor<?x4xf32>{%arg2} -> tensor<?x?xf32>{%arg2, %arg3}
    %15 = flow.tensor.update %arg4, %arg4[%arg2, %arg3] : tensor<?x4xf32>{%arg2} -> %arg4 as tensor<?x4xf32>{%arg2}
    flow.tensor.trace "key" = [%arg4 : tensor<?x4xf32>{%arg2}, %arg5 : tensor<4xf32>]
    %16 = flow.dispatch @ex::@kernel[%arg2](%arg4, %arg0) : (tensor<?x4xf32>{%arg2}, i32) -> tensor<4xf32>
    %17:2 = flow.dispatch {@ex::@kernel, @ex::@b}[%arg3](%arg4) {stream.affinity = #hal.device.affinity<@device>} : (tensor<?x4xf32>{%arg2}) -> (%arg4{%arg2}, tensor<?xi32>{%arg3})
    %18 = flow.call @g(%arg4, %arg2) : (tensor<?x4xf32>{%arg2}, index) -> %arg4{%arg2}
    %19 = flow.parameter.load %arg6::%arg6[%arg1] : tensor<4xf32>
    %20 = flow.parameter.write %arg5 -> %arg6[%arg1] : tensor<4xf32>
    %default_channel = flow.channel.default : !flow.channel
    %channel = flow.channel.split %default_channel, %arg2, %arg3 : !flow.channel -> !flow.channel
    %channel_rank = flow.channel.rank %default_channel : index
    %channel_count = flow.channel.count %default_channel : index
    %21 = flow.collective.all_gather f32, %arg5, %arg5, %default_channel : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> %arg5 as tensor<4xf32>
    %22 = flow.collective.all_to_all bf16, %arg5, %arg5, %default_channel : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> %arg5 as tensor<4xf32>
    %23 = flow.collective.all_reduce sum, f32, %arg5, %arg5, %default_channel : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> %arg5 as tensor<4xf32>
    %24 = flow.collective.reduce_scatter minimum, f32, %arg5, %arg5, %default_channel : (tensor<4xf32>, tensor<4xf32>, !flow.channel) -> %arg5 as tensor<4xf32>
    %25 = flow.collective.send_recv f32, %arg5, %arg5, %default_channel, %arg2, %arg3 : (tensor<4xf32>, tensor<4xf32>, !flow.channel, index, index) -> %arg5 as tensor<4xf32>
    util.return
  }
  util.func public @dispatches(%arg0: tensor<?x4xf32>, %arg1: index, %arg2: tensor<4xf32>) -> (tensor<?x4xf32>, tensor<4xf32>) {
    %0:2 = flow.dispatch.region[%arg1] -> (tensor<?x4xf32>{%arg1}, tensor<4xf32>) attributes {x = 2 : i32} {
      %3 = arith.addf %arg2, %arg2 : tensor<4xf32>
      flow.return %arg0, %3 : tensor<?x4xf32>, tensor<4xf32>
    } count(%arg3: index) -> (index, index, index) {
      flow.return %arg3, %arg3, %arg3 : index, index, index
    }
    flow.dispatch.region -> () {
      %3 = arith.addf %arg2, %arg2 : tensor<4xf32>
      flow.return {x}
    }
    %1:2 = flow.dispatch.workgroups[%arg1, %arg1](%0#0, %arg1) : (tensor<?x4xf32>{%arg1}, index) -> (%0#0{%arg1}, tensor<4xf32>) attributes {x = 1 : i32} =
        (%arg3: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?x4xf32>>, %arg4: index, %arg5: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>) {
      %workgroup_id_0 = flow.dispatch.workgroup.id[0] : index
      flow.return
    } count(%arg3: index, %arg4: index) -> (index, index, index) {
      flow.return %arg3, %arg4, %arg3 : index, index, index
    }
    %2 = flow.dispatch.workgroups() : () -> tensor<4xf32> =
        (%arg3: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>) {
      flow.return
    }
    util.return %1#0, %2 : tensor<?x4xf32>, tensor<4xf32>
  }
}
