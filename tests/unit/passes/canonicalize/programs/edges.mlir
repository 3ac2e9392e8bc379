// strings
util.func public @a(%b: !util.buffer, %i: i32, %n: index, %c: i1, %o: index) -> (!util.buffer, !util.buffer, !util.buffer, !util.buffer, !util.buffer, !util.buffer) {
  %c5 = arith.constant 5 : i32
  %cm = arith.constant -1 : i8
  %s = util.buffer.constant : !util.buffer = "ab{c"
  %0 = util.string.format "x{}y{}{{{}"(%i, %c5, %s) : (i32, i32, !util.buffer) -> !util.buffer
  %1 = util.string.format "{1}-{0}"(%i, %b) : (i32, !util.buffer) -> !util.buffer
  %2 = util.string.format "{}"(%b) : (!util.buffer) -> !util.buffer
  %3 = util.string.format "{}"(%n) : (index) -> !util.buffer
  %4 = util.string.format "v{}{}"(%cm, %c5) : (i8, i32) -> !util.buffer
  %e = arith.extui %i : i32 to i64
  %5 = util.string.itoa %e : i64 -> !util.buffer
  util.return %0, %1, %2, %3, %4, %5 : !util.buffer, !util.buffer, !util.buffer, !util.buffer, !util.buffer, !util.buffer
}

// -----
// parts of buffers
util.func public @b(%b: !util.buffer, %n: index, %c: i1, %o: index, %p: index, %l: index) -> (i32, index, index, !util.buffer, memref<?xi8>, index) {
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %s0 = util.buffer.subspan %b[%o] : !util.buffer{%n} -> !util.buffer{%l}
  %s1 = util.buffer.subspan %s0[%p] : !util.buffer{%l} -> !util.buffer{%c8}
  %s2 = util.buffer.subspan %b[%p] : !util.buffer{%n} -> !util.buffer{%l}
  %v = util.buffer.load %s1[%c4 for %c4] : !util.buffer{%c8} -> i32
  util.buffer.copy %s0[%o], %s2[%p], %c4 : !util.buffer{%l} -> !util.buffer{%l}
  %z = arith.select %c, %s0, %s2 : !util.buffer
  %sz = util.buffer.size %z : !util.buffer
  %k = util.buffer.constant : !util.buffer = "abc"
  %ks = util.buffer.size %k : !util.buffer
  %st, %off = util.buffer.storage %s0 : !util.buffer{%l} -> (memref<?xi8>, index)
  util.return %v, %sz, %ks, %z, %st, %off : i32, index, index, !util.buffer, memref<?xi8>, index
}

// -----
// fences
util.func public @f(%d: !hal.device, %f: !hal.fence, %g: !hal.fence) -> (!hal.fence, !hal.fence, i32, i32, !hal.fence) {
  %t = arith.constant 100 : i32
  %0 = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  %u = hal.fence.create device(%d : !hal.device) flags("None") : !hal.fence
  hal.fence.signal<%0 : !hal.fence>
  %1 = hal.fence.join at([%f, %0, %g, %f]) flags("None") -> !hal.fence
  %2 = hal.fence.join at([%0]) flags("None") -> !hal.fence
  %e = hal.fence.join at([]) flags("None") -> !hal.fence
  %s = hal.fence.await until([%0]) timeout_millis(%t) flags("None") : i32
  %s2 = hal.fence.await until([%f, %e, %f]) timeout_millis(%t) flags("None") : i32
  util.return %1, %2, %s, %s2, %e : !hal.fence, !hal.fence, i32, i32, !hal.fence
}

// -----
// tensors that come in and go out
util.func public @t(%b: !hal.buffer_view, %d: index, %f: !hal.fence) -> (!hal.buffer_view, !hal.buffer_view, tensor<?xf32>) {
  %c4 = arith.constant 4 : index
  %0 = hal.tensor.import %b : !hal.buffer_view -> tensor<?xf32>{%d}
  %1 = hal.tensor.export %0 : tensor<?xf32>{%c4} -> !hal.buffer_view
  %2 = hal.tensor.import wait(%f) => %b : !hal.buffer_view -> tensor<?xf32>{%d}
  %3:2 = hal.tensor.barrier join(%2, %2 : tensor<?xf32>, tensor<?xf32>) => %f : !hal.fence
  %4 = hal.tensor.export %3#0 : tensor<?xf32>{%c4} -> !hal.buffer_view
  %5 = hal.tensor.import wait(%f) => %b : !hal.buffer_view -> tensor<?xf32>{%d}
  %6 = hal.tensor.export %5 : tensor<?xf32>{%c4} -> !hal.buffer_view
  util.return %4, %6, %3#1 : !hal.buffer_view, !hal.buffer_view, tensor<?xf32>
}
