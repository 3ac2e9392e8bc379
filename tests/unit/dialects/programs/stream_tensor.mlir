#device_target_local = #hal.device.target<"local"> : !hal.device
module {
  util.global private @device = #device_target_local
  stream.executable private @ex {
    stream.executable.export public @kernel 
  }
  util.func private @f(%arg0: i32, %arg1: index, %arg2: index, %arg3: index, %arg4: !stream.resource<*>, %arg5: !stream.resource<transient>, %arg6: !stream.resource<staging>, %arg7: !stream.timepoint, %arg8: !hal.buffer_view, %arg9: !hal.fence, %arg10: !util.buffer, %arg11: !stream.file) {
    %0 = stream.tensor.import %arg8 : !hal.buffer_view -> tensor<?x5xf32>{%arg1} in !stream.resource<external>{%arg2}
    %1 = stream.tensor.import on(#hal.device.affinity<@device>) consume %arg8 : !hal.buffer_view -> tensor<5xf32> in !stream.resource<external>{%arg2}
    %2 = stream.tensor.export %0 : tensor<?x5xf32>{%arg1} in !stream.resource<external>{%arg2} -> tensor<?x5xf32>
    %3 = stream.tensor.export on(#hal.device.affinity<@device>) %1 : tensor<5xf32> in !stream.resource<external>{%arg2} -> !hal.buffer_view
    stream.tensor.trace "key" = [
      %arg6 : tensor<?x5xf32>{%arg1} in !stream.resource<staging>{%arg2},
      %arg6 : tensor<5xf32> in !stream.resource<staging>{%arg2}
    ]
    %4 = stream.tensor.sizeof tensor<?x?xf32>{%arg1, %arg2} : index
    %5 = stream.tensor.sizeof on(#hal.device.affinity<@device>) tensor<4xf32> : index
    %empty = stream.tensor.empty : tensor<?xf32>{%arg1} in !stream.resource<*>{%arg2}
    %cst = stream.tensor.constant : tensor<?x2xi32>{%arg1} in !stream.resource<constant> = dense<1> : tensor<2x2xi32>
    %6 = stream.tensor.splat %arg0 : i32 -> tensor<?xi32>{%arg1} in !stream.resource<*>{%arg2}
    %7 = stream.tensor.clone %arg4 : tensor<?xf32>{%arg1} in !stream.resource<*>{%arg2} -> tensor<1x?xf32>{%arg1} in !stream.resource<transient>{%arg2}
    %8 = stream.tensor.encode %arg4 : tensor<?xf32>{%arg1} in !stream.resource<*>{%arg2} -> tensor<?xf32, 3 : i32>{%arg1} in !stream.resource<*>{%arg2}
    %9 = stream.tensor.slice %arg4[%arg1, %arg2 for %arg3, %arg3] : tensor<?x?xf32>{%arg1, %arg2} in !stream.resource<*>{%arg2} -> tensor<?x?xf32>{%arg3, %arg3} in !stream.resource<*>{%arg2}
    %10 = stream.tensor.fill %arg0, %arg4[%arg1 for %arg2] : i32 -> tensor<?xi32>{%arg1} in %arg4 as !stream.resource<*>{%arg2}
    %11 = stream.tensor.fill %arg0, %arg4 : i32 -> tensor<i32> in %arg4 as !stream.resource<*>{%arg2}
    %12 = stream.tensor.update %arg5, %arg4[%arg1] : tensor<?xi32>{%arg3} in !stream.resource<transient>{%arg2} -> tensor<?xi32>{%arg1} in %arg4 as !stream.resource<*>{%arg2}
    %13 = stream.tensor.load %arg6[%arg1] : tensor<?xi32>{%arg1} in !stream.resource<staging>{%arg2} -> i32
    %14 = stream.tensor.load %arg6 : tensor<vector<4xf32>> in !stream.resource<staging>{%arg2} -> vector<4xf32>
    %15 = stream.tensor.store %arg0, %arg6[%arg1, %arg2] : i32 -> tensor<?x2xi32>{%arg1} in %arg6 as !stream.resource<staging>{%arg2}
    %16 = stream.tensor.dispatch @ex::@kernel[%arg1](%arg4, %arg0) : (tensor<?xf32>{%arg1} in !stream.resource<*>{%arg2}, i32) -> tensor<?xf32>{%arg1} in !stream.resource<*>{%arg3}
    %17:2 = stream.tensor.dispatch on(#hal.device.affinity<@device>) {@ex::@kernel, @ex::@other}(%arg4) : (tensor<?xf32>{%arg1} in !stream.resource<*>{%arg2}) -> (tensor<?xf32>{%arg1} in %arg4{%arg2}, tensor<4xf32> in !stream.resource<external>{%arg3})
    util.return
  }
}
