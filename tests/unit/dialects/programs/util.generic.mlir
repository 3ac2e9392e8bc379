"builtin.module"() ({
  "util.global"() <{is_mutable, sym_name = "state", sym_visibility = "private", type = tensor<4xf32>}> : () -> ()
  "util.global"() <{initial_value = dense<1.000000e+00> : tensor<4xf32>, sym_name = "weights", sym_visibility = "public", type = tensor<4xf32>}> {inlined} : () -> ()
  "util.global"() <{initial_value = 4 : i32, inlining_policy = #util.inline.never, sym_name = "never", sym_visibility = "private", type = i32}> : () -> ()
  "util.global"() <{sym_name = "ref", sym_visibility = "private", type = !util.ptr<i32>}> : () -> ()
  "util.global"() <{is_mutable, sym_name = "buf", sym_visibility = "private", type = !util.buffer}> : () -> ()
  "util.initializer"() <{function_type = () -> ()}> ({
    %45 = "arith.constant"() <{value = 1 : i32}> : () -> i32
    "util.return"() : () -> ()
  }) : () -> ()
  "util.initializer"() <{function_type = () -> ()}> ({
    "cf.br"()[^bb1] : () -> ()
  ^bb1:  // pred: ^bb0
    "util.return"() : () -> ()
  }) {a} : () -> ()
  "util.func"() <{function_type = (i32, tensor<4xf32>) -> (i32, tensor<4xf32>), res_attrs = [{}, {x.y}], sym_name = "decl", sym_visibility = "private", tied_operands = [0 : index, -1 : index]}> ({
  }) : () -> ()
  "util.func"() <{arg_attrs = [{q.r = 1 : i32}], function_type = (i32) -> i32, sym_name = "decl2", sym_visibility = "private", tied_operands = [-1 : index]}> ({
  }) {nosideeffects} : () -> ()
  "util.func"() <{function_type = (i32, i64, i1, index, index, tensor<4xf32>, !util.buffer, !util.object, !util.list<?>, !util.list<i32>, !util.ptr<tensor<4xf32>>) -> (tensor<4xf32>, i32), sym_name = "f", sym_visibility = "public", tied_operands = [-1 : index, -1 : index]}> ({
  ^bb0(%arg0: i32, %arg1: i64, %arg2: i1, %arg3: index, %arg4: index, %arg5: tensor<4xf32>, %arg6: !util.buffer, %arg7: !util.object, %arg8: !util.list<?>, %arg9: !util.list<i32>, %arg10: !util.ptr<tensor<4xf32>>):
    %0 = "util.global.load"() <{global = @state}> : () -> tensor<4xf32>
    %1 = "util.global.load"() <{global = @weights, is_immutable}> : () -> tensor<4xf32>
    "util.global.store"(%arg5) <{global = @state}> : (tensor<4xf32>) -> ()
    %2 = "util.global.address"() <{global = @state}> : () -> !util.ptr<tensor<4xf32>>
    %3 = "util.global.load.indirect"(%2) : (!util.ptr<tensor<4xf32>>) -> tensor<4xf32>
    "util.global.store.indirect"(%arg5, %2) : (tensor<4xf32>, !util.ptr<tensor<4xf32>>) -> ()
    %4:2 = "util.call"(%arg0, %arg5) <{callee = @decl, tied_operands = [0 : index, -1 : index]}> : (i32, tensor<4xf32>) -> (i32, tensor<4xf32>)
    %5 = "util.call"(%arg0) <{callee = @decl2, tied_operands = [-1 : index]}> {z} : (i32) -> i32
    %6 = "util.null"() : () -> !util.object
    %7 = "util.cast"(%arg6) : (!util.buffer) -> !util.object
    %8 = "util.cmp.eq"(%arg7, %arg7) : (!util.object, !util.object) -> i1
    %9 = "util.cmp.ne"(%arg0, %arg0) : (i32, i32) -> i1
    %10 = "util.numeric.optional_narrow"(%arg0) <{max_value = 3 : si8, min_value = -1 : si8, semantic_type = si8}> : (i32) -> i32
    %11 = "util.numeric.optional_narrow"(%arg5) <{semantic_type = ui4}> : (tensor<4xf32>) -> tensor<4xf32>
    %12 = "util.range.min"(%arg3, %arg4) : (index, index) -> index
    %13 = "util.range.max"(%arg1, %arg1, %arg1) : (i64, i64, i64) -> i64
    %14:2 = "util.range.extents"(%arg3, %arg4, %arg4, %arg3) : (index, index, index, index) -> (index, index)
    %15 = "util.align"(%arg3, %arg4) : (index, index) -> index
    %16 = "util.sizeof"() <{sizedType = i33}> : () -> index
    %17 = "util.switch"(%arg3, %arg0, %arg0, %arg0) : (index, i32, i32, i32) -> i32
    %18 = "util.switch"(%arg3, %arg0) : (index, i32) -> i32
    %19:2 = "util.optimization_barrier"(%arg0, %arg5) : (i32, tensor<4xf32>) -> (i32, tensor<4xf32>)
    %20 = "util.unfoldable_constant"() <{value = dense<1> : tensor<2xi32>}> : () -> tensor<2xi32>
    %21 = "util.unfoldable_constant"() <{value = 3 : i32}> {a} : () -> i32
    %22 = "util.assume.int"(%arg3) <{assumptions = [[#util.int.assumption<umin = 1, umax = 5>]]}> : (index) -> index
    %23:2 = "util.assume.int"(%arg3, %arg4) <{assumptions = [[#util.int.assumption<udiv = 2>, #util.int.assumption<umin = 3, udiv = 4>], [#util.int.assumption<umin = 7>]]}> : (index, index) -> (index, index)
    %24 = "util.hoistable_conversion"(%arg0) <{inverseTag = "b", tag = "a"}> ({
    ^bb0(%arg11: i32):
      %44 = "arith.sitofp"(%arg11) : (i32) -> f32
      "util.return"(%44) : (f32) -> ()
    }) : (i32) -> f32
    %25 = "util.list.create"() : () -> !util.list<i32>
    %26 = "util.list.create"(%arg3) : (index) -> !util.list<?>
    %27 = "util.list.size"(%arg9) : (!util.list<i32>) -> index
    "util.list.resize"(%arg9, %arg3) : (!util.list<i32>, index) -> ()
    %28 = "util.list.get"(%arg9, %arg3) : (!util.list<i32>, index) -> i32
    %29 = "util.list.get"(%arg8, %arg3) : (!util.list<?>, index) -> i32
    "util.list.set"(%arg9, %arg3, %arg0) : (!util.list<i32>, index, i32) -> ()
    "util.list.set"(%arg8, %arg3, %arg0) : (!util.list<?>, index, i32) -> ()
    %30 = "util.list.construct"(%arg0, %arg0) : (i32, i32) -> !util.list<?>
    %31 = "util.buffer.constant"() <{alignment = 16 : index, mime_type = "text/plain", name = "n", value = "hello"}> : () -> !util.buffer
    %32 = "util.buffer.constant"() <{value = dense<[1, 2]> : tensor<2xi32>}> : () -> !util.buffer
    %33 = "util.buffer.alloc"(%arg3) <{alignment = 64 : index}> : (index) -> !util.buffer
    %34 = "util.buffer.alloc"(%arg3) : (index) -> !util.buffer
    "util.buffer.dealloc"(%33, %arg3) : (!util.buffer, index) -> ()
    %35 = "util.buffer.slice"(%arg6, %arg4, %arg3, %arg3) : (!util.buffer, index, index, index) -> !util.buffer
    %36 = "util.buffer.subspan"(%arg6, %arg4, %arg3, %arg3) : (!util.buffer, index, index, index) -> !util.buffer
    %37 = "util.buffer.size"(%arg6) : (!util.buffer) -> index
    %38:2 = "util.buffer.storage"(%arg6, %arg3) : (!util.buffer, index) -> (memref<?xi8>, index)
    "util.buffer.copy"(%arg6, %arg3, %arg3, %33, %arg4, %arg4, %arg3) : (!util.buffer, index, index, !util.buffer, index, index, index) -> ()
    %39 = "util.buffer.compare"(%arg6, %arg3, %arg3, %33, %arg4, %arg4, %arg3) : (!util.buffer, index, index, !util.buffer, index, index, index) -> i1
    "util.buffer.fill"(%arg0, %arg6, %arg4, %arg3, %arg4) : (i32, !util.buffer, index, index, index) -> ()
    %40 = "util.buffer.load"(%arg6, %arg4, %arg3, %arg4) : (!util.buffer, index, index, index) -> i32
    "util.buffer.store"(%arg0, %arg6, %arg4, %arg3, %arg4) : (i32, !util.buffer, index, index, index) -> ()
    %41 = "util.buffer.hash"(%arg6, %arg4, %arg3, %arg4) : (!util.buffer, index, index, index) -> i64
    %42 = "util.string.format"(%arg0, %arg1) <{format = "a {} b {}"}> : (i32, i64) -> !util.buffer
    %43 = "util.string.itoa"(%arg0) : (i32) -> !util.buffer
    "util.status.check_ok"(%arg0) <{message = "msg"}> : (i32) -> ()
    "util.status.check_ok"(%arg0) : (i32) -> ()
    "util.optimization_barrier"() : () -> ()
    "cf.cond_br"(%arg2)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb1:  // pred: ^bb0
    "util.scf.unreachable"() <{message = "no"}> : () -> ()
    "util.unreachable"() <{message = "why"}> : () -> ()
  ^bb2:  // pred: ^bb0
    "util.return"(%0, %arg0) : (tensor<4xf32>, i32) -> ()
  }) {x} : () -> ()
}) : () -> ()
