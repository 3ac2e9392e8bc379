module {
  util.func public @f(%arg0: !hal.device, %arg1: !hal.device, %arg2: i64, %arg3: i64) -> (!hal.device, i64, !hal.device, i64, !hal.device, i64) {
    %memory_type = hal.memory_type<"DeviceVisible|DeviceLocal"> : i32
    %buffer_usage = hal.buffer_usage<"TransferSource|TransferTarget|Transfer"> : i32
    %device, %queue_affinity = hal.allocator.select from([
      (%arg0, %arg2 : !hal.device, i64),
      (%arg0, %arg3 : !hal.device, i64)
    ]) type(%memory_type) usage(%buffer_usage) : !hal.device, i64
    %device_0, %queue_affinity_1 = hal.allocator.select from([
      (%arg0, %arg2 : !hal.device, i64),
      (%arg1, %arg2 : !hal.device, i64)
    ]) type(%memory_type) usage(%buffer_usage) : !hal.device, i64
    util.return %arg0, %arg2, %arg0, %queue_affinity, %device_0, %arg2 : !hal.device, i64, !hal.device, i64, !hal.device, i64
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.device, %arg1: i64, %arg2: !util.buffer, %arg3: !util.buffer, %arg4: i32, %arg5: !hal.channel) {
    util.return
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.device, %arg1: i64, %arg2: !hal.buffer, %arg3: !util.buffer, %arg4: index, %arg5: !hal.executable, %arg6: i32) -> !hal.device {
    %c8 = arith.constant 8 : index
    %c0 = arith.constant 0 : index
    %c4 = arith.constant 4 : index
    %c0_i64 = arith.constant 0 : i64
    %cmd = hal.command_buffer.create device(%arg0 : !hal.device) mode(OneShot) categories("Transfer|Dispatch") affinity(%arg1) : !hal.command_buffer
    hal.command_buffer.fill_buffer<%cmd : !hal.command_buffer> target(%arg2 : !hal.buffer)[%c8, %c4] pattern(%arg6 : i32) flags("None")
    %0 = arith.addi %arg4, %c4 : index
    hal.command_buffer.update_buffer<%cmd : !hal.command_buffer> source(%arg3 : !util.buffer{%arg4})[%c4] target(%arg2 : !hal.buffer)[%0] length(%c4) flags("None")
    hal.command_buffer.copy_buffer<%cmd : !hal.command_buffer> source(%arg2 : !hal.buffer)[%c8] target(%arg2 : !hal.buffer)[%arg4] length(%c4) flags("None")
    hal.command_buffer.copy_buffer<%cmd : !hal.command_buffer> source(%arg2 : !hal.buffer)[%c4] target(%arg2 : !hal.buffer)[%c0] length(%c4) flags("None")
    hal.command_buffer.dispatch<%cmd : !hal.command_buffer> target(%arg5 : !hal.executable)[%c0_i64] workgroups([%c4, %c4, %c4]) bindings([
      (%arg2 : !hal.buffer)[%c4, %c4], 
      (%arg2 : !hal.buffer)[%c4, %c4]
    ]) flags("None")
    %1 = arith.addi %arg4, %c4 : index
    %2 = arith.addi %arg4, %c4 : index
    hal.command_buffer.dispatch.indirect<%cmd : !hal.command_buffer> target(%arg5 : !hal.executable)[%c0_i64] workgroups(%arg2 : !hal.buffer)[%1] bindings([
      (%arg2 : !hal.buffer)[%2, %c4]
    ]) flags("None")
    hal.command_buffer.dispatch<%cmd : !hal.command_buffer> target(%arg5 : !hal.executable)[%c0_i64] workgroups([%c4, %c4, %c4]) bindings([
      (%arg2 : !hal.buffer)[%c4, %c4]
    ]) flags("None")
    util.return %arg0 : !hal.device
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.device, %arg1: i64, %arg2: !hal.fence, %arg3: !hal.command_buffer, %arg4: !hal.fence) -> (!hal.fence, !hal.fence) {
    hal.fence.signal<%arg2 : !hal.fence>
    %fence = hal.fence.create device(%arg0 : !hal.device) flags("None") : !hal.fence
    hal.device.queue.execute<%arg0 : !hal.device> affinity(%arg1) wait(%arg4) signal(%fence) commands(%arg3) flags("None")
    %fence_0 = hal.fence.create device(%arg0 : !hal.device) flags("None") : !hal.fence
    %0 = util.optimization_barrier %arg0 : !hal.device
    %fence_1 = hal.fence.create device(%0 : !hal.device) flags("None") : !hal.fence
    hal.device.queue.barrier<%arg0 : !hal.device> affinity(%arg1) wait(%fence_0) signal(%fence_1) flags("None")
    util.return %fence, %fence_1 : !hal.fence, !hal.fence
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.device, %arg1: i64, %arg2: !hal.command_buffer, %arg3: !hal.fence, %arg4: !hal.fence, %arg5: !hal.fence, %arg6: i1) -> (!hal.fence, !hal.fence) {
    %fence = hal.fence.create device(%arg0 : !hal.device) flags("None") : !hal.fence
    hal.device.queue.execute<%arg0 : !hal.device> affinity(%arg1) wait(%arg3) signal(%fence) commands(%arg2) flags("None")
    hal.device.queue.execute<%arg0 : !hal.device> affinity(%arg1) wait(%arg3) signal(%arg5) commands(%arg2) flags("None")
    cf.cond_br %arg6, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    %fence_0 = hal.fence.create device(%arg0 : !hal.device) flags("None") : !hal.fence
    hal.device.queue.barrier<%arg0 : !hal.device> affinity(%arg1) wait(%arg5) signal(%fence_0) flags("None")
    util.return %fence, %fence_0 : !hal.fence, !hal.fence
  ^bb2:  // pred: ^bb0
    util.return %fence, %fence : !hal.fence, !hal.fence
  }
}


// -----
#executable_target_format = #hal.executable.target<"backend", "format">
#pipeline_layout = #hal.pipeline.layout<bindings = [#hal.pipeline.binding<storage_buffer>]>
module {
  hal.executable public @exe {
    hal.executable.variant public @variant target(#executable_target_format) {
      hal.executable.export public @always ordinal(0) layout(#pipeline_layout)
      hal.executable.export public @sometimes ordinal(1) layout(#pipeline_layout) condition(%arg0: !hal.device) -> i1 {
        %ok, %value = hal.device.query<%arg0 : !hal.device> key("some" :: "key") : i1, i1 = false
        hal.return %value : i1
      } fallback(@other)
      hal.executable.export public @other ordinal(2) layout(#pipeline_layout)
    }
  }
}


// -----
#executable_target_format = #hal.executable.target<"backend", "format">
module {
  hal.executable public @exe {
    hal.executable.variant public @variant target(#executable_target_format) {
      hal.executable.constant.block(%arg0: !hal.device) -> (i32, i32, i32, i32) as ("a", "b", "c", "d") {
        %c31_i32 = arith.constant 31 : i32
        %c20_i32 = arith.constant 20 : i32
        %c21_i32 = arith.constant 21 : i32
        %c11_i32 = arith.constant 11 : i32
        %c10_i32 = arith.constant 10 : i32
        %ok, %value = hal.device.query<%arg0 : !hal.device> key("some" :: "key") : i1, i1 = false
        %0 = arith.select %value, %c20_i32, %c21_i32 : i32
        hal.return %c10_i32, %c11_i32, %0, %c31_i32 : i32, i32, i32, i32
      }
    }
  }
}


// -----
#executable_target_format = #hal.executable.target<"backend", "format">
module {
  hal.executable public @exe {
    hal.executable.variant public @variant target(#executable_target_format) {
      hal.executable.constant.block() -> i32 as "a" {
        %c10_i32 = arith.constant 10 : i32
        hal.return %c10_i32 : i32
      }
    }
  }
}

