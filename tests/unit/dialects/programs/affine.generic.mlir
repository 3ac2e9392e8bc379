#map = affine_map<(d0)[s0] -> (d0 + 1, s0)>
#map1 = affine_map<(d0) -> (d0, d0 * 2)>
#map2 = affine_map<() -> (0)>
#map3 = affine_map<() -> (4)>
#map4 = affine_map<(d0, d1)[s0] -> ((d0 + d1) floordiv 3 + d0 - s0 * 2, -d1 + s0 mod 4)>
#map5 = affine_map<() -> ()>
#map6 = affine_map<()[s0] -> (s0, s0 + 4)>
"builtin.module"() ({
  "func.func"() <{function_type = (memref<4x8xf32>, index, index) -> (), sym_name = "f"}> ({
  ^bb0(%arg4: memref<4x8xf32>, %arg5: index, %arg6: index):
    "affine.for"() <{lowerBoundMap = #map2, operandSegmentSizes = array<i32: 0, 0, 0>, step = 1 : index, upperBoundMap = #map3}> ({
    ^bb0(%arg7: index):
      %3 = "affine.load"(%arg4, %arg7, %arg6) <{map = #map}> : (memref<4x8xf32>, index, index) -> f32
      "affine.store"(%3, %arg4, %arg7) <{map = #map1}> {a} : (f32, memref<4x8xf32>, index) -> ()
      "affine.yield"() : () -> ()
    }) : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (memref<?x?xf32, strided<[?, 1]>, 3>, memref<f32>, index, index) -> f32, sym_name = "g"}> ({
  ^bb0(%arg0: memref<?x?xf32, strided<[?, 1]>, 3>, %arg1: memref<f32>, %arg2: index, %arg3: index):
    %0:2 = "arith.addui_extended"(%arg2, %arg2) : (index, index) -> (index, i1)
    %1 = "affine.load"(%arg0, %arg2, %0#0, %arg3) <{map = #map4}> {a, b} : (memref<?x?xf32, strided<[?, 1]>, 3>, index, index, index) -> f32
    %2 = "affine.load"(%arg1) <{map = #map5}> : (memref<f32>) -> f32
    "affine.store"(%2, %arg1) <{map = #map5}> : (f32, memref<f32>) -> ()
    "affine.store"(%1, %arg0, %arg2) <{map = #map6}> : (f32, memref<?x?xf32, strided<[?, 1]>, 3>, index) -> ()
    "func.return"(%2) : (f32) -> ()
  }) : () -> ()
}) : () -> ()
