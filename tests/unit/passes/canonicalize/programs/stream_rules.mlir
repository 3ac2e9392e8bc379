// casts of casts of resources
util.func public @f(%r: !stream.resource<*>, %n: index) -> (!stream.resource<external>, !stream.resource<*>) {
  %0 = stream.async.cast %r : !stream.resource<*>{%n} -> !stream.resource<transient>{%n}
  %1 = stream.async.cast %0 : !stream.resource<transient>{%n} -> !stream.resource<external>{%n}
  %2 = stream.async.cast %0 : !stream.resource<transient>{%n} -> !stream.resource<*>{%n}
  util.return %1, %2 : !stream.resource<external>, !stream.resource<*>
}
// -----
// regions of commands that do nothing
util.func public @f(%r: !stream.resource<transient>, %n: index) -> !stream.timepoint {
  %c0 = arith.constant 0 : index
  %t = stream.cmd.execute with(%r as %x: !stream.resource<transient>{%n}) {
    stream.cmd.concurrent {
      stream.cmd.serial {
      }
    }
    stream.cmd.discard %x[%c0 for %n] : !stream.resource<transient>{%n}
  } => !stream.timepoint
  util.return %t : !stream.timepoint
}
// -----
// waits for nothing, and waits in vain
util.func public @f(%r: !stream.resource<transient>, %n: index, %t: !stream.timepoint) -> !stream.resource<transient> {
  %now = stream.timepoint.immediate => !stream.timepoint
  %0 = stream.timepoint.await sync %now => %r : !stream.resource<transient>{%n}
  %1 = stream.timepoint.await %t => %r : !stream.resource<transient>{%n}
  util.return %0 : !stream.resource<transient>
}
// -----
// an update with what is there already
util.func public @f(%r: !stream.resource<transient>, %n: index) -> !stream.resource<transient> {
  %c0 = arith.constant 0 : index
  %0 = util.optimization_barrier %r : !stream.resource<transient>
  %1 = stream.async.update %0, %0[%c0 to %n] : !stream.resource<transient>{%n} -> %0 as !stream.resource<transient>{%n}
  util.return %1 : !stream.resource<transient>
}
// -----
// clones of tensors
util.func public @f(%r: !stream.resource<*>, %n: index) -> (!stream.resource<*>, !stream.resource<*>) {
  %0 = stream.tensor.clone %r : tensor<4xf32> in !stream.resource<*>{%n} -> tensor<4xf32> in !stream.resource<*>{%n}
  util.return %0, %0 : !stream.resource<*>, !stream.resource<*>
}
// -----
// elements of what was cloned and moved for them alone
util.func public @f(%r: !stream.resource<*>, %n: index, %i: index) -> (f32, f32) {
  %0 = stream.async.clone %r : !stream.resource<*>{%n} -> !stream.resource<*>{%n}
  %1 = stream.async.transfer %0 : !stream.resource<*>{%n} -> !stream.resource<staging>{%n}
  %2 = stream.async.load %1[%i] : !stream.resource<staging>{%n} -> f32
  %3 = stream.tensor.clone %r : tensor<4xf32> in !stream.resource<*>{%n} -> tensor<4xf32> in !stream.resource<*>{%n}
  %4 = stream.async.transfer %3 : !stream.resource<*>{%n} -> !stream.resource<staging>{%n}
  %5 = stream.tensor.load %4[%i] : tensor<4xf32> in !stream.resource<staging>{%n} -> f32
  util.return %2, %5 : f32, f32
}
// -----
// parameters loaded for a part of them
util.func public @f(%key: !util.buffer, %at: i64, %n: index, %m: index, %o: index) -> (!stream.resource<constant>, !stream.resource<constant>, !stream.timepoint, !stream.timepoint) {
  %r, %t = stream.async.parameter.load %key::%key[%at] : !stream.resource<constant>{%n} => !stream.timepoint
  %part = stream.resource.subview %r[%o] : !stream.resource<constant>{%n} -> !stream.resource<constant>{%m}
  %s, %u = stream.async.parameter.load %key::%key[%at] : !stream.resource<constant>{%n} => !stream.timepoint
  %end = arith.addi %o, %m : index
  %slice = stream.async.slice %s[%o to %end] : !stream.resource<constant>{%n} -> !stream.resource<constant>{%m}
  util.return %part, %slice, %t, %u : !stream.resource<constant>, !stream.resource<constant>, !stream.timepoint, !stream.timepoint
}
// -----
// parameters loaded by commands for a part of them
util.func public @f(%key: !util.buffer, %at: i64, %n: index, %m: index, %o: index) -> (!stream.resource<constant>, !stream.timepoint) {
  %r, %t = stream.cmd.parameter.load {
    %key::%key[%at] : !stream.resource<constant>{%n}
  } => !stream.timepoint
  %part = stream.resource.subview %r[%o] : !stream.resource<constant>{%n} -> !stream.resource<constant>{%m}
  util.return %part, %t : !stream.resource<constant>, !stream.timepoint
}
// -----
// parameters read and written through subviews, by commands
util.func public @f(%key: !util.buffer, %at: i64, %r: !stream.resource<transient>, %n: index, %m: index, %o: index) -> (!stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint) {
  %c0 = arith.constant 0 : index
  %view = stream.resource.subview %r[%o] : !stream.resource<transient>{%n} -> !stream.resource<transient>{%m}
  %0 = stream.cmd.parameter.read %key::%key[%at] -> %view[%c0 for %m] : !stream.resource<transient>{%m} => !stream.timepoint
  %1 = stream.cmd.parameter.write %view[%c0 for %m] : !stream.resource<transient>{%m} -> %key::%key[%at] => !stream.timepoint
  %2 = stream.cmd.parameter.gather {
    %key::%key[%at] -> %view[%c0 for %m] : !stream.resource<transient>{%m}
  } => !stream.timepoint
  %3 = stream.cmd.parameter.scatter {
    %view[%c0 for %m] : !stream.resource<transient>{%m} -> %key::%key[%at]
  } => !stream.timepoint
  util.return %0, %1, %2, %3 : !stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint
}
// -----
// parameters read through subviews, asynchronously
util.func public @f(%key: !util.buffer, %at: i64, %n: index, %m: index, %o: index) -> (!stream.resource<transient>, !stream.timepoint) {
  %c0 = arith.constant 0 : index
  %r = stream.async.alloca : !stream.resource<transient>{%n}
  %view = stream.resource.subview %r[%o] : !stream.resource<transient>{%n} -> !stream.resource<transient>{%m}
  %0, %t = stream.async.parameter.read %key::%key[%at] -> %view[%c0 to %m for %m] : !stream.resource<transient>{%m} => !stream.timepoint
  util.return %0, %t : !stream.resource<transient>, !stream.timepoint
}
// -----
// parameters gathered and scattered through subviews, asynchronously
util.func public @f(%key: !util.buffer, %at: i64, %r: !stream.resource<transient>, %n: index, %m: index, %o: index) -> (!stream.resource<transient>, !stream.resource<transient>, !stream.timepoint, !stream.timepoint) {
  %c0 = arith.constant 0 : index
  %view = stream.resource.subview %r[%o] : !stream.resource<transient>{%n} -> !stream.resource<transient>{%m}
  %0, %t = stream.async.parameter.gather {
    %key::%key[%at] -> %view[%c0 to %m for %m] : !stream.resource<transient>{%m}
  } : !stream.resource<transient> => !stream.timepoint
  %1, %u = stream.async.parameter.scatter {
    %view[%c0 to %m for %m] : !stream.resource<transient>{%m} -> %key::%key[%at]
  } : !stream.resource<transient> => !stream.timepoint
  util.return %0, %1, %t, %u : !stream.resource<transient>, !stream.resource<transient>, !stream.timepoint, !stream.timepoint
}
// -----
// commands that call with a part of a resource
stream.cmd.func private @extern(%arg0[%arg1 for %arg2]: !stream.resource<transient>, %arg3: i32)
util.func public @f(%r: !stream.resource<transient>, %n: index, %m: index, %o: index, %x: i32) -> !stream.timepoint {
  %c0 = arith.constant 0 : index
  %view = stream.resource.subview %r[%o] : !stream.resource<transient>{%n} -> !stream.resource<transient>{%m}
  %t = stream.cmd.execute with(%view as %y: !stream.resource<transient>{%m}) {
    stream.cmd.call @extern(rw %y[%c0 for %m], %x) : (!stream.resource<transient>{%m}, i32) -> ()
  } => !stream.timepoint
  util.return %t : !stream.timepoint
}
// -----
// storage named for transients twice
util.func public @f(%r: !stream.resource<transient>, %s: !stream.resource<transient>, %n: index) -> (!stream.resource<transient>, !stream.timepoint) {
  %0, %t = stream.resource.transients %r : !stream.resource<transient>{%n} from %s : !stream.resource<transient>{%n} => !stream.timepoint
  %1, %u = stream.resource.transients await(%t) => %0 : !stream.resource<transient>{%n} from %s : !stream.resource<transient>{%n} => !stream.timepoint
  util.return %1, %u : !stream.resource<transient>, !stream.timepoint
}
// -----
// a fence that is only chained to another
util.func public @f(%fence: !hal.fence, %d: !hal.device) -> !hal.fence {
  %t = stream.timepoint.import %fence : (!hal.fence) => !stream.timepoint
  %new = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  stream.timepoint.chain_external %t => (%new : !hal.fence)
  util.return %new : !hal.fence
}
// -----
// a resource and its size as one value and back
util.func public @f(%r: !stream.resource<*>, %n: index) -> (!stream.resource<*>, index) {
  %0 = builtin.unrealized_conversion_cast %r, %n : !stream.resource<*>, index to !stream.resource<*>
  %1 = stream.resource.size %0 : !stream.resource<*>
  util.return %0, %1 : !stream.resource<*>, index
}
// -----
// views and transients of the HAL
util.func public @f(%b: !hal.buffer, %o: index, %n: index, %x: i32, %v: tensor<4xf32>) -> (!hal.buffer_view, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %part = hal.buffer.subspan<%b : !hal.buffer>[%o, %n] : !hal.buffer
  %view = hal.buffer_view.create buffer(%part : !hal.buffer)[%c0, %n] shape([%n]) type(%x) encoding(%x) : !hal.buffer_view
  %0 = hal.tensor.transients %v : tensor<4xf32> from %b : !hal.buffer
  %1 = hal.tensor.transients %0 : tensor<4xf32> from %b : !hal.buffer
  util.return %view, %1 : !hal.buffer_view, tensor<4xf32>
}
// -----
// tensors that come in and go out as they are
util.func public @f(%v: !hal.buffer_view, %x: tensor<4xf32>) -> (!hal.buffer_view, tensor<4xf32>) {
  %0 = hal.tensor.import %v : !hal.buffer_view -> tensor<4xf32>
  %1 = hal.tensor.export %0 : tensor<4xf32> -> !hal.buffer_view
  %2 = hal.tensor.export %x : tensor<4xf32> -> !hal.buffer_view
  %3 = hal.tensor.import %2 : !hal.buffer_view -> tensor<4xf32>
  util.return %1, %3 : !hal.buffer_view, tensor<4xf32>
}
// -----
// parts of buffers
util.func public @f(%b: !util.buffer, %n: index, %m: index, %o: index, %c: i1, %d: !util.buffer) -> (!util.buffer, index, !util.buffer) {
  %0 = util.buffer.subspan %b[%o] : !util.buffer{%n} -> !util.buffer{%m}
  %1 = util.optimization_barrier %0 : !util.buffer
  %2 = util.buffer.subspan %0[%o] : !util.buffer{%m} -> !util.buffer{%o}
  %3 = arith.select %c, %d, %b : !util.buffer
  %4 = util.buffer.size %3 : !util.buffer
  %5 = util.buffer.subspan %b[%o] : !util.buffer{%n} -> !util.buffer{%n}
  util.return %2, %4, %5 : !util.buffer, index, !util.buffer
}
// -----
// ranges that are there twice, and texts of numbers
util.func public @f(%a: index, %b: index) -> (index, index, !util.buffer) {
  %min, %max = util.range.extents [%a for %b], [%b for %a], [%a for %b], [%a for %a] : index
  %c = arith.constant 12 : i32
  %text = util.string.itoa %c : i32 -> !util.buffer
  util.return %min, %max, %text : index, index, !util.buffer
}
