// Around a filled tensor the same is filled.
util.func @f0(%n: index, %m: index, %c: f32) -> tensor<?x?xf32> {
  %e = tensor.empty(%n, %m) : tensor<?x?xf32>
  %0 = linalg.fill ins(%c : f32) outs(%e : tensor<?x?xf32>) -> tensor<?x?xf32>
  %1 = tensor.pad %0 low[0, 1] high[%m, 2] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<?x?xf32> to tensor<?x?xf32>
  util.return %1 : tensor<?x?xf32>
}
util.func @f1(%x: tensor<?x5xf32>, %m: index, %c: f32) -> tensor<?x?xf32> {
  %0 = linalg.fill ins(%c : f32) outs(%x : tensor<?x5xf32>) -> tensor<?x5xf32>
  %1 = tensor.pad %0 low[%m, 1] high[%m, %m] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<?x5xf32> to tensor<?x?xf32>
  util.return %1 : tensor<?x?xf32>
}

// -----
// Parts filled with the same are one.
util.func @f0(%n: index, %c: f32) -> tensor<?x8xf32> {
  %e = tensor.empty(%n) : tensor<?x4xf32>
  %0 = linalg.fill ins(%c : f32) outs(%e : tensor<?x4xf32>) -> tensor<?x4xf32>
  %1 = tensor.concat dim(1) %0, %0 : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x8xf32>
  util.return %1 : tensor<?x8xf32>
}
util.func @f1(%a: f32, %b: f32, %i: index) -> (tensor<2x8xf32>, tensor<2x8xf32>) {
  %k = arith.constant 1.0 : f32
  %k1 = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.fill ins(%a : f32) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = linalg.fill ins(%b : f32) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tensor.concat dim(1) %0, %1 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>
  %3 = linalg.fill ins(%k : f32) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = linalg.fill ins(%k1 : f32) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tensor.concat dim(1) %3, %4 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>
  util.return %2, %5 : tensor<2x8xf32>, tensor<2x8xf32>
}

// -----
// What is put around a tensor is not put into a tensor filled with it.
util.func @f0(%c: f32, %s: tensor<2x2xf32>) -> tensor<4x4xf32> {
  %e = tensor.empty() : tensor<4x4xf32>
  %0 = linalg.fill ins(%c : f32) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %p = tensor.pad %s low[0, 0] high[1, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<2x2xf32> to tensor<3x3xf32>
  %1 = tensor.insert_slice %p into %0[1, 1] [3, 3] [1, 1] : tensor<3x3xf32> into tensor<4x4xf32>
  util.return %1 : tensor<4x4xf32>
}
util.func @f1(%c: f32, %s: tensor<?x2xf32>, %l: index, %o: index, %u: tensor<2x4xf32>) -> tensor<8x4xf32> {
  %e = tensor.empty() : tensor<8x4xf32>
  %0 = linalg.fill ins(%c : f32) outs(%e : tensor<8x4xf32>) -> tensor<8x4xf32>
  %p = tensor.pad %s low[%l, 0] high[1, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<?x2xf32> to tensor<?x3xf32>
  %x = tensor.dim %s, %o : tensor<?x2xf32>
  %v = tensor.insert_slice %u into %0[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<8x4xf32>
  %1 = tensor.insert_slice %p into %v[%o, 1] [%x, 3] [1, 1] : tensor<?x3xf32> into tensor<8x4xf32>
  util.return %1 : tensor<8x4xf32>
}
util.func @f2(%c: f32, %s: tensor<?x2xf32>, %l: index, %x: index, %u: tensor<2x1xf32>) -> tensor<8x4xf32> {
  %e = tensor.empty() : tensor<8x4xf32>
  %0 = linalg.fill ins(%c : f32) outs(%e : tensor<8x4xf32>) -> tensor<8x4xf32>
  %p = tensor.pad %s low[%l, 0] high[1, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<?x2xf32> to tensor<?x3xf32>
  %v = tensor.insert_slice %u into %0[0, 0] [2, 1] [1, 1] : tensor<2x1xf32> into tensor<8x4xf32>
  %1 = tensor.insert_slice %p into %v[%l, 1] [%x, 3] [1, 1] : tensor<?x3xf32> into tensor<8x4xf32>
  util.return %1 : tensor<8x4xf32>
}

// -----
// A transposition is of the tensor before new dimensions are added.
util.func @f0(%a: tensor<4xf32>) -> tensor<2x4xf32> {
  %e = tensor.empty() : tensor<4x2xf32>
  %e2 = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.broadcast ins(%a : tensor<4xf32>) outs(%e : tensor<4x2xf32>) dimensions = [1]
  %1 = linalg.transpose ins(%0 : tensor<4x2xf32>) outs(%e2 : tensor<2x4xf32>) permutation = [1, 0]
  util.return %1 : tensor<2x4xf32>
}
util.func @f1(%a: tensor<4x3xf32>) -> tensor<2x3x4xf32> {
  %e = tensor.empty() : tensor<4x2x3xf32>
  %e2 = tensor.empty() : tensor<2x3x4xf32>
  %0 = linalg.broadcast ins(%a : tensor<4x3xf32>) outs(%e : tensor<4x2x3xf32>) dimensions = [1]
  %1 = linalg.transpose ins(%0 : tensor<4x2x3xf32>) outs(%e2 : tensor<2x3x4xf32>) permutation = [1, 2, 0]
  util.return %1 : tensor<2x3x4xf32>
}
util.func @f2(%a: tensor<?x3xf32>, %n: index, %e2: tensor<2x3x?xf32>) -> tensor<2x3x?xf32> {
  %e = tensor.empty(%n) : tensor<?x2x3xf32>
  %0 = linalg.broadcast ins(%a : tensor<?x3xf32>) outs(%e : tensor<?x2x3xf32>) dimensions = [1]
  %1 = linalg.transpose ins(%0 : tensor<?x2x3xf32>) outs(%e2 : tensor<2x3x?xf32>) permutation = [1, 2, 0]
  util.return %1 : tensor<2x3x?xf32>
}
util.func @f3(%a: tensor<3xf32>, %e2: tensor<5x3x4xf32>) -> tensor<5x3x4xf32> {
  %e = tensor.empty() : tensor<4x3x5xf32>
  %0 = linalg.broadcast ins(%a : tensor<3xf32>) outs(%e : tensor<4x3x5xf32>) dimensions = [0, 2]
  %1 = linalg.transpose ins(%0 : tensor<4x3x5xf32>) outs(%e2 : tensor<5x3x4xf32>) permutation = [2, 1, 0]
  util.return %1 : tensor<5x3x4xf32>
}

// -----
// Of two pads the sizes are added.
util.func @f0(%a: tensor<?x4xf32>, %d: index) -> tensor<?x16xf32> {
  %c = arith.constant 0.0 : f32
  %p = tensor.pad %a low[%d, 1] high[0, 3] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<?x4xf32> to tensor<?x8xf32>
  %q = tensor.pad %p low[%d, 3] high[1, 5] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<?x8xf32> to tensor<?x16xf32>
  util.return %q : tensor<?x16xf32>
}
util.func @f1(%a: tensor<?x4xf32>, %d: index, %k: index) -> tensor<?x16xf32> {
  %c = arith.constant 0.0 : f32
  %p = tensor.pad %a low[%d, 1] high[%k, 3] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<?x4xf32> to tensor<?x8xf32>
  %q = tensor.pad %p low[%k, 3] high[1, 5] {
  ^bb0(%i: index, %j: index):
    tensor.yield %c : f32
  } : tensor<?x8xf32> to tensor<?x16xf32>
  util.return %q : tensor<?x16xf32>
}
util.func @f2(%a: tensor<?xf32>, %d: index, %k: index) -> tensor<?xf32> {
  %c = arith.constant 0.0 : f32
  %two = arith.constant 2 : index
  %s = affine.apply affine_map<()[s0, s1] -> (s0 * 4 + s1)>()[%d, %k]
  %p = tensor.pad %a low[%s] high[%k] {
  ^bb0(%i: index):
    tensor.yield %c : f32
  } : tensor<?xf32> to tensor<?xf32>
  %q = tensor.pad %p low[%d] high[%two] {
  ^bb0(%i: index):
    tensor.yield %c : f32
  } : tensor<?xf32> to tensor<?xf32>
  util.return %q : tensor<?xf32>
}
