// sizes of constant buffers
util.func public @sizes() -> (index, index, index, index, index) {
  %a = util.buffer.constant : !util.buffer = dense<[1, 2, 3]> : tensor<3xi32>
  %b = util.buffer.constant : !util.buffer = dense<true> : tensor<9xi1>
  %c = util.buffer.constant : !util.buffer = dense<1> : tensor<3xi4>
  %d = util.buffer.constant : !util.buffer = #util.byte_pattern<1> : tensor<5xi8>
  %e = util.buffer.constant : !util.buffer = #util.composite<12xi8, [dense<1> : tensor<3xi32>]>
  %0 = util.buffer.size %a : !util.buffer
  %1 = util.buffer.size %b : !util.buffer
  %2 = util.buffer.size %c : !util.buffer
  %3 = util.buffer.size %d : !util.buffer
  %4 = util.buffer.size %e : !util.buffer
  util.return %0, %1, %2, %3, %4 : index, index, index, index, index
}
// -----
// alignments that are no power of two, as the compiler rounds them
util.func public @aligned() -> (index, index, index) {
  %c16 = arith.constant 16 : index
  %c3 = arith.constant 3 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %c8 = arith.constant 8 : index
  %0 = util.align %c16, %c3 : index
  %1 = util.align %c2, %c3 : index
  %2 = util.align %c5, %c8 : index
  util.return %0, %1, %2 : index, index, index
}
// -----
// the extents of a range with a constant one
util.func public @extents(%a: index) -> (index, index, i1) {
  %true = arith.constant true
  %c0 = arith.constant 0 : index
  %0, %1 = util.range.extents [%a for %a], [%c0 for %c0] : index
  util.return %0, %1, %true : index, index, i1
}
