#map = affine_map<(d0, d1, d2) -> (d0, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d2, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1)>
module {
  func.func @f(%arg0: vector<2x8xf32>, %arg1: vector<8x2xf32>, %arg2: vector<2x2xf32>, %arg3: vector<4xf32>, %arg4: f32, %arg5: memref<4xf32>, %arg6: index, %arg7: vector<4xindex>, %arg8: vector<4xi1>, %arg9: vector<8xf32>, %arg10: vector<[4]xf32>) {
    %0 = vector.contract {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>} %arg0, %arg1, %arg2 {tag} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>
    %1 = vector.contract {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<maxnumf>} %arg0, %arg1, %arg2 {foo} : vector<2x8xf32>, vector<8x2xf32> into vector<2x2xf32>
    %2 = vector.multi_reduction <add>, %arg0, %arg9 {a} [0] : vector<2x8xf32> to vector<8xf32>
    %3 = vector.multi_reduction <add>, %arg0, %arg4 [0, 1] : vector<2x8xf32> to f32
    %4 = vector.transpose %arg0, [1, 0] {a} : vector<2x8xf32> to vector<8x2xf32>
    %5 = vector.shape_cast %arg0 {a} : vector<2x8xf32> to vector<16xf32>
    %6 = vector.from_elements %arg4, %arg4 {a} : vector<2xf32>
    %7:16 = vector.to_elements %arg0 {a} : vector<2x8xf32>
    %8 = vector.insert_strided_slice %arg3, %arg0 offsets = [0, 4], strides = [1] {a} : vector<4xf32> into vector<2x8xf32>
    %9 = vector.extract_strided_slice %arg0 offsets = [0, 2], sizes = [1, 4], strides = [1, 1] {a} : vector<2x8xf32> to vector<1x4xf32>
    %10 = vector.step {a} : vector<4xindex>
    %11 = vector.constant_mask [2] {a} : vector<4xi1>
    %12 = vector.gather %arg5[%arg6] [%arg7], %arg8, %arg3 {a} : memref<4xf32>, vector<4xindex>, vector<4xi1>, vector<4xf32> into vector<4xf32>
    %vscale = vector.vscale {a}
    %13 = vector.interleave %arg3, %arg3 {a} : vector<4xf32> -> vector<8xf32>
    %res1, %res2 = vector.deinterleave %arg3 {a} : vector<4xf32> -> vector<2xf32>
    %14 = vector.create_mask %arg6 {a} : vector<4xi1>
    return
  }
}
