#executable_target_a = #hal.executable.target<"llvm-cpu", "a">
#executable_target_b = #hal.executable.target<"llvm-cpu", "b">
#pipeline_layout = #hal.pipeline.layout<constants = 1, bindings = [#hal.pipeline.binding<storage_buffer, ReadOnly>]>
module {
  util.func public @f(%arg0: tensor<4xi32>, %arg1: tensor<?xi32>, %arg2: index, %arg3: i32) -> (tensor<?xi32>, tensor<4xi32>) {
    %0:2 = hal.dispatch.extern "main"[%arg2](%arg0, %arg1, %arg3) : (tensor<4xi32>, tensor<?xi32>{%arg2}, i32) -> (%arg1{%arg2}, tensor<4xi32>) count(%arg4: !hal.device, %arg5: index) -> (index, index, index) {
      hal.return %arg5, %arg5, %arg5 : index, index, index
    } layout(#pipeline_layout) objects({
      #executable_target_a ordinal(100) = [#hal.executable.object<{path = "a.o"}>],
      #executable_target_b if(%arg4: !hal.device) -> i1 {
        %true = arith.constant true
        hal.return %true : i1
      } ordinal(200) = [#hal.executable.object<{path = "b.o"}>]
    }) <workgroup_size = [1 : index, 2 : index]> attributes {x}
    util.return %0#0, %0#1 : tensor<?xi32>, tensor<4xi32>
  }
}
