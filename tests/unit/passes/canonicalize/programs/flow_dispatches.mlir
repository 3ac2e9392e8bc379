// arguments twice or in vain, and a result that is not used
util.func public @f(%a: tensor<4xf32>, %n: index, %unused: index) -> tensor<4xf32> {
  %0:2 = flow.dispatch.workgroups[%n, %n](%a, %a, %n, %unused) : (tensor<4xf32>, tensor<4xf32>, index, index) -> (tensor<4xf32>, tensor<8xf32>) =
      (%one: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>, %other: !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>>, %x: index, %y: index, %out: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>, %more: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<8xf32>>) {
    %1 = iree_tensor_ext.dispatch.tensor.load %one, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>> -> tensor<4xf32>
    %2 = iree_tensor_ext.dispatch.tensor.load %other, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4xf32>> -> tensor<4xf32>
    %3 = arith.addf %1, %2 : tensor<4xf32>
    iree_tensor_ext.dispatch.tensor.store %3, %out, offsets = [0], sizes = [4], strides = [1] : tensor<4xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>
    iree_tensor_ext.dispatch.tensor.store %3, %more, offsets = [%x], sizes = [4], strides = [1] : tensor<4xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<8xf32>>
    flow.return
  } count(%c: index, %d: index) -> (index, index, index) {
    %4 = arith.addi %c, %d : index
    flow.return %4, %c, %d : index, index, index
  }
  util.return %0#0 : tensor<4xf32>
}

// -----
// results that are read stay
util.func public @f(%a: tensor<4xf32>, %b: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %0:2 = flow.dispatch.workgroups[%n](%n, %a, %b) : (index, tensor<4xf32>, tensor<?xf32>{%n}) -> (%a, %b{%n}) =
      (%x: index, %one: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4xf32>>, %other: !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?xf32>>) {
    %1 = iree_tensor_ext.dispatch.tensor.load %one, offsets = [0], sizes = [4], strides = [1] : !iree_tensor_ext.dispatch.tensor<readwrite:tensor<4xf32>> -> tensor<4xf32>
    %2 = flow.dispatch.tie_shape %other : !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?xf32>>{%x}
    iree_tensor_ext.dispatch.tensor.store %1, %2, offsets = [0], sizes = [4], strides = [1] : tensor<4xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<?xf32>>{%x}
    flow.return
  }
  util.return %0#1 : tensor<?xf32>
}

// -----
// a grid computed from a number twice
util.func public @f(%a: index, %b: index) -> tensor<?x?xf32> {
  %0 = flow.dispatch.workgroups[%a, %b](%a, %b) : (index, index) -> tensor<?x?xf32>{%a, %b} =
      (%x: index, %y: index, %out: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>) {
    %1 = iree_tensor_ext.dispatch.workload.ordinal %x, 0 : index
    %2 = iree_tensor_ext.dispatch.workload.ordinal %y, 2 : index
    %3 = tensor.empty(%1, %2) : tensor<?x?xf32>
    iree_tensor_ext.dispatch.tensor.store %3, %out, offsets = [0, 0], sizes = [%1, %2], strides = [1, 1] : tensor<?x?xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>{%1, %2}
    flow.return
  } count(%c: index, %d: index) -> (index, index, index) {
    %gx, %gy, %gz = iree_tensor_ext.dispatch.workgroup_count_from_slice(%c, %c, %d)
    flow.return %gx, %gy, %gz : index, index, index
  }
  util.return %0 : tensor<?x?xf32>
}

// -----
// a result without elements
util.func public @f(%n: index) -> tensor<0x?xf32> {
  %0 = flow.dispatch.workgroups[%n](%n) : (index) -> tensor<0x?xf32>{%n} =
      (%x: index, %out: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<0x?xf32>>) {
    util.optimization_barrier %x : index
    flow.return
  }
  util.return %0 : tensor<0x?xf32>
}

// -----
// results of a region twice or in vain
util.func public @f(%a: tensor<?xf32>, %n: index) -> (tensor<?xf32>, tensor<?xf32>) {
  %0:4 = flow.dispatch.region[%n] -> (tensor<4xf32>, tensor<?xf32>{%n}, tensor<?xf32>{%n}, tensor<?xf32>{%n}) {
    %1 = tensor.empty() : tensor<4xf32>
    %2 = math.exp %a : tensor<?xf32>
    %3 = math.log %2 : tensor<?xf32>
    flow.return %1, %2, %3, %2 : tensor<4xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
  } count(%c: index) -> (index, index, index) {
    flow.return %c, %c, %c : index, index, index
  }
  util.return %0#1, %0#3 : tensor<?xf32>, tensor<?xf32>
}

// -----
// of results that are given twice the first of all stands for the second
util.func public @f(%a: tensor<?xf32>, %n: index) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %0:3 = flow.dispatch.region -> (tensor<?xf32>{%n}, tensor<?xf32>{%n}, tensor<?xf32>{%n}) {
    %1 = math.exp %a : tensor<?xf32>
    %2 = math.log %1 : tensor<?xf32>
    flow.return %1, %2, %2 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
  }
  util.return %0#0, %0#1, %0#2 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// -----
// numbers of the workload are marked at the start, in order, for all their users
util.func public @f(%a: index, %b: index) -> tensor<?x?xf32> {
  %0 = flow.dispatch.workgroups[%a, %b](%a, %b) : (index, index) -> tensor<?x?xf32>{%a, %b} =
      (%x: index, %y: index, %out: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>) {
    %1 = flow.dispatch.tie_shape %out : !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>{%x, %y}
    %2 = iree_tensor_ext.dispatch.workload.ordinal %y, 1 : index
    %3 = iree_tensor_ext.dispatch.workload.ordinal %x, 0 : index
    %4 = tensor.empty(%3, %2) : tensor<?x?xf32>
    iree_tensor_ext.dispatch.tensor.store %4, %1, offsets = [0, 0], sizes = [%x, %y], strides = [1, 1] : tensor<?x?xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x?xf32>>{%3, %2}
    flow.return
  }
  util.return %0 : tensor<?x?xf32>
}

// -----
// dimensions of bindings are those that were tied to them
util.func public @f(%in: !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>, %out: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x4xf32>>, %n: index, %m: index) {
  %0 = flow.dispatch.tie_shape %in : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>{%n}
  %1 = flow.dispatch.tie_shape %out : !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x4xf32>>{%n}
  %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0], sizes = [%m, 4], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?x4xf32>>{%m} -> tensor<?x4xf32>
  iree_tensor_ext.dispatch.tensor.store %2, %1, offsets = [0, 0], sizes = [%m, 4], strides = [1, 1] : tensor<?x4xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<?x4xf32>>{%m}
  util.return
}

// -----
// all that is computed from what a result was written to goes with it
util.func public @f(%n: index, %a: tensor<4xf32>) -> tensor<4xf32> {
  %0:2 = flow.dispatch.workgroups[%n](%n) : (index) -> (tensor<4xf32>, tensor<8xf32>) =
      (%x: index, %out: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>, %more: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>) {
    "foo.keep"(%x, %out) : (index, !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4xf32>>) -> ()
    %t = "foo.a"(%more) ({
      "foo.in"(%more) : (!iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>) -> ()
      %u = "foo.in"(%more) : (!iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>) -> index
      "foo.in"(%u, %more) : (index, !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>) -> ()
    }) : (!iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>) -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>
    %w = "foo.c"(%t, %more) : (!iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>, !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>) -> i32
    "foo.b"(%w, %more, %t) : (i32, !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>, !iree_tensor_ext.dispatch.tensor<writeonly:tensor<8xf32>>) -> ()
    flow.return
  }
  util.return %0#0 : tensor<4xf32>
}
