// splats and allocations nobody uses, narrow patterns, splats near their users
util.func public @f(%n: index, %v: i32) -> (!stream.resource<transient>, index) {
  %c = arith.constant 0x7F7F7F7F : i32
  %0 = stream.async.splat %v : i32 -> !stream.resource<transient>{%n}
  %1 = stream.async.alloca : !stream.resource<transient>{%n}
  %2 = stream.async.splat %c : i32 -> !stream.resource<transient>{%n}
  %3 = util.optimization_barrier %n : index
  %4 = util.optimization_barrier %2 : !stream.resource<transient>
  util.return %4, %3 : !stream.resource<transient>, index
}

// -----
// constants of one element
util.func public @f(%n: index) -> (!stream.resource<transient>, !stream.resource<transient>, !stream.resource<constant>) {
  %0 = stream.async.constant : !stream.resource<transient>{%n} = dense<3> : tensor<4xi32>
  %1 = stream.async.constant : !stream.resource<transient>{%n} = dense<[1, 2]> : tensor<2xi32>
  %2 = stream.async.constant : !stream.resource<constant>{%n} = dense<3> : tensor<4xi32>
  util.return %0, %1, %2 : !stream.resource<transient>, !stream.resource<transient>, !stream.resource<constant>
}

// -----
// clones that are not needed
util.func public @f(%n: index, %v: i32) -> (!stream.resource<*>, !stream.resource<*>) {
  %0 = stream.async.splat %v : i32 -> !stream.resource<*>{%n}
  %1 = stream.async.clone %0 : !stream.resource<*>{%n} -> !stream.resource<*>{%n}
  %2 = stream.async.clone %0 : !stream.resource<*>{%n} -> !stream.resource<*>{%n}
  util.return %1, %2 : !stream.resource<*>, !stream.resource<*>
}

// -----
// slices of all, of splats
util.func public @f(%r: !stream.resource<*>, %n: index, %v: i32) -> (!stream.resource<*>, !stream.resource<*>) {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %0 = stream.async.slice %r[%c0 to %n] : !stream.resource<*>{%n} -> !stream.resource<*>{%n}
  %1 = stream.async.splat %v : i32 -> !stream.resource<*>{%n}
  %2 = stream.async.slice %1[%c0 to %c8] : !stream.resource<*>{%n} -> !stream.resource<*>{%c8}
  util.return %0, %2 : !stream.resource<*>, !stream.resource<*>
}

// -----
// fills of all, beside each other, of a splat of the same
util.func public @f(%n: index, %v: i32, %w: i32) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<*>) {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %0 = stream.async.splat %v : i32 -> !stream.resource<*>{%n}
  %1 = stream.async.fill %w, %0[%c0 to %n for %n] : i32 -> %0 as !stream.resource<*>{%n}
  %2 = stream.async.splat %v : i32 -> !stream.resource<*>{%n}
  %3 = stream.async.fill %v, %2[%c0 to %c8 for %c8] : i32 -> %2 as !stream.resource<*>{%n}
  %4 = stream.async.splat %v : i32 -> !stream.resource<*>{%n}
  %5 = stream.async.fill %w, %4[%c0 to %c8 for %c8] : i32 -> %4 as !stream.resource<*>{%n}
  %6 = stream.async.fill %w, %5[%c8 to %c16 for %c8] : i32 -> %5 as !stream.resource<*>{%n}
  util.return %1, %3, %6 : !stream.resource<*>, !stream.resource<*>, !stream.resource<*>
}

// -----
// updates with all, with a slice, with a splat
util.func public @f(%r: !stream.resource<*>, %q: !stream.resource<*>, %n: index, %m: index, %v: i32) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<*>) {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %a = stream.async.alloca : !stream.resource<*>{%n}
  %0 = stream.async.update %q, %a[%c0 to %n] : !stream.resource<*>{%n} -> %a as !stream.resource<*>{%n}
  %1 = stream.async.slice %q[%c8 to %c16] : !stream.resource<*>{%m} -> !stream.resource<*>{%c8}
  %b = stream.async.clone %r : !stream.resource<*>{%n} -> !stream.resource<*>{%n}
  %2 = stream.async.update %1, %b[%c0 to %c8] : !stream.resource<*>{%c8} -> %b as !stream.resource<*>{%n}
  %3 = stream.async.splat %v : i32 -> !stream.resource<*>{%c8}
  %c = stream.async.clone %r : !stream.resource<*>{%n} -> !stream.resource<*>{%n}
  %4 = stream.async.update %3, %c[%c0 to %c8] : !stream.resource<*>{%c8} -> %c as !stream.resource<*>{%n}
  util.return %0, %2, %4 : !stream.resource<*>, !stream.resource<*>, !stream.resource<*>
}

// -----
// a copy of all
util.func public @f(%r: !stream.resource<*>, %q: !stream.resource<*>, %n: index, %m: index) -> !stream.resource<*> {
  %c0 = arith.constant 0 : index
  %0 = stream.async.copy %q[%c0 to %m], %r[%c0 to %m], %m : !stream.resource<*>{%m} -> %r as !stream.resource<*>{%n}
  util.return %0 : !stream.resource<*>
}

// -----
// transfers there and back, through several places, to the same place
util.func public @f(%r: !stream.resource<*>, %n: index) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<external>) {
  %0 = stream.async.transfer %r : !stream.resource<*>{%n} -> to(#hal.device.promise<@b>) !stream.resource<staging>{%n}
  %1 = stream.async.transfer %0 : !stream.resource<staging>{%n} from(#hal.device.promise<@b>) -> !stream.resource<*>{%n}
  %2 = stream.async.transfer %r : !stream.resource<*>{%n} from(#hal.device.promise<@a>) -> to(#hal.device.promise<@b>) !stream.resource<*>{%n}
  %3 = stream.async.transfer %2 : !stream.resource<*>{%n} from(#hal.device.promise<@b>) -> to(#hal.device.promise<@c>) !stream.resource<*>{%n}
  %4 = stream.async.transfer %r : !stream.resource<*>{%n} from(#hal.device.promise<@a>) -> to(#hal.device.promise<@a>) !stream.resource<external>{%n}
  util.return %1, %3, %4 : !stream.resource<*>, !stream.resource<*>, !stream.resource<external>
}

// -----
// bits of elements
util.func public @f(%r: !stream.resource<staging>, %n: index, %v: i32) -> (f32, !stream.resource<staging>) {
  %c0 = arith.constant 0 : index
  %0 = stream.async.load %r[%c0] : !stream.resource<staging>{%n} -> i32
  %1 = arith.bitcast %0 : i32 to f32
  %2 = arith.bitcast %v : i32 to f32
  %3 = stream.async.store %2, %r[%c0] : f32 -> %r as !stream.resource<staging>{%n}
  util.return %1, %3 : f32, !stream.resource<staging>
}

// -----
// dispatches nobody needs, or that name an entry twice
stream.executable private @e {
  stream.executable.export public @d
}
util.func public @f(%r: !stream.resource<*>, %n: index) -> !stream.resource<*> {
  %c0 = arith.constant 0 : index
  %0 = stream.async.dispatch @e::@d(%r[%c0 to %n for %n]) : (!stream.resource<*>{%n}) -> !stream.resource<*>{%n}
  %1 = stream.async.dispatch {@e::@d, @e::@d}(%r[%c0 to %n for %n]) : (!stream.resource<*>{%n}) -> !stream.resource<*>{%n}
  util.return %1 : !stream.resource<*>
}

// -----
// zeros of two signs are no splat
util.func public @zeros() -> !stream.resource<constant> {
  %c8 = arith.constant 8 : index
  %0 = stream.async.constant : !stream.resource<constant>{%c8} = dense<[0.0, -0.0]> : tensor<2xf32>
  util.return %0 : !stream.resource<constant>
}
