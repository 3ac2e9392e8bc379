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

// -----
// a gather of one part
util.func @a(%s: tensor<10x4xf32>, %i: tensor<1x2xi32>, %o: tensor<1xf32>) -> tensor<1xf32> {
  %0 = iree_linalg_ext.gather dimension_map = [1, 0] ins(%s, %i : tensor<10x4xf32>, tensor<1x2xi32>) outs(%o : tensor<1xf32>) -> tensor<1xf32>
  util.return %0 : tensor<1xf32>
}
util.func @b(%s: tensor<10x?xf32>, %i: tensor<1xi64>, %o: tensor<?xf32>) -> tensor<?xf32> {
  %0 = iree_linalg_ext.gather dimension_map = [0] ins(%s, %i : tensor<10x?xf32>, tensor<1xi64>) outs(%o : tensor<?xf32>) -> tensor<?xf32>
  util.return %0 : tensor<?xf32>
}
util.func @c(%s: tensor<10x7xf32>, %i: tensor<1x1x1xi64>, %o: tensor<1x1x7xf32>) -> tensor<1x1x7xf32> {
  %0 = iree_linalg_ext.gather dimension_map = [0] ins(%s, %i : tensor<10x7xf32>, tensor<1x1x1xi64>) outs(%o : tensor<1x1x7xf32>) -> tensor<1x1x7xf32>
  util.return %0 : tensor<1x1x7xf32>
}
util.func @d(%s: tensor<10x7xf32>, %i: tensor<2x1xi64>, %o: tensor<2x7xf32>) -> tensor<2x7xf32> {
  %0 = iree_linalg_ext.gather dimension_map = [0] ins(%s, %i : tensor<10x7xf32>, tensor<2x1xi64>) outs(%o : tensor<2x7xf32>) -> tensor<2x7xf32>
  util.return %0 : tensor<2x7xf32>
}
util.func @e(%s: tensor<10x7xf32>, %i: tensor<1x1xi64>, %o: tensor<1x7xf32>) -> tensor<1x7xf32> {
  %0 = iree_linalg_ext.gather dimension_map = [0] ins(%s, %i : tensor<10x7xf32>, tensor<1x1xi64>) outs(%o : tensor<1x7xf32>) -> tensor<1x7xf32>
  util.return %0 : tensor<1x7xf32>
}
util.func @f(%s: tensor<10x?xf32>, %i: tensor<1x1x1xi64>, %o: tensor<1x1x?xf32>) -> tensor<1x1x?xf32> {
  %0 = iree_linalg_ext.gather dimension_map = [0] ins(%s, %i : tensor<10x?xf32>, tensor<1x1x1xi64>) outs(%o : tensor<1x1x?xf32>) -> tensor<1x1x?xf32>
  util.return %0 : tensor<1x1x?xf32>
}
