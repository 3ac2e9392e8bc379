#executable_target_elf = #hal.executable.target<"llvm-cpu", "elf">
#pipeline_layout = #hal.pipeline.layout<bindings = [#hal.pipeline.binding<storage_buffer>]>
"builtin.module"() ({
  "hal.executable"() <{sym_name = "kernels", sym_visibility = "private"}> ({
    "hal.executable.variant"() <{sym_name = "cpu", sym_visibility = "public", target = #executable_target_elf}> ({
      "hal.executable.export"() <{layout = #pipeline_layout, ordinal = 0 : index, sym_name = "kernel", sym_visibility = "public"}> ({
      }, {
      }) : () -> ()
      "hal.executable.variant_end"() : () -> ()
    }) : () -> ()
    "hal.executable_end"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (!hal.allocator, !hal.device, i64, !util.buffer, index) -> (), sym_name = "allocators", sym_visibility = "private"}> ({
  ^bb0(%arg29: !hal.allocator, %arg30: !hal.device, %arg31: i64, %arg32: !util.buffer, %arg33: index):
    %18 = "hal.memory_type"() <{type = 48 : i32}> : () -> i32
    %19 = "hal.memory_type"() <{type = 16 : i32}> : () -> i32
    %20 = "hal.memory_type"() <{type = 0 : i32}> {a} : () -> i32
    %21 = "hal.buffer_usage"() <{usage = 3075 : i32}> : () -> i32
    %22:2 = "hal.allocator.select"(%arg30, %arg30, %arg31, %arg31, %18, %21) : (!hal.device, !hal.device, i64, i64, i32, i32) -> (!hal.device, i64)
    %23 = "hal.allocator.allocate"(%arg29, %arg31, %18, %21, %arg33) : (!hal.allocator, i64, i32, i32, index) -> !hal.buffer
    %24:2 = "hal.allocator.import"(%arg29, %arg31, %18, %21, %arg32, %arg33, %arg33) : (!hal.allocator, i64, i32, i32, !util.buffer, index, index) -> (i1, !hal.buffer)
    %25:2 = "hal.allocator.resolve_memory_properties"() <{affinity = #hal.device.affinity<@device>, lifetime = 3 : i32}> : () -> (i32, i32)
    %26:2 = "hal.allocator.resolve_memory_properties"() <{lifetime = 0 : i32}> {a} : () -> (i32, i32)
    "hal.buffer.assert"(%23, %arg29, %arg33) <{buffer_usage = 150994947 : i32, memory_types = 16 : i32, message = "tensor"}> : (!hal.buffer, !hal.allocator, index) -> ()
    "hal.buffer.allocation.preserve"(%23) : (!hal.buffer) -> ()
    %27 = "hal.buffer.allocation.discard"(%23) : (!hal.buffer) -> i1
    %28 = "hal.buffer.allocation.is_terminal"(%23) : (!hal.buffer) -> i1
    %29 = "hal.buffer.load"(%23, %arg33) : (!hal.buffer, index) -> vector<4xf32>
    "hal.buffer.store"(%29, %23, %arg33) : (vector<4xf32>, !hal.buffer, index) -> ()
    "util.return"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (!hal.device, i64, !util.buffer, i32) -> (), sym_name = "channels", sym_visibility = "private"}> ({
  ^bb0(%arg25: !hal.device, %arg26: i64, %arg27: !util.buffer, %arg28: i32):
    %15 = "hal.channel.create"(%arg25, %arg26, %arg27, %arg27, %arg28, %arg28) <{flags = 0 : i64}> : (!hal.device, i64, !util.buffer, !util.buffer, i32, i32) -> !hal.channel
    %16 = "hal.channel.split"(%15, %arg28, %arg28) <{flags = 1 : i64}> : (!hal.channel, i32, i32) -> !hal.channel
    %17:2 = "hal.channel.rank_and_count"(%16) : (!hal.channel) -> (i32, i32)
    "util.return"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (!hal.device, i64, index, !hal.buffer, !util.buffer, i32, !hal.executable, !hal.channel) -> (), sym_name = "commands", sym_visibility = "private"}> ({
  ^bb0(%arg17: !hal.device, %arg18: i64, %arg19: index, %arg20: !hal.buffer, %arg21: !util.buffer, %arg22: i32, %arg23: !hal.executable, %arg24: !hal.channel):
    %12 = "hal.command_buffer.create"(%arg17, %arg18) <{command_categories = 3 : i32, modes = 17 : i32}> : (!hal.device, i64) -> !hal.command_buffer
    %13 = "hal.command_buffer.create"(%arg17, %arg18, %arg19) <{command_categories = 2 : i32, modes = 0 : i32}> : (!hal.device, i64, index) -> !hal.command_buffer
    %14 = "hal.command_buffer.device"(%12) : (!hal.command_buffer) -> !hal.device
    "hal.command_buffer.begin_debug_group"(%12) <{label = "group"}> : (!hal.command_buffer) -> ()
    "hal.command_buffer.execution_barrier"(%12) <{flags = 0 : i64, source_stage_mask = 28 : i32, target_stage_mask = 1 : i32}> : (!hal.command_buffer) -> ()
    "hal.command_buffer.fill_buffer"(%12, %arg20, %arg19, %arg19, %arg22) <{flags = 0 : i64}> : (!hal.command_buffer, !hal.buffer, index, index, i32) -> ()
    "hal.command_buffer.update_buffer"(%12, %arg21, %arg19, %arg19, %arg19, %arg19, %arg19) <{flags = 0 : i64}> : (!hal.command_buffer, !util.buffer, index, index, index, index, index) -> ()
    "hal.command_buffer.copy_buffer"(%12, %arg20, %arg19, %arg19, %arg19, %arg19) <{flags = 0 : i64}> : (!hal.command_buffer, !hal.buffer, index, index, index, index) -> ()
    "hal.command_buffer.collective"(%12, %arg24, %arg19, %arg20, %arg19, %arg19, %arg19, %arg19, %arg19) <{op = #hal.collective<all_reduce with sum : f32>, operandSegmentSizes = array<i32: 1, 1, 1, 0, 1, 1, 1, 1, 1, 1>}> : (!hal.command_buffer, !hal.channel, index, !hal.buffer, index, index, index, index, index) -> ()
    "hal.command_buffer.collective"(%12, %arg24, %arg19, %arg22, %arg20, %arg19, %arg19) <{op = #hal.collective<send : bf16>, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 0, 0, 0>}> : (!hal.command_buffer, !hal.channel, index, i32, !hal.buffer, index, index) -> ()
    "hal.command_buffer.dispatch"(%12, %arg23, %arg18, %arg19, %arg19, %arg19, %arg22, %arg22, %arg20, %arg19, %arg19, %arg19, %arg19, %arg19) <{flags = 0 : i64, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 2, 2, 2, 2>}> : (!hal.command_buffer, !hal.executable, i64, index, index, index, i32, i32, !hal.buffer, index, index, index, index, index) -> ()
    "hal.command_buffer.dispatch.indirect"(%12, %arg23, %arg18, %arg20, %arg19, %arg20, %arg19, %arg19) <{flags = 1 : i64, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 0, 1, 1, 1>}> {a} : (!hal.command_buffer, !hal.executable, i64, !hal.buffer, index, !hal.buffer, index, index) -> ()
    "hal.command_buffer.end_debug_group"(%12) : (!hal.command_buffer) -> ()
    "hal.command_buffer.finalize"(%12) : (!hal.command_buffer) -> ()
    "util.return"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (!hal.device, i64, !hal.fence, !hal.fence, i32, index, !util.buffer, !hal.command_buffer, i8) -> (), sym_name = "queues", sym_visibility = "private"}> ({
  ^bb0(%arg8: !hal.device, %arg9: i64, %arg10: !hal.fence, %arg11: !hal.fence, %arg12: i32, %arg13: index, %arg14: !util.buffer, %arg15: !hal.command_buffer, %arg16: i8):
    %9 = "hal.ex.file.from_memory"(%arg8, %arg9, %arg14, %arg13, %arg13, %arg12) <{access = 3 : i32}> : (!hal.device, i64, !util.buffer, index, index, i32) -> !hal.file
    %10 = "hal.device.queue.alloca"(%arg8, %arg9, %arg10, %arg11, %arg9, %arg12, %arg12, %arg13) <{flags = 1 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, i64, i32, i32, index) -> !hal.buffer
    "hal.device.queue.fill"(%arg8, %arg9, %arg10, %arg11, %10, %arg13, %arg13, %arg16) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.buffer, index, index, i8) -> ()
    "hal.device.queue.update"(%arg8, %arg9, %arg10, %arg11, %arg14, %arg13, %10, %arg13, %arg13) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !util.buffer, index, !hal.buffer, index, index) -> ()
    "hal.device.queue.copy"(%arg8, %arg9, %arg10, %arg11, %10, %arg13, %10, %arg13, %arg13) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.buffer, index, !hal.buffer, index, index) -> ()
    "hal.device.queue.read"(%arg8, %arg9, %arg10, %arg11, %9, %arg9, %10, %arg13, %arg13) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.file, i64, !hal.buffer, index, index) -> ()
    "hal.device.queue.write"(%arg8, %arg9, %arg10, %arg11, %10, %arg13, %9, %arg9, %arg13) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.buffer, index, !hal.file, i64, index) -> ()
    "hal.device.queue.barrier"(%arg8, %arg9, %arg10, %arg11) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence) -> ()
    "hal.device.queue.execute"(%arg8, %arg9, %arg10, %arg11, %arg15) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.command_buffer) -> ()
    "hal.device.queue.execute.indirect"(%arg8, %arg9, %arg10, %arg11, %arg15, %10, %10, %arg13, %arg13, %arg13, %arg13) <{flags = 0 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.command_buffer, !hal.buffer, !hal.buffer, index, index, index, index) -> ()
    "hal.device.queue.dealloca"(%arg8, %arg9, %arg10, %arg11, %10) <{flags = 1 : i64}> : (!hal.device, i64, !hal.fence, !hal.fence, !hal.buffer) -> ()
    "hal.device.queue.flush"(%arg8, %arg9) : (!hal.device, i64) -> ()
    %11 = "hal.fence.query"(%arg10) : (!hal.fence) -> i32
    "hal.fence.fail"(%arg10, %11) : (!hal.fence, i32) -> ()
    "util.return"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (!hal.device, i64, i32) -> (), sym_name = "executables", sym_visibility = "private"}> ({
  ^bb0(%arg5: !hal.device, %arg6: i64, %arg7: i32):
    %4 = "hal.executable.create"(%arg5, %arg6, %arg7, %arg7) <{executable_target = @kernels::@cpu}> : (!hal.device, i64, i32, i32) -> !hal.executable
    %5 = "hal.executable.lookup"(%arg5) <{executable = @kernels}> : (!hal.device) -> !hal.executable
    %6 = "hal.executable.lookup.function"(%4) <{entry_point = @kernels::@cpu::@kernel}> : (!hal.executable) -> i64
    %7 = "hal.executable.export.ordinal"() <{entry_point = @kernels::@cpu::@kernel}> : () -> index
    %8:2 = "hal.device.memoize"(%arg5, %arg6) ({
      "hal.return"(%6, %arg7) : (i64, i32) -> ()
    }) {a} : (!hal.device, i64) -> (i64, i32)
    "util.return"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (memref<?xi8>, i32, memref<4xf32>, index, f32) -> (), sym_name = "instruments", sym_visibility = "private"}> ({
  ^bb0(%arg0: memref<?xi8>, %arg1: i32, %arg2: memref<4xf32>, %arg3: index, %arg4: f32):
    %0 = "hal.instrument.workgroup"(%arg0, %arg1) : (memref<?xi8>, i32) -> index
    "hal.instrument.print"(%arg0, %0, %arg1) <{format = "%d"}> : (memref<?xi8>, index, i32) -> ()
    "hal.instrument.print"(%arg0, %0) <{format = "nothing"}> : (memref<?xi8>, index) -> ()
    %1 = "hal.instrument.value"(%arg0, %0, %arg4) <{ordinal = 100 : i8}> : (memref<?xi8>, index, f32) -> f32
    %2 = "hal.instrument.memory.load"(%arg0, %0, %arg4, %arg2, %arg3) : (memref<?xi8>, index, f32, memref<4xf32>, index) -> f32
    %3 = "hal.instrument.memory.store"(%arg0, %0, %arg4, %arg2, %arg3) : (memref<?xi8>, index, f32, memref<4xf32>, index) -> f32
    "util.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
