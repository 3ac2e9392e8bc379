module {
  util.func public @a(%arg0: !util.buffer, %arg1: i32, %arg2: index, %arg3: i1, %arg4: index) -> (!util.buffer, !util.buffer, !util.buffer, !util.buffer, !util.buffer, !util.buffer) {
    %buffer_cst = util.buffer.constant : !util.buffer = "v2555"
    %xNy5abc = util.string.format "x{}y5{{ab{{c"(%arg1) : (i32) -> !util.buffer
    %N_N = util.string.format "{}-{}"(%arg0, %arg1) : (!util.buffer, i32) -> !util.buffer
    %itoa = util.string.itoa %arg2 : index -> !util.buffer
    %itoa_0 = util.string.itoa %arg1 : i32 -> !util.buffer
    util.return %xNy5abc, %N_N, %arg0, %itoa, %buffer_cst, %itoa_0 : !util.buffer, !util.buffer, !util.buffer, !util.buffer, !util.buffer, !util.buffer
  }
}


// -----
module {
  util.func public @b(%arg0: !util.buffer, %arg1: index, %arg2: i1, %arg3: index, %arg4: index, %arg5: index) -> (i32, index, index, !util.buffer, memref<?xi8>, index) {
    %c3 = arith.constant 3 : index
    %c4 = arith.constant 4 : index
    %0 = arith.addi %arg3, %arg4 : index
    %1 = arith.addi %0, %c4 : index
    %2 = util.buffer.load %arg0[%1 for %c4] : !util.buffer{%arg1} -> i32
    %3 = arith.addi %arg3, %arg3 : index
    %4 = arith.addi %arg4, %arg4 : index
    util.buffer.copy %arg0[%3], %arg0[%4], %c4 : !util.buffer{%arg1} -> !util.buffer{%arg1}
    %5 = arith.select %arg2, %arg3, %arg4 : index
    %buffer_span = util.buffer.subspan %arg0[%5] : !util.buffer{%arg1} -> !util.buffer{%arg5}
    %buffer_storage, %buffer_offset = util.buffer.storage %arg0 : !util.buffer{%arg1} -> (memref<?xi8>, index)
    %6 = arith.addi %arg3, %buffer_offset : index
    util.return %2, %arg5, %c3, %buffer_span, %buffer_storage, %6 : i32, index, index, !util.buffer, memref<?xi8>, index
  }
}


// -----
module {
  util.func public @f(%arg0: !hal.device, %arg1: !hal.fence, %arg2: !hal.fence) -> (!hal.fence, !hal.fence, i32, i32, !hal.fence) {
    %c0_i32 = arith.constant 0 : i32
    %0 = util.null : !hal.fence
    %c100_i32 = arith.constant 100 : i32
    %fence = hal.fence.join at([%arg1, %arg2]) flags("None") -> !hal.fence
    %status = hal.fence.await until([%arg1]) timeout_millis(%c100_i32) flags("None") : i32
    util.return %fence, %0, %c0_i32, %status, %0 : !hal.fence, !hal.fence, i32, i32, !hal.fence
  }
}


// -----
module {
  util.func public @t(%arg0: !hal.buffer_view, %arg1: index, %arg2: !hal.fence) -> (!hal.buffer_view, !hal.buffer_view, tensor<?xf32>) {
    %c4 = arith.constant 4 : index
    %0 = hal.tensor.import wait(%arg2) => %arg0 : !hal.buffer_view -> tensor<?xf32>{%arg1}
    %1 = hal.tensor.barrier join(%0 : tensor<?xf32>) => %arg2 : !hal.fence
    %2 = hal.tensor.export %1 : tensor<?xf32>{%c4} -> !hal.buffer_view
    %3 = hal.tensor.import wait(%arg2) => %arg0 : !hal.buffer_view -> tensor<?xf32>{%c4}
    %4 = hal.tensor.export %3 : tensor<?xf32>{%c4} -> !hal.buffer_view
    util.return %2, %4, %1 : !hal.buffer_view, !hal.buffer_view, tensor<?xf32>
  }
}

