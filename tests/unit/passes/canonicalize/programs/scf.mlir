// if: what branches give, conditions known inside, nested
func.func @a(%c: i1, %d: i1, %a: index, %b: index) -> (index, index, i1) {
  %true = arith.constant true
  %false = arith.constant false
  %n = arith.xori %c, %true : i1
  %0:3 = scf.if %n -> (index, index, i1) {
    %x = "test.a"(%c) : (i1) -> index
    scf.yield %x, %a, %true : index, index, i1
  } else {
    %y = "test.b"(%c) : (i1) -> index
    scf.yield %y, %b, %false : index, index, i1
  }
  scf.if %c { "test.x"() : () -> () } else { scf.yield }
  scf.if %c { "test.y"(%0#0) : (index) -> () } 
  scf.if %c { scf.if %d { "test.z"() : () -> () } }
  return %0#0, %0#1, %0#2 : index, index, i1
}

// -----
// for: values that do not change, one round, none
func.func @f(%n: index, %a: index, %b: index) -> (index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %0:3 = scf.for %i = %c0 to %n step %c1 iter_args(%x = %a, %y = %b, %z = %b) -> (index, index, index) {
    %1 = "test.u"(%i, %x, %y, %z) : (index, index, index, index) -> index
    scf.yield %x, %1, %1 : index, index, index
  }
  %2 = scf.for %i = %c0 to %c1 step %c4 iter_args(%x = %a) -> (index) {
    %1 = "test.v"(%i, %x) : (index, index) -> index
    scf.yield %1 : index
  }
  %3:2 = scf.for %i = %c1 to %c1 step %c4 iter_args(%x = %2, %q = %a) -> (index, index) {
    %1 = "test.v"(%i, %x) : (index, index) -> index
    scf.yield %1, %1 : index, index
  }
  %4:2 = scf.for %i = %c0 to %c4 step %c1 iter_args(%x = %2, %q = %a) -> (index, index) {
    %1 = "test.w"(%i, %x) : (index, index) -> index
    %qq = arith.addi %q, %1 : index
    scf.yield %1, %qq : index, index
  }
  return %0#0, %0#2, %4#0 : index, index, index
}

// -----
// while: conditions known in the body, values passed on
func.func @w(%n: index, %a: index) -> (index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0:3 = scf.while (%x = %c0, %y = %a, %z = %a) : (index, index, index) -> (index, index, index) {
    %c = arith.cmpi slt, %x, %n : index
    %r = scf.if %c -> (index) {
      %t = "test.t"(%x, %c) : (index, i1) -> index
      scf.yield %t : index
    } else { scf.yield %a : index }
    scf.condition(%c) %r, %x, %y : index, index, index
  } do {
  ^bb0(%r: index, %x: index, %y: index):
    %d = arith.cmpi slt, %x, %n : index
    "test.p"(%d, %r) : (i1, index) -> ()
    %x1 = arith.addi %x, %c1 : index
    scf.yield %x1, %y, %y : index, index, index
  }
  return %0#1, %0#2 : index, index
}

// -----
// regions of blocks, of one block; a switch with a known case
func.func @e(%c: i1, %a: index) -> index {
  %0 = scf.execute_region -> index {
    cf.cond_br %c, ^bb1, ^bb2
  ^bb1:
    %x = "test.x"() : () -> index
    scf.yield %x : index
  ^bb2:
    scf.yield %a : index
  }
  %1 = scf.execute_region -> index {
    %x = "test.x"(%0) : (index) -> index
    scf.yield %x : index
  }
  %c1 = arith.constant 1 : index
  %2 = scf.index_switch %c1 -> index
  case 1 { %y = "test.y"() : () -> index
   scf.yield %y : index }
  default { scf.yield %a : index }
  %3 = arith.addi %1, %2 : index
  return %3 : index
}
