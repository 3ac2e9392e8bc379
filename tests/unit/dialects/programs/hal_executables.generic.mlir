#pipeline_layout = #hal.pipeline.layout<bindings = [#hal.pipeline.binding<storage_buffer>]>
"builtin.module"() ({
  "hal.executable.source"() <{objects = #hal.executable.objects<{}>, sym_name = "executable", sym_visibility = "public"}> ({
    "hal.executable.export"() <{condition_fallback = @b, layout = #pipeline_layout, ordinal = 0 : index, source_locs = {a = 1 : i32}, subgroup_size = 3 : index, sym_name = "dispatch", sym_visibility = "public", workgroup_local_memory = 4 : index, workgroup_size = [1 : index, 2 : index]}> ({
    ^bb0(%arg4: !hal.device, %arg5: index):
      %5 = "arith.constant"() <{value = 1 : index}> : () -> index
      "hal.return"(%arg5, %5, %5) : (index, index, index) -> ()
    }, {
    ^bb0(%arg2: !hal.device, %arg3: index):
      %4 = "arith.constant"() <{value = true}> : () -> i1
      "hal.return"(%4) : (i1) -> ()
    }) : () -> ()
    "hal.executable.export"() <{layout = #pipeline_layout, sym_name = "b", sym_visibility = "public"}> ({
    }, {
    }) : () -> ()
    "hal.executable.source_end"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (!hal.device, i32) -> i32, sym_name = "f", sym_visibility = "public", tied_operands = [-1 : index]}> ({
  ^bb0(%arg0: !hal.device, %arg1: i32):
    %0 = "hal.fence.create"(%arg0) <{flags = 0 : i64}> : (!hal.device) -> !hal.fence
    %1 = "hal.fence.create"(%arg0) <{flags = 1 : i64}> : (!hal.device) -> !hal.fence
    %2 = "hal.fence.join"(%0, %1) <{flags = 0 : i64}> : (!hal.fence, !hal.fence) -> !hal.fence
    %3 = "hal.fence.await"(%arg1, %0) <{flags = 0 : i64}> : (i32, !hal.fence) -> i32
    "util.return"(%3) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
