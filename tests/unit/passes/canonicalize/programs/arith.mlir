// sums, products, selections, casts
func.func @a(%x: index, %y: index, %c: i1, %w: i32) -> (index, index, index, i1, i32, index) {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c2b = arith.constant 2 : index
  %0 = arith.addi %c1, %x : index
  %1 = arith.addi %0, %c2 : index
  %2 = arith.muli %1, %c2b : index
  %3 = arith.muli %2, %c3 overflow<nsw> : index
  %4 = arith.subi %c3, %3 : index
  %5 = arith.subi %c1, %4 : index
  %6 = arith.cmpi slt, %c3, %x : index
  %7 = arith.ceildivsi %c3, %c2 : index
  %8 = arith.addi %7, %c2 : index
  %t = arith.constant true
  %nc = arith.xori %c, %t : i1
  %9 = arith.select %nc, %8, %x : index
  %c0_i32 = arith.constant 0 : i32
  %c1_i32 = arith.constant 1 : i32
  %10 = arith.select %c, %c0_i32, %c1_i32 : i32
  %11 = arith.index_cast %w : i32 to index
  %12 = arith.index_cast %11 : index to i32
  %13 = arith.addi %12, %10 : i32
  %14 = arith.maxui %x, %x : index
  return %5, %9, %8, %6, %13, %14 : index, index, index, i1, i32, index
}

// -----
// constants through blocks
func.func @b(%a: i32) -> i32 {
  %c0 = arith.constant 0 : i32
  %c5 = arith.constant 5 : i32
  %c7 = arith.constant 7 : i32
  %0 = arith.addi %c5, %c7 : i32
  %1 = arith.cmpi eq, %0, %a : i32
  cf.cond_br %1, ^bb1(%0 : i32), ^bb2
^bb1(%z: i32):
  return %z : i32
^bb2:
  %q = arith.addi %c0, %0 : i32
  cf.br ^bb3(%q, %a : i32, i32)
^bb3(%u: i32, %v: i32):
  return %u : i32
}
