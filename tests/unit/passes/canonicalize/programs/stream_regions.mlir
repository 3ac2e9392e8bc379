// regions take over the waits of the host
util.func public @f(%r: !stream.resource<external>, %q: !stream.resource<external>, %n: index, %t: !stream.timepoint, %u: !stream.timepoint) -> (!stream.resource<external>, !stream.timepoint) {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %0 = stream.timepoint.await %t => %r : !stream.resource<external>{%n}
  %1 = stream.timepoint.await %u => %q : !stream.resource<external>{%n}
  %2, %v = stream.async.execute with(%0 as %x: !stream.resource<external>{%n}, %1 as %y: !stream.resource<external>{%n}) -> (%0 as !stream.resource<external>{%n}) {
    %3 = stream.async.copy %y[%c0 to %c4], %x[%c0 to %c4], %c4 : !stream.resource<external>{%n} -> %x as !stream.resource<external>{%n}
    stream.yield %3 : !stream.resource<external>{%n}
  } => !stream.timepoint
  util.return %2, %v : !stream.resource<external>, !stream.timepoint
}

// -----
// a wait for nothing; results tied to captures
util.func public @f(%r: !stream.resource<external>, %n: index) -> (!stream.resource<external>, !stream.timepoint) {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c0_i32 = arith.constant 0 : i32
  %t = stream.timepoint.immediate => !stream.timepoint
  %0, %u = stream.async.execute await(%t) => with(%r as %x: !stream.resource<external>{%n}) -> !stream.resource<external>{%n} {
    %1 = stream.async.fill %c0_i32, %x[%c0 to %c4 for %c4] : i32 -> %x as !stream.resource<external>{%n}
    stream.yield %1 : !stream.resource<external>{%n}
  } => !stream.timepoint
  util.return %0, %u : !stream.resource<external>, !stream.timepoint
}

// -----
// captures that are the same, or not used; results that nobody uses
util.func public @f(%r: !stream.resource<external>, %q: !stream.resource<external>, %n: index) -> (!stream.resource<external>, !stream.timepoint) {
  %0:2, %u = stream.async.execute with(%r as %x: !stream.resource<external>{%n}, %q as %y: !stream.resource<external>{%n}, %r as %z: !stream.resource<external>{%n}) -> (!stream.resource<external>{%n}, !stream.resource<external>{%n}) {
    %1 = stream.async.clone %x : !stream.resource<external>{%n} -> !stream.resource<external>{%n}
    %2 = stream.async.clone %z : !stream.resource<external>{%n} -> !stream.resource<external>{%n}
    stream.yield %1, %2 : !stream.resource<external>{%n}, !stream.resource<external>{%n}
  } => !stream.timepoint
  util.return %0#1, %u : !stream.resource<external>, !stream.timepoint
}

// -----
// a region that only hands on what it got
util.func public @f(%r: !stream.resource<external>, %n: index) -> (!stream.resource<external>, !stream.timepoint) {
  %0, %u = stream.async.execute with(%r as %x: !stream.resource<external>{%n}) -> !stream.resource<external>{%n} {
    stream.yield %x : !stream.resource<external>{%n}
  } => !stream.timepoint
  util.return %0, %u : !stream.resource<external>, !stream.timepoint
}

// -----
// commands: regions that do nothing, parts of resources
util.func public @f(%r: !stream.resource<transient>, %n: index, %m: index, %t: !stream.timepoint) -> (!stream.timepoint, !stream.timepoint) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %c0_i32 = arith.constant 0 : i32
  %0 = stream.cmd.execute await(%t) => with(%r as %x: !stream.resource<transient>{%n}) {
  } => !stream.timepoint
  %1 = stream.resource.subview %r[%c16] : !stream.resource<transient>{%n} -> !stream.resource<transient>{%m}
  %2 = stream.cmd.execute await(%0) => with(%1 as %x: !stream.resource<transient>{%m}) {
    stream.cmd.concurrent {
    }
    stream.cmd.serial {
      stream.cmd.fill %c0_i32, %x[%c16 for %c16] : i32 -> !stream.resource<transient>{%m}
      stream.cmd.flush %x[%c0 for %c16] : !stream.resource<transient>{%m}
    }
  } => !stream.timepoint
  util.return %0, %2 : !stream.timepoint, !stream.timepoint
}

// -----
// an empty region that captures a subview goes in the second round only: after the constant that the first has made
util.func public @f(%r: !stream.resource<transient>, %n: index, %m: index, %t: !stream.timepoint) -> (!stream.timepoint, !stream.timepoint) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %0 = stream.resource.subview %r[%c16] : !stream.resource<transient>{%n} -> !stream.resource<transient>{%m}
  %1 = stream.cmd.execute await(%t) => with(%0 as %x: !stream.resource<transient>{%m}) {
  } => !stream.timepoint
  %2 = stream.cmd.execute await(%t) => with(%0 as %x: !stream.resource<transient>{%m}) {
    stream.cmd.flush %x[%c16 for %c0] : !stream.resource<transient>{%m}
  } => !stream.timepoint
  util.return %1, %2 : !stream.timepoint, !stream.timepoint
}
