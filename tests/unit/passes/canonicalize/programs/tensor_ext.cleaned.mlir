module {
  util.func public @ordinals(%arg0: index) -> (index, index, index) {
    %c2 = arith.constant 2 : index
    %0 = iree_tensor_ext.dispatch.workload.ordinal %arg0, 1 : index
    %1 = iree_tensor_ext.dispatch.workload.ordinal %0, 2 : index
    util.return %c2, %1, %0 : index, index, index
  }
}


// -----
module {
  util.func public @barriers(%arg0: tensor<4xf32>) -> tensor<4xf32> {
    %0 = iree_tensor_ext.compute_barrier.start %arg0 : tensor<4xf32> -> tensor<4xf32>
    %1 = iree_tensor_ext.compute_barrier.end %0 : tensor<4xf32> -> tensor<4xf32>
    util.return %1 : tensor<4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x8x1xf32>>, %arg1: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x8xf32>>, %arg2: index) {
    %0 = iree_tensor_ext.dispatch.tensor.load %arg0, offsets = [1, %arg2, 0], sizes = [1, 4, 1], strides = [1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x8x1xf32>> -> tensor<1x4xf32>
    iree_tensor_ext.dispatch.tensor.store %0, %arg1, offsets = [%arg2, 1], sizes = [1, 4], strides = [1, 1] : tensor<1x4xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x8xf32>>
    util.return
  }
}


// -----
module {
  util.func public @f(%arg0: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x1x8xf32>>, %arg1: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4x8xf32>>, %arg2: index, %arg3: tensor<8xf32>) {
    %0 = iree_tensor_ext.dispatch.tensor.load %arg0, offsets = [0, 0, 0], sizes = [1, 1, 8], strides = [1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x1x8xf32>> -> tensor<1x8xf32>
    iree_tensor_ext.dispatch.tensor.store %0, %arg1, offsets = [%arg2, 0], sizes = [1, 8], strides = [1, 1] : tensor<1x8xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4x8xf32>>
    iree_tensor_ext.dispatch.tensor.store %arg3, %arg1, offsets = [%arg2, 0], sizes = [1, 8], strides = [1, 1] : tensor<8xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4x8xf32>>
    util.return
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x?xf32>, %arg1: index, %arg2: index) -> (tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xi32>, tensor<?x4xi16>) {
    %0 = iree_tensor_ext.bitcast %arg0 : tensor<4x?xf32>{%arg1} -> tensor<4x?xi32>{%arg1}
    %1 = tensor.empty(%arg1) : tensor<?x4xi16>
    util.return %arg0, %arg0, %0, %1 : tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xi32>, tensor<?x4xi16>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4x?x6xi8>, %arg1: index, %arg2: index) -> (tensor<?x?x3xi16>, tensor<?x?x?xi16>, tensor<?x?x3xi16>) {
    %cast = tensor.cast %arg0 : tensor<4x?x6xi8> to tensor<?x?x6xi8>
    %0 = iree_tensor_ext.bitcast %arg0 : tensor<4x?x6xi8>{%arg2} -> tensor<4x?x3xi16>{%arg2}
    %cast_0 = tensor.cast %0 : tensor<4x?x3xi16> to tensor<?x?x3xi16>
    %1 = iree_tensor_ext.bitcast %arg0 : tensor<4x?x6xi8>{%arg2} -> tensor<4x?x3xi16>{%arg2}
    %cast_1 = tensor.cast %1 : tensor<4x?x3xi16> to tensor<?x?x?xi16>
    %2 = iree_tensor_ext.bitcast %cast : tensor<?x?x6xi8>{%arg1, %arg2} -> tensor<?x?x3xi16>{%arg2, %arg1}
    util.return %cast_0, %cast_1, %2 : tensor<?x?x3xi16>, tensor<?x?x?xi16>, tensor<?x?x3xi16>
  }
}

