#executable_target_a = #hal.executable.target<"llvm-cpu", "a">
#executable_target_b = #hal.executable.target<"llvm-cpu", "b">
#pipeline_layout = #hal.pipeline.layout<constants = 1, bindings = [#hal.pipeline.binding<storage_buffer, ReadOnly>]>
"builtin.module"() ({
  "util.func"() <{function_type = (tensor<4xi32>, tensor<?xi32>, index, i32) -> (tensor<?xi32>, tensor<4xi32>), sym_name = "f", sym_visibility = "public", tied_operands = [-1 : index, -1 : index]}> ({
  ^bb0(%arg0: tensor<4xi32>, %arg1: tensor<?xi32>, %arg2: index, %arg3: i32):
    %0:2 = "hal.dispatch.extern"(%arg2, %arg0, %arg1, %arg3, %arg2, %arg2) <{export_name = "main", layout = #pipeline_layout, operandSegmentSizes = array<i32: 1, 3, 1, 1>, target_objects = [[#hal.executable.object<{path = "a.o"}>], [#hal.executable.object<{path = "b.o"}>]], target_ordinals = [100 : index, 200 : index], targets = [#executable_target_a, #executable_target_b], tied_operands = [1 : index, -1 : index], workgroup_size = [1 : index, 2 : index]}> ({
    ^bb0(%arg5: !hal.device, %arg6: index):
      "hal.return"(%arg6, %arg6, %arg6) : (index, index, index) -> ()
    }, {
    }, {
    ^bb0(%arg4: !hal.device):
      %1 = "arith.constant"() <{value = true}> : () -> i1
      "hal.return"(%1) : (i1) -> ()
    }) {x} : (index, tensor<4xi32>, tensor<?xi32>, i32, index, index) -> (tensor<?xi32>, tensor<4xi32>)
    "util.return"(%0#0, %0#1) : (tensor<?xi32>, tensor<4xi32>) -> ()
  }) : () -> ()
}) : () -> ()
