module {
  util.func public @f(%arg0: memref<4x?xf32>, %arg1: memref<*xf32>, %arg2: index, %arg3: index) -> (index, index, index, index, index, index, index) {
    %c2 = arith.constant 2 : index
    %c1 = arith.constant 1 : index
    %c7 = arith.constant 7 : index
    %c4 = arith.constant 4 : index
    %dim = memref.dim %arg0, %c1 : memref<4x?xf32>
    %dim_0 = memref.dim %arg0, %c7 : memref<4x?xf32>
    %alloc = memref.alloc(%arg2) : memref<4x?xf32>
    %0 = util.optimization_barrier %alloc : memref<4x?xf32>
    %dim_1 = memref.dim %arg0, %c1 : memref<4x?xf32>
    %1 = memref.rank %arg1 : memref<*xf32>
    util.return %c4, %dim, %dim_0, %arg2, %dim_1, %c2, %1 : index, index, index, index, index, index, index
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: index) -> (index, index, index) {
    %c64 = arith.constant 64 : index
    util.return %c64, %arg0, %arg1 : index, index, index
  }
}


// -----
module {
  util.func public @f(%arg0: memref<4x4xf32>, %arg1: memref<?x?xf32>, %arg2: index, %arg3: f32) -> (memref<4x?xf32>, memref<4x4xf32, 2>, memref<4x4xf32>, f32, memref<4x4xf32>) {
    %cast = memref.cast %arg0 : memref<4x4xf32> to memref<4x?xf32>
    %memspacecast = memref.memory_space_cast %arg0 : memref<4x4xf32> to memref<4x4xf32, 2>
    %0 = memref.load %arg0[%arg2, %arg2] : memref<4x4xf32>
    memref.store %arg3, %arg0[%arg2, %arg2] : memref<4x4xf32>
    util.return %cast, %memspacecast, %arg0, %0, %arg0 : memref<4x?xf32>, memref<4x4xf32, 2>, memref<4x4xf32>, f32, memref<4x4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<4x4xf32>, %arg1: memref<?x?xf32>, %arg2: memref<0x?xf32>, %arg3: memref<?x?xf32>) {
    memref.copy %arg0, %arg1 : memref<4x4xf32> to memref<?x?xf32>
    %cast = memref.cast %arg1 : memref<?x?xf32> to memref<4x?xf32>
    memref.copy %cast, %arg3 : memref<4x?xf32> to memref<?x?xf32>
    util.return
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: f32) -> (memref<?x?xf32>, memref<?xf32>) {
    %c-1 = arith.constant -1 : index
    %alloc = memref.alloc(%arg0) alignment = 64 : memref<4x?xf32>
    %cast = memref.cast %alloc : memref<4x?xf32> to memref<?x?xf32>
    %alloca = memref.alloca(%c-1) : memref<?xf32>
    util.return %cast, %alloca : memref<?x?xf32>, memref<?xf32>
  }
}


// -----
module {
  func.func @f(%arg0: memref<4x4xf32>, %arg1: memref<*xf32>, %arg2: f32, %arg3: index) -> (f32, f32) {
    %cast = memref.cast %arg1 : memref<*xf32> to memref<4x?xf32>
    %0 = memref.atomic_rmw addf %arg2, %arg0[%arg3, %arg3] : (f32, memref<4x4xf32>) -> f32
    %1 = memref.atomic_rmw maximumf %arg2, %cast[%arg3, %arg3] : (f32, memref<4x?xf32>) -> f32
    return %0, %1 : f32, f32
  }
}

