// transfers one after the other, to the same place
util.func public @f(%t: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = flow.tensor.transfer %t : tensor<4xf32> to #hal.device.promise<@a>
  %1 = flow.tensor.transfer %0 : tensor<4xf32> to #hal.device.promise<@b>
  %2 = flow.tensor.transfer %0 : tensor<4xf32> to #hal.device.promise<@a>
  util.return %1, %2 : tensor<4xf32>, tensor<4xf32>
}

// -----
// constant of a shape that is not to be seen
util.func public @f() -> tensor<?x4xi32> {
  %0 = flow.tensor.dynamic_constant dense<2> : tensor<2x4xi32> -> tensor<?x4xi32>
  util.return %0 : tensor<?x4xi32>
}

// -----
// a tie of a static shape
util.func public @f(%t: tensor<4xf32>, %u: tensor<?xf32>, %n: index) -> (tensor<4xf32>, tensor<?xf32>) {
  %0 = flow.tensor.tie_shape %t : tensor<4xf32>
  %1 = flow.tensor.tie_shape %u : tensor<?xf32>{%n}
  util.return %0, %1 : tensor<4xf32>, tensor<?xf32>
}

// -----
// a tie of the static shape of a binding
func.func @f(%t: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>) {
  %0 = flow.dispatch.tie_shape %t : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>
  %1 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>> -> tensor<4xf32>
  util.optimization_barrier %1 : tensor<4xf32>
  return
}

// -----
// reshapes that are none, and reshapes in a row
util.func public @f(%t: tensor<4x?xf32>, %n: index, %m: index) -> (tensor<4x?xf32>, tensor<?x4xi32>, tensor<?x4xf32>) {
  %0 = flow.tensor.reshape %t : tensor<4x?xf32>{%n} -> tensor<4x?xf32>{%m}
  %1 = flow.tensor.reshape %t : tensor<4x?xf32>{%n} -> tensor<?x4xf32>{%n}
  %2 = flow.tensor.bitcast %1 : tensor<?x4xf32>{%n} -> tensor<?x4xi32>{%n}
  %3 = flow.tensor.reshape %1 : tensor<?x4xf32>{%n} -> tensor<?x4xf32>{%m}
  util.return %0, %2, %3 : tensor<4x?xf32>, tensor<?x4xi32>, tensor<?x4xf32>
}

// -----
// tensors without elements or contents
util.func public @f(%t: tensor<0x?xf32>, %n: index, %u: tensor<4xf32>, %f: f32) -> (tensor<0x?xf32>, tensor<?x0xf32>, tensor<2x2xf32>, tensor<0xf32>, tensor<4xf32>) {
  %0 = flow.tensor.clone %t : tensor<0x?xf32>{%n}
  %1 = flow.tensor.reshape %t : tensor<0x?xf32>{%n} -> tensor<?x0xf32>{%n}
  %2 = flow.tensor.empty : tensor<4xf32>
  %3 = flow.tensor.reshape %2 : tensor<4xf32> -> tensor<2x2xf32>
  %4 = flow.tensor.splat %f : tensor<0xf32>
  %5 = flow.tensor.update %4, %u[%n] : tensor<0xf32> -> %u as tensor<4xf32>
  util.return %0, %1, %3, %4, %5 : tensor<0x?xf32>, tensor<?x0xf32>, tensor<2x2xf32>, tensor<0xf32>, tensor<4xf32>
}

// -----
// elements of constants and of splats
util.func public @f(%f: f32, %n: index) -> (i32, tensor<2x2xi32>, tensor<1x2xi32>, tensor<3x3xi32>, f32, tensor<4xf32>, tensor<2xi1>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c9 = arith.constant 9 : i32
  %t = arith.constant true
  %cst = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>
  %cst_0 = arith.constant dense<0> : tensor<3x3xi32>
  %0 = flow.tensor.load %cst[%c1, %c0] : tensor<2x2xi32>
  %1 = flow.tensor.store %c9, %cst[%c0, %c1] : tensor<2x2xi32>
  %2 = flow.tensor.slice %cst[%c1, %c0 for %c1, %c2] : tensor<2x2xi32> -> tensor<1x2xi32>
  %3 = flow.tensor.update %cst, %cst_0[%c1, %c1] : tensor<2x2xi32> -> %cst_0 as tensor<3x3xi32>
  %4 = flow.tensor.splat %f : tensor<2x2xf32>
  %5 = flow.tensor.load %4[%n, %n] : tensor<2x2xf32>
  %6 = flow.tensor.reshape %4 : tensor<2x2xf32> -> tensor<4xf32>
  %cst_1 = arith.constant dense<[false, false]> : tensor<2xi1>
  %7 = flow.tensor.store %t, %cst_1[%c1] : tensor<2xi1>
  util.return %0, %1, %2, %3, %5, %6, %7 : i32, tensor<2x2xi32>, tensor<1x2xi32>, tensor<3x3xi32>, f32, tensor<4xf32>, tensor<2xi1>
}

// -----
// a part of a part, a part overwritten as a whole, a copy of a constant
util.func public @f(%t: tensor<8xf32>, %u: tensor<8xf32>, %n: index) -> (tensor<1xf32>, tensor<8xf32>, tensor<2xf32>) {
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %0 = flow.tensor.slice %t[%n for %c4] : tensor<8xf32> -> tensor<4xf32>
  %1 = flow.tensor.slice %0[%c1 for %c1] : tensor<4xf32> -> tensor<1xf32>
  %2 = flow.tensor.update %u, %t[%n] : tensor<8xf32> -> %t as tensor<8xf32>
  %cst = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %3 = flow.tensor.clone %cst : tensor<2xf32>
  util.return %1, %2, %3 : tensor<1xf32>, tensor<8xf32>, tensor<2xf32>
}

// -----
// casts go behind transfers and barriers
util.func public @f(%t: tensor<4x?xf32>, %n: index) -> (tensor<?x4xf32>, tensor<4x?xi32>) {
  %0 = flow.tensor.reshape %t : tensor<4x?xf32>{%n} -> tensor<?x4xf32>{%n}
  %1 = flow.tensor.transfer %0 : tensor<?x4xf32>{%n} to #hal.device.promise<@a>
  %2 = flow.tensor.bitcast %t : tensor<4x?xf32>{%n} -> tensor<4x?xi32>{%n}
  %3 = flow.tensor.barrier %2 : tensor<4x?xi32>{%n} on #hal.device.promise<@a>
  util.return %1, %3 : tensor<?x4xf32>, tensor<4x?xi32>
}

// -----
// a bit cast that is none
util.func public @f(%t: tensor<4x?xf32>, %n: index) -> tensor<4x?xf32> {
  %0 = flow.tensor.bitcast %t : tensor<4x?xf32>{%n} -> tensor<4x?xf32>{%n}
  util.return %0 : tensor<4x?xf32>
}

// -----
// updates of and by what was cast
util.func public @f(%t: tensor<?x?xf32>, %n: index, %s: tensor<8x8xf32>, %u: tensor<4x?xf32>) -> (tensor<?x?xf32>, tensor<?x8xf32>) {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %cast = tensor.cast %s : tensor<8x8xf32> to tensor<?x8xf32>
  %part = tensor.cast %u : tensor<4x?xf32> to tensor<4x4xf32>
  %0 = flow.tensor.update %cast, %t[%c0, %c4] : tensor<?x8xf32>{%c8} -> %t as tensor<?x?xf32>{%n, %n}
  %1 = flow.tensor.update %part, %cast[%c0, %c4] : tensor<4x4xf32> -> %cast as tensor<?x8xf32>{%n}
  util.return %0, %1 : tensor<?x?xf32>, tensor<?x8xf32>
}
