#map = affine_map<(d0, d1)[s0] -> (d0 + s0, d1)>
module {
  func.func @f(%arg0: memref<?x4xf32>, %arg1: index, %arg2: index) {
    %c0 = arith.constant 0 : index
    %alloc = memref.alloc(%arg1) : memref<?x4xf32>
    %alloc_0 = memref.alloc(%arg1)[%arg2] {a = 1 : i32} : memref<?x4xf32, #map>
    %alloc_1 = memref.alloc() alignment = 64 {b} : memref<4xf32>
    %alloca = memref.alloca() alignment = 64 {b} : memref<4xf32>
    %cast = memref.cast %alloc : memref<?x4xf32> to memref<*xf32>
    %memspacecast = memref.memory_space_cast %alloc : memref<?x4xf32> to memref<?x4xf32, 1>
    %0 = memref.rank %cast : memref<*xf32>
    %dim = memref.dim %arg0, %c0 : memref<?x4xf32>
    %1 = memref.load %arg0[%arg1, %arg1] nontemporal(true) : memref<?x4xf32>
    %2 = memref.load %arg0[%arg1, %arg1] alignment(4) : memref<?x4xf32>
    memref.store %1, %arg0[%arg1, %arg1] nontemporal(true) {a} : memref<?x4xf32>
    memref.copy %arg0, %alloc : memref<?x4xf32> to memref<?x4xf32>
    %subview = memref.subview %arg0[0, 0] [2, 2] [1, 1] : memref<?x4xf32> to memref<2x2xf32, strided<[4, 1]>>
    %expand_shape = memref.expand_shape %alloca [[0, 1]] output_shape [2, 2] : memref<4xf32> into memref<2x2xf32>
    %collapse_shape = memref.collapse_shape %expand_shape [[0, 1]] : memref<2x2xf32> into memref<4xf32>
    memref.dealloc %alloc : memref<?x4xf32>
    return
  }
}
