// zeros where their sign does not matter
util.func public @zeros(%x: f32) -> (f32, f32, f32, f32, f32, f32) {
  %p = arith.constant 0.0 : f32
  %n = arith.constant -0.0 : f32
  %0 = arith.addf %x, %p fastmath<nsz> : f32
  %1 = arith.subf %x, %n fastmath<nsz> : f32
  %2 = arith.mulf %x, %p fastmath<nnan,nsz> : f32
  %3 = arith.mulf %x, %p fastmath<nsz> : f32
  %4 = arith.mulf %n, %p fastmath<fast> : f32
  %5 = arith.addf %x, %p : f32
  util.return %0, %1, %2, %3, %4, %5 : f32, f32, f32, f32, f32, f32
}
// -----
// conversions of extended integers
util.func public @extended(%a: i8) -> (f32, f32, f32, f32) {
  %s = arith.extsi %a : i8 to i32
  %u = arith.extui %a : i8 to i32
  %0 = arith.sitofp %s : i32 to f32
  %1 = arith.sitofp %u : i32 to f32
  %2 = arith.uitofp %u : i32 to f32
  %3 = arith.uitofp %s : i32 to f32
  util.return %0, %1, %2, %3 : f32, f32, f32, f32
}
// -----
// a converted integer, compared
util.func public @compared(%a: i8, %b: i64) -> (i1, i1, i1, i1, i1, i1, i1, i1) {
  %half = arith.constant 2.5 : f32
  %less = arith.constant -2.5 : f32
  %far = arith.constant 300.0 : f32
  %low = arith.constant -300.0 : f32
  %large = arith.constant 1.0e+10 : f32
  %s = arith.sitofp %a : i8 to f32
  %u = arith.uitofp %a : i8 to f32
  %l = arith.sitofp %b : i64 to f32
  %0 = arith.cmpf olt, %s, %half : f32
  %1 = arith.cmpf uge, %s, %less : f32
  %2 = arith.cmpf oge, %u, %less : f32
  %3 = arith.cmpf oeq, %s, %half : f32
  %4 = arith.cmpf ult, %s, %far : f32
  %5 = arith.cmpf ogt, %s, %low : f32
  %6 = arith.cmpf uno, %s, %half : f32
  %7 = arith.cmpf ogt, %l, %large : f32
  util.return %0, %1, %2, %3, %4, %5, %6, %7 : i1, i1, i1, i1, i1, i1, i1, i1
}

// -----
// numbers of types wider than f64 fold too
util.func public @wide() -> (f80, f80, i1, f128, f32) {
  %a = arith.constant 1.5 : f80
  %b = arith.constant 2.5 : f128
  %i = arith.constant 7 : i32
  %sum = arith.addf %a, %a : f80
  %less = arith.cmpf olt, %a, %sum : f80
  %number = arith.sitofp %i : i32 to f80
  %negative = arith.negf %b : f128
  %narrow = arith.truncf %a : f80 to f32
  util.return %sum, %number, %less, %negative, %narrow : f80, f80, i1, f128, f32
}
