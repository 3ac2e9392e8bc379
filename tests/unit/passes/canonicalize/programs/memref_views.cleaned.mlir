module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<8xf32> {
    util.return %arg0 : memref<8xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<4x2xf32> {
    %reinterpret_cast = memref.reinterpret_cast %arg0 to offset: [0], sizes: [4, 2], strides: [2, 1] : memref<8xf32> to memref<4x2xf32>
    util.return %reinterpret_cast : memref<4x2xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<4x2xf32> {
    %reinterpret_cast = memref.reinterpret_cast %arg0 to offset: [0], sizes: [4, 2], strides: [2, 1] : memref<8xf32> to memref<4x2xf32>
    util.return %reinterpret_cast : memref<4x2xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<?x2xf32> {
    %reinterpret_cast = memref.reinterpret_cast %arg0 to offset: [0], sizes: [4, 2], strides: [2, 1] : memref<8xf32> to memref<4x2xf32, strided<[2, 1]>>
    %cast = memref.cast %reinterpret_cast : memref<4x2xf32, strided<[2, 1]>> to memref<?x2xf32>
    util.return %cast : memref<?x2xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<?x?xf32, strided<[?, ?], offset: ?>> {
    %reinterpret_cast = memref.reinterpret_cast %arg0 to offset: [1], sizes: [4, 1], strides: [1, 4] : memref<8xf32> to memref<4x1xf32, strided<[1, 4], offset: 1>>
    %cast = memref.cast %reinterpret_cast : memref<4x1xf32, strided<[1, 4], offset: 1>> to memref<?x?xf32, strided<[?, ?], offset: ?>>
    util.return %cast : memref<?x?xf32, strided<[?, ?], offset: ?>>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<8xf32> {
    util.return %arg0 : memref<8xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<8xf32, strided<[1]>> {
    %cast = memref.cast %arg0 : memref<8xf32> to memref<8xf32, strided<[1]>>
    util.return %cast : memref<8xf32, strided<[1]>>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<?xf32, strided<[1], offset: ?>> {
    %subview = memref.subview %arg0[2] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: 2>>
    %cast = memref.cast %subview : memref<4xf32, strided<[1], offset: 2>> to memref<?xf32, strided<[1], offset: ?>>
    util.return %cast : memref<?xf32, strided<[1], offset: ?>>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<4xf32, strided<[1], offset: 2>> {
    %subview = memref.subview %arg0[2] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: 2>>
    util.return %subview : memref<4xf32, strided<[1], offset: 2>>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>, %arg1: index) -> index {
    util.return %arg1 : index
  }
}


// -----
module {
  util.func public @f(%arg0: memref<2x4xf32>) -> memref<2x4xf32> {
    util.return %arg0 : memref<2x4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<2x2x2xf32>) -> memref<4x2xf32> {
    %collapse_shape = memref.collapse_shape %arg0 [[0, 1], [2]] : memref<2x2x2xf32> into memref<4x2xf32>
    util.return %collapse_shape : memref<4x2xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<64xi8>) -> memref<?x4xf32> {
    %c0 = arith.constant 0 : index
    %view = memref.view %arg0[%c0][] : memref<64xi8> to memref<4x4xf32>
    %cast = memref.cast %view : memref<4x4xf32> to memref<?x4xf32>
    util.return %cast : memref<?x4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) {
    memref.dealloc %arg0 : memref<8xf32>
    util.return
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8x16x4xf32>) -> memref<?x4xf32, strided<[4, 1], offset: ?>> {
    %subview = memref.subview %arg0[2, 0, 0] [1, 4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<4x4xf32, strided<[4, 1], offset: 128>>
    %cast = memref.cast %subview : memref<4x4xf32, strided<[4, 1], offset: 128>> to memref<?x4xf32, strided<[4, 1], offset: ?>>
    util.return %cast : memref<?x4xf32, strided<[4, 1], offset: ?>>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8x16x4xf32>) -> memref<?x4xf32, strided<[4, 1], offset: ?>> {
    %c9 = arith.constant 9 : index
    %c4 = arith.constant 4 : index
    %subview = memref.subview %arg0[%c9, 0, 0] [1, %c4, 4] [1, 1, 1] : memref<8x16x4xf32> to memref<?x4xf32, strided<[4, 1], offset: ?>>
    util.return %subview : memref<?x4xf32, strided<[4, 1], offset: ?>>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8x16xf32>, %arg1: index) -> memref<4xf32, strided<[1], offset: ?>> {
    %subview = memref.subview %arg0[%arg1, 0] [1, 4] [1, 1] : memref<8x16xf32> to memref<4xf32, strided<[1], offset: ?>>
    util.return %subview : memref<4xf32, strided<[1], offset: ?>>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<?x16xf32>, %arg1: index) -> memref<?x4xf32, strided<[16, 1]>> {
    %subview = memref.subview %arg0[0, 0] [%arg1, 4] [1, 1] : memref<?x16xf32> to memref<?x4xf32, strided<[16, 1]>>
    util.return %subview : memref<?x4xf32, strided<[16, 1]>>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8x16xf32>, %arg1: index) -> memref<8x16xf32> {
    util.return %arg0 : memref<8x16xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8x16xf32>, %arg1: index) -> memref<8x16xf32> {
    %subview = memref.subview %arg0[1, 0] [4, 4] [1, 1] : memref<8x16xf32> to memref<4x4xf32, strided<[16, 1], offset: 16>>
    %reinterpret_cast = memref.reinterpret_cast %subview to offset: [0], sizes: [8, 16], strides: [16, 1] : memref<4x4xf32, strided<[16, 1], offset: 16>> to memref<8x16xf32>
    util.return %reinterpret_cast : memref<8x16xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<?xi8>, %arg1: index) -> index {
    util.return %arg1 : index
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<?xf32> {
    %c-4 = arith.constant -4 : index
    %reinterpret_cast = memref.reinterpret_cast %arg0 to offset: [0], sizes: [%c-4], strides: [1] : memref<8xf32> to memref<?xf32>
    util.return %reinterpret_cast : memref<?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<8xf32>) -> memref<8xf32> {
    util.return %arg0 : memref<8xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: memref<?x?xf32>, %arg1: index) -> (memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>) {
    %c-4 = arith.constant -4 : index
    %c0 = arith.constant 0 : index
    %subview = memref.subview %arg0[%c-4, %arg1] [%arg1, %arg1] [%arg1, %arg1] : memref<?x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
    %subview_0 = memref.subview %arg0[%arg1, %arg1] [%arg1, %c-4] [%arg1, %arg1] : memref<?x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
    %subview_1 = memref.subview %arg0[%arg1, %arg1] [%arg1, %arg1] [%c0, %arg1] : memref<?x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
    %subview_2 = memref.subview %arg0[%arg1, %arg1] [%arg1, %arg1] [-4, %arg1] : memref<?x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
    util.return %subview, %subview_0, %subview_1, %subview_2 : memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32, strided<[?, ?], offset: ?>>
  }
}

