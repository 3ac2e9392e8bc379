// devices and queues to choose from, of which one, the other or both are the same
util.func public @f(%a: !hal.device, %b: !hal.device, %q: i64, %r: i64) -> (!hal.device, i64, !hal.device, i64, !hal.device, i64) {
  %t = hal.memory_type<"DeviceLocal"> : i32
  %u = hal.buffer_usage<"Transfer"> : i32
  %0:2 = hal.allocator.select from([(%a, %q : !hal.device, i64), (%a, %q : !hal.device, i64)]) type(%t) usage(%u) : !hal.device, i64
  %1:2 = hal.allocator.select from([(%a, %q : !hal.device, i64), (%a, %r : !hal.device, i64)]) type(%t) usage(%u) : !hal.device, i64
  %2:2 = hal.allocator.select from([(%a, %q : !hal.device, i64), (%b, %q : !hal.device, i64)]) type(%t) usage(%u) : !hal.device, i64
  util.return %0#0, %0#1, %1#0, %1#1, %2#0, %2#1 : !hal.device, i64, !hal.device, i64, !hal.device, i64
}
// -----
// channels that nothing uses
util.func public @f(%d: !hal.device, %q: i64, %g: !util.buffer, %i: !util.buffer, %n: i32, %c: !hal.channel) {
  %0 = hal.channel.create device(%d : !hal.device) affinity(%q) flags("None") id(%i) group(%g) rank(%n) count(%n) : !hal.channel
  %1 = hal.channel.split<%c : !hal.channel> color(%n) key(%n) flags("None") : !hal.channel
  util.return
}
// -----
// commands on parts of buffers
util.func public @f(%d: !hal.device, %q: i64, %b: !hal.buffer, %h: !util.buffer, %n: index, %exe: !hal.executable, %v: i32) -> !hal.device {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c64 = arith.constant 64 : index
  %ordinal = arith.constant 0 : i64
  %cmd = hal.command_buffer.create device(%d : !hal.device) mode("OneShot") categories("Transfer|Dispatch") affinity(%q) : !hal.command_buffer
  %0 = hal.command_buffer.device<%cmd : !hal.command_buffer> : !hal.device
  %1 = hal.buffer.subspan<%b : !hal.buffer>[%c4, %c64] : !hal.buffer
  %2 = hal.buffer.subspan<%b : !hal.buffer>[%n, %c64] : !hal.buffer
  %3 = util.buffer.subspan %h[%c4] : !util.buffer{%n} -> !util.buffer{%c64}
  hal.command_buffer.fill_buffer<%cmd : !hal.command_buffer> target(%1 : !hal.buffer)[%c4, %c4] pattern(%v : i32) flags("None")
  hal.command_buffer.update_buffer<%cmd : !hal.command_buffer> source(%3 : !util.buffer{%c64})[%c0] target(%2 : !hal.buffer)[%c4] length(%c4) flags("None")
  hal.command_buffer.copy_buffer<%cmd : !hal.command_buffer> source(%1 : !hal.buffer)[%c4] target(%2 : !hal.buffer)[%c0] length(%c4) flags("None")
  hal.command_buffer.copy_buffer<%cmd : !hal.command_buffer> source(%b : !hal.buffer)[%c4] target(%b : !hal.buffer)[%c0] length(%c4) flags("None")
  hal.command_buffer.dispatch<%cmd : !hal.command_buffer> target(%exe : !hal.executable)[%ordinal] workgroups([%c4, %c4, %c4]) bindings([
    (%1 : !hal.buffer)[%c0, %c4],
    (%b : !hal.buffer)[%c4, %c4]
  ]) flags("None")
  hal.command_buffer.dispatch.indirect<%cmd : !hal.command_buffer> target(%exe : !hal.executable)[%ordinal] workgroups(%2 : !hal.buffer)[%c4] bindings([
    (%2 : !hal.buffer)[%c4, %c4]
  ]) flags("None")
  hal.command_buffer.dispatch<%cmd : !hal.command_buffer> target(%exe : !hal.executable)[%ordinal] workgroups([%c4, %c4, %c4]) bindings([
    (%b : !hal.buffer)[%c4, %c4]
  ]) flags("None")
  util.return %0 : !hal.device
}
// -----
// barriers that wait for nothing, or for a fence that is made there
util.func public @f(%d: !hal.device, %q: i64, %signal: !hal.fence, %cmd: !hal.command_buffer, %wait: !hal.fence) -> (!hal.fence, !hal.fence) {
  %null = util.null : !hal.fence
  hal.device.queue.barrier<%d : !hal.device> affinity(%q) wait(%null) signal(%signal) flags("None")
  %a = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  hal.device.queue.execute<%d : !hal.device> affinity(%q) wait(%wait) signal(%a) commands(%cmd) flags("None")
  %b = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  hal.device.queue.barrier<%d : !hal.device> affinity(%q) wait(%a) signal(%b) flags("None")
  %c = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  %e = util.optimization_barrier %d : !hal.device
  %g = hal.fence.create device(%e : !hal.device) flags("None") : !hal.fence
  hal.device.queue.barrier<%d : !hal.device> affinity(%q) wait(%c) signal(%g) flags("None")
  util.return %b, %g : !hal.fence, !hal.fence
}
// -----
// a barrier that waits for one op alone
util.func public @f(%d: !hal.device, %q: i64, %cmd: !hal.command_buffer, %wait: !hal.fence, %mid: !hal.fence, %other: !hal.fence, %p: i1) -> (!hal.fence, !hal.fence) {
  hal.device.queue.execute<%d : !hal.device> affinity(%q) wait(%wait) signal(%mid) commands(%cmd) flags("None")
  %a = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  hal.device.queue.barrier<%d : !hal.device> affinity(%q) wait(%mid) signal(%a) flags("None")
  hal.device.queue.execute<%d : !hal.device> affinity(%q) wait(%wait) signal(%other) commands(%cmd) flags("None")
  cf.cond_br %p, ^bb1, ^bb2
^bb1:
  %b = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  hal.device.queue.barrier<%d : !hal.device> affinity(%q) wait(%other) signal(%b) flags("None")
  util.return %a, %b : !hal.fence, !hal.fence
^bb2:
  util.return %a, %a : !hal.fence, !hal.fence
}
// -----
// an export that can always be used, and one of which that is not known
#layout = #hal.pipeline.layout<bindings = [#hal.pipeline.binding<storage_buffer>]>
hal.executable @exe {
  hal.executable.variant @variant target(<"backend", "format">) {
    hal.executable.export @always ordinal(0) layout(#layout) condition(%d: !hal.device) -> i1 {
      %true = arith.constant true
      hal.return %true : i1
    } fallback(@other)
    hal.executable.export @sometimes ordinal(1) layout(#layout) condition(%d: !hal.device) -> i1 {
      %ok, %value = hal.device.query<%d : !hal.device> key("some" :: "key") : i1, i1 = false
      hal.return %value : i1
    } fallback(@other)
    hal.executable.export @other ordinal(2) layout(#layout)
  }
}
// -----
// constants of several blocks, of which one is made twice and another in one of two places
hal.executable @exe {
  hal.executable.variant @variant target(<"backend", "format">) {
    hal.executable.constant.block() -> (i32, i32) as ("a", "b") {
      %0 = arith.constant 10 : i32
      %1 = arith.constant 11 : i32
      hal.return %0, %1 : i32, i32
    }
    hal.executable.constant.block(%d: !hal.device) -> i32 as "c" {
      %ok, %value = hal.device.query<%d : !hal.device> key("some" :: "key") : i1, i1 = false
      cf.cond_br %value, ^bb1, ^bb2
    ^bb1:
      %0 = arith.constant 20 : i32
      hal.return %0 : i32
    ^bb2:
      %1 = arith.constant 21 : i32
      hal.return %1 : i32
    }
    hal.executable.constant.block(%d: !hal.device) -> (i32, i32) as ("a", "d") {
      %0 = arith.constant 30 : i32
      %1 = arith.constant 31 : i32
      hal.return %0, %1 : i32, i32
    }
  }
}
// -----
// constants that need no device
hal.executable @exe {
  hal.executable.variant @variant target(<"backend", "format">) {
    hal.executable.constant.block(%d: !hal.device) -> i32 as "a" {
      %0 = arith.constant 10 : i32
      hal.return %0 : i32
    }
  }
}
