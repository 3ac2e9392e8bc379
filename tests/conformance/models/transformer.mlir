// Parts of transformers.

func.func @layer_norm(%x: tensor<4x16xf32>, %g: tensor<16xf32>, %b: tensor<16xf32>) -> tensor<4x16xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %n = stablehlo.constant dense<16.0> : tensor<4xf32>
  %eps = stablehlo.constant dense<1.0e-5> : tensor<4xf32>
  %s = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1] : (tensor<4x16xf32>, tensor<f32>) -> tensor<4xf32>
  %m = stablehlo.divide %s, %n : tensor<4xf32>
  %mb = stablehlo.broadcast_in_dim %m, dims = [0] : (tensor<4xf32>) -> tensor<4x16xf32>
  %c = stablehlo.subtract %x, %mb : tensor<4x16xf32>
  %sq = stablehlo.multiply %c, %c : tensor<4x16xf32>
  %v = stablehlo.reduce(%sq init: %z) applies stablehlo.add across dimensions = [1] : (tensor<4x16xf32>, tensor<f32>) -> tensor<4xf32>
  %vm = stablehlo.divide %v, %n : tensor<4xf32>
  %ve = stablehlo.add %vm, %eps : tensor<4xf32>
  %r = stablehlo.rsqrt %ve : tensor<4xf32>
  %rb = stablehlo.broadcast_in_dim %r, dims = [0] : (tensor<4xf32>) -> tensor<4x16xf32>
  %y = stablehlo.multiply %c, %rb : tensor<4x16xf32>
  %gb = stablehlo.broadcast_in_dim %g, dims = [1] : (tensor<16xf32>) -> tensor<4x16xf32>
  %bb = stablehlo.broadcast_in_dim %b, dims = [1] : (tensor<16xf32>) -> tensor<4x16xf32>
  %t = stablehlo.multiply %y, %gb : tensor<4x16xf32>
  %o = stablehlo.add %t, %bb : tensor<4x16xf32>
  return %o : tensor<4x16xf32>
}

func.func @gelu(%x: tensor<4x16xf32>) -> (tensor<4x16xf32>, tensor<4x16xf32>) {
  %h = stablehlo.constant dense<0.5> : tensor<4x16xf32>
  %one = stablehlo.constant dense<1.0> : tensor<4x16xf32>
  %k = stablehlo.constant dense<0.797884561> : tensor<4x16xf32>
  %c = stablehlo.constant dense<0.044715> : tensor<4x16xf32>
  %x2 = stablehlo.multiply %x, %x : tensor<4x16xf32>
  %x3 = stablehlo.multiply %x2, %x : tensor<4x16xf32>
  %a = stablehlo.multiply %c, %x3 : tensor<4x16xf32>
  %b = stablehlo.add %x, %a : tensor<4x16xf32>
  %d = stablehlo.multiply %k, %b : tensor<4x16xf32>
  %t = stablehlo.tanh %d : tensor<4x16xf32>
  %u = stablehlo.add %one, %t : tensor<4x16xf32>
  %v = stablehlo.multiply %x, %u : tensor<4x16xf32>
  %o = stablehlo.multiply %h, %v : tensor<4x16xf32>
  %e = chlo.erf %x : tensor<4x16xf32> -> tensor<4x16xf32>
  return %o, %e : tensor<4x16xf32>, tensor<4x16xf32>
}

func.func @masked_attention(%q: tensor<2x4x8x16xf32>, %k: tensor<2x4x8x16xf32>, %v: tensor<2x4x8x16xf32>, %m: tensor<8x8xi1>) -> tensor<2x4x8x16xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %ninf = stablehlo.constant dense<-1.0e4> : tensor<2x4x8x8xf32>
  %mx0 = stablehlo.constant dense<-1.0e4> : tensor<f32>
  %sc = stablehlo.constant dense<0.25> : tensor<2x4x8x8xf32>
  %s = stablehlo.dot_general %q, %k, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3] : (tensor<2x4x8x16xf32>, tensor<2x4x8x16xf32>) -> tensor<2x4x8x8xf32>
  %ss = stablehlo.multiply %s, %sc : tensor<2x4x8x8xf32>
  %mb = stablehlo.broadcast_in_dim %m, dims = [2, 3] : (tensor<8x8xi1>) -> tensor<2x4x8x8xi1>
  %sm = stablehlo.select %mb, %ss, %ninf : tensor<2x4x8x8xi1>, tensor<2x4x8x8xf32>
  %mx = stablehlo.reduce(%sm init: %mx0) applies stablehlo.maximum across dimensions = [3] : (tensor<2x4x8x8xf32>, tensor<f32>) -> tensor<2x4x8xf32>
  %mxb = stablehlo.broadcast_in_dim %mx, dims = [0, 1, 2] : (tensor<2x4x8xf32>) -> tensor<2x4x8x8xf32>
  %d = stablehlo.subtract %sm, %mxb : tensor<2x4x8x8xf32>
  %e = stablehlo.exponential %d : tensor<2x4x8x8xf32>
  %sum = stablehlo.reduce(%e init: %z) applies stablehlo.add across dimensions = [3] : (tensor<2x4x8x8xf32>, tensor<f32>) -> tensor<2x4x8xf32>
  %sb = stablehlo.broadcast_in_dim %sum, dims = [0, 1, 2] : (tensor<2x4x8xf32>) -> tensor<2x4x8x8xf32>
  %p = stablehlo.divide %e, %sb : tensor<2x4x8x8xf32>
  %o = stablehlo.dot_general %p, %v, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2] : (tensor<2x4x8x8xf32>, tensor<2x4x8x16xf32>) -> tensor<2x4x8x16xf32>
  return %o : tensor<2x4x8x16xf32>
}

func.func @embedding(%t: tensor<50x8xf32>, %i: tensor<2x5xi32>) -> tensor<2x5x8xf32> {
  %0 = "stablehlo.gather"(%t, %i) {dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, slice_sizes = array<i64: 1, 8>, indices_are_sorted = false} : (tensor<50x8xf32>, tensor<2x5xi32>) -> tensor<2x5x8xf32>
  return %0 : tensor<2x5x8xf32>
}

func.func @embedding_gradient(%t: tensor<50x8xf32>, %i: tensor<10x1xi32>, %u: tensor<10x8xf32>) -> tensor<50x8xf32> {
  %0 = "stablehlo.scatter"(%t, %i, %u) ({
  ^bb0(%p: tensor<f32>, %q: tensor<f32>):
   %w = stablehlo.add %p, %q : tensor<f32>
   stablehlo.return %w : tensor<f32>
  }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false} : (tensor<50x8xf32>, tensor<10x1xi32>, tensor<10x8xf32>) -> tensor<50x8xf32>
  return %0 : tensor<50x8xf32>
}

func.func @best(%x: tensor<3x20xf32>) -> (tensor<3x4xf32>, tensor<3x4xi32>, tensor<3x20xf32>, tensor<3x20xi32>) {
  %v, %i = chlo.top_k(%x, k = 4) : tensor<3x20xf32> -> (tensor<3x4xf32>, tensor<3x4xi32>)
  %io = stablehlo.iota dim = 1 : tensor<3x20xi32>
  %s:2 = "stablehlo.sort"(%x, %io) ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<i32>, %d: tensor<i32>):
   %lt = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
   stablehlo.return %lt : tensor<i1>
  }) {dimension = 1 : i64, is_stable = true} : (tensor<3x20xf32>, tensor<3x20xi32>) -> (tensor<3x20xf32>, tensor<3x20xi32>)
  return %v, %i, %s#0, %s#1 : tensor<3x4xf32>, tensor<3x4xi32>, tensor<3x20xf32>, tensor<3x20xi32>
}

func.func @softmax_of_any_shape(%x: tensor<?x?xf32>) -> (tensor<?x?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x?xf32>
  %d1 = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%d0, %d1) : tensor<?x?xf32>
  %0 = linalg.softmax dimension(1) ins(%x : tensor<?x?xf32>) outs(%e : tensor<?x?xf32>) -> tensor<?x?xf32>
  %z = arith.constant 0.0 : f32
  %e1 = tensor.empty(%d0) : tensor<?xf32>
  %fl = linalg.fill ins(%z : f32) outs(%e1 : tensor<?xf32>) -> tensor<?xf32>
  %s = linalg.reduce { arith.addf } ins(%0 : tensor<?x?xf32>) outs(%fl : tensor<?xf32>) dimensions = [1]
  return %0, %s : tensor<?x?xf32>, tensor<?xf32>
}
