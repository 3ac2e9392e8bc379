#executable_target_elf = #hal.executable.target<"llvm-cpu", "elf">
#pipeline_layout = #hal.pipeline.layout<bindings = [#hal.pipeline.binding<storage_buffer>]>
module {
  hal.executable private @kernels {
    hal.executable.variant public @cpu target(#executable_target_elf) {
      hal.executable.export public @kernel ordinal(0) layout(#pipeline_layout)
    }
  }
  util.func private @allocators(%arg0: !hal.allocator, %arg1: !hal.device, %arg2: i64, %arg3: !util.buffer, %arg4: index) {
    %memory_type = hal.memory_type<"DeviceVisible|DeviceLocal"> : i32
    %memory_type_0 = hal.memory_type<DeviceVisible> : i32
    %memory_type_1 = hal.memory_type<"None"> {a} : i32
    %buffer_usage = hal.buffer_usage<"TransferSource|TransferTarget|Transfer|DispatchStorageRead|DispatchStorageWrite|DispatchStorage"> : i32
    %device, %queue_affinity = hal.allocator.select from([
      (%arg1, %arg2 : !hal.device, i64),
      (%arg1, %arg2 : !hal.device, i64)
    ]) type(%memory_type) usage(%buffer_usage) : !hal.device, i64
    %buffer = hal.allocator.allocate<%arg0 : !hal.allocator> affinity(%arg2) type(%memory_type) usage(%buffer_usage) : !hal.buffer{%arg4}
    %did_import, %mapped = hal.allocator.import<%arg0 : !hal.allocator> source(%arg3 : !util.buffer)[%arg4, %arg4] affinity(%arg2) type(%memory_type) usage(%buffer_usage) : i1, !hal.buffer
    %memory_types, %buffer_usage_2 = hal.allocator.resolve_memory_properties for(#hal.device.affinity<@device>) lifetime(transient) : i32, i32
    %memory_types_3, %buffer_usage_4 = hal.allocator.resolve_memory_properties lifetime("*") : i32, i32 attributes {a}
    hal.buffer.assert<%buffer : !hal.buffer> message("tensor") allocator(%arg0 : !hal.allocator) minimum_length(%arg4) type(DeviceVisible) usage("TransferSource|TransferTarget|Transfer|MappingScoped|MappingAccessRandom|Mapping")
    hal.buffer.allocation.preserve<%buffer : !hal.buffer>
    %was_terminal = hal.buffer.allocation.discard<%buffer : !hal.buffer> : i1
    %is_terminal = hal.buffer.allocation.is_terminal<%buffer : !hal.buffer> : i1
    %0 = hal.buffer.load<%buffer : !hal.buffer>[%arg4] : vector<4xf32>
    hal.buffer.store<%buffer : !hal.buffer>[%arg4] value(%0 : vector<4xf32>)
    util.return
  }
  util.func private @channels(%arg0: !hal.device, %arg1: i64, %arg2: !util.buffer, %arg3: i32) {
    %channel = hal.channel.create device(%arg0 : !hal.device) affinity(%arg1) flags("None") id(%arg2) group(%arg2) rank(%arg3) count(%arg3) : !hal.channel
    %channel_0 = hal.channel.split<%channel : !hal.channel> color(%arg3) key(%arg3) flags(Reserved) : !hal.channel
    %ccl_rank, %ccl_count = hal.channel.rank_and_count<%channel_0 : !hal.channel> : i32, i32
    util.return
  }
  util.func private @commands(%arg0: !hal.device, %arg1: i64, %arg2: index, %arg3: !hal.buffer, %arg4: !util.buffer, %arg5: i32, %arg6: !hal.executable, %arg7: !hal.channel) {
    %cmd = hal.command_buffer.create device(%arg0 : !hal.device) mode("OneShot|AllowInlineExecution") categories("Transfer|Dispatch") affinity(%arg1) : !hal.command_buffer
    %cmd_0 = hal.command_buffer.create device(%arg0 : !hal.device) mode("None") categories(Dispatch) affinity(%arg1) bindings(%arg2) : !hal.command_buffer
    %0 = hal.command_buffer.device<%cmd : !hal.command_buffer> : !hal.device
    hal.command_buffer.begin_debug_group<%cmd : !hal.command_buffer> label("group")
    hal.command_buffer.execution_barrier<%cmd : !hal.command_buffer> source("Dispatch|Transfer|CommandRetire") target(CommandIssue) flags("None")
    hal.command_buffer.fill_buffer<%cmd : !hal.command_buffer> target(%arg3 : !hal.buffer)[%arg2, %arg2] pattern(%arg5 : i32) flags("None")
    hal.command_buffer.update_buffer<%cmd : !hal.command_buffer> source(%arg4 : !util.buffer{%arg2})[%arg2] target(%arg2 : index)[%arg2] length(%arg2) flags("None")
    hal.command_buffer.copy_buffer<%cmd : !hal.command_buffer> source(%arg3 : !hal.buffer)[%arg2] target(%arg2 : index)[%arg2] length(%arg2) flags("None")
    hal.command_buffer.collective<%cmd : !hal.command_buffer> channel(%arg7 : !hal.channel) op(<all_reduce with sum : f32>) send(%arg3 : !hal.buffer)[%arg2, %arg2] recv(%arg2 : index)[%arg2, %arg2] count(%arg2)
    hal.command_buffer.collective<%cmd : !hal.command_buffer> channel(%arg7 : !hal.channel) op(<send : bf16>) param(%arg5 : i32) send(%arg3 : !hal.buffer)[%arg2, %arg2] count(%arg2)
    hal.command_buffer.dispatch<%cmd : !hal.command_buffer> target(%arg6 : !hal.executable)[%arg1] workgroups([%arg2, %arg2, %arg2]) constants([%arg5, %arg5]) bindings([
      (%arg3 : !hal.buffer)[%arg2, %arg2], 
      (%arg2 : index)[%arg2, %arg2]
    ]) flags("None")
    hal.command_buffer.dispatch.indirect<%cmd : !hal.command_buffer> target(%arg6 : !hal.executable)[%arg1] workgroups(%arg3 : !hal.buffer)[%arg2] bindings([
      (%arg3 : !hal.buffer)[%arg2, %arg2]
    ]) flags(Reserved) attributes {a}
    hal.command_buffer.end_debug_group<%cmd : !hal.command_buffer>
    hal.command_buffer.finalize<%cmd : !hal.command_buffer>
    util.return
  }
  util.func private @queues(%arg0: !hal.device, %arg1: i64, %arg2: !hal.fence, %arg3: !hal.fence, %arg4: i32, %arg5: index, %arg6: !util.buffer, %arg7: !hal.command_buffer, %arg8: i8) {
    %memory_file = hal.ex.file.from_memory device(%arg0 : !hal.device) affinity(%arg1) access("Read|Write") buffer(%arg6 : !util.buffer)[%arg5 for %arg5] flags(%arg4) : !hal.file
    %transient_buffer = hal.device.queue.alloca<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) pool(%arg1) type(%arg4) usage(%arg4) flags(IndeterminateLifetime) : !hal.buffer{%arg5}
    hal.device.queue.fill<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) target(%transient_buffer : !hal.buffer)[%arg5] length(%arg5) pattern(%arg8 : i8) flags("None")
    hal.device.queue.update<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) source(%arg6 : !util.buffer)[%arg5] target(%transient_buffer : !hal.buffer)[%arg5] length(%arg5) flags("None")
    hal.device.queue.copy<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) source(%transient_buffer : !hal.buffer)[%arg5] target(%transient_buffer : !hal.buffer)[%arg5] length(%arg5) flags("None")
    hal.device.queue.read<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) source(%memory_file : !hal.file)[%arg1] target(%transient_buffer : !hal.buffer)[%arg5] length(%arg5) flags("None")
    hal.device.queue.write<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) source(%transient_buffer : !hal.buffer)[%arg5] target(%memory_file : !hal.file)[%arg1] length(%arg5) flags("None")
    hal.device.queue.barrier<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) flags("None")
    hal.device.queue.execute<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) commands(%arg7) flags("None")
    hal.device.queue.execute.indirect<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) commands(%arg7) bindings([
      (%transient_buffer : !hal.buffer)[%arg5, %arg5], 
      (%transient_buffer : !hal.buffer)[%arg5, %arg5]
    ]) flags("None")
    hal.device.queue.dealloca<%arg0 : !hal.device> affinity(%arg1) wait(%arg2) signal(%arg3) buffer(%transient_buffer : !hal.buffer) flags(PreferOrigin)
    hal.device.queue.flush<%arg0 : !hal.device> affinity(%arg1)
    %0 = hal.fence.query<%arg2 : !hal.fence> : i32
    hal.fence.fail<%arg2 : !hal.fence> status(%0)
    util.return
  }
  util.func private @executables(%arg0: !hal.device, %arg1: i64, %arg2: i32) {
    %executable = hal.executable.create device(%arg0 : !hal.device) affinity(%arg1) target(@kernels::@cpu) constants([%arg2, %arg2]) : !hal.executable
    %exe = hal.executable.lookup device(%arg0 : !hal.device) executable(@kernels) : !hal.executable
    %function_id = hal.executable.lookup.function target(%executable : !hal.executable) function(@kernels::@cpu::@kernel) : i64
    %ordinal = hal.executable.export.ordinal target(@kernels::@cpu::@kernel) : index
    %0:2 = hal.device.memoize<%arg0 : !hal.device> affinity(%arg1) -> i64, i32 attributes {a} {
      hal.return %function_id, %arg2 : i64, i32
    }
    util.return
  }
  util.func private @instruments(%arg0: memref<?xi8>, %arg1: i32, %arg2: memref<4xf32>, %arg3: index, %arg4: f32) {
    %0 = hal.instrument.workgroup[%arg0 : memref<?xi8>] dispatch(%arg1) : index
    hal.instrument.print[%arg0 : memref<?xi8> for %0] "%d" * (%arg1 : i32)
    hal.instrument.print[%arg0 : memref<?xi8> for %0] "nothing"
    %1 = hal.instrument.value[%arg0 : memref<?xi8> for %0] 100 : i8 = %arg4 : f32
    %2 = hal.instrument.memory.load[%arg0 : memref<?xi8> for %0] %arg2[%arg3], %arg4 : memref<4xf32>, f32
    %3 = hal.instrument.memory.store[%arg0 : memref<?xi8> for %0] %arg2[%arg3], %arg4 : memref<4xf32>, f32
    util.return
  }
}
