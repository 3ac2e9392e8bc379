module {
  util.global private mutable @state : tensor<4xf32>
  util.global public @weights {inlined} = dense<1.000000e+00> : tensor<4xf32>
  util.global private @never <inlining_policy = #util.inline.never> = 4 : i32
  util.global private @ref : !util.ptr<i32>
  util.global private mutable @buf : !util.buffer
  util.initializer {
    %c1_i32 = arith.constant 1 : i32
    util.return
  }
  util.initializer attributes {a} {
    cf.br ^bb1
  ^bb1:  // pred: ^bb0
    util.return
  }
  util.func private @decl(%arg0: i32, %arg1: tensor<4xf32>) -> (%arg0, tensor<4xf32> {x.y})
  util.func private @decl2(%arg0: i32 {q.r = 1 : i32}) -> i32 attributes {nosideeffects}
  util.func public @f(%arg0: i32, %arg1: i64, %arg2: i1, %arg3: index, %arg4: index, %arg5: tensor<4xf32>, %arg6: !util.buffer, %arg7: !util.object, %arg8: !util.list<?>, %arg9: !util.list<i32>, %arg10: !util.ptr<tensor<4xf32>>) -> (tensor<4xf32>, i32) attributes {x} {
    %state = util.global.load @state : tensor<4xf32>
    %weights = util.global.load immutable @weights : tensor<4xf32>
    util.global.store %arg5, @state : tensor<4xf32>
    %ptr_state = util.global.address @state : !util.ptr<tensor<4xf32>>
    %0 = util.global.load.indirect %ptr_state : !util.ptr<tensor<4xf32>> -> tensor<4xf32>
    util.global.store.indirect %arg5, %ptr_state : tensor<4xf32> -> !util.ptr<tensor<4xf32>>
    %1:2 = util.call @decl(%arg0, %arg5) : (i32, tensor<4xf32>) -> (%arg0, tensor<4xf32>)
    %2 = util.call @decl2(%arg0) {z} : (i32) -> i32
    %3 = util.null : !util.object
    %4 = util.cast %arg6 : !util.buffer to !util.object
    %5 = util.cmp.eq %arg7, %arg7 : !util.object
    %6 = util.cmp.ne %arg0, %arg0 : i32
    %7 = util.numeric.optional_narrow %arg0 : i32 as si8 <min_value = -1 : si8, max_value = 3 : si8>
    %8 = util.numeric.optional_narrow %arg5 : tensor<4xf32> as ui4
    %9 = util.range.min %arg3, %arg4 : index
    %10 = util.range.max %arg1, %arg1, %arg1 : i64
    %min, %max = util.range.extents [%arg3 for %arg4], [%arg4 for %arg3] : index
    %11 = util.align %arg3, %arg4 : index
    %12 = util.sizeof i33
    %13 = util.switch i32 from [%arg0, %arg0] at %arg3 else %arg0 : i32
    %14 = util.switch i32 from [] at %arg3 else %arg0 : i32
    %15:2 = util.optimization_barrier %arg0, %arg5 : i32, tensor<4xf32>
    %16 = util.unfoldable_constant dense<1> : tensor<2xi32>
    %17 = util.unfoldable_constant  {a} 3 : i32
    %18 = util.assume.int %arg3<umin = 1, umax = 5> : index
    %19:2 = util.assume.int 
        %arg3[<udiv = 2>, <umin = 3, udiv = 4>], 
        %arg4<umin = 7>
      : index, index
    %20 = util.hoistable_conversion "a" inverts("b") (%arg11 = %arg0) : (i32) -> f32 {
      %30 = arith.sitofp %arg11 : i32 to f32
      util.return %30 : f32
    }
    %21 = util.list.create : !util.list<i32>
    %22 = util.list.create %arg3 : !util.list<?>
    %23 = util.list.size %arg9 : !util.list<i32>
    util.list.resize %arg9, %arg3 : !util.list<i32>
    %24 = util.list.get %arg9[%arg3] : !util.list<i32>
    %25 = util.list.get %arg8[%arg3] : !util.list<?> -> i32
    util.list.set %arg9[%arg3], %arg0 : !util.list<i32>
    util.list.set %arg8[%arg3], %arg0 : i32 -> !util.list<?>
    %26 = util.list.construct [%arg0 : i32, %arg0 : i32] : !util.list<?>
    %n = util.buffer.constant "n" <alignment = 16, mime_type = "text/plain"> : !util.buffer = "hello"
    %buffer_cst = util.buffer.constant : !util.buffer = dense<[1, 2]> : tensor<2xi32>
    %buffer = util.buffer.alloc uninitialized <alignment = 64> : !util.buffer{%arg3}
    %buffer_0 = util.buffer.alloc uninitialized : !util.buffer{%arg3}
    util.buffer.dealloc %buffer : !util.buffer{%arg3}
    %buffer_1 = util.buffer.slice %arg6[%arg3] : !util.buffer{%arg4} -> !util.buffer{%arg3}
    %buffer_span = util.buffer.subspan %arg6[%arg3] : !util.buffer{%arg4} -> !util.buffer{%arg3}
    %buffer_size = util.buffer.size %arg6 : !util.buffer
    %buffer_storage, %buffer_offset = util.buffer.storage %arg6 : !util.buffer{%arg3} -> (memref<?xi8>, index)
    util.buffer.copy %arg6[%arg3], %buffer[%arg4], %arg3 : !util.buffer{%arg3} -> !util.buffer{%arg4}
    %27 = util.buffer.compare %arg6[%arg3], %buffer[%arg4], %arg3 : !util.buffer{%arg3}, !util.buffer{%arg4}
    util.buffer.fill %arg0, %arg6[%arg3 for %arg4] : i32 -> !util.buffer{%arg4}
    %28 = util.buffer.load %arg6[%arg3 for %arg4] : !util.buffer{%arg4} -> i32
    util.buffer.store %arg0, %arg6[%arg3 for %arg4] : i32 -> !util.buffer{%arg4}
    %29 = util.buffer.hash %arg6[%arg3 for %arg4] : !util.buffer{%arg4} -> i64
    %aNbN = util.string.format "a {} b {}"(%arg0, %arg1) : (i32, i64) -> !util.buffer
    %itoa = util.string.itoa %arg0 : i32 -> !util.buffer
    util.status.check_ok %arg0, "msg"
    util.status.check_ok %arg0
    util.optimization_barrier
    cf.cond_br %arg2, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    util.scf.unreachable "no"
    util.unreachable "why"
  ^bb2:  // pred: ^bb0
    util.return %state, %arg0 : tensor<4xf32>, i32
  }
}
