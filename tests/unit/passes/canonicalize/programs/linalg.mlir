// loops that copy
#id = affine_map<(d0) -> (d0)>
func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%a : tensor<4xf32>) outs(%b : tensor<4xf32>) {
  ^bb0(%x: f32, %y: f32):
    linalg.yield %x : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// -----
// loops that copy to a larger type
#id = affine_map<(d0) -> (d0)>
func.func @f(%a: tensor<4xf32>, %b: tensor<?xf32>) -> tensor<?xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%a : tensor<4xf32>) outs(%b : tensor<?xf32>) {
  ^bb0(%x: f32, %y: f32):
    linalg.yield %x : f32
  } -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
// -----
// loops that copy a buffer to itself
#id = affine_map<(d0) -> (d0)>
func.func @f(%a: memref<4xf32>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%a : memref<4xf32>) outs(%a : memref<4xf32>) {
  ^bb0(%x: f32, %y: f32):
    linalg.yield %x : f32
  }
  return
}
// -----
// loops that exchange two tensors
#id = affine_map<(d0) -> (d0)>
func.func @f(%a: tensor<4xf32>, %c: tensor<4xf32>, %b: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0:2 = linalg.generic {indexing_maps = [#id, #id, #id, #id], iterator_types = ["parallel"]} ins(%a, %c : tensor<4xf32>, tensor<4xf32>) outs(%b, %b : tensor<4xf32>, tensor<4xf32>) {
  ^bb0(%x: f32, %z: f32, %y: f32, %w: f32):
    linalg.yield %z, %x : f32, f32
  } -> (tensor<4xf32>, tensor<4xf32>)
  return %0#0, %0#1 : tensor<4xf32>, tensor<4xf32>
}
// -----
// operands before casts
#id = affine_map<(d0) -> (d0)>
func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<?xf32> {
  %e = tensor.cast %a : tensor<4xf32> to tensor<?xf32>
  %h = tensor.cast %b : tensor<4xf32> to tensor<?xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%e : tensor<?xf32>) outs(%h : tensor<?xf32>) {
  ^bb0(%x: f32, %y: f32):
    %q = arith.addf %x, %y : f32
    linalg.yield %q : f32
  } -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
// -----
// sizes that an input says
#id = affine_map<(d0) -> (d0)>
func.func @f(%a: tensor<4xf32>, %b: tensor<?xf32>) -> tensor<?xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%a : tensor<4xf32>) outs(%b : tensor<?xf32>) {
  ^bb0(%x: f32, %y: f32):
    %q = arith.addf %x, %y : f32
    linalg.yield %q : f32
  } -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
// -----
// a buffer without elements
func.func @f(%a: memref<0x4xf32>, %b: memref<4x4xf32>, %c: memref<0x4xf32>) {
  linalg.matmul ins(%a, %b : memref<0x4xf32>, memref<4x4xf32>) outs(%c : memref<0x4xf32>)
  return
}
// -----
// a filled cast
func.func @f(%a: tensor<4xf32>, %c: f32) -> tensor<?xf32> {
  %e = tensor.cast %a : tensor<4xf32> to tensor<?xf32>
  %0 = linalg.fill ins(%c : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
// -----
// an element of a filled tensor
func.func @f(%a: tensor<4xf32>, %c: f32) -> f32 {
  %i = arith.constant 1 : index
  %0 = linalg.fill ins(%c : f32) outs(%a : tensor<4xf32>) -> tensor<4xf32>
  %r = tensor.extract %0[%i] : tensor<4xf32>
  return %r : f32
}
// -----
// a filled tensor in another shape
func.func @f(%a: tensor<4xf32>, %c: f32) -> tensor<2x2xf32> {
  %0 = linalg.fill ins(%c : f32) outs(%a : tensor<4xf32>) -> tensor<4xf32>
  %r = tensor.expand_shape %0 [[0, 1]] output_shape [2, 2] : tensor<4xf32> into tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}
// -----
// a filled tensor with more of the same around it
func.func @f(%a: tensor<4xf32>, %c: f32) -> tensor<6xf32> {
  %0 = linalg.fill ins(%c : f32) outs(%a : tensor<4xf32>) -> tensor<4xf32>
  %r = tensor.pad %0 low[1] high[1] { ^bb0(%i: index): tensor.yield %c : f32 } : tensor<4xf32> to tensor<6xf32>
  return %r : tensor<6xf32>
}
// -----
// a tensor copied to itself
func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = linalg.copy ins(%a : tensor<4xf32>) outs(%a : tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// -----
// a copy of a filled tensor
func.func @f(%c: f32, %b: tensor<4xf32>) -> tensor<4xf32> {
  %a = linalg.fill ins(%c : f32) outs(%b : tensor<4xf32>) -> tensor<4xf32>
  %0 = linalg.copy ins(%a : tensor<4xf32>) outs(%b : tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// -----
// dimensions in their order
func.func @f(%a: tensor<4x8xf32>, %b: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = linalg.transpose ins(%a : tensor<4x8xf32>) outs(%b : tensor<4x8xf32>) permutation = [0, 1]
  return %0 : tensor<4x8xf32>
}
// -----
// dimensions exchanged twice
func.func @f(%a: tensor<4x8xf32>, %b: tensor<8x4xf32>, %c: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = linalg.transpose ins(%a : tensor<4x8xf32>) outs(%b : tensor<8x4xf32>) permutation = [1, 0]
  %1 = linalg.transpose ins(%0 : tensor<8x4xf32>) outs(%c : tensor<4x8xf32>) permutation = [1, 0]
  return %1 : tensor<4x8xf32>
}
// -----
// a filled tensor with its dimensions exchanged
func.func @f(%a: tensor<4x8xf32>, %b: tensor<8x4xf32>, %c: f32) -> tensor<8x4xf32> {
  %z = linalg.fill ins(%c : f32) outs(%a : tensor<4x8xf32>) -> tensor<4x8xf32>
  %0 = linalg.transpose ins(%z : tensor<4x8xf32>) outs(%b : tensor<8x4xf32>) permutation = [1, 0]
  return %0 : tensor<8x4xf32>
}
// -----
// no new dimension
func.func @f(%a: tensor<4x8xf32>, %b: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = linalg.broadcast ins(%a : tensor<4x8xf32>) outs(%b : tensor<4x8xf32>) dimensions = []
  return %0 : tensor<4x8xf32>
}
// -----
// sizes that two inputs say
func.func @f(%a: tensor<4x4xf32>, %b: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %0 = linalg.matmul ins(%a, %a : tensor<4x4xf32>, tensor<4x4xf32>) outs(%b : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}
// -----
// a cast result
func.func @f(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>) -> tensor<4x?xf32> {
  %0 = linalg.matmul ins(%a, %a : tensor<?x?xf32>, tensor<?x?xf32>) outs(%b : tensor<?x?xf32>) -> tensor<?x?xf32>
  %c = tensor.cast %0 : tensor<?x?xf32> to tensor<4x?xf32>
  return %c : tensor<4x?xf32>
}
// -----
// a filled tensor that is cast
func.func @f(%n: index, %c: f32) -> tensor<4xf32> {
  %e = tensor.empty(%n) : tensor<?xf32>
  %0 = linalg.fill ins(%c : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  %1 = tensor.cast %0 : tensor<?xf32> to tensor<4xf32>
  return %1 : tensor<4xf32>
}
// -----
// new dimensions in two steps
func.func @f(%a: tensor<4xf32>, %b: tensor<4x8xf32>, %d: tensor<2x4x8xf32>) -> tensor<2x4x8xf32> {
  %0 = linalg.broadcast ins(%a : tensor<4xf32>) outs(%b : tensor<4x8xf32>) dimensions = [1]
  %1 = linalg.broadcast ins(%0 : tensor<4x8xf32>) outs(%d : tensor<2x4x8xf32>) dimensions = [0]
  return %1 : tensor<2x4x8xf32>
}
// -----
// an element put into a cast tensor
func.func @f(%a: tensor<4xf32>, %v: f32, %i: index) -> tensor<?xf32> {
  %e = tensor.cast %a : tensor<4xf32> to tensor<?xf32>
  %0 = tensor.insert %v into %e[%i] : tensor<?xf32>
  return %0 : tensor<?xf32>
}
// -----
// loops that copy a scalar
#id = affine_map<(d0) -> (d0)>
#s = affine_map<(d0) -> ()>
func.func @f(%a: tensor<4xf32>, %v: f32, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = linalg.generic {indexing_maps = [#s, #id], iterator_types = ["parallel"]} ins(%v : f32) outs(%b : tensor<4xf32>) {
  ^bb0(%x: f32, %y: f32):
    linalg.yield %x : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// -----
// counters of loops that run once
#id = affine_map<(d0, d1) -> (d0, d1)>
func.func @f(%a: tensor<1x4xindex>, %b: tensor<?x1xindex>) -> (tensor<1x4xindex>, tensor<?x1xindex>) {
  %0 = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%a : tensor<1x4xindex>) {
  ^bb0(%x: index):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %s = arith.addi %i, %j : index
    linalg.yield %s : index
  } -> tensor<1x4xindex>
  %1 = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%b : tensor<?x1xindex>) {
  ^bb0(%x: index):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %s = arith.addi %i, %j : index
    linalg.yield %s : index
  } -> tensor<?x1xindex>
  return %0, %1 : tensor<1x4xindex>, tensor<?x1xindex>
}
