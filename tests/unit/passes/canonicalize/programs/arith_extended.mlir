// sums and products with a second result: plain where that is unused, folded where one operand or both are constant
func.func @f(%a: i32, %b: i32, %x: index) -> (i32, i1, i32, i32, i32, i32, i32, index) {
  %c0 = arith.constant 0 : i32
  %c3 = arith.constant 3 : i32
  %cm = arith.constant -1 : i32
  %c1 = arith.constant 1 : i32
  %0:2 = arith.addui_extended %a, %c0 : i32, i1
  %1:2 = arith.addui_extended %cm, %c3 : i32, i1
  %2:2 = arith.addui_extended %a, %b : i32, i1
  %3:2 = arith.mulsi_extended %cm, %c3 : i32
  %4:2 = arith.mulsi_extended %a, %c1 : i32
  %5:2 = arith.mului_extended %a, %c0 : i32
  %6:2 = arith.mului_extended %cm, %cm : i32
  %7:2 = arith.mului_extended %a, %b : i32
  %8:2 = arith.addui_extended %x, %x : index, i1
  %9 = arith.addi %3#1, %4#1 : i32
  %10 = arith.addi %5#1, %6#1 : i32
  %11 = arith.addi %9, %10 : i32
  return %0#0, %1#1, %2#0, %3#0, %4#0, %11, %7#0, %8#0 : i32, i1, i32, i32, i32, i32, i32, index
}

// -----
// the same of constants of one and of eight bits, of index and of vectors
func.func @g(%a: i8, %b: i1, %v: vector<4xi8>, %x: index) -> (i8, i8, i1, i1, i8, i8, index, i1, i1, vector<4xi8>, i1, i1) {
  %c1 = arith.constant 1 : i8
  %cm1 = arith.constant -1 : i8
  %c100 = arith.constant 100 : i8
  %t = arith.constant true
  %cx = arith.constant -1 : index
  %0:2 = arith.mulsi_extended %c1, %a : i8
  %1:2 = arith.mulsi_extended %b, %t : i1
  %2:2 = arith.mulsi_extended %c100, %cm1 : i8
  %3:2 = arith.mului_extended %c100, %cm1 : i8
  %4:2 = arith.addui_extended %cx, %cx : index, i1
  %5:2 = arith.mului_extended %t, %b : i1
  %6:2 = arith.addui_extended %v, %v : vector<4xi8>, vector<4xi1>
  %7:2 = arith.mulsi_extended %t, %t : i1
  return %0#0, %0#1, %1#0, %1#1, %2#1, %3#1, %4#0, %4#1, %5#1, %6#0, %7#0, %7#1 : i8, i8, i1, i1, i8, i8, index, i1, i1, vector<4xi8>, i1, i1
}

// -----
// the low half of a signed product
func.func @h(%x: i32, %y: i32) -> i32 {
  %low, %high = arith.mulsi_extended %x, %y : i32
  return %low : i32
}
