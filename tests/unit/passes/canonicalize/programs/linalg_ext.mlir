// elements stored where they are
func.func @f(%a: tensor<4x8xf32>, %b: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = iree_linalg_ext.map_store %a into %b {
  ^bb0(%i: index, %j: index):
    %true = arith.constant true
    iree_linalg_ext.yield %i, %j, %true : index, index, i1
  } : tensor<4x8xf32> into tensor<4x8xf32> -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
// -----
// elements stored elsewhere, or not all
func.func @f(%a: tensor<4x4xf32>, %b: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %0 = iree_linalg_ext.map_store %a into %b {
  ^bb0(%i: index, %j: index):
    %true = arith.constant true
    iree_linalg_ext.yield %j, %i, %true : index, index, i1
  } : tensor<4x4xf32> into tensor<4x4xf32> -> tensor<4x4xf32>
  %1 = iree_linalg_ext.map_store %a into %b {
  ^bb0(%i: index, %j: index):
    %false = arith.constant false
    iree_linalg_ext.yield %i, %j, %false : index, index, i1
  } : tensor<4x4xf32> into tensor<4x4xf32> -> tensor<4x4xf32>
  return %0, %1 : tensor<4x4xf32>, tensor<4x4xf32>
}
// -----
// elements loaded from where they are
func.func @f(%a: tensor<4x8xf32>, %b: tensor<4x8xf32>, %p: f32) -> tensor<4x8xf32> {
  %0 = iree_linalg_ext.map_load %a into %b {
  ^bb0(%i: index, %j: index):
    iree_linalg_ext.yield %i, %j, %p : index, index, f32
  } : tensor<4x8xf32> into tensor<4x8xf32> -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
// -----
// sorted without use
func.func @f(%a: tensor<8xf32>, %b: tensor<8xi32>, %c: tensor<8xi64>) -> tensor<8xi64> {
  %0:3 = iree_linalg_ext.sort dimension(0) outs(%a, %b, %c : tensor<8xf32>, tensor<8xi32>, tensor<8xi64>) {
  ^bb0(%x: f32, %y: f32, %p: i32, %q: i32, %r: i64, %s: i64):
    %less = arith.cmpf olt, %x, %y : f32
    iree_linalg_ext.yield %less : i1
  } -> tensor<8xf32>, tensor<8xi32>, tensor<8xi64>
  return %0#2 : tensor<8xi64>
}
// -----
// operands before casts
func.func @f(%a: tensor<8xf32>) -> tensor<?xf32> {
  %cast = tensor.cast %a : tensor<8xf32> to tensor<?xf32>
  %0 = iree_linalg_ext.sort dimension(0) outs(%cast : tensor<?xf32>) {
  ^bb0(%x: f32, %y: f32):
    %less = arith.cmpf olt, %x, %y : f32
    iree_linalg_ext.yield %less : i1
  } -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
