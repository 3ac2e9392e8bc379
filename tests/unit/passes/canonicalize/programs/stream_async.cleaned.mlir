module {
  util.func public @f(%arg0: index, %arg1: i32) -> (!stream.resource<transient>, index) {
    %c127_i8 = arith.constant 127 : i8
    %0 = util.optimization_barrier %arg0 : index
    %1 = stream.async.splat %c127_i8 : i8 -> !stream.resource<transient>{%arg0}
    %2 = util.optimization_barrier %1 : !stream.resource<transient>
    util.return %2, %0 : !stream.resource<transient>, index
  }
}


// -----
module {
  util.func public @f(%arg0: index) -> (!stream.resource<transient>, !stream.resource<transient>, !stream.resource<constant>) {
    %c3_i32 = arith.constant 3 : i32
    %cst = stream.async.constant : !stream.resource<transient>{%arg0} = dense<[1, 2]> : tensor<2xi32>
    %0 = stream.async.splat %c3_i32 : i32 -> !stream.resource<constant>{%arg0}
    %1 = stream.async.splat %c3_i32 : i32 -> !stream.resource<transient>{%arg0}
    util.return %1, %cst, %0 : !stream.resource<transient>, !stream.resource<transient>, !stream.resource<constant>
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: i32) -> (!stream.resource<*>, !stream.resource<*>) {
    %0 = stream.async.splat %arg1 : i32 -> !stream.resource<*>{%arg0}
    %1 = stream.async.splat %arg1 : i32 -> !stream.resource<*>{%arg0}
    util.return %0, %1 : !stream.resource<*>, !stream.resource<*>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index, %arg2: i32) -> (!stream.resource<*>, !stream.resource<*>) {
    %c8 = arith.constant 8 : index
    %0 = stream.async.splat %arg2 : i32 -> !stream.resource<*>{%c8}
    util.return %arg0, %0 : !stream.resource<*>, !stream.resource<*>
  }
}


// -----
module {
  util.func public @f(%arg0: index, %arg1: i32, %arg2: i32) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<*>) {
    %c16 = arith.constant 16 : index
    %c0 = arith.constant 0 : index
    %0 = stream.async.splat %arg1 : i32 -> !stream.resource<*>{%arg0}
    %1 = stream.async.fill %arg2, %0[%c0 to %c16 for %c16] : i32 -> %0 as !stream.resource<*>{%arg0}
    %2 = stream.async.splat %arg2 : i32 -> !stream.resource<*>{%arg0}
    %3 = stream.async.splat %arg1 : i32 -> !stream.resource<*>{%arg0}
    util.return %2, %3, %1 : !stream.resource<*>, !stream.resource<*>, !stream.resource<*>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: !stream.resource<*>, %arg2: index, %arg3: index, %arg4: i32) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<*>) {
    %c0 = arith.constant 0 : index
    %c8 = arith.constant 8 : index
    %c16 = arith.constant 16 : index
    %0 = stream.async.clone %arg0 : !stream.resource<*>{%arg2} -> !stream.resource<*>{%arg2}
    %1 = stream.async.copy %arg1[%c8 to %c16], %0[%c0 to %c8], %c8 : !stream.resource<*>{%arg3} -> %0 as !stream.resource<*>{%arg2}
    %2 = stream.async.clone %arg0 : !stream.resource<*>{%arg2} -> !stream.resource<*>{%arg2}
    %3 = stream.async.fill %arg4, %2[%c0 to %c8 for %c8] : i32 -> %2 as !stream.resource<*>{%arg2}
    util.return %arg1, %1, %3 : !stream.resource<*>, !stream.resource<*>, !stream.resource<*>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: !stream.resource<*>, %arg2: index, %arg3: index) -> !stream.resource<*> {
    %c0 = arith.constant 0 : index
    %0 = stream.async.update %arg1, %arg0[%c0 to %arg3] : !stream.resource<*>{%arg3} -> %arg0 as !stream.resource<*>{%arg2}
    util.return %0 : !stream.resource<*>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index) -> (!stream.resource<*>, !stream.resource<*>, !stream.resource<external>) {
    %0 = stream.async.transfer %arg0 : !stream.resource<*>{%arg1} from(#hal.device.promise<@a>) -> to(#hal.device.promise<@c>) !stream.resource<*>{%arg1}
    %1 = stream.async.clone on(#hal.device.promise<@a>) %arg0 : !stream.resource<*>{%arg1} -> !stream.resource<external>{%arg1}
    util.return %arg0, %0, %1 : !stream.resource<*>, !stream.resource<*>, !stream.resource<external>
  }
}


// -----
module {
  util.func public @f(%arg0: !stream.resource<staging>, %arg1: index, %arg2: i32) -> (f32, !stream.resource<staging>) {
    %c0 = arith.constant 0 : index
    %0 = stream.async.load %arg0[%c0] : !stream.resource<staging>{%arg1} -> f32
    %1 = stream.async.store %arg2, %arg0[%c0] : i32 -> %arg0 as !stream.resource<staging>{%arg1}
    util.return %0, %1 : f32, !stream.resource<staging>
  }
}


// -----
module {
  stream.executable private @e {
    stream.executable.export public @d 
  }
  util.func public @f(%arg0: !stream.resource<*>, %arg1: index) -> !stream.resource<*> {
    %c0 = arith.constant 0 : index
    %0 = stream.async.dispatch @e::@d(%arg0[%c0 to %arg1 for %arg1]) : (!stream.resource<*>{%arg1}) -> !stream.resource<*>{%arg1}
    util.return %0 : !stream.resource<*>
  }
}


// -----
module {
  util.func public @zeros() -> !stream.resource<constant> {
    %c8 = arith.constant 8 : index
    %cst = stream.async.constant : !stream.resource<constant>{%c8} = dense<[0.000000e+00, -0.000000e+00]> : tensor<2xf32>
    util.return %cst : !stream.resource<constant>
  }
}

