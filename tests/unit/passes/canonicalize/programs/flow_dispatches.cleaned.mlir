module {
  util.func public @f(%arg0: tensor<4xf32>, %arg1: index, %arg2: index) -> tensor<4xf32> {
    %0 = flow.dispatch.workgroups[%arg1](%arg0) : (tensor<4xf32>) -> tensor<4xf32> =
        (%arg3: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>, %arg4: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>) {
      %1 = iree_tensor_ext.dispatch.tensor.load %arg3, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>> -> tensor<4xf32>
      %2 = iree_tensor_ext.dispatch.tensor.load %arg3, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>> -> tensor<4xf32>
      %3 = arith.addf %1, %2 : tensor<4xf32>
      iree_tensor_ext.dispatch.tensor.store %3, %arg4, offsets = [0], sizes = [4], strides = [1] : tensor<4xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>
      flow.return
    } count(%arg3: index) -> (index, index, index) {
      %1 = arith.addi %arg3, %arg3 : index
      flow.return %1, %arg3, %arg3 : index, index, index
    }
    util.return %0 : tensor<4xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<4xf32>, %arg1: tensor<?xf32>, %arg2: index) -> tensor<?xf32> {
    %0:2 = flow.dispatch.workgroups[%arg2](%arg2, %arg0, %arg1) : (index, tensor<4xf32>, tensor<?xf32>{%arg2}) -> (%arg0, %arg1{%arg2}) =
        (%arg3: index, %arg4: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4xf32>>, %arg5: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?xf32>>) {
      %1 = iree_tensor_ext.dispatch.tensor.load %arg4, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4xf32>> -> tensor<4xf32>
      %2 = flow.dispatch.tie_shape %arg5 : !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?xf32>>{%arg3}
      iree_tensor_ext.dispatch.tensor.store %1, %2, offsets = [0], sizes = [4], strides = [1] : tensor<4xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?xf32>>{%arg3}
      flow.return
    }
    util.return %0#1 : tensor<?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: index) -> tensor<?x?xf32> {
    %0 = flow.dispatch.workgroups[%arg0, %arg1](%arg0, %arg1) : (index, index) -> tensor<?x?xf32>{%arg0, %arg1} =
        (%arg2: index, %arg3: index, %arg4: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>) {
      %1 = iree_tensor_ext.dispatch.workload.ordinal %arg2, 0 : index
      %2 = iree_tensor_ext.dispatch.workload.ordinal %arg3, 1 : index
      %3 = tensor.empty(%1, %2) : tensor<?x?xf32>
      iree_tensor_ext.dispatch.tensor.store %3, %arg4, offsets = [0, 0], sizes = [%1, %2], strides = [1, 1] : tensor<?x?xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>{%1, %2}
      flow.return
    } count(%arg2: index, %arg3: index) -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice(%arg2, %arg3)
      flow.return %x, %y, %z : index, index, index
    }
    util.return %0 : tensor<?x?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: index) -> tensor<0x?xf32> {
    %0 = flow.tensor.empty : tensor<0x?xf32>{%arg0}
    util.return %0 : tensor<0x?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<?xf32>, %arg1: index) -> (tensor<?xf32>, tensor<?xf32>) {
    %0 = flow.dispatch.region[%arg1] -> (tensor<?xf32>{%arg1}) {
      %1 = math.exp %arg0 : tensor<?xf32>
      flow.return %1 : tensor<?xf32>
    }
    util.return %0, %0 : tensor<?xf32>, tensor<?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: tensor<?xf32>, %arg1: index) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
    %0:2 = flow.dispatch.region -> (tensor<?xf32>{%arg1}, tensor<?xf32>{%arg1}) {
      %1 = math.exp %arg0 : tensor<?xf32>
      %2 = math.log %1 : tensor<?xf32>
      flow.return %1, %2 : tensor<?xf32>, tensor<?xf32>
    }
    util.return %0#0, %0#1, %0#0 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: index) -> tensor<?x?xf32> {
    %0 = flow.dispatch.workgroups[%arg0, %arg1](%arg0, %arg1) : (index, index) -> tensor<?x?xf32>{%arg0, %arg1} =
        (%arg2: index, %arg3: index, %arg4: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>) {
      %1 = iree_tensor_ext.dispatch.workload.ordinal %arg2, 0 : index
      %2 = iree_tensor_ext.dispatch.workload.ordinal %arg3, 1 : index
      %3 = flow.dispatch.tie_shape %arg4 : !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>{%1, %2}
      %4 = tensor.empty(%1, %2) : tensor<?x?xf32>
      iree_tensor_ext.dispatch.tensor.store %4, %3, offsets = [0, 0], sizes = [%1, %2], strides = [1, 1] : tensor<?x?xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>{%1, %2}
      flow.return
    }
    util.return %0 : tensor<?x?xf32>
  }
}


// -----
module {
  util.func public @f(%arg0: !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, %arg1: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x4xf32>>, %arg2: index, %arg3: index) {
    %0 = flow.dispatch.tie_shape %arg0 : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>{%arg2}
    %1 = flow.dispatch.tie_shape %arg1 : !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x4xf32>>{%arg2}
    %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0], sizes = [%arg3, 4], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>{%arg2} -> tensor<?x4xf32>
    iree_tensor_ext.dispatch.tensor.store %2, %1, offsets = [0, 0], sizes = [%arg3, 4], strides = [1, 1] : tensor<?x4xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x4xf32>>{%arg2}
    util.return
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: tensor<4xf32>) -> tensor<4xf32> {
    %0 = flow.dispatch.workgroups[%arg0](%arg0) : (index) -> tensor<4xf32> =
        (%arg2: index, %arg3: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>) {
      "foo.keep"(%arg2, %arg3) : (index, !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>) -> ()
      flow.return
    }
    util.return %0 : tensor<4xf32>
  }
}

