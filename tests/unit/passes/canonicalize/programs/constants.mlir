// in the order of their first use, each once, at the start; a region of its own
util.func public @f(%a: i32, %c: i1) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32
  %c3 = arith.constant 3 : i32
  %c2 = arith.constant 2 : i32
  %1 = arith.addi %0, %c3 : i32
  %2 = scf.if %c -> i32 {
    %c3b = arith.constant 3 : i32
    %c4 = arith.constant 4 : i32
    %3 = "test.use"(%c3b, %c4, %c2) : (i32, i32, i32) -> i32
    scf.yield %3 : i32
  } else {
    %c2b = arith.constant 2 : i32
    scf.yield %c2b : i32
  }
  util.return %1, %2 : i32, i32
}

// -----
// made by folding
util.func public @f() -> (i32, i32, f32, f32) {
  %c3 = arith.constant 3 : i32
  %c4 = arith.constant 4 : i32
  %0 = arith.addi %c3, %c4 : i32
  %1 = arith.muli %0, %c3 : i32
  %z = arith.constant 0.0 : f32
  %n = arith.constant -0.0 : f32
  util.return %0, %1, %z, %n : i32, i32, f32, f32
}
