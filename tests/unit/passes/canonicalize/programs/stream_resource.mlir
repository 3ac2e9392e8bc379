// sizes that are known
util.func public @f(%r: !stream.resource<*>, %n: index, %m: index, %v: i32, %c: i1) -> (index, index) {
  %0 = stream.async.splat %v : i32 -> !stream.resource<*>{%n}
  %1 = stream.async.splat %v : i32 -> !stream.resource<*>{%m}
  %2 = arith.select %c, %0, %1 : !stream.resource<*>
  %3 = stream.resource.size %0 : !stream.resource<*>
  %4 = stream.resource.size %2 : !stream.resource<*>
  util.return %3, %4 : index, index
}

// -----
// parts of parts, of all, one of two; loads and stores of parts
util.func public @f(%r: !stream.resource<staging>, %n: index, %m: index, %o: index, %p: index, %c: i1) -> (i32, !stream.resource<staging>, !stream.resource<staging>) {
  %c8 = arith.constant 8 : index
  %0 = stream.resource.subview %r[%o] : !stream.resource<staging>{%n} -> !stream.resource<staging>{%m}
  %1 = stream.resource.subview %0[%c8] : !stream.resource<staging>{%m} -> !stream.resource<staging>{%c8}
  %2 = stream.resource.load %1[%c8] : !stream.resource<staging>{%c8} -> i32
  stream.resource.store %2, %0[%c8] : i32 -> !stream.resource<staging>{%m}
  %3 = stream.resource.subview %r[%p] : !stream.resource<staging>{%n} -> !stream.resource<staging>{%n}
  %4 = stream.resource.subview %r[%p] : !stream.resource<staging>{%n} -> !stream.resource<staging>{%m}
  %5 = arith.select %c, %0, %4 : !stream.resource<staging>
  util.return %2, %3, %5 : i32, !stream.resource<staging>, !stream.resource<staging>
}

// -----
// packing
util.func public @f(%o: index, %n: index, %m: index) -> (index, index, index, index, index, index) {
  %0:2 = stream.resource.pack slices({
    [0, 9] = %n
  }) : index
  %1:4 = stream.resource.pack offset(%o) slices({
    [3, 8] = %n,
    [1, 2] = %m,
    [0, 5] = %n
  }) : index
  util.return %0#0, %0#1, %1#0, %1#1, %1#2, %1#3 : index, index, index, index, index, index
}

// -----
// allocations that are only given back, that nothing uses, that wait for each other
util.func public @f(%t: !stream.timepoint, %n: index) -> (!stream.timepoint, !stream.timepoint, !stream.resource<transient>, !stream.resource<transient>, !stream.timepoint) {
  %0, %u = stream.resource.alloca uninitialized await(%t) => !stream.resource<transient>{%n} => !stream.timepoint
  %v = stream.resource.dealloca await(%u) => %0 : !stream.resource<transient>{%n} => !stream.timepoint
  %1, %w = stream.resource.alloca uninitialized await(%t) => !stream.resource<transient>{%n} => !stream.timepoint
  %2, %a = stream.resource.alloca uninitialized await(%t) => !stream.resource<transient>{%n} => !stream.timepoint
  %3, %b = stream.resource.alloca uninitialized await(%a) => !stream.resource<transient>{%n} => !stream.timepoint
  util.return %v, %w, %2, %3, %b : !stream.timepoint, !stream.timepoint, !stream.resource<transient>, !stream.resource<transient>, !stream.timepoint
}

// -----
// what a channel is made with
util.func public @f(%r: index, %c: index) -> (index, index) {
  %0 = stream.channel.create rank(%r) count(%c) : !stream.channel
  %1 = stream.channel.rank %0 : index
  %2 = stream.channel.count %0 : index
  util.return %1, %2 : index, index
}
