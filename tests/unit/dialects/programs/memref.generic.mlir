#map = affine_map<(d0, d1)[s0] -> (d0 + s0, d1)>
"builtin.module"() ({
  "func.func"() <{function_type = (memref<?x4xf32>, index, index) -> (), sym_name = "f"}> ({
  ^bb0(%arg0: memref<?x4xf32>, %arg1: index, %arg2: index):
    %0 = "arith.constant"() <{value = 0 : index}> : () -> index
    %1 = "memref.alloc"(%arg1) <{operandSegmentSizes = array<i32: 1, 0>}> : (index) -> memref<?x4xf32>
    %2 = "memref.alloc"(%arg1, %arg2) <{operandSegmentSizes = array<i32: 1, 1>}> {a = 1 : i32} : (index, index) -> memref<?x4xf32, #map>
    %3 = "memref.alloc"() <{alignment = 64 : i64, operandSegmentSizes = array<i32: 0, 0>}> {b} : () -> memref<4xf32>
    %4 = "memref.alloca"() <{alignment = 64 : i64, operandSegmentSizes = array<i32: 0, 0>}> {b} : () -> memref<4xf32>
    %5 = "memref.cast"(%1) : (memref<?x4xf32>) -> memref<*xf32>
    %6 = "memref.memory_space_cast"(%1) : (memref<?x4xf32>) -> memref<?x4xf32, 1>
    %7 = "memref.rank"(%5) : (memref<*xf32>) -> index
    %8 = "memref.dim"(%arg0, %0) : (memref<?x4xf32>, index) -> index
    %9 = "memref.load"(%arg0, %arg1, %arg1) <{nontemporal = true}> : (memref<?x4xf32>, index, index) -> f32
    %10 = "memref.load"(%arg0, %arg1, %arg1) <{alignment = 4 : i64, nontemporal = false}> : (memref<?x4xf32>, index, index) -> f32
    "memref.store"(%9, %arg0, %arg1, %arg1) <{nontemporal = true}> {a} : (f32, memref<?x4xf32>, index, index) -> ()
    "memref.copy"(%arg0, %1) : (memref<?x4xf32>, memref<?x4xf32>) -> ()
    %11 = "memref.subview"(%arg0) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: 0, 0>, static_sizes = array<i64: 2, 2>, static_strides = array<i64: 1, 1>}> : (memref<?x4xf32>) -> memref<2x2xf32, strided<[4, 1]>>
    %12 = "memref.expand_shape"(%4) <{reassociation = [[0, 1]], static_output_shape = array<i64: 2, 2>}> : (memref<4xf32>) -> memref<2x2xf32>
    %13 = "memref.collapse_shape"(%12) <{reassociation = [[0, 1]]}> : (memref<2x2xf32>) -> memref<4xf32>
    "memref.dealloc"(%1) : (memref<?x4xf32>) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
