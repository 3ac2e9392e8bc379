// sizes that are known
util.func public @f(%t: tensor<4x?xf32>, %n: index, %m: index) -> (index, index, index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = tensor.rank %t : tensor<4x?xf32>
  %1 = tensor.dim %t, %c0 : tensor<4x?xf32>
  %2 = tensor.empty(%n, %m) : tensor<?x?xf32>
  %3 = tensor.dim %2, %c1 : tensor<?x?xf32>
  %4 = tensor.cast %2 : tensor<?x?xf32> to tensor<?x8xf32>
  %5 = tensor.dim %4, %c0 : tensor<?x8xf32>
  %6 = tensor.dim %t, %c1 : tensor<4x?xf32>
  util.return %0, %1, %3, %5, %6 : index, index, index, index, index
}

// -----
// casts that say nothing, and casts in a row
util.func public @f(%t: tensor<4x?xf32>, %u: tensor<?xf32>) -> (tensor<4x?xf32>, tensor<?x?xf32>, tensor<?xf32>) {
  %0 = tensor.cast %t : tensor<4x?xf32> to tensor<4x?xf32>
  %1 = tensor.cast %t : tensor<4x?xf32> to tensor<?x?xf32>
  %2 = tensor.cast %1 : tensor<?x?xf32> to tensor<?x?xf32>
  %3 = tensor.cast %u : tensor<?xf32> to tensor<8xf32>
  %4 = tensor.cast %3 : tensor<8xf32> to tensor<?xf32>
  util.return %0, %2, %4 : tensor<4x?xf32>, tensor<?x?xf32>, tensor<?xf32>
}

// -----
// elements that are known
util.func public @f(%a: f32, %b: f32, %i: index) -> (f32, i32, i32, i1, f32) {
  %c1 = arith.constant 1 : index
  %0 = tensor.from_elements %a, %b : tensor<2xf32>
  %1 = tensor.extract %0[%c1] : tensor<2xf32>
  %cst = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>
  %2 = tensor.extract %cst[%c1, %c1] : tensor<2x2xi32>
  %cst_0 = arith.constant dense<7> : tensor<4xi32>
  %3 = tensor.extract %cst_0[%i] : tensor<4xi32>
  %cst_1 = arith.constant dense<[true, false]> : tensor<2xi1>
  %4 = tensor.extract %cst_1[%c1] : tensor<2xi1>
  %5 = tensor.splat %a : tensor<8xf32>
  %6 = tensor.extract %5[%i] : tensor<8xf32>
  util.return %1, %2, %3, %4, %6 : f32, i32, i32, i1, f32
}

// -----
// Encodings are kept where more is said of a shape.
#e = #iree_encoding.testing<>
util.func @a(%d: index, %o: index, %a: tensor<?xi1, #e>, %b: tensor<?xi1, #e>) -> tensor<?xi1, #e> {
  %5 = tensor.insert_slice %a into %b[%o] [%d] [1] : tensor<?xi1, #e> into tensor<?xi1, #e>
  util.return %5 : tensor<?xi1, #e>
}
util.func @a2(%o: index, %a: tensor<?xi1, #e>, %b: tensor<?xi1, #e>) -> tensor<?xi1, #e> {
  %d = arith.constant 4 : index
  %5 = tensor.insert_slice %a into %b[%o] [%d] [1] : tensor<?xi1, #e> into tensor<?xi1, #e>
  util.return %5 : tensor<?xi1, #e>
}
util.func @b(%o: index, %b: tensor<?xi1, #e>) -> tensor<?xi1, #e> {
  %d = arith.constant 4 : index
  %5 = tensor.extract_slice %b[%o] [%d] [1] : tensor<?xi1, #e> to tensor<?xi1, #e>
  util.return %5 : tensor<?xi1, #e>
}
util.func @c() -> tensor<?xi1, #e> {
  %d = arith.constant 4 : index
  %5 = tensor.empty(%d) : tensor<?xi1, #e>
  util.return %5 : tensor<?xi1, #e>
}
util.func @d(%a: tensor<?xi1, #e>) -> tensor<?xi1, #e> {
  %f = arith.constant false
  %d = arith.constant 4 : index
  %5 = tensor.pad %a low[%d] high[%d] {
   ^bb0(%x: index):
    tensor.yield %f : i1
  } : tensor<?xi1, #e> to tensor<?xi1, #e>
  util.return %5 : tensor<?xi1, #e>
}
util.func @f(%a: tensor<4xi1, #e>) -> tensor<?xi1, #e> {
  %0 = tensor.cast %a : tensor<4xi1, #e> to tensor<?xi1, #e>
  %f = arith.constant false
  %d = arith.constant 1 : index
  %5 = tensor.insert %f into %0[%d]: tensor<?xi1, #e>
  util.return %5 : tensor<?xi1, #e>
}
util.func @g(%a: tensor<4xi1, #e>, %i: index) -> tensor<?xi1, #e> {
  %0 = tensor.cast %a : tensor<4xi1, #e> to tensor<?xi1, #e>
  %5 = tensor.extract_slice %0[1] [%i] [1] : tensor<?xi1, #e> to tensor<?xi1, #e>
  util.return %5 : tensor<?xi1, #e>
}
util.func @h(%a: tensor<2xi1, #e>, %b: tensor<4xi1, #e>) -> tensor<?xi1, #e> {
  %0 = tensor.cast %b : tensor<4xi1, #e> to tensor<?xi1, #e>
  %1 = tensor.cast %a : tensor<2xi1, #e> to tensor<?xi1, #e>
  %d = arith.constant 2 : index
  %5 = tensor.insert_slice %1 into %0[1] [%d] [1] : tensor<?xi1, #e> into tensor<?xi1, #e>
  util.return %5 : tensor<?xi1, #e>
}
util.func @q(%a: tensor<4x8xi1, #e>, %d: index) -> tensor<?x?xi1, #e> {
  %f = arith.constant false
  %c1 = arith.constant 1 : index
  %5 = tensor.pad %a low[%d, %c1] high[%d, 1] {
   ^bb0(%x: index, %y: index):
    tensor.yield %f : i1
  } : tensor<4x8xi1, #e> to tensor<?x?xi1, #e>
  util.return %5 : tensor<?x?xi1, #e>
}
