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

