module {
  util.func public @f() -> (!stream.resource<constant>, !stream.resource<constant>, !stream.resource<constant>) {
    %cst = arith.constant 1.500000e+00 : f32
    %0 = stream.tensor.sizeof tensor<2x0xi8> : index
    %empty = stream.tensor.empty : tensor<2x0xi8> in !stream.resource<constant>{%0}
    %1 = stream.tensor.sizeof tensor<2x4xf32> : index
    %cst_0 = stream.tensor.constant : tensor<2xi8> in !stream.resource<constant> = dense<[1, 2]> : tensor<2xi8>
    %2 = stream.tensor.splat %cst : f32 -> tensor<2x4xf32> in !stream.resource<constant>{%1}
    util.return %empty, %2, %cst_0 : !stream.resource<constant>, !stream.resource<constant>, !stream.resource<constant>
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.buffer_view, %arg1: index, %arg2: !stream.resource<external>) -> (!hal.buffer_view, !stream.resource<external>) {
    util.return %arg0, %arg2 : !hal.buffer_view, !stream.resource<external>
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.buffer_view, %arg1: index) -> (!stream.resource<external>, !stream.resource<external>) {
    %0 = stream.tensor.import %arg0 : !hal.buffer_view -> tensor<5xf32> in !stream.resource<external>{%arg1}
    util.return %0, %0 : !stream.resource<external>, !stream.resource<external>
  }
}


// -----
#encoding = #iree_encoding.testing<>
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<*>) {
    %0 = stream.tensor.encode %arg0 : tensor<4xf32> in !stream.resource<*>{%arg1} -> tensor<4xf32, #encoding> in !stream.resource<*>{%arg1}
    util.return %arg0, %0, %arg0 : !stream.resource<*>, !stream.resource<*>, !stream.resource<*>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<*>) {
    %0 = stream.tensor.encode %arg0 : tensor<4x4xf32> in !stream.resource<*>{%arg1} -> tensor<4x4xf32, #iree_encoding.padding<[0, 8]>> in !stream.resource<*>{%arg1}
    util.return %arg0, %0, %arg0 : !stream.resource<*>, !stream.resource<*>, !stream.resource<*>
  }
}


// -----
module {
  util.func public @f() -> !stream.resource<constant> {
    %cst = complex.constant [1.000000e+00 : f32, 2.000000e+00 : f32] : complex<f32>
    %0 = stream.tensor.sizeof tensor<2xcomplex<f32>> : index
    %1 = stream.tensor.splat %cst : complex<f32> -> tensor<2xcomplex<f32>> in !stream.resource<constant>{%0}
    util.return %1 : !stream.resource<constant>
  }
}

