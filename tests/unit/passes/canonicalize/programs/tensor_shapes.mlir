// dimensions that others know
util.func public @f(%t: tensor<?x8xf32>, %u: tensor<?x?xf32>, %n: index, %m: index, %f: f32) -> (index, index, index, index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = flow.tensor.splat %f : tensor<?xf32>{%n}
  %1 = tensor.dim %0, %c0 : tensor<?xf32>
  %2 = flow.tensor.load %t[%c0, %c1] : tensor<?x8xf32>{%m}
  %3 = tensor.dim %t, %c0 : tensor<?x8xf32>
  %4 = linalg.fill ins(%2 : f32) outs(%u : tensor<?x?xf32>) -> tensor<?x?xf32>
  %5 = tensor.dim %4, %c1 : tensor<?x?xf32>
  %6 = tensor.extract_slice %u[0, 0] [%n, 4] [1, 1] : tensor<?x?xf32> to tensor<?x4xf32>
  %7 = tensor.dim %6, %c0 : tensor<?x4xf32>
  %8 = tensor.cast %t : tensor<?x8xf32> to tensor<?x?xf32>
  %9 = tensor.dim %8, %n : tensor<?x?xf32>
  %10 = tensor.insert %f into %u[%c0, %c0] : tensor<?x?xf32>
  %11 = tensor.dim %10, %c0 : tensor<?x?xf32>
  util.return %1, %3, %5, %7, %9, %11 : index, index, index, index, index, index
}

// -----
// what is said of what is made
util.func public @f(%n: index, %f: f32) -> (tensor<?x4xf32>, tensor<4x4xf32>, tensor<?x?xf32>) {
  %c3 = arith.constant 3 : index
  %0 = tensor.empty(%c3) : tensor<?x4xf32>
  %1 = tensor.empty(%n) : tensor<?x4xf32>
  %2 = tensor.cast %1 : tensor<?x4xf32> to tensor<4x4xf32>
  %3 = tensor.generate %c3, %n {
  ^bb0(%a: index, %b: index):
    tensor.yield %f : f32
  } : tensor<?x?xf32>
  util.return %0, %2, %3 : tensor<?x4xf32>, tensor<4x4xf32>, tensor<?x?xf32>
}

// -----
// elements through ops
util.func public @f(%t: tensor<4x8xf32>, %f: f32, %i: index) -> (f32, f32, f32, tensor<?x?xf32>, tensor<2xf32>, tensor<4xf32>, tensor<2xf32>) {
  %c1 = arith.constant 1 : index
  %cst = arith.constant 1.0 : f32
  %ones = arith.constant dense<1.0> : tensor<2xf32>
  %0 = tensor.cast %t : tensor<4x8xf32> to tensor<?x?xf32>
  %1 = tensor.extract %0[%i, %i] : tensor<?x?xf32>
  %2 = tensor.generate %i {
  ^bb0(%a: index):
    %x = arith.index_cast %a : index to i32
    %y = arith.sitofp %x : i32 to f32
    tensor.yield %y : f32
  } : tensor<?xf32>
  %3 = tensor.extract %2[%c1] : tensor<?xf32>
  %4 = tensor.insert %f into %0[%i, %c1] : tensor<?x?xf32>
  %5 = tensor.insert %f into %t[%c1, %c1] : tensor<4x8xf32>
  %6 = tensor.extract %5[%c1, %c1] : tensor<4x8xf32>
  %7 = tensor.from_elements %cst, %cst : tensor<2xf32>
  %8 = tensor.splat %cst : tensor<4xf32>
  %9 = tensor.insert %cst into %ones[%i] : tensor<2xf32>
  util.return %1, %3, %6, %4, %7, %8, %9 : f32, f32, f32, tensor<?x?xf32>, tensor<2xf32>, tensor<4xf32>, tensor<2xf32>
}

// -----
// parts
util.func public @f(%t: tensor<4x8xf32>, %i: index) -> (tensor<?x8xf32>, tensor<4x8xf32>, tensor<?x?xf32>, tensor<2x8xf32>, tensor<2x3xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c9 = arith.constant 9 : index
  %0 = tensor.extract_slice %t[%c0, 0] [%c2, 8] [1, 1] : tensor<4x8xf32> to tensor<?x8xf32>
  %1 = tensor.extract_slice %t[0, 0] [4, 8] [1, 1] : tensor<4x8xf32> to tensor<4x8xf32>
  %2 = tensor.cast %t : tensor<4x8xf32> to tensor<?x?xf32>
  %3 = tensor.extract_slice %2[%i, 0] [%i, %i] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
  %4 = tensor.extract_slice %t[0, 0] [%i, 8] [1, 1] : tensor<4x8xf32> to tensor<?x8xf32>
  %5 = tensor.cast %4 : tensor<?x8xf32> to tensor<2x8xf32>
  %cst = arith.constant dense<1.0> : tensor<4x8xf32>
  %6 = tensor.extract_slice %cst[1, 1] [2, 3] [1, 1] : tensor<4x8xf32> to tensor<2x3xf32>
  %7 = tensor.extract_slice %t[1, 0] [1, %c9] [1, 1] : tensor<4x8xf32> to tensor<?xf32>
  util.return %0, %1, %3, %5, %6, %7 : tensor<?x8xf32>, tensor<4x8xf32>, tensor<?x?xf32>, tensor<2x8xf32>, tensor<2x3xf32>, tensor<?xf32>
}

// -----
// parts that are put in
util.func public @f(%s: tensor<?x4xf32>, %t: tensor<4x8xf32>, %u: tensor<2x4xf32>, %i: index) -> (tensor<4x8xf32>, tensor<?x?xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<2x4xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
  %c2 = arith.constant 2 : index
  %0 = tensor.insert_slice %s into %t[%c2, %i] [%c2, 4] [1, 1] : tensor<?x4xf32> into tensor<4x8xf32>
  %1 = tensor.cast %t : tensor<4x8xf32> to tensor<?x?xf32>
  %2 = tensor.cast %u : tensor<2x4xf32> to tensor<?x4xf32>
  %3 = tensor.insert_slice %2 into %1[0, %i] [%i, 4] [1, 1] : tensor<?x4xf32> into tensor<?x?xf32>
  %4 = tensor.insert_slice %u into %t[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x8xf32>
  %5 = tensor.insert_slice %u into %4[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x8xf32>
  %6 = tensor.extract_slice %t[0, 0] [2, 4] [1, 1] : tensor<4x8xf32> to tensor<2x4xf32>
  %7 = tensor.insert_slice %6 into %t[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x8xf32>
  %8 = tensor.extract_slice %4[0, 0] [2, 4] [1, 1] : tensor<4x8xf32> to tensor<2x4xf32>
  %9 = tensor.insert_slice %5 into %7[0, 0] [4, 8] [1, 1] : tensor<4x8xf32> into tensor<4x8xf32>
  %e = tensor.empty() : tensor<0x8xf32>
  %10 = tensor.insert_slice %e into %t[0, 0] [0, 8] [1, 1] : tensor<0x8xf32> into tensor<4x8xf32>
  util.return %0, %3, %5, %7, %8, %9, %10 : tensor<4x8xf32>, tensor<?x?xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<2x4xf32>, tensor<4x8xf32>, tensor<4x8xf32>
}

// -----
// sizes of what is put in
util.func public @f(%s: tensor<?x4xf32>, %t: tensor<4x8xf32>, %i: index) -> tensor<4x8xf32> {
  %0 = tensor.cast %s : tensor<?x4xf32> to tensor<?x?xf32>
  %1 = tensor.extract_slice %0[0, 0] [2, 4] [1, 1] : tensor<?x?xf32> to tensor<2x4xf32>
  %2 = tensor.cast %1 : tensor<2x4xf32> to tensor<?x4xf32>
  %3 = tensor.insert_slice %2 into %t[%i, %i] [%i, 4] [1, 1] : tensor<?x4xf32> into tensor<4x8xf32>
  util.return %3 : tensor<4x8xf32>
}

// -----
// joins
util.func public @f(%t: tensor<4x8xf32>, %u: tensor<?x8xf32>, %v: tensor<4x?xf32>) -> (tensor<4x8xf32>, tensor<?x?xf32>) {
  %0 = tensor.concat dim(0) %t : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tensor.concat dim(0) %u, %v : (tensor<?x8xf32>, tensor<4x?xf32>) -> tensor<?x?xf32>
  util.return %0, %1 : tensor<4x8xf32>, tensor<?x?xf32>
}

// -----
// other shapes of the same elements
util.func public @f(%t: tensor<4x8xf32>, %u: tensor<?x8xf32>, %w: tensor<2x4x8xf32>, %f: f32, %n: index) -> (tensor<4x8xf32>, tensor<8xf32>, tensor<2x1xf32>, tensor<?xf32>, tensor<64xf32>, tensor<?x8xf32>, tensor<2x4xf32>) {
  %0 = tensor.collapse_shape %t [[0, 1]] : tensor<4x8xf32> into tensor<32xf32>
  %1 = tensor.expand_shape %0 [[0, 1]] output_shape [4, 8] : tensor<32xf32> into tensor<4x8xf32>
  %cst = arith.constant dense<1.0> : tensor<4x2xf32>
  %2 = tensor.collapse_shape %cst [[0, 1]] : tensor<4x2xf32> into tensor<8xf32>
  %3 = tensor.from_elements %f, %f : tensor<2xf32>
  %4 = tensor.expand_shape %3 [[0, 1]] output_shape [2, 1] : tensor<2xf32> into tensor<2x1xf32>
  %5 = tensor.cast %t : tensor<4x8xf32> to tensor<?x?xf32>
  %6 = tensor.collapse_shape %5 [[0, 1]] : tensor<?x?xf32> into tensor<?xf32>
  %7 = tensor.collapse_shape %w [[0, 1], [2]] : tensor<2x4x8xf32> into tensor<8x8xf32>
  %8 = tensor.collapse_shape %7 [[0, 1]] : tensor<8x8xf32> into tensor<64xf32>
  %9 = tensor.collapse_shape %u [[0, 1]] : tensor<?x8xf32> into tensor<?xf32>
  %10 = tensor.expand_shape %9 [[0, 1]] output_shape [%n, 8] : tensor<?xf32> into tensor<?x8xf32>
  %11 = tensor.splat %f : tensor<8xf32>
  %12 = tensor.expand_shape %11 [[0, 1]] output_shape [2, 4] : tensor<8xf32> into tensor<2x4xf32>
  util.return %1, %2, %4, %6, %8, %10, %12 : tensor<4x8xf32>, tensor<8xf32>, tensor<2x1xf32>, tensor<?xf32>, tensor<64xf32>, tensor<?x8xf32>, tensor<2x4xf32>
}

// -----
// pads
util.func public @f(%t: tensor<4x8xf32>, %u: tensor<?x?xf32>, %f: f32, %i: index) -> (tensor<4x8xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<5x?xf32>, tensor<?x8xf32>) {
  %c1 = arith.constant 1 : index
  %0 = tensor.pad %t low[0, 0] high[0, 0] {
  ^bb0(%a: index, %b: index):
    tensor.yield %f : f32
  } : tensor<4x8xf32> to tensor<4x8xf32>
  %1 = tensor.cast %t : tensor<4x8xf32> to tensor<?x?xf32>
  %2 = tensor.pad %1 low[%c1, 0] high[0, %i] {
  ^bb0(%a: index, %b: index):
    tensor.yield %f : f32
  } : tensor<?x?xf32> to tensor<?x?xf32>
  %3 = tensor.pad %2 low[1, 1] high[0, 0] {
  ^bb0(%a: index, %b: index):
    tensor.yield %f : f32
  } : tensor<?x?xf32> to tensor<?x?xf32>
  %4 = tensor.pad %u low[0, 0] high[0, 0] {
  ^bb0(%a: index, %b: index):
    tensor.yield %f : f32
  } : tensor<?x?xf32> to tensor<?x?xf32>
  %5 = tensor.pad %u low[%i, 0] high[1, 0] {
  ^bb0(%a: index, %b: index):
    tensor.yield %f : f32
  } : tensor<?x?xf32> to tensor<?x?xf32>
  %6 = tensor.cast %5 : tensor<?x?xf32> to tensor<5x?xf32>
  %7 = tensor.pad %t low[%i, 0] high[0, %c1] {
  ^bb0(%a: index, %b: index):
    tensor.yield %f : f32
  } : tensor<4x8xf32> to tensor<?x?xf32>
  %8 = tensor.cast %7 : tensor<?x?xf32> to tensor<?x8xf32>
  util.return %0, %2, %3, %4, %6, %8 : tensor<4x8xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<5x?xf32>, tensor<?x8xf32>
}

// -----
// parts whose place is known: offsets and sizes below zero stay values, and so do most steps of zero
util.func public @f(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>, %n: index) -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %m = arith.constant -4 : index
  %z = arith.constant 0 : index
  %m1 = arith.constant -1 : index
  %1 = tensor.extract_slice %a[%m, 1] [%n, %n] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
  %2 = tensor.extract_slice %a[1, 1] [%n, %m] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
  %3 = tensor.extract_slice %a[1, 1] [%n, %n] [%z, 1] : tensor<?x?xf32> to tensor<?x?xf32>
  %4 = tensor.extract_slice %a[1, 1] [%n, %n] [%m, %m1] : tensor<?x?xf32> to tensor<?x?xf32>
  %5 = tensor.insert_slice %b into %a[%m, 1] [%n, %m1] [%z, 1] : tensor<?x?xf32> into tensor<?x?xf32>
  util.return %1, %2, %3, %4, %5 : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}
