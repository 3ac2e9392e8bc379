// switch
func.func @s(%f: i32, %a: index, %b: index) -> index {
  cf.switch %f : i32, [ default: ^bb1(%a : index), 42: ^bb1(%a : index), 43: ^bb2(%b : index), 44: ^bb3 ]
^bb1(%x: index):
  return %x : index
^bb2(%y: index):
  cf.br ^bb1(%y : index)
^bb3:
  cf.switch %f : i32, [ default: ^bb1(%a : index), 44: ^bb4]
^bb4:
  %c1 = arith.constant 1 : index
  return %c1 : index
}

// -----
// cond_br: same target, known condition
func.func @t(%c: i1, %a: index, %b: index, %d: i1) -> index {
  cf.cond_br %c, ^bb1(%a : index), ^bb1(%b : index)
^bb1(%x: index):
  cf.cond_br %d, ^bb2, ^bb3
^bb2:
  %z = arith.select %d, %a, %b : index
  cf.cond_br %d, ^bb4, ^bb5
^bb3:
  %z2 = arith.select %d, %a, %b : index
  return %z2 : index
^bb4:
  %z3 = "test.x"(%z) : (index) -> index
  return %z3 : index
^bb5:
  %z4 = "test.y"(%z) : (index) -> index
  return %z4 : index
}

// -----
// loop: values that stay, that nothing needs
func.func @l(%n: index, %a: index, %p: index) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^h(%c0, %a, %p : index, index, index)
^h(%i: index, %v: index, %w: index):
  %c = arith.cmpi slt, %i, %n : index
  cf.cond_br %c, ^b, ^e
^b:
  %c1b = arith.constant 1 : index
  %i2 = arith.addi %i, %c1b : index
  %dead = arith.addi %w, %c1 : index
  cf.br ^h(%i2, %v, %dead : index, index, index)
^e:
  return %v : index
}

// -----
// blocks that are alike
func.func @m(%c: i1, %a: index, %b: index) {
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  "test.use"(%a, %b) : (index, index) -> ()
  return
^bb2:
  "test.use"(%b, %b) : (index, index) -> ()
  return
}

// -----
// an argument for which all branches to its block pass one value is that value
func.func private @use(i32)
func.func @from_a_switch(%flag: i32, %b: i32) -> i32 {
  cf.switch %flag : i32, [
    default: ^m(%b : i32),
    2: ^m(%b : i32)
  ]
^m(%0: i32):
  return %0 : i32
}
func.func @from_branches(%c: i1, %b: i32) -> i32 {
  cf.cond_br %c, ^m(%b : i32), ^l
^l:
  func.call @use(%b) : (i32) -> ()
  cf.br ^m(%b : i32)
^m(%0: i32):
  %1 = arith.addi %0, %0 : i32
  return %1 : i32
}
func.func @around_a_loop(%c: i1, %b: i32) -> i32 {
  cf.br ^m(%b : i32)
^m(%0: i32):
  func.call @use(%0) : (i32) -> ()
  cf.cond_br %c, ^m(%0 : i32), ^l
^l:
  return %0 : i32
}

// -----
// a way that is never taken
func.func @first(%c: i1, %a: i32, %b: i32) -> i32 {
  cf.cond_br %c, ^never, ^m(%a : i32)
^never:
  ub.unreachable
^m(%0: i32):
  return %0 : i32
}
func.func @second(%c: i1, %a: i32) -> i32 {
  cf.cond_br %c, ^m(%a : i32), ^never
^m(%0: i32):
  return %0 : i32
^never:
  ub.unreachable
}
func.func private @use(i32)
func.func @after_an_effect(%c: i1, %a: i32) -> i32 {
  cf.cond_br %c, ^m(%a : i32), ^never
^m(%0: i32):
  return %0 : i32
^never:
  func.call @use(%a) : (i32) -> ()
  ub.unreachable
}

// -----
// branches on the way to a circle of branches stay
util.func public @circle(%a: i1, %b: i32) {
  cf.cond_br %a, ^bb1, ^bb4
^bb1:
  cf.switch %b : i32, [
    default: ^bb2,
    2: ^bb3
  ]
^bb2:
  cf.br ^bb5
^bb3:
  cf.br ^bb5
^bb4:
  util.return
^bb5:
  cf.br ^bb5
}
