// a buffer as it is
util.func public @f(%m: memref<8xf32>) -> memref<8xf32> {
  %0 = memref.reinterpret_cast %m to offset: [0], sizes: [8], strides: [1] : memref<8xf32> to memref<8xf32>
  util.return %0 : memref<8xf32>
}
// -----
// memory as another buffer twice
util.func public @f(%m: memref<8xf32>) -> memref<4x2xf32> {
  %1 = memref.reinterpret_cast %m to offset: [0], sizes: [2, 4], strides: [4, 1] : memref<8xf32> to memref<2x4xf32>
  %0 = memref.reinterpret_cast %1 to offset: [0], sizes: [4, 2], strides: [2, 1] : memref<2x4xf32> to memref<4x2xf32>
  util.return %0 : memref<4x2xf32>
}
// -----
// memory behind a cast
util.func public @f(%m: memref<8xf32>) -> memref<4x2xf32> {
  %1 = memref.cast %m : memref<8xf32> to memref<?xf32>
  %0 = memref.reinterpret_cast %1 to offset: [0], sizes: [4, 2], strides: [2, 1] : memref<?xf32> to memref<4x2xf32>
  util.return %0 : memref<4x2xf32>
}
// -----
// a constant size
util.func public @f(%m: memref<8xf32>) -> memref<?x2xf32> {
  %c4 = arith.constant 4 : index
  %0 = memref.reinterpret_cast %m to offset: [0], sizes: [%c4, 2], strides: [2, 1] : memref<8xf32> to memref<?x2xf32>
  util.return %0 : memref<?x2xf32>
}
// -----
// constant offset, sizes and strides
util.func public @f(%m: memref<8xf32>) -> memref<?x?xf32, strided<[?, ?], offset: ?>> {
  %c4 = arith.constant 4 : index
  %c1 = arith.constant 1 : index
  %0 = memref.reinterpret_cast %m to offset: [%c1], sizes: [%c4, %c1], strides: [%c1, %c4] : memref<8xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
  util.return %0 : memref<?x?xf32, strided<[?, ?], offset: ?>>
}
// -----
// all of a buffer
util.func public @f(%m: memref<8xf32>) -> memref<8xf32> {
  %0 = memref.subview %m[0] [8] [1] : memref<8xf32> to memref<8xf32>
  util.return %0 : memref<8xf32>
}
// -----
// all of a buffer, of another type
util.func public @f(%m: memref<8xf32>) -> memref<8xf32, strided<[1]>> {
  %0 = memref.subview %m[0] [8] [1] : memref<8xf32> to memref<8xf32, strided<[1]>>
  util.return %0 : memref<8xf32, strided<[1]>>
}
// -----
// a part at a constant place
util.func public @f(%m: memref<8xf32>) -> memref<?xf32, strided<[1], offset: ?>> {
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %0 = memref.subview %m[%c2] [%c4] [1] : memref<8xf32> to memref<?xf32, strided<[1], offset: ?>>
  util.return %0 : memref<?xf32, strided<[1], offset: ?>>
}
// -----
// a part of a cast
util.func public @f(%m: memref<8xf32>) -> memref<4xf32, strided<[1], offset: 2>> {
  %1 = memref.cast %m : memref<8xf32> to memref<?xf32>
  %0 = memref.subview %1[2] [4] [1] : memref<?xf32> to memref<4xf32, strided<[1], offset: 2>>
  util.return %0 : memref<4xf32, strided<[1], offset: 2>>
}
// -----
// how large a part is
util.func public @f(%m: memref<8xf32>, %i: index) -> index {
  %c0 = arith.constant 0 : index
  %0 = memref.subview %m[2] [%i] [1] : memref<8xf32> to memref<?xf32, strided<[1], offset: 2>>
  %d = memref.dim %0, %c0 : memref<?xf32, strided<[1], offset: 2>>
  util.return %d : index
}
// -----
// joined and split again
util.func public @f(%m: memref<2x4xf32>) -> memref<2x4xf32> {
  %a = memref.collapse_shape %m [[0, 1]] : memref<2x4xf32> into memref<8xf32>
  %b = memref.expand_shape %a [[0, 1]] output_shape [2, 4] : memref<8xf32> into memref<2x4xf32>
  util.return %b : memref<2x4xf32>
}
// -----
// joined after a cast
util.func public @f(%m: memref<2x2x2xf32>) -> memref<4x2xf32> {
  %x = memref.cast %m : memref<2x2x2xf32> to memref<?x2x2xf32>
  %a = memref.collapse_shape %x [[0, 1], [2]] : memref<?x2x2xf32> into memref<?x2xf32>
  %b = memref.cast %a : memref<?x2xf32> to memref<4x2xf32>
  util.return %b : memref<4x2xf32>
}
// -----
// a view of a constant size
util.func public @f(%m: memref<64xi8>) -> memref<?x4xf32> {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %0 = memref.view %m[%c0][%c4] : memref<64xi8> to memref<?x4xf32>
  util.return %0 : memref<?x4xf32>
}
// -----
// a cast that is freed
util.func public @f(%m: memref<8xf32>) {
  %1 = memref.cast %m : memref<8xf32> to memref<?xf32>
  memref.dealloc %1 : memref<?xf32>
  util.return
}
// -----
// a part with fewer dimensions
util.func public @f(%m: memref<8x16x4xf32>) -> memref<?x4xf32, strided<[4, 1], offset: ?>> {
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %0 = memref.subview %m[%c2, 0, 0] [1, %c4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<?x4xf32, strided<[4, 1], offset: ?>>
  util.return %0 : memref<?x4xf32, strided<[4, 1], offset: ?>>
}
// -----
// a part behind the end stays
util.func public @f(%m: memref<8x16x4xf32>) -> memref<?x4xf32, strided<[4, 1], offset: ?>> {
  %c9 = arith.constant 9 : index
  %c4 = arith.constant 4 : index
  %0 = memref.subview %m[%c9, 0, 0] [1, %c4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<?x4xf32, strided<[4, 1], offset: ?>>
  util.return %0 : memref<?x4xf32, strided<[4, 1], offset: ?>>
}
// -----
// a row of a cast
util.func public @f(%m: memref<8x16xf32>, %i: index) -> memref<4xf32, strided<[1], offset: ?>> {
  %c = memref.cast %m : memref<8x16xf32> to memref<?x16xf32>
  %0 = memref.subview %c[%i, 0] [1, 4] [1, 1] : memref<?x16xf32> to memref<4xf32, strided<[1], offset: ?>>
  util.return %0 : memref<4xf32, strided<[1], offset: ?>>
}
// -----
// all of a part
util.func public @f(%m: memref<?x16xf32>, %i: index) -> memref<?x4xf32, strided<[16, 1]>> {
  %0 = memref.subview %m[0, 0] [%i, 4] [1, 1] : memref<?x16xf32> to memref<?x4xf32, strided<[16, 1]>>
  %1 = memref.subview %0[0, 0] [%i, 4] [1, 1] : memref<?x4xf32, strided<[16, 1]>> to memref<?x4xf32, strided<[16, 1]>>
  util.return %1 : memref<?x4xf32, strided<[16, 1]>>
}
// -----
// memory of a part at the start
util.func public @f(%m: memref<8x16xf32>, %i: index) -> memref<8x16xf32> {
  %0 = memref.subview %m[0, 0] [4, 4] [1, 1] : memref<8x16xf32> to memref<4x4xf32, strided<[16, 1]>>
  %1 = memref.reinterpret_cast %0 to offset: [0], sizes: [8, 16], strides: [16, 1] : memref<4x4xf32, strided<[16, 1]>> to memref<8x16xf32>
  util.return %1 : memref<8x16xf32>
}
// -----
// memory of a part behind the start stays
util.func public @f(%m: memref<8x16xf32>, %i: index) -> memref<8x16xf32> {
  %0 = memref.subview %m[1, 0] [4, 4] [1, 1] : memref<8x16xf32> to memref<4x4xf32, strided<[16, 1], offset: 16>>
  %1 = memref.reinterpret_cast %0 to offset: [0], sizes: [8, 16], strides: [16, 1] : memref<4x4xf32, strided<[16, 1], offset: 16>> to memref<8x16xf32>
  util.return %1 : memref<8x16xf32>
}
// -----
// how large a view is
util.func public @f(%m: memref<?xi8>, %n: index) -> index {
  %c0 = arith.constant 0 : index
  %0 = memref.view %m[%c0][%n] : memref<?xi8> to memref<?x4xf32>
  %d = memref.dim %0, %c0 : memref<?x4xf32>
  util.return %d : index
}
// -----
// a negative size stays
util.func public @f(%m: memref<8xf32>) -> memref<?xf32> {
  %cm = arith.constant -4 : index
  %0 = memref.reinterpret_cast %m to offset: [0], sizes: [%cm], strides: [1] : memref<8xf32> to memref<?xf32>
  util.return %0 : memref<?xf32>
}
// -----
// split and joined again
util.func public @f(%m: memref<8xf32>) -> memref<8xf32> {
  %0 = memref.expand_shape %m [[0, 1]] output_shape [2, 4] : memref<8xf32> into memref<2x4xf32>
  %1 = memref.collapse_shape %0 [[0, 1]] : memref<2x4xf32> into memref<8xf32>
  util.return %1 : memref<8xf32>
}

// -----
// parts whose place is known: offsets and sizes below zero and steps of zero stay values
util.func public @f(%a: memref<?x?xf32>, %n: index) -> (memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>) {
  %m = arith.constant -4 : index
  %z = arith.constant 0 : index
  %1 = memref.subview %a[%m, %n] [%n, %n] [%n, %n] : memref<?x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
  %2 = memref.subview %a[%n, %n] [%n, %m] [%n, %n] : memref<?x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
  %3 = memref.subview %a[%n, %n] [%n, %n] [%z, %n] : memref<?x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
  %4 = memref.subview %a[%n, %n] [%n, %n] [%m, %n] : memref<?x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
  util.return %1, %2, %3, %4 : memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>
}
