// await of a timepoint that is reached
util.func public @f(%r: !stream.resource<external>, %n: index) -> !stream.resource<external> {
  %t = stream.timepoint.immediate => !stream.timepoint
  %0 = stream.timepoint.await %t => %r : !stream.resource<external>{%n}
  util.return %0 : !stream.resource<external>
}

// -----
// await that nothing needs; await for its effect
util.func public @f(%r: !stream.resource<external>, %n: index, %t: !stream.timepoint) {
  %0 = stream.timepoint.await %t => %r : !stream.resource<external>{%n}
  %1 = stream.timepoint.await sync %t => %r : !stream.resource<external>{%n}
  util.return
}

// -----
// the same resource awaited twice
util.func public @f(%r: !stream.resource<external>, %q: !stream.resource<external>, %n: index, %t: !stream.timepoint) -> (!stream.resource<external>, !stream.resource<external>, !stream.resource<external>) {
  %0:3 = stream.timepoint.await %t => %r, %q, %r : !stream.resource<external>{%n}, !stream.resource<external>{%n}, !stream.resource<external>{%n}
  util.return %0#2, %0#1, %0#0 : !stream.resource<external>, !stream.resource<external>, !stream.resource<external>
}

// -----
// awaits of one timepoint, and of another
util.func public @f(%r: !stream.resource<external>, %q: !stream.resource<external>, %n: index, %t: !stream.timepoint, %u: !stream.timepoint) -> (!stream.resource<external>, !stream.resource<external>, !stream.resource<external>) {
  %0 = stream.timepoint.await %t => %r : !stream.resource<external>{%n}
  %1 = stream.timepoint.await %u => %r : !stream.resource<external>{%n}
  %2 = stream.timepoint.await %t => %q : !stream.resource<external>{%n}
  util.return %0, %1, %2 : !stream.resource<external>, !stream.resource<external>, !stream.resource<external>
}

// -----
// await goes to its first user
util.func public @f(%r: !stream.resource<external>, %n: index, %t: !stream.timepoint) -> (!stream.resource<external>, index) {
  %0 = stream.timepoint.await %t => %r : !stream.resource<external>{%n}
  %1 = util.optimization_barrier %n : index
  %2 = util.optimization_barrier %0 : !stream.resource<external>
  util.return %2, %1 : !stream.resource<external>, index
}

// -----
// await goes to the branch that all ways to its users pass
util.func public @f(%r: !stream.resource<external>, %n: index, %t: !stream.timepoint, %c: i1) -> !stream.resource<external> {
  %0 = stream.timepoint.await %t => %r : !stream.resource<external>{%n}
  cf.cond_br %c, ^a, ^b
^a:
  cf.cond_br %c, ^c, ^d
^b:
  %1 = util.optimization_barrier %r : !stream.resource<external>
  util.return %1 : !stream.resource<external>
^c:
  %2 = util.optimization_barrier %0 : !stream.resource<external>
  util.return %2 : !stream.resource<external>
^d:
  util.return %0 : !stream.resource<external>
}

// -----
// await of a part of a resource
util.func public @f(%r: !stream.resource<external>, %n: index, %m: index, %t: !stream.timepoint) -> !stream.resource<external> {
  %c16 = arith.constant 16 : index
  %0 = stream.resource.subview %r[%c16] : !stream.resource<external>{%n} -> !stream.resource<external>{%m}
  %1 = stream.timepoint.await %t => %0 : !stream.resource<external>{%m}
  util.return %1 : !stream.resource<external>
}

// -----
// joins: reached ones, the same twice, joins of joins, of one
util.func public @f(%t: !stream.timepoint, %u: !stream.timepoint, %v: !stream.timepoint) -> (!stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint) {
  %i = stream.timepoint.immediate => !stream.timepoint
  %0 = stream.timepoint.join max(%t, %i, %u) => !stream.timepoint
  %1 = stream.timepoint.join max(%t, %t, %v) => !stream.timepoint
  %2 = stream.timepoint.join max(%u, %0, %1) => !stream.timepoint
  %3 = stream.timepoint.join max(%v) => !stream.timepoint
  %4 = stream.timepoint.join max(%i, %i) => !stream.timepoint
  util.return %0, %1, %2, %3, %4 : !stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint, !stream.timepoint
}

// -----
// barriers: on what was just allocated, on what was just awaited
util.func public @f(%r: !stream.resource<external>, %n: index, %t: !stream.timepoint) -> (!stream.resource<transient>, !stream.timepoint, !stream.resource<external>, !stream.timepoint) {
  %0 = stream.resource.alloc uninitialized : !stream.resource<transient>{%n}
  %1, %u = stream.timepoint.barrier %0 : !stream.resource<transient>{%n} => !stream.timepoint
  %2 = stream.timepoint.await %t => %r : !stream.resource<external>{%n}
  %3, %v = stream.timepoint.barrier %2 : !stream.resource<external>{%n} => !stream.timepoint
  util.return %1, %u, %3, %v : !stream.resource<transient>, !stream.timepoint, !stream.resource<external>, !stream.timepoint
}

// -----
// fences that come in and go out again
util.func public @f(%f: !hal.fence, %d: !hal.device) -> !hal.fence {
  %t = stream.timepoint.import %f : (!hal.fence) => !stream.timepoint
  %0 = stream.timepoint.export %t => (!hal.fence)
  util.return %0 : !hal.fence
}
