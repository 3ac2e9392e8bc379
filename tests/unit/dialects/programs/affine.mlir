module {
  func.func @f(%arg0: memref<4x8xf32>, %arg1: index, %arg2: index) {
    affine.for %arg3 = 0 to 4 {
      %0 = affine.load %arg0[%arg3 + 1, symbol(%arg2)] : memref<4x8xf32>
      affine.store %0, %arg0[%arg3, %arg3 * 2] {a} : memref<4x8xf32>
    }
    return
  }
  func.func @g(%arg0: memref<?x?xf32, strided<[?, 1]>, 3>, %arg1: memref<f32>, %arg2: index, %arg3: index) -> f32 {
    %sum, %overflow = arith.addui_extended %arg2, %arg2 : index, i1
    %0 = affine.load %arg0[(%arg2 + %sum) floordiv 3 + %arg2 - symbol(%arg3) * 2, -%sum + symbol(%arg3) mod 4] {a, b} : memref<?x?xf32, strided<[?, 1]>, 3>
    %1 = affine.load %arg1[] : memref<f32>
    affine.store %1, %arg1[] : memref<f32>
    affine.store %0, %arg0[symbol(%arg2), symbol(%arg2) + 4] : memref<?x?xf32, strided<[?, 1]>, 3>
    return %1 : f32
  }
}
