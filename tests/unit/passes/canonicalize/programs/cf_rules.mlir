// an assertion that holds
func.func @f() {
  %true = arith.constant true
  cf.assert %true, "never"
  return
}
// -----
// a branch on a condition that is known where it stands
func.func @f(%c: i1, %a: i32, %b: i32) -> i32 {
  cf.cond_br %c, ^one, ^two
^one:
  %0 = util.optimization_barrier %a : i32
  cf.cond_br %c, ^three, ^two
^two:
  return %b : i32
^three:
  return %0 : i32
}
// -----
// a switch of a constant
func.func @f(%a: i32, %b: i32) -> i32 {
  %c7 = arith.constant 7 : i32
  cf.switch %c7 : i32, [
    default: ^one,
    7: ^two
  ]
^one:
  return %a : i32
^two:
  return %b : i32
}
// -----
// a switch behind the default of one on the same flag
func.func @f(%flag: i32, %a: i32, %b: i32) -> i32 {
  cf.switch %flag : i32, [
    default: ^again,
    1: ^one
  ]
^again:
  %0 = util.optimization_barrier %a : i32
  cf.switch %flag : i32, [
    default: ^two,
    1: ^one,
    2: ^three
  ]
^one:
  return %a : i32
^two:
  return %b : i32
^three:
  return %0 : i32
}
// -----
// choices within choices
func.func @f(%c: i1, %d: i1, %a: i32) {
  scf.if %c {
    scf.if %d {
      util.optimization_barrier %a : i32
    }
  }
  scf.if %d {
    util.optimization_barrier %a : i32
  } else {
  }
  return
}
// -----
// a choice that says what its condition says
func.func @f(%c: i1, %a: i32) -> (i1, i1, i32) {
  %true = arith.constant true
  %false = arith.constant false
  %0:3 = scf.if %c -> (i1, i1, i32) {
    %1 = util.optimization_barrier %a : i32
    scf.yield %true, %false, %1 : i1, i1, i32
  } else {
    %1 = util.optimization_barrier %a : i32
    scf.yield %false, %true, %1 : i1, i1, i32
  }
  return %0#0, %0#1, %0#2 : i1, i1, i32
}
// -----
// values of a loop that go to its body in another order
func.func @f(%a: i32, %b: i32) -> (i32, i32) {
  %0:2 = scf.while (%x = %a, %y = %b) : (i32, i32) -> (i32, i32) {
    %c = arith.cmpi slt, %x, %y : i32
    scf.condition(%c) %y, %x : i32, i32
  } do {
  ^bb0(%p: i32, %q: i32):
    %1 = util.optimization_barrier %p : i32
    %2 = util.optimization_barrier %q : i32
    scf.yield %1, %2 : i32, i32
  }
  return %0#0, %0#1 : i32, i32
}
// -----
// what is never reached, in a function
util.func public @f(%a: i32) -> i32 {
  util.scf.unreachable "never"
  %0 = util.optimization_barrier %a : i32
  util.return %0 : i32
}
// -----
// what is never reached, in a choice
util.func public @f(%c: i1, %a: i32) -> i32 {
  %0 = scf.if %c -> (i32) {
    util.scf.unreachable "never"
    %1 = util.optimization_barrier %a : i32
    scf.yield %1 : i32
  } else {
    %1 = util.optimization_barrier %a : i32
    scf.yield %1 : i32
  }
  util.return %0 : i32
}
