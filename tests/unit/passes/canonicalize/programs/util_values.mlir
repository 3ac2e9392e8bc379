// comparisons, null, casts
util.func public @f(%v: !util.variant, %f: !hal.fence) -> (i1, i1, i1, !hal.fence, !hal.fence) {
  %0 = util.cmp.eq %v, %v : !util.variant
  %1 = util.cmp.ne %f, %f : !hal.fence
  %n = util.null : !hal.fence
  %m = util.null : !hal.fence
  %2 = util.cmp.eq %n, %m : !hal.fence
  %o = util.null : !util.object
  %3 = util.cast %o : !util.object to !hal.fence
  %4 = util.cast %f : !hal.fence to !hal.fence
  util.return %0, %1, %2, %3, %4 : i1, i1, i1, !hal.fence, !hal.fence
}

// -----
// ranges
util.func public @f(%a: index, %b: index, %c: index) -> (index, index, index, index, index, index, index) {
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %c9 = arith.constant 9 : index
  %0 = util.range.min %c5, %c9, %c1 : index
  %1 = util.range.max %a : index
  %2 = util.range.max %a, %b : index
  %3 = util.range.min %a, %c5, %a, %b, %c9 : index
  %4:2 = util.range.extents [%a for %b] : index
  %5 = util.range.min %a, %b, %c : index
  util.return %0, %1, %2, %3, %4#0, %4#1, %5 : index, index, index, index, index, index, index
}

// -----
// alignment
util.func public @f(%a: index) -> (index, index, index, index) {
  %c0 = arith.constant 0 : index
  %c13 = arith.constant 13 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %0 = util.align %c13, %c16 : index
  %1 = util.align %a, %c64 : index
  %2 = util.align %1, %c16 : index
  %3 = arith.muli %a, %c64 : index
  %4 = util.align %3, %c64 : index
  %5 = util.sizeof i64
  util.return %0, %2, %4, %5 : index, index, index, index
}

// -----
// switches, constants that may not be folded
util.func public @f(%i: index, %a: i32, %b: i32) -> (i32, i32, i32) {
  %c1 = arith.constant 1 : index
  %0 = util.switch i32 from [%a, %b] at %c1 else %a : i32
  %1 = util.switch i32 from [%b, %b] at %i else %b : i32
  %2 = util.unfoldable_constant 7 : i32
  util.return %0, %1, %2 : i32, i32, i32
}

// -----
// assumptions
util.func public @f(%a: index, %b: index) -> (index, index, index) {
  %c16 = arith.constant 16 : index
  %0:2 = util.assume.int %a<umin = 0, umax = 64, udiv = 16>, %a<umax = 32> : index, index
  %1 = arith.divui %0#0, %c16 : index
  %2 = arith.muli %1, %c16 : index
  %3 = util.assume.int %b<umin = 4, umax = 4> : index
  util.return %2, %0#1, %3 : index, index, index
}

// -----
// sums of multiples that a map adds up are multiples
util.func public @f(%n: index) -> (index, index, index, index) {
  %0 = affine.apply affine_map<()[s0] -> (s0 * 16384)>()[%n]
  %c64 = arith.constant 64 : index
  %1 = util.align %0, %c64 : index
  %2 = affine.apply affine_map<()[s0] -> ((s0 * 24) floordiv 6 + 8)>()[%n]
  %c4 = arith.constant 4 : index
  %3 = util.align %2, %c4 : index
  %c8 = arith.constant 8 : index
  %4 = util.align %2, %c8 : index
  %5 = affine.apply affine_map<()[s0] -> ((s0 * 24) mod 16)>()[%n]
  %6 = util.align %5, %c8 : index
  util.return %1, %3, %4, %6 : index, index, index, index
}
