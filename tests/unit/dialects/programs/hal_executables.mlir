#pipeline_layout = #hal.pipeline.layout<bindings = [#hal.pipeline.binding<storage_buffer>]>
module {
  hal.executable.source public @executable <objects = <{}>> {
    hal.executable.export public @dispatch ordinal(0) layout(#pipeline_layout) condition(%arg0: !hal.device, %arg1: index) -> i1 {
      %true = arith.constant true
      hal.return %true : i1
    } fallback(@b) count(%arg0: !hal.device, %arg1: index) -> (index, index, index) {
      %c1 = arith.constant 1 : index
      hal.return %arg1, %c1, %c1 : index, index, index
    } <workgroup_size = [1 : index, 2 : index], subgroup_size = 3, workgroup_local_memory = 4, source_locs = {a = 1 : i32}>
    hal.executable.export public @b layout(#pipeline_layout)
  }
  util.func public @f(%arg0: !hal.device, %arg1: i32) -> i32 {
    %fence = hal.fence.create device(%arg0 : !hal.device) flags("None") : !hal.fence
    %fence_0 = hal.fence.create device(%arg0 : !hal.device) flags(Reserved) : !hal.fence
    %fence_1 = hal.fence.join at([%fence, %fence_0]) flags("None") -> !hal.fence
    %status = hal.fence.await until([%fence]) timeout_millis(%arg1) flags("None") : i32
    util.return %status : i32
  }
}
