// workloads
util.func public @ordinals(%a: index) -> (index, index, index) {
  %c2 = arith.constant 2 : index
  %0 = iree_tensor_ext.dispatch.workload.ordinal %c2, 0 : index
  %1 = iree_tensor_ext.dispatch.workload.ordinal %a, 1 : index
  %2 = iree_tensor_ext.dispatch.workload.ordinal %1, 2 : index
  %3 = iree_tensor_ext.dispatch.workload.ordinal %2, 2 : index
  util.return %0, %2, %3 : index, index, index
}
// -----
// barriers in a row
util.func public @barriers(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = iree_tensor_ext.compute_barrier.start %a : tensor<4xf32> -> tensor<4xf32>
  %1 = iree_tensor_ext.compute_barrier.start %0 : tensor<4xf32> -> tensor<4xf32>
  %2 = iree_tensor_ext.compute_barrier.end %1 : tensor<4xf32> -> tensor<4xf32>
  %3 = iree_tensor_ext.compute_barrier.end %2 : tensor<4xf32> -> tensor<4xf32>
  util.return %3 : tensor<4xf32>
}

// -----
// loads from and stores to where it is known
util.func public @f(%in: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x8x1xf32>>, %out: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x8xf32>>, %n: index) {
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %0 = iree_tensor_ext.dispatch.tensor.load %in, offsets = [%c1, %n, 0], sizes = [1, %c4, 1], strides = [%c1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x8x1xf32>> -> tensor<1x?xf32>
  iree_tensor_ext.dispatch.tensor.store %0, %out, offsets = [%n, %c1], sizes = [1, %c4], strides = [1, %c1] : tensor<1x?xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x8xf32>>
  util.return
}

// -----
// loads and stores of what has a rank less
util.func public @f(%in: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x1x8xf32>>, %out: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4x8xf32>>, %n: index, %t: tensor<8xf32>) {
  %c0 = arith.constant 0 : index
  %0 = iree_tensor_ext.dispatch.tensor.load %in, offsets = [%c0, 0, %c0], sizes = [1, 1, 8], strides = [1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x1x8xf32>> -> tensor<1x8xf32>
  %c8 = arith.constant 8 : index
  %1 = tensor.cast %t : tensor<8xf32> to tensor<?xf32>
  iree_tensor_ext.dispatch.tensor.store %0, %out, offsets = [%n, %c0], sizes = [1, 8], strides = [1, 1] : tensor<1x8xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4x8xf32>>
  iree_tensor_ext.dispatch.tensor.store %1, %out, offsets = [%n, 0], sizes = [1, %c8], strides = [1, 1] : tensor<?xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4x8xf32>>
  util.return
}

// -----
// bit casts that are none, or in a row, or of no contents
util.func public @f(%t: tensor<4x?xf32>, %n: index, %m: index) -> (tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xi32>, tensor<?x4xi16>) {
  %0 = iree_tensor_ext.bitcast %t : tensor<4x?xf32>{%n} -> tensor<4x?xf32>{%m}
  %1 = iree_tensor_ext.bitcast %t : tensor<4x?xf32>{%n} -> tensor<4x?xi32>{%n}
  %2 = iree_tensor_ext.bitcast %1 : tensor<4x?xi32>{%n} -> tensor<4x?xf32>{%n}
  %3 = iree_tensor_ext.bitcast %1 : tensor<4x?xi32>{%n} -> tensor<4x?xi32>{%m}
  %4 = tensor.empty(%n) : tensor<?x2xi32>
  %5 = iree_tensor_ext.bitcast %4 : tensor<?x2xi32>{%n} -> tensor<?x4xi16>{%n}
  util.return %0, %2, %3, %5 : tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xi32>, tensor<?x4xi16>
}

// -----
// bit casts of what was cast
util.func public @f(%t: tensor<4x?x6xi8>, %n: index, %m: index) -> (tensor<?x?x3xi16>, tensor<?x?x?xi16>, tensor<?x?x3xi16>) {
  %c3 = arith.constant 3 : index
  %c6 = arith.constant 6 : index
  %0 = tensor.cast %t : tensor<4x?x6xi8> to tensor<?x?x6xi8>
  %1 = iree_tensor_ext.bitcast %0 : tensor<?x?x6xi8>{%n, %m} -> tensor<?x?x3xi16>{%n, %m}
  %2 = tensor.cast %t : tensor<4x?x6xi8> to tensor<?x?x?xi8>
  %3 = iree_tensor_ext.bitcast %2 : tensor<?x?x?xi8>{%n, %m, %c6} -> tensor<?x?x?xi16>{%n, %m, %c3}
  %4 = iree_tensor_ext.bitcast %0 : tensor<?x?x6xi8>{%n, %m} -> tensor<?x?x3xi16>{%m, %n}
  util.return %1, %3, %4 : tensor<?x?x3xi16>, tensor<?x?x?xi16>, tensor<?x?x3xi16>
}
