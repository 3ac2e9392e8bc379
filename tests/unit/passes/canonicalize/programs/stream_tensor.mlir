// constants of no and of one element
util.func public @f() -> (!stream.resource<constant>, !stream.resource<constant>, !stream.resource<constant>) {
  %0 = stream.tensor.constant : tensor<2x0xi8> in !stream.resource<constant> = dense<> : tensor<2x0xi8>
  %1 = stream.tensor.constant : tensor<2x4xf32> in !stream.resource<constant> = dense<1.5> : tensor<2x4xf32>
  %2 = stream.tensor.constant : tensor<2xi8> in !stream.resource<constant> = dense<[1, 2]> : tensor<2xi8>
  util.return %0, %1, %2 : !stream.resource<constant>, !stream.resource<constant>, !stream.resource<constant>
}

// -----
// there and back
util.func public @f(%v: !hal.buffer_view, %n: index, %r: !stream.resource<external>) -> (!hal.buffer_view, !stream.resource<external>) {
  %0 = stream.tensor.import %v : !hal.buffer_view -> tensor<5xf32> in !stream.resource<external>{%n}
  %1 = stream.tensor.export %0 : tensor<5xf32> in !stream.resource<external>{%n} -> !hal.buffer_view
  %2 = stream.tensor.export %r : tensor<5xf32> in !stream.resource<external>{%n} -> !hal.buffer_view
  %3 = stream.tensor.import %2 : !hal.buffer_view -> tensor<5xf32> in !stream.resource<external>{%n}
  util.return %1, %3 : !hal.buffer_view, !stream.resource<external>
}

// -----
// the same import twice
util.func public @f(%v: !hal.buffer_view, %n: index) -> (!stream.resource<external>, !stream.resource<external>) {
  %0 = stream.tensor.import %v : !hal.buffer_view -> tensor<5xf32> in !stream.resource<external>{%n}
  %1 = stream.tensor.import %v : !hal.buffer_view -> tensor<5xf32> in !stream.resource<external>{%n}
  util.return %0, %1 : !stream.resource<external>, !stream.resource<external>
}

// -----
// encodings that change nothing
util.func public @f(%r: !stream.resource<*>, %n: index) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<*>) {
  %0 = stream.tensor.encode %r : tensor<4xf32> in !stream.resource<*>{%n} -> tensor<4xf32, #iree_encoding.identity> in !stream.resource<*>{%n}
  %1 = stream.tensor.encode %r : tensor<4xf32> in !stream.resource<*>{%n} -> tensor<4xf32, #iree_encoding.testing<>> in !stream.resource<*>{%n}
  %2 = stream.tensor.encode %r : tensor<4xf32> in !stream.resource<*>{%n} -> tensor<4xf32> in !stream.resource<*>{%n}
  util.return %0, %1, %2 : !stream.resource<*>, !stream.resource<*>, !stream.resource<*>
}

// -----
// layouts: padding of nothing, of something, several
util.func public @f(%r: !stream.resource<*>, %n: index) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<*>) {
  %0 = stream.tensor.encode %r : tensor<4x4xf32> in !stream.resource<*>{%n} -> tensor<4x4xf32, #iree_encoding.padding<[0, 0]>> in !stream.resource<*>{%n}
  %1 = stream.tensor.encode %r : tensor<4x4xf32> in !stream.resource<*>{%n} -> tensor<4x4xf32, #iree_encoding.padding<[0, 8]>> in !stream.resource<*>{%n}
  %2 = stream.tensor.encode %r : tensor<4x4xf32> in !stream.resource<*>{%n} -> tensor<4x4xf32, #iree_encoding.layout<[#iree_encoding.identity, #iree_encoding.padding<[0, 0]>]>> in !stream.resource<*>{%n}
  util.return %0, %1, %2 : !stream.resource<*>, !stream.resource<*>, !stream.resource<*>
}

// -----
// complex constants of one element
util.func public @f() -> !stream.resource<constant> {
  %0 = stream.tensor.constant : tensor<2xcomplex<f32>> in !stream.resource<constant> = dense<(1.0, 2.0)> : tensor<2xcomplex<f32>>
  util.return %0 : !stream.resource<constant>
}
