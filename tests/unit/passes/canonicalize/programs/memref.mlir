// sizes of buffers
util.func public @f(%m: memref<4x?xf32>, %u: memref<*xf32>, %n: index, %k: index) -> (index, index, index, index, index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %0 = memref.dim %m, %c0 : memref<4x?xf32>
  %1 = memref.dim %m, %c1 : memref<4x?xf32>
  %2 = memref.dim %m, %c7 : memref<4x?xf32>
  %alloc = memref.alloc(%n) : memref<4x?xf32>
  util.optimization_barrier %alloc : memref<4x?xf32>
  %3 = memref.dim %alloc, %c1 : memref<4x?xf32>
  %cast = memref.cast %m : memref<4x?xf32> to memref<?x?xf32>
  %4 = memref.dim %cast, %c1 : memref<?x?xf32>
  %5 = memref.rank %m : memref<4x?xf32>
  %6 = memref.rank %u : memref<*xf32>
  util.return %0, %1, %2, %3, %4, %5, %6 : index, index, index, index, index, index, index
}
// -----
// sizes of bindings
#layout = #hal.pipeline.layout<bindings = [#hal.pipeline.binding<storage_buffer>]>
util.func public @f(%n: index, %k: index) -> (index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %0 = hal.interface.binding.subspan layout(#layout) binding(0) : memref<64x?x?xf16>{%n, %k}
  %1 = memref.dim %0, %c0 : memref<64x?x?xf16>
  %2 = memref.dim %0, %c1 : memref<64x?x?xf16>
  %3 = memref.dim %0, %c2 : memref<64x?x?xf16>
  util.return %1, %2, %3 : index, index, index
}
// -----
// casts of casts, and what uses them
util.func public @f(%m: memref<4x4xf32>, %u: memref<?x?xf32>, %i: index, %x: f32) -> (memref<4x?xf32>, memref<4x4xf32, 2>, memref<4x4xf32>, f32, memref<4x4xf32>) {
  %0 = memref.cast %m : memref<4x4xf32> to memref<?x?xf32>
  %1 = memref.cast %0 : memref<?x?xf32> to memref<4x?xf32>
  %2 = memref.cast %0 : memref<?x?xf32> to memref<4x4xf32>
  %3 = memref.memory_space_cast %m : memref<4x4xf32> to memref<4x4xf32, 1>
  %4 = memref.memory_space_cast %3 : memref<4x4xf32, 1> to memref<4x4xf32, 2>
  %5 = memref.memory_space_cast %m : memref<4x4xf32> to memref<4x4xf32>
  %6 = memref.load %0[%i, %i] : memref<?x?xf32>
  memref.store %x, %0[%i, %i] : memref<?x?xf32>
  util.return %1, %4, %5, %6, %2 : memref<4x?xf32>, memref<4x4xf32, 2>, memref<4x4xf32>, f32, memref<4x4xf32>
}
// -----
// copies of casts, to where they come from, and of nothing
util.func public @f(%m: memref<4x4xf32>, %u: memref<?x?xf32>, %e: memref<0x?xf32>, %s: memref<?x?xf32>) {
  %0 = memref.cast %m : memref<4x4xf32> to memref<4x?xf32>
  memref.copy %0, %u : memref<4x?xf32> to memref<?x?xf32>
  memref.copy %0, %m : memref<4x?xf32> to memref<4x4xf32>
  memref.copy %e, %s : memref<0x?xf32> to memref<?x?xf32>
  %1 = memref.cast %u : memref<?x?xf32> to memref<4x?xf32>
  memref.copy %1, %s : memref<4x?xf32> to memref<?x?xf32>
  util.return
}
// -----
// allocations of constant sizes, and some that nobody reads
util.func public @f(%n: index, %x: f32) -> (memref<?x?xf32>, memref<?xf32>) {
  %c4 = arith.constant 4 : index
  %c0 = arith.constant 0 : index
  %minus = arith.constant -1 : index
  %0 = memref.alloc(%c4, %n) alignment = 64 : memref<?x?xf32>
  %1 = memref.alloca(%minus) : memref<?xf32>
  %2 = memref.alloc() : memref<4xf32>
  memref.store %x, %2[%c0] : memref<4xf32>
  memref.dealloc %2 : memref<4xf32>
  util.return %0, %1 : memref<?x?xf32>, memref<?xf32>
}

// -----
// changes in one step of a buffer before its cast
func.func @f(%m: memref<4x4xf32>, %u: memref<*xf32>, %v: f32, %i: index) -> (f32, f32) {
  %c = memref.cast %m : memref<4x4xf32> to memref<?x?xf32>
  %d = memref.cast %u : memref<*xf32> to memref<4x?xf32>
  %0 = memref.atomic_rmw addf %v, %c[%i, %i] : (f32, memref<?x?xf32>) -> f32
  %1 = memref.atomic_rmw maximumf %v, %d[%i, %i] : (f32, memref<4x?xf32>) -> f32
  return %0, %1 : f32, f32
}
